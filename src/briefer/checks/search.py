"""Evidence search: the sentences that carry a claim which cites none, or none."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import log

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import Verdict, prove
from briefer.stems import stems

# How many of the likeliest sentences are tried, alone and together.
_TRIED = 6


def find_evidence(claim: Claim, bundle: Bundle) -> Verdict:
    """Return the verdict with the fewest of the likeliest sentences that prove it, else with the likeliest one."""
    likely = likeliest(claim.text, claim.outlet, bundle)
    if not likely:
        return prove([claim], bundle)[0]
    sets = [(one,) for one in likely] + [(likely[0], other) for other in likely[1:]] + [tuple(likely[:3])]
    verdicts = (prove([replace(claim, cites=cites)], bundle)[0] for cites in sets)
    first = next(verdicts)
    return first if first.proved else next((v for v in verdicts if v.proved), first)


def likeliest(text: str, outlet: str | None, bundle: Bundle) -> list[str]:
    """Return the ids of the sentences that share most with `text`, rare words counting more; best first."""
    index = _index(bundle)
    wanted = set(stems(text, bundle.language))
    scores: dict[str, float] = {}
    for word in wanted:
        holders = index.get(word, ())
        weight = log(1 + len(bundle.sentences) / (1 + len(holders)))
        for sentence in holders:
            scores[sentence] = scores.get(sentence, 0.0) + weight
    allowed = {s.id for s in bundle.sources.values() if outlet is None or s.outlet == outlet}
    ranked = sorted(scores, key=lambda s: (-scores[s], s))
    return [s for s in ranked if s.partition(".")[0] in allowed][:_TRIED]


@lru_cache(maxsize=16)
def _index(bundle: Bundle) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for source in bundle.sources.values():
        for sentence in source.sentences:
            for word in set(stems(sentence.text, source.language)):
                found.setdefault(word, []).append(sentence.id)
    return {word: tuple(ids) for word, ids in found.items()}
