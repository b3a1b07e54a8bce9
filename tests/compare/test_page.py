"""The page: nothing of an article, a prompt or a model is active in it, and it needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

from briefer.compare.contrast import contrast
from briefer.compare.html import to_html
from briefer.compare.junit import to_junit
from briefer.compare.terminal import to_terminal
from briefer.prompts import load_prompts
from tests.cli.command import SEEN_BY_CI
from tests.compare.stories import COST, CRACK, CRACKED, runs, told

HOSTILE = ("Inspectors found a crack in a main girder </script><script>alert(1)</script>.", ["A1.1"])


def page(folder: Path) -> str:
    (folder / "papers_say.md").write_text("{{ outlet }} <img src=x onerror=alert(1)>\n\n##[error] no\n", "utf-8")
    old = runs("old", *([told(n), told(n, tarn=(CRACKED, COST))] for n in range(1, 7)), prompts=load_prompts())
    new = runs("new</title>", *([told(n, tarn=(CRACK,))] for n in range(1, 7)), prompts=load_prompts(folder))
    return to_html(contrast(old, new))


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_prompt_s_markup_is_text(tmp_path: Path) -> None:
    tags = Tags(page(tmp_path)).found
    assert "img" not in {tag for tag, _ in tags}
    assert [tag for tag, _ in tags].count("script") == 1
    assert [tag for tag, _ in tags].count("title") == 1
    assert not SEEN_BY_CI.search(page(tmp_path))


def test_nothing_is_loaded_and_only_its_own_style_and_script_may_run(tmp_path: Path) -> None:
    text = page(tmp_path)
    tags = Tags(text).found
    assert not [
        name for _, attrs in tags for name in attrs if name in ("src", "href", "style") or name.startswith("on")
    ]
    policy = next(attrs["content"] for _, attrs in tags if "http-equiv" in attrs) or ""
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        [held] = re.findall(rf"<{tag}>(.*?)</{tag}>", text, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(held.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_every_difference_has_its_evidence(tmp_path: Path) -> None:
    text = page(tmp_path)
    changes = text.split('<div class="change"')[1:]
    lost = [change for change in changes if 'data-kind="lost"' in change]
    assert len(lost) == 6
    assert all("Repairs will cost $4.2 million, the council said." in change for change in lost)
    assert all(f"<span>{COST[1][0]}</span>" in change for change in lost)


def test_a_model_s_markup_is_text_everywhere() -> None:
    old = runs("old", *([told(n), told(n)] for n in (1, 2)))
    new = runs("new", *([told(n, tarn=(HOSTILE,))] for n in (1, 2)))
    found = contrast(old, new)
    assert "<script>alert" not in to_html(found)
    assert "<script>" not in to_junit(found)
    assert "\x1b" not in to_terminal(found)
