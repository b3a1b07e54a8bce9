"""F: figures that the evidence gives by way of another, bounds on either side, margins, scores and ranges."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

RELATED = """
The old limit was 12.5%. | The share is 15.4%, 2.9 percentage points above the old limit.
Sick leave had stood at 8.2%. | Sick leave stood at 11.3% in May, up by 3.1 percentage points.
The other port has six cranes. | This port has four cranes, two fewer than the other one.
The rival fleet counts 47 boats. | The fleet counts 40 boats, seven fewer than its rival's.
The previous budget was 50 million crowns. | The budget rose 12% to 56 million crowns.
The mill had employed 400 people. | The mill's staff fell by a quarter to 300.
The line used to run eight trains. | The line doubled its trains to 16.
It had cost 90 florins. | The price tripled to 270 florins.
The deal brings in 6.75 million florins a year. | The deal, worth 27 million florins over four years, begins in May.
Rent comes to 900 crowns a month. | The rent for six months is 5,400 crowns.
The target was raised by four florins. | Analysts raised their target to 64 florins from 60.
The closing took the number up by 12, to 74. | In all 74 beds are shut. On Monday it was 62.
The ceiling rises by a quarter. | The ceiling will go from 80,000 to 100,000 crowns.
The board kept him by a majority of five. | The board voted by nine to four to keep him.
The loss in 2026 came after a profit in 2025. | The loss in 2026 came after a profit the year before.
The strike of 2014 followed that of 2013. | There was a strike in 2014 and one the previous year.
A check was due in April 2026. | The line was checked in April 2024. The law asks for a check every two years.
"""
UNRELATED = """
The old limit was 18.3%. | The share is 15.4%, 2.9 percentage points above the old limit.
Sick leave had stood at 14.4%. | Sick leave stood at 11.3% in May, up by 3.1 percentage points.
The other port has three cranes. | This port has four cranes, two fewer than the other one.
The previous budget was 62.72 million crowns. | The budget rose 12% to 56 million crowns.
~ The line used to run 32 trains. | The line doubled its trains to 16.
The deal brings in 7.75 million florins a year. | The deal, worth 27 million florins over four years, begins in May.
The target was raised by five florins. | Analysts raised their target to 64 florins from 60.
The ceiling falls by a fifth. | The ceiling will go from 80,000 to 101,000 crowns.
The ceiling rises by a third. | The ceiling will go from 80,000 to 100,000 crowns.
"""
BOUNDS_TURNED = """
The count more than doubled. | The count nearly doubled.
Nearly 200 people came. | More than 200 people came.
At least 50 boats sank. | Fewer than 50 boats sank.
No parcel weighs more than 9.6 kilos, the post said, at most 9,600 grams each. | No parcel was over 9,900 grams.
Over 40 ships were delayed. | Just under 40 ships were delayed.
"""
BOUNDS_KEPT = """
The count almost doubled. | The count nearly doubled.
Over 200 people came. | More than 200 people came.
No more than 50 boats sank. | At most 50 boats sank.
No fewer than 40 ships were delayed. | At least 40 ships were delayed.
"""
PARTED = """
The motion passed by three votes to three. | The motion passed by three votes to two.
The cost is between 120 and 188 million crowns. | The cost is 120 to 150 million crowns. The profit was 188 million.
The club went from 41 points to 30. | The club went from 41 points to 32. It has 30 players.
The board kept him by a majority of four votes. | The board voted by nine to four to keep him.
The bill passed with a lead of 41. | The bill passed by 88 to 41.
"""
AGAINST_ITSELF = """
There are four crossings instead of four. | There will be four crossings a day instead of nine.
The odds are 58%, up from 58%. | The odds are 58%, up from 45%.
It gave 28 days' notice instead of the required 28. | It gave nine days' notice instead of the required 28.
The land would send 5,000 sappers and 5,000 builders. | The land would send 5,000 builders and 1,000 sappers.
"""
TWO_THINGS = """
There are nine trains rather than nine buses. | There are nine trains. There were to be nine buses.
There are four crossings instead of nine. | There will be four crossings a day instead of nine.
"""
TOGETHER = """
The cost is between 120 and 150 million crowns. | The cost is 120 to 150 million crowns. The profit was 188 million.
The bill passed with a lead of 47. | The bill passed by 88 to 41.
The lead of four points was lost. | The lead was four points. The final score was nine to four.
"""
FORMS = """
The level was 64 picograms per litre. | The level was 64 picograms per litre.
Of 30 families all but four have settled. | In all 26 families have settled. Four have not.
Drops fly 1.5 metres. | Drops fly a metre and a half.
It weighs 2.25 tonnes. | It weighs two and a quarter tonnes.
Some 2.5 million people voted. | Some two and a half million people voted.
The talks took two and a half hours. | The talks took 150 minutes.
A fifth death was put down to the heart. | Four people died. A fifth, an old man, died of a weak heart.
It was given four points of ten. | The body gave it four points out of ten.
The bank cut rates by 25 basis points. | A 25-basis-point cut was agreed.
The bank cut rates by a quarter of a percentage point. | A quarter-point cut was agreed.
He rang two times. | He rang twice.
Managers were told last winter. | Managers were told in the winter.
The bank kept its forecast for 2026. | The bank kept its forecast for the year.
"""
FORMS_MISSED = """
The level was 64 nanograms per litre. | The level was 64 picograms per litre.
The plant makes 40 gigajoules. | The plant makes 40 megajoules.
Drops fly 2.5 metres. | Drops fly a metre and a half.
Some 2.5 million people voted. | Some three and a half million people voted.
He rang three times. | He rang twice.
He earns 2,380 crowns a week before tax. | He earns 2,380 crowns a month before tax.
~ Managers were told last winter. | Managers were told in the summer.
"""


@pytest.mark.parametrize(
    ("text", "evidence"), cases(RELATED) + cases(BOUNDS_KEPT) + cases(TOGETHER) + cases(FORMS) + cases(TWO_THINGS)
)
def test_what_the_evidence_says_by_another_figure_passes(text: str, evidence: str) -> None:
    assert not [code for code in codes(text, evidence) if code.startswith("F")]


@pytest.mark.parametrize(
    ("text", "evidence"),
    cases(UNRELATED) + cases(BOUNDS_TURNED) + cases(PARTED) + cases(AGAINST_ITSELF) + cases(FORMS_MISSED),
)
def test_what_it_does_not_say_is_found(text: str, evidence: str) -> None:
    assert [code for code in codes(text, evidence) if code.startswith("F")]
