"""`briefer runs` and `briefer show`: past runs, what they took, and what the model saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefer.cli import options
from briefer.cli.terminal import colour_wanted, escaped, note, print_lines, print_result, table_width
from briefer.errors import InputError, UsageError

if TYPE_CHECKING:
    from briefer.history import Past

Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="terminal or json.")]
Runs = Annotated[
    Path | None,
    typer.Option("--runs", metavar="DIR", help="Where .briefer/runs/ is, instead of here.", show_default=False),
]
_ONE_LINE = 150  # columns from which on a run is one line


def runs(format_: Format = "terminal", runs: Runs = None, debug: options.Debug = False) -> None:
    """List past runs, newest first: when, what, how far, and what their calls took."""
    from briefer.history import past_runs
    from briefer.runs import RUNS

    _refuse(format_)
    root = _root(runs)
    found = past_runs(root)
    if format_ == "json":
        _print_json([run_fields(run) for run in found])
    elif found:
        print_lines(_table_of(found))
    else:
        note(f"no runs below {root / RUNS}")


def show(
    run: Annotated[str, typer.Argument(metavar="RUN", help='A run\'s folder, its id or how it begins, or "last".')],
    section: Annotated[
        str | None,
        typer.Option("--section", metavar="KEY", help="What the model saw for a section, and its answers."),
    ] = None,
    call: Annotated[
        int | None,
        typer.Option("--call", metavar="N", help="What the model saw in call N, and its answer.", show_default=False),
    ] = None,
    format_: Format = "terminal",
    runs: Runs = None,
    debug: options.Debug = False,
) -> None:
    """Show one run: every attempt at a call and, with --section or --call, what the model saw and answered."""
    from briefer.cli.conversation import call_fields, conversation
    from briefer.history import find_run

    _refuse(format_)
    past = find_run(_root(runs), run)
    numbers = _chosen(past, section, call)
    for warning in past.journal.warnings:
        note(f"warning: {warning}")
    if format_ == "json":
        _print_json({**run_fields(past), "calls": list(call_fields(past, numbers))})
    elif section or call is not None:
        print_lines("".join(conversation(past, numbers)))
    else:
        print_lines("".join(_told(past)))


def _refuse(format_: str) -> None:
    if format_ not in ("terminal", "json"):
        raise UsageError(f"there is no format {format_!r}", hint="choose terminal or json")


def _root(runs: Path | None) -> Path:
    from briefer.settings import from_here

    return from_here({"runs": runs})[0].runs


def _chosen(past: Past, section: str | None, call: int | None) -> list[int]:
    """Return the numbers of the calls that are asked for, from 1 on."""
    from briefer.suggest import did_you_mean

    numbers = range(1, len(past.records) + 1)
    if call is not None and call not in numbers:
        has = f"it has calls 1 to {len(numbers)}" if numbers else "it made none"
        raise UsageError(f"there is no call {call} in {past.path}", hint=has)
    keys = list(dict.fromkeys(record.section for record in past.records))
    if section is not None and section not in keys:
        hint = f"it has {', '.join(keys)}" if keys else "it made no call"
        raise UsageError(f"there is no call for {section!r} in {past.path}{did_you_mean(section, keys)}", hint=hint)
    return [
        number
        for number, record in enumerate(past.records, 1)
        if call in (None, number) and section in (None, record.section)
    ]


def _print_json(value: object) -> None:
    import json

    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    print_result("".join(f"{escaped(line)}\n" for line in lines))


def _table_of(found: Sequence[Past]) -> str:
    """Return a table with a line for each run, or two where the terminal is narrow."""
    from briefer.render.tables import Column, table

    figures = [Column(head, number=True) for head in ("calls", "in", "cached", "out", "cost", "seconds")]
    columns, width = [Column("started (UTC)"), Column("status"), *figures], table_width()
    if width >= _ONE_LINE:
        columns += [Column("run"), Column("model"), Column("story"), Column("")]
        rows = [[*_cells(run), run.id, run.model, run.story, run.reason or _billed(run)] for run in found]
        return table(columns, rows, width=width, color=colour_wanted())
    head, *lines = table(columns, list(map(_cells, found)), width=width, color=colour_wanted()).splitlines()
    return f"{head}\n" + "".join(f"{line}\n  {_about(run)}\n" for line, run in zip(lines, found, strict=True))


def _cells(run: Past) -> list[str]:
    from briefer.cli.ledger import figures

    took = run.took
    seconds = f"{run.seconds:.1f}" if run.records else ""
    calls = "" if run.reason else f"{took.calls}"
    return [_minute(run.started), run.status, calls, *figures(took), seconds]


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


def _about(run: Past) -> str:
    from briefer.text import inert

    return "  ".join(inert(part) for part in (run.id, run.model, run.story, run.reason, _billed(run)) if part)


def _billed(run: Past) -> str:
    return f"may have been billed: {run.took.maybe_billed}" if run.took.maybe_billed else ""


def _told(past: Past) -> Iterator[str]:
    from briefer.cli.ledger import call_name, ending, figures
    from briefer.history import took
    from briefer.render.tables import Column, table
    from briefer.text import inert

    yield from (f"{name:<9} {value}\n" for name, value in _facts(past))
    if not past.records:
        yield "\nno call was made\n"
        return
    columns = [Column("", number=True), Column("call"), Column("status")]
    columns += [Column(head, number=True) for head in ("in", "cached", "out", "cost", "seconds")]
    rows = [
        [f"{n}", call_name(r), ending(r), *figures(took(r, past.base_url)), f"{r.seconds:.1f}"]
        for n, r in enumerate(past.records, 1)
    ]
    rows.append(["", "all", "", *figures(past.took), f"{past.seconds:.1f}"])
    yield "\n" + table(columns, rows, width=table_width(), color=colour_wanted())
    yield f"\nmessages and answers: briefer show {inert(past.id)} --call N, or --section KEY\n"


def _facts(past: Past) -> Iterator[tuple[str, str]]:
    from briefer.cli.conversation import next_command
    from briefer.runs import RESULTS
    from briefer.text import inert, one_line

    yield "run", one_line(str(past.path))
    yield "story", inert(past.story)
    yield "model", inert(f"{past.model} at {past.base_url}")
    yield "started", f"{_minute(past.started)} UTC"
    yield "status", ", ".join(part for part in (past.status, _billed(past)) if part)
    for name in ("bundle", "checked", "prompts"):
        if past.origin.get(name):
            yield name, one_line(str(past.origin[name]))
    yield from (("result", one_line(str(past.path / name))) for name in RESULTS if (past.path / name).exists())
    if past.status == "unfinished":
        try:
            yield "go on", next_command(past)
        except InputError as error:
            yield "go on", f"not possible: {one_line(error.cause)}"


def run_fields(past: Past) -> dict[str, Any]:
    """Return what is known of a run as JSON."""
    from dataclasses import asdict

    return {
        "run": past.id,
        "path": str(past.path),
        "started": past.started or None,
        "status": past.status,
        "reason": past.reason or None,
        "model": past.model or None,
        "story": past.story or None,
        "bundle": past.origin.get("bundle"),
        "checked": past.origin.get("checked"),
        "prompts": past.origin.get("prompts"),
        **asdict(past.took),
        "seconds": round(past.seconds, 3),
    }
