"""Which sentence is told again: by its evidence first, by its words second."""

from __future__ import annotations

from briefer.compare.cells import Cell, Cut, Line, Place
from briefer.compare.matching import carries, counterpart, elsewhere, missing, struck
from tests.compare.stories import COST, CRACK, CRACKED, SAID, TRAFFIC, told
from tests.fake import Line as Wired


def cell(*lines: Wired) -> Cell:
    return Cell(tuple(Line(text, frozenset(cites), "en") for text, cites in lines))


def line(wired: Wired) -> Line:
    return cell(wired).lines[0]


def test_other_words_on_the_same_evidence_tell_the_same() -> None:
    assert carries(cell(CRACKED), line(CRACK))
    assert counterpart(cell(COST, CRACKED), line(CRACK)) == line(CRACKED)


def test_a_sentence_cut_in_two_is_still_told() -> None:
    long = ("Inspectors found a crack in a girder, and repairs will cost $4.2 million.", ["A1.1", "A1.2"])
    assert carries(cell(CRACK, COST), line(long))
    assert carries(cell(long), line(COST))


def test_the_same_evidence_for_another_thing_is_not_the_same() -> None:
    closed = ("The bridge was closed on Monday.", ["A1.1"])
    girder = ("Inspectors discovered damage to a main girder.", ["A1.1"])
    assert not carries(cell(closed), line(girder))


def test_the_same_words_on_other_evidence_tell_the_same() -> None:
    again = ("A crack in a main girder of the Tarn bridge was found by inspectors.", ["A3.9"])
    assert carries(cell(again), line(CRACK))
    assert not carries(cell(("The council closed the bridge.", ["A3.9"])), line(CRACK))


def test_what_is_missing_is_what_no_sentence_carries() -> None:
    assert missing(cell(CRACK, COST, TRAFFIC), cell(CRACKED, SAID)) == [line(COST), line(TRAFFIC)]
    assert missing(cell(CRACK), cell()) == [line(CRACK)]


def test_a_sentence_is_found_in_another_place() -> None:
    cut = Cut.of(told(tarn=(CRACK, COST)))
    gazette = Place("papers_say", "Tarn Gazette")
    assert elsewhere(cut, line(CRACK), Place("whats_happened")) == gazette
    assert elsewhere(cut, line(CRACK), gazette) is None


def test_a_withheld_sentence_is_known_again() -> None:
    wrong = ("The repairs will cost $9.9 million, according to the council.", ["A1.2"])
    held = Cut.of(told(tarn=(CRACK, wrong))).by_place[Place("papers_say", "Tarn Gazette")]
    found = struck(held, line(COST))
    assert found is not None
    assert found.text == wrong[0]
    assert struck(held, line(CRACK)) is None
