"""What an editor reads in a terminal, and what no article can do to it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from briefer.briefing import Briefing
from briefer.render import render
from briefer.text import is_hidden
from tests.render.sample import HOSTILE, infected, record, sample

SGR = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)


def test_the_whole_briefing_reads_in_order() -> None:
    text = render(sample(), "terminal")
    expected = (
        "A stone bridge at Hollin is closed after flood damage\n"
        "Hollin bridge closed after the river undermined a pier¹·²\n"
        "5 articles from 5 outlets · 9–10 March 2026\n"
        "† rests on one outlet · ‡ the model's inference\n"
        "\n"
        "What's happened\n"
        "───────────────\n"
        "  The stone bridge at Hollin was closed to all traffic on Monday.¹·² About 6,500\n"
        "  vehicles use it on a working day.³† The county’s chief engineer, Petra\n"
    )
    assert text.startswith(expected)
    headings = re.findall(r"^(.+)\n─+$", text, re.MULTILINE)
    assert headings == [
        "What's happened",
        "What's behind the headline?",
        "What the papers say",
        "How we got here",
        "Go deeper",
        "More on these topics",
        "Withheld",
        "Notes on the articles",
        "Sources",
    ]


def test_the_timeline_is_aligned() -> None:
    assert (
        "  1886          The bridge is opened.¹³\n"
        "  June 2024     Engineers warn the council about the second pier.⁵†\n"
        "  9 March 2026  The bridge is closed to all traffic.¹·²\n"
    ) in render(sample(), "terminal")


def test_differences_name_each_side_with_its_own_sentence() -> None:
    assert (
        "  Where the papers differ\n"
        "    What the repairs will cost\n"
        "    • about £2.4 million — The Tarn Valley Post\n"
        "      “Repairs are expected to cost about £2.4 million and to take until the\n"
        "      autumn.”⁷\n"
    ) in render(sample(), "terminal")


def test_blurbs_and_questions_hang() -> None:
    text = render(sample(), "terminal")
    assert "  Skarne — “The detour by way of Skarne adds 19 miles, or about 40 minutes at\n    rush hour.” (" in text
    assert "  Not answered by these articles:\n    • Who put the repair off, and why?\n" in text


def test_what_was_withheld_is_named_with_its_reason() -> None:
    assert (
        "  What the papers say, Northmere Evening News\n"
        "    Not proved: “It says that 12,000 vehicles cross the bridge every day.”\n"
        "    • the number “12,000” is not in A2.1; use the figure of the cited sentence\n"
        "      (F301)\n"
    ) in render(sample(), "terminal")


def test_sources_give_the_articles_own_words() -> None:
    text = render(sample(), "terminal")
    assert (
        "  The Ledger of Skarne · 10 March 2026 · Council was warned about Hollin\n"
        "    bridge in 2024\n"
        "    https://the-ledger-of-skarne.example/hollin?id=A3&x=1\n"
    ) in text
    assert "\n     6 A3.2  The council put the £310,000 repair off twice.\n" in text
    assert "  Background R1\n    13 R1.2  Hollin bridge was opened in 1886 and widened in 1931.\n" in text


def test_nothing_withheld_and_no_notes_leave_no_empty_headings() -> None:
    text = render(sample(withheld=[], integrity=[]), "terminal")
    assert "Withheld" not in text
    assert "Notes" not in text


@pytest.mark.parametrize("width", [1, 2, 20, 39, 40, 80, 200])
@pytest.mark.parametrize("unicode", [True, False])
def test_any_width_works(width: int, unicode: bool) -> None:
    lines = render(sample(), "terminal", width=width, unicode=unicode).splitlines()
    assert max(map(cell_len, lines)) <= min(width, 88)
    assert all(line == line.rstrip() for line in lines)


def test_no_word_is_lost_at_any_width() -> None:
    wide, narrow = (re.sub(r"[\s─]", "", render(sample(), "terminal", width=w)) for w in (80, 1))
    assert wide == narrow


def test_colour_is_only_added_to_the_same_text() -> None:
    plain, coloured = render(sample(), "terminal"), render(sample(), "terminal", color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert SGR.sub("", coloured) == plain


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(sample(), "terminal")
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "30", "TERM": "dumb", "TTY_COMPATIBLE": "1"}.items():
        monkeypatch.setenv(name, value)
    assert render(sample(), "terminal") == before


def test_without_unicode_ascii_text_stays_ascii() -> None:
    data = json.loads(json.dumps(record(), ensure_ascii=False).replace("£", "GBP "))
    text = render(Briefing.model_validate(data), "terminal", unicode=False)
    text.encode("ascii")
    assert "on Monday.[1][2] About" in text
    assert "* rests on one outlet | ~ the model's inference" in text
    assert "flood.[5][6]~" in text


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("color", [True, False])
@pytest.mark.parametrize("width", [20, 80])
def test_hostile_text_stays_text(hostile: str, color: bool, width: int) -> None:
    text = SGR.sub("", render(infected(hostile), "terminal", width=width, color=color))
    assert not [c for c in text if is_hidden(c) and c != "\u200d"]
    assert not COMMAND.search(text)


def test_rich_markup_is_printed_as_it_stands() -> None:
    assert "[bold red]rich[/] [link=https://evil.example]x[/link] :warning:" in render(
        infected(HOSTILE[9]), "terminal", width=88
    )


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=":#[] \n\x1b\u202eab日é⩴：＃", max_size=12), st.integers(1, 90), st.booleans())
def test_no_text_can_command_a_terminal_or_a_runner(hostile: str, width: int, unicode: bool) -> None:
    text = render(infected(hostile), "terminal", width=width, unicode=unicode)
    assert "\x1b" not in text
    assert not COMMAND.search(text)
    assert max(map(cell_len, text.splitlines())) <= max(2, min(width, 88))
