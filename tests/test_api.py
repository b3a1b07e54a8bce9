"""The public interface: these names, and nothing that a user of them would trip over."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from pathlib import Path

import briefer
from briefer.data import data_folder

BUNDLE = data_folder("fixtures") / "dprk-russia" / "bundle.json"


def test_the_public_names_are_these() -> None:
    assert briefer.__all__ == ["Briefing", "Bundle", "Settings", "check", "load_bundle", "summarize"]
    for name in briefer.__all__:
        assert inspect.getdoc(getattr(briefer, name))


def test_a_bundle_becomes_a_briefing_that_proves_itself_again() -> None:
    bundle = briefer.load_bundle(BUNDLE)
    briefing = asyncio.run(briefer.summarize(bundle))
    assert isinstance(briefing, briefer.Briefing)
    checked = briefer.check(briefing, bundle)
    assert len(checked) >= 40
    assert all(c.proved for c in checked)


def test_names_stay_what_they_are_after_modules_were_imported() -> None:
    """A submodule of the same name would take the function's place."""
    code = (
        "import briefer.cli, briefer.api; from briefer import summarize, check;"
        "print(callable(summarize), callable(check))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True True"


def test_importing_briefer_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys, briefer; print(sorted({'openai', 'rich', 'pydantic', 'typer'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "[]"
