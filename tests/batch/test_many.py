"""Many bundles with faults, kills and rivals: each is accounted for once, nothing that was recorded is paid again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.loopback import Server
from briefer.journal import Status
from tests.batch.many import Place, bundle, recorded, trial, write_bundles

COUNT, JOBS = 60, 8


def test_every_bundle_is_accounted_for_and_the_ledger_is_the_server_s(tmp_path: Path, server: Server) -> None:
    place = Place(tmp_path / "in.jsonl", tmp_path / "out", server, JOBS)
    found = trial(place, COUNT)
    assert found.problems() == []
    assert found.statuses[Status.UNKNOWN] + found.statuses[Status.HTTP] > 0  # there were faults
    assert found.files_after <= found.files_before


def test_a_killed_batch_loses_no_bundle_and_pays_no_recorded_reply_again(tmp_path: Path, server: Server) -> None:
    place = Place(tmp_path / "in.jsonl", tmp_path / "out", server, JOBS)
    found = trial(place, COUNT, kills=2)
    assert found.problems() == []
    assert found.killed == 2


def test_a_reply_that_is_paid_twice_would_be_noticed(tmp_path: Path, server: Server) -> None:
    place = Place(tmp_path / "in.jsonl", tmp_path / "out", server, JOBS, "story/0/0")
    write_bundles(place.bundles, 3)
    place.run()
    place.run("--force")
    assert set(recorded(place).good.values()) == {2}


def test_bundles_differ_and_one_in_fifty_is_bad(tmp_path: Path) -> None:
    expected = write_bundles(tmp_path / "in.jsonl", 100)
    assert expected == Counter(complete=96, rejected=2, duplicate=2)
    assert bundle(1)["articles"] != bundle(2)["articles"]
