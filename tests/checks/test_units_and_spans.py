"""F: the same in other units, fairly rounded, or as the time between two days; and what is not the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.checks.spans import is_span, shifted
from briefer.checks.units import compatible, fits, matches, normal, rounds
from briefer.days import Day
from briefer.figure import Figure
from briefer.figures import figures
from tests.checks.judge import cases, codes, verdict

SAME = """
The detour is 19 miles long. | The detour is 31 kilometres long.
The detour is about 20 miles long. | The detour is 31 kilometres long.
The detour is 31 kilometres long. | The detour is 19 miles long.
The buoy lies 12 nautical miles out. | The buoy lies 22 kilometres out.
The wall is 10 feet high. | The wall is three metres high.
The wall is 300 centimetres high. | The wall is three metres high.
It weighs 2,000 kilograms. | It weighs two tonnes.
The field has 247 acres. | The field has 100 hectares.
The wind reached 60 mph. | The wind reached 97 km/h.
The ship made 20 knots. | The ship made 37 km/h.
The plant makes 1.2 gigawatts. | The plant makes 1,200 megawatts.
The port was shut for four weeks. | The port was shut for 28 days.
The port was shut for 48 hours. | The port was shut for two days.
The port was shut for a fortnight. | The port was shut for two weeks.
The port was shut for three years. | The port was shut for 36 months.
The wait is four weeks. | The wait is 28 days.
The port was shut for 18 months. | The port was shut for one and a half years.
A ride costs 50 cents. | A ride costs $0.50.
A ride costs $0.50. | A ride costs 50 cents.
The plane lost 1,500 metres. | The plane lost 1.5 kilometres.
Nine resolutions were adopted. | The ninth resolution was adopted.
"""
NOT_SAME = """
The detour is 25 miles long. | The detour is 31 kilometres long.
The detour is 31 miles long. | The detour is 31 kilometres long.
The buoy lies 12 nautical miles out. | The buoy lies 12 miles out.
The wall is 14 feet high. | The wall is three metres high.
The wall is 30 centimetres high. | The wall is three metres high.
It weighs 200 kilograms. | It weighs two tonnes.
The field has 300 acres. | The field has 100 hectares.
The wind reached 90 mph. | The wind reached 97 km/h.
The plant makes 1.2 gigawatts. | The plant makes 1,300 megawatts.
The port was shut for three weeks. | The port was shut for 28 days.
The port was shut for 36 hours. | The port was shut for two days.
The port was shut for 28 weeks. | The port was shut for 28 days.
A ride costs 60 cents. | A ride costs $0.50.
A ride costs 60 euros. | A ride costs $60.
Some 15,000 crowns are lost. | Some $15,000 are lost.
The report has 94 paragraphs. | The report has 94 pages.
The port has 12 pupils. | The port has 12 schools.
The rate rose 25%. | The rate rose 25 basis points.
Two resolutions were adopted. | The twelfth resolution was adopted.
"""
ROUNDED = """
About 2,000 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
Nearly 2,000 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
Under 2,000 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
Over 1,900 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
At least 1,900 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
The loss was $20.1 million. | The loss was $20,060,000.
"""
UNFAIR = """
About 3,000 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
About 1,983 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
Nearly 1,900 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
Under 1,900 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
Over 2,000 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
At least 2,000 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
More than 1,700 tonnes were stored there. | In the hall 1,987 tonnes were stored there.
In the hall 2,000 tonnes were stored. | In the hall 1,987 tonnes were stored there.
In the hall 15,000 boxes were stored. | In the hall 15,400 boxes were stored.
The loss was $20.2 million. | The loss was $20,060,000.
The loss was $20 million. | The loss was $20,060,000.
"""
SPANS = """
It opened eight days after the vote. | The vote was on 4 November 2025. It opened on 12 November 2025.
It opened three months after the vote. | The vote was on 4 May 2025. It opened on 2 August 2025.
It opened 14 months after the vote. | The vote was in May 2024. It opened in July 2025.
It opened nearly two years after the vote. | The vote was on 4 May 2023. It opened on 2 April 2025.
It opened more than a year after the vote. | The vote was on 4 May 2023. It opened on 2 June 2024.
The tower fell 12 years after it was built. | The tower was built in 2008. It fell in 2020.
It opened on 12 November 2025. | The vote was on 4 November 2025. It opened eight days after the vote.
It closed in May 2026. | It opened in March 2026 and closed two months later.
It closed in 2010. | It opened in 1990 and closed 20 years later.
"""
OTHER_SPANS = """
It opened nine days after the vote. | The vote was on 4 November 2025. It opened on 12 November 2025.
It opened four months after the vote. | The vote was on 4 May 2025. It opened on 2 August 2025.
It opened 15 months after the vote. | The vote was in May 2024. It opened in July 2025.
It opened more than two years after the vote. | The vote was on 4 May 2023. It opened on 2 April 2025.
It opened nearly two years after the vote. | The vote was on 4 May 2023. It opened on 2 June 2025.
The tower fell 13 years after it was built. | The tower was built in 2008. It fell in 2020.
The vote was on 31 May 2025. | The vote was on 3 May 2025. The count took 28 days.
It opened on 5 May. | It opened on 5 March, two months of strikes hit it.
It opened on 13 November 2025. | The vote was on 4 November 2025. It opened eight days after the vote.
It closed in June 2026. | It opened in March 2026 and closed two months later.
It closed in 2011. | It opened in 1990 and closed 20 years later.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(SAME + ROUNDED + SPANS))
def test_the_same_in_other_words_is_proved(text: str, evidence: str) -> None:
    assert verdict(text, evidence).proved, verdict(text, evidence).findings


@pytest.mark.parametrize(("text", "evidence"), cases(NOT_SAME + OTHER_SPANS))
def test_another_unit_or_span_is_found(text: str, evidence: str) -> None:
    assert {"F301", "F302", "F303", "F304"} & codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(UNFAIR))
def test_unfair_rounding_is_found(text: str, evidence: str) -> None:
    assert {"F301", "F304"} & codes(text, evidence)


def figure(text: str) -> Figure:
    [found] = figures(text)
    return found


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    cases(
        """
        three weeks | min | 30240
        two hours | min | 120
        90 seconds | min | 3/2
        four years | month | 48
        5 km | m | 5000
        2 miles | m | 402336/125
        3 tonnes | kg | 3000
        2 GW | mw | 2000
        7 boats | | 7
        """
    ),
)
def test_a_figure_has_a_normal_form(text: str, unit: str, value: str) -> None:
    found = normal(figure(text))
    assert (found.unit, found.value) == (unit, Fraction(value))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    cases(
        """
        $5 | $6 | yes
        $5 | €5 |
        5 boats | 7 boats | yes
        5 million | $6 million | yes
        15,000 crowns | $15,000 |
        5% | 5 percentage points |
        0.5 | 0.5% | yes
        5 boats | 5% |
        50 cents | $3 | yes
        50 cents | 3 km |
        noon | 12 boats |
        45, | 45 years | yes
        """
    ),
)
def test_units_can_or_cannot_count_one_thing(one: str, other: str, same: str) -> None:
    assert compatible(figure(one), figure(other)) is bool(same)


@pytest.mark.parametrize(
    ("said", "true", "fair"),
    cases(
        """
        nearly half | 0.45 | yes
        nearly half | 0.55 |
        nearly half | 0.3 |
        more than half | 0.55 | yes
        more than half | 0.45 |
        more than half | 0.7 |
        about half | 0.53 | yes
        about half | 0.6 |
        half | 0.51 | yes
        half | 0.53 |
        more than twice the sum | 3.2 | yes
        more than twice the sum | 3.6 |
        """
    ),
)
def test_a_share_fits_by_the_word_before_it(said: str, true: str, fair: str) -> None:
    assert fits(figure(said), Fraction(true)) is bool(fair)


COUNTS = st.integers(20, 10**7)


@given(COUNTS)
def test_every_figure_matches_itself_and_none_a_tenth_more(value: int) -> None:
    own, more = figure(f"{value:,} boats"), figure(f"about {value + value // 5 + 1:,} boats")
    assert matches(own, own)
    assert not matches(more, own)


@given(COUNTS, st.sampled_from(["nearly", "almost", "under", "less than"]))
def test_a_word_that_says_less_never_stands_before_less(value: int, word: str) -> None:
    assert not rounds(figure(f"{word} {value - 1} boats"), figure(f"{value} boats"))
    assert rounds(figure(f"{word} {value + 1} boats"), figure(f"{value} boats"))


@given(COUNTS, st.sampled_from(["more than", "over", "at least"]))
def test_a_word_that_says_more_never_stands_before_more(value: int, word: str) -> None:
    assert not rounds(figure(f"{word} {value + 1} boats"), figure(f"{value} boats"))
    assert rounds(figure(f"{word} {value - 1} boats"), figure(f"{value} boats"))


@given(st.dates(), st.integers(1, 3000))
def test_a_shifted_day_is_that_many_days_away(at: object, days: int) -> None:
    day = Day(at.year, at.month, at.day)  # type: ignore[attr-defined]
    span = normal(figure(f"{days + 1} days"))
    for other in (*shifted(day, span, -1), *shifted(day, span, 1)):
        assert is_span(span, [day, other])
        assert not is_span(normal(figure(f"{days + 2} days")), [day, other])


@given(st.integers(1600, 2400), st.integers(1, 12), st.integers(2, 3000))
def test_a_shifted_month_is_that_many_months_away(year: int, month: int, months: int) -> None:
    day, span = Day(year, month), normal(figure(f"{months} months"))
    [earlier], [later] = shifted(day, span, -1), shifted(day, span, 1)
    assert is_span(span, [day, earlier])
    assert is_span(span, [day, later])
    assert not is_span(normal(figure(f"{months + 1} months")), [day, later])


@pytest.mark.parametrize("span", ["90 minutes", "5000 days", "5 boats", "5000 months"])
def test_a_span_that_leads_to_no_day_leads_nowhere(span: str) -> None:
    assert shifted(Day(2025, 5, 3), normal(figure(span)), 1) == []


def test_a_year_is_shifted_by_whole_years_only() -> None:
    assert shifted(Day(1990), normal(figure("20 years")), -1) == [Day(1970)]
    assert shifted(Day(1990), normal(figure("18 months")), 1) == []
    assert shifted(Day(None, 5, 3), normal(figure("20 years")), 1) == []
