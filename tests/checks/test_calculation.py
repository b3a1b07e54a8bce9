"""F301: what a short calculation gives passes where hardly any accident would give it, and nothing else does."""

from __future__ import annotations

import pytest

from briefer.checks.calculation import is_calculated
from briefer.figures import figures
from tests.checks.judge import cases, codes, verdict

GIVEN = """
Five hold 95.6% of what was counted. | The Reds had 30.9%, the Blues 30.5%, the Greens 15.2%, Open 10.4%, All 8.6%.
The other route is two weeks slower. | Ships from Auster need 19 days to Port Halim; those from Lisk need five.
Uncut land: 6%. | By Wednesday 94% of the wheat had been harvested.
Three-tenths of the refinery lies idle. | The refinery is running at 70% of capacity.
Choosing the cheaper bidder saved 7.8 million crowns. | It ordered 600,000 doses at 118 crowns. The loser asked 131.
Eastmoor lags by more than 13 percentage points. | In Eastmoor 71% had a dose. In Brannick 84.6% had one.
The release took 35 minutes to install. | It went live between 11.15 and 11.50 p.m.
"""
NOT_GIVEN = """
Five hold 94.6% of what was counted. | The Reds had 30.9%, the Blues 30.5%, the Greens 15.2%, Open 10.4%, All 8.6%.
The other route is three weeks slower. | Ships from Auster need 19 days to Port Halim; those from Lisk need five.
Uncut land: 16%. | By Wednesday 94% of the wheat had been harvested.
Four-tenths of the refinery lies idle. | The refinery is running at 70% of capacity.
Choosing the cheaper bidder saved 8.7 million crowns. | It ordered 600,000 doses at 118 crowns. The loser asked 131.
Eastmoor lags by more than 15 percentage points. | In Eastmoor 71% had a dose. In Brannick 84.6% had one.
The release took 45 minutes to install. | It went live between 11.15 and 11.50 p.m.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(GIVEN))
def test_what_a_calculation_gives_passes(text: str, evidence: str) -> None:
    assert verdict(text, evidence).findings == ()


@pytest.mark.parametrize(("text", "evidence"), cases(NOT_GIVEN))
def test_what_none_gives_is_found(text: str, evidence: str) -> None:
    assert "F301" in codes(text, evidence)


def test_a_claim_in_its_evidence_s_words_has_calculated_nothing() -> None:
    assert codes("The plan got 40% of the votes.", "The plan got 60% of the votes.") == {"F301"}
    assert codes("The fire hurt 20 people.", "The fire hurt 35 people and killed 15.") == {"F301"}


def test_where_calculations_give_many_values_near_it_one_more_is_no_wonder() -> None:
    few = figures("a barrel holds 31 litres and a cask 12 litres")
    many = [*few, *figures(", ".join(f"{n} litres" for n in (17, 19, 23, 29, 37, 41, 44)))]
    [sum_] = figures("43 litres")
    assert is_calculated(sum_, few)
    assert not is_calculated(sum_, many)


def test_small_counts_and_endless_lists_are_left_alone() -> None:
    [nine] = figures("9 boats")
    assert not is_calculated(nine, figures("31 boats and 22 boats"))
    [total] = figures("1,209 tonnes")
    assert not is_calculated(total, figures(", ".join(f"{n * 37} tonnes" for n in range(2, 16))))
