"""Each row of the table is played through the real command: what it says, how it ends, what it costs, what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.journal import Journal, Status
from tests.cli.command import Outcome
from tests.cli.desk import KEY, REPLIES
from tests.faults.numbers import FAULTS, MORE, OTHERWISE
from tests.faults.row import Fault, Shown
from tests.faults.stage import Stage
from tests.faults.table import ROWS
from tests.server import Loopback

ROOT = Path(__file__).parents[2]
PLAYED = [row for row in ROWS if isinstance(row, Fault)]
SHOWN = [row for row in ROWS if isinstance(row, Shown)]


@pytest.mark.parametrize("fault", PLAYED, ids=lambda row: row.name)
def test_a_fault_ends_as_the_table_says(
    fault: Fault, tmp_path: Path, loopback: Loopback, request: pytest.FixtureRequest
) -> None:
    if fault.xfail:
        request.applymarker(pytest.mark.xfail(reason=fault.xfail))
    stage = Stage.set(fault, tmp_path, loopback)
    try:
        _played(fault, stage)
    finally:
        if stage.server is not loopback:
            stage.server.close()


def _played(fault: Fault, stage: Stage) -> None:
    outcome = fault.play(stage) if fault.play else stage.run()
    assert (outcome.code, fault.reads_as(outcome.lines, stage.host)) == (fault.code, True), _read(outcome, fault)
    assert KEY not in outcome.out + outcome.err
    if fault.calls and not fault.bundles:
        _accounted_for(stage)
    if fault.asked is not None:
        assert stage.model.asked == list(fault.asked)
    if fault.proof:
        fault.proof(stage, outcome)
    if fault.again is not None:
        _goes_on(stage, fault.again)


def _read(outcome: Outcome, fault: Fault) -> str:
    return "\n".join([f"exit code {outcome.code}, promised {fault.code}", *outcome.lines, "promised:", *fault.reads])


def _accounted_for(stage: Stage) -> None:
    """Hold the journal against the row, and the row against what the server was asked."""
    expected = {call: "ok" for call in _calls(stage.fault.sections)} | dict(stage.fault.calls)
    asked = {call: stage.model.asked.count(call) for call in stage.model.asked}
    reaching = {call for call in expected if stage.fault.reached or call not in stage.fault.calls}
    assert stage.statuses == {call: statuses for call, statuses in expected.items() if statuses}
    assert asked == {call: len(statuses.split()) or 1 for call, statuses in expected.items() if call in reaching}
    assert not [path for path in stage.cwd.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def _calls(sections: tuple[str, ...]) -> list[str]:
    return [call for call in REPLIES if call.split("/")[0].split(":")[0] in sections]


def _goes_on(stage: Stage, code: int) -> None:
    """Run the same command against a server in good health: nothing that was paid for is asked again."""
    before = {journal: journal.read_bytes() for journal in stage.journals}
    paid = set() if stage.fault.bundles else {call for call, said in stage.statuses.items() if said.endswith("ok")}
    stage.mend()
    outcome = stage.run(*stage.fault.mended_by)
    assert outcome.code == code, outcome.lines
    for journal in stage.journals:
        assert journal.read_bytes().startswith(before.get(journal, b""))
        good = [record.key for record in Journal.read(journal).records if record.status is Status.OK]
        assert len(good) == len(set(good))
    assert stage.fault.bundles or len(stage.model.asked) == len(set(stage.model.asked))
    if any(call.startswith("papers_say/") for call in stage.model.asked):
        paid.discard("papers_say:closing")  # with another account they are asked for anew
    assert not paid & set(stage.model.asked)
    if stage.fault.asked_again is not None:
        assert stage.model.asked == list(stage.fault.asked_again)


def test_each_fault_has_a_name_of_its_own() -> None:
    names = [row.name for row in ROWS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.name)
def test_a_fault_that_is_played_elsewhere_is_played_there(row: Shown) -> None:
    file, _, name = row.by.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"def {name}(" in text or f"\n{name}:" in text


def test_every_number_has_its_rows() -> None:
    assert list(FAULTS) == list(range(1, 89))
    names = {row.name for row in ROWS}
    listed = {name for _, rows in FAULTS.values() for name in rows}
    assert listed <= names, listed - names
    assert not names - listed - set(MORE), names - listed - set(MORE)


@pytest.mark.parametrize("number", FAULTS)
def test_a_row_ends_as_listed_or_says_why_not(number: int) -> None:
    codes, names = FAULTS[number]
    other = {row.name: row.exit_code for row in ROWS if row.name in names and row.exit_code not in codes}
    assert set(other) == set(names) & set(OTHERWISE), other
