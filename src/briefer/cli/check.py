"""`briefer check`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefer.cli import options
from briefer.cli.terminal import ensure_writable, escaped, note, print_lines, print_result
from briefer.errors import EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from briefer.settings import Settings
    from briefer.statements import Checked


def check(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A briefing (.json, .md, .txt), statements (.jsonl), or -.")
    ],
    bundle: Annotated[str, typer.Option("--bundle", metavar="BUNDLE", help="The bundle to prove them against.")],
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    judge: options.Judge = None,
    base_url: options.BaseUrl = None,
    replay: options.Replay = None,
    record: options.Record = None,
    max_cost: options.MaxCost = None,
    max_tokens: options.MaxTokens = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Prove a briefing, in JSON or in prose, or statements: offline and without a model, unless a judge is named.

    Exit 0 when every sentence is proved, 9 when one is not.
    """
    from briefer.checking import check_source, read_source, reading_note
    from briefer.loading import load_bundle, read_text

    if format_ not in ("text", "json"):
        raise UsageError(f"there is no format {format_!r}", hint="choose text or json")
    _refuse(judge, base_url=base_url, record=record, replay=replay)
    text, loaded = read_text(file), load_bundle(bundle)
    source = read_source(text, file, loaded.language)
    if reading_note(source):
        note(f"{'standard input' if file == '-' else file}: {reading_note(source)}", quiet)
    if judge or replay:
        from briefer.cli.running import Check, run_check
        from briefer.runs import Files

        flags = {"judge": judge, "base_url": base_url, "max_cost": max_cost, "max_tokens": max_tokens}
        asked = Check(source, loaded, _settings(flags), replay=replay, record=record, quiet=quiet)
        files = Files(options.path_of(bundle), options.path_of(file), accept_changes=True)
        checked = run_check(replace(asked, verbose=verbose, files=files))
    else:
        checked = check_source(source, loaded)
    failed = [c for c in checked if not c.proved]
    if format_ == "json":
        print_result("".join(escaped(c.line()) + "\n" for c in checked))
    else:
        print_lines("".join(_told(c.id, c.text, [f"{f.code} {f.message}" for f in c.verdict.findings]) for c in failed))
        note(f"{len(checked) - len(failed)} of {len(checked)} sentences proved", quiet)
    _tell_of_judges(checked, quiet, now=bool(judge or replay))
    raise typer.Exit(EXIT_FINDINGS if failed else 0)


def _refuse(judge: str | None, *, base_url: str | None, record: Path | None, replay: Path | None) -> None:
    """Raise UsageError for options that cannot be meant, and for a tape that cannot be written."""
    for option, given in (("--base-url", base_url), ("--record", record)):
        if given and not judge:
            raise UsageError(f"{option} needs a judge, and none is named", hint="name one with --judge")
    if record and replay:
        raise UsageError("--record and --replay together make no sense", hint="choose one of the two")
    if record:
        ensure_writable(record)


def _settings(flags: dict[str, Any]) -> Settings:
    from briefer.settings import from_here

    # Without --judge the tape's own judge answers: a judge that the settings name is for summarize.
    settings, _ = from_here(flags)
    return settings if flags["judge"] else replace(settings, judge=None)


def _tell_of_judges(checked: list[Checked], quiet: bool, *, now: bool) -> None:
    """Say on whose word a sentence stands that the checks alone would withhold, and what was not judged."""
    from briefer.codes import CODES
    from briefer.text import plural

    unjudged = sum(c.verdict.unjudged for c in checked)
    settled = sum(c.proved and any(f.settled for f in c.verdict.findings) for c in checked)
    if settled:
        *most, last = (code for code, entry in CODES.items() if entry.weak)
        again = "" if now else "; --judge asks one again"
        note(f"{settled} of them on a judge's word only ({', '.join(most)} or {last}){again}", quiet)
    if unjudged:
        note(f"{plural(unjudged, 'sentence')} got no usable answer from the judge; what the checks say stands", quiet)


def _told(name: str, text: str, findings: list[str]) -> str:
    from briefer.text import one_line

    lines = "".join(f"    {one_line(f)}\n" for f in findings)
    return f"{one_line(name)}  {one_line(text)}\n{lines}"
