"""The page as an editor uses it, in a real Chromium: filters, the matrix, ticks that become expectations."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from briefer.compare.cells import Cut
from briefer.compare.contrast import contrast
from briefer.compare.expectations import read_standards
from briefer.compare.html import to_html
from briefer.prompts import load_prompts
from tests.compare.stories import COST, CRACK, CRACKED, DETOUR, TRAFFIC, runs, told

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
QUOTED = ('The repairs \\ "will" cost $4.2 million, according to the council.', ["A1.2"])

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt install chromium)")


@dataclass(frozen=True)
class Made:
    """The page of a comparison, and two briefings to hold to what was ticked on it."""

    html: str
    before: Cut
    after: Cut


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """One sentence lost in each of six stories, one gained, an account gone in two."""
    folder = tmp_path_factory.mktemp("prompts")
    (folder / "papers_say.md").write_text("Write about {{ outlet }} in one sentence.\n", "utf-8")
    old = runs("old", *([told(n), told(n, tarn=(CRACKED, QUOTED))] for n in range(1, 7)), prompts=load_prompts())
    new = runs(
        "new",
        *([told(n, tarn=(CRACK, TRAFFIC), coast=() if n < 3 else (DETOUR,))] for n in range(1, 7)),
        prompts=load_prompts(folder),
    )
    return Made(to_html(contrast(old, new)), Cut.of(told(1)), Cut.of(told(1, tarn=(TRAFFIC,))))


@pytest.fixture(scope="module")
def browser(made: Made) -> Iterator[Browser]:  # what is made runs an event loop, and so does Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(made: Made, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "effect.html"
    file.write_text(made.html, "utf-8")
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert wrong == []
    context.close()


def shown(page: Page) -> list[str]:
    return [found.inner_text() for found in page.locator(".change:visible .kind").all()]


def test_the_page_opens_from_a_file_with_the_edit_beside_its_effect(page: Page) -> None:
    assert "Coast Radio has no account of its own in 2 of 6 stories" in page.locator(".alerts").inner_text()
    diff, effect = page.locator(".diff").bounding_box(), page.locator(".change:visible").first.bounding_box()
    assert diff
    assert effect
    assert diff["x"] + diff["width"] <= effect["x"]
    expect(page.locator("#count")).to_have_text("28 of 28 differences")


def test_filters_narrow_what_is_shown_and_say_when_nothing_is_left(page: Page) -> None:
    page.select_option("[data-filter=kind]", "gained")
    assert shown(page) == ["Gained"] * 6
    page.select_option("[data-filter=outlet]", "Coast Radio")
    assert shown(page) == []
    expect(page.locator("#none")).to_be_visible()
    page.select_option("[data-filter=kind]", "lost")
    assert shown(page) == ["Lost"] * 2


def test_a_field_of_the_matrix_shows_its_story_and_again_shows_all(page: Page) -> None:
    field = page.locator(".matrix button").first
    expect(field).to_have_text("−2 +1")
    field.click()
    assert "".join(shown(page)).count("Lost") >= 2
    assert page.locator("#count").inner_text() == "6 of 28 differences"
    expect(field).to_have_attribute("aria-pressed", "true")
    field.click()
    expect(page.locator("#count")).to_have_text("28 of 28 differences")


def test_evidence_opens_beside_its_sentence(page: Page) -> None:
    change = page.locator(".change", has_text=COST[0]).first
    change.locator("summary").click()
    expect(change.locator(".evidence")).to_contain_text("Repairs will cost $4.2 million, the council said.")
    expect(change.locator(".evidence")).to_contain_text("A1.2")


def test_ticks_are_saved_as_expectations_that_briefer_reads(made: Made, page: Page, tmp_path: Path) -> None:
    save = page.locator("#save")
    expect(save).to_be_disabled()
    lost = page.locator('.change[data-kind="lost"]', has_text=COST[0]).first
    gained = page.locator('.change[data-kind="gained"]').first
    lost.locator("[data-tick=must_mention]").click()
    gained.locator("[data-tick=must_mention]").click()
    gained.locator("[data-tick=must_not_say]").click()  # changed their mind
    expect(save).to_have_text("Save 2 as expectations")
    with page.expect_download() as downloading:
        save.click()
    saved = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(saved)
    assert saved.suffix == ".toml"
    [standard] = read_standards(saved)
    assert [e.kind for e in standard.expectations] == ["must_mention", "must_not_say"]
    assert [e.text for e in standard.expectations] == [COST[0], TRAFFIC[0]]
    assert tomllib.loads(saved.read_text("utf-8"))["expect"][0]["cites"] == ["A1.2"]
    story = made.before.briefing
    assert standard.is_for(story.story, story.provenance.bundle_sha256)
    # What was ticked on the old run and crossed out on the new one is met by the one and not by the other.
    assert [e.is_held(made.before) for e in standard.expectations] == [True, True]
    assert [e.is_held(made.after) for e in standard.expectations] == [False, False]


def test_it_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
