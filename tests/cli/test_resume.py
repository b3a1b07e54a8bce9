"""After whatever ended a run, the same command goes on from the replies that are there."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefer.journal import Journal
from tests.cli.command import COMMAND, Outcome, clean, run, run_folder, start, write
from tests.cli.desk import CALLS, Model, bridge, journaled
from tests.fake import block, bridge_bundle
from tests.server import Loopback, reply

ROOT = Path(__file__).parent.parent.parent


def run_changed(change: str, model: Model, cwd: Path, *options: str) -> Outcome:
    """Run the command with something in it broken."""
    program = f"import sys; {change}; from briefer.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "summarize", bridge(cwd), "--format", "json", *options],
        cwd=cwd,
        env=clean(model.env),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


BROKEN_RENDERER = "import briefer.render; briefer.render.render = lambda *a, **o: 1 / 0"
BROKEN_VALIDATOR = (
    "import briefer.drafting as d; right = d.read_reply; "
    "d.read_reply = lambda schema, text: ['it is wrong'] if 'Shop owners' in text else right(schema, text)"
)


def test_after_a_fault_in_the_renderer_nothing_is_asked_again(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    broken = run_changed(BROKEN_RENDERER, model, tmp_path)
    assert (broken.code, broken.out, len(model.asked)) == (1, "", CALLS)
    assert "this is a bug in briefer: ZeroDivisionError" in broken.err
    again = run("summarize", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    assert (again.code, len(model.asked)) == (0, CALLS)
    assert "9 calls, 0 of them now" in again.err


def test_a_reply_that_was_rejected_by_mistake_is_read_again_and_not_asked_for_again(
    tmp_path: Path, loopback: Loopback
) -> None:
    section = "behind_the_headline"
    model = Model(loopback)
    model.replies[f"{section}:reshape"] = model.replies[section]
    assert run_changed(BROKEN_VALIDATOR, model, tmp_path).code == 9
    assert f"{section}:reshape" in model.asked
    model.asked.clear()
    again = run("summarize", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    assert (again.code, model.asked) == (0, [])
    assert again.json["sections"][section]


BUG = (
    "import briefer.drafting as d; right = d.prove; "
    "d.prove = lambda claims, bundle: 1 / 0 if '{words}' in str(claims) else right(claims, bundle)"
)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("Shop owners", "R001", "This section failed: a bug in briefer, ZeroDivisionError in <string>, line 1."),
        (
            "Drivers must",
            "A702",
            "Coast Radio: a bug in briefer, ZeroDivisionError in <string>, line 1; its own lead sentences stand in "
            "place of an account.",
        ),
    ],
)
def test_a_bug_in_one_part_leaves_the_others_standing(
    tmp_path: Path, loopback: Loopback, words: str, code: str, said: str
) -> None:
    model = Model(loopback)
    broken = run_changed(BUG.format(words=words), model, tmp_path)
    assert (broken.code, len(model.asked)) == (9, CALLS)
    assert f"{code} {said}" in broken.lines
    assert "Traceback" not in broken.err
    assert broken.json["sections"]["topics"]
    assert len(broken.json["sections"]["papers_say"]) == 4
    model.asked.clear()
    again = run("summarize", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    # The closing words are asked for again where an account has come to them.
    assert (again.code, model.asked) == (0, [] if code == "R001" else ["papers_say:closing"])


def test_a_bug_in_one_part_is_shown_whole_with_debug(tmp_path: Path, loopback: Loopback) -> None:
    broken = run_changed(BUG.format(words="Shop owners"), Model(loopback), tmp_path, "--debug")
    assert broken.code == 9
    assert "ZeroDivisionError: division by zero" in broken.lines


def test_a_damaged_record_is_told_of_and_its_call_made_again(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    first = run("summarize", bridge(tmp_path), "--format", "json", cwd=tmp_path, env=model.env)
    journal = run_folder(tmp_path) / "calls.jsonl"
    lines = journal.read_bytes().split(b"\n")
    at = next(n for n, line in enumerate(lines) if b'"status":"ok"' in line)
    lines[at] = lines[at].replace(b'"status":"ok"', b'"status":"OK"')
    journal.write_bytes(b"\n".join(lines))
    again = run("summarize", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    assert (again.code, again.out, len(model.asked)) == (0, first.out, CALLS + 1)
    offset = len(b"\n".join(lines[:at])) + bool(at)
    assert (
        f"warning: calls.jsonl: the record at byte {offset} is damaged and set aside; its call is made again"
        in again.lines
    )


@pytest.mark.parametrize("option", ["-o", "--record"])
@pytest.mark.parametrize("kind", ["link", "fifo", "long name", "long path", "no folder"])
def test_what_cannot_be_written_is_found_before_any_call(
    tmp_path: Path, loopback: Loopback, option: str, kind: str
) -> None:
    model, name = Model(loopback), "out.json"
    if kind == "link":
        (tmp_path / name).symlink_to("elsewhere")
    elif kind == "fifo":
        os.mkfifo(tmp_path / name)
    elif kind == "long name":
        name = "x" * 300 + ".json"
    elif kind == "long path":
        name = "/".join(["y" * 200] * 30) + "/out.json"
    else:
        name = "missing/out.json"
    done = run("summarize", bridge(tmp_path), option, name, cwd=tmp_path, env=model.env)
    assert (done.code, model.asked) == (7, [])


def test_where_few_files_may_be_open_fewer_calls_are_made_at_a_time(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    done = subprocess.run(
        ["sh", "-c", 'ulimit -n 26; exec "$@"', "sh", *COMMAND, "summarize", bridge(tmp_path)],
        cwd=tmp_path,
        env=clean({**model.env, "BRIEFER_CONCURRENCY": "128"}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (
        "warning: calls are made 2 at a time, not 128: this process may open few files (ulimit -n)"
        in done.stderr.splitlines()
    )
    assert loopback.connections <= 2


def test_a_call_that_a_kill_cut_off_is_named(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, {"topics": [60.0]})
    process = subprocess.Popen(
        [*COMMAND, "summarize", bridge(tmp_path)], cwd=tmp_path, env=clean(model.env), stderr=subprocess.PIPE
    )
    while len(model.asked) < CALLS - 1 or len(journaled(tmp_path)) < CALLS - 2:  # the closing words come after all
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.communicate()
    unanswered = Journal.read(run_folder(tmp_path) / "calls.jsonl").unanswered
    assert [record.call_name for record in unanswered] == ["topics"]
    model = Model(loopback)
    again = run("summarize", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    assert (again.code, model.asked) == (0, ["topics", "papers_say:closing"])
    assert "may have been billed: 1 call that a kill cut off (topics)" in again.lines
    assert again.json["usage"]["maybe_billed"] == 0  # the briefing is that of an unbroken run


def test_a_reply_that_fits_nowhere_is_printed_and_can_be_put_back(tmp_path: Path, loopback: Loopback) -> None:
    said = "Shop owners said trade in Tarn had halved. ##vso[task.setvariable]x ::stop-commands::x " * 400
    long = {"blocks": [block((said, ["A3.2"]))]}
    model = Model(loopback, {"behind_the_headline": long})
    (tmp_path / "spill").mkdir()
    started = start(
        "summarize",
        bridge(tmp_path),
        "--spill",
        "spill",
        "--section",
        "behind_the_headline",
        cwd=tmp_path,
        env=model.env,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    lines = started.communicate()[1].decode().splitlines()
    folder = run_folder(tmp_path).relative_to(tmp_path)
    assert (started.returncode, model.asked) == (7, ["behind_the_headline"])
    assert lines[:-1] == [
        f"briefer: cannot write to {folder}/calls.jsonl: no space left on device",
        "  safe: every reply that was recorded before is still there; 1 reply could be written nowhere but here",
        f"  next: append what is printed below to {folder}/calls.jsonl, then run the same command again",
    ]
    assert "##" not in lines[-1]
    assert "::" not in lines[-1]
    with (tmp_path / folder / "calls.jsonl").open("a") as journal:
        journal.write(lines[-1] + "\n")
    model.asked.clear()
    again = run("summarize", "bundle.json", "--section", "behind_the_headline", cwd=tmp_path, env=model.env)
    assert "behind_the_headline" not in model.asked
    assert again.code in (0, 9)


def edited(cwd: Path, words: str) -> None:
    bundle = bridge_bundle().model_dump(exclude_none=True)
    bundle["articles"][2]["text"] += words
    write(cwd / "bundle.json", bundle)


def test_a_bundle_that_changed_since_a_run_was_broken_off_is_named_before_anything_is_paid(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback, {"topics": reply(500)})
    assert run("summarize", bridge(tmp_path), cwd=tmp_path, env=model.env).code == 5
    model, folder = Model(loopback), run_folder(tmp_path).relative_to(tmp_path)
    paid = len([status for status in journaled(tmp_path) if status != "http"])
    edited(tmp_path, " Ferries run all night.")
    refused = run("summarize", "bundle.json", cwd=tmp_path, env=model.env)
    assert (refused.code, model.asked) == (3, [])
    assert refused.lines == [
        f"briefer: bundle.json has changed since the run {folder}, which is not at its end",
        f"  safe: {paid} replies of that run, and nothing was paid now",
        "  next: put it back as it was to go on there, or add --accept-changes to begin anew",
    ]
    other = run("summarize", "bundle.json", "--model", "m2", cwd=tmp_path, env=model.env)
    assert other.code == 0
    bridge(tmp_path)
    assert run("summarize", "bundle.json", cwd=tmp_path, env=model.env).code == 0


def test_a_change_can_be_accepted_and_a_finished_run_needs_no_word(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, {"topics": reply(500)})
    assert run("summarize", bridge(tmp_path), cwd=tmp_path, env=model.env).code == 5
    model = Model(loopback)
    edited(tmp_path, " Ferries run all night.")
    assert run("summarize", "bundle.json", "--accept-changes", cwd=tmp_path, env=model.env).code == 0
    assert len(model.asked) == CALLS
    edited(tmp_path, " Ferries run until midnight.")
    assert run("summarize", "bundle.json", cwd=tmp_path, env=model.env).code == 0
