"""F, N: the same span, day, sum or union in another form; and what only looks like it."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

SAME = """
Brandt was 107 seconds ahead. | Brandt led by one minute 47 seconds.
Brandt was more than a minute and a half ahead. | Brandt led by one minute and 47 seconds.
The pump stopped after 15 seconds. | The pump stopped after a quarter of a minute.
The lift was out for nine months. | The lift was out for three quarters of a year.
The lift was out for eight months. | The lift was out for two thirds of a year.
Two bridges fell in ten years. | Two bridges have fallen in the past decade.
The pier was shut on 12 March 2025. | The pier was shut on 12 March last year.
The pier opens on 3 June 2027. | The pier opens on 3 June next year.
The first boat is to sail between October and December. | The first boat is to sail in the fourth quarter of the year.
The rules are to be changed before 2027. | The rules are to be changed by the end of the year.
The port's cash will last eight months. | The port has 88 million crowns in cash and spends 11 million a month.
A landslide reduced the stage to 117 km. | The stage, planned at 148 km, was cut by 31 km.
The pump stopped within a quarter of a minute. | The pump stopped after 15 seconds.
Six people drowned. | Five sailors and a pilot drowned.
Only two of nine boats came home. | Nine boats went out. Seven of them were lost.
Nearly a third fewer boats came in. | The port counted 31% fewer boats.
The price is a fifth below that of May. | The price is 80 crowns. In May it was 100 crowns.
The walls were painted over in the 1990s. | The walls were painted over in the nineties.
The rules are to be changed before October. | The rules are to be changed by the end of September.
Checks will cost about 16,000 to 23,000 crowns for each building.
    | Checks of all 310 buildings will cost between 5 million and 7 million crowns.
The crane weighs 3.6 tonnes. | The crane weighed 3.6 tonnes.
Nobody bears more of the blame than the port. | The port bears the heaviest share of the blame.
“We saw nothing,” the Gazette quotes Ilse Varga as saying. | “We saw nothing,” Ilse Varga said.
Money: the port has spent all of it. | The port has spent all of its money.
The head of the Western Port Union, Ilse Varga, spoke.
    | WPU head Ilse Varga spoke. She joined the Western Port Union as a girl.
"""
OTHERS = """
Brandt was 147 seconds ahead. | Brandt led by one minute 47 seconds.
Brandt was more than two and a half minutes ahead. | Brandt led by one minute and 47 seconds.
The pump stopped after 25 seconds. | The pump stopped after a quarter of a minute.
The lift was out for four months. | The lift was out for three quarters of a year.
Two bridges fell in thirty years. | Two bridges have fallen in the past decade.
The pier was shut on 12 March 2024. | The pier was shut on 12 March last year.
The pier opens on 3 June 2028. | The pier opens on 3 June next year.
The first boat is to sail between July and September. | The first boat is to sail in the fourth quarter of the year.
Seven people drowned. | Five sailors and a pilot drowned.
Only three of nine boats came home. | Nine boats went out. Seven of them were lost.
Nearly half as many boats came in. | The port counted 31% fewer boats.
The walls were painted over in the 1980s. | The walls were painted over in the nineties.
The rules are to be changed before December. | The rules are to be changed by the end of September.
Checks will cost about 16,000 to 33,000 crowns for each building.
    | Checks of all 310 buildings will cost between 5 million and 7 million crowns.
The rules are to be changed before 2028. | The rules are to be changed by the end of the year.
The port's cash will last seven months. | The port has 88 million crowns in cash and spends 11 million a month.
The port's cash will last eight weeks. | The port has 88 million crowns in cash and spends 11 million a month.
A landslide reduced the stage to 127 km. | The stage, planned at 148 km, was cut by 31 km.
"""


@pytest.mark.parametrize(("claim", "evidence"), cases(SAME))
def test_what_says_the_same_in_another_form_passes(claim: str, evidence: str) -> None:
    assert codes(claim, evidence) == set()


@pytest.mark.parametrize(("claim", "evidence"), cases(OTHERS))
def test_what_says_another_thing_is_found(claim: str, evidence: str) -> None:
    assert {code[0] for code in codes(claim, evidence)} == {"F"}


def test_the_head_of_another_union_is_found() -> None:
    told = "WPU head Ilse Varga spoke. The Western Mill Union kept silent."
    assert "N402" in codes("The head of the Western Mill Union, Ilse Varga, spoke.", told)


def test_what_is_weighed_is_no_plan_but_weighing_one_is() -> None:
    assert codes("The council sells the harbour.", "The council is weighing a sale of the harbour.") == {"W501"}


def test_who_is_quoted_by_somebody_is_the_speaker() -> None:
    said = "“We saw nothing,” Northline quotes Tomas Brandt as saying."
    assert "Q202" in codes(said, "“We saw nothing,” Ilse Varga said.", rest="Tomas Brandt leads Northline.")
    assert "Q202" not in codes(said, "“We saw nothing,” Tomas Brandt said.", rest="He leads Northline.")
