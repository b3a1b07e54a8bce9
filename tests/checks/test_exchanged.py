"""N404, F305: two names or two figures in each other's place, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

WRONG = """
Orrin complained that Velmark had held back water in a drought.
    | Velmark complained that Orrin had held back water in a drought.
In the hand count 52 ballots were for Merin and 22 for Tarrow.
    | In the hand count 52 ballots were for Tarrow and 22 for Merin.
The police put the crowd at thousands, the union at hundreds.
    | The union put the crowd at thousands, the police at hundreds.
Merin will leave at the annual meeting and Tarrow is to stay.
    | Tarrow will leave at the annual meeting and Merin is to stay.
"""
FIGURES = """
The first ship carried 40 passengers, the second ship 90.
    | The first ship carried 90 passengers, the second ship 40.
Tarn was told at 09:30 and Orrin at 06:50. | Tarn was told at 06:50 and Orrin at 09:30.
"""
RIGHT = """
Orrin was sued by Velmark over the water in the lake.
    | Velmark sued Orrin over the water in the lake.
Velmark met Orrin at the lake on Monday for talks.
    | Orrin met Velmark at the lake on Monday for talks.
Rolf Aske, a spokesman for Velmark, blamed the fog for it.
    | Velmark's spokesman, Rolf Aske, blamed the fog for it.
In the hand count 22 ballots were for Merin and 52 for Tarrow.
    | In the hand count 52 ballots were for Tarrow and 22 for Merin.
Merin and Tarrow said that the count was fair. | Tarrow and Merin said that the count was fair.
Velmark says that the lake was full and Orrin that it was not.
    | Velmark says that the lake was full and Orrin that it was not.
"""
REST = "Orrin and Velmark share a lake. Merin and Tarrow ran for mayor in Tarn. Rolf Aske works for Velmark."


@pytest.mark.parametrize(("text", "evidence"), cases(WRONG))
def test_two_who_act_are_not_exchanged(text: str, evidence: str) -> None:
    assert "N404" in codes(text, evidence, rest=REST)


@pytest.mark.parametrize(("text", "evidence"), cases(FIGURES))
def test_two_figures_are_not_exchanged(text: str, evidence: str) -> None:
    assert "F305" in codes(text, evidence, rest=REST)


@pytest.mark.parametrize(("text", "evidence"), cases(RIGHT))
def test_another_order_is_not_another_story(text: str, evidence: str) -> None:
    assert not {"N404", "F305"} & codes(text, evidence, rest=REST)


def test_an_inference_and_closing_words_are_left_alone() -> None:
    wrong, evidence = cases(WRONG)[0].values
    assert "N404" not in codes(wrong, evidence, rest=REST, kind="inference")
