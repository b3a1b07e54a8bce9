"""`briefer summarize`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from briefer.cli import options
from briefer.cli.terminal import (
    colour_wanted,
    ensure_stdout,
    ensure_writable,
    note,
    print_result,
    takes_unicode,
    width,
    write_whole,
)
from briefer.errors import EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from briefer.briefing import Briefing
    from briefer.cli.running import Job
    from briefer.render import Format
    from briefer.sections import Section
    from briefer.settings import Settings


def summarize(
    bundle: options.BundlePath,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to FILE; its suffix chooses the format."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="terminal, json, markdown or html.", show_default=False),
    ] = None,
    model: options.ModelName = None,
    judge: options.Judge = None,
    base_url: options.BaseUrl = None,
    section: options.SectionKeys = None,
    prompts: options.Prompts = None,
    language: options.Language = None,
    replay: options.Replay = None,
    record: options.Record = None,
    max_cost: options.MaxCost = None,
    max_tokens: options.MaxTokens = None,
    spill: options.Spill = None,
    force_unlock: options.ForceUnlock = False,
    window: options.WindowTokens = None,
    accept_changes: options.AcceptChanges = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take, in tokens and dollars; no call, no key.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: each save of a prompt drafts its section again.")
    ] = False,
    fail_on: options.FailOn = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Turn a bundle of articles into a briefing.

    The briefing goes to stdout (or -o FILE), progress and cost to stderr. Without a model the
    articles' own sentences are used. Exit codes: 0 complete, 2 usage, 3 input rejected, 4 needs a
    person, 5 provider unavailable, 6 budget, 7 disk, 8 run in use, 9 finished with findings.
    """
    from briefer.cli.running import Job, run_job
    from briefer.loading import load_bundle
    from briefer.runs import Files
    from briefer.settings import from_here

    chosen = _format(format_, output)
    _refuse(bundle, output, record=record, replay=replay, fail_on=fail_on)
    _refuse_watching(watch, record=record, dry_run=dry_run)
    sections = chosen_sections(section)
    named = {"model": model, "judge": judge, "base_url": base_url, "max_cost": max_cost, "max_tokens": max_tokens}
    others = {"prompts": prompts, "language": language, "window": window, "spill": spill, "fail_on": fail_on}
    settings, _ = from_here(named | others)
    needing = {"--base-url": base_url, "--record": record, "--judge": None if replay else judge, "--dry-run": dry_run}
    refuse_without_model(settings, {**needing, "--watch": watch and not replay})
    _ensure_ends(output, record)
    job = Job(load_bundle(bundle), settings, sections, replay, record, quiet)
    files = Files(options.path_of(bundle), accept_changes=accept_changes)
    job = replace(job, force_unlock=force_unlock, verbose=verbose, files=files)
    if dry_run:
        _tell_in_advance(job, chosen, output)
        return
    if watch:
        _watch(job, chosen, output)
    briefing = run_job(job)
    _deliver(briefing, chosen, output, quiet)
    raise typer.Exit(_exit_code(briefing, settings.fail_on))


def _format(wanted: str | None, output: Path | None) -> Format:
    from briefer.render import format_of

    return known_format(wanted or (format_of(output) if output else "terminal"))


def known_format(chosen: str) -> Format:
    """Return the format of this name; raises UsageError."""
    from briefer.render import FORMATS

    for known in FORMATS:
        if chosen == known:
            return known
    raise UsageError(f"there is no format {chosen!r}", hint=f"choose one of {', '.join(FORMATS)}")


def _refuse(bundle: str, output: Path | None, *, record: Path | None, replay: Path | None, fail_on: str | None) -> None:
    """Raise UsageError for options that cannot be meant."""
    refuse_fail_on(fail_on)
    if record and replay:
        raise UsageError("--record and --replay together make no sense", hint="choose one of the two")
    # Not Path.is_file: it raises where a name is too long, which is told of better further on.
    if output and bundle != "-" and os.path.isfile(output) and Path(bundle).exists() and output.samefile(bundle):
        raise UsageError(f"-o {output} would write over the bundle", hint="choose another path for -o")


def refuse_fail_on(given: str | None) -> None:
    """Raise UsageError for a `--fail-on` that there is not."""
    from briefer.settings import FAIL_ON

    if given not in (None, *FAIL_ON):
        raise UsageError(f"there is no --fail-on {given!r}", hint=f"choose one of {', '.join(FAIL_ON)}")


def _refuse_watching(watch: bool, *, record: Path | None, dry_run: bool) -> None:
    """Raise UsageError for what comes at an end, which --watch does not have."""
    for option, given in (("--record", record), ("--dry-run", dry_run)):
        if watch and given:
            raise UsageError(f"--watch and {option} together make no sense", hint=f"leave {option} out")


def _ensure_ends(output: Path | None, record: Path | None) -> None:
    """Find what cannot be written before anything is paid for."""
    for path in (output, record):
        if path:
            ensure_writable(path)
    if not output:
        ensure_stdout()


def _deliver(briefing: Briefing, chosen: Format, output: Path | None, quiet: bool) -> None:
    from briefer.render import render

    if output is None:
        print_result(render(briefing, chosen, width=width(), color=colour_wanted(), unicode=takes_unicode()))
        return
    write_whole(output, render(briefing, chosen, width=width()))
    note(f"written to {output}", quiet)


def _tell_in_advance(job: Job, chosen: Format, output: Path | None) -> None:
    """Print what the job would take, or write it to a file."""
    from briefer.cli.dryrun import dry_run

    if chosen not in ("terminal", "json"):
        raise UsageError(f"--dry-run has no form {chosen!r}", hint="choose terminal or json")
    told = dry_run(job, as_json=chosen == "json")
    if output is None:
        print_result(told)
        return
    write_whole(output, told)
    note(f"written to {output}", job.quiet)


def refuse_without_model(settings: Settings, needing: Mapping[str, object]) -> None:
    """Raise UsageError where one of these options is given, and needs a model, and none is named."""
    for option, given in needing.items():
        if given and not settings.names_model:
            raise UsageError(f"{option} needs a model, and none is named", hint="name one with --model")


def _watch(job: Job, chosen: Format, output: Path | None) -> NoReturn:
    """Draft, and again after each save, until a signal ends it."""
    from briefer.cli.watch import watch
    from briefer.render import render_asked

    if output is None and chosen != "terminal":
        raise UsageError(f"--watch prints no {chosen}, one after the other", hint="write it to a file with -o FILE")

    def deliver(briefing: Briefing) -> None:
        if output:
            _deliver(briefing, chosen, output, job.quiet)
        else:
            print_result(render_asked(briefing, width=width(), color=colour_wanted(), unicode=takes_unicode()) + "\n")

    watch(job, deliver, whole=output is not None)


def chosen_sections(keys: list[str] | None) -> tuple[Section, ...]:
    """Return the sections that keys name, all without any; UsageError for a key that there is not."""
    from briefer.sections import BY_KEY, SECTIONS
    from briefer.suggest import did_you_mean

    for key in keys or ():
        if key not in BY_KEY:
            raise UsageError(
                f"there is no section {key!r}{did_you_mean(key, BY_KEY)}", hint=f"choose from {', '.join(BY_KEY)}"
            )
    return tuple(s for s in SECTIONS if not keys or s.key in keys)


def _exit_code(briefing: Briefing, fail_on: str) -> int:
    if fail_on == "never":
        return 0
    return EXIT_FINDINGS if briefing.gaps or (fail_on == "withheld" and briefing.withheld) else 0
