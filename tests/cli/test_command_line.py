"""Only what a command line names is loaded; help lists it all the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest
import typer

from briefer.cli import COMMANDS, command_line


def _listed(words: Sequence[str]) -> dict[str, str]:
    group = typer.main.get_command(command_line(words))
    return {name: command.get_short_help_str(100) for name, command in group.commands.items()}  # type: ignore[attr-defined]


def test_help_lists_every_command_as_it_is() -> None:
    assert _listed(["--help"]) == _listed([])
    assert list(_listed(["--help"])) == list(COMMANDS)


@pytest.mark.parametrize("words", [["chek", "x"], ["-q", "check"], ["--", "check"], ["--help", "check"]])
def test_a_command_line_that_begins_with_no_command_has_them_all(words: list[str]) -> None:
    assert list(_listed(words)) == list(COMMANDS)


@pytest.mark.parametrize(("command", "file"), [(name, file) for name, (file, _) in COMMANDS.items()])
def test_a_command_is_loaded_alone(command: str, file: str) -> None:
    code = (
        "import sys; from briefer.cli import COMMANDS, command_line;"
        f"command_line([{command!r}, '--help']);"
        "print(*{f for f, _ in COMMANDS.values() if f'briefer.cli.{f}' in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [file]


def test_what_is_left_at_the_end_is_not_collected() -> None:
    code = (
        "import gc, sys; from briefer.cli import run; sys.argv = ['briefer', '--version']\n"
        "try: run()\n"
        "except SystemExit: print(gc.get_freeze_count() > 1000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True"
