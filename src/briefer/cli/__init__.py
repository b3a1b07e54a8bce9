"""The command line. A command reads options, calls one function, prints, sets the exit code.

Only typer is imported here; everything else when a command needs it, so that `--help` is quick.
"""

from __future__ import annotations

import gc
import os
import sys

import typer

from briefer.cli import batch, check, compare, doctor, history, inspect, prompts, rendering, summarize, versions
from briefer.cli.terminal import note
from briefer.errors import BrieferError, StorageError

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
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    pass


app.command("summarize")(summarize.summarize)
app.command("check")(check.check)
app.command("compare")(compare.compare)
app.add_typer(batch.app, name="batch")
app.command("runs")(history.runs)
app.command("show")(history.show)
app.command("doctor")(doctor.doctor)
app.command("sentences")(inspect.sentences)
app.command("lint")(inspect.lint)
app.command("schema")(inspect.schema)
app.command("explain")(inspect.explain)
desk = typer.Typer(
    help="Look at the prompts, change them, see what changed.", no_args_is_help=True, rich_markup_mode=None
)
desk.command("list")(prompts.list_prompts)
desk.command("show")(prompts.show)
desk.command("check")(prompts.check)
desk.command("render")(rendering.render)
desk.command("diff")(versions.diff)
desk.command("log")(versions.log)
desk.command("restore")(versions.restore)
desk.command("eject")(prompts.eject)
app.add_typer(desk, name="prompts")
config = typer.Typer(help="Look at the configuration.", no_args_is_help=True, rich_markup_mode=None)
config.command("show")(inspect.config_show)
app.add_typer(config, name="config")


def run() -> None:
    """Run the command line and end the process with its exit code."""
    # Start-up makes objects that live to the end: collecting between them costs a tenth of it. Looking
    # for pydantic plugins reads the metadata of every installed package, and briefer uses none.
    gc.set_threshold(100_000)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    debug = "--debug" in sys.argv
    if debug:
        _show_bugs()
    try:
        app()
    except BrieferError as error:
        _trace(debug)
        _report(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        note("briefer: stopped")
        sys.exit(130)
    except Exception as error:
        _trace(debug)
        note(f"briefer: this is a bug in briefer: {type(error).__name__}")
        note("  safe: what was paid for is kept; the same command does not pay for it again")
        note("  next: run the same command with --debug and report what it prints")
        sys.exit(1)


def _show_bugs() -> None:
    """Have the bugs that ended one part of a briefing printed with their tracebacks."""
    import logging

    flow = logging.getLogger("briefer.flow")
    flow.addHandler(logging.StreamHandler())
    flow.setLevel(logging.DEBUG)


def _trace(wanted: bool) -> None:
    if wanted:
        import traceback

        traceback.print_exc()


def _report(error: BrieferError) -> None:
    """Print one line of cause, one of what is safe, one with what to do next."""
    from briefer.text import one_line

    note(f"briefer: {one_line(error.cause)}")
    if error.safe:
        note(f"  safe: {one_line(error.safe)}")
    if error.hint:
        note(f"  next: {one_line(error.hint)}")
    if isinstance(error, StorageError):
        for line in error.unkept:
            # Written so that no CI system obeys it, and none of its bytes changes; a reader of JSON sees the same.
            note(line.decode("ascii").strip().replace("#", r"\u0023").replace("::", r":\u003a"))
