"""Write docs/faults.md out of the rows in tests/faults; `--check` exits 1 when it is out of date.

The page promises what the rows do, and tests/faults/test_faults.py plays every row: it fails when the command says
anything else. So nothing needs to be played to write the page.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).with_suffix(".md")
sys.path.insert(0, str(PAGE.parent.parent))

from tests.faults.__main__ import MEASURED  # noqa: E402
from tests.faults.numbers import FAULTS, OTHERWISE  # noqa: E402
from tests.faults.row import KILLED, Fault, Shown  # noqa: E402
from tests.faults.table import AREAS  # noqa: E402

INTRODUCTION = """\
# Faults

<!-- Written by docs/faults.py out of the rows in tests/faults. Change it there, then run: python docs/faults.py -->

What can go wrong around a run, and what the command makes of it. The tests play each row: they start the command
against a server on loopback that misbehaves, on a disk that is full, or kill it, and hold every line on stderr, the
exit code, the calls that the server got, and the records in the journal. Where a run can go on, they mend what was
wrong and start the same command again; no reply that is in the journal is asked for a second time.

- **What you read** is the line of cause; under it stand what is safe and what to do next. `{{host}}` and other words in
  braces stand for what differs from run to run, and the model is called m. "nothing" means that the run goes on and
  ends as if nothing had been.
- **Paid** is the most that a provider can bill for the calls with the fault; *maybe* counts those that were broken off,
  of which nobody knows.
- **Same command again**: how it ends when the fault is mended; a dash where nothing is left to do, or the fault has to
  be mended elsewhere first.

{counts}
{pending}"""
PENDING = """
Rows marked † are promised and not yet kept.
"""


def page() -> str:
    """Return the whole page."""
    rows = [row for _, area in AREAS for row in area]
    pending = PENDING if any(isinstance(row, Fault) and row.xfail for row in rows) else ""
    head = INTRODUCTION.format(pending=pending, counts=_counts())
    return "\n".join([head, *_areas(), *_otherwise(), *_measured()])


def _counts() -> str:
    rows = [row for _, area in AREAS for row in area]
    played = sum(isinstance(row, Fault) for row in rows)
    shown = sum(bool(names) for _, names in FAULTS.values())
    return (
        f"The rows were drawn from a list of {len(FAULTS)} faults, and are numbered by it. {shown} of {len(FAULTS)} "
        f"have their text and exit code here. {played} rows are played by `tests/faults`, {len(rows) - played} by "
        "other tests."
    )


def _otherwise() -> Iterator[str]:
    yield "## Other exit codes than on the list\n"
    yield "| no. | fault | exit code | on the list | why |"
    yield "|---|---|---|---|---|"
    rows = {row.name: row for _, area in AREAS for row in area}
    for number, (codes, names) in FAULTS.items():
        for name in names:
            if name in OTHERWISE:
                listed = " or ".join(map(str, sorted(codes)))
                yield f"| {number} | {rows[name].what} | {_code(rows[name])} | {listed} | {OTHERWISE[name]} |"
    yield ""


def _measured() -> Iterator[str]:
    if not MEASURED.exists():
        return
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    memory, stops = measured["memory"], measured["stops"]
    yield "## In numbers\n"
    yield "The most of several runs, written by `python -m tests.faults`; the tests hold bounds near to them.\n"
    yield "| what | most |"
    yield "|---|---|"
    yield f"| memory of a run in which nothing goes wrong | {memory['nothing']} MB |"
    yield f"| memory, an answer that unpacks to 256 MB | {memory['body-gzip-bomb']} MB |"
    yield f"| memory, an answer without end | {memory['body-endless']} MB |"
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        yield f"| from {name} to the end of the process, with a call under way that never ends | {stops[name]} s |"
    yield f"| the same, with a second SIGINT at once | {stops['twice']} s |"


def _areas() -> Iterator[str]:
    for title, rows in AREAS:
        yield f"## {title}\n"
        yield "| no. | fault | what you read | exit code | paid | same command again |"
        yield "|---|---|---|---|---|---|"
        for row in rows:
            mark = " †" if isinstance(row, Fault) and row.xfail else ""
            paid = str(row.paid) + (f", {row.maybe} maybe" if row.maybe else "")
            again = "–" if row.again is None else str(row.again)
            yield f"| {_numbers(row)} | {row.what}{mark} | {_read(row)} | {_code(row)} | {paid} | {again} |"
        yield ""


def _numbers(row: Fault | Shown) -> str:
    return ", ".join(str(number) for number, (_, names) in FAULTS.items() if row.name in names) or "–"


def _read(row: Fault | Shown) -> str:
    """Return what is news in a row's lines: the cause of an error, the note on a gap; not the bill."""
    if not row.reads:
        return "nothing"
    if row.reads[0].startswith("briefer: "):
        return _literal(row.reads[0].removeprefix("briefer: "))
    notes = [line for line in row.reads if not line.startswith(("m: ", "m2: ", "going on with ", "written to "))]
    notes += [line.rpartition(" · ")[2] for line in row.reads if "may have been billed" in line]
    bug = [line.removeprefix("briefer: ") for line in notes if line.startswith("briefer: ")]
    return "<br>".join(map(_literal, bug or notes)) or "nothing"


def _literal(line: str) -> str:
    return f"`{line}`".replace("|", "\\|")


def _code(row: Fault | Shown) -> str:
    return "killed" if row.exit_code == KILLED else str(row.exit_code)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it; return the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/faults.py [--check]", file=sys.stderr)
        return 2
    wanted = page().rstrip("\n") + "\n"
    if not arguments:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{PAGE.name} is out of date; run: python docs/faults.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
