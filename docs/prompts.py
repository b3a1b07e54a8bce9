"""Put the program's real output into the `console` blocks of docs/prompts.md; `--check` exits 1 when it is out of date.

The commands run one after another in one new folder. A comment in front of a block prepares it:

    <!-- desk: FILE = PATH -->                copy a file of this repository
    <!-- desk: FILE: old words -> new words --> edit a file, as an editor would
    <!-- desk: first N lines -->              show only the beginning of the next output
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).with_suffix(".md")
ROOT = PAGE.parent.parent
_STEP = re.compile(r"<!-- desk: (?P<step>.*?) -->|```console\n(?P<shown>.*?)```\n", re.DOTALL)
# The page must not change from day to day.
_MOMENT = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d")


def page(text: str) -> str:
    """Return the page with what its commands print now."""
    with tempfile.TemporaryDirectory() as name:
        folder, first = Path(name), [0]

        def fill(match: re.Match[str]) -> str:
            if match["step"] is None:
                shown = "".join(_run(line, folder, first[0]) for line in _commands(match["shown"]))
                first[0] = 0
                return f"```console\n{shown}```\n"
            first[0] = _prepare(match["step"], folder)
            return match[0]

        return _STEP.sub(fill, text)


def _commands(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if line.startswith("$ ")]


def _prepare(step: str, folder: Path) -> int:
    """Do what a comment says; return how many lines of the next output are wanted, 0 for all."""
    if found := re.fullmatch(r"first (\d+) lines", step):
        return int(found[1])
    if found := re.fullmatch(r"(\S+) = (\S+)", step):
        shutil.copy(ROOT / found[2], folder / found[1])
        return 0
    found = re.fullmatch(r"(\S+): (.*) -> (.*)", step)
    assert found, step
    path = folder / found[1]
    old = path.read_text(encoding="utf-8")
    assert old.count(found[2]) == 1, step
    path.write_text(old.replace(found[2], found[3]), encoding="utf-8")
    return 0


def _run(line: str, folder: Path, lines: int) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFER_", "OPENAI_"))}
    env |= {"COLUMNS": "90", "NO_COLOR": "1", "PYTHONUTF8": "1", "HOME": str(folder), "TZ": "UTC"}
    env.pop("XDG_CONFIG_HOME", None)
    words = shlex.split(line.removeprefix("$ briefer"))
    done = subprocess.run(
        [sys.executable, "-m", "briefer", *words],
        cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 3, 9), done.stdout
    out = _MOMENT.sub("3 Mar 2026, 10:05", done.stdout).splitlines()
    cut = [*out[:lines], "[…]"] if 0 < lines < len(out) else out
    return "".join(f"{each}\n" for each in (line, *cut))


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
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
