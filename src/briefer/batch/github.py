"""The batch for GitHub Actions: annotations on the bundle and prompt files, and the summary of the step.

These lines are meant to be obeyed, so what they carry is escaped as the runner reads it
(https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from briefer.batch.inputs import STDIN
from briefer.batch.rows import Row
from briefer.batch.summary import Total, facts
from briefer.errors import EXIT_FINDINGS
from briefer.render.markdown import escape
from briefer.text import one_line, plural

# GitHub shows ten errors and ten warnings of a step, and drops the rest.
_SHOWN = 10
_LISTED = 100


def annotated(rows: Iterable[Row], summed: Total, prompts: Path | None) -> Iterator[str]:
    """Yield a workflow command for each bundle that failed, and for each prompt file whose section lost sentences.

    `prompts` is the folder of the prompt files, None for those that come with briefer: nobody here can edit them.
    """
    left = Counter({"error": _SHOWN, "warning": _SHOWN})
    for section, codes in sorted(summed.sections.items(), key=lambda each: -each[1].total()):
        file = prompts / f"{section}.md" if prompts else None
        if file and file.is_file() and left["warning"]:
            left["warning"] -= 1
            many = ", ".join(f"{code} ×{count}" for code, count in codes.most_common())
            yield _command(
                "warning", file.as_posix(), 1, "withheld", f"sentences of this section were withheld: {many}"
            )
    for row in rows:
        code = row.exit_code(summed.fail_on)
        kind = "error" if code not in (0, EXIT_FINDINGS) else "warning"
        if code and left[kind]:
            left[kind] -= 1
            yield _command(kind, row.source, row.line or 1, f"{row.name} {row.status}", row.told)


def _command(kind: str, file: str, line: int, title: str, message: str) -> str:
    inside = Path(file) / "bundle.json"  # a folder cannot be annotated
    shown = inside.as_posix() if inside.is_file() else file
    where = "" if file == STDIN else f"file={_property(shown)},line={line},"
    return f"::{kind} {where}title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(rows: Iterable[Row], summed: Total) -> str:
    """Return the step's summary in Markdown: the sum, and the bundles that somebody should look at."""
    statuses = ", ".join(f"{count} {status}" for status, count in summed.statuses.most_common())
    lines = [f"### briefer: {plural(summed.bundles, 'bundle')}", "", f"{statuses}.", ""]
    lines += [f"{line}." for line in facts(summed)]
    bad = [row for row in islice((r for r in rows if r.exit_code(summed.fail_on)), _LISTED)]
    if bad:
        lines += ["", "| bundle | | why |", "|---|---|---|"]
        lines += [f"| {escape(row.name)} | {row.status} | {escape(row.told)} |" for row in bad]
    more = sum(summed.codes.values()) - summed.codes[0] - len(bad)
    if more > 0:
        lines += ["", f"And {more:,} more."]
    return "\n".join(lines) + "\n"
