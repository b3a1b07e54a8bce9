"""A: do words that count outlets agree with the count?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence, without_the
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
