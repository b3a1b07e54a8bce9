"""Which words changed: nothing lost, nothing made up, and told as a reader would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.render.words import marked
from briefer.worddiff import Changed, Span, changes, first_change, shortened

OLD = "Title\n\nWrite two or three statements:\n1. the news;\n2. the angle.\n\nGood: “A fact.”"


def words(old: str, new: str) -> list[tuple[tuple[str, str], ...]]:
    return [place.spans for place in changes(old, new)]


def test_only_the_words_that_changed_are_marked() -> None:
    new = OLD.replace("two or three statements", "two statements, the shorter the better")
    assert words(OLD, new) == [
        (
            ("same", "Write two "),
            ("old", "or three "),
            ("same", "statements"),
            ("new", ", the shorter the better"),
            ("same", ":"),
        )
    ]


def test_changed_words_with_a_space_between_them_stay_together() -> None:
    [spans] = words("Keep it very short, please.", "Keep it quite brief, please.")
    assert ("old", "very short") in spans
    assert ("new", "quite brief") in spans


def test_a_line_that_came_or_went_is_told_whole_with_its_place() -> None:
    assert changes("a\nb\nc", "a\nc") == [Changed(2, (("old", "b"),))]
    assert changes("a\nc", "a\nb\nc") == [Changed(2, (("new", "b"),))]
    assert changes("a", "a") == []


def test_the_first_change_is_a_line_of_the_new_text() -> None:
    assert first_change(OLD, OLD.replace("the angle", "the voice")) == "2. the voice."
    assert first_change(OLD, OLD.replace("\n2. the angle.", "")) == "(taken out) 2. the angle."
    assert first_change(OLD, OLD) == ""


@given(st.text(alphabet="ab, .\n", max_size=80), st.text(alphabet="ab, .\n", max_size=80))
def test_the_spans_of_a_place_are_both_of_its_texts(old: str, new: str) -> None:
    before, after = old.split("\n"), new.split("\n")
    found = changes(old, new)
    assert bool(found) is (old != new)
    for place in found:
        gone = "".join(text for mark, text in place.spans if mark != "new")
        come = "".join(text for mark, text in place.spans if mark != "old")
        assert gone in old
        assert come in new
        assert after[place.line - 1 :][: come.count("\n") + 1] == come.split("\n") or not come
    assert len(found) <= max(len(before), len(after))


def test_long_stretches_without_a_change_are_cut_between_words() -> None:
    long = "word " * 60
    spans: tuple[Span, ...] = (
        ("same", long),
        ("old", "a"),
        ("new", "b"),
        ("same", f" {long}"),
        ("new", "c"),
        ("same", long),
    )
    told = "".join(text for _, text in shortened(spans, 30))
    assert told.count("…") == 3
    assert "wor " not in told
    assert len(told) < 200


def test_without_colour_the_marks_are_those_of_git() -> None:
    assert marked(changes("One old word.", "One new word.")) == "line 1\n  One [-old-]{+new+} word.\n\n"


def test_with_colour_there_are_no_marks_and_lines_keep_to_the_width() -> None:
    new = " ".join(f"word{n}" for n in range(60))
    shown = marked(changes("an old word", "an new word"), color=True)
    assert "\x1b[0m \x1b[" in shown  # the two words do not run together
    shown = marked(changes("old", new), width=50, color=True)
    assert "{+" not in shown
    assert "\x1b[9;31m" in shown or "\x1b[31;9m" in shown
    plain = marked(changes("old", new), width=50)
    assert max(map(len, plain.splitlines())) <= 50
    assert "".join(plain.split()) == "".join(f"line1[-old-]{{+{new}+}}".split())


@pytest.mark.parametrize("text", ["\x1b[2J", "\u202e", "::error::x"])
def test_nothing_active_comes_through(text: str) -> None:
    shown = marked(changes("a", f"a {text}"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "::error" not in shown
