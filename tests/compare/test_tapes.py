"""A real edit with real replies, from the shipped tapes: what it did is told without a model and without a network."""

from __future__ import annotations

import json
from pathlib import Path

from briefer.data import data_folder
from tests.cli.command import run

FIXTURES = data_folder("fixtures")
TAPED = sorted(path.parent for path in FIXTURES.glob("*/tape-shorter.jsonl"))


def test_an_edit_that_asks_for_less_is_told_by_its_length_and_what_it_cost(tmp_path: Path) -> None:
    assert len(TAPED) == 4
    bundles = [arg for folder in TAPED for arg in ("--bundles", str(folder))]
    done = run("compare", "shipped", str(FIXTURES / "edits/shorter"), *bundles, "--format", "json", cwd=tmp_path)
    assert done.code == 9, done.err
    found = json.loads(done.out)
    assert [(s["old_runs"], s["new_runs"]) for s in found["stories"]] == [(2, 1)] * 4
    [section] = found["sections"]
    told = {m["key"]: m for m in section["measures"]}
    assert told["words"]["beyond_noise"]
    assert told["words"]["new"] < 0.6 * told["words"]["old"]
    assert told["quotations"]["beyond_noise"]
    assert told["lost"]["beyond_noise"]
    assert not told["gained"]["beyond_noise"]
