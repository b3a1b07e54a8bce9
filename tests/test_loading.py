"""Reading bundles: every form that is accepted."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.bundle import Bundle
from briefer.loading import build, load_bundle
from briefer.page import read_page

ONE = {"outlet": "Oskby Post", "text": "The pool closed. It reopens in May."}
TWO = {"outlet": "The Sound", "text": "Swimmers lost.", "title": "Lost", "published": "2026-03-10"}


def read(folder: Path, content: str | bytes, name: str = "bundle.json") -> Bundle:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return load_bundle(path)


def outlets(bundle: Bundle) -> list[str]:
    return [article.outlet for article in bundle.articles]


BOTH: list[Any] = [
    pytest.param(json.dumps({"articles": [ONE, TWO]}), id="object"),
    pytest.param(json.dumps({"articles": [ONE, TWO]}, indent=2), id="object over many lines"),
    pytest.param(json.dumps({"articles": [ONE, TWO]}, indent=2).replace("\n", "\r\n"), id="Windows line ends"),
    pytest.param(json.dumps([ONE, TWO]), id="list of articles"),
    pytest.param(f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n", id="lines"),
    pytest.param(f"\n{json.dumps(ONE)}\r\n\r\n  \n{json.dumps(TWO)}", id="lines with blank ones between"),
    pytest.param("\ufeff" + json.dumps({"articles": [ONE, TWO]}), id="byte order mark"),
    pytest.param("\ufeff" + f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n", id="lines behind a byte order mark"),
]


@pytest.mark.parametrize("content", BOTH)
def test_two_articles_in_every_form(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == Bundle.model_validate({"articles": [ONE, TWO]})


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.ndjson"])
def test_json_lines_by_their_suffix(tmp_path: Path, name: str) -> None:
    assert outlets(read(tmp_path, f" {json.dumps(ONE)}\n {json.dumps(TWO)}\n", name)) == ["Oskby Post", "The Sound"]
    assert outlets(read(tmp_path, f"{json.dumps(ONE)}\n", name)) == ["Oskby Post"]


def test_one_article_alone_is_a_bundle(tmp_path: Path) -> None:
    assert outlets(read(tmp_path, json.dumps(ONE))) == ["Oskby Post"]


@pytest.mark.parametrize("content", BOTH)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode("utf-8"))))
    assert outlets(load_bundle("-")) == ["Oskby Post", "The Sound"]


def test_a_path_may_be_a_text(tmp_path: Path) -> None:
    read(tmp_path, json.dumps(ONE))
    assert load_bundle(str(tmp_path / "bundle.json")).articles[0].outlet == "Oskby Post"


def test_unknown_keys_are_ignored(tmp_path: Path) -> None:
    content = {"articles": [ONE | {"section": "Local", "words": 7}], "version": 2, "extra": {"a": [None]}}
    assert read(tmp_path, json.dumps(content)) == Bundle.model_validate({"articles": [ONE]})


def test_optional_keys_may_be_null(tmp_path: Path) -> None:
    empty = dict.fromkeys(("title", "url", "published", "author", "language"))
    assert read(tmp_path, json.dumps({"id": None, "topic": None, "articles": [ONE | empty]})).articles[0].title is None


def test_escaped_surrogates_and_nul_are_accepted_and_neutralised(tmp_path: Path) -> None:
    bundle = read(tmp_path, '{"outlet": "Oskby \\ud800Post", "text": "The \\udc00 pool\\u0000closed."}')
    assert bundle.outlets == ("Oskby \ufffdPost",)
    assert [s.text for s in bundle.sentences.values()] == ["The \ufffd pool closed."]
    assert len(bundle.sha256) == 64


def test_an_escaped_pair_of_surrogates_is_its_character(tmp_path: Path) -> None:
    assert read(tmp_path, '{"outlet": "O", "text": "Fire \\ud83d\\udd25 out."}').articles[0].text == "Fire 🔥 out."


def test_two_hundred_articles(tmp_path: Path) -> None:
    many = [{"outlet": f"Paper {n % 150}", "text": f"Report {n} is here. It is short."} for n in range(200)]
    bundle = read(tmp_path, json.dumps({"articles": many}))
    assert len(bundle.sources) == 200
    assert len(bundle.outlets) == 150
    assert bundle.sentences["A200.2"].text == "It is short."


def test_an_article_of_five_megabytes(tmp_path: Path) -> None:
    text = "\n\n".join(f"Paragraph {n} tells of the pool and of the {n} swimmers in it." for n in range(90_000))
    bundle = read(tmp_path, json.dumps({"articles": [{"outlet": "Oskby Post", "text": text}]}))
    assert len(text) > 5_000_000
    assert len(bundle.sentences) == 90_000


def folder_with(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "pool-story"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_text(content, encoding="utf-8", newline="")
    return folder


PAGE = """<!doctype html><html lang="en-GB"><head><title>Tab</title>
<meta property="og:site_name" content="Harbour Daily"><meta property="og:title" content="Pool lost">
<meta property="article:published_time" content="2026-03-10T08:00:00Z"><meta name="author" content="Ann Poe">
<script>if (a < b) { "no text" }</script></head>
<body><nav>Menu</nav><article><h1>Pool lost</h1><p>The pool <b>closed</b> &amp; stays<br>closed.</p>
<aside>Advertisement</aside><p>It is
cold.</p></article><footer>Imprint</footer></body></html>"""


def test_a_folder_of_files_is_read_by_name(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        a_json=json.dumps(ONE),
        b_md="\ufeff---\r\nOutlet: The Sound\r\ntitle: no\r\npublished: 2026-03-10\r\n---\r\nSwimmers lost.\r\n",
        c_html=PAGE,
        d_TXT="No header at all.",
        e_png="no article",
    )
    (folder / ".hidden.md").write_text("A note of an editor.")
    bundle = load_bundle(folder)
    assert bundle.id == "pool-story"
    assert outlets(bundle) == ["Oskby Post", "The Sound", "Harbour Daily", "d"]
    sound, page, plain = bundle.articles[1:]
    assert (sound.title, sound.published, sound.text) == ("no", "2026-03-10", "Swimmers lost.")
    assert (page.title, page.author, page.language) == ("Pool lost", "Ann Poe", "en")
    assert page.text == "Pool lost\n\nThe pool closed & stays\n\nclosed.\n\nIt is cold."
    assert plain.text == "No header at all."


@pytest.mark.parametrize("name", ["the_oskby_post_md", "the-oskby-post_txt", "the oskby post_html"])
def test_without_a_header_the_files_name_is_the_outlet(tmp_path: Path, name: str) -> None:
    assert outlets(load_bundle(folder_with(tmp_path, **{name: "The pool closed."}))) == ["the oskby post"]


def test_a_folder_with_a_bundle_in_it_is_that_bundle(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, bundle_json=json.dumps({"id": "b7", "articles": [TWO]}), a_md="Another.")
    assert (load_bundle(folder).id, outlets(load_bundle(folder))) == ("b7", ["The Sound"])


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("<html><head><title>Tab</title><body><p>The head was never closed.", "The head was never closed."),
        ("<body><header>Logo</header><p>One.</p><form>Sign up</form><p>Two.</p></body>", "One.\n\nTwo."),
        ("<p>One<script>var a = '<p>no</p>'</script> line.</p>", "One line."),
        ("<div>Outside</div><article><p>Inside.</p></article>", "Inside."),
        ("<div>Only text.</div><article></article>", "Only text."),
        ("</nav><p>A stray end.</p>", "A stray end."),
        ("plain &lt;text&gt;", "plain <text>"),
        ("", ""),
    ],
)
def test_the_text_of_a_page(page: str, text: str) -> None:
    assert read_page(page)["text"] == text


def test_only_the_first_of_two_tags_counts_and_an_empty_one_does_not() -> None:
    page = '<meta name="author" content=""><meta name="author" content=" Ann "><meta name="author" content="Bo">'
    assert read_page(page) == {"author": "Ann", "text": ""}


@given(st.text())
def test_no_page_breaks_the_reader(page: str) -> None:
    assert isinstance(read_page(f"<p>{page}</p><article {page}>")["text"], str)


@given(st.lists(st.fixed_dictionaries({"outlet": st.text(), "text": st.text()}), min_size=1, max_size=4))
def test_what_is_accepted_comes_back_unchanged(articles: list[dict[str, str]]) -> None:
    accepted = [a for a in articles if all(any(c.isalnum() for c in v) for v in a.values())]
    if accepted:
        made = build(json.loads(json.dumps(accepted)), "bundle.json")
        assert [a.model_dump(include={"outlet", "text"}) for a in made.articles] == accepted
