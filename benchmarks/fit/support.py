"""Fit the support score: a logistic model over plain features, no coefficient against the sense of its feature.

    .venv/bin/python benchmarks/fit/support.py PUBLIC.json.gz

Reads labelled public claims (the form that benchmarks/public.py reads; only the sources that it calls "fit" are used)
and the labelled statements in fixtures/ (held-out ones are left out), writes src/briefer/checks/support.json and prints
the coefficients. Of the statements the true ones stand against those that no evidence says ("unsupported",
"outside_knowledge"); other errors are other checks' to find. Each set and label weighs the same. The evidence of a
claim or statement is searched for, as it is for one that cites nothing.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from public import part_of  # noqa: E402, the folder is no package

from briefer.briefing import Claim  # noqa: E402
from briefer.bundle import Bundle  # noqa: E402
from briefer.checks import prove  # noqa: E402
from briefer.checks.evidence import Evidence  # noqa: E402
from briefer.checks.features import AGAINST, FOR, features  # noqa: E402
from briefer.checks.search import best_evidence  # noqa: E402
from briefer.loading import build, load_bundle  # noqa: E402
from briefer.sentences import sentence_spans  # noqa: E402

TARGET = ROOT / "src" / "briefer" / "checks" / "support.json"
KEYS = (*FOR, *AGAINST)
SENSE = [1.0] * len(FOR) + [-1.0] * len(AGAINST)
INVENTED = ("unsupported", "outside_knowledge")
STEPS, RATE, DECAY, STILL = 1000, 0.8, 0.001, 1e-6


@dataclass(frozen=True)
class Row:
    """One sentence: the set it is from, whether it is supported, its features in the order of `KEYS`."""

    set: str
    supported: bool
    values: list[float]


def main() -> None:
    """Fit, write the file, print what was fitted."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    rows = [*of_public(Path(sys.argv[1])), *of_statements()]
    columns = list(zip(*(row.values for row in rows), strict=True))
    mean = [sum(c) / len(c) for c in columns]
    scale = [(sum((v - m) ** 2 for v in c) / len(c)) ** 0.5 or 1.0 for c, m in zip(columns, mean, strict=True)]
    weights, bias = fit(rows, mean, scale)
    kept = {
        key: {"weight": round(w, 4), "mean": round(m, 4), "scale": round(s, 4)}
        for key, w, m, s in zip(KEYS, weights, mean, scale, strict=True)
    }
    TARGET.write_text(json.dumps({"bias": round(bias, 4), "features": kept}, indent=1) + "\n", "utf-8")
    for key, one in sorted(kept.items(), key=lambda item: -abs(item[1]["weight"])):
        print(f"{key:24}{one['weight']:+.3f}")
    print(f"{len(rows)} sentences")


def of_public(file: Path) -> Iterator[Row]:
    """Yield the sentences of the claims to fit on; a claim's label is each one's."""
    data = json.loads(gzip.decompress(file.read_bytes()))
    bundles = {k: build({"articles": [{"outlet": "Source", "text": t}]}, k) for k, t in data["sources"].items()}
    for row in data["rows"]:
        if part_of(row["source"]) == "fit":
            for start, end in sentence_spans(row["claim"], "en"):
                yield Row(row["set"], bool(row["label"]), values(row["claim"][start:end], bundles[row["source"]]))


def of_statements() -> Iterator[Row]:
    """Yield the true statements of the labelled files, and those that no evidence says."""
    for file in sorted(ROOT.glob("fixtures/**/statements.jsonl")):
        bundle = load_bundle(file.with_name("bundle.json"))
        for line in filter(None, file.read_text("utf-8").split("\n") if "held-out" not in file.parts else ()):
            facts = json.loads(line)
            if facts["label"] == "ok" or facts["error"] in INVENTED:
                yield Row("statements", facts["label"] == "ok", values(facts["text"], bundle))


def values(text: str, bundle: Bundle) -> list[float]:
    """Return the features of a sentence beside the evidence that is found for it."""
    claim = Claim("statement", text, best_evidence(text, bundle))
    counted = features(Evidence.of(claim, bundle), prove([claim], bundle)[0].findings)
    return [counted[key] for key in KEYS]


def fit(rows: Sequence[Row], mean: Sequence[float], scale: Sequence[float]) -> tuple[list[float], float]:
    """Return weights and bias by gradient descent; a weight that would turn against its feature's sense is zero."""
    sizes = Counter((row.set, row.supported) for row in rows)
    share = [1 / (len(sizes) * sizes[row.set, row.supported]) for row in rows]
    points = [[(v - m) / s for v, m, s in zip(row.values, mean, scale, strict=True)] for row in rows]
    weights, bias = [0.0] * len(KEYS), 0.0
    for _ in range(STEPS):
        slope, lift = [2 * DECAY * w for w in weights], 0.0
        for point, row, much in zip(points, rows, share, strict=True):
            chance = 1 / (1 + exp(-max(-30.0, min(30.0, bias + sum(map(float.__mul__, weights, point))))))
            error = much * (chance - row.supported)
            lift += error
            slope = [g + error * v for g, v in zip(slope, point, strict=True)]
        bias -= RATE * lift
        moved = [w - RATE * g for w, g in zip(weights, slope, strict=True)]
        moved = [w if w * sense > 0 else 0.0 for w, sense in zip(moved, SENSE, strict=True)]
        if max(abs(a - b) for a, b in zip(moved, weights, strict=True)) < STILL:
            break
        weights = moved
    return weights, bias


if __name__ == "__main__":
    main()
