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
Okafor resigned over the leak of the plan. | The plan was leaked in April. It rained. Okafor resigned in May.
The ban cost the Greens three points in the polls. | The Greens are down three points in the polls. The ban came in May.
To save fuel, the ferry sails by night. | The ferry sails by night. Fuel has become dear, the mayor said.
By playing at noon the band has pulled crowds up by a third. | Crowds rose by a third. The band plays at noon.
Members left the guild in protest at the fine. | The guild paid a fine. Members of the guild left, many of them old.
The raid made Okafor sell his boat. | Okafor sold his boat in June. There was a raid on Monday, and another in Tarn.
The guard was freed in return for a map of the coast.
    | The guard was freed on Monday. The mayor showed a map of the coast.
The mill closed because the bank cut its credit.
    | The mill closed in May. The owner has not said why. The bank cut its credit.
The lack of grain is why the mill had so few workers.
    | The mill had few workers. Grain is dear in the region, the mayor said.
The bakery shut because its flour had gone damp.
    | The bakery, which took its flour from a barn that had gone damp, shut in May with the loss of six jobs.
The roof fell in because the hall had not been checked. | The roof of the hall, which had been checked, fell in.
At the request of the mayor the list is to appear on Friday. | The list of the mayor is to appear on Friday.
The small crew meant that the harbour was closed for a day. | The harbour has a small crew. It was closed for a day.
"""
TOLD = """
The share was cut because the mill had no licence. | The cut in its share reflects the mill’s lack of a licence.
Okafor quit because of the fine. | Okafor quit over the fine.
The lane could flood, Okafor says, because the drain is blocked.
    | Okafor fears a flood in the lane, since the drain is blocked.
There were 61 guests and not 58 because three children were missing from the list.
    | There were 61 guests, not 58 as first told: three children had been left off the list.
The rule was passed in order to ward off a strike. | The rule was passed in May to head off a strike.
The clerk would not speak about what had caused the leak. | The clerk declined to comment on the leak.
Stopping the race because of a shower would be wrong, she said.
    | To stop the race on the strength of a shower would be wrong, she said.
The mill lost two thirds of its workers, which the owner put down to dear grain and poor roads.
    | The mill lost two thirds of its workers. The owner blames dear grain and poor roads.
The fraud charge fell because nobody could show whose the account was.
    | The account was at a bank. Nobody could show whose it was, which is why the charge of fraud failed.
The difference is mostly because of the shorter week.
    | It is the larger sum. The difference arises mainly from the shorter week.
Okafor will forgive the 4 million due to his firm. | Okafor will write off the 4 million owed to his firm.
The port thought it too early to guess at the reason for the fall. | The port said it was too early to speculate.
Eight of the crew had been sent home from the clinic. | Eight of the crew had been discharged from the clinic.
The bank lifted its rate by a quarter. | The bank raised its rate to 5 from 4 percent.
To get the loan, the mill must sell its boats. | The mill may have the loan if it sells its boats.
No player was to be forced out. | The club would shrink without redundancies.
The sum is less than that attributed to Castell. | Castell offered more, a banker said.
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
    text = "The closure of the mill was caused by the sudden cut of the credit."
    assert "W505" not in codes(text, "It closed the mill because credit ran out.")
    assert "W505" in codes(text, "It closed the mill and credit ran out.")


def test_figures_are_no_part_of_a_cause() -> None:
    text = "Because of 12 storms, the ferry stayed in port."
    assert "W505" not in codes(text, "In 12 storms the ferry stayed in port.")
