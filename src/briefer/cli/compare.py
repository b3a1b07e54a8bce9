"""`briefer compare`: what a change of prompts did, beyond their own noise."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli import options
from briefer.cli.terminal import (
    colour_wanted,
    ensure_stdout,
    ensure_writable,
    escaped,
    note,
    print_result,
    takes_unicode,
    write_whole,
)
from briefer.cli.terminal import width as columns
from briefer.errors import EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from briefer.compare.report import Comparison

_FORMATS = ("terminal", "json", "html")


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A folder of prompts, “shipped”, a git revision, or runs.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, with the edit.")],
    bundles: Annotated[
        list[str] | None,
        typer.Option("--bundles", metavar="PATH", help="A bundle, a folder of bundles or a pattern; more than one."),
    ] = None,
    repeat: Annotated[int, typer.Option("--repeat", min=1, help="How often OLD is run, to know its own noise.")] = 2,
    model: options.ModelName = None,
    base_url: options.BaseUrl = None,
    replay: Annotated[
        list[Path] | None,
        typer.Option("--replay", metavar="TAPE", help="Tapes or folders of them; else those beside each bundle."),
    ] = None,
    section: Annotated[
        list[str] | None, typer.Option("--section", metavar="KEY", help="Only this section; more than one.")
    ] = None,
    prompts: Annotated[
        Path, typer.Option("--prompts", metavar="DIR", help="Where a git revision has its prompts.")
    ] = Path("prompts"),
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file; the suffix is the format.")
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help="terminal, json or html.", show_default=False)
    ] = None,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML as well.")] = None,
    max_loss: Annotated[
        float, typer.Option("--max-loss", metavar="PERCENT", min=0, max=100, help="Sentences that may be lost.")
    ] = 0,
    expect: Annotated[
        Path | None, typer.Option("--expect", metavar="PATH", help="What must be told or not, in files or a folder.")
    ] = None,
    max_cost: options.MaxCost = None,
    max_tokens: options.MaxTokens = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Compare two sets of prompts over the same bundles: gained, lost, moved, withheld, beyond their own noise.

    Exit codes: 0 compared, 3 input or tape rejected, 9 a regression; with a model also those of summarize.
    """
    from briefer.cli.stopping import to_its_end
    from briefer.cli.summarize import chosen_sections
    from briefer.compare.expectations import read_standards
    from briefer.compare.sides import Past, opened
    from briefer.compare.stories import find_stories
    from briefer.comparing import Plan
    from briefer.comparing import compare as compared
    from briefer.settings import from_here

    chosen = _format(format_, output)
    for path in (output, junit):
        if path:
            ensure_writable(path)
    if not output:
        ensure_stdout()
    standards = read_standards(expect) if expect else []
    settings, _ = from_here({"model": model, "base_url": base_url, "max_cost": max_cost, "max_tokens": max_tokens})
    with opened(old, prompts) as before, opened(new, prompts) as after:
        past = isinstance(before, Past) and isinstance(after, Past)
        if not bundles and not past:
            raise UsageError("there is nothing to run the prompts on", hint="name bundles with --bundles")
        stories = [] if past else find_stories(bundles or [], replay or [])
        plan = Plan(before, after, stories, settings, chosen_sections(section), repeat, max_loss / 100, standards)
        shows = sys.stderr.isatty() and not quiet
        found = to_its_end(compared(plan, lambda told: note(told, not shows)), [])
    _deliver(found, chosen, output, junit, quiet)
    raise typer.Exit(EXIT_FINDINGS if found.is_regression else 0)


def _format(wanted: str | None, output: Path | None) -> str:
    from briefer.render import format_of

    chosen = wanted or (format_of(output) if output else "terminal")
    if chosen not in _FORMATS:
        raise UsageError(f"a comparison has no form {chosen!r}", hint=f"choose one of {', '.join(_FORMATS)}")
    return chosen


def _deliver(found: Comparison, chosen: str, output: Path | None, junit: Path | None, quiet: bool) -> None:
    if junit:
        from briefer.compare.junit import to_junit

        write_whole(junit, to_junit(found))
        note(f"JUnit written to {junit}", quiet)
    text = _rendered(found, chosen, to_file=output is not None)
    if output is None:
        print_result(text)
        return
    write_whole(output, text)
    note(f"written to {output}", quiet)


def _rendered(found: Comparison, chosen: str, *, to_file: bool) -> str:
    if chosen == "json":
        return "".join(f"{escaped(line)}\n" for line in found.model_dump_json(indent=2, by_alias=True).split("\n"))
    if chosen == "html":
        from briefer.compare.html import to_html

        return to_html(found)
    from briefer.compare.terminal import to_terminal

    if to_file:
        return to_terminal(found)
    return to_terminal(found, width=columns(), color=colour_wanted(), unicode=takes_unicode())
