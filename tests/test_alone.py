"""Who has a statement alone: claimed where it can be shown, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from briefer.alone import Alone
from briefer.briefing import Proved
from briefer.bundle import Bundle
from briefer.checks import cite_of

POST = (
    "The Tollgate dam at Marrowby began to leak on Friday evening, and 2,300 people left their homes. "
    "Baker Tom Okoro, who fled with two daughters, said that the siren had been silent for eleven minutes. "
    "Repairs to the spillway will cost 14.6 million crowns, the river authority estimated. "
    "“We drained nothing,” the keeper wrote in the log at midnight, in green ink. "
    "The minister refused to explain why an inspection of the concrete had been put off."
)
BELL = (
    "Thousands had to leave Marrowby after the Tollgate dam sprang a leak. "
    "Schools stay shut, and a camp was opened in the next valley."
)
BAKER = "The siren stayed silent for eleven minutes, according to Tom Okoro, a baker who fled with his two daughters."
COST = "The river authority puts the cost of repairs to the spillway at 14.6 million crowns."
HEARD = "A baker who fled with two daughters, not named, said that the siren had been silent for minutes."
LOG = "In green ink, at midnight, the keeper put into the log: “We drained nothing.”"


def bundle(bell: str = BELL, **changes: Any) -> Bundle:
    articles = [{"outlet": "Marrow Post", "text": POST}, {"outlet": "The Bell", "title": "Dam leaks", "text": bell}]
    articles[1] |= changes
    return Bundle.model_validate({"articles": articles})


def tells(said: str, *cites: str, among: Bundle | None = None) -> bool:
    return Alone.of(among or bundle()).tells(said, cites)


@pytest.mark.parametrize(
    ("said", "cite"), [(BAKER, "A1.2"), (COST, "A1.3"), (LOG, "A1.4")], ids=["name", "figure", "quotation"]
)
def test_a_name_a_figure_or_a_quotation_that_nobody_else_has_is_alone(said: str, cite: str) -> None:
    assert tells(said, cite)


@pytest.mark.parametrize(
    ("said", "cite", "theirs"),
    [
        (BAKER, "A1.2", "A baker, Tom Okoro, ran away with two daughters; no siren was heard for 11 minutes."),
        (BAKER, "A1.2", "Tom Okoro, a baker with two daughters, fled. The siren was silent for eleven minutes."),
        (BAKER, "A1.2", "A baker ran off with his daughters; the siren was quiet, he says, for minutes."),
        (BAKER, "A1.2", "A baker fled. His two daughters stayed."),
        (BAKER, "A1.2", "“Okoro,” it says on the bakery’s door, and Tom sleeps in a school."),
        (COST, "A1.3", "The bill for the broken thing is 15 million."),
        (COST, "A1.3", "Repairs of the spillway cost 14,600,000 crowns."),
        (LOG, "A1.4", "“We drained nothing” is what they say here."),
    ],
    ids=["told", "in two", "kin", "no name, in two", "names", "rounded", "in digits", "quoted"],
)
def test_what_another_outlet_has_or_may_have_is_not(said: str, cite: str, theirs: str) -> None:
    assert not tells(said, cite, among=bundle(f"{BELL} {theirs}"))


def test_a_headline_is_read_too() -> None:
    assert not tells(COST, "A1.3", among=bundle(title="Spillway repairs to cost 14.6 million crowns"))


def test_without_a_fact_to_know_it_by_nothing_is_claimed() -> None:
    assert not tells("The minister would not explain why an inspection of the concrete was put off.", "A1.5")
    assert not tells("Tom Okoro fled.", "A1.2")


def test_words_that_the_model_put_in_are_no_fact() -> None:
    assert not tells("Zebulon Quist saw 977 reasons why an inspection of the concrete had been put off.", "A1.5")
    assert not tells("Tom Okoro refused to explain why an inspection of the concrete had been put off.", "A1.5")
    assert not tells("The minister refused to explain why an inspection had been “put off for ever”.", "A1.5")


def test_the_words_of_a_cited_sentence_count_as_well() -> None:
    said = "For eleven minutes, says Tom Okoro, the alarm that ought to have sounded in Marrowby did not."
    assert tells(said, "A1.2")
    assert not tells(said, "A1.2", among=bundle(f"{BELL} {HEARD}"))


@pytest.mark.parametrize(
    "among",
    [
        Bundle.model_validate({"articles": [{"outlet": "Marrow Post", "text": POST}]}),
        bundle(POST),
        bundle("Le barrage de Tollgate fuit depuis vendredi.", language="fr"),
    ],
    ids=["one outlet", "a copy", "another language"],
)
def test_where_nothing_can_be_compared_nothing_is_alone(among: Bundle) -> None:
    assert not tells(BAKER, "A1.2", among=among)


def test_two_outlets_or_none_are_not_one() -> None:
    assert not tells(BAKER, "A1.2", "A2.1")
    assert not tells(BAKER)
    assert not tells(BAKER, "A9.9")


def test_it_is_said_of_what_an_outlet_reports_only() -> None:
    among = bundle()
    cites = (cite_of(among.sentences["A1.2"]),)
    said = [Proved(id="s1", text=BAKER, kind=k, cites=cites, outlets=()) for k in ("reported", "extract", "inference")]
    assert [Alone.of(among).has(s) for s in said] == [True, False, False]
