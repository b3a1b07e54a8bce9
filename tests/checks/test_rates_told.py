"""F302, F305: so much a month, in this money, risen by so much or to so much; and what is near it and false."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes, verdict

SAME = """
A driver earns 2,150 florins a month. | A driver earns 2,150 florins a month.
A driver earns 25,800 florins a year. | A driver earns 2,150 florins a month.
Some 300 passengers a night use the tram. | Some 300 passengers a night use the tram.
The number of vacancies rose to 212. | The operator has 212 vacancies, 40 more than a year ago.
The number of vacancies rose by 40. | The operator has 212 vacancies, 40 more than a year ago.
The price fell by 12%. | The price fell 12%.
The price fell to 12 florins from 15. | The price fell from 15 florins to 12.
The price fell by three florins. | The price fell from 15 florins to 12.
The rate was cut to 4.5% from 4.75%. | The rate was cut by a quarter of a point to 4.5% from 4.75%.
The bank cut its holdings by 15bn dorins. | The bank will reduce its holdings by 15bn dorins.
The renovation cost 90 million tals. | The renovation cost 90 million tals.
The fund holds 40 million crowns. | The fund holds 40 million crowns.
The fund holds 40 million thalers. | The fund holds 40 million talers.
The year 2026 marks the end of it. | The year 2026 marks the end of it.
"""
OTHER = """
A driver earns 2,150 florins a week. | A driver earns 2,150 florins a month.
A driver earns 28,500 florins a year. | A driver earns 2,150 florins a month.
Some 300 passengers an hour use the tram. | Some 300 passengers a night use the tram.
The number of vacancies rose by 212. | The operator has 212 vacancies, 40 more than a year ago.
The number of vacancies rose to 40. | The operator has 212 vacancies, 40 more than a year ago.
The price fell to 12%. | The price fell by 12%.
The price fell by 12%. | The price fell to 12%.
The price fell by 15 florins. | The price fell from 15 florins to 12.
The price fell to 15 florins. | The price fell from 15 florins.
The bank cut its holdings by 15bn crowns. | The bank will reduce its holdings by 15bn dorins.
The renovation cost 90 million florins. | The renovation cost 90 million tals.
The fund holds 40 million marks. | The fund holds 40 million crowns.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(SAME))
def test_the_same_in_other_words_is_proved(text: str, evidence: str) -> None:
    assert verdict(text, evidence).proved, verdict(text, evidence).findings


@pytest.mark.parametrize(("text", "evidence"), cases(OTHER))
def test_what_is_near_it_and_false_is_found(text: str, evidence: str) -> None:
    assert {"F301", "F302", "F303", "F304", "F305"} & codes(text, evidence)
