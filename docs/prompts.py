"""Put the program's real output into the `console` blocks of docs/prompts.md; `--check` exits 1 when it is out of date.

The commands run one after another in one new folder. A comment in front of a block prepares it:

    <!-- desk: FILE = PATH -->                copy a file of this repository
    <!-- desk: FILE: old words -> new words --> edit a file, as an editor would
    <!-- desk: first N lines -->              show only the beginning of the next output
    <!-- desk: while watching, FILE: … -> … -->     edit a file while the next command waits for it
    <!-- desk: while watching, restore KEY VERSION -->
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).with_suffix(".md")
ROOT = PAGE.parent.parent
_STEP = re.compile(r"<!-- desk: (?P<step>.*?) -->|```console\n(?P<shown>.*?)```\n", re.DOTALL)
# The last line of what --watch prints before it waits.
_WAITS = re.compile(r"^watching |^  drafted again|^  next: save|: its text is the one that is shown$")
# The page must not change from day to day, nor with the speed of the machine.
_MOMENTS = (
    (re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d"), "3 Mar 2026, 10:05"),
    (re.compile(r"^\d\d:\d\d:\d\d ", re.MULTILINE), "10:05:12 "),
    (re.compile(r"\b\d+\.\d\d s$", re.MULTILINE), "0.24 s"),
)


@dataclass
class _Desk:
    """The folder that the commands run in, and what the comments asked for the next one."""

    folder: Path
    first: int = 0
    meanwhile: list[str] = field(default_factory=list)


def page(text: str) -> str:
    """Return the page with what its commands print now."""
    with tempfile.TemporaryDirectory() as name:
        desk = _Desk(Path(name))

        def fill(match: re.Match[str]) -> str:
            if match["step"] is not None:
                _prepare(match["step"], desk)
                return match[0]
            shown = "".join(_run(line, desk) for line in _commands(match["shown"]))
            desk.first, desk.meanwhile = 0, []
            return f"```console\n{shown}```\n"

        return _STEP.sub(fill, text)


def _commands(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if line.startswith("$ ")]


def _prepare(step: str, desk: _Desk) -> None:
    """Do what a comment says, or note it for the next command."""
    if found := re.fullmatch(r"first (\d+) lines", step):
        desk.first = int(found[1])
    elif found := re.fullmatch(r"while watching, (.*)", step):
        desk.meanwhile.append(found[1])
    elif found := re.fullmatch(r"(\S+) = (\S+)", step):
        shutil.copy(ROOT / found[2], desk.folder / found[1])
    else:
        _edit(step, desk.folder)


def _edit(step: str, folder: Path) -> None:
    found = re.fullmatch(r"(\S+): (.*) -> (.*)", step)
    assert found, step
    path = folder / found[1]
    old = path.read_text(encoding="utf-8")
    assert old.count(found[2]) == 1, step
    path.write_text(old.replace(found[2], found[3]), encoding="utf-8")


def _run(line: str, desk: _Desk) -> str:
    process = _started(shlex.split(line.removeprefix("$ briefer")), desk.folder)
    too_long = threading.Timer(60, process.kill)
    too_long.start()
    out = ""
    assert process.stdout
    for printed in process.stdout:
        out += printed
        if _WAITS.search(printed):
            _meanwhile(process, desk)
    too_long.cancel()
    assert process.wait() in (0, 3, 9, 130), out
    for moment, fixed in _MOMENTS:
        out = moment.sub(fixed, out)
    lines = out.splitlines()
    cut = [*lines[: desk.first], "[…]"] if 0 < desk.first < len(lines) else lines
    return "".join(f"{each}\n" for each in (line, *cut))


def _meanwhile(process: subprocess.Popen[str], desk: _Desk) -> None:
    """Do the next thing that is to be done while a command waits, or end it."""
    if not desk.meanwhile:
        process.send_signal(signal.SIGINT)
    elif (step := desk.meanwhile.pop(0)).startswith("restore "):
        _started(["prompts", *step.split()], desk.folder).communicate()
    else:
        _edit(step, desk.folder)


def _started(words: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFER_", "OPENAI_"))}
    env |= {"COLUMNS": "90", "NO_COLOR": "1", "PYTHONUTF8": "1", "HOME": str(folder), "TZ": "UTC"}
    env.pop("XDG_CONFIG_HOME", None)
    return subprocess.Popen(
        [sys.executable, "-m", "briefer", *words],
        cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8",
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it; return the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/prompts.py [--check]", file=sys.stderr)
        return 2
    old = PAGE.read_text(encoding="utf-8")
    new = page(old)
    if not arguments:
        PAGE.write_text(new, encoding="utf-8", newline="\n")
    elif new != old:
        print(f"{PAGE.name} is out of date; run: python docs/prompts.py", file=sys.stderr)
        changed = difflib.unified_diff(old.splitlines(), new.splitlines(), "the page", "the program", lineterm="")
        print(*changed, sep="\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
