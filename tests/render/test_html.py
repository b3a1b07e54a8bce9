"""The page: whole, readable without anything else, and unable to do anything."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefer.briefing import Briefing
from briefer.render import render
from briefer.render.safety import safe_url
from briefer.text import is_hidden, one_line
from tests.render.sample import HOSTILE, infected, record, sample

VOID = {"meta"}


class Page(HTMLParser):
    """The tags of a page in order, with their attributes, and its words; fails on tags that do not match."""

    def __init__(self, briefing: Briefing) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.source = render(briefing, "html")
        self.feed(self.source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words += data

    def values(self, name: str) -> list[str]:
        """Return the values of one attribute, in order."""
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return tags and names of attributes, without any text."""
        return [(tag, tuple(attrs)) for tag, attrs in self.tags]


def test_headings_have_the_order_and_the_words() -> None:
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", Page(sample()).source) == [
        "What&#x27;s happened",
        "What&#x27;s behind the headline?",
        "What the papers say",
        "How we got here",
        "Go deeper",
        "More on these topics",
        "Withheld",
        "Notes on the articles",
        "Sources",
    ]


def test_the_policy_comes_first_and_allows_the_style_alone() -> None:
    page = Page(sample())
    style = re.search(r"<style>(.*)</style>", page.source, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    head = page.source.split("<head>\n")[1]
    assert head.startswith(
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">\n<meta charset"
    )
    assert page.source.encode().index(b"charset") < 1024
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_it_is_one_file_without_script() -> None:
    page = Page(sample())
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "link", "iframe", "form", "object", "base", "svg"}
    assert tags >= {"main", "article", "section", "h1", "h2", "h3", "ol", "details", "summary", "time"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in ("style", "src")]


def test_links_lead_to_sources_and_articles_only() -> None:
    page = Page(sample())
    outside = [attrs for tag, attrs in page.tags if tag == "a" and not (attrs["href"] or "").startswith("#")]
    assert [attrs["href"] for attrs in outside] == [article.url for article in sample().articles]
    assert {attrs["rel"] for attrs in outside} == {"noopener noreferrer"}


def test_every_mark_finds_its_source_and_every_source_its_mark() -> None:
    page = Page(sample())
    ids = page.values("id")
    assert len(ids) == len(set(ids)) == 26
    assert {href[1:] for href in page.values("href") if href.startswith("#")} == set(ids)
    assert "Northmere Evening News: Some 6,500 vehicles cross Hollin bridge on a working day." in page.values("title")


def test_the_language_is_the_briefings_or_unknown() -> None:
    assert Page(sample(language="pt-BR")).values("lang") == ["pt-BR"]
    assert Page(sample(language='"><script>')).values("lang") == ["und"]


def test_dates_are_machine_readable() -> None:
    assert Page(sample()).values("datetime") == ["1886", "2024-06", "2026-03-09"]


def test_what_was_withheld_is_struck_and_folded_away() -> None:
    source = Page(sample()).source
    assert "<details>\n<summary>1 not printed." in source
    assert "<del>It says that 12,000 vehicles cross the bridge every day.</del>" in source


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://u:p@evil.example/x", "data:text/html,x", "//evil.example"]
)
def test_an_address_that_may_not_be_linked_is_printed(url: str) -> None:
    articles = [article | {"url": url} for article in record()["articles"]]
    page = Page(sample(articles=articles))
    assert not [href for href in page.values("href") if not href.startswith("#")]
    assert page.words.count(url) == 5


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(hostile: str) -> None:
    page = Page(infected(hostile))
    assert page.shape() == Page(infected("word")).shape()
    assert not [c for c in page.source if is_hidden(c) and c != "\u200d"]
    assert page.words.count(one_line(hostile)) > 40
    assert not re.search(r"^\s*::|##\w*\[", page.source, re.MULTILINE)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20))
def test_no_text_changes_the_structure(hostile: str) -> None:
    assume(one_line(hostile) and safe_url(hostile) is None)
    assert Page(infected(hostile)).shape() == Page(infected("word")).shape()
