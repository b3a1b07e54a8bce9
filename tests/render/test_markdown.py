"""Markdown whose structure is the briefing's, whatever the text: read back by a CommonMark parser."""

from __future__ import annotations

import importlib.util
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefer.briefing import Briefing
from briefer.render import render
from briefer.render.safety import safe_url
from tests.render.sample import HOSTILE, infected, sample

LINKIFY = importlib.util.find_spec("linkify_it") is not None


def _parser(extended: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "linkify": extended and LINKIFY})
    if extended:
        parser.enable(["table", "strikethrough"])
    return parser.enable("linkify") if extended and LINKIFY else parser


def _tokens(briefing: Briefing, extended: bool = True, unicode: bool = True) -> list[Token]:
    return _parser(extended).parse(render(briefing, "markdown", unicode=unicode))


def _inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def _shape(tokens: list[Token]) -> list[tuple[str, str, int]]:
    return [(token.type, token.tag, token.level) for token in tokens]


def _visible(tokens: list[Token]) -> str:
    return "\n".join("".join(c.content for c in token.children or ()) for token in tokens if token.type == "inline")


def test_headings_have_the_order_and_the_words() -> None:
    assert re.findall(r"^#+ .*", render(sample(), "markdown"), re.MULTILINE) == [
        "# Hollin bridge closed after the river undermined a pier¹·²",
        "## What's happened",
        "## What's behind the headline?",
        "## What the papers say",
        "### The Tarn Valley Post",
        "### Northmere Evening News",
        "### The Ledger of Skarne",
        "### Radio Ullbeck",
        "### The Fellside Review",
        "### Where the papers differ",
        "## How we got here",
        "## Go deeper",
        "### How long is the detour?",
        "## More on these topics",
        "## Withheld",
        "## Notes on the articles",
        "## Sources",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "† rests on one outlet · ‡ the model's inference",
        "- **June 2024** — Engineers warn the council about the second pier.⁵†",
        "- **at least £4 million** — The Ledger of Skarne: “Repairs will now cost at least £4 million, two people who "
        "have seen the estimate said.”¹²",
        "**Not answered by these articles:**",
        "**Petra Lindqvist** — The county’s chief engineer, who ordered the closure.⁴†",
        "**What the papers say, Northmere Evening News** — not proved: “It says that 12,000 vehicles cross the bridge "
        "every day.”",
        "- The Fellside Review (A5) reads like a comment piece (B904)",
        "- 13 · R1.2 · Hollin bridge was opened in 1886 and widened in 1931.",
    ],
)
def test_it_reads_well_unrendered(line: str) -> None:
    assert f"\n{line}\n" in render(sample(), "markdown")


def test_the_only_links_are_the_articles() -> None:
    links = [token.attrs["href"] for token in _inline(_tokens(sample())) if token.type == "link_open"]
    assert links == [article.url for article in sample().articles]


def test_without_unicode_the_signs_are_ascii() -> None:
    text = _visible(_tokens(sample(), unicode=False))
    assert "on Monday.[1][2] About" in text
    assert "a working day.[3]* The county's" in text


@pytest.mark.parametrize("extended", [True, False])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(hostile: str, extended: bool) -> None:
    tokens = _tokens(infected(hostile), extended)
    assert _shape(tokens) == _shape(_tokens(infected("word"), extended))
    kinds = {token.type for token in _inline(tokens)}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_line_is_a_command_of_a_ci_runner(hostile: str) -> None:
    text = render(infected(hostile), "markdown")
    assert not re.search(r"^\s*::|##\w*\[", text, re.MULTILINE)
    assert "\x1b" not in text


def test_text_is_shown_as_it_was_written() -> None:
    text = _visible(_tokens(infected(r"a *b* [c](d) <e> &amp; \f 1. | `g` www.h.example #i ::j")))
    assert text.count(r"a *b* [c](d) <e> &amp; \f 1. | `g` www.h.example #i ::j") > 40


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="`*_[]()<>!#-+=.:/\\|~&;\"'@1 \n\tawx\u00a0“*", max_size=24))
def test_no_text_changes_the_structure(hostile: str) -> None:
    assume(safe_url(hostile) is None)
    tokens = _tokens(infected(hostile))
    assert _shape(tokens) == _shape(_tokens(infected("word")))
    assert not {t.type for t in _inline(tokens)} & {"link_open", "image", "html_inline", "code_inline", "s_open"}
