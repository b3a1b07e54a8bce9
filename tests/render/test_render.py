"""The one door to all formats, JSON, and which addresses may be linked."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from briefer.briefing import Briefing
from briefer.errors import UsageError
from briefer.render import FORMATS, format_of, render
from briefer.render.safety import safe_url
from briefer.text import is_hidden
from tests.render.sample import HOSTILE, infected, sample


@pytest.mark.parametrize(
    ("path", "name"),
    [("a.JSON", "json"), ("a.md", "markdown"), ("b.markdown", "markdown"), ("x/a.html", "html"), ("a.htm", "html")],
)
def test_a_suffix_names_a_format(path: str, name: str) -> None:
    assert format_of(path) == name
    assert format_of("a.txt") == "terminal"


def test_an_unknown_suffix_says_which_are_known() -> None:
    with pytest.raises(UsageError) as caught:
        format_of("briefing.pdf")
    assert ".html" in caught.value.hint


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_with_one_newline_and_is_the_same_twice(name: str) -> None:
    text = render(sample(), name)  # type: ignore[arg-type]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text == render(sample(), name)  # type: ignore[arg-type]


def test_json_is_the_briefing_itself() -> None:
    text = render(sample(), "json")
    assert Briefing.model_validate_json(text) == sample()
    assert json.loads(text)["schema"] == "briefer/briefing/1"
    assert "£2.4" in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_json_holds_no_active_characters_and_loses_nothing(hostile: str) -> None:
    text = render(infected(hostile), "json")
    assert Briefing.model_validate_json(text) == infected(hostile)
    assert not [c for c in text if is_hidden(c)]
    assert "##[" not in text
    assert "##vso[" not in text


def test_rich_is_loaded_by_the_terminal_alone() -> None:
    code = (
        "import sys; from tests.render.sample import sample; from briefer.render import render\n"
        "for name in ('json', 'markdown', 'html'): render(sample(), name)\n"
        "sys.exit('rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=é#f", "https://a.example/x?y=1&z=%C3%A9#f"),
        ("HTTP://A.example:8080", "http://a.example:8080"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ('https://a.example/"<>`|{}', "https://a.example/%22%3C%3E%60%7C%7B%7D"),
        (None, None),
        ("", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://", None),
        ("https://user@a.example", None),
        ("https://user:pass@a.example", None),
        ("https://a.example\\@evil.example", None),
        ("https://a.example/\x1b[31m", None),
        ("https://a.example/\u202egnp", None),
        ("https://a.example:x/", None),
        ("https://[::1]/", None),
        ("https://a b.example", None),
    ],
)
def test_only_plain_web_addresses_are_linked(url: str | None, safe: str | None) -> None:
    assert safe_url(url) == safe
