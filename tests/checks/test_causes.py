"""W505: a cause that the evidence gives, or only two things that happened."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

INVENTED = """
The mill closed because the bank cut its credit. | The mill closed in May. The bank cut its credit in June.
The strike was caused by the pay cut. | The union went on strike on Monday. In other news, the port announced a pay cut.
Because of the fog, the ferry hit the pier. | The ferry hit the pier. There was fog on Sunday in Lindow.
Thanks to the dam, the mill stayed dry. | The mill stayed dry. A dam was built in the hills.
The pay cut prompted the strike at the port.
    | Workers at the port began a strike on Monday. The ministry announced a pay cut in May.
The leak was blamed on a worn valve. | The leak lasted two days. Inspectors found a worn valve at another plant.
The bank raised the rate in order to slow inflation. | The bank raised the rate. Inflation rose in May.
The strike forced the port to close its gates.
    | Workers began a strike on Monday. The port closed its gates for repairs.
Pictures of a crack sent the shares down. | The shares fell in May. It rained. A guard took pictures of a crack.
The rumour persuaded the Greens to abstain. | The Greens abstained in May. There was a rumour about the mayor.
The accident turned the public against the strikers. | Fewer of the public back the strikers. There was an accident.
The leak led the firm to drop its claim. | The firm dropped its claim in May. A leak was found.
Okafor resigned because the board had ignored her. | Okafor wrote to the board in May. Okafor resigned in June.
"""
TOLD = """
The mill closed because the bank cut its credit. | The mill closed in May because the bank had cut its credit.
The mill closed because the bank cut its credit. | The mill closed in May, as the bank had cut its credit.
The old mill closed early because the bank cut all its credit. | The mill closed in May, as the bank had cut its credit.
The pay cut prompted the strike at the port. | Angry at the pay cut, workers at the port began a strike.
Because of the fog, the ferry hit the pier. | In thick fog the ferry hit the pier.
Due to the fog, the ferry hit the pier. | The fog caused the ferry to hit the pier.
News of a crack sent the shares of the firm down. | The shares of the firm fell on news of a crack.
Okafor resigned because the board had ignored her. | Ignored by the board, Okafor resigned in June.
The mill is shut and the bank is shut. | The mill is shut. The bank is shut.
The workers pressed for more pay at the port. | The port is cold. Workers want more pay.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(INVENTED))
def test_two_things_are_not_joined_by_the_claim_alone(text: str, evidence: str) -> None:
    assert "W505" in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(TOLD))
def test_what_a_sentence_joins_may_be_joined(text: str, evidence: str) -> None:
    assert "W505" not in codes(text, evidence)


APART = "The mill closed in May. The bank cut its credit in June."


def test_the_sentence_beside_the_cited_one_may_join_them() -> None:
    text = "The mill closed because the bank cut its credit."
    assert "W505" in codes(text, APART, rest="It was cold.")
    assert "W505" not in codes(text, "It was cold.", rest="The mill closed because of the bank's cut of its credit.")


def test_an_inference_and_a_quotation_may_join_what_they_like() -> None:
    text = "The mill closed because the bank cut its credit."
    assert "W505" not in codes(text, APART, kind="inference")
    assert "W505" not in codes("The mill closed in May: “because the bank cut its credit”.", APART)


def test_a_cause_with_its_own_word_in_the_evidence_need_only_touch_both() -> None:
    text = "The closure of the old mill was caused by the sudden cut of the credit by the bank of Lindow."
    assert "W505" not in codes(text, "It closed the mill because credit ran out.")
    assert "W505" in codes(text, "It closed the mill and credit ran out.")


def test_figures_are_no_part_of_a_cause() -> None:
    text = "Because of 12 storms, the ferry stayed in port."
    assert "W505" not in codes(text, "In 12 storms the ferry stayed in port.")
