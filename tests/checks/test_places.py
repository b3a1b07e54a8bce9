"""F305, N403 and N401: a figure or a name stands where the evidence has it."""

from __future__ import annotations

import pytest

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import prove
from tests.checks.judge import cases, codes, verdict

MOVED = """
The fire hurt 31 people in the hall of the mill.
    | The fire hurt 12 people in the hall of the mill. Years before, 31 goats died on a farm.
The pier cost $4 million to build, the council said.
    | The pier cost $9 million to build, the council said. A park was given $4 million.
The new ferry can carry 90 cars to the island.
    | The new ferry can carry 40 cars to the island. Each day 90 lorries wait in Lindow.
The trial lasted nine days in all. | The trial of the captain lasted four days. It rained for nine days.
The trial of the captain lasted nine days. | The trial of the captain lasted four days. It rained for nine days.
A crew of 90 sailed the ferry to the island. | A crew of 40 sailed the ferry to the island; 90 lorries wait each day.
The first ship carried 40 passengers, the second ship 90 passengers.
    | The first ship carried 90 passengers, the second ship 40 passengers.
The council paid $4 million for the new harbour pier.
    | The council paid $9 million for the new harbour pier and $4 million for a park in Lindow.
Sales rose 4% in the northern region last quarter.
    | Sales rose 7% in the northern region last quarter, while costs fell 4%.
"""
IN_PLACE = """
The fire hurt 12 people in the hall of the mill.
    | The fire hurt 12 people in the hall of the mill. Years before, 31 goats died on a farm.
Each day 90 lorries wait, and the ferry can carry 40 cars to the island.
    | The new ferry can carry 40 cars to the island. Each day 90 lorries wait in Lindow.
The queue in Lindow holds 90 lorries a day.
    | The new ferry can carry 40 cars to the island. Each day 90 lorries wait in Lindow.
The council paid $4 million for a park.
    | The council paid $9 million for the new harbour pier and $4 million for a park in Lindow.
The council paid $13 million for the pier and the park.
    | The council paid $9 million for the new harbour pier and $4 million for a park in Lindow.
The new ferry can carry 90 cars.
    | The new ferry can carry 40 cars to the island. The new ferry can carry 90 cars in winter.
The new ferry can carry a crew of 90 to the island.
    | The new ferry can carry 40 tonnes to the island. Each day 90 people wait.
"""
SWAPPED = """
Brandt told the council the girder was cracked. | Varga told the council the girder was cracked. Brandt went home.
Varga opened the new harbour pier on Sunday. | Brandt opened the new harbour pier on Sunday. Varga stayed at home.
Lindow will get a new steel bridge next spring. | Ostrava will get a new steel bridge next spring. Lindow has a port.
The old mill in Lindow burned down at night. | The old mill in Ostrava burned down at night. In Lindow it rained.
"""
OWN = """
Varga told the council the girder was cracked. | Varga told the council the girder was cracked. Brandt went home.
Ilse Varga told the council the girder was cracked. | Varga told the council the girder was cracked. Brandt went home.
Both Varga and Brandt told the council the girder was cracked.
    | Varga told the council the girder was cracked. Brandt told it so too.
Brandt went home after the council met. | Varga told the council the girder was cracked. Brandt went home.
Brandt told of a cracked girder. | Varga told the council the girder was cracked. Brandt told of a cracked girder.
"""
THEY_MET = "Reporters met Ilse Varga and Tomas Brandt in Lindow and Ostrava."


@pytest.mark.parametrize(("text", "evidence"), cases(MOVED))
def test_a_figure_in_another_s_place_is_found(text: str, evidence: str) -> None:
    assert "F305" in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(IN_PLACE))
def test_a_figure_in_its_own_place_passes(text: str, evidence: str) -> None:
    assert "F305" not in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(SWAPPED))
def test_a_name_in_another_s_place_is_found(text: str, evidence: str) -> None:
    assert "N403" in codes(text, evidence, rest=THEY_MET)


@pytest.mark.parametrize(("text", "evidence"), cases(OWN))
def test_a_name_in_its_own_place_passes(text: str, evidence: str) -> None:
    assert "N403" not in codes(text, evidence, rest=THEY_MET)


def test_the_finding_says_whose_place_it_is() -> None:
    found = verdict("Brandt saw the cracked girder.", "Varga saw the cracked girder. Brandt ate.", rest=THEY_MET)
    assert [f.message for f in found.findings] == ["A1.1, A1.2 says this of “Varga”, not of “Brandt”"]


@pytest.mark.parametrize(
    ("seat", "found"), [("Moscow", False), ("Minsk", True)], ids=["its-own-seat", "another-s-seat"]
)
def test_a_government_may_be_called_by_its_seat(seat: str, found: bool) -> None:
    evidence = f"Russia closed the border crossing with the port town. In {seat} it rained."
    text = f"{seat} closed the border crossing with the port town."
    assert ("N403" in codes(text, evidence, rest=f"Reporters met in Russia and {seat}.")) is found


def test_an_inference_and_an_extract_put_things_where_they_like() -> None:
    text, evidence = SWAPPED.strip().splitlines()[0].split(" | ")
    assert "N403" not in codes(text, evidence, rest=THEY_MET, kind="inference")


# A name near its cited sentence

FILLER = "It was cold. It rained. Guests ate. Then they left. "


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("The mayor is Okafor.", False),
        ("It was cold. It rained. The mayor is Okafor.", False),
        (f"{FILLER}The mayor is Okafor.", True),
        ("It was cold. It rained. Guests ate. The mayor is Okafor.", True),
    ],
    ids=["next", "third", "sixth", "fourth"],
)
def test_a_name_stands_in_or_near_the_cited_sentences(rest: str, found: bool) -> None:
    assert ("N401" in codes("Okafor opened the pier.", "The mayor opened the pier.", rest=rest)) is found


def test_the_finding_names_the_sentence_that_has_the_name() -> None:
    [finding] = verdict(
        "Okafor opened the pier.", "The mayor opened the pier.", rest=f"{FILLER}The mayor is Okafor."
    ).findings
    assert finding.message == ("the name “Okafor” is neither in A1.1 nor near; A1.6 has it: cite it if it says this")


@pytest.mark.parametrize("where", ["headline", "lead", "nowhere"])
def test_headline_and_lead_name_whom_the_article_is_about(where: str) -> None:
    lead = "Mayor Okafor had a long day." if where == "lead" else "It was a long day."
    title = "Okafor opens pier" if where == "headline" else "A pier"
    article = {
        "outlet": "Tarn Gazette",
        "title": title,
        "text": f"{lead} {FILLER}{FILLER}The mayor opened the pier. {FILLER}{FILLER}The mayor is Okafor.",
    }
    bundle = Bundle.model_validate({"articles": [article]})
    cite = next(s.id for s in bundle.sentences.values() if "opened" in s.text)
    [found] = prove([Claim("topics", "Okafor opened the pier.", (cite,))], bundle)
    assert ("N401" in {f.code for f in found.findings}) is (where == "nowhere")


def test_a_name_a_letter_off_from_a_cited_one_is_another_s() -> None:
    found = verdict("Varge opened the pier.", "Varga opened the pier.", rest="Reporters met Varge and Varga.")
    assert [f.message for f in found.findings] == ["“Varge” is not in A1.1, which has “Varga”"]


DIFFERENCES = """
    The toll came down by two on Monday. | The toll was revised down on Monday from 21 to 19. Two men had died earlier.
    Five more clerks had seen it than was said. | The bank said that 26 clerks had seen it. On Monday it made that 31;
    | five translators had been left out.
"""


@pytest.mark.parametrize(("text", "evidence", "more"), cases(DIFFERENCES))
def test_a_difference_is_in_nobody_s_place(text: str, evidence: str, more: str) -> None:
    assert "F305" not in codes(text, f"{evidence} {more}".strip())


def test_what_rose_by_as_much_as_so_much_did_rise_by_it() -> None:
    assert "W501" not in codes("The talar won back 1.8%.", "The talar rose by as much as 1.8% on Monday.")
    assert "W501" in codes("The talar may win back 1.8%.", "The talar may win back as much as 1.8% on Monday.")
    assert "W501" in codes("The policy pays $4 million.", "The policy pays up to $4 million.")
