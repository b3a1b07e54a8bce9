"""Whom a sentence of prose credits: names of invented outlets in the ways in which briefings write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.bundle import Bundle
from briefer.credits import credits_in
from briefer.mastheads import Masthead

GAZETTE, WIRE, VOICE, LEDGER = "The Tarn Gazette", "Northern Coast Wire", "The Dockers' Voice", "Fell Ledger"


def masthead(*outlets: str, text: str = "The bridge was closed.") -> Masthead:
    return Masthead(Bundle.model_validate({"articles": [{"outlet": o, "text": text} for o in outlets]}))


NAMES = masthead(GAZETTE, WIRE, VOICE, LEDGER)


@pytest.mark.parametrize(
    ("text", "outlet", "said"),
    [
        ("The Tarn Gazette reports that the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("The Gazette said the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("The Tarn Gazette's report says the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("As the Gazette notes, the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("In the Gazette’s account, the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("According to Tarn Gazette, the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("The bridge is shut, according to the Gazette.", GAZETTE, "The bridge is shut."),
        ("The bridge is shut, the Tarn Gazette reported.", GAZETTE, "The bridge is shut."),
        ("The bridge is shut, said the Gazette.", GAZETTE, "The bridge is shut."),
        ("The bridge is shut (The Tarn Gazette).", GAZETTE, "The bridge is shut."),
        ("The bridge is shut (Gazette, 3 March).", GAZETTE, "The bridge is shut."),
        ("The bridge is shut [Tarn Gazette].", GAZETTE, "The bridge is shut."),
        ("Gazette: the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("The bridge is shut — Fell Ledger", LEDGER, "The bridge is shut"),
        ("THE TARN GAZETTE says the bridge is shut.", GAZETTE, "The bridge is shut."),
        ("Per NCW, the bridge is shut.", WIRE, "The bridge is shut."),
        ("NCW reports that the bridge is shut.", WIRE, "The bridge is shut."),
        ("The Dockers’ Voice writes that the bridge is shut.", VOICE, "The bridge is shut."),
    ],
)
def test_one_outlet_is_credited_and_its_phrase_is_no_content(text: str, outlet: str, said: str) -> None:
    [credit] = credits_in(text, NAMES)
    assert (credit.outlets, credit.least, credit.unknown) == ((outlet,), 1, ())
    assert credit.text.lower() == said.lower()


@pytest.mark.parametrize(
    "text",
    [
        "The port authority said the bridge is shut.",
        "The voice of the dockers was heard.",
        "The Ledger Bank said profits rose.",
        "Engineers keep a ledger of cracks.",
        "The New Fell Ledgers said no.",
        "The mayor told reporters that the wire had snapped.",
    ],
)
def test_what_is_no_outlet_is_credited_nothing(text: str) -> None:
    assert [(c.outlets, c.unknown, c.text) for c in credits_in(text, NAMES)] == [((), (), text)]


def test_a_short_name_of_two_outlets_is_neither() -> None:
    names = masthead("Tarn Gazette", "Fell Gazette")
    assert credits_in("The Gazette reports that the bridge is shut.", names)[0].outlets == ()
    assert credits_in("The Fell Gazette reports it is shut.", names)[0].outlets == ("Fell Gazette",)


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("The Gazette and the Ledger report that the bridge is shut.", (GAZETTE, LEDGER)),
        ("Gazette and Ledger report that the bridge is shut.", (GAZETTE, LEDGER)),
        ("The Gazette, the Ledger and the Voice all say the bridge is shut.", (GAZETTE, LEDGER, VOICE)),
        ("The bridge is shut (Gazette; Ledger).", (GAZETTE, LEDGER)),
        ("All four outlets report that the bridge is shut.", (GAZETTE, WIRE, VOICE, LEDGER)),
    ],
)
def test_every_named_outlet_must_have_it(text: str, outlets: tuple[str, ...]) -> None:
    [credit] = credits_in(text, NAMES)
    assert (credit.outlets, credit.least, credit.together) == (outlets, len(outlets), False)
    assert credit.text.lower() == "the bridge is shut."


@pytest.mark.parametrize(
    ("words", "least"), [("Most", 3), ("Three of the four", 3), ("At least two", 2), ("Several", 3)]
)
def test_outlets_are_counted(words: str, least: int) -> None:
    [credit] = credits_in(f"{words} papers report that the bridge is shut.", NAMES)
    assert (len(credit.outlets), credit.least) == (4, least)


def test_papers_in_the_story_are_not_counted() -> None:
    assert credits_in("Police found three newspapers in the car.", NAMES)[0].outlets == ()


@pytest.mark.parametrize(
    "text",
    [
        "The Gazette put the cost at $4 million, while the Ledger gave $5 million.",
        "The Gazette put the cost at $4 million; the Ledger put it at $5 million.",
        "While the Gazette put the cost at $4 million, the Ledger gave $5 million.",
        "The cost is $4 million, according to the Gazette, but $5 million, according to the Ledger.",
    ],
)
def test_a_sentence_that_credits_two_with_two_things_is_cut(text: str) -> None:
    first, second = credits_in(text, NAMES)
    assert (first.outlets, second.outlets) == ((GAZETTE,), (LEDGER,))
    assert ("$4 million" in first.text, "$5 million" in first.text) == (True, False)
    assert ("$4 million" in second.text, "$5 million" in second.text) == (False, True)


def test_what_cannot_be_cut_must_be_carried_together() -> None:
    [credit] = credits_in("The crack, first reported by the Gazette, may be old, the Ledger says.", NAMES)
    assert (set(credit.outlets), credit.together) == ({GAZETTE, LEDGER}, True)


@pytest.mark.parametrize("text", ["Only the Gazette reports the crack.", "The crack is in the Gazette alone."])
def test_alone_is_read(text: str) -> None:
    [credit] = credits_in(text, NAMES)
    assert (credit.outlets, credit.alone) == ((GAZETTE,), True)


@pytest.mark.parametrize(
    "text",
    [
        "No other paper mentions a crack.",
        "None of the papers mentions a crack.",
        "Unlike the Gazette, the Ledger saw a crack.",
    ],
)
def test_what_is_not_read_is_said(text: str) -> None:
    assert [c.unread for c in credits_in(text, NAMES)] == [True]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Daily Planet reports that the bridge is shut.", "The Daily Planet"),
        ("The bridge is shut, according to Hill Tribune.", "Hill Tribune"),
        ("The bridge is shut (Reuters).", "Reuters"),
        ("The Associated Press says the bridge is shut.", "The Associated Press"),
        ("The bridge is shut, but The Hill Times said it is open.", "The Hill Times"),
    ],
)
def test_an_outlet_that_the_bundle_lacks_is_named(text: str, name: str) -> None:
    assert [c.unknown for c in credits_in(text, NAMES)] == [(name,)]


def test_a_medium_that_the_articles_speak_of_is_part_of_the_story() -> None:
    names = masthead("Tarn Gazette", text="Hill Radio was told of the crack by the mayor.")
    assert credits_in("Hill Radio reported the crack.", names)[0].unknown == ()


@pytest.mark.parametrize(
    ("text", "outlets"),
    [("It adds that schools are shut.", (GAZETTE,)), ("The paper also says schools are shut.", (GAZETTE,))],
)
def test_a_sentence_may_go_on_with_the_outlet_before(text: str, outlets: tuple[str, ...]) -> None:
    [credit] = credits_in(text, NAMES, (GAZETTE,))
    assert (credit.outlets, credit.text) == (outlets, "schools are shut.")
    assert credits_in(text, NAMES)[0].outlets == ()


@pytest.mark.parametrize("words", ["Both papers", "Both", "The two outlets"])
def test_both_papers_are_those_of_the_sentence_before(words: str) -> None:
    [credit] = credits_in(f"{words} say schools are shut.", NAMES, (GAZETTE, WIRE))
    assert (credit.outlets, credit.text) == ((GAZETTE, WIRE), "schools are shut.")


@pytest.mark.parametrize(
    ("label", "outlets", "unknown"),
    [
        ("The Tarn Gazette", (GAZETTE,), ()),
        ("TARN GAZETTE:", (GAZETTE,), ()),
        ("Gazette", (GAZETTE,), ()),
        ("2. The Tarn Gazette (3 March)", (GAZETTE,), ()),
        ("The Gazette's view", (GAZETTE,), ()),
        ("Gazette and Ledger", (GAZETTE, LEDGER), ()),
        ("The Hill Tribune", (), ("The Hill Tribune",)),
        ("What happened", (), ()),
        ("Tarn", (), ()),
    ],
)
def test_a_label_that_is_a_name_is_read(label: str, outlets: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    assert NAMES.named(label) == (outlets, unknown)


PARTS = st.sampled_from(
    "The Tarn Gazette|the Ledger|Gazette|said|reports that|while|;|,|(|)|and|only|It|Both papers|The Daily Planet|"
    "according to|the bridge is shut|.|alone|ꙮ|İ|Reuters".split("|")
)


@given(st.lists(PARTS | st.text(max_size=5), max_size=25).map(" ".join), st.sampled_from([(), (GAZETTE, WIRE)]))
def test_any_sentence_is_read(text: str, before: tuple[str, ...]) -> None:
    credits = credits_in(text, NAMES, before)
    assert credits
    for credit in credits:
        assert set(credit.outlets) <= set(NAMES.outlets)
        assert credit.unknown or credit.unread or credit.least <= len(credit.outlets) or credit.outlets == before
