"""F and T: what is the evidence's figure or date, fairly put, passes; what is not does not."""

from __future__ import annotations

import pytest

from briefer.briefing import Claim
from briefer.checks import prove
from tests.checks.judge import codes, verdict
from tests.fake import bridge_bundle

TRUE = [
    ("The repairs cost $4.2 million.", "Repairs cost $4.2m, the council said."),
    ("Thirty-one people were hurt.", "The blast hurt 31 people."),
    ("Half a dozen firefighters died.", "Six firefighters died in the fire."),
    ("About 2,000 tonnes were stored there.", "A total of 1,987 tonnes were stored there."),
    ("Nearly 2,000 tonnes were stored there.", "A total of 1,987 tonnes were stored there."),
    ("More than 1,900 tonnes were stored there.", "A total of 1,987 tonnes were stored there."),
    ("The loss was put at $20.1 million.", "The loss was put at $20,060,000."),
    ("Two-thirds of the voters stayed away.", "Some 66.7% of the voters stayed away."),
    ("The count rose by 16 to 402.", "The count rose to 402 from 386."),
    ("The second blast came four minutes later.", "The first blast came at 6.38 a.m., the second at 6.42 a.m."),
    ("It opened eight days after the vote.", "The vote was on 4 November 2025. It opened on 12 November 2025."),
    ("The council adopted nine resolutions.", "The council adopted its ninth resolution."),
    ("Turnout rose 6.5 percentage points.", "Turnout rose to 61.4% from 54.9%, a gain of some percentage points."),
    ("The bridge was shut on 9 March 2026.", "The bridge was shut on Monday."),
    ("The bridge was shut on Monday.", "The bridge was shut on 9 March."),
    ("In February the bridge was shut.", "The bridge was shut last month."),
    ("The bridge opened in 1987.", "The bridge opened in May 1987."),
    ("A poll ran from 3 to 5 March.", "A poll ran from 3 to 5 March."),
    ("The plant closed last autumn.", "The plant closed last autumn."),
    ("They have until 31 March.", "They have until the end of this month."),
    ("It lies above today's lowest level.", "It lies above the lowest level."),
    (
        "It spent 210 million florins and has put 60 million aside.",
        "It set aside 60 million florins. It spent 210 million florins.",
    ),
    ("The half-year brought 40 new boats.", "In six months it had 40 new boats."),
]
FALSE = [
    ("The repairs cost $5.2 million.", "Repairs cost $4.2m, the council said.", "F301"),
    ("The repairs cost $4.2 billion.", "Repairs cost $4.2m, the council said.", "F302"),
    ("The rate rose 25 percent.", "The rate rose 25 basis points.", "F302"),
    ("Trade fell by 3 percentage points.", "Trade fell by 3%.", "F302"),
    ("Some 41 people were hurt.", "The blast hurt 31 people.", "F301"),
    ("More than 2,000 tonnes were stored there.", "A total of 1,987 tonnes were stored there.", "F304"),
    ("Nearly 1,900 tonnes were stored there.", "A total of 1,987 tonnes were stored there.", "F304"),
    ("The detour is 31 miles long.", "The detour is 31 kilometres long.", "F302"),
    ("The blast came at 6.42 p.m.", "The blast came at 6.42 a.m.", "F302"),
    ("The bridge was shut on 8 March 2026.", "The bridge was shut on Monday.", "F303"),
    ("The bridge was shut on Tuesday.", "The bridge was shut on 9 March.", "F303"),
    ("In January the bridge was shut.", "The bridge was shut last month.", "F303"),
    ("The bridge opened in June 1987.", "The bridge opened in May 1987.", "F303"),
    ("The bridge opened on 4 May 1987.", "The bridge opened in May 1987.", "F303"),
    ("The bridge opened in 1988.", "The bridge opened in May 1987.", "F301"),
    ("They have until 30 March.", "They have until the end of this month.", "F303"),
]


@pytest.mark.parametrize(("text", "evidence"), TRUE)
def test_a_fair_figure_or_date_passes(text: str, evidence: str) -> None:
    assert verdict(text, evidence).proved, verdict(text, evidence).findings


@pytest.mark.parametrize(("text", "evidence", "code"), FALSE)
def test_another_figure_or_date_is_stopped(text: str, evidence: str, code: str) -> None:
    assert code in codes(text, evidence)


def test_the_new_year_is_the_next_one_from_summer_on() -> None:
    text, evidence = "The ban may last into 2027.", "The ban may last into the new year, the mayor said."
    assert verdict(text, evidence, published="2026-10-15").proved
    assert codes(text, evidence, published="2026-03-10") == {"F301", "F303"}


def test_the_finding_names_the_sentence_close_by_that_has_the_figure() -> None:
    rest = "It was cold. Some 9,000 vehicles cross it each day."
    [finding] = verdict("Each day 9,000 vehicles cross the bridge.", "Vehicles cross the bridge.", rest=rest).findings
    assert finding.message == "the number “9,000” is not in A1.1; A1.3 has it"


def test_a_small_figure_from_two_facts_needs_a_word_that_says_so() -> None:
    evidence = "Rescuers found 5 bodies in the hall and 4 in the yard."
    assert codes("Rescuers found 9 bodies.", evidence) == {"F301"}
    assert verdict("Rescuers found 9 bodies in total in the hall and the yard.", evidence).proved


def test_a_large_sum_needs_no_word_that_says_so() -> None:
    evidence = "Rescuers found 12 bodies in the hall and 7 in the yard."
    assert verdict("Rescuers found 19 bodies.", evidence).proved
    assert codes("Rescuers found 18 bodies.", evidence) == {"F301"}


def test_a_day_without_a_year_is_read_in_the_years_that_the_article_names() -> None:
    evidence = "The notice hung there from 30 August to 7 September."
    text, rest = "The notice hung there until 7 September 2024.", "The sale of 2024 is void."
    assert verdict(text, evidence, rest=rest).proved
    assert codes(text, evidence) == {"F303"}


@pytest.mark.parametrize(
    ("date", "cite", "found"),
    [("1987-05", "A1.5", False), ("1987", "A1.5", False), ("1987-05-01", "A1.5", True), ("2026-03-02", "A1.1", False),
     ("2026-03-04", "A1.1", True), ("May 1987", "A1.5", True), ("1987-13", "A1.5", True)],
)  # fmt: skip
def test_an_event_s_date_is_no_finer_than_its_evidence(date: str, cite: str, found: bool) -> None:
    text = {"A1.5": "The bridge opened.", "A1.1": "The Tarn bridge was closed."}[cite]
    claim = Claim("how_we_got_here", text, (cite,), part="timeline", date=date)
    assert ("T802" in {f.code for f in prove([claim], bridge_bundle())[0].findings}) is found


def test_other_languages_write_figures_their_own_way() -> None:
    evidence = "Rund 1.200 Menschen und 12,4 Tonnen sind betroffen."
    assert "F301" not in codes("About 1,200 people and 12.4 tonnes are affected.", evidence, language="de")
    assert "F301" in codes("About 1,700 people and 12.4 tonnes are affected.", evidence, language="de")
