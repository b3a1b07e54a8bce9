"""The command line. A command reads options, calls one function, prints, sets the exit code.

Only typer is imported here; everything else when a command needs it, so that `--help` is quick.
"""

from __future__ import annotations

import gc
import sys

import typer

from briefer.cli import check, inspect, summarize
from briefer.errors import BrieferError

app = typer.Typer(
    name="briefer",
    help="Turn a bundle of news articles into a briefing in which every printed sentence is proved.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"briefer {version('briefer')}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and exit."),
) -> None:
    pass


app.command("summarize")(summarize.summarize)
app.command("check")(check.check)
app.command("sentences")(inspect.sentences)
app.command("lint")(inspect.lint)
app.command("schema")(inspect.schema)
app.command("explain")(inspect.explain)
config = typer.Typer(help="Look at the configuration.", no_args_is_help=True, rich_markup_mode=None)
config.command("show")(inspect.config_show)
app.add_typer(config, name="config")


def run() -> None:
    """Run the command line and end the process with its exit code."""
    # Start-up makes objects that live to the end: collecting between them costs a tenth of it.
    gc.set_threshold(100_000)
    debug = "--debug" in sys.argv
    try:
        app()
    except BrieferError as error:
        if debug:
            raise
        _report(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has gone: nothing more to say, and nothing to flush at exit.
        sys.stdout = None  # type: ignore[assignment]
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("briefer: stopped", err=True)
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        typer.echo(f"briefer: this is a bug in briefer: {type(error).__name__}", err=True)
        typer.echo("  next: run the same command with --debug and report what it prints", err=True)
        sys.exit(1)


def _report(error: BrieferError) -> None:
    """Print one line of cause, one of what is safe, one with what to do next."""
    from briefer.text import one_line

    typer.echo(f"briefer: {one_line(error.cause)}", err=True)
    if error.safe:
        typer.echo(f"  safe: {one_line(error.safe)}", err=True)
    if error.hint:
        typer.echo(f"  next: {one_line(error.hint)}", err=True)
