"""Where a story happens: a place that most outlets name is known to the reader, whether or not a sentence says it."""

from __future__ import annotations

import re
from collections import Counter

from briefer.bundle import Bundle
from briefer.checks.evidence import Evidence
from briefer.memo import memo
from briefer.text import fold, plain

_PLACED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]cross|[Tt]hroughout)\s([A-Z][\w-]+)(?!\s[A-Z])")
# Fewer outlets make no place the story's, lest one of them, under two names, does.
_LEAST = 3


def is_the_setting(low: str, evidence: Evidence) -> bool:
    """Whether a name is the place where the story happens, and the cited sentences name no other place instead."""
    if evidence.claim.outlet:
        return False
    placed = _placed(evidence.bundle)
    if placed[low] < _LEAST or 2 * placed[low] < len(evidence.bundle.outlets):
        return False
    said = plain(evidence.said)
    there = (plain(name) for text in evidence.texts for name in _PLACED.findall(text))
    return all(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in there)


@memo(16)
def _placed(bundle: Bundle) -> Counter[str]:
    """Count, for each name, the outlets that tell of something in it or at it."""
    found = {
        (plain(name), source.outlet)
        for source in bundle.sources.values()
        if source.outlet
        for name in _PLACED.findall(fold(source.folded))
    }
    return Counter(name for name, _ in found)
