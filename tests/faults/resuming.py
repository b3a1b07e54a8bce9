"""Bugs in the program itself, and what has changed between two runs of the same command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

from tests.cli.command import Outcome, write
from tests.cli.desk import REPLIES, bridge
from tests.fake import bridge_bundle
from tests.faults.keeping import GOING_ON
from tests.faults.row import Fault, Shown, bill, error, failed
from tests.faults.stage import Stage

# Bugs, put in on purpose

BROKEN_SECTION = """
import briefer.drafting
real = briefer.drafting.prove
def broken(claims, bundle):
    if any(claim.section == "topics" for claim in claims):
        raise ZeroDivisionError("a bug")
    return real(claims, bundle)
briefer.drafting.prove = broken
"""
BROKEN_RENDERER = """
import briefer.render
def broken(*args, **kwargs):
    raise ZeroDivisionError("a bug")
briefer.render.render = broken
"""
STRICT = """
import briefer.drafting
real = briefer.drafting.read_reply
def strict(schema, text):
    return ["no reply is good enough"] if "port of 40,000" in text else real(schema, text)
briefer.drafting.read_reply = strict
"""
BUG = (
    "briefer: this is a bug in briefer: ZeroDivisionError",
    "  safe: what was paid for is kept; the same command does not pay for it again",
    "  next: run the same command with --debug and report what it prints",
)


def with_a_bug(code: str) -> Callable[[Stage], Outcome]:
    return lambda stage: stage.run(env=stage.with_code(code))


def mended_later(stage: Stage) -> Outcome:
    """Run with a reader that rejects a good reply, then with the reader as it should be."""
    first = stage.run(env=stage.with_code(STRICT))
    assert first.code == 9, first.lines
    stage.model.asked.clear()
    return stage.run()


TASK = (
    Fault(
        name="task-bug-in-one-section",
        what="A bug strikes while one section is worked on; the other sections are finished.",
        play=with_a_bug(BROKEN_SECTION),
        calls={"topics": "ok"},
        code=9,
        reads=(failed("a bug in briefer, ZeroDivisionError in sitecustomize.py, line {number}"), bill(1)),
        again=0,
    ),
    Fault(
        name="task-bug-at-the-end",
        what="A bug strikes when everything is paid for and the briefing is written out.",
        play=with_a_bug(BROKEN_RENDERER),
        calls={"topics": "ok"},
        code=1,
        reads=(bill(), *BUG),
        again=0,
    ),
    Fault(
        name="task-good-reply-rejected",
        what="A version of the program rejects a good reply by mistake; the next one reads it.",
        answers={"topics:reshape": [REPLIES["topics"]]},
        play=mended_later,
        code=0,
        reads=(GOING_ON, bill(2, asked=0)),
        asked=(),
    ),
)

# What has changed


def after(change: Callable[[Stage], None], *more: str) -> Callable[[Stage], Outcome]:
    """Run to the end, change something, and run the command again."""

    def play(stage: Stage) -> Outcome:
        assert stage.run().code == 0
        stage.model.asked.clear()
        change(stage)
        return stage.run(*more)

    return play


def edited(stage: Stage) -> None:
    bundle = bridge_bundle().model_dump(exclude_none=True)
    bundle["articles"][2]["text"] += " Ferries run all night."
    write(stage.cwd / "bundle.json", bundle)


def after_a_stop(stage: Stage) -> Outcome:
    """Break a run off at its second call, edit an article, and run the command again."""
    process = stage.begin()
    process.kill()
    process.communicate()
    stage.model.asked.clear()
    edited(stage)
    return stage.run()


def put_back(stage: Stage) -> None:
    bridge(stage.cwd)


def nothing(_: Stage) -> None:
    pass


def newer_run(stage: Stage) -> None:
    path = stage.journal.with_name("run.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "v": 99}))


def damaged_run(stage: Stage) -> None:
    stage.journal.with_name("run.json").write_text('{"v": 1')


def newer_journal(stage: Stage) -> None:
    import hashlib

    from briefer.calls import canonical_json

    line = json.loads(stage.journal.read_bytes().split(b"\n")[0])["record"] | {"v": 99}
    content = canonical_json(line)
    digest = hashlib.sha256(content).hexdigest().encode()
    stage.journal.write_bytes(b'{"bytes":%d,"record":%s,"sha256":"%s"}\n' % (len(content), content, digest))


def moved(stage: Stage) -> Outcome:
    """Run to the end, move the folder with everything in it, and run the command there."""
    assert stage.run().code == 0
    stage.model.asked.clear()
    there = stage.cwd.with_name(f"{stage.cwd.name}-moved")
    shutil.move(stage.cwd, there)
    stage.cwd = there
    return stage.run()


MOVE_AWAY = "move the run folder away, then run the same command again"
RESUME = (
    Shown(
        name="resume-killed",
        what="The command that goes on with a run is killed in its turn.",
        code="0",
        reads=(),
        paid=0,
        maybe="the calls under way",
        again=0,
        by="tests/crash/test_crash.py::test_a_run_that_is_struck_is_finished_by_the_same_command",
    ),
    Fault(
        name="resume-bundle-changed",
        what="An article was edited since a run that did not come to its end.",
        play=after_a_stop,
        code=3,
        reads=error(
            "bundle.json has changed since the run {folder}, which is not at its end",
            "{replies} of that run, and nothing was paid now",
            "put it back as it was to go on there, or add --accept-changes to begin anew",
        ),
        asked=(),
        mend=put_back,
        again=0,
        asked_again=("topics",),
    ),
    Fault(
        name="resume-bundle-changed-after-the-end",
        what="An article was edited since a run that came to its end.",
        play=after(edited),
        code=0,
        reads=(bill(),),
        asked=("whats_happened", "topics"),
    ),
    Fault(
        name="resume-model-changed",
        what="Another model is asked than in the first run.",
        play=after(nothing, "--model", "m2"),
        code=0,
        reads=(bill().replace("m:", "m2:"),),
        asked=("whats_happened", "topics"),
    ),
    Fault(
        name="resume-newer-run",
        what="A newer version of the program wrote the run folder.",
        play=after(newer_run),
        code=3,
        reads=error(
            "{folder}/run.json is of format 99, and this briefer reads up to 1",
            "",
            f"use the newer briefer that wrote it, or {MOVE_AWAY}",
        ),
        asked=(),
    ),
    Fault(
        name="resume-newer-journal",
        what="A newer version of the program wrote the journal.",
        play=after(newer_journal),
        code=3,
        reads=error(
            "{folder}/calls.jsonl is of format 99, and this briefer reads up to 1",
            "",
            "use the newer briefer that wrote it, or another run folder",
        ),
        asked=(),
    ),
    Fault(
        name="resume-damaged-run",
        what="The description of the run is damaged.",
        play=after(damaged_run),
        code=3,
        reads=error("{folder}/run.json is damaged", "", MOVE_AWAY),
        asked=(),
    ),
    Fault(
        name="resume-moved",
        what="The folder was moved since the first run, or restored from a cache.",
        play=moved,
        code=0,
        reads=(GOING_ON, bill(2, asked=0)),
        asked=(),
    ),
)

ROWS = (*TASK, *RESUME)
