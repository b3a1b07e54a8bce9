"""N403, W502: between the evidence's words no name stands where it has another, and no "not" where it has none."""

from __future__ import annotations

import pytest

from tests.checks.judge import cases, codes, verdict

REST = "Felix Aldren, her cousin, lives in Tarn. The firm of Halcyon was not asked. A Keldrian crew watched."
SWAPPED = """
The letter was signed by Felix Aldren in May. | The letter was signed by Lena Aldren in May.
The cargo was insured by Halcyon for a year. | The cargo was insured by Aegis for a year.
"""
KEPT = """
The letter was signed by Lena Aldren in May. | The letter was signed by Lena Aldren in May.
The letter that Felix saw was signed by Lena. | The letter was signed by Lena Aldren. Felix Aldren has seen it.
The boat was raised by Keldrians in May. | The boat was raised by Keldrian divers in May.
The vote was held on Friday in Tarn. | The vote was held on Thursday in Tarn.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(SWAPPED))
def test_another_s_name_in_its_place_is_found(text: str, evidence: str) -> None:
    found = verdict(text, evidence, rest=REST).findings
    assert "N403" in {f.code for f in found}, found


@pytest.mark.parametrize(("text", "evidence"), cases(KEPT))
def test_a_name_in_its_own_place_passes(text: str, evidence: str) -> None:
    assert "N403" not in codes(text, evidence, rest=REST)


def test_the_finding_says_whose_place_it_is() -> None:
    found = verdict(
        "The letter was signed by Felix Aldren in May.", "The letter was signed by Lena Aldren in May.", rest=REST
    ).findings
    assert "A1.1 says this of “Lena”, not of “Felix”" in {f.message for f in found if f.code == "N403"}


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (
            "The council must not pay 70% of the claimants' costs.",
            "Not all is paid, and it was not said when. The council must pay 70% of the claimants' costs.",
        ),
        (
            "It said that inflation was not falling faster than it had forecast.",
            "It cut its rate and said that inflation was falling faster than it had forecast.",
        ),
    ],
)
def test_a_not_between_the_evidence_s_words_is_found(text: str, evidence: str) -> None:
    assert "W502" in codes(text, evidence)
    assert "W502" not in codes(text.replace(" not", ""), evidence)
