"""How long `summarize --watch` takes from a save to the section printed again, and what waiting costs.

    make bench
    .venv/bin/python benchmarks/watching.py --saves 20

A prompt is saved as editors do it, in turn by writing it in place and by renaming another file over it. The replies
come from the tape of a story, so what is measured is briefer's own time: the file noticed, the section proved and
rendered. Two texts of the prompt that differ in a header line, which the model does not see, take turns.
Exits 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from statistics import median

from bounds import Bound, settle

ROOT = Path(__file__).parent.parent
STORY = ROOT / "fixtures" / "ferry-grounding"
KEYS = ("papers_say", "topics", "whats_happened")
IDLE = 5.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--saves", type=int, default=10, help="saves of each prompt (10)")
    saves = options.parse_args().saves
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "prompts").mkdir()
        for key in KEYS:
            (folder / "prompts" / f"{key}.md").write_bytes((ROOT / "prompts" / f"{key}.md").read_bytes())
        with _Watching(folder) as watching:
            took = {key: [watching.save(key, turn) for turn in range(saves)] for key in KEYS}
            idle = watching.idle(IDLE)
    print(f"{'from save to section, seconds':<32}{'median':>8}{'worst':>8}")
    for key, seconds in took.items():
        print(f"{key:<32}{median(seconds):>8.3f}{max(seconds):>8.3f}")
    print(f"{'CPU while nothing is saved':<32}{idle:>8.2%}\n")
    return settle([Bound("median of the slowest section, s", max(map(median, took.values())), most=0.5)])


class _Watching:
    """The command at work in a folder; its output is read line by line as it comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lines: Queue[str] = Queue()

    def __enter__(self) -> _Watching:
        command = ["summarize", str(STORY / "bundle.json"), "--replay", str(STORY / "tape.jsonl"), "--watch"]
        env = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFER_", "OPENAI_"))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "briefer", *command],
            cwd=self.folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()
        self._until("watching ")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def save(self, key: str, turn: int) -> float:
        """Save a prompt with another header line, and return the seconds until its section stands there."""
        path = self.folder / "prompts" / f"{key}.md"
        text = (ROOT / "prompts" / f"{key}.md").read_text(encoding="utf-8").replace("purpose:", f"purpose: ({turn})")
        started = time.perf_counter()
        if turn % 2:
            path.write_text(text, encoding="utf-8")
        else:
            draft = path.with_suffix(".swp")
            draft.write_text(text, encoding="utf-8")
            draft.replace(path)
        self._until("  drafted again in")
        return time.perf_counter() - started

    def idle(self, seconds: float) -> float:
        """Return the share of a processor that waiting takes."""
        before = self._cpu()
        time.sleep(seconds)
        return (self._cpu() - before) / seconds

    def _cpu(self) -> float:
        # Fields 14 and 15, counted behind the name in brackets (proc(5)).
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)

    def _until(self, start: str) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                line = self._lines.get(timeout=1)
            except Empty:
                continue
            if line.startswith(start):
                return
        sys.exit(f"nothing that begins with {start!r} within a minute")


if __name__ == "__main__":
    sys.exit(main())
