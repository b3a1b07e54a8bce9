"""Saves told from looks, whatever way an editor saves in."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.editing.watching import Saves, Seen, affected, look
from briefer.prompts import NAMES
from briefer.sections import SECTIONS

OLD: Seen = (1, 100, 1)
NEW: Seen = (2, 120, 1)
EMPTY: Seen = (2, 0, 1)


def told(*rounds: Seen) -> list[int]:
    """The rounds in which a save was told."""
    saves = Saves({"topics": OLD})
    return [n for n, seen in enumerate(rounds) if saves.see({"topics": seen})]


def test_a_save_is_told_once_it_has_come_to_rest() -> None:
    assert told(OLD, NEW, NEW, NEW, NEW, NEW) == [3]


def test_what_does_not_change_is_no_save() -> None:
    assert told(*[OLD] * 50) == []


def test_several_writes_are_one_save() -> None:
    assert told(NEW, (3, 50, 1), (4, 70, 1), (5, 120, 1), (5, 120, 1), (5, 120, 1), (5, 120, 1)) == [5]


def test_another_file_under_the_name_is_a_save_even_at_the_same_time_and_size() -> None:
    assert told((1, 100, 2), (1, 100, 2), (1, 100, 2)) == [2]


@pytest.mark.parametrize("between", [None, EMPTY])
def test_a_file_that_is_gone_or_empty_for_a_moment_is_half_a_save(between: Seen) -> None:
    assert told(*[between] * 10, NEW, NEW, NEW, NEW) == [12]


@pytest.mark.parametrize("between", [None, EMPTY])
def test_a_file_that_stays_gone_or_empty_is_told_in_the_end(between: Seen) -> None:
    assert told(*[between] * 30) == [16]


def test_a_touch_back_to_what_was_known_is_no_save() -> None:
    assert told(NEW, OLD, OLD, OLD, OLD) == []


def test_two_prompts_saved_together_are_told_together() -> None:
    saves = Saves({"topics": OLD, "papers_say": OLD})
    rounds = [saves.see({"topics": NEW, "papers_say": NEW}) for _ in range(4)]
    assert rounds == [[], [], ["topics", "papers_say"], []]


def test_a_look_takes_in_every_prompt_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "topics.md").write_text("{{ topic }}")
    (tmp_path / ".topics.md.swp").write_text("x")
    seen = look(tmp_path)
    assert set(seen) == set(NAMES)
    assert {name for name, found in seen.items() if found} == {"topics"}
    assert set(look(tmp_path / "nowhere").values()) == {None}


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["topics"], ["topics"]),
        (["topics", "papers_say"], ["papers_say", "topics"]),
        (["_closing"], ["papers_say"]),
        (["_system"], [s.key for s in SECTIONS]),
        (["_articles", "topics"], [s.key for s in SECTIONS]),
        ([], []),
    ],
)
def test_a_prompt_touches_its_section_and_a_rule_touches_all(names: list[str], keys: list[str]) -> None:
    assert [section.key for section in affected(names, SECTIONS)] == keys
    assert affected(names, SECTIONS[:1]) == tuple(s for s in SECTIONS[:1] if s.key in keys)
