"""N401: names in another form, and words that are none; and what is near them and false."""

from __future__ import annotations

import pytest

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import prove
from tests.checks.judge import cases, codes

# The sentence, its evidence, and what else the article says further down.
SAME = """
Anyone found guilty can be jailed for five years. | The offence carries five years in prison.
Whoever bought shares in 2019 lost most of the stake. | The shares were sold at 42 marks in 2019 and are worth one.
Whose fault it was is not known. | The cause is not known.
Twenty-one pupils fell ill. | In all 21 pupils fell ill.
Sergeant Petr Lund was let go. | Sgt. Petr Lund, 31, was released.
Major General Ida Holm wants a truce. | Maj. Gen. Ida Holm wants a truce.
Colonel Lund is silent. | Col. Arne Lund would not comment.
Tomas Varga was never charged. | Varga's older brother, Tomas, was never charged.
The Tarn Ministry gave way. | The Tarn minister gave way. A ministry is slow.
Jana Wick broke a bone. | “They pushed,” said Tomas Wick, 23. His sister, Jana, 19, broke a bone.
"""

OTHER = """
Anna Varga was never charged. | Varga's older brother, Tomas, was never charged. Anna Holt was.
Joanna Reeves rang twice. | “I rang twice,” said Joanna Reeve, the head. Simon Reeves, an official, did not.
Julia Brook wants the money back. | Julia Brooks wants the money back, and Anselm Brook does not.
The Vayle Court found it unlawful. | Judge Vayle sat in the High Court. The court found it unlawful.
WHO was told on Monday. | The ministry was told on Monday.
Sergeant Petr Holm was let go. | Sgt. Petr Lund, 31, was released.
"""


@pytest.mark.parametrize(("text", "evidence"), cases(SAME))
def test_a_name_in_another_form_or_a_word_that_is_none_passes(text: str, evidence: str) -> None:
    assert "N401" not in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), cases(OTHER))
def test_another_name_is_found(text: str, evidence: str) -> None:
    assert "N401" in codes(text, evidence)


FAR = "It was cold. Rain fell. The road was shut. Ferries lay in port. Snow came late. "


def found(text: str, article: str, cite: str, outlet: str = "Net & Quay Weekly") -> set[str]:
    bundle = Bundle.model_validate({"articles": [{"outlet": outlet, "text": article, "published": "2026-03-10"}]})
    return {f.code for f in prove([Claim("papers_say", text, (cite,), outlet=outlet)], bundle)[0].findings}


def test_a_pronoun_that_stands_with_a_capital_elsewhere_is_no_name() -> None:
    article = f"The dealer must hand in her passport. {FAR}Her lawyer said: “No,” and then - She left."
    assert "N401" not in found("She must hand in her passport.", article, "A1.1")


def test_initials_stand_for_the_name_far_from_them() -> None:
    article = f"The GSS could not say why. {FAR}The Geological Survey of Sarn is old. Then the Harbour Board met."
    assert not {"N401", "N403"} & found("The Geological Survey could not say why.", article, "A1.1")
    assert "N401" in found("The Harbour Board could not say why.", article, "A1.1")


@pytest.mark.parametrize("outlet", ["Net & Quay Weekly", "Net & Quay"])
def test_an_outlet_is_credited_by_a_part_of_its_name(outlet: str) -> None:
    article = f"The owners could live with a cut. {FAR}The fleet lay at Fish Quay. A van of SKR was there."
    assert "N401" not in found("The owners would accept a cut, Net & Quay says.", article, "A1.1", outlet)
    assert "N401" not in found("SKR says that the owners could live with a cut.", article, "A1.1", "SKR News")
    assert "N401" in found("SKR says that the owners could live with a cut.", article, "A1.1", "Tarn News")


@pytest.mark.parametrize(
    ("outlets", "said", "missing"),
    [
        (4, "The clip was not filmed at Ostwick.", False),
        (4, "The clip was not filmed at Lauen.", True),  # one outlet tells of it
        (2, "The clip was not filmed at Ostwick.", True),  # too few outlets to make it the story's place
    ],
)
def test_where_the_story_happens_need_not_be_said(outlets: int, said: str, *, missing: bool) -> None:
    first = f"A bridge was shut. The clip shows a different bridge. {FAR}Cracks were found at Ostwick and at Lauen."
    texts = [first, *("A bridge was shut. The river was closed to ships at Ostwick.",) * (outlets - 1)]
    articles = [{"outlet": f"Paper {n}", "text": text, "published": "2026-03-10"} for n, text in enumerate(texts)]
    claim = Claim("whats_happened", said, ("A1.2",))
    found = {f.code for f in prove([claim], Bundle.model_validate({"articles": articles}))[0].findings}
    assert ("N401" in found) is missing


def test_another_place_is_not_the_story_s() -> None:
    first = f"A bridge was shut. The clip was filmed at Salvora. {FAR}Cracks were found at Ostwick."
    texts = [first, *("A bridge was shut. The river was closed to ships at Ostwick.",) * 3]
    articles = [{"outlet": f"Paper {n}", "text": text, "published": "2026-03-10"} for n, text in enumerate(texts)]
    claim = Claim("whats_happened", "The clip was filmed at Ostwick.", ("A1.2",))
    assert "N401" in {f.code for f in prove([claim], Bundle.model_validate({"articles": articles}))[0].findings}
