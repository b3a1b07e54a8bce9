"""How well the evidence supports a claim, as one number: a logistic model over plain features.

It ranks sentences for whoever reads somebody else's text; it withholds none. As a bound for S601 it was tried on
labelled stories beside the share of carried words and found no better at one false alarm in a hundred.
Coefficients are those of support.json, fitted and printed by benchmarks/fit/support.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from math import exp
from pathlib import Path
from typing import TypedDict

from briefer.checks.evidence import Evidence
from briefer.checks.features import features
from briefer.findings import Finding


class _Feature(TypedDict):
    weight: float
    mean: float
    scale: float


class _Model(TypedDict):
    bias: float
    features: dict[str, _Feature]


def support(evidence: Evidence, findings: Iterable[Finding]) -> float:
    """Return the chance, 0 to 1, that readers call the claim supported by its cited sentences."""
    model = _model()
    counted = features(evidence, findings)
    lift = sum(one["weight"] * (counted[key] - one["mean"]) / one["scale"] for key, one in model["features"].items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, model["bias"] + lift))))


@cache
def _model() -> _Model:
    model: _Model = json.loads(Path(__file__).with_name("support.json").read_text("utf-8"))
    return model
