"""F: a figure that follows from the evidence's passes, the same figure a little off does not."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes, verdict

FOLLOWS = """
The fines are worth $4,500. | Each driver of the 30 was fined: $150.
The pipes lost 43 tonnes. | The first pipe lost 31 tonnes. The second pipe lost 12 tonnes.
The blasts hurt 43 people. | The first blast hurt 31 people. The second blast hurt 12 people.
The pipes lost 43 tonnes in all. | The first pipe lost 31 tonnes. The second pipe lost 12 tonnes.
Each driver paid $150. | The 30 drivers paid $4,500.
The drivers paid $150 apiece. | The 30 drivers paid $4,500.
The other 14 boats are safe. | Of 50 boats 24 sank and 12 burned.
The blasts hurt 43 people in all. | The first blast hurt 31 people. The second blast hurt 12 people.
The two blasts hurt 43 people in all. | The first blast hurt 31 people. The second blast hurt 12 people.
The two blasts hurt 71 people in all. | The first blast hurt 31 people. The second blast hurt 40 people.
In total nine people were hurt. | The first blast hurt five people. The second blast hurt four people.
The blasts hurt 48 people in all. | The first blast hurt 31 people, the second 12 and the third 5.
The council and the state together gave $7.5 million. | The council gave $4.2 million. The state gave $3.3 million.
The gap is $0.9 million. | The council gave $4.2 million. The state gave $3.3 million.
The count rose by 16. | The count rose to 402 from 386.
The team is four points ahead. | The team has 31 points, its rival 27.
Turnout rose by 6.5 percentage points. | Turnout rose to 61.4% from 54.9%.
The fare rose by 25 cents. | The fare rose from $1.50 to $1.75.
Some 38% voted against. | Some 62% voted for the plan.
The other 14% of the votes were for others. | Of the votes, 62% were for the plan, 24% for the protest.
The tax would bring 24 million euros. | The tax takes 12% of a fund of 200 million euros.
The firm would have 900 workers left. | The firm has 1,000 workers and cuts 10% of them.
The fund would be left with $200 million in all. | The tax would take 12%, or $24 million, of the fund.
Some 6,000 of the votes are missing. | A third of the 18,000 votes are missing.
Some 12,000 of the votes are left. | A third of the 18,000 votes are missing.
The new boat would carry 800 people. | The old boat carries 400 people, the new boat twice as many.
The crossings take 120 minutes in total. | The boat makes 8 crossings of 15 minutes each.
The fines would come to $4,500. | Each of 30 drivers was fined $150.
"""
ALMOST_FOLLOWS = """
Each driver paid $160. | The 30 drivers paid $4,500.
Drivers paid $150. | The 30 drivers paid $4,500.
The other 15 boats are safe. | Of 50 boats 24 sank and 12 burned.
The rise costs $6 million. | A rise of half a percentage point on $1,000 million is due.
The blasts hurt 44 people in all. | The first blast hurt 31 people. The second blast hurt 12 people.
Nine people were hurt. | The first blast hurt five people. The second blast hurt four people.
In total eight people were hurt. | The first blast hurt five people. The second blast hurt four people.
The blasts hurt 47 people in all. | The first blast hurt 31 people, the second 12 and the third 5.
The blasts hurt 47 people. | The first blast hurt 31 people, the second 12 and the third 5.
The council and the state together gave $7.6 million. | The council gave $4.2 million. The state gave $3.3 million.
The council and the state gave 7.5 million euros. | The council gave $4.2 million. The state gave $3.3 million.
The blasts hurt $43 million worth of boats. | The first blast hurt 31% of the boats, the second 12 million tonnes.
The count rose by 26. | The count rose to 402 from 386.
The team is six points ahead. | The team has 31 points, its rival 27.
Turnout rose by 7.5 percentage points. | Turnout rose to 61.4% from 54.9%.
Turnout rose by 6.5%. | Turnout rose to 61.4% from 54.9%.
The fare rose by 35 cents. | The fare rose from $1.50 to $1.75.
Some 40% of the voters stayed at home. | Some 60% of the voters stayed at home.
The plan got 40% of the votes. | The plan got 60% of the votes.
~ The works cost $5 million. | The cost of the works rose from $9 million to $14 million.
The fire hurt 20 people. | The fire hurt 35 people and killed 15.
The other 16% of the votes were for others. | Of the votes, 62% were for the plan, 24% for the protest.
The tax would bring 34 million euros. | The tax takes 12% of a fund of 200 million euros.
The firm would have 800 workers left. | The firm has 1,000 workers and cuts 10% of them.
Some 7,000 of the votes are missing. | A third of the 18,000 votes are missing.
The new boat would carry 1,200 people. | The old boat carries 400 people, the new boat twice as many.
The crossings take 130 minutes in total. | The boat makes 8 crossings of 15 minutes each.
The fines would come to $4,600. | Each of 30 drivers was fined $150.
"""
SHARES = """
Half of the boats sank. | Of the 24 boats, 12 sank.
Two thirds of the boats sank. | Of the 24 boats, 16 sank.
One in four boats sank. | Of the 24 boats, 6 sank.
One in four boats sank. | A quarter of the boats sank.
One in four boats sank. | Some 25% of the boats sank.
Three-fifths of the voters stayed at home. | Some 60% of the voters stayed at home.
Some 60% of the voters stayed at home. | Three-fifths of the voters stayed at home.
Rates rose by a quarter of a percentage point. | Rates rose by 25 basis points.
Rates rose by 0.25 percentage points. | Rates rose by 25 basis points.
About 67% of the boats sank. | Of the 24 boats, 16 sank.
The fund is twice the size of last year's. | The fund is $8.4 million; last year's was $4.2 million.
The fund has doubled. | The fund grew from $4.2 million to $8.4 million.
The sum is more than three times the old one. | The sum is $9.6 million. The old one was $3 million.
The fleet halved. | The fleet went from 24 boats to 12.
The fleet lost a third of its boats. | The fleet went from 24 boats to 16.
The count more than halved. | The count fell from 100 to 45.
One in a hundred boats sank. | Of the 200 boats, two sank.
Rates rose by a quarter of a point. | Rates rose by 25 basis points.
The fleet grew by a half. | The fleet grew from 24 boats to 36.
The fleet shrank by a third. | The fleet shrank from 24 boats to 16.
Nearly half of the boats sank. | Of the 25 boats, 12 sank.
More than half of the boats sank. | Of the 25 boats, 14 sank.
About half of the boats sank. | Of the 25 boats, 12 sank.
The count rose by 25%. | The count rose from 80 to 100.
The count fell by 20%. | The count fell from 100 to 80.
"""
OTHER_SHARES = """
Half of the boats sank. | Of the 24 boats, 16 sank.
Two thirds of the boats sank. | Of the 24 boats, 12 sank.
One in five boats sank. | Of the 24 boats, 6 sank.
One in four boats sank. | A third of the boats sank.
One in four boats sank. | Some 35% of the boats sank.
Two-fifths of the voters stayed at home. | Some 60% of the voters stayed at home.
Rates rose by half a percentage point. | Rates rose by 25 basis points.
About 77% of the boats sank. | Of the 24 boats, 16 sank.
In all 61% of the boats sank. | Of the 24 boats, 16 sank.
The fund is three times the size of last year's. | The fund is $8.4 million; last year's was $4.2 million.
The fund has tripled. | The fund grew from $4.2 million to $8.4 million.
The sum is more than three times the old one. | The sum is $8.6 million. The old one was $3 million.
The sum is about four times the old one. | The sum is $9.6 million. The old one was $3 million.
The fleet halved. | The fleet went from 24 boats to 16.
The fleet kept a third of its boats. | The fleet went from 24 boats to 16.
The count more than halved. | The count fell from 100 to 55.
One in a thousand boats sank. | Of the 200 boats, two sank.
The fleet grew by a third. | The fleet grew from 24 boats to 36.
The fleet shrank by a half. | The fleet shrank from 24 boats to 16.
The fleet stands by a third. | The fleet stood at 24 boats, then at 16.
Nearly half of the boats sank. | Of the 25 boats, 14 sank.
More than half of the boats sank. | Of the 25 boats, 12 sank.
The count rose by 35%. | The count rose from 80 to 100.
Half of the stock is lost. | The stock is worth $24 million. It holds 12 million litres.
Half of the money is lost. | The council gave $24 million and 12 boats. The money is lost.
"""
CLOCK = """
The boat left ten minutes before noon. | The boat left at 11.50 a.m.
The boat left twenty minutes after midnight. | The boat left at 0:20.
The boat left at half past six. | The boat left at 6.30 a.m.
The boat left at half past six. | The boat left at 6.30 p.m.
The boat left at 11.50 a.m. | The boat left ten minutes before noon.
The boat left at 6.45 a.m. | The boat left at a quarter to seven.
The boat left at 6.45 p.m. | The boat left at 18:45.
The boat left at nine. | The boat left at 9 p.m.
The boat left shortly after nine. | The boat left at 9.15 p.m.
The second boat left four minutes later. | The first boat left at 6.38 a.m., the second at 6.42 a.m.
The night trip took 50 minutes. | The night trip began at 11.40 p.m. and ended at 0.30 a.m.
The trip was over at 7.10 a.m. | The trip began at 6.40 a.m. and was over 30 minutes later.
The trip left at 6.40 a.m. | The trip left 30 minutes before the inspectors came at 7.10 a.m.
"""
OTHER_CLOCK = """
The boat left ten minutes before noon. | The boat left at 11.40 a.m.
The boat left twenty minutes after midnight. | The boat left at 0:40.
The boat left at half past six. | The boat left at 6.45 a.m.
The boat left at half past six. | The boat left at 5.30 a.m.
The boat left at a quarter to seven. | The boat left at 7.15 a.m.
The boat left at 6.45 a.m. | The boat left at 18:45.
The boat left at ten. | The boat left at 9 p.m.
The boat left with nine. | The boat left at 9 p.m.
The boat left at nine. | The boat left at 9.15 p.m.
The boat left shortly after nine. | The boat left at 9.45 p.m.
The second boat left five minutes later. | The first boat left at 6.38 a.m., the second at 6.42 a.m.
The night trip took 70 minutes. | The night trip began at 11.40 p.m. and ended at 0.30 a.m.
The trip was over at 7.20 a.m. | The trip began at 6.40 a.m. and was over 30 minutes later.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(FOLLOWS + SHARES + CLOCK))
def test_what_follows_from_the_evidence_is_proved(text: str, evidence: str) -> None:
    assert verdict(text, evidence).proved, verdict(text, evidence).findings


@pytest.mark.parametrize(("text", "evidence"), cases(ALMOST_FOLLOWS + OTHER_SHARES + OTHER_CLOCK))
def test_what_does_not_follow_is_found(text: str, evidence: str) -> None:
    assert {"F301", "F302", "F304"} & codes(text, evidence)


def test_a_small_total_of_three_takes_a_word_that_says_total() -> None:
    evidence = "The first blast hurt 31 people, the second 12 and the third 25."
    assert verdict("Altogether the blasts hurt 68 people.", evidence).proved
    assert verdict("The blasts hurt 68 people.", evidence).proved
    assert codes("The blasts hurt 69 people.", evidence) == {"F301"}
    evidence = "The first blast hurt six people, the second two and the third four."
    assert verdict("Altogether the blasts hurt 12 people.", evidence).proved
    assert codes("The blasts hurt 12 people.", evidence) == {"F301"}
