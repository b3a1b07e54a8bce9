"""Signals, streams that take nothing, and machines that have nothing left."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable

from tests.cli.command import Outcome, start
from tests.faults.body import good
from tests.faults.row import Fault, Shown, bill, error
from tests.faults.stage import Stage
from tests.server import Answer, reply

# Signals


MOST_SECONDS = 2.0
LEAST_SECONDS = 1.0
BUSY_SECONDS = 1.0  # that a machine with other work may take longer
BROKEN_OFF = "1 call done, 1 open; may have been billed: 1"


def stopped(*numbers: signal.Signals, pause: float = 0.0) -> Callable[[Stage], Outcome]:
    """Run until one reply is there and one under way, then send signals."""

    def play(stage: Stage) -> Outcome:
        process = stage.begin()
        sent = time.monotonic()
        for number in numbers:
            process.send_signal(number)
            time.sleep(pause)
        out, err = process.communicate(timeout=30)
        took = time.monotonic() - sent
        assert took < (MOST_SECONDS if len(numbers) == 1 else LEAST_SECONDS) + BUSY_SECONDS
        return Outcome(process.returncode, out.decode(), err.decode())

    return play


def just_in_time(stage: Stage) -> Outcome:
    """Send a signal shortly before the reply under way arrives, with another call still to make."""
    process = stage.begin("go_deeper", lambda token: [0.5, reply(200, good(token, "go_deeper"))])
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return Outcome(process.returncode, out.decode(), err.decode())


def ends(number: signal.Signals, standing: str = BROKEN_OFF) -> tuple[str, ...]:
    return (
        f"briefer: stopped by {number.name}: {standing}",
        "  safe: every reply that arrived is in {folder}",
        "  next: run the same command again; it goes on from there",
    )


SIGNALS = (
    *(
        Fault(
            name=name,
            what=what,
            play=stopped(number),
            calls={"topics": "unknown"},
            code=code,
            reads=ends(number),
            again=0,
        )
        for name, number, code, what in (
            ("signal-interrupt", signal.SIGINT, 130, "Ctrl-C while a call is under way."),
            ("signal-terminate", signal.SIGTERM, 143, "A scheduler or a CI system ends the job."),
            ("signal-hang-up", signal.SIGHUP, 129, "The terminal is closed."),
        )
    ),
    Fault(
        name="signal-interrupt-in-time",
        what="Ctrl-C shortly before a reply arrives; it is kept, and no further call is made.",
        sections=("whats_happened", "topics", "go_deeper"),
        play=just_in_time,
        calls={"topics": ""},
        reached=False,
        code=130,
        reads=ends(signal.SIGINT, "2 calls done, 1 open"),
        again=0,
    ),
    Fault(
        name="signal-interrupt-twice",
        what="Ctrl-C, and at once again.",
        play=stopped(signal.SIGINT, signal.SIGINT, pause=0.02),
        calls={"topics": "unknown"},
        code=130,
        reads=ends(signal.SIGINT),
        again=0,
    ),
    Fault(
        name="signal-kill",
        what="The process is killed without warning, by a person or for want of memory.",
        play=stopped(signal.SIGKILL),
        calls={"topics": ""},
        code=-9,
        reads=(),
        again=0,
    ),
)

# Limits


def dear(token: str) -> Answer:
    """A good reply that took thousands of tokens."""
    fields = good(token, "whats_happened", usage={"prompt_tokens": 9000, "completion_tokens": 10})
    return reply(200, fields)


LIMITS = (
    Fault(
        name="limit-reached",
        what="What the run may take would not last for the next call.",
        answers={"whats_happened": [dear]},
        args=("--max-tokens", "10000"),
        env={"BRIEFER_REPLY_TOKENS": "500"},
        calls={"topics": ""},
        reached=False,
        code=6,
        reads=error(
            "the budget ends here: spent 9,010 of 10,000 tokens; the next call may take {number}",
            "every reply that came is in the run folder and is not paid again",
            "run the same command with a higher --max-tokens: it goes on where it stopped",
        ),
        mended_by=("--max-tokens", "100000"),
        again=0,
    ),
)

# Streams


def read_no_further(stage: Stage) -> Outcome:
    """Run into a pipe whose reader has gone, and see the briefing in the run folder."""
    theirs, ours = os.pipe()
    os.close(theirs)
    process = start(*stage.arguments, cwd=stage.cwd, env=stage.env, stdout=ours)
    os.close(ours)
    _, err = process.communicate(timeout=30)
    assert stage.journal.with_name("briefing.json").stat().st_size > 1000
    return Outcome(process.returncode, "", err.decode())


def with_nothing_to_show(stage: Stage, outcome: Outcome) -> None:
    assert (outcome.out + outcome.err).isascii()
    assert "What's happened" in "".join(outcome.out.split("\n"))


STREAMS = (
    Fault(
        name="io-reader-gone",
        what="Whoever reads the briefing through a pipe has seen enough and closes it.",
        play=read_no_further,
        calls={"topics": "ok"},
        code=0,
        reads=(bill(),),
    ),
    Fault(
        name="io-ascii-only",
        what="The terminal takes ASCII only and can do nothing but print.",
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "TERM": "dumb"},
        calls={"topics": "ok"},
        code=0,
        reads=(bill().replace("·", "\\xb7"),),
        proof=with_nothing_to_show,
    ),
    Fault(
        name="io-one-column",
        what="The terminal is one column wide.",
        env={"COLUMNS": "1"},
        calls={"topics": "ok"},
        code=0,
        reads=(bill(),),
    ),
)

# Resources


def with_few_files(stage: Stage) -> Outcome:
    """Run with eight calls at a time where the process may open a handful of files."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (14, 14))

    process = start(*stage.arguments, cwd=stage.cwd, env=stage.env, preexec_fn=limit, stdout=subprocess.DEVNULL)
    _, err = process.communicate(timeout=60)
    return Outcome(process.returncode, "", err.decode())


RESOURCES = (
    Fault(
        name="res-too-few-files",
        what="The process may open fewer files than calls are made at a time.",
        sections=("whats_happened", "behind_the_headline", "papers_say", "topics"),
        env={"BRIEFER_CONCURRENCY": "8"},
        play=with_few_files,
        code=0,
        reads=("warning: calls are made 1 at a time, not 8: this process may open few files (ulimit -n)", bill(7)),
    ),
    Shown(
        name="res-no-thread",
        what="The process may start no further thread.",
        code="0",
        reads=(),
        paid=0,
        maybe="",
        again=None,
        by="tests/test_journal.py::test_without_a_thread_the_disk_is_waited_for_in_place",
    ),
)

ROWS: tuple[Fault | Shown, ...] = (*SIGNALS, *LIMITS, *STREAMS, *RESOURCES)
