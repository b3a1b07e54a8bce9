"""N404, F305: who is told what belongs to another, in other words and another order; and what only looks like it."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

REST = (
    "Orrin and Velmark share a lake. In Tarn the voters chose Merin over Tarrow. Hurst Bank and Leon Trust are rivals."
)

ACTORS = """
Merin means to step down on 28 May, whereas Tarrow will carry on as a member.
    | Tarrow said that he would step down at the meeting on 28 May. Merin is to carry on as a member.
For the hospital the delay cost 14 patients a bed, for the ministry it had no effect at all.
    | The ministry holds that 14 patients lost a bed by the delay. It had no effect at all, says the hospital.
Hurst Bank has sent back four million crowns, Leon Trust waits for an order of the court.
    | Leon Trust has sent back four million crowns; Hurst Bank is waiting for an order of the court.
"""
FIGURES = """
The police spoke of 4,000 marchers; by the union's count they were 2,500.
    | The union counted 4,000 people on the square. The police put the figure at 2,500.
By the inquiry's list 41 lifts have such a rope; the operator knows of 63.
    | How many lifts have such a rope? The operator says 41, all of them checked. The inquiry's list has 63.
In the poll 54% blamed the council and 23% the builders.
    | In a poll taken on Thursday, 54% of those asked blamed the builders, 23% the council.
"""
RIGHT = """
The union spoke of 4,000 marchers; by the count of the police they were 2,500.
    | The union counted 4,000 people on the square. The police put the figure at 2,500.
The police counted 2,500 people on the square, the union as many as 4,000.
    | The union counted 4,000 people on the square. The police put the figure at 2,500.
Tarrow means to step down on 28 May, whereas Merin will carry on as a member.
    | Tarrow said that he would step down at the meeting on 28 May. Merin is to carry on as a member.
In the poll 23% blamed the council and 54% the builders.
    | In a poll taken on Thursday, 54% of those asked blamed the builders, 23% the council.
Merin called the count fair, and Tarrow did not disagree with the count.
    | Tarrow did not disagree when Merin called the count fair.
The ministry's secretary, Tarrow, told the bank's director, Merin, that the loan was safe.
    | Tarrow, the ministry's secretary, said that the loan was safe. He told Merin, who runs the bank.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(ACTORS))
def test_what_is_told_of_one_is_not_told_of_the_other(text: str, evidence: str) -> None:
    assert "N404" in codes(text, evidence, rest=REST)


@pytest.mark.parametrize(("text", "evidence"), cases(FIGURES))
def test_two_figures_stay_with_those_who_give_them(text: str, evidence: str) -> None:
    assert "F305" in codes(text, evidence, rest=REST)


@pytest.mark.parametrize(("text", "evidence"), cases(RIGHT))
def test_another_order_is_not_another_story(text: str, evidence: str) -> None:
    assert not {"N404", "F305"} & codes(text, evidence, rest=REST)


def test_an_inference_is_left_alone() -> None:
    wrong, evidence = cases(ACTORS)[0].values
    assert "N404" not in codes(wrong, evidence, rest=REST, kind="inference")
