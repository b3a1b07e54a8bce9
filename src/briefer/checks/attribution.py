"""A: do words that count outlets agree with the count, and is a sentence the report of those that it cites?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefer.briefing import Claim
from briefer.bundle import Source
from briefer.checks.credits import without_the
from briefer.checks.evidence import Evidence
from briefer.checks.support import HELD, content_of
from briefer.checks.thesaurus import same
from briefer.findings import Finding
from briefer.text import fold

_PRESS = r"(?:papers|newspapers|outlets|accounts|reports|articles|media|titles|sources)"
_ALL = re.compile(
    rf"\b(?:all|every|each|both)(?: of)?(?: the| these)?(?: \w+)? (?:{_PRESS}|paper|outlet|account|newspaper)\b",
    re.IGNORECASE,
)
_MOST = re.compile(rf"\b(?:most|the majority)(?: of)?(?: the)? {_PRESS}\b", re.IGNORECASE)
_ONLY = re.compile(
    r"\b(?:only|exclusively|no other|unlike (?:the )?other)\b|\balone (?:reports?|has|have|carr|gives?|says?)",
    re.IGNORECASE,
)
# What an account holds does not show what its outlet ranks first or gives most room.
_RANKS = re.compile(
    r"\b(?:most (?:room|weight|space|attention|prominence)|leads? (?:on|with|their|its)|main(?:ly)? (?:focus|stress)"
    r"|above all"
    r"|(?:focus(?:es)?|concentrates?) (?:mainly|mostly|chiefly))\b",
    re.IGNORECASE,
)


def counts_agree(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """A703: all, most and only count outlets, so they are counted."""
    text = fold(claim.text)
    cited = {s.outlet for s in evidence.sources if s.outlet}
    total = len(evidence.bundle.outlets)
    if _ALL.search(text) and len(cited) < total:
        yield Finding("A703", f"speaks of all outlets but cites {len(cited)} of {total}")
    if _MOST.search(text) and len(cited) * 2 <= total:
        yield Finding("A703", f"speaks of most outlets but cites {len(cited)} of {total}")


def named_outlets_are_cited(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """A703: in the closing words a named outlet is cited, "only" is left to the count, and nothing is ranked."""
    if claim.part != "closing":
        return
    text = fold(claim.text)
    cited = {s.outlet for s in evidence.sources}
    named = [
        o
        for o in evidence.bundle.outlets
        if without_the(o) in text and re.search(rf"(?<!\w){re.escape(without_the(o))}(?!\w)", text)
    ]
    for outlet in named:
        if outlet not in cited:
            yield Finding("A703", f"names {outlet} but cites no sentence of it")
    if _RANKS.search(text):
        yield Finding("A703", "ranks what an outlet gives weight to; say what its account carries")
    if _ONLY.search(text) and named:
        yield Finding("A703", "says that an outlet has something alone; the desk counts that itself")


def cited_outlets_report_it(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """A704: what the cited outlets have nowhere is not in one sentence of another outlet.

    A model that does as one article bids it can cite any other. What it then writes is in that article nearly whole,
    and mostly nowhere in those that it cites; a true sentence in other words shares a few of them with anybody's. Of
    1,720 labelled true sentences none is found here. In an account no other outlet's text may be asked, and none was
    shown to the model.
    """
    if claim.outlet or claim.kind == "extract" or evidence.foreign or not evidence.cited:
        return
    wanted, _ = content_of(evidence)
    held = {w for w in wanted if same(w, evidence.nearby_stems) >= HELD}
    missing = {w for w in wanted if w not in held and all(same(w, s.told_stems) < HELD for s in evidence.sources)}
    others = _others(evidence) if missing else []
    # What several others have is the story's, and nobody's own.
    sole = {w for w in missing if len({s.outlet for s in others if w in s.every_stem}) == 1}
    for outlet, where, theirs in _told_by(others) if sole else ():
        strange, all_ = len(missing & theirs), len(theirs.intersection(wanted))
        much = strange >= 2 and 3 * strange >= len(wanted) and 3 * all_ >= 2 * len(wanted)
        nearly_all = 2 * len(missing) >= len(wanted) or 4 * all_ >= 3 * len(wanted)
        if sole & theirs and (much or (nearly_all and 2 * len(held) < len(wanted) and all_ > len(held))):
            yield Finding("A704", f"{outlet} has far more of this ({where}) than {evidence.where}; cite what says it")
            return


def _others(evidence: Evidence) -> list[Source]:
    """Return the articles of the outlets that are not cited."""
    cited = {source.outlet for source in evidence.sources}
    return [source for source in evidence.bundle.numbered_articles if source.outlet not in cited]


def _told_by(articles: Iterable[Source]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield the outlet, the place and the stems of every headline, with the outlet's name above it, and sentence."""
    for source in articles:
        yield source.outlet or "", f"{source.id}, at its head", source.head_stems
        for sentence, theirs in zip(source.sentences, source.stems, strict=True):
            yield source.outlet or "", sentence.id, theirs
