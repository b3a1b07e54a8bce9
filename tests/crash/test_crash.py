"""A sample of `make test-crash`: kills, full disks and disk errors at a few operations of a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.faults import Fault
from tests.crash.harness import Bench, Strike, What

AMONG_THE_CALLS = 0.83  # before them stand the run folder and, in a new project, the texts of its prompts
SAMPLE = [
    (Fault.BEFORE, 8, 0.15),
    (Fault.AFTER, 1, AMONG_THE_CALLS),
    (Fault.AFTER, 8, 0.9),
    (Fault.HALF, 1, AMONG_THE_CALLS),
    (Fault.POWER, 8, AMONG_THE_CALLS),
    (Fault.FULL, 8, AMONG_THE_CALLS),
    (Fault.ERROR_SYNC, 1, AMONG_THE_CALLS),
    (Fault.BROKEN, 8, AMONG_THE_CALLS),
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with Bench(tmp_path_factory.mktemp("crash")) as opened:
        yield opened


@pytest.mark.parametrize(("fault", "workers", "share"), SAMPLE, ids=str)
def test_a_run_that_is_struck_is_finished_by_the_same_command(
    bench: Bench, fault: Fault, workers: int, share: float
) -> None:
    """See `harness.py` for all that is held of it."""
    first = int(share * len(bench.unbroken(workers).operations))
    # The n-th operation may be of a kind that this fault does not strike: then the next that is.
    assert any(bench.strike(Strike(workers, fault, at)) for at in range(first, first + 8))
    assert bench.count.wrong == []
    assert [bench.count.sum(what) for what in (What.LOST, What.TWICE, What.UNEQUAL)] == [0, 0, 0]
