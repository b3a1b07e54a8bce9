"""F: what follows in one step from the cited figures needs no word that says so; what is near it is found."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

FOLLOWS = """
Six cents of the new fare go to the state.
    | The fare was 54 cents. It is 60 cents now, and all of the rise goes to the state.
The broker knocked 12 crowns off her target. | The broker cut her target from 58 crowns to 46.
Parking the seven boats costs 28,000 marks a day. | Seven boats lie at Tarn. Parking costs 4,000 marks a boat.
Nine seats were empty. | The bus has 180 seats. The 171 passengers on board were asked to get off.
He has held a season ticket for 52 years. | Mr Pell, 59, has held a season ticket since he was seven.
The party takes 1.8 percentage points off its forecast. | The party cut its forecast to 1.1% from 2.9%.
Seven animals were brought out. | Four cats, two parrots and a tortoise were brought out.
The club lost eight places. | The penalty dropped the club from 12th place to 20th.
At least five crossings are needed. | Some 3,800 people are stuck. The ferry takes 900 people.
The refund is 800 florins a year at most. | The refund is 4 cents a litre, on at most 20,000 litres a year.
The bloc has ten seats more than all the others together. | The bloc has 95 of the 180 seats.
The party stood at 29% in May. | The party is on 24%, down five points since May.
The tax will be up to 16% or 17%. | The tax is 14% and will go up by two to three percentage points.
The town has just under 800,000 people.
    | The line costs 3.1 billion marks, 3,900 marks for every man, woman and child.
A little over 200 of the workers are foreign. | About a third of the 640 workers are foreign.
The old berth costs 20,000 marks. | The new berth costs 4,000 marks, a fifth of the rate at the old one.
The gate was fewer than 500 short of the capacity. | Some 10,874 came to the 11,350-seat ground.
All six valleys are shut. | The valley of Tarn is shut, like the other five.
The repair would cost little more than $21,000.
    | The repair costs 85,000 talers. The fund holds 200 million talers ($50 million).
The works will stand on their 63rd anniversary. | The works opened on 4 May 1971. They close on 30 April 2034.
The pupils come back on the 12th. | The pupils come back on Thursday.
Nearly two tonnes were taken. | The batch weighed 1.8 tonnes.
A few hundred pupils stayed at home. | About 340 pupils stayed at home.
The firms have nine lorries or fewer. | The firms have fewer than ten lorries.
The firms have fewer than ten lorries. | The firms have no more than nine lorries.
All but 7,000 homes have power again. | Of 38,000 homes 31,000 have power again.
Nobody gained more than four seconds. | The alarm gave people four seconds at most.
The forecast is 1.2 billion crowns on average. | The firm expects 1.1 billion to 1.3 billion crowns.
The walk takes an hour and three-quarters. | The walk takes 105 minutes.
The fine comes to about $300,000. | He was fined 2.2 million riks. The most is 6 million riks ($820,000).
A florin is worth ten and a half riks. | The firm pays 58 million florins, or some 609 million riks.
The loss came to $450 million.
    | The loss was 1.8 billion crowns. It expects 1.1 billion to 1.3 billion crowns ($275 million to $325 million).
Nobody has paid even a tenth of the highest fine.
    | The highest fine is 500,000 florins. Nobody has paid more than 40,000 florins.
It was a seven-figure sum. | The sum was 2.4 million florins.
The toll rose by three to 61. | The toll rose from 58 to 61.
The bus left 25 minutes late. | The bus should have left at 8.10 a.m. but left at 8.35.
The fine is a thousand times the fare. | The fare is 3 florins, the fine 3,000 florins.
Twenty-two passengers are unhurt. | Of the 30 passengers eight were hurt.
Including the driver, nine people were on board. | On board were eight passengers and the driver.
Sales are forecast at 2.1 million in 2028. | Sales of 2 million will grow by 5% in 2028.
The strike is in its fourth week. | The strike began 23 days ago.
The strike has entered its fourth day. | The strike began on Saturday, 7 March.
The area is 50,000 square metres. | The area is five hectares.
The company lost 7 million a week. | The company lost 364 million last year.
Four out of the five bids were refused. | Five bids were made. One was accepted.
Three of the bids count. | One bid is binding. Two others count as well.
Four of the soldiers are still held. | One of the five soldiers was released.
An hour of overtime costs some 390 marks. | Overtime came to 4,870 hours. The bill was 1.9 million marks.
The petition was begun at noon. | By midnight, 36 hours after it was begun, the petition had 900 names.
"""
NEAR_IT = """
Seven cents of the new fare go to the state.
    | The fare was 54 cents. It is 60 cents now, and all of the rise goes to the state.
The broker knocked 14 crowns off her target. | The broker cut her target from 58 crowns to 46.
Parking the seven boats costs 38,000 marks a day. | Seven boats lie at Tarn. Parking costs 4,000 marks a boat.
Eight seats were empty. | The bus has 180 seats. The 171 passengers on board were asked to get off.
He has held a season ticket for 54 years. | Mr Pell, 59, has held a season ticket since he was seven.
The party takes 2.8 percentage points off its forecast. | The party cut its forecast to 1.1% from 2.9%.
Eight animals were brought out. | Four cats, two parrots and a tortoise were brought out.
The club lost seven places. | The penalty dropped the club from 12th place to 20th.
At least six crossings are needed. | Some 3,800 people are stuck. The ferry takes 900 people.
The refund is 900 florins a year at most. | The refund is 4 cents a litre, on at most 20,000 litres a year.
The bloc has twelve seats more than all the others together. | The bloc has 95 of the 180 seats.
The party stood at 27% in May. | The party is on 24%, down five points since May.
The tax will be up to 16% or 18%. | The tax is 14% and will go up by two to three percentage points.
The town has just under 900,000 people.
    | The line costs 3.1 billion marks, 3,900 marks for every man, woman and child.
A little over 300 of the workers are foreign. | About a third of the 640 workers are foreign.
The old berth costs 30,000 marks. | The new berth costs 4,000 marks, a fifth of the rate at the old one.
The gate was fewer than 400 short of the capacity. | Some 10,874 came to the 11,350-seat ground.
All seven valleys are shut. | The valley of Tarn is shut, like the other five.
The repair would cost little more than $31,000.
    | The repair costs 85,000 talers. The fund holds 200 million talers ($50 million).
The works will stand on their 65th anniversary. | The works opened on 4 May 1971. They close on 30 April 2034.
The pupils come back on the 14th. | The pupils come back on Thursday.
Nearly three tonnes were taken. | The batch weighed 1.8 tonnes.
A few thousand pupils stayed at home. | About 340 pupils stayed at home.
The firms have seven lorries or fewer. | The firms have fewer than ten lorries.
All but 9,000 homes have power again. | Of 38,000 homes 31,000 have power again.
They gained more than four seconds. | The alarm gave people four seconds at most.
The line has 38 finished cars on it. | The bell at Gate 3 rang, and the line stopped with 41 finished cars on it.
The forecast is 1.4 billion crowns on average. | The firm expects 1.1 billion to 1.3 billion crowns.
The walk takes an hour and three-quarters. | The walk takes 95 minutes.
The fine comes to about $400,000. | He was fined 2.2 million riks. The most is 6 million riks ($820,000).
The firm pays some 609 million florins. | The firm pays 58 million florins, or some 609 million riks.
The loss came to $550 million.
    | The loss was 1.8 billion crowns. It expects 1.1 billion to 1.3 billion crowns ($275 million to $325 million).
It was an eight-figure sum. | The sum was 2.4 million florins.
The toll rose by four to 61. | The toll rose from 58 to 61.
The bus left 35 minutes late. | The bus should have left at 8.10 a.m. but left at 8.35.
The fine is a hundred times the fare. | The fare is 3 florins, the fine 3,000 florins.
Twenty-three passengers are unhurt. | Of the 30 passengers eight were hurt.
The strike is in its sixth week. | The strike began 23 days ago.
The area is 70,000 square metres. | The area is five hectares.
The company lost 9 million a week. | The company lost 364 million last year.
The line runs for twelve other banks. | The line runs for eleven other banks.
An hour of overtime costs some 490 marks. | Overtime came to 4,870 hours. The bill was 1.9 million marks.
"""
SHARES = """
Growth will be a third weaker. | The ministry cut its forecast to 1.4% from 2.1%.
The rent has gone up by a third since then. | The rent, 360,000 crowns in the first year, is now 480,000 crowns.
The ticket costs half as much again as before. | The ticket, 340 crowns before the sale, now costs 510 crowns.
A litre is a quarter of a florin dearer in Tarn. | A litre costs 1.88 florins in Tarn and 1.63 florins here.
Seven in eight of the appeals fail. | One appeal in eight succeeds.
They voted for it by more than three to one. | They voted for it by 17 votes to 5.
Buyers will recover a fifth of their money at best. | Buyers will get 15 to 20 cents on the florin.
Over a third of the inspectors have gone, 25 in all. | The office has 46 inspectors, against 71 five years ago.
Duty rises by roughly a quarter. | Duty goes up to 58 cents a litre from 46 on 1 January.
Slightly less than half of the cost comes back.
    | The cost is 310 million florins, of which 150 million saved elsewhere come back.
Four-fifths or more of the loss has nothing to do with the strike. | The strike explains at most a fifth of the loss.
A fourth ship turned back. | Three ships sank. A fourth had turned back.
Nine votes in every ten were for it. | It was approved by 61 votes to 7.
Three-quarters of the money was to come from the banks.
    | The banks were to give 450 million marks, the founder the other 150 million.
Three-quarters of the money is left. | Of the 80 million crowns 20 million have been spent.
They have a seven-in-ten chance. | There is a 70% chance.
The council holds not quite a quarter. | The council holds 24% of it.
"""
OTHER_SHARES = """
Growth will be a quarter weaker. | The ministry cut its forecast to 1.4% from 2.1%.
The rent has gone up by a quarter since then. | The rent, 360,000 crowns in the first year, is now 480,000 crowns.
The ticket costs a third as much again as before. | The ticket, 340 crowns before the sale, now costs 510 crowns.
A litre is half a florin dearer in Tarn. | A litre costs 1.88 florins in Tarn and 1.63 florins here.
Seven in eight of the appeals succeed. | One appeal in eight succeeds.
They voted for it by more than four to one. | They voted for it by 17 votes to 5.
Buyers will recover a third of their money at best. | Buyers will get 15 to 20 cents on the florin.
Half of the inspectors have gone, 25 in all. | The office has 46 inspectors, against 71 five years ago.
Duty rises by roughly a third. | Duty goes up to 58 cents a litre from 46 on 1 January.
A fifth ship turned back. | Three ships sank. A fourth had turned back.
"""
PLACES = """
The chair wants to see the head on 11 March.
    | The head has led the office since 2024. The chair wants to see him on Wednesday.
More than half of the 17 pictures are of one roll. | Of the 17 pictures 12 are false. Nine pictures were of one roll.
At least 124 people were sick, all but six of them pupils. | At least 118 pupils and six teachers were sick.
"""

TWO_STEPS = """
    To cancel would cost about $63m. | The city ordered 14 trams at $30 million each. To cancel costs 15% of it.
    In all 171 deputies voted. | The bill passed by 97 votes to 61, with 13 abstentions.
    It took in 24 more boats a quarter. | The harbour can take eight more boats a month, its master said.
    A dozen envoys had to leave. | Sarn expelled six envoys in May, and Tarn replied by expelling as many.
    Two-thirds of the checks were not made. | The office made only three of the nine checks that it had planned.
    The odds are below 50%, he said. | He gave it less than an even chance.
    Output was cut by half. | The mill has halved its output.
    Debt is almost twice income. | Household debt stands at 195% of income.
    The rate was 4.25% before. | The bank raised its rate by half a point, to 4.75%.
    The rate was 4.50% before. | The bank raised its rate by a quarter point, to 4.75%.
    Her fever passed 40 degrees. | She had a temperature of 40.3°C.
    She has saved more than 2,700 talers. | The flat has cost her 100 talers less a month since 1 December 2023.
    One in five got it right. | It was the hardest question, and a fifth of them got it right.
    Premiums were about $1.44m in 2025. | The premium was $1.3 million, a tenth less than in 2025.
    Two of the three judges agreed. | The court agreed by two votes to one.
    The ward was two nurses short. | The ward, meant to have three nurses, had one.
    A new hospital costs $200 million. | For $4.8 billion the state could build 24 new hospitals.
    The mark rose to 59 from 54 the year before. | The mark was 59 out of 100, five more than last year.
    The lease had about nine and a half months to run. | The lease runs until the end of 2026.
    Orders shrank three quarters running. | Its order book shrank for the third quarter in a row.
"""
NOT_IN_TWO_STEPS = """
    Two of the four judges agreed. | The court agreed by two votes to one.
    The ward was five nurses short. | The ward, meant to have three nurses, had one.
    A new hospital costs $300 million. | For $4.8 billion the state could build 24 new hospitals.
    The mark rose to 59 from 53 the year before. | The mark was 59 out of 100, five more than last year.
    The lease had about six months to run. | The lease runs until the end of 2026.
    To cancel would cost about $93m. | The city ordered 14 trams at $30 million each. To cancel costs 15% of it.
    In all 184 deputies voted. | The bill passed by 97 votes to 61, with 13 abstentions.
    It took in 36 more boats a quarter. | The harbour can take eight more boats a month, its master said.
    A score of 18 envoys had to leave. | Sarn expelled six envoys in May, and Tarn replied by expelling as many.
    Three-quarters of the checks were not made. | The office made only three of the nine checks that it had planned.
    The odds are below 30%, he said. | He gave it less than an even chance.
    Output was cut by a third. | The mill has halved its output.
    The rate was 4.00% before. | The bank raised its rate by a quarter point, to 4.75%.
    Her fever passed 41 degrees. | She had a temperature of 40.3°C.
    She has saved more than 3,700 talers. | The flat has cost her 100 talers less a month since 1 December 2023.
    One in four got it right. | It was the hardest question, and a fifth of them got it right.
    Premiums were about $1.64m in 2025. | The premium was $1.3 million, a tenth less than in 2025.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(FOLLOWS + SHARES + PLACES + TWO_STEPS))
def test_one_step_from_the_evidence_is_proved(text: str, evidence: str) -> None:
    assert not [code for code in codes(text, evidence) if code.startswith("F")]


@pytest.mark.parametrize(("text", "evidence"), cases(NEAR_IT + OTHER_SHARES + NOT_IN_TWO_STEPS))
def test_what_is_near_it_is_found(text: str, evidence: str) -> None:
    assert {"F301", "F302", "F304"} & codes(text, evidence)


def test_a_group_that_stands_close_by_may_be_named_by_its_count() -> None:
    evidence, rest = "They carried 261 passengers and six guides.", "Two boats were at sea."
    assert "F301" not in codes("The two boats carried 261 passengers.", evidence, rest=rest)
    assert "F301" in codes("The three boats carried 261 passengers.", evidence, rest=rest)
