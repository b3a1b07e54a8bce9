"""Evidence search: the sentences that carry a claim which cites none, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from math import log

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import Verdict, prove
from briefer.checks.evidence import Evidence
from briefer.dates import blank
from briefer.figures import figures
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import stems

_HAS_IT = re.compile(r"\b([AR]\d+\.\d+) has (?:it|more of it)\b")
# How many of the likeliest sentences are tried alone, and how many of these in pairs and in threes.
_TRIED, _PAIRED, _THREES = 6, 5, 4
# Evidence must carry this share of what the likeliest sentences carry together: who finds the claim denied in the
# sentence that tells of it does not look for one that tells of something near it.
_ENOUGH, _NEARLY = 0.8, 0.97
# A sentence credited to one outlet is another's when that one carries so much more of it (a share of its words), and
# one sentence of that outlet so much more alone; or when it carries far more in all. Of 115 labelled sentences that are
# another outlet's all but one are caught, and 6 of 427 true ones in accounts are withheld; without the last bound it
# would be all but three, and none.
_MUCH_MORE, _MUCH_MORE_ALONE, _FAR_MORE = 0.15, 0.12, 0.22


def find_evidence(claim: Claim, bundle: Bundle) -> Verdict:
    """Return the verdict with the likeliest sentences that prove the claim, else with the likeliest ones.

    Of a claim that is credited to an outlet, every outlet is looked at: A704 where another carries it far better.
    """
    carried = _sets(claim.text, claim.outlet, bundle)
    most = max(carried.values(), default=0.0)
    enough = sorted((c for c in carried if carried[c] >= _ENOUGH * most), key=lambda c: (len(c), -carried[c]))
    first = None
    for cites in enough:
        verdict = prove([replace(claim, cites=cites)], bundle)[0]
        if verdict.proved:
            return _unless_another_s(verdict, most, bundle)
        first = first or verdict
    if first and (hinted := _hinted(first)):
        verdict = prove([replace(claim, cites=(*first.claim.cites, *hinted))], bundle)[0]
        if verdict.proved:
            return _unless_another_s(verdict, most, bundle)
    return first or prove([claim], bundle)[0]


def prove_cited(claim: Claim, bundle: Bundle) -> Verdict:
    """Return the verdict of a claim with its own cites; A704 where another outlet than its own carries it far better.

    For sentences from elsewhere only: of an account that was drafted here no other outlet's text may be asked.
    """
    verdict = prove([claim], bundle)[0]
    cites = [c for c in claim.cites if c in bundle.sentences]
    if not (claim.outlet and verdict.proved) or Evidence.of(claim, bundle).foreign:
        return verdict
    weights = _weights(claim.text, bundle)
    return _unless_another_s(verdict, _carried(cites, weights, bundle) / (sum(weights.values()) or 1.0), bundle)


def _hinted(verdict: Verdict) -> tuple[str, ...]:
    """The sentences of which the findings say that they have what is missing."""
    return tuple(dict.fromkeys(i for f in verdict.findings for i in _HAS_IT.findall(f.message)))


def best_evidence(text: str, bundle: Bundle) -> tuple[str, ...]:
    """Return the fewest sentences that carry nearly as much of a text as any few do, () where none carries any."""
    carried = _sets(text, None, bundle)
    most = max(carried.values(), default=0.0)
    return min((c for c in carried if carried[c] >= _NEARLY * most), key=len, default=())


def _unless_another_s(verdict: Verdict, most: float, bundle: Bundle) -> Verdict:
    """Withhold what another outlet carries so much better, in one sentence as well, or far better in all."""
    claim = verdict.claim
    others = [o for o in bundle.outlets if o != claim.outlet] if claim.outlet else []
    best = {o: max(_sets(claim.text, o, bundle).items(), key=lambda s: s[1], default=((), 0.0)) for o in others}
    outlet = max(best, key=lambda o: best[o][1], default="")
    cites, theirs = best.get(outlet, ((), 0.0))
    if theirs - most <= _MUCH_MORE:
        return verdict
    alone = _best_alone(cites, claim.text, bundle) - _best_alone(claim.cites, claim.text, bundle)
    if theirs - most <= _FAR_MORE and alone <= _MUCH_MORE_ALONE:
        return verdict
    told = f"{outlet} has far more of this ({', '.join(cites)}) than {claim.outlet}"
    return Verdict(claim, None, (*verdict.findings, Finding("A704", told)))


def _best_alone(cites: Iterable[str], text: str, bundle: Bundle) -> float:
    """Return the share of a text's words that the best of these sentences carries."""
    weights = _weights(text, bundle)
    alone = (_carried([cite], weights, bundle) for cite in cites if cite in bundle.sentences)
    return max(alone, default=0.0) / (sum(weights.values()) or 1.0)


def _sets(text: str, outlet: str | None, bundle: Bundle) -> dict[tuple[str, ...], float]:
    """Return sets of likely sentences, each with the share of the text's words that it carries."""
    weights = _weights(text, bundle)
    all_ = sum(weights.values()) or 1.0
    likely = likeliest(text, outlet, bundle)
    sets: list[tuple[str, ...]] = [(one,) for one in likely]
    sets += combinations(likely[:_PAIRED], 2)
    sets += combinations(likely[:_THREES], 3)
    return {cites: _carried(cites, weights, bundle) / all_ for cites in sets}


def likeliest(text: str, outlet: str | None, bundle: Bundle) -> list[str]:
    """Return the ids of the sentences that share most with `text`, rare words counting more; best first."""
    index = _index(bundle)
    scores: dict[str, float] = {}
    for word, weight in _weights(text, bundle).items():
        for sentence in index.get(word, ()):
            scores[sentence] = scores.get(sentence, 0.0) + weight
    allowed = {s.id for s in bundle.sources.values() if outlet is None or s.outlet == outlet}
    ranked = sorted(scores, key=lambda s: (-scores[s], s))
    return [s for s in ranked if s.partition(".")[0] in allowed][:_TRIED]


def _weights(text: str, bundle: Bundle) -> dict[str, float]:
    """Return the content stems of a text, rare ones in the bundle weighing more."""
    index = _index(bundle)
    return {
        word: log(1 + len(bundle.sentences) / (1 + len(index.get(word, ()))))
        for word in dict.fromkeys(_terms(text, bundle.language))
    }


@memo(16384)
def _terms(text: str, language: str) -> tuple[str, ...]:
    """Return the content stems of a text, and its figures by value: thirty-one is 31."""
    counted = (f"={f.value}" for f in figures(blank(text), language))
    return (*(w for w in stems(text, language) if not w[0].isdigit()), *counted)


def _carried(cites: Iterable[str], weights: dict[str, float], bundle: Bundle) -> float:
    held = set().union(*(_stems_of(bundle, cite) for cite in cites))
    return sum(weight for word, weight in weights.items() if word in held)


@memo(16384)
def _stems_of(bundle: Bundle, sentence: str) -> frozenset[str]:
    source = bundle.sources[bundle.sentences[sentence].source]
    return frozenset(_terms(bundle.sentences[sentence].text, source.language))


@memo(16)
def _index(bundle: Bundle) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for source in bundle.sources.values():
        for sentence in source.sentences:
            for word in set(_terms(sentence.text, source.language)):
                found.setdefault(word, []).append(sentence.id)
    return {word: tuple(ids) for word, ids in found.items()}
