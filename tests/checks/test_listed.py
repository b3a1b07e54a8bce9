"""A small count in words may be of what the evidence lists; one in place of another count may not."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

LISTED = """
Four bakers in Tarn gave nothing to the fund.
    | Oake, Lund and Sons, Marlow and the Ferry Bakery gave nothing to the fund, which has 60 donors.
Ms Roe is one of the five councillors who stood by the mayor.
    | Lund, Hart, Oake and Ferro stood by the mayor, and so did Councillor Roe, 44; six others left the room.
Three of the witnesses have left the country since.
    | Of the eight witnesses Lund has moved to Orrin, Hart and Oake to Velm.
"""
DISPLACED = """
Four of the five boats had no lights. | Three of the five boats had no lights, said Lund, Hart, Oake and Roe.
The motion passed by ten votes to three. | The motion passed by ten votes to four, Lund, Hart and Oake against.
The inspectors closed seven kitchens in Tarn. | The inspectors, Lund, Hart, Oake and Roe, closed six kitchens in Tarn.
Five people were hurt. | People were hurt, the police said.
Lund, Hart and Roe found 5 faults. | Lund, Hart, Oake and Roe found faults in the roof, the walls and the floor.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(LISTED))
def test_a_count_of_what_is_listed_passes(text: str, evidence: str) -> None:
    """Where no other count stands for the same."""
    assert "F301" not in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(DISPLACED))
def test_a_count_in_the_place_of_another_is_found(text: str, evidence: str) -> None:
    """And one of what nothing is listed of, or in digits."""
    assert "F301" in codes(text, evidence)


def test_a_denial_is_not_looked_for_in_a_free_telling() -> None:
    """Four words of the claim's own may each hold it; with none the same denial is found."""
    evidence = "The brewery has not published its accounts for the year."
    assert "W502" in codes("The brewery has published its accounts for the year.", evidence)
    assert "W502" not in codes(
        "Curious drinkers, creditors, neighbours and historians wait for the brewery’s published accounts.", evidence
    )


def test_a_hedge_is_not_looked_for_in_a_free_telling() -> None:
    """As with denials."""
    evidence = "The brewery may close its store in Tarn."
    assert "W501" in codes("The brewery closes its store in Tarn.", evidence)
    assert "W501" not in codes(
        "Rumours, anxious drinkers and gloomy historians surround the store that the brewery closes.", evidence
    )
