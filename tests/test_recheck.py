"""A saved briefing that was altered by hand does not pass for what it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.drafting import Desk
from briefer.flow import compose
from briefer.prompts import load_prompts
from briefer.recheck import check_briefing
from tests.fake import FakeModel, block, bridge_bundle

RENN = "The transport minister, Paul Renn, will visit on Thursday and has not resigned."
SCRIPT = {
    "whats_happened": {"blocks": [block(("Inspectors found a crack in a main girder.", ["A1.1"]), (RENN, ["A2.2"]))]},
    "how_we_got_here": {
        "blocks": [
            block(("The bridge opened.", ["A1.5"]), date="1987-05"),
            block(("Inspectors found a crack.", ["A1.1"]), date="2026-03-02"),
        ]
    },
    "papers_say/Northern Wire": {
        "blocks": [
            block(
                (RENN, ["A2.2"]),
                ("Mayor Ines Okafor said the Tarn bridge would stay closed for at least six weeks.", ["A2.1"]),
            )
        ]
    },
    "go_deeper": {"open_questions": ["When will the Tarn bridge open again?"]},
}


@pytest.fixture(scope="module")
def saved() -> dict[str, Any]:
    desk = Desk(bridge_bundle(), load_prompts(), FakeModel(SCRIPT))
    return asyncio.run(compose(desk)).model_dump(mode="json", by_alias=True)


def failing(data: dict[str, Any], bundle: Bundle | None = None) -> list[tuple[str, str]]:
    checked = check_briefing(Briefing.model_validate(data), bundle or bridge_bundle())
    return [(c.id, f.code) for c in checked if not c.proved for f in c.verdict.findings]


def test_as_it_was_saved_it_passes(saved: dict[str, Any]) -> None:
    assert failing(saved) == []


def swap_events(data: dict[str, Any]) -> None:
    data["timeline"] = data["timeline"][::-1]


def add_heading(data: dict[str, Any]) -> None:
    data["sections"]["whats_happened"][0]["heading"] = "The mayor resigns"


def add_question(data: dict[str, Any]) -> None:
    data["open_questions"] = [{"question": "Did Boris Dunmore cause it?", "section": "go_deeper"}]


def add_dispute(data: dict[str, Any]) -> None:
    cite = data["sections"]["whats_happened"][0]["statements"][0]["cites"][0]
    sides = [{"outlets": ["Tarn Gazette"], "value": str(n), "cite": cite | {"id": f"A9.{n}"}} for n in (1, 2)]
    data["disagreements"] = [{"about": "the toll", "sides": sides}]


def claim_alone(data: dict[str, Any]) -> None:
    shared, common = account(data)[1], data["sections"]["whats_happened"][0]["statements"][1]
    shared["alone"] = common["alone"] = True


def account(data: dict[str, Any]) -> Any:
    return next(b for b in data["sections"]["papers_say"] if b["heading"] == "Northern Wire")["statements"]


def test_what_an_outlet_has_alone_is_saved(saved: dict[str, Any]) -> None:
    assert [s["alone"] for s in account(saved)] == [True, False]
    assert [s["alone"] for s in saved["sections"]["whats_happened"][0]["statements"]] == [False, False]


def rename_story(data: dict[str, Any]) -> None:
    data["story"] = "Mayor resigns"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (swap_events, [("timeline", "T801")]),
        (add_heading, [("whats_happened", "C102")]),
        (add_question, [("go_deeper", "N401"), ("go_deeper", "N401")]),
        (add_dispute, [("disagreements", "C101"), ("disagreements", "C101"), ("disagreements", "A703")]),
        (claim_alone, [("s2", "A703"), ("s7", "A703")]),
        (rename_story, [("story", "C101")]),
    ],
)
def test_what_was_added_or_moved_is_found(
    saved: dict[str, Any], change: Callable[[dict[str, Any]], None], found: list[tuple[str, str]]
) -> None:
    altered = Briefing.model_validate(saved).model_dump(mode="json", by_alias=True)
    change(altered)
    assert failing(altered) == found


def test_another_bundle_is_named(saved: dict[str, Any]) -> None:
    other = Bundle.model_validate(bridge_bundle().model_dump() | {"id": "other"})
    assert failing(saved, other) == [("bundle", "C101")]
