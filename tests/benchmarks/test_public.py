"""What the benchmark on public claims counts, and how it splits."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.public import area, balanced_accuracy, part_of

PROGRAM = Path(__file__).parent.parent.parent / "benchmarks" / "public.py"


def test_balanced_accuracy_is_the_mean_of_both_shares() -> None:
    assert balanced_accuracy([True, True, True, True, False], [True, True, True, False, False]) == 0.875
    assert balanced_accuracy([True, True, True, True, False], [True] * 5) == 0.5
    assert balanced_accuracy([True], [True]) is None


@pytest.mark.parametrize(
    ("scores", "wanted"),
    [([4, 3, 2, 1], 1.0), ([1, 2, 3, 4], 0.0), ([1, 1, 1, 1], 0.5), ([4, 2, 3, 1], 0.75), ([3, 2, 2, 1], 0.875)],
)
def test_area_is_how_often_a_supported_claim_scores_higher(scores: list[float], wanted: float) -> None:
    assert area([True, True, False, False], scores) == wanted
    assert area([True, True], scores[:2]) is None


def test_a_source_falls_into_one_part_and_three_in_five_into_fit() -> None:
    parts = [part_of(f"source {n}") for n in range(2000)]
    assert parts == [part_of(f"source {n}") for n in range(2000)]
    assert 0.57 < parts.count("fit") / 2000 < 0.63
    assert set(parts) == {"fit", "unseen"}


def test_a_file_is_measured_set_by_set_and_part_by_part(tmp_path: Path) -> None:
    sources = {f"s{n}": f"The bridge at Ostrava closed on {n} March after cracks were found." for n in range(1, 21)}
    rows = [
        {"set": "made", "source": f"s{n}", "claim": f"The bridge closed on {n + wrong} March.", "label": 1 - wrong}
        for n in range(1, 21)
        for wrong in (0, 1)
    ]  # fmt: skip
    file = tmp_path / "public.json.gz"
    file.write_bytes(gzip.compress(json.dumps({"sources": sources, "rows": rows}).encode()))
    told = [line.split() for line in _printed(file).splitlines()]
    fit = 2 * [part_of(key) for key in sources].count("fit")
    assert ["made", "fit", str(fit), str(fit // 2), "100.0", "100.0", "100.0"] in told
    assert ["made", "unseen", str(40 - fit), str(20 - fit // 2), "100.0", "100.0", "100.0"] in told


def test_without_a_file_it_says_what_to_give_and_misses_nothing() -> None:
    assert _printed().splitlines() == [
        "not measured: name a file of labelled claims, benchmarks/public.py PUBLIC.json.gz"
    ]


def _printed(*files: Path) -> str:
    done = subprocess.run([sys.executable, str(PROGRAM), *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
