"""What becomes of paid replies when a process dies, a disk is full, or two commands meet."""

from __future__ import annotations

import os
from collections.abc import Callable

from tests.cli.command import Outcome
from tests.fake import block, wire
from tests.faults.row import Fault, Shown, bill, error
from tests.faults.stage import Stage
from tests.server import completion

RECORDED = "every reply that was recorded before is still there"
GOING_ON = "going on with {folder}"
CUT_OFF = "may have been billed: 1 call that a kill cut off ({})"

# After a crash


def damaged(change: Callable[[bytes], bytes]) -> Callable[[Stage], Outcome]:
    """Run to the end, change the journal's bytes, and run the same command again."""

    def play(stage: Stage) -> Outcome:
        assert stage.run().code == 0
        stage.journal.write_bytes(change(stage.journal.read_bytes()))
        stage.model.asked.clear()
        return stage.run()

    return play


def torn(journal: bytes) -> bytes:
    return journal[:-100]


def flipped(journal: bytes) -> bytes:
    at = journal.index(b'"status":"ok"')
    return journal[:at] + bytes([journal[at] ^ 4]) + journal[at + 1 :]


SEPARATORS = "Tarn is a port\u2028of 40,000\u0085people."


def separated(token: str) -> bytes:
    return completion(wire(token, blocks=[block((SEPARATORS, ["R1.1"]), heading="Tarn")]))


CRASH = (
    Fault(
        name="crash-torn-record",
        what="The last record of the journal was cut short by a crash.",
        play=damaged(torn),
        code=0,
        reads=(
            GOING_ON,
            "warning: calls.jsonl: the last record was cut short at byte {number} and is left out; "
            "its call is made again",
            CUT_OFF.format("topics"),
            bill(2, asked=1),
        ),
        asked=("topics",),
    ),
    Fault(
        name="crash-flipped-bit",
        what="A bit of the journal has changed on the disk.",
        play=damaged(flipped),
        code=0,
        reads=(
            GOING_ON,
            "warning: calls.jsonl: the record at byte {number} is damaged and set aside; its call is made again",
            CUT_OFF.format("whats_happened"),
            bill(2, asked=1),
        ),
        asked=("whats_happened",),
    ),
    Fault(
        name="crash-line-separators",
        what="A reply holds characters that some programs take for the end of a line.",
        answers={"topics": [separated]},
        play=damaged(lambda journal: journal),
        code=0,
        reads=(GOING_ON, bill(2, asked=0)),
        asked=(),
    ),
    Shown(
        name="crash-at-any-write",
        what="The process is killed at any write, wait for the disk, rename or removal of a run.",
        code="killed",
        reads=(),
        paid=0,
        maybe="the calls under way",
        again=0,
        by="tests/crash/test_crash.py::test_a_run_that_is_struck_is_finished_by_the_same_command",
    ),
    Shown(
        name="crash-before-the-record",
        what="The process is killed when a reply has arrived and is not yet written down; the next run names its call.",
        code="killed",
        reads=(CUT_OFF.format("topics"),),
        paid=0,
        maybe="the calls under way",
        again=0,
        by="tests/cli/test_resume.py::test_a_call_that_a_kill_cut_off_is_named",
    ),
    Shown(
        name="crash-unsynced",
        what="The power goes: what was not yet on the disk is lost.",
        code="0",
        reads=(),
        paid=0,
        maybe="the calls under way",
        again=0,
        by="tests/test_journal.py::test_a_killed_process_leaves_every_record_that_it_reported",
    ),
)

# Disk

FAILING = """
import errno, os
real, seen = os.{call}, [0]
def of_journal(fd):
    return "calls.jsonl" in os.readlink(f"/proc/self/fd/{{fd}}")
def failing(*args):
    seen[0] += of_journal(args[0]) and {when}
    if not of_journal(args[0]) or not {when} or seen[0] not in {times}:
        return real(*args)
    raise OSError(errno.{error}, os.strerror(errno.{error}))
os.{call} = failing
"""
FULL = FAILING.format(call="write", when='b\'"status":"ok"\' in bytes(args[1])', times="range(2, 99)", error="ENOSPC")
QUOTA = FULL.replace("ENOSPC", "EDQUOT")
UNSURE = FAILING.format(call="fsync", when="True", times="(2,)", error="EIO")
BROKEN = FAILING.format(call="fsync", when="True", times="range(2, 99)", error="EIO")


def on_a_disk(code: str) -> Callable[[Stage], Outcome]:
    def play(stage: Stage) -> Outcome:
        (stage.cwd / "spill").mkdir()
        return stage.run(env=stage.with_code(code))

    return play


def to(output: str, make: Callable[[str], None] = lambda _: None) -> Callable[[Stage], Outcome]:
    """Run with an output that takes nothing; it is found before the first call."""

    def play(stage: Stage) -> Outcome:
        make(str(stage.cwd / output))
        outcome = stage.run("-o", output)
        assert not stage.model.asked
        return outcome

    return play


def below_a_file(stage: Stage) -> Outcome:
    (stage.cwd / ".briefer").write_text("a file")
    outcome = stage.run()
    assert not stage.model.asked
    return outcome


def with_a_link_for_a_journal(stage: Stage) -> Outcome:
    assert stage.run().code == 0
    journal = stage.journal
    journal.rename(stage.cwd / "elsewhere.jsonl")
    journal.symlink_to(stage.cwd / "elsewhere.jsonl")
    stage.model.asked.clear()
    outcome = stage.run()
    assert not stage.model.asked
    return outcome


SPILL = {"BRIEFER_SPILL": "spill"}
TAKEN_BACK = "free {number} bytes or more there, then run the same command again: it takes them back"


def spilled(reason: str, next_: str = TAKEN_BACK) -> tuple[str, ...]:
    kept = f"{RECORDED}; {{later}} ({{number}} bytes) in spill/briefer-spill-{{name}}.jsonl"
    return error(f"cannot write to {{folder}}/calls.jsonl: {reason}", kept, next_)


AGAIN = "make it writable or choose another folder, then run the same command again"
DISK = (
    Fault(
        name="disk-full",
        what="The disk is full when the second reply is to be kept; it goes to another disk, and back again later.",
        play=on_a_disk(FULL),
        env=SPILL,
        calls={"topics": ""},
        code=7,
        reads=spilled("no space left on device"),
        again=0,
        asked_again=(),
    ),
    Fault(
        name="disk-quota",
        what="The user's share of the disk is used up when the second reply is to be kept.",
        play=on_a_disk(QUOTA),
        env=SPILL,
        calls={"topics": ""},
        code=7,
        reads=spilled("disk quota exceeded"),
        again=0,
        asked_again=(),
    ),
    Fault(
        name="disk-cannot-sync",
        what="The disk fails to confirm that it has kept a reply; it is written again, into another file.",
        play=on_a_disk(UNSURE),
        calls={"topics": "ok"},
        code=0,
        reads=(
            "warning: calls.jsonl: the disk reported an error (input/output error); replies go to calls.jsonl.2 "
            "from here on",
            bill(),
        ),
        again=0,
        asked_again=(),
    ),
    Fault(
        name="disk-never-syncs",
        what="The disk fails to confirm anything any more.",
        play=on_a_disk(BROKEN),
        env=SPILL,
        code=7,
        reads=spilled("input/output error", AGAIN),
        again=0,
        asked_again=(),
    ),
    Fault(
        name="disk-no-run-folder",
        what="There can be no run folder: a file stands where it should be made.",
        play=below_a_file,
        code=7,
        reads=error("cannot create the folder .briefer/runs: file exists", RECORDED, AGAIN),
    ),
    Fault(
        name="disk-name-too-long",
        what="The name of the output is longer than the file system allows.",
        play=to("b" * 300 + ".md"),
        code=7,
        reads=("briefer: {name} cannot be written: file name too long", "  next: choose another path for -o"),
    ),
    Fault(
        name="disk-no-permission",
        what="The output stands in a folder that takes no files.",
        play=to("/proc/briefing.md"),
        code=7,
        reads=(
            "briefer: /proc/briefing.md cannot be written: no such file or directory",
            "  next: choose another path for -o",
        ),
    ),
    Fault(
        name="disk-output-is-a-pipe",
        what="The output is a named pipe that nobody reads.",
        play=to("b.md", os.mkfifo),
        code=7,
        reads=("briefer: b.md is no ordinary file", "  next: choose another path for -o"),
    ),
    Fault(
        name="disk-output-is-a-device",
        what="The output is a device that is always full.",
        play=to("b.md", lambda path: os.symlink("/dev/full", path)),
        code=7,
        reads=("briefer: b.md is no ordinary file", "  next: choose another path for -o"),
    ),
    Fault(
        name="disk-journal-is-a-link",
        what="Somebody has put a link in the journal's place.",
        play=with_a_link_for_a_journal,
        code=7,
        reads=error("cannot open the journal {folder}/calls.jsonl: too many levels of symbolic links", RECORDED, AGAIN),
    ),
)

# Locks


def two_at_a_time(stage: Stage) -> Outcome:
    """Run the command while it runs already."""
    process = stage.begin()
    try:
        asked = len(stage.server.requests)
        outcome = stage.run()
        assert len(stage.server.requests) == asked
    finally:
        process.kill()
        process.communicate()
    return outcome


def after_the_dead(stage: Stage) -> Outcome:
    """Kill a run and start it again."""
    process = stage.begin()
    process.kill()
    process.communicate()
    stage.mend()
    return stage.run()


LOCK = (
    Fault(
        name="lock-held",
        what="The same command runs already.",
        play=two_at_a_time,
        code=8,
        reads=error(
            "the run folder {folder} is in use by process {number} on {name} since {moment}",
            "nothing was changed",
            "wait for it to end, or stop it; then run the same command again",
        ),
        again=0,
    ),
    Shown(
        name="lock-of-eight",
        what="The same command is started eight times at once.",
        code="8",
        reads=error("the run folder {folder} is in use by process {number} on {name} since {moment}"),
        paid=0,
        maybe="",
        again=0,
        by="tests/test_locks.py::test_of_eight_processes_one_gets_the_folder_and_the_others_are_told_who",
    ),
    Shown(
        name="lock-of-the-unseen",
        what="The file system has no locks, and whoever left one there ran on another machine.",
        code="8",
        reads=error("the run folder {folder} is in use by process {number} on {name} since {moment}"),
        paid=0,
        maybe="",
        again=0,
        by="tests/test_locks.py::test_a_holder_that_cannot_be_looked_at_is_set_aside_by_force_only",
    ),
    Fault(
        name="lock-of-a-dead-process",
        what="A run was killed and could not give its lock back.",
        play=after_the_dead,
        code=0,
        reads=(GOING_ON, CUT_OFF.format("topics"), bill(2, asked=1)),
        asked=("topics",),
    ),
)

ROWS = (*CRASH, *DISK, *LOCK)
