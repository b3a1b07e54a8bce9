"""F: shares, remainders, rates and ordinals as reporters write them; and what is near them and false."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes, verdict

SAME = """
Eight of the nine people held are free again. | Nine people were held. All but one were released.
Two of the twelve jurors disagreed. | All but two of the 12 jurors agreed.
Ten of the twelve jurors agreed. | All but two of the 12 jurors agreed.
All but two of the 12 jurors agreed. | Ten of the 12 jurors agreed.
Roughly two-thirds were on the east side.
    | Some 22,000 fish were taken; nearly a third of them on the west side, the rest on the east side.
Three quarters of those asked were in favour. | In favour were 75% of those asked.
One in four households has no car. | A quarter of households have no car.
A quarter of households have no car. | Of 1,200 households 300 have no car.
Fewer than half of the seats went to women. | Women won 48 of the 120 seats.
Two in five seats went to women. | Women won 48 of the 120 seats.
Most of the seats went to men. | Women won 48 of the 120 seats; men won 72.
The other 72 seats went to men. | Women won 48 of the 120 seats.
Six in ten voters stayed at home. | Turnout was 40%. Some 60% of voters stayed at home.
Three florins in every thousand go to charity. | About 0.3% of the money goes to charity.
One patient in 200 falls ill. | Some 0.5% of patients fall ill.
Up to one person in 200 marked the wrong name. | Between 0.3 and 0.5 percent of people marked the wrong name.
Four of the six gates worked. | Two of the six gates failed.
The remaining four gates worked. | Two of the six gates failed.
Less than a third of the warning time was given. | The law requires 28 days of warning. The council gave nine.
The share fell to about a third of what it was. | Cash accounts for 11% of purchases, against 34% a decade ago.
The share fell by two thirds. | Cash accounts for 11% of purchases, against 34% a decade ago.
More than half of the deputies, 61 of them, signed. | Of the 120 deputies 61 signed.
A majority of the 120 deputies signed. | Of the 120 deputies 61 signed.
The tax brings in a fifth more than last year.
    | The tax brought in 120 million florins, against 100 million last year.
The tax brings in 20% more than last year.
    | The tax brought in 120 million florins, against 100 million last year.
The number of cases has more than doubled. | There were 410 cases, up from 190.
Almost twice as many came as last year. | Some 3,900 came, against 2,000 last year.
Nearly 60% of the members would lose out. | Of the 52,000 members 31,000 would lose out.
More than two-thirds of the posts are to go. | Of the 1,150 posts 800 are to go.
About 70% of the posts are to go. | Of the 1,150 posts 800 are to go.
The gap is smaller than the margin of error of 3.1 points.
    | Some 44% are for it, 41% against. The margin of error is 3.1 points.
The budget passed by a margin of two. | The budget passed by 90 votes to 88.
The budget passed by a majority of two. | The budget passed by 90 votes to 88.
The budget passed with two votes to spare. | The budget passed by 90 votes to 88.
She leads by seven points. | She has 48%, her rival 41%.
The lake was seven points fuller than the rules allow. | The lake was 92% full. The rules allow 85%.
The court split three to two. | Judges Pell, Vayle and Tarrow were in the majority; Marsh and Orne dissented.
The loan costs about 450 florins less a year. | The loan costs 38 florins less a month.
The rent comes to 14,400 florins a year. | The rent comes to 1,200 florins a month.
The ferry carries some 3,500 people a week. | The ferry carries 500 people a day.
The plant uses 2.4 million litres a day. | The plant uses 100,000 litres an hour.
The value was 41 times the limit. | The value was 12.4 mg a litre. The limit is 300 micrograms a litre.
It was his third win in a row. | He has now won three times in a row.
A third patient has died. | Three patients have died.
The third patient to die had been moved there. | A third patient has died; the man had been moved there.
It is the club's second title. | The club has won the title twice, in 1957 and 1983.
It was the fifth strike this year. | The union called its fifth strike this year.
It was the 21st century's worst flood. | It was the worst flood of the 21st century.
He came second. | He took second place.
She is the second woman to lead the bank. | She is the second woman to lead the bank.
In its 150th year the firm closed. | The firm, founded in 1876, closed in its 150th year.
The talks are in their fourth week. | The talks have gone on for more than three weeks.
The heatwave set in on 7 March. | Tuesday was the fourth day of the heatwave.
"""
OTHER = """
Seven of the nine people held are free again. | Nine people were held. All but one were released.
Nine of the twelve jurors agreed. | All but two of the 12 jurors agreed.
All but three of the 12 jurors agreed. | Ten of the 12 jurors agreed.
Roughly three-quarters were on the east side.
    | Some 22,000 fish were taken; nearly a third of them on the west side, the rest on the east side.
A third of households have no car. | Of 1,200 households 300 have no car.
The other 82 seats went to men. | Women won 48 of the 120 seats.
One patient in 20 falls ill. | Some 0.5% of patients fall ill.
Three of the six gates worked. | Two of the six gates failed.
Less than a quarter of the warning time was given. | The law requires 28 days of warning. The council gave nine.
The share fell by half. | Cash accounts for 11% of purchases, against 34% a decade ago.
The tax brings in 30% more than last year.
    | The tax brought in 120 million florins, against 100 million last year.
The number of cases has more than tripled. | There were 410 cases, up from 190.
Almost three times as many came as last year. | Some 3,900 came, against 2,000 last year.
Nearly three-quarters of the members would lose out. | Of the 52,000 members 31,000 would lose out.
More than three-quarters of the posts are to go. | Of the 1,150 posts 800 are to go.
The budget passed by a majority of four. | The budget passed by 90 votes to 88.
She leads by nine points. | She has 48%, her rival 41%.
The court split four to one. | Judges Pell, Vayle and Tarrow were in the majority; Marsh and Orne dissented.
The loan costs about 600 florins less a year. | The loan costs 38 florins less a month.
The plant uses 2.8 million litres a day. | The plant uses 100,000 litres an hour.
The fourth patient to die had been moved there. | A third patient has died; the man had been moved there.
It was the sixth strike this year. | The union called its fifth strike this year.
She is the third woman to lead the bank. | She is the second woman to lead the bank.
The heatwave set in on 6 March. | Tuesday was the fourth day of the heatwave.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(SAME))
def test_the_same_in_other_words_is_proved(text: str, evidence: str) -> None:
    assert verdict(text, evidence).proved, verdict(text, evidence).findings


@pytest.mark.parametrize(("text", "evidence"), cases(OTHER))
def test_what_is_near_it_and_false_is_found(text: str, evidence: str) -> None:
    assert {"F301", "F302", "F303", "F304", "F305"} & codes(text, evidence)
