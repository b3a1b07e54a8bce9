"""What is to blame: where a fire began, what set off a blast, or that nobody knows, and whether it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefer.briefing import Disagreement
from briefer.bundle import Bundle
from briefer.differences.told import Report, Told, disagreement, reports
from briefer.stems import stems

_EVENT = (
    r"(?:fires?|blaze|explosions?|blasts?|crash|collision|derailment|collapse|grounding|sinking|accident|disaster|outage"
    r"|blackout|leak|spill|landslide|stampede)"
)
# Names of one event: what begins as a fire may end as an explosion.
_THING = r"((?:[\w'-]+\s){0,13}?[\w'-]+(?:\sno\. \d+)?)"
_END = r"(?=,(?!\d)|;|\.|$|\s(?:and|owned|which|that)\b)"
_BEGAN = re.compile(
    rf"\b{_EVENT}\b(?: which| that)?(?: (?:was|had|first|apparently|probably))*\s"
    rf"(?:started|began|originated|broke out)\s((?:in|on|aboard)\s{_THING}){_END}",
    re.IGNORECASE,
)
_CAUSED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_EVENT}\b[^.;]{{0,60}}?\s(?:(?:was|were) (?:caused|triggered|sparked|set off|touched off) by|was due to"
        rf"|(?:was|were) blamed on)\s({_THING}){_END}",
        rf"(?:^|[,;]\s|(?<=[.\d])-)({_THING})\s(?:caused|triggered|sparked|set off|touched off)\s(?:the|this)\s"
        rf"(?:[\w-]+\s){{0,2}}{_EVENT}\b",
    )
)
# Each has one of these words: a report without them, as most are, is spared the patterns.
_BEGINS = ("started", "began", "originated", "broke out")
_CAUSES = ("caused", "triggered", "sparked", "set off", "touched off", "was due to", "blamed on")
_UNKNOWN = re.compile(
    r"\b(?:the\s)?(?:exact\s|real\s)?(?:cause|origin)(?! of death)\b"
    rf"(?:\s(?:of|the|this|that|a|is|was|remains?|remained|still|as|yet|{_EVENT})){{0,8}}\s(?:unknown|undetermined"
    r"|unclear|uncertain|not (?:yet )?(?:been )?(?:known|clear|determined|established))\b",
    re.IGNORECASE,
)
_MEANT = re.compile(r"\b(?:incendiar\w+|arson|sabotage|deliberately set|set deliberately)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|no|nothing|ruled out|denied|without)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:whether|if|inquir\w+|learn|determine|charges?|convicted|suspect(?:ed)? of|asked)\b", re.IGNORECASE
)
_SURMISED = re.compile(r"\b(?:may|might|probably|suspected|believed|was|were|is|appears?)\b", re.IGNORECASE)
# Two places of origin may both be right, the kitchen and the third floor, unless somebody speaks against somebody.
_CONTESTED = re.compile(
    r"\b(?:not|disputed?|den(?:y|ies|ied)|contradict\w*|conflicting|rather than|instead of)\b", re.IGNORECASE
)
_UNSURE = re.compile(r"\b(?:whether|if|may|might|could|would|perhaps|suspicion|determine)\b", re.IGNORECASE)
_NO_THING = re.compile(
    r"▮|\b(?:what|how|who|it|he|she|they|not|had|said|which|investigat\w+|this|that|these|those|their|its)\b",
    re.IGNORECASE,
)
_SAME = {"lighter": "vessel", "barg": "vessel", "ship": "vessel", "boat": "vessel", "lorri": "truck"}


def causes(bundle: Bundle) -> Iterator[Disagreement]:
    """Yield where the outlets differ on where it began, on its cause, and on whether it was meant."""
    given = list(reports(bundle))
    began = [one for report in given for one in _named(report, (_BEGAN,), _BEGINS)]
    caused = [one for report in given for one in _named(report, _CAUSED, _CAUSES)]
    unknown = [one for report in given for one in _unknown(report)]
    found = (
        disagreement("Where it began", "cause", began) if _is_contested(began) else None,
        disagreement("The cause", "cause", [*unknown, *(caused if _is_contested(caused) else _as_one(caused))]),
        disagreement("Whether it was deliberate", "cause", [one for report in given for one in _intent(report)]),
    )
    yield from filter(None, found)


def _is_contested(told: Iterable[Told]) -> bool:
    return any(_CONTESTED.search(one.report.text) for one in told)


def _as_one(told: Iterable[Told]) -> list[Told]:
    """Let causes that nobody contests agree: they may be one in several words."""
    return [replace(one, key=frozenset(("named",))) for one in told]


def _named(report: Report, patterns: Iterable[re.Pattern[str]], needed: Iterable[str]) -> Iterator[Told]:
    for pattern in patterns if any(map(report.text.casefold().__contains__, needed)) else ():
        match = pattern.search(report.text)
        if match and not _UNSURE.search(report.text[: match.end()]) and not _NO_THING.search(match[1]):
            yield Told(match[1].strip(), _things(match[1]), report)
            return


def _unknown(report: Report) -> Iterator[Told]:
    match = _UNKNOWN.search(report.text)
    if match:
        yield Told(match.group(), frozenset(), report)


def _things(words: str) -> frozenset[str]:
    """The last two words carry what it is: "freight cars", "a faulty sensor"."""
    said = [w for w in stems(words) if not w[0].isdigit() and w != "no"]
    return frozenset(_SAME.get(w, w) for w in said[-2:])


def _intent(report: Report) -> Iterator[Told]:
    match = _MEANT.search(report.text)
    if not match or _OPEN.search(report.text):
        return
    start = report.text[: match.start()]
    denied = [*_DENIED.finditer(start)]
    surmised = [*_SURMISED.finditer(start)]
    if denied or surmised:
        begin = (denied or surmised)[-1].start()
        tail = re.match(r"(?:\s(?:origin|to blame|involved|was to blame))*", report.text[match.end() :])
        end = match.end() + (tail.end() if tail else 0)
        yield Told(report.text[begin:end], bool(denied), report)
