"""What can be counted of a claim beside its evidence: overlap features, each plain to read.

Every feature is a share (0 to 1) or a count, and more of it speaks for support or against it, never for both: `FOR`
and `AGAINST` say which, and the fit in benchmarks/fit/support.py gives no coefficient the other sign. Without that a
fit learns the habits of whoever wrote the examples, such as writing false sentences close to the text. Ten more were
tried (carried and exact shares, runs of two and three words, close pairs, names, gaps): the fit gave them nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefer.checks.clauses import DENIAL
from briefer.checks.evidence import Evidence
from briefer.checks.hedge_words import HEDGES
from briefer.checks.lexicon import Cues
from briefer.checks.thesaurus import entry, near
from briefer.findings import Finding
from briefer.stems import stems
from briefer.text import fold

FOR = ("best_sentence", "order")
AGAINST = (
    "new_words", "figures_not_in_article", "denial_differs", "hedge_lost", "opposites", "found_quotation",
    "found_figure", "found_name", "found_wording",
)  # fmt: skip
_HEDGES = Cues(*HEDGES)
_FAMILIES = {"Q": "quotation", "F": "figure", "N": "name", "W": "wording"}
_CARRIED = 0.5


def features(evidence: Evidence, findings: Iterable[Finding]) -> dict[str, float]:
    """Return each feature of a claim beside its cited sentences; `findings` are those of the other checks."""
    said = [w for w in stems(evidence.said, evidence.bundle.language) if not w[0].isdigit()]
    wanted = list(dict.fromkeys(said)) or ["▮"]
    article = frozenset(w for s in evidence.sources for x in s.sentences for w in stems(x.text, s.language))
    nearby = [near(w, evidence.nearby_stems) for w in wanted]
    lost = [w for w, much in zip(wanted, nearby, strict=True) if much < _CARRIED]
    per_sentence = [stems(s.text, evidence.language_of(s)) for s in evidence.cited]
    families = {f.code[0] for f in findings}
    return {
        "best_sentence": max((len({*wanted} & {*s}) for s in per_sentence), default=0) / len(wanted),
        "order": max((_in_order(said, s) for s in per_sentence), default=0) / max(1, len(said)),
        "new_words": sum(w not in article for w in lost),
        "opposites": sum(bool(_opposite(w) & evidence.stems) for w in lost),
        **{f"found_{name}": float(f in families) for f, name in _FAMILIES.items()},
        **_figures(evidence),
        **_wording(evidence),
    }


def _figures(evidence: Evidence) -> dict[str, float]:
    values = {f.value for f in evidence.own}
    article = {f.value for s in evidence.sources for x in s.sentences for f in evidence.figures_of(x)}
    return {"figures_not_in_article": len(values - article)}


def _wording(evidence: Evidence) -> dict[str, float]:
    text, known = fold(evidence.claim.text), " ".join(evidence.texts)
    denied = [min(2, len(DENIAL.findall(t))) for t in (text, known)]
    hedged = [_HEDGES.are_in(t) for t in (text, known)]
    return {"denial_differs": abs(denied[0] - denied[1]), "hedge_lost": float(hedged[1] and not hedged[0])}


def _in_order(own: list[str], known: tuple[str, ...]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(known) + 1)
    for a in own:
        before = 0
        for at, b in enumerate(known, 1):
            before, row[at] = row[at], before + 1 if a == b else max(row[at], row[at - 1])
    return row[-1]


def _opposite(word: str) -> frozenset[str]:
    own = entry(word)
    return own.opposite if own else frozenset()
