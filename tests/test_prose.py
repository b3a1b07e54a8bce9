"""Markdown as any system writes it, read into sentences: what is one, where it stands, what it cites."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefer.blocks import pieces
from briefer.errors import InputError
from briefer.prose import Prose, Said, read_prose

MAYOR = "The mayor opened the new bridge on Monday."
COUNCIL = "The council voted for the repairs."


def read(text: str) -> Prose:
    return read_prose(text, "report.md")


def ids(text: str) -> dict[str, str]:
    return {s.id: s.text for s in read(text).said}


def only(text: str) -> Said:
    [said] = read(text).said
    return said


def test_an_id_says_on_which_line_a_sentence_stands() -> None:
    text = f"# Tarn\n\n{MAYOR} {COUNCIL}\n\n- {MAYOR}\n  {COUNCIL}\n\n{MAYOR}"
    assert list(ids(text)) == ["L3.1", "L3.2", "L5", "L6", "L8"]
    assert ids(f"\n\n{MAYOR}  \n{COUNCIL}\n") == {"L3": MAYOR, "L4": COUNCIL}


@pytest.mark.parametrize(
    "marked",
    [
        "The **mayor** opened the *new* bridge on Monday.",
        "The mayor opened [the new bridge](https://tarn.example/a) on Monday.",
        "The mayor opened the `new` bridge on Monday\\.",
        "The ~~mayor~~ opened the new bridge<sup>3</sup> on Monday.",
        "The mayor opened the\nnew bridge on Monday.",
        "> The mayor opened the new bridge on Monday.",
        "1. The mayor opened the new bridge on Monday. [1][2]",
        "The mayor opened the new bridge on Monday.[^a]",
        "The mayor opened the new bridge on Monday [1, 3–5].",
        "The mayor opened the new bridge on Monday.¹·²",
        "The mayor opened the new bridge on Monday (A1.2, A1.3).",
        "The mayor opened the new bridge on Monday.[1](https://tarn.example/a)",
        "**What happened:** The mayor opened the new bridge on Monday.",
    ],
)
def test_a_sentence_is_read_without_markup_and_marks(marked: str) -> None:
    assert only(marked).text == MAYOR


@pytest.mark.parametrize("kept", ["It covers 38 m² of land near Tarn.", "The plot of 3 km² was sold to Tarn."])
def test_a_unit_is_no_footnote(kept: str) -> None:
    assert only(kept).text == kept


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("## The mayor opened the new bridge", "heading"),
        ("**The mayor opened the new bridge**", "heading"),
        ("```\nThe mayor opened the new bridge.\n```", "line of code"),
        ("<div>The mayor opened the new bridge.</div>", "line of HTML"),
        ("[The mayor opened the new bridge](https://tarn.example)", "link"),
        ("What did the mayor open on Monday?", "question"),
        ("Key points:", "label"),
        ("The bridge", "fragment"),
        ("By Ann Reed · 3 March 2026 · Tarn desk", "byline"),
        ("[^1]: The mayor opened the new bridge.", "footnote"),
        ("## Sources\n\nThe mayor opened the new bridge.", "line under sources, notes or withheld"),
        ("## Withheld\n\n- The mayor opened the new bridge.", "line under sources, notes or withheld"),
        ("[tarn]: https://tarn.example 'The mayor'", "other line"),
        ("![The mayor opened the new bridge.](https://tarn.example/a.png)", "image"),
        ("| What the mayor opened |\n|---|", "table header"),
    ],
)
def test_what_is_no_statement_is_left_out_and_counted(text: str, reason: str) -> None:
    prose = read(f"{text}\n\n# Next\n\n{MAYOR}")
    assert [s.text for s in prose.said] == [MAYOR]
    assert f"1 {reason}" in prose.told() or (reason == "heading" and "2 headings" in prose.told())


def test_what_is_nested_too_deep_to_be_read_is_counted() -> None:
    prose = read(f"{MAYOR}\n\n{'> ' * 40}{COUNCIL}")
    assert "1 other line" in prose.told()


def test_list_items_need_no_full_stop() -> None:
    assert list(ids("- Mayor opens new bridge at Tarn\n- Council votes for repairs")) == ["L1", "L2"]


def test_headings_and_labels_stand_above_a_sentence() -> None:
    text = f"# A\n\n## B\n\n**C:** {MAYOR}\n\n- D\n  - {COUNCIL}\n\n{MAYOR}\n\n## E\n\n{COUNCIL}"
    above = [s.headings for s in read(text).said]
    assert above == [("C", "B", "A"), ("D", "B", "A"), ("B", "A"), ("E", "A")]


def test_the_label_of_a_row_and_of_a_column_stand_above_a_cell() -> None:
    text = f"| Paper | Says |\n|---|---|\n| Tarn Gazette | {MAYOR} |\n"
    assert (only(text).id, only(text).headings) == ("L3", ("Tarn Gazette", "Says"))


def test_a_label_with_a_figure_is_part_of_its_sentence() -> None:
    assert only(f"**28 dead:** {MAYOR}").text == f"28 dead: {MAYOR}"


@pytest.mark.parametrize(
    ("text", "cites", "notes", "lost"),
    [
        (f"{MAYOR} [A1.2]", ("A1.2",), (), ()),
        (f"{MAYOR[:-1]} [A1.2; R1.3].", ("A1.2", "R1.3"), (), ()),
        (f"{MAYOR}[^1]\n\n[^1]: A1.2, A2.1", ("A1.2", "A2.1"), (), ()),
        (f"{MAYOR}[^n]\n\n[^n]: Tarn Gazette, 3 March", (), ("Tarn Gazette, 3 March",), ()),
        (f"{MAYOR}²\n\n## Sources\n\n1. Coast Radio\n2. Tarn Gazette", (), ("Tarn Gazette",), ()),
        (f"{MAYOR} [7]", (), (), ("7",)),
    ],
)
def test_marks_are_followed_to_what_they_stand_for(
    text: str, cites: tuple[str, ...], notes: tuple[str, ...], lost: tuple[str, ...]
) -> None:
    said = only(text)
    assert (said.cites, said.notes, said.lost) == (cites, notes, lost)
    assert ("1 citation mark of unknown meaning" in read(text).told()) is bool(lost)


def test_a_mark_belongs_to_the_sentence_before_it() -> None:
    said = read(f"{MAYOR} [A1.1] {COUNCIL} [A1.2]").said
    assert [s.cites for s in said] == [("A1.1",), ("A1.2",)]


@pytest.mark.parametrize("text", ["", " \n\n", "# Tarn", "```\ncode\n```", "?", "a\0b", "One more word. " * 80_000])
def test_what_holds_no_sentence_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert refused.value.hint


MARKUP = st.sampled_from(
    [
        *"#>|*_`~[]()<>-+=!\\&^:. \n\t¹²·†‡§",
        "\n\n",
        "- ",
        "1. ",
        "|---|\n",
        "```\n",
        "<sup>",
        "[^1]: ",
        "[A1.2]",
        "**",
        MAYOR,
    ]
)


@given(st.lists(MARKUP | st.text(max_size=8), max_size=60).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        said = read(text).said
    except InputError:
        return
    lines = re.split(r"\r\n|\r|\n", text)
    assert len({s.id for s in said}) == len(said)
    for s in said:
        assert s.text.strip()
        assert 1 <= int(re.fullmatch(r"L(\d+)(?:\.\d+)?", s.id)[1]) <= len(lines)  # type: ignore[index]


# What begins an item of a list is no word of it.
_MARKERS = re.compile(r"^(?:[\s>*+-]|\d{1,9}[.)](?=\s|$))+")


@given(st.lists(MARKUP | st.text(max_size=8), max_size=60).map("".join))
@example("1. |")
def test_no_line_with_words_goes_unmentioned(text: str) -> None:
    found, unread = pieces(text)
    lines = [_MARKERS.sub("", line) for line in text.split("\n")]
    assert sum(any(c.isalnum() for c in line) for line in lines) <= unread + sum(p.lines for p in found)


def test_a_line_break_in_code_is_a_line_that_was_read() -> None:
    [piece] = pieces("The `crack\nin` the girder.")[0]
    assert (piece.lines, piece.line) == (2, 0)
