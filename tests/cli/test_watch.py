"""`briefer summarize --watch`: real saves, real output, from a tape and with a model."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from briefer.data import data_folder
from tests.cli.command import run, start, write
from tests.cli.desk import CALLS, Model, bridge
from tests.fake import block
from tests.server import Loopback, reply

SHIPPED = data_folder("prompts")
DETOUR = ("Drivers must go 31 kilometres around while the bridge is closed.", ["A3.1"])


class Watching:
    """The command at work; what it writes is read as it comes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._written = {"stdout": b"", "stderr": b""}
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def out(self) -> str:
        return self._written["stdout"].decode("utf-8", "ignore")

    @property
    def err(self) -> str:
        return self._written["stderr"].decode("utf-8", "ignore")

    def _read(self) -> None:
        """Read both pipes to their ends; what was printed before a line of stderr is known no later than that line."""
        stdout, stderr = self.process.stdout, self.process.stderr
        assert stdout
        assert stderr
        with stdout, stderr:
            pipes = {stdout: "stdout", stderr: "stderr"}
            while pipes:
                ready = select.select(list(pipes), [], [])[0]
                told = os.read(stderr.fileno(), 65536) if stderr in ready else None
                while stdout in pipes and select.select([stdout], [], [], 0)[0]:
                    self._keep(pipes, stdout, os.read(stdout.fileno(), 65536))
                if told is not None:
                    self._keep(pipes, stderr, told)

    def _keep(self, pipes: dict[IO[bytes], str], pipe: IO[bytes], read: bytes) -> None:
        """Keep what was read; a pipe at its end is read no more."""
        self._written[pipes[pipe]] += read
        if not read:
            del pipes[pipe]

    def until(self, words: str, times: int = 1) -> None:
        """Wait until stderr has the words so many times."""
        deadline = time.monotonic() + 30
        while len(re.findall(words, self.err)) < times:
            assert time.monotonic() < deadline, (words, self.err)
            assert self.process.poll() is None or re.search(words, self.err), self.err
            time.sleep(0.01)

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.end()

    def end(self) -> int:
        """Wait for the command to end and for all that it wrote."""
        code = self.process.wait(20)
        self._reader.join()
        return code


@contextmanager
def watching(cwd: Path, *args: str, env: Mapping[str, str] | None = None) -> Iterator[Watching]:
    process = start("summarize", "bundle.json", "--watch", *args, cwd=cwd, env=env)
    watcher = Watching(process)
    try:
        watcher.until("watching ")
        yield watcher
    finally:
        process.kill()
        watcher.end()


@pytest.fixture
def desk(tmp_path: Path, loopback: Loopback) -> tuple[Path, Model]:
    """A bundle, prompts of its own, a model that answers."""
    bridge(tmp_path)
    shutil.copytree(SHIPPED, tmp_path / "prompts")
    return tmp_path, Model(loopback)


def save(cwd: Path, name: str, old: str, new: str) -> None:
    """Save a prompt as many editors do: write another file, then rename it over the old one."""
    path = cwd / "prompts" / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    draft = path.with_name(f".{name}.md.swp")
    draft.write_text(text.replace(old, new), encoding="utf-8")
    draft.replace(path)


def test_a_save_asks_for_its_section_alone_and_prints_it_with_the_bill_first(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    with watching(cwd, env=model.env) as watcher:
        assert len(model.asked) == CALLS
        printed = len(watcher.out)
        model.replies["topics"] = {"blocks": [block(("The river Ouse runs past Tarn.", ["R1.2"]), heading="Ouse")]}
        save(cwd, "topics", "For whom:", "Write for")
        watcher.until("drafted again in")
        assert model.asked[CALLS:] == ["topics", "topics:repair"] or model.asked[CALLS:] == ["topics"]
        bill, again = watcher.err.index("topics saved: 1 call, about "), watcher.err.index("drafted again in")
        assert bill < again
        assert re.search(r"topics saved: 1 call, about [\d,]+ tokens in, cost unknown", watcher.err)
        shown = watcher.out[printed:]
        assert "More on these topics" in shown
        assert "What's happened" not in shown
        assert watcher.stop() == 130
    assert "briefer: stopped by SIGINT" in watcher.err
    assert "Traceback" not in watcher.err


def test_an_edit_of_the_closing_words_pays_for_no_account_again(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    with watching(cwd, "--section", "papers_say", env=model.env) as watcher:
        before = len(model.asked)
        save(cwd, "_closing", "closing statements", "last statements")
        watcher.until("drafted again in")
        assert set(model.asked[before:]) <= {"papers_say:closing", "papers_say:closing:repair"}
        assert "_closing saved: 1 call, about " in watcher.err


def test_the_rules_of_the_desk_touch_all_sections(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    with watching(cwd, env=model.env) as watcher:
        before = len(model.asked)
        save(cwd, "_system", "Plain, exact, calm.", "Plain, exact.")
        watcher.until("drafted again in")
        drafts = [name for name in model.asked[before:] if ":repair" not in name]
        assert len(drafts) == CALLS


def test_a_text_that_was_run_before_is_not_paid_for_again(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    with watching(cwd, env=model.env) as watcher:
        save(cwd, "topics", "For whom:", "Write for")
        watcher.until("drafted again in")
        asked = len(model.asked)
        save(cwd, "topics", "Write for", "For whom:")
        watcher.until("drafted again in", 2)
        assert len(model.asked) == asked
        assert "topics saved: 0 calls" in watcher.err


def test_every_saved_text_can_be_restored(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    with watching(cwd, env=model.env) as watcher:
        save(cwd, "topics", "For whom:", "Write for")
        watcher.until("drafted again in")
    assert run("prompts", "restore", "topics", "previous", cwd=cwd).code == 0
    assert (cwd / "prompts" / "topics.md").read_bytes() == (SHIPPED / "topics.md").read_bytes()


def test_a_broken_prompt_is_told_of_and_the_next_save_goes_on(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    path = cwd / "prompts" / "topics.md"
    whole = path.read_text()
    with watching(cwd, env=model.env) as watcher:
        asked = len(model.asked)
        path.write_text("---\ntitle: T\n" + "x" * 50)
        watcher.until("line 3: is no “key: value” line|opens a header that is never closed")
        path.write_text(whole.replace("{{ topic }}", "{{ topik }}"))
        watcher.until("P001 unknown placeholder “{{ topik }}”; did you mean “topic”?")
        path.write_bytes(b"caf\xe9")
        watcher.until("is not UTF-8")
        assert len(model.asked) == asked
        path.write_text(whole.replace("For whom:", "Write for"))
        watcher.until("drafted again in")
    assert watcher.err.count("safe: the section stays as it was; still watching") == 3


def test_a_server_that_fails_leaves_the_section_as_it_was(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    with watching(cwd, env=model.env) as watcher:
        model.replies["topics"] = reply(401, {"error": {"message": "bad key"}})
        save(cwd, "topics", "For whom:", "Write for")
        watcher.until("the section stays as it was; still watching")
        model.replies["topics"] = {"blocks": [block(("Tarn is a port of 40,000 people.", ["R1.1"]), heading="Tarn")]}
        save(cwd, "topics", "Write for", "Mostly for")
        watcher.until("drafted again in")


def test_a_file_is_written_whole_with_every_section_again(desk: tuple[Path, Model]) -> None:
    cwd, model = desk
    with watching(cwd, "-o", "briefing.md", env=model.env) as watcher:
        first = (cwd / "briefing.md").read_text()
        assert "31 kilometres" in first
        model.replies["whats_happened"] = {"blocks": [block(DETOUR)]}
        save(cwd, "whats_happened", "No pun", "Never a pun")
        watcher.until("drafted again in")
        second = (cwd / "briefing.md").read_text()
        assert "9,000 vehicles" in first
        assert "9,000 vehicles" not in second
        assert second.count("31 kilometres") > first.count("31 kilometres")
        assert [line for line in second.splitlines() if line.startswith("## ")] == [
            line for line in first.splitlines() if line.startswith("## ")
        ]
        assert watcher.out == ""


# From a tape


@pytest.fixture
def taped(desk: tuple[Path, Model]) -> Path:
    """A tape of the bundle; the model is asked no more."""
    cwd, model = desk
    assert run("summarize", "bundle.json", "--record", "tape.jsonl", cwd=cwd, env=model.env).code == 0
    shutil.rmtree(cwd / ".briefer")
    model.replies.clear()
    return cwd


def test_a_tape_without_a_reply_says_so_and_keeps_the_section(taped: Path) -> None:
    with watching(taped, "--replay", "tape.jsonl") as watcher:
        printed = watcher.out
        save(taped, "topics", "For whom:", "Write for")
        watcher.until("still watching")
        assert watcher.out == printed
        save(taped, "topics", "purpose:", "purpose: briefly,")
        watcher.until("still watching", 2)
        save(taped, "topics", "Write for", "For whom:")
        watcher.until("drafted again in")
    assert "the tape has no reply to this text of topics" in watcher.err
    assert "or ask a model: --model NAME in place of --replay" in watcher.err
    assert "More on these topics" in watcher.out[len(printed) :]


def test_a_save_without_a_change_asks_for_nothing(taped: Path) -> None:
    with watching(taped, "--replay", "tape.jsonl") as watcher:
        os.utime(taped / "prompts" / "topics.md")
        watcher.until("topics saved: its text is the one that is shown")
        assert "drafted again" not in watcher.err


def test_a_prompt_of_a_section_that_is_not_shown_is_told_of(taped: Path) -> None:
    with watching(taped, "--replay", "tape.jsonl", "--section", "topics") as watcher:
        save(taped, "go_deeper", "For whom:", "Write for")
        watcher.until("go_deeper saved: it is no part of the sections shown")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(number: int, taped: Path) -> None:
    with watching(taped, "--replay", "tape.jsonl") as it:
        assert it.stop(number) == 128 + number
    assert "Traceback" not in it.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--model", "extract"], "--watch needs a model, and none is named"),
        (["--model", "m", "--record", "t"], "--watch and --record together make no sense"),
        (["--model", "m", "--dry-run"], "--watch and --dry-run together make no sense"),
        (["--model", "m", "--format", "json"], "--watch prints no json, one after the other"),
        (["--model", "m"], "--watch has nothing to watch: the shipped prompts are in force"),
    ],
)
def test_what_cannot_be_watched_is_refused(args: list[str], said: str, tmp_path: Path) -> None:
    outcome = run("summarize", bridge(tmp_path), "--watch", *args, cwd=tmp_path, env={"BRIEFER_API_KEY": "k"})
    assert outcome.code == 2
    assert said in outcome.lines[0]


def test_a_prompt_that_is_broken_from_the_start_ends_it(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "topics.md", "{{ topik }}")
    outcome = run("summarize", bridge(tmp_path), "--watch", "--model", "m", cwd=tmp_path)
    assert outcome.code == 3
