"""N and Q: names, roles, quotations and their speakers."""

from __future__ import annotations

import pytest

from tests.checks.judge import codes, verdict

NAMES_TRUE = [
    ("Mayor Ines Okafor shut the bridge.", "Mayor Ines Okafor shut the bridge."),
    ("Okafor’s decision shut the bridge.", "Mayor Ines Okafor shut the bridge by decision."),
    ("Ukraine condemned the visit.", "The Ukrainian government condemned the visit."),
    ("The U.S. condemned the visit.", "The United States condemned the visit."),
    ("The NIS condemned the visit.", "The National Intelligence Service condemned the visit."),
    ("Critics condemned the visit.", "The visit was condemned by many."),
    ("Inès Okáfor shut the bridge.", "Ines Okafor shut the bridge."),
]
NAMES_FALSE = [
    ("Mayor Ines Okafar shut the bridge.", "Mayor Ines Okafor shut the bridge."),
    ("Mayor Paul Okafor shut the bridge.", "Mayor Ines Okafor shut the bridge with Paul Renn."),
    ("Belarus condemned the visit.", "The Ukrainian government condemned the visit."),
    ("Dunmore said the bridge was shut.", "Okafor said the bridge was shut."),
]
LAWFUL = "said the sale was lawful"
ROLES_TRUE = [
    (f"Ruth Okenby, the chief executive, {LAWFUL}.", f"Chief executive Ruth Okenby {LAWFUL}."),
    (f"Chief executive Ruth Okenby {LAWFUL}.", "The sale was lawful, said Ruth Okenby, the chief executive."),
    (f"The council’s lawyer, Ruth Okenby, {LAWFUL}.", f"Ruth Okenby, counsel for the council, {LAWFUL}."),
]
ROLES_FALSE = [
    (f"Ruth Okenby, the mayor, {LAWFUL}.", f"Chief executive Ruth Okenby {LAWFUL}."),
    (f"Deputy mayor Ruth Okenby {LAWFUL}.", f"Chief executive Ruth Okenby {LAWFUL}."),
]


@pytest.mark.parametrize(("text", "evidence"), NAMES_TRUE + ROLES_TRUE)
def test_a_name_or_role_in_any_fair_form_passes(text: str, evidence: str) -> None:
    assert not {"N401", "N402"} & codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), NAMES_FALSE)
def test_another_name_is_stopped(text: str, evidence: str) -> None:
    assert "N401" in codes(text, evidence)


@pytest.mark.parametrize(("text", "evidence"), ROLES_FALSE)
def test_another_s_role_is_stopped(text: str, evidence: str) -> None:
    assert "N402" in codes(text, evidence)


def test_a_spelling_off_by_a_letter_is_told_the_right_one() -> None:
    [finding] = verdict("Mayor Okafar shut the bridge.", "Mayor Okafor shut the bridge.").findings
    assert finding.message == "the name “Okafar” is not in A1; the article has “Okafor”"


def test_a_first_name_may_stand_far_from_its_surname_but_must_be_that_one_s() -> None:
    rest = "The storm came at night. It tore off roofs. Roads were shut. Ferries lay in port. Ilse Varga is mayor."
    evidence = "The pier was opened on Monday. Varga spoke to the crowd at the pier."
    assert codes("Ilse Varga spoke to the crowd at the pier.", evidence, rest=rest) == set()
    assert "N401" in codes("Anna Varga spoke to the crowd at the pier.", evidence, rest=rest)


def test_initials_stand_for_words_in_lower_case() -> None:
    evidence = "The debt stands at 60% of gross domestic product."
    assert codes("The debt stands at 60% of GDP.", evidence) == set()
    assert "N401" in codes("The debt stands at 60% of GNP.", evidence)


def test_an_outlet_s_name_is_no_fact_of_the_story() -> None:
    assert verdict("The bridge is shut, the Tarn Gazette reports.", "The bridge is shut.").proved
    assert "N401" in codes("The bridge is shut, the Skarne Ledger reports.", "The bridge is shut.")


QUOTED = "“Safety comes first, and it always will,” Mayor Ines Okafor told reporters. “The bridge isn’t safe.”"
QUOTES_TRUE = [
    "“Safety comes first,” Okafor said.",
    'Okafor said that "safety comes first".',
    "“Safety comes first … always will,” Okafor said.",
    "Okafor said the bridge “isn’t safe”.",
]
QUOTES_FALSE = [
    "“Safety came first,” Okafor said.",
    "“Safety comes last,” Okafor said.",
    "“The bridge is safe,” Okafor said.",
    "“Always will … safety comes first,” Okafor said.",
    "“We will shut it,” Okafor said.",
]


@pytest.mark.parametrize("text", QUOTES_TRUE)
def test_exact_words_may_be_quoted(text: str) -> None:
    assert "Q201" not in codes(text, QUOTED)


@pytest.mark.parametrize("text", QUOTES_FALSE)
def test_altered_words_may_not(text: str) -> None:
    assert "Q201" in codes(text, QUOTED)


def test_an_ellipsis_does_not_jump_over_a_not() -> None:
    assert "Q201" in codes("“The bridge … safe,” Okafor said.", QUOTED)


@pytest.mark.parametrize("text", ["Prices “rose 3” last year.", "Prices “rose 9.9%” last year."])
def test_numbers_in_a_quotation_are_whole(text: str) -> None:
    assert "Q201" in codes(text, "Prices “rose 3.5%” last year, he said.")


def test_an_apostrophe_is_no_quotation_mark() -> None:
    text = "The drivers’ union and the owners’ club say it isn’t safe"
    assert verdict(f"{text}.", f"{text} now.").proved


def test_words_stay_with_their_speaker() -> None:
    assert "Q202" in codes("“Safety comes first,” Paul Renn said.", QUOTED, rest="Paul Renn, the minister, was away.")
    assert "Q202" not in codes("“Safety comes first,” Ines Okafor said.", QUOTED)
