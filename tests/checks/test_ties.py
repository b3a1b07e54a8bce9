"""F305: what a figure of the evidence is tied to: another time, a limit."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes

UNTIED = """
Last year the firm put 17 million dorins into its mills.
    | The firm put 9 million dorins into its mills last year, down from 17 million in 2022.
The lake holds 40 tonnes of silt. | The lake holds 65 tonnes of silt, up from 40 tonnes in 2019.
The test showed ten broken wires. | The test found four broken wires, where ten would have been the limit.
The lead narrowed by two points from March. | The lead shrank to two points from five in March, give or take three.
"""
TIED = """
The firm put 17 million dorins into its mills in 2022.
    | The firm put 9 million dorins into its mills last year, down from 17 million in 2022.
The firm used to put 17 million dorins into its mills.
    | The firm put 9 million dorins into its mills last year, down from 17 million in 2022.
At its peak the lake held 40 tonnes of silt. | The lake holds 25 tonnes of silt, down from 40 tonnes at the peak.
Up to ten broken wires are allowed. | The test found four broken wires, where ten would have been the limit.
The lead narrowed by three points from March. | The lead shrank to two points from five in March, give or take three.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(UNTIED))
def test_a_figure_of_another_time_or_a_limit_is_found(text: str, evidence: str) -> None:
    assert "F305" in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(TIED))
def test_a_figure_that_keeps_its_ties_passes(text: str, evidence: str) -> None:
    assert "F305" not in codes(text, evidence)
