"""How long a command takes to start, beside a bare Typer app, `import openai` and the `llm` command.

    make bench
    .venv/bin/python benchmarks/startup.py --runs 31

The runs are interleaved, so that a busy moment of the machine touches every row alike, and a row is the median
of its runs. Exits 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
STORY = ROOT / "fixtures" / "dprk-russia"
BRIEFER = str(Path(sysconfig.get_path("scripts")) / "briefer")
LLM = ROOT / ".bench" / "venv" / "bin" / "llm"

Command = list[str]

BARE_TYPER = """
import sys, typer
app = typer.Typer()
@app.command()
def hello(name: str) -> None: ...
sys.argv = ["hello", "--help"]
app()
"""
LEAN_TYPER = BARE_TYPER.replace(
    "Typer()", "Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)"
)

# (row, row that it is compared with, largest ratio allowed)
BOUNDS = (
    ("briefer --help", "lean Typer --help", 1.5),
    ("briefer --help", "llm --help", 0.2),
    ("briefer check", "import openai", 0.4),
    ("briefer lint", "import openai", 0.4),
    ("briefer sentences", "import openai", 0.4),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=15, help="runs of each row (15)")
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        rows = _rows(Path(folder))
        took = {row: median(times) for row, times in _measure(rows, runs).items()}
        offline = [command for row, command in rows.items() if row.startswith("briefer ")]
        loaded = [" ".join(command[1:]) for command in offline if "openai" in _imported(command)]
    print(f"{'median of ' + str(runs) + ' runs':<24}{'seconds':>8}")
    for row, seconds in took.items():
        print(f"{row:<24}{seconds:>8.3f}")
    print()
    missed = [line for line in _compare(took) if line.endswith("MISSED")]
    for command in loaded:
        print(f"openai is imported by: briefer {command}   MISSED")
    if not loaded:
        print(f"{'openai is imported by':<48}none of the briefer rows")
    return 1 if missed or loaded else 0


def _rows(folder: Path) -> dict[str, Command]:
    bundle, briefing = str(STORY / "bundle.json"), str(folder / "briefing.json")
    tape = ["--replay", str(STORY / "tape.jsonl")]
    made = _run([BRIEFER, "summarize", bundle, *tape, "-o", briefing])
    if made.returncode:
        sys.exit(f"briefer summarize: exit {made.returncode}\n{made.stderr}")
    python = sys.executable
    rows = {
        "python": [python, "-c", ""],
        "bare Typer --help": [python, "-c", BARE_TYPER],
        "lean Typer --help": [python, "-c", LEAN_TYPER],
        "briefer --help": [BRIEFER, "--help"],
        "briefer check": [BRIEFER, "check", briefing, "--bundle", bundle],
        "briefer lint": [BRIEFER, "lint", bundle],
        "briefer sentences": [BRIEFER, "sentences", bundle],
        "import openai": [python, "-c", "import openai"],
    }
    if LLM.exists():
        rows["llm --help"] = [str(LLM), "--help"]
    return rows


def _measure(rows: Mapping[str, Command], runs: int) -> dict[str, list[float]]:
    """Return the seconds of every run; one run before them fills the caches of disk and byte code."""
    times: dict[str, list[float]] = {row: [] for row in rows}
    for turn in range(runs + 1):
        for row, command in rows.items():
            started = time.perf_counter()
            done = _run(command)
            if turn:
                times[row].append(time.perf_counter() - started)
            elif done.returncode not in (0, 9):  # 9: done, with findings
                sys.exit(f"{row}: exit {done.returncode}\n{done.stderr}")
    return times


def _imported(command: Command) -> set[str]:
    """Return the packages that a command imports, as the interpreter itself reports them."""
    report = _run([sys.executable, "-X", "importtime", *command]).stderr
    return set(re.findall(r"^import time:.*\| +([\w]+)", report, re.MULTILINE))


def _run(command: Command) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFER_", "OPENAI_"))}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def _compare(took: Mapping[str, float]) -> Iterator[str]:
    """Print and yield one line for each bound."""
    for row, other, bound in BOUNDS:
        if other in took:
            ratio = took[row] / took[other]
            result = f"{ratio:5.2f}   at most {bound:.2f}   {'ok' if ratio <= bound else 'MISSED'}"
        else:
            result = f"not measured: {other.split(maxsplit=1)[0]} is not installed in .bench/venv"
        line = f"{row + ' / ' + other:<48}{result}"
        print(line)
        yield line


if __name__ == "__main__":
    sys.exit(main())
