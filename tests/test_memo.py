"""What is remembered while a bundle is worked on is forgotten after it."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path

import pytest

import briefer
from briefer.api import open_desk
from briefer.data import data_folder
from briefer.memo import forget, memo, one_bundle
from briefer.settings import Settings

BUNDLE = data_folder("fixtures") / "dprk-russia" / "bundle.json"
PACKAGE = Path(briefer.__file__).parent

_computed: list[int] = []


@memo(2)
def _square(number: int) -> int:
    _computed.append(number)
    return number * number


def _is_kept() -> bool:
    """Whether a result that was computed before is still there."""
    before = len(_computed)
    assert _square(7) == 49
    return len(_computed) == before


def test_a_result_is_kept_until_it_is_forgotten() -> None:
    _square(7)
    assert _is_kept()
    forget()
    assert not _is_kept()


def test_no_more_is_kept_than_was_said() -> None:
    for number in (7, 8, 9):
        _square(number)
    assert not _is_kept()


def test_a_briefing_leaves_nothing_behind() -> None:
    _square(7)
    asyncio.run(briefer.summarize(briefer.load_bundle(BUNDLE)))
    assert not _is_kept()


def test_a_briefing_that_fails_leaves_nothing_behind() -> None:
    async def failing() -> None:
        async with open_desk(briefer.load_bundle(BUNDLE), Settings(model="extract")):
            _square(7)
            raise ValueError

    with pytest.raises(ValueError, match="^$"):
        asyncio.run(failing())
    assert not _is_kept()


def test_what_another_bundle_is_at_work_with_stays() -> None:
    with one_bundle():
        _square(7)
        with one_bundle():
            pass
        assert _is_kept()
    assert not _is_kept()


def test_side_by_side_bundles_forget_too() -> None:
    with one_bundle():
        kept = []
        for _ in range(8):
            _square(7)
            with one_bundle():
                pass
            kept.append(_is_kept())
    assert kept == [True] * 7 + [False]


def test_nothing_else_remembers() -> None:
    """Only what holds a fixed number of things, such as a language's stemmer, is kept for good."""
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "functools" and path.name != "memo.py"
        for name in node.names
        if name.name == "lru_cache"
    ]
    assert not found, f"use briefer.memo: {found}"
