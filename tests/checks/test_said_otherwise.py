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
