"""`briefer batch export`, `submit`, `status`, `fetch` and `import`: many bundles through a provider's Batch API."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefer.cli import options

Folder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder of the export.")]


def export(
    bundles: Annotated[
        list[str],
        typer.Argument(metavar="BUNDLES...", help="Bundles, folders of them, patterns, or JSON Lines of bundles."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for all that comes of it.")],
    model: options.ModelName = None,
    judge: options.Judge = None,
    base_url: options.BaseUrl = None,
    section: options.SectionKeys = None,
    prompts: options.Prompts = None,
    language: options.Language = None,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT", help="json (default), markdown, html, terminal; several times."),
    ] = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Write the requests of many bundles as files for a provider's Batch API; no call is made, no key is needed.

    The same command again writes what is to be asked next. Exit codes: 0 written or all done, 3 input rejected.
    """
    from briefer.cli.exchanging import Wish, export_round
    from briefer.cli.summarize import chosen_sections, known_format
    from briefer.settings import from_here

    named = {"model": model, "judge": judge, "base_url": base_url, "prompts": prompts, "language": language}
    settings, _ = from_here(named)
    formats = tuple(dict.fromkeys(map(known_format, format_ or ["json"])))
    wish = Wish(tuple(bundles), tuple(s.key for s in chosen_sections(section)), formats)
    export_round(output, settings, wish, quiet=quiet, debug=debug)


def submit(output: Folder, base_url: options.BaseUrl = None, quiet: options.Quiet = False) -> None:
    """Upload the files of requests and begin their batches; what was submitted before is left alone."""
    from briefer.cli.exchanging import submit_all
    from briefer.settings import from_here

    submit_all(output, from_here({"base_url": base_url})[0], quiet=quiet)


def status(output: Folder, base_url: options.BaseUrl = None) -> None:
    """Say where the batches are."""
    from briefer.cli.exchanging import show_status
    from briefer.settings import from_here

    show_status(output, from_here({"base_url": base_url})[0])


def fetch(
    output: Folder, base_url: options.BaseUrl = None, quiet: options.Quiet = False, debug: options.Debug = False
) -> None:
    """Fetch the results of batches that are over and import them.

    Exit codes: 0 all bundles done, 5 some are not, 9 findings.
    """
    from briefer.cli.exchanging import fetch_all
    from briefer.settings import from_here

    raise typer.Exit(fetch_all(output, from_here({"base_url": base_url})[0], quiet=quiet, debug=debug))


def import_(
    results: Annotated[list[Path], typer.Argument(metavar="RESULTS...", help="Files of results, in any order.")],
    output: Folder,
    base_url: options.BaseUrl = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Take in a provider's results, prove and write the briefings that are complete, and write the next requests.

    Exit codes: 0 all bundles done, 5 some wait for an answer, 9 findings, 3 a file that cannot be read.
    """
    from briefer.cli.exchanging import import_all
    from briefer.settings import from_here

    raise typer.Exit(import_all(output, results, from_here({"base_url": base_url})[0], quiet=quiet, debug=debug))
