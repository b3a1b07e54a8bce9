"""`python -m briefer`."""

from __future__ import annotations

from briefer.cli import run

run()
