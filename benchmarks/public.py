"""How well the checks tell supported claims from others, on public sets that people have labelled.

    .venv/bin/python benchmarks/public.py PUBLIC.json.gz

The file holds `{"sources": {key: text}, "rows": [{"set", "source": key, "claim", "label": 1 supported | 0 not}]}`.
Each source is a bundle of one article, each claim a statement without cites, of one sentence or more. Sources are
split by the SHA-256 of their key into "fit", three in five, on which a bound may be chosen, and "unseen"; both are
reported apart. Balanced accuracy is the mean of the shares judged rightly among supported claims and among the
others: by the verdict, which withholds only what is surely wrong, and by the support score with the bound that parts
the "fit" sources best. AUC is how often a supported claim scores above another one. Prints, sets no bound.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefer.loading import build
from briefer.statements import StatementLine, check_statement

FIT = 0.6
PARTS = ("fit", "unseen")


@dataclass(frozen=True)
class Judged:
    """One claim: how people labelled it, and what the checks say."""

    set: str
    part: str
    supported: bool
    proved: bool
    score: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", type=Path, help="labelled claims, gzipped JSON")
    file = options.parse_args().file
    if not file:
        print("not measured: name a file of labelled claims, benchmarks/public.py PUBLIC.json.gz")
        return
    data = json.loads(gzip.decompress(file.read_bytes()))
    began = time.process_time()
    judged = list(judge(data))
    took = time.process_time() - began
    print(f"{'set':<24}{'part':<8}{'rows':>6}{'supported':>11}{'by verdict':>12}{'by score':>10}{'AUC':>8}")
    for name in [*sorted({one.set for one in judged}), "all"]:
        of_set = [one for one in judged if name in (one.set, "all")]
        bound = best_bound([one for one in of_set if one.part == PARTS[0]])
        for part in PARTS:
            _row(name, part, [one for one in of_set if one.part == part], bound)
    print(f"\n{len(judged)} claims in {took:.1f} s on one core: {len(judged) / took:.0f} a second")


def judge(data: dict[str, Any]) -> Iterable[Judged]:
    """Yield each claim with its verdict, source by source."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in data["rows"]:
        rows.setdefault(row["source"], []).append(row)
    for key, claims in rows.items():
        bundle = build({"articles": [{"outlet": "Source", "text": data["sources"][key]}]}, key)
        for row in claims:
            checked = check_statement(StatementLine(id="claim", text=row["claim"]), bundle)
            yield Judged(row["set"], part_of(key), bool(row["label"]), checked.proved, checked.support or 0.0)


def part_of(source: str) -> str:
    """Return the part that a source falls into, whatever else is in the file."""
    share = int.from_bytes(hashlib.sha256(source.encode()).digest()[:8]) / 2**64
    return PARTS[0] if share < FIT else PARTS[1]


def balanced_accuracy(supported: Sequence[bool], proved: Sequence[bool]) -> float | None:
    """Return the mean of the two shares judged rightly; None unless there are claims of both labels."""
    rates = []
    for label in (True, False):
        right = [p == label for s, p in zip(supported, proved, strict=True) if s == label]
        if not right:
            return None
        rates.append(sum(right) / len(right))
    return sum(rates) / 2


def area(supported: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Return the share of pairs in which the supported claim scores higher, a tie for half; None without pairs."""
    high = [score for s, score in zip(supported, scores, strict=True) if s]
    low = sorted(score for s, score in zip(supported, scores, strict=True) if not s)
    if not high or not low:
        return None
    return sum(bisect_left(low, one) + bisect_right(low, one) for one in high) / (2 * len(high) * len(low))


def best_bound(judged: Sequence[Judged]) -> float:
    """Return the score that parts supported claims from the others best; it is chosen on the "fit" sources."""
    supported = [one.supported for one in judged]
    bounds = sorted({one.score for one in judged})
    return max(bounds, key=lambda b: balanced_accuracy(supported, [o.score >= b for o in judged]) or 0.0, default=0.5)


def _row(name: str, part: str, judged: Sequence[Judged], bound: float) -> None:
    supported = [one.supported for one in judged]
    by_verdict = balanced_accuracy(supported, [one.proved for one in judged])
    by_score = balanced_accuracy(supported, [one.score >= bound for one in judged])
    auc = area(supported, [one.score for one in judged])
    shares = f"{_share(by_verdict):>12}{_share(by_score):>10}{_share(auc):>8}"
    print(f"{name:<24}{part:<8}{len(judged):>6}{sum(supported):>11}{shares}")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


if __name__ == "__main__":
    main()
