"""What is counted in a story: the dead, the missing, the injured, those on board, the damage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.briefing import Disagreement
from briefer.bundle import Bundle
from briefer.dates import mentions
from briefer.differences.counts import Count, counts
from briefer.differences.told import Report, Told, disagreement, reports
from briefer.stems import FUNCTION_WORDS
from briefer.text import WORD, words

# Words that may stand between a count and what happened to the counted: "nine people were reported | missing".
_PEOPLE = (
    r"(?:\s(?:people|persons|victims|bodies|men and women|known|confirmed|reported|feared|still|now|also|officially"
    r"|were|was|are|is|have|had|has|been|be))*"
)
# Who they were, where it is not simply people: "six | firefighters | died".
_WHO = r"(?:\s(?!people\b|persons\b|others?\b|of\b)[a-z'-]+){0,2}?"
_IN_BETWEEN = r"(?::|\s(?:at|to|of|is|was|stood|stands|now|reached|rose|as|placed|put|cut|raised|all|the|lives of))*"


@dataclass(frozen=True, slots=True)
class _Slot:
    """What is counted: the words that follow a count of it, or that stand before one."""

    name: str
    after: re.Pattern[str]
    before: re.Pattern[str]
    currency: bool = False


def _slot(name: str, after: str, before: str) -> _Slot:
    behind = re.compile(rf"{_WHO}{_PEOPLE}\s(?:{after})(?![\w-])")
    return _Slot(name, behind, re.compile(rf"\b(?:{before}){_IN_BETWEEN}\s$"))


_SLOTS = (
    _slot(
        "dead",
        "killed|dead|died|deaths|fatalities|perished|lost their lives"
        "|bodies (?:were |had been |have been )?(?:found|recovered)",
        r"kill(?:ing|ed|s)|claim(?:ing|ed|s)|(?:known|confirmed) dead|the dead|recovered"
        r"|(?:death |the )toll(?: [^\s,;.:]+){0,8}?"
        r"|number of (?:people |those |known |confirmed )*(?:dead|killed|deaths|fatalities)(?: [^\s,;.:]+){0,8}?",
    ),
    _slot("missing", "missing|unaccounted for", r"missing|(?:number of|the)(?: people)? missing"),
    _slot(
        "injured",
        "injured|hurt|wounded",
        r"injur(?:ing|ed)|hurting|wounding|wounded|number of (?:the |people )?(?:injured|wounded|hurt)",
    ),
    _slot("people on board", "on board|onboard|aboard", r"carrying"),
    _slot("people evacuated", "evacuated|ordered to leave|told to leave", r"evacuat(?:ing|ion of)"),
    _slot("people without power", "(?:without|lost) (?:power|electricity)", r"leaving(?= \d)"),
    _Slot(
        "damage",
        re.compile(r"\s(?:in|of|worth of) (?:property |material )?(?:damages?|property loss(?:es)?)\b"),
        re.compile(
            r"\b(?:(?:property|total|material) (?:loss(?:es)?|damages?)|caus(?:ed?|ing) damages?|estimated damage)\b"
            r"[^,;.$€£]{0,40},?\s$"
        ),
        currency=True,
    ),
    _Slot(
        "insured loss",
        re.compile(r"\s(?:in|of) insured (?:loss(?:es)?|damages?)\b"),
        re.compile(r"\binsured (?:loss(?:es)?|damages?)\b[^,;.$€£]{0,40},?\s$"),
        currency=True,
    ),
)
_CURRENCIES = ("$", "€", "£", "¥")
_PEOPLE_WORDS = frozenset("people person persons victim victims body bodies lives".split())
_NEUTRAL = frozenset(
    "dead missing injured wounded known confirmed reported feared still were was are have had been others".split()
)
# A count of all: "the death toll rose to 28", "missing: 14".
_OF_ALL = re.compile(r"toll|number|dead|missing")
# Where the counted end: "six firefighters | died in the fire".
_HAPPENED = re.compile(
    r"killed|died|deaths|fatalities|perished|hurt|unaccounted|evacuated|aboard|ordered|told|lost|without|found|recovered"
    r"|now|also|officially"
)
_ANY = re.compile(
    r"kill|dead|died|death|fatal|perish|toll|bod(?:y|ies)|missing|unaccounted|injur|hurt|wound|board|carrying|evacuat"
    r"|to leave|power|electricity|damage|loss|claim|lives"
)
# A part of the counted, another time's count, or no count at all but a fear, a plan, a rate.
_PART = re.compile(
    r"\s(?:\w+\s)?(?:more|others?|additional|further|times|of (?:them|whom|the|those|these|its|his|her|our|an?))\b"
    r"|\s?%|\s(?:\w+\s){0,2}(?:years?|days?|hours?|weeks?|months?|minutes?|miles?|feet|yards|metres|meters)\b"
)
# Some of them: "50 people injured in the crash were taken to one hospital"; or an older count.
_THOSE = re.compile(
    r"(?:\s\w+){0,2}\s(?:killed|injured|wounded|hurt|missing|dead|evacuated)\b(?:\s(?!and\b|that\b|which\b|while\b)[\w'-]+){1,8}?"
    r"\s(?:were|was|are|is|will|remain(?:ed)?|included?)\b"
    r"|(?:\s\w+){0,4}?\s(?:killed|died|dead|injured|wounded|hurt)(?: later| in hospital"
    r"| (?:at|on|in) (?:the|a) (?:\w+ )?(?:scene|spot|site|hospital|airport|station|train|bus|truck|car|ground))\b"
    r"|[^,;.]{0,50}\b(?:initially|originally|at first|earlier)\b"
)
# A sentence that takes the dead apart: "eleven at the airport, while 15 others had died underground".
_APART = re.compile(r"\b(?:others?|another \w+|more)(?: people)?(?: had| have| were| was)* (?:died|killed|dead)\b")
_OTHERWISE = re.compile(
    r"\b(?:would|could|might|may|if|worst|deadliest|previous|previously|history|since|earlier|last (?:year|month|week)"
    r"|anniversary|initially|originally|additional|further|extra|each|every|another|will|including|among|reach|believed"
    r"|threaten\w*|plot\w*|plan(?:s|ned)?|not|convicted|accus\w+|capacity|can|had given|who had|average|typical\w*"
    r"|annual\w*|compared|unlike|so that)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:in (?:\w+ )?other (?:states|countries|counties|cities|towns|provinces)"
    r"|(?:state|county|country|nation|city)'s (?:overall |total )?(?:death )?toll"
    r"|in [\w ]{1,20} (?:county|province|district), where|worldwide|global(?:ly)?|nationwide|statewide|countrywide"
    r"|across the (?:world|country|nation|state)|in the (?:world|country|nation|state|past|war)|this year"
    r"|a (?:day|week|month|year)|per (?:day|week|year)|daily)\b"
)
_PLACE = re.compile(r"^(?:\s[a-z'-]+){0,4}?\s(?:in|at|near|outside)\s(?:the\s)?([A-Z][\w'-]+)")


def tolls(bundle: Bundle) -> Iterator[Disagreement]:
    """Yield what the outlets count differently, each thing with whom or where it counts."""
    titles = frozenset(
        w.casefold() for text in (bundle.topic, *(a.title for a in bundle.articles)) for w in words(text or "")
    )
    told: dict[tuple[str, str, str, str], list[Told]] = {}
    for report in reports(bundle):
        if _ANY.search(report.text.casefold()) and not _of_another_time(report):
            for name, whom, place, count in _counted(report):
                at = "" if place.casefold().removesuffix("'s") in titles else place
                told.setdefault((name, whom, at, count.unit), []).append(
                    Told(count.value, count.span, report, count.span)
                )
    for (name, whom, at, _), ones in told.items():
        about = f"The {name}" + (f" ({whom})" if whom else "") + (f" in {at}" if at else "")
        found = disagreement(about, "count", ones)
        if found:
            yield found


def _of_another_time(report: Report) -> bool:
    """Whether the sentence names a year that is not its article's: another event, or a plan."""
    published = report.source.published
    dated = mentions(report.sentence.text, published)
    return bool(published) and any(m.days[0].year not in (None, published.year) for m in dated if published)


def _counted(report: Report) -> Iterator[tuple[str, str, str, Count]]:
    """Yield what each count of a sentence counts: the thing, who, the place named right behind it."""
    low = report.text.casefold()
    if _ELSEWHERE.search(low) or _APART.search(low):
        return
    behind = 0
    for count in counts(report.text):
        behind, last = count.end, behind
        left, right = low[: count.start], low[count.end :]
        if _PART.match(right) or _THOSE.match(right) or _OTHERWISE.search(left[-70:]):
            continue
        for slot in _SLOTS:
            before = slot.before.search(left, last)
            if slot.currency == (count.unit in _CURRENCIES) and (before or slot.after.match(right)):
                place = _PLACE.match(report.text[count.end :])
                whom = "" if slot.currency or (before and _OF_ALL.search(before.group())) else _whom(right)
                yield slot.name, whom, place[1] if place else "", count
                break


def _whom(right: str) -> str:
    """Return who is counted, where it is not simply people: "firefighters" in "six firefighters died"."""
    found = []
    for match in WORD.finditer(re.split(r"[,;:.()\"▮]", right)[0]):
        word = match.group()
        if word in _PEOPLE_WORDS or word in FUNCTION_WORDS and word not in _NEUTRAL or _HAPPENED.fullmatch(word):
            break
        if word not in _NEUTRAL:
            found.append(word)
            if right[match.end() :].startswith(" and crew"):
                return " ".join([*found, "and crew"])
    return " ".join(found)
