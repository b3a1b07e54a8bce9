"""Whatever stdout and stderr are, and whatever the bundle holds: no exception, and nothing active in a log."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.command import clean, run, start, write
from tests.cli.desk import Model, bridge
from tests.fake import block
from tests.server import Loopback, completion, reply

ESCAPE = "\x1b[31m\x1b]0;title\x07\x9b31m"
COMMANDS = ("::error file=a.py::it broke", "##[error]it broke", "::set-output name=a::b", "##vso[task.complete]x")
NO_MODEL = "no model is configured: the briefing is made of the articles' own sentences (--model NAME asks one)\n"
STREAMS = (
    ["sentences", "big.json"],
    ["summarize", "bundle.json", "-q"],
    ["summarize", "bundle.json", "--format", "json"],
    ["explain", "-"],
    ["schema", "briefing"],
)


def shell(line: str, cwd: Path, env: Mapping[str, str] | None = None) -> tuple[list[int], str, str]:
    """Run a line of bash in which `briefer` is the command; return the codes of its pipe, stdout and stderr."""
    script = f'briefer() {{ "$PYTHON" -m briefer "$@"; }}\n{line}\necho "codes ${{PIPESTATUS[@]}}" >&2'
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=cwd,
        env={**clean(env), "PYTHON": sys.executable},
        capture_output=True,
        check=False,
        timeout=60,
    )
    err, _, codes = done.stderr.decode().rpartition("codes ")
    return [int(code) for code in codes.split()], done.stdout.decode(), err


def big(cwd: Path) -> None:
    """Write a bundle whose output is longer than a pipe holds."""
    text = " ".join(f"Item {n} of the list was read to the council of Tarn on Monday." for n in range(4000))
    write(cwd / "big.json", {"outlet": "Gazette", "published": "2026-03-03", "text": text})


def on_a_terminal(*args: str, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """What the command writes to a terminal."""
    ours, theirs = pty.openpty()
    process = start(*args, cwd=cwd, env={"TERM": "xterm", **(env or {})}, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:  # Linux says so at the end
            break
    os.close(ours)
    assert process.wait(30) == 0
    return shown.decode()


def test_a_reader_that_has_seen_enough_ends_the_command_in_silence(tmp_path: Path) -> None:
    bridge(tmp_path)
    big(tmp_path)
    pipes = [f"briefer {' '.join(args)} | head -1" for args in STREAMS[:1]]
    pipes += [f"(sleep 0.4; briefer {' '.join(args)}) | true" for args in STREAMS[1:]]
    for line in pipes:
        codes, out, err = shell(line, tmp_path)
        assert codes == [0, 0], line
        assert out.count("\n") <= 1
        assert err in ("", NO_MODEL)


def test_a_stream_that_is_closed_or_full_is_named_or_done_without(tmp_path: Path) -> None:
    bridge(tmp_path)
    full = "briefer: standard output takes nothing: no space left on device\n  next: write to a file with -o FILE\n"
    closed = "briefer: standard output is closed\n  next: write to a file with -o FILE or > FILE\n"
    assert shell("briefer summarize bundle.json -q > /dev/full", tmp_path) == ([7], "", full)
    assert shell("briefer sentences bundle.json > /dev/full", tmp_path) == ([7], "", full)
    assert shell("briefer summarize bundle.json -q >&-", tmp_path) == ([7], "", closed)
    usual = run("summarize", "bundle.json", cwd=tmp_path)
    assert shell("briefer summarize bundle.json 2>&-", tmp_path) == ([0], usual.out, "")
    assert shell("briefer summarize bundle.json 2> /dev/full", tmp_path) == ([0], usual.out, "")
    assert shell("briefer summarize no.json 2> /dev/full", tmp_path) == ([3], "", "")


@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["encoding", "locale"],
)
def test_a_terminal_without_unicode_gets_ascii(tmp_path: Path, env: dict[str, str]) -> None:
    article = {
        "outlet": "Zürich Post",
        "published": "2026-03-03",
        "text": "“Brücken” are shut — says Željko of 東京 today.",
    }
    write(tmp_path / "b.json", article)
    for args in (["summarize", "b.json"], ["sentences", "b.json"], ["lint", "b.json"], ["summarize", "é.json"]):
        outcome = run(*args, cwd=tmp_path, env=env)
        assert outcome.code in (0, 3, 9)
        assert (outcome.out + outcome.err).isascii()
    printed = run("summarize", "b.json", cwd=tmp_path, env=env).out
    assert "What's happened\n---------------\n" in printed
    assert run("summarize", "b.json", "-o", "b.md", cwd=tmp_path, env=env).code == 0
    assert "Željko of 東京" in (tmp_path / "b.md").read_text(encoding="utf-8")


def test_colour_is_for_terminals_that_want_it(tmp_path: Path) -> None:
    bundle = bridge(tmp_path)
    coloured = on_a_terminal("summarize", bundle, cwd=tmp_path)
    assert "\x1b[1;36mWhat's happened\x1b[0m" in coloured
    plain = on_a_terminal("summarize", bundle, cwd=tmp_path, env={"NO_COLOR": "1"})
    assert "\x1b" not in plain
    assert "\x1b" not in on_a_terminal("summarize", bundle, cwd=tmp_path, env={"TERM": "dumb"})
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert "\x1b" not in run("summarize", bundle, cwd=tmp_path, env={"FORCE_COLOR": "1", "TERM": "xterm"}).out


def test_progress_is_for_terminals_and_leaves_nothing_behind(tmp_path: Path, loopback: Loopback) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    shown = on_a_terminal("summarize", bundle, "-o", "b.md", cwd=tmp_path, env=model.env)
    assert "  9 of 9  What the papers say\r\x1b[K" in shown
    last = shown.rpartition("\x1b[K")[2].splitlines()
    assert len(last) == 2
    assert last[1] == "written to b.md"


@pytest.mark.parametrize("columns", ["1", "20"])
def test_a_narrow_terminal_gets_narrow_lines(tmp_path: Path, columns: str) -> None:
    outcome = run("summarize", bridge(tmp_path), cwd=tmp_path, env={"COLUMNS": columns})
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= int(columns)
    assert "".join("What the papers say".split()) in "".join(outcome.out.split())


def test_nothing_in_a_bundle_or_a_reply_commands_a_terminal_or_a_ci_system(tmp_path: Path, loopback: Loopback) -> None:
    """`run` holds every output against active bytes and against lines that a CI system obeys."""
    articles = [
        {
            "outlet": f"{ESCAPE}{command}",
            "title": f"{command}\n{command}",
            "url": f"https://a.example/{command}",
            "text": f"{command}\n\n{ESCAPE}{command} said the mayor of Tarn on Monday.\n{command}",
        }
        for command in COMMANDS
    ]
    write(tmp_path / "b.json", {"topic": f"{COMMANDS[0]}\n{COMMANDS[1]}", "articles": articles})
    seen = [run("summarize", "b.json", "--format", f, cwd=tmp_path) for f in ("terminal", "json", "markdown", "html")]
    seen += [run("sentences", "b.json", "--format", f, cwd=tmp_path) for f in ("text", "json")]
    seen.append(run("lint", "b.json", cwd=tmp_path))
    write(tmp_path / "s.jsonl", {"id": COMMANDS[0] + ESCAPE, "text": COMMANDS[1] + ESCAPE, "outlet": COMMANDS[1]})
    seen += [run("check", "s.jsonl", "--bundle", "b.json", "--format", f, cwd=tmp_path) for f in ("text", "json")]
    model = Model(loopback, {"whats_happened": {"blocks": [block((COMMANDS[1], ["A1.1"]), (ESCAPE, ["A9.9"]))]}})
    seen.append(run("summarize", "b.json", "--section", "whats_happened", cwd=tmp_path, env=model.env))
    assert {outcome.code for outcome in seen} <= {0, 9}
    for outcome in seen:
        assert "it broke" in outcome.out
        assert not re.search(r"##\w*\[", outcome.out + outcome.err)


def test_what_a_server_or_a_person_writes_reaches_stderr_harmless(tmp_path: Path, loopback: Loopback) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    loopback.script(reply(403, {"error": {"message": f"\n{COMMANDS[0]}\n{COMMANDS[1]}{ESCAPE}"}}))
    refused = run("summarize", bundle, cwd=tmp_path, env=model.env)
    assert (refused.code, len(refused.lines)) == (4, 3)
    loopback.script(completion(f"\n{COMMANDS[1]}{ESCAPE}"))
    garbled = run("summarize", bundle, "--section", "topics", cwd=tmp_path, env=model.env)
    assert garbled.code == 9
    named = run("summarize", f"\n{COMMANDS[1]}{ESCAPE}.json", cwd=tmp_path)
    assert (named.code, len(named.lines)) == (3, 2)
