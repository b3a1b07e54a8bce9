"""The batch as a JUnit file, a test case for each bundle, written a row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from briefer.batch.rows import Row
from briefer.batch.summary import Total
from briefer.disk import write_lines
from briefer.errors import EXIT_FINDINGS
from briefer.text import one_line


def write_junit(path: Path, rows: Iterable[Row], summed: Total) -> None:
    """Write the file whole or not at all. A failed bundle is an error, one with findings a failure."""
    write_lines(path, (line.encode("utf-8", "replace") for line in _lines(rows, summed)))


def _lines(rows: Iterable[Row], summed: Total) -> Iterator[str]:
    failures = summed.codes[EXIT_FINDINGS]
    skipped = summed.statuses["duplicate"] + summed.statuses["waiting"]
    errors = sum(summed.codes.values()) - summed.codes[0] - failures
    counts = (
        f'tests="{summed.bundles}" failures="{failures}" errors="{errors}" skipped="{skipped}" '
        f'time="{summed.seconds:.3f}"'
    )
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="briefer" {counts}>\n<testsuite name="briefer batch" {counts}>\n'
    for row in rows:
        yield f"{_case(row, row.exit_code(summed.fail_on))}\n"
    yield "</testsuite>\n</testsuites>\n"


def _case(row: Row, code: int) -> str:
    line = f' line="{row.line}"' if row.line else ""
    head = (
        f"<testcase classname={_quoted(row.source)} name={_quoted(row.name)} file={_quoted(row.source)}{line} "
        f'time="{row.seconds:.3f}"'
    )
    what = _outcome(row, code)
    return f"{head}>{what}</testcase>" if what else f"{head}/>"


def _outcome(row: Row, code: int) -> str:
    if row.status in ("duplicate", "waiting"):
        return f"<skipped message={_quoted(row.cause or 'not done yet')}/>"
    if code == EXIT_FINDINGS:
        return f"<failure type={_quoted(row.status)} message={_quoted(row.told)}/>"
    return f'<error type="exit code {code}" message={_quoted(row.told)}/>' if code else ""


def _quoted(text: str) -> str:
    return quoteattr(one_line(text))  # without hidden characters, all are such as XML takes
