"""A statement, proved: with its cites, or sentence by sentence with what is found for each."""

from __future__ import annotations

import pytest

from briefer.bundle import Bundle
from briefer.loading import build
from briefer.statements import Checked, StatementLine, check_statement


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    quay = (
        "The Oskby ferry struck the quay on Monday. Eleven passengers were bruised. The harbour master, Ada Holm, "
        "closed the quay. A diver found a crack in the hull. The company will pay for the repair. Schools stayed open."
    )
    wind = "A gale had blown since Sunday. The pilot asked for a tug before dawn. No tug came."
    articles = [{"outlet": "Oskby Post", "text": quay}, {"outlet": "Coast Radio", "text": wind}]
    return build({"articles": articles}, "quay")


def checked(bundle: Bundle, text: str, *cites: str) -> Checked:
    return check_statement(StatementLine(id="s", text=text, cites=list(cites)), bundle)


def test_each_sentence_of_a_statement_without_cites_finds_its_own_evidence(bundle: Bundle) -> None:
    told = (
        "The ferry struck the quay on Monday. Eleven passengers were bruised. A diver found a crack in the hull. "
        "A gale had blown since Sunday. No tug came."
    )
    found = checked(bundle, told)
    assert found.proved
    assert found.verdict.claim.cites == ("A1.1", "A1.2", "A1.4", "A2.1", "A2.3")
    assert found.verdict.proved
    assert found.verdict.proved.text == told
    assert [c.id for c in found.verdict.proved.cites] == ["A1.1", "A1.2", "A1.4", "A2.1", "A2.3"]
    assert found.verdict.proved.outlets == ("Oskby Post", "Coast Radio")


def test_one_false_sentence_keeps_the_whole_statement_from_print(bundle: Bundle) -> None:
    found = checked(bundle, "The ferry struck the quay on Monday. Twelve passengers were bruised. No tug came.")
    assert not found.proved
    assert [f.code for f in found.verdict.findings] == ["F301"]


def test_a_statement_is_supported_as_well_as_its_least_supported_sentence(bundle: Bundle) -> None:
    good, bad = "The ferry struck the quay on Monday.", "Twelve sailors praised Berta Lund."
    alone = [checked(bundle, text).support for text in (good, bad)]
    assert alone[0] is not None
    assert alone[1] is not None
    assert alone[1] < alone[0]
    assert checked(bundle, f"{good} {bad}").support == alone[1]


def test_a_statement_with_cites_is_held_to_these_alone(bundle: Bundle) -> None:
    told = "The ferry struck the quay on Monday. Eleven passengers were bruised."
    assert checked(bundle, told, "A1.1", "A1.2").proved
    assert not checked(bundle, told, "A1.1").proved
