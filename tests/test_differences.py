"""Where the papers differ: what is one, what is none, and that each side has its own sentence."""

from __future__ import annotations

import asyncio
import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.api import summarize
from briefer.briefing import Briefing, Disagreement
from briefer.bundle import Bundle
from briefer.differences import disagreements
from briefer.recheck import check_briefing
from briefer.sections import BY_KEY
from briefer.settings import Settings
from briefer.text import neutralise

DAY = "2026-03-10"
OUTLETS = ("The Bell", "Marrow News", "Lake Post", "The Slate")


def bundle(*texts: str | tuple[str, str | None], language: str = "en") -> Bundle:
    """Return a bundle with one article for each text, each of another outlet, published on `DAY` unless said."""
    articles = []
    for outlet, given_text in zip(OUTLETS, texts, strict=False):
        text, published = given_text if isinstance(given_text, tuple) else (given_text, DAY)
        articles.append({"outlet": outlet, "text": text, "published": published})
    return Bundle.model_validate({"articles": articles, "language": language})


def told(*texts: str | tuple[str, str | None]) -> dict[str, list[str]]:
    """Return about -> the values of the sides."""
    return {d.about: [side.value for side in d.sides] for d in disagreements(bundle(*texts))}


def only(*texts: str | tuple[str, str | None]) -> Disagreement:
    [found] = disagreements(bundle(*texts))
    return found


@pytest.mark.parametrize(
    ("first", "second", "about", "values"),
    [
        ("The blast killed five people.", "Nine people died in the blast.", "The dead", ["five", "Nine"]),
        ("Known dead: Two.", "The death toll rose to four on Tuesday.", "The dead", ["Two", "four"]),
        ("Three Dead, 23 Missing.", "Three dead. Eleven to twenty missing.", "The missing", ["23", "Eleven to twenty"]),
        ("The fall injured 14 people.", "31 people were hurt in the fall.", "The injured", ["14", "31"]),
        (
            "There were 118 people on board.",
            "It was carrying about 90 people.",
            "The people on board",
            ["118", "about 90"],
        ),
        (
            "The property loss is put at $20,060,000.",
            "Estimates of the property loss range from $25,000,000 to $45,000,000.",
            "The damage",
            ["$20,060,000", "$25,000,000 to $45,000,000"],
        ),
        (
            "Six firefighters died.",
            "Eight firefighters were killed.",
            "The dead (firefighters)",
            ["Six", "Eight"],
        ),
    ],
)
def test_one_thing_counted_differently(first: str, second: str, about: str, values: list[str]) -> None:
    assert told(first, second) == {about: values}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("At least five people were killed.", "Seven people were killed."),
        ("Up to 40 people were injured.", "Thirty people were injured."),
        ("About 40 people were injured.", "Forty-three people were injured."),
        ("Eleven to twenty are missing.", "Twelve people are missing."),
        ("There were 12,000 people on board.", "There were 12,300 people on board."),
        ("Five people were killed.", "Five people died."),
        ("Five people were killed.", "The death toll rose to five from three."),
        ("Five people were killed.", "Three more people were killed."),
        ("Five people were killed.", "Three of them were killed."),
        ("Five people were killed.", "The death toll may reach nine."),
        ("Five people were killed.", "One person was killed, nine are unaccounted for."),
        ("Five people were killed.", "Of those confirmed dead, two were nurses."),
        ("Five people were killed.", "Eleven people were killed at the airport."),
        ("Five people were killed.", "The firm said 11 had died, while 15 others had died underground."),
        ("Fifty people were injured.", "Nine people injured in the fall were taken to one hospital."),
        ("Five people were killed.", "Three deaths were initially reported."),
        ("Fifty people were injured.", "An additional 31 people were injured."),
        ("Five people were killed.", "The storm left at least 14 people dead in four other states."),
        ("Five people were killed.", "In Tarn County, where 12 people were killed, the dead are being named."),
        ("Five people were killed.", "It is feared that the death toll will be nine."),
        ("Five people were killed.", "In 2019 a blast there killed nine people."),
        ("Five people were killed.", "It was the worst blast since one killed nine people."),
        ("Five people were killed.", "Two firefighters were killed."),
        ("Five people were killed.", "Nine people a year are killed on that road."),
        ("Five people were killed.", "The fire killed nine cows and forty sheep."),
        ("Five people were killed in Tarn.", "Nine people were killed in Skarne."),
        ("The property loss is put at $2 million.", "The company made a loss of $9 million."),
        ("The property loss is put at $2 million.", "The insured losses are put at $9 million."),
        ("The ferry can carry up to 240 people.", "There were 118 people on board."),
        ("Five people were killed.", "Five people died, but the union says nine people died."),
    ],
)
def test_what_can_be_true_at_once_is_no_difference(first: str, second: str) -> None:
    assert told(first, second) == {}
    assert told(second, first) == {}


def test_at_most_and_a_larger_count_are_a_difference() -> None:
    assert told("Not more than 5 people were killed.", "Thirty people were killed.") == {
        "The dead": ["Not more than 5", "Thirty"]
    }


def test_an_earlier_and_a_later_count_are_told_apart_from_a_conflict() -> None:
    early, late = ("Five people were killed.", f"{DAY}T08:10"), ("Nine people were killed.", f"{DAY}T19:40")
    assert only(late, early).over_time
    assert [side.as_of for side in only(late, early).sides] == [f"{DAY}T08:10", f"{DAY}T19:40"]
    assert not only(early, ("Nine people were killed.", f"{DAY}T08:20")).over_time
    assert not only(early, ("Nine people were killed.", None)).over_time


def test_a_sentence_says_of_what_time_it_is() -> None:
    noon = "Five people were killed, the police said in a statement at 12.15 p.m."
    found = only((noon, f"{DAY}T20:00+01:00"), ("Nine people were killed.", f"{DAY}T20:05+01:00"))
    assert found.over_time
    assert found.sides[0].as_of == f"{DAY}T12:15+01:00"
    september = "The service told lawmakers in September 2025 that 20 people had been killed."
    later = ("Nine people were killed.", f"{DAY}T20:05")
    assert [s.as_of for s in disagreements(bundle((noon, f"{DAY}T20:00"), later))[0].sides][0] == f"{DAY}T12:15"
    assert disagreements(bundle((september, DAY), later)) == ()


def test_a_side_names_its_outlets_and_cites_each_of_them() -> None:
    found = only("Five people were killed.", "The fire killed five people.", "Nine people were killed.")
    assert [side.outlets for side in found.sides] == [("The Bell", "Marrow News"), ("Lake Post",)]
    first = found.sides[0]
    assert (first.cite.id, [cite.id for cite in first.more]) == ("A1.1", ["A2.1"])


def test_a_wire_text_is_one_side_and_one_outlet_alone_never_two() -> None:
    assert told("Five people were killed. Nine people were killed.") == {}
    assert told("Five people were killed.", "Five people were killed.") == {}
    twice = Bundle.model_validate(
        {
            "articles": [
                {"outlet": "The Bell", "text": "Five people were killed."},
                {"outlet": "BELL", "text": "Nine people were killed."},
            ]
        }
    )
    assert disagreements(twice) == ()


def test_a_cause_that_one_knows_and_another_does_not() -> None:
    found = only("The cause of the fire is unknown.", "The fire was caused by a faulty heater, the mayor said.")
    assert (found.about, found.kind) == ("The cause", "cause")
    assert [side.value for side in found.sides] == ["The cause of the fire is unknown", "a faulty heater"]


def test_two_causes_differ_only_where_somebody_contests_one() -> None:
    kitchen, roof = "The fire started in the kitchen.", "The fire started on the third floor."
    assert told(kitchen, roof) == {}
    assert told("The fire started in the freight cars and not on the barge.", "The blaze started on the barge.") == {
        "Where it began": ["in the freight cars", "on the barge"]
    }
    assert told("The blaze started on lighter No. 24.", "The fire started on a barge, and not in the shed.") == {}


def test_a_place_is_no_cause_and_two_wordings_are_no_conflict() -> None:
    assert told("The cause of the fire is unknown.", "The fire broke out in a 10,000-square-foot warehouse.") == {}
    assert told("The fire was caused by a heater.", "The blaze was caused by an electrical fault.") == {}


def test_whether_it_was_deliberate() -> None:
    assert told("The blaze was not of incendiary origin.", "The fire may have been arson.") == {
        "Whether it was deliberate": ["not of incendiary origin", "may have been arson"]
    }
    assert told("The blaze was not arson.", "Police are asked whether it was arson.") == {}


def test_a_hearing_on_two_dates() -> None:
    first, second = "The court will hear the claim on 23 April.", "Judges will hear the claim on Wednesday, 22 April."
    found = only(first, second)
    assert (found.kind, found.over_time) == ("date", False)
    assert sorted(side.value.removeprefix("Wednesday, ") for side in found.sides) == ["22 April", "23 April"]
    both = f"{second} A further hearing of another claim is on 23 April."
    assert told(first, both) == {}
    assert told(first, "Judges will hear the claim on 12 April.") == {}
    assert told(first, "The mayor opens the bridge on 22 April.") == {}


def test_one_event_at_two_clock_times() -> None:
    last = "The last passenger was taken off at 08:55, the coast guard said."
    assert told(last, "The last of the passengers did not step ashore until 9.20 a.m., some said.") == {
        "The time: last, passenger": ["08:55", "9.20 a.m."]
    }
    assert told(last, "The last passenger was taken off shortly before 9 a.m.") == {}
    assert told(last, "The last passenger was due at 9.20 a.m.") == {}


ROLE = "agent of the Valley Railway at the north pier"


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        (f"Police held Albert M. Orrin, {ROLE}.", f"Alfred D. Orrin, {ROLE}, was held.", "The first name of Orrin"),
        (f"Theodore B. Orrin, {ROLE}, was held.", f"Theodore H. Orrin, {ROLE}, was held.", "The initial of Orrin"),
        ("Captain Joakim Orrin was calm.", "The captain, Joachim Orrin, said nothing.", "The first name of Orrin"),
    ],
)
def test_one_person_named_differently(first: str, second: str, about: str) -> None:
    assert list(told(first, second)) == [about]
    assert only(first, second).kind == "name"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"William Orrin, {ROLE}, was held.", f"Bill Orrin, {ROLE}, was held."),
        (f"Sergei Orrin, {ROLE}, was held.", f"Sergey Orrin, {ROLE}, was held."),
        (f"Theodore B. Orrin, {ROLE}, was held.", f"Theodore Orrin, {ROLE}, was held."),
        (f"Albert Orrin, {ROLE}, was held.", "Martha Orrin bakes bread in Skarne."),
        (f"Albert Orrin, {ROLE}, was held.", f"Martha Orrin, wife of the {ROLE}, wept."),
        (f"Albert Orrin, {ROLE}, was held.", f"Martha Orrin, {ROLE}, was held. Albert Orrin was not."),
        (f"President Orrin, {ROLE}, spoke.", f"Albert Orrin, {ROLE}, spoke."),
        (f"North Orrin, {ROLE}.", f"South Orrin, {ROLE}."),
    ],
)
def test_two_people_or_two_forms_of_one_name_are_no_difference(first: str, second: str) -> None:
    assert told(first, second) == {}


def test_other_languages_are_left_alone() -> None:
    german = bundle(
        "Bei dem Brand wurden 5 Menschen verletzt.", "Bei dem Brand wurden 9 Menschen verletzt.", language="de"
    )
    assert disagreements(german) == ()


def test_conflicts_stand_before_changes() -> None:
    first = "Five people were killed. The cause of the fire is unknown."
    found = disagreements(bundle((first, f"{DAY}T08:00"), ("Nine people died. 20 people were hurt.", f"{DAY}T18:00"),
                                 ("30 people were hurt.", f"{DAY}T18:00")))  # fmt: skip
    assert [(d.about, d.over_time) for d in found] == [("The injured", False), ("The dead", True)]


PIECES = [
    f"{who} {what}"
    for who, what in product(
        ("Five people", "At least 9", "“Eleven”", "11–20", "$4 million", "Albert M. Orrin, captain,", "The fire", ""),
        ("were killed.", "are missing", "in damage, he said at 9 a.m.", "started in the shed and not on the barge.",
         "was not arson", "on 22 April will hear the claim", "killed"),
    )
]  # fmt: skip


@given(
    st.lists(
        st.lists(st.sampled_from(PIECES) | st.text(max_size=30), min_size=1, max_size=6)
        .map(" ".join)
        .filter(lambda text: any(c.isalnum() for c in text)),
        min_size=1,
        max_size=4,
    )
)
def test_every_quotation_is_an_exact_slice_and_there_are_two(texts: list[str]) -> None:
    given_bundle = bundle(*texts)
    for found in disagreements(given_bundle):
        assert len(found.sides) >= 2
        assert len({outlet for side in found.sides for outlet in side.outlets}) >= 2
        for side in found.sides:
            cites = (side.cite, *side.more)
            assert [given_bundle.sources[c.article].outlet for c in cites] == list(side.outlets)
            for cite in cites:
                article = given_bundle.articles[int(cite.article[1:]) - 1]
                assert cite.text == neutralise(article.text[cite.start : cite.end])


def test_a_large_bundle_takes_little_time() -> None:
    lines = [f"{n} people were killed and {n + 3} are missing. The mayor, Albert {c}. Orrin, spoke at 9.{n} a.m."
             for n in range(10, 59) for c in "ABCD"]  # fmt: skip
    articles = [{"outlet": f"Paper {n}", "text": "\n\n".join(lines), "published": DAY} for n in range(40)]
    large = Bundle.model_validate({"articles": articles})
    assert len(large.sentences) > 10_000
    start = time.perf_counter()
    disagreements(large)
    assert time.perf_counter() - start < 20


def briefing_of(given_bundle: Bundle) -> Briefing:
    return asyncio.run(summarize(given_bundle, Settings(model="extract")))


def failing(briefing: Briefing, given_bundle: Bundle) -> list[tuple[str, list[str]]]:
    return [
        (checked.text, [finding.code for finding in checked.verdict.findings])
        for checked in check_briefing(briefing, given_bundle)
        if not checked.proved
    ]


@pytest.fixture(scope="module")
def story() -> Bundle:
    return bundle(
        "A fire in a hotel in Skarne killed five people on Monday. The cause of the fire is unknown.",
        "Nine people died in the hotel fire in Skarne. The fire was caused by a faulty heater, the mayor said.",
    )


def test_a_briefing_carries_them_and_is_proved_again(story: Bundle) -> None:
    briefing = briefing_of(story)
    assert [found.about for found in briefing.disagreements] == ["The dead", "The cause"]
    assert failing(briefing, story) == []


@pytest.mark.parametrize(
    "change",
    [
        {"about": "The injured"},
        {"over_time": True},
        {"kind": "name"},
        {"sides": 1},
        {"value": "seven"},
        {"outlets": ("The Bell", "Marrow News")},
        {"as_of": "2026-03-11"},
    ],
    ids=str,
)
def test_a_difference_that_was_altered_is_found(story: Bundle, change: dict[str, object]) -> None:
    briefing = briefing_of(story)
    first, *others = briefing.disagreements
    if change.keys() & {"value", "outlets", "as_of"}:
        altered = first.model_copy(update={"sides": (first.sides[0].model_copy(update=change), *first.sides[1:])})
    elif "sides" in change:
        altered = first.model_copy(update={"sides": first.sides[::-1]})
    else:
        altered = first.model_copy(update=change)
    tampered = briefing.model_copy(update={"disagreements": (altered, *others)})
    assert failing(tampered, story) == [(altered.about, ["A703"]), (first.about, ["A703"])]


def test_a_difference_that_was_taken_out_is_found(story: Bundle) -> None:
    briefing = briefing_of(story).model_copy(update={"disagreements": ()})
    assert failing(briefing, story) == [("The dead", ["A703"]), ("The cause", ["A703"])]
    older = briefing.provenance.model_copy(update={"briefer": "0.0.1"})
    assert failing(briefing.model_copy(update={"provenance": older}), story) == []


def test_without_the_papers_section_there_are_none(story: Bundle) -> None:
    only_news = asyncio.run(summarize(story, Settings(model="extract"), sections=(BY_KEY["whats_happened"],)))
    assert only_news.disagreements == ()
    assert failing(only_news, story) == []
