"""The command line. A command reads options, calls one function, prints, sets the exit code.

Only typer is imported here; everything else when a command needs it, so that a command starts quickly.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import typer

from briefer.cli.terminal import note
from briefer.errors import BrieferError, StorageError

# Each command's file and its function there, or the app that holds its commands.
COMMANDS = {
    "summarize": ("summarize", "summarize"),
    "check": ("check", "check"),
    "compare": ("compare", "compare"),
    "runs": ("history", "runs"),
    "show": ("history", "show"),
    "doctor": ("doctor", "doctor"),
    "sentences": ("inspect", "sentences"),
    "lint": ("inspect", "lint"),
    "schema": ("inspect", "schema"),
    "explain": ("inspect", "explain"),
    "batch": ("batch", "app"),
    "prompts": ("desk", "app"),
    "config": ("inspect", "config"),
}


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"briefer {version('briefer')}")
        raise typer.Exit


def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    pass


def command_line(words: Sequence[str] = ()) -> typer.Typer:
    """Return the command line for these words: with the command that they begin with, or with all of them."""
    app = typer.Typer(
        name="briefer",
        help="Turn a bundle of news articles into a briefing in which every printed sentence is proved.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name in words[:1] if words and words[0] in COMMANDS else COMMANDS:
        file, what = COMMANDS[name]
        command = getattr(import_module(f"briefer.cli.{file}"), what)
        if list(words) == ["--help"]:
            app.command(name, help=_help_of(command))(_nothing)
        elif isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _help_of(command: typer.Typer | Callable[..., Any]) -> str | None:
    return str(command.info.help) if isinstance(command, typer.Typer) else command.__doc__


def _nothing() -> None:
    """Stand for a command where only its name and help are printed: reading the options of all takes long."""


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
        command_line(sys.argv[1:])()
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
    finally:
        # What is left goes with the process: looking through all of it for what could go takes a tenth of a check.
        gc.freeze()


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
