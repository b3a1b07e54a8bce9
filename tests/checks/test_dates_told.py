"""F: dates as reporters tell them, against the day of publication or another date; and what is near them and false."""

from __future__ import annotations

import pytest

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import prove
from tests.checks.judge import cases, codes, verdict

# Published on Tuesday 10 March 2026: what is said of a date, and how the article tells it.
SAME = """
The court sits on 19 March. | The court sits on Thursday week.
The court sits on 23 March. | The court sits a week on Monday.
The court sat on 5 March. | The court sat on Thursday of last week.
The court sits on 20 March. | The court sits on Friday next week.
The strike began on 6 March. | The strike began last Friday.
The tax rises on 1 January 2027. | The tax rises on New Year's Day.
The tax rises at the start of 2027. | The tax rises on New Year's Day.
The shop shut on 24 December. | The shop shut on Christmas Eve.
The mine employs a third more men than ten years ago. | The mine employs 400 men, up from 300 a decade ago.
The mill was built in 1926. | The mill was built a century ago.
The mill was sold 20 years ago. | The mill was sold twenty years ago.
The ferry made a loss in the third quarter. | The ferry's third-quarter result was a loss.
The vote is in the last week of November. | The vote is on 26 November.
The vote is on the last Friday in November. | The vote is on 27 November.
The forecast of May was higher. | As recently as May the forecast was higher.
The report is not due before May. | The report will not be out before May.
The report is due around the middle of September. | The inquiry opened on 12 March and is to report within six months.
Results are expected in the middle of April. | Samples were taken on 9 March; results are expected in five weeks.
The lease may be ended on 23 June. | The lease may be ended once a rent is 180 days late. One fell due on 25 December.
The notice runs out on 24 April. | Notices were sent on 10 March. The law sets 45 days' notice.
Mora died in 1949. | Tell died in 1951, Mora two years before him.
Mora left in 2024. | Tell left in 2021, Mora three years after her.
Hahn took over on 3 March and two days later chose a buyer.
    | Hahn, who was appointed a week earlier, was silent. Last Thursday Hahn chose a buyer.
The skipper had until 24 March to appeal.
    | The court fined the skipper on Tuesday. He has 14 days to appeal.
Tarn Rail has until 8 June to answer.
    | The report came out on 10 March. Tarn Rail has 90 days from publication to answer.
The fine was paid on 6 March. | The ferry left Tarn on Saturday, a day after the fine was paid.
Holm's lawyers followed on 22 October 2029.
    | Lund's lawyers called on the office on 3 October 2029; Holm's followed nineteen days later.
The mill made more cloth in 2025 than in 2024. | In 2025 the mill made 40 bales of cloth, up from 30 a year earlier.
Hahn was freed by the police on 4 March. | Hahn was held on Monday 2 March and released two days later.
The truce began on 14 March. | The 72-hour truce runs out on 17 March.
Sales fell by a third from 2 March to 9 March. | Sales fell by a third on Monday from the Monday before.
The mill has more looms than today's owners need. | The mill has 40 looms, and its owners need 30.
The mill employed three times as many people as today. | The mill employs 40 people and had 120 in 1990.
The share was 20% in 2018 and is 12.5% today. | One home in eight has a policy, against one in five in 2018.
"""

OTHER = """
The court sits on 12 March. | The court sits on Thursday week.
The court sat on 26 February. | The court sat on Thursday of last week.
The court sits on 13 March. | The court sits on Friday next week.
The strike began on 27 February. | The strike began last Friday.
The strike begins on 13 March. | The strike began last Friday.
The tax rises on 1 March 2027. | The tax rises on New Year's Day.
The shop shut on 26 December. | The shop shut on Christmas Eve.
The mill was sold 30 years ago. | The mill was sold twenty years ago.
The ferry made a loss in the second quarter. | The ferry's third-quarter result was a loss.
The vote is in the first week of November. | The vote is on 26 November.
The vote is on the first Friday in November. | The vote is on 27 November.
The forecast of June was higher. | As recently as May the forecast was higher.
The inquiry is to report in the middle of October. | The inquiry opened on 12 March and is to report within six months.
The lease may be ended on 25 June. | The lease may be ended once a rent is 180 days late. One fell due on 25 December.
Mora died in 1953. | Tell died in 1951, Mora two years before him.
The skipper had until 26 March to appeal.
    | The court fined the skipper on Tuesday. He has 14 days to appeal.
Sales fell by a third from 1 March to 9 March. | Sales fell by a third on Monday from the Monday before.
The ferry left Tarn on 6 March. | The ferry left Tarn on Saturday, a day after the fine was paid.
Lund's lawyers called on the office on 22 October 2029.
    | Lund's lawyers called on the office on 3 October 2029; Holm's followed nineteen days later.
The council met today. | The council met on Sunday.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(SAME))
def test_a_date_told_otherwise_is_the_same(text: str, evidence: str) -> None:
    found = [f for f in verdict(text, evidence).findings if f.code in ("F301", "F303")]
    assert found == []


@pytest.mark.parametrize(("text", "evidence"), cases(OTHER))
def test_another_date_is_found(text: str, evidence: str) -> None:
    assert "F303" in codes(text, evidence)


@pytest.mark.parametrize(("day", "found"), [("2 March", False), ("3 March", True), ("1 March", True)])
def test_that_day_is_the_one_of_the_sentence_before(day: str, *, found: bool) -> None:
    text = "A vote was lost on 1 March. The mayor fell ill on 2 March. The same day her deputy took over."
    bundle = Bundle.model_validate({"articles": [{"outlet": "Gazette", "text": text, "published": "2026-03-10"}]})
    claim = Claim("whats_happened", f"Her deputy took over on {day}.", ("A1.3",))
    assert ("F303" in {f.code for f in prove([claim], bundle)[0].findings}) is found
