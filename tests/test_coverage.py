"""Near-copies, shared passages, independent sources, and who else carries a statement."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.bundle import Bundle
from briefer.copies import copied, near_copies
from briefer.coverage import Coverage, independent, shared_sentences
from briefer.outlets import mixed_scripts, seen_as

FIXTURES = Path(__file__).parent.parent / "fixtures"

WIRE = (
    "The Tollgate dam at Marrowby began to leak on Friday evening, and 2,300 people were told to leave their homes.\n\n"
    "Engineers found a gap of four metres under the spillway, said Petra Lindqvist of the river authority.\n\n"
    "Pumps from three towns were on the way, and the water level had dropped by 30 centimetres before midnight.\n\n"
    "Nobody was hurt. The village school was opened as a shelter for families without relatives nearby."
)
OWN = (
    "Families slept on gym mats in Marrowby after being sent out of their houses on Friday night.\n\n"
    "“The siren went and we ran,” said baker Tom Okoro, who left with his two daughters and a cat.\n\n"
    "About 2,300 people had to leave their homes near the Tollgate dam. Petra Lindqvist blamed a gap in the spillway."
)
OTHER = (
    "The river authority had warned of the Tollgate spillway since 2019, documents show.\n\n"
    "An inspection that year rated its concrete poor, and a repair was put off twice for lack of money.\n\n"
    "The ministry did not say who decided it. Opposition members asked for a debate next week."
)


def bundle(*articles: tuple[str, str] | tuple[str, str, str | None]) -> Bundle:
    keys = ("outlet", "text", "published")
    return Bundle.model_validate({"articles": [dict(zip(keys, a, strict=False)) for a in articles]})


def edited(text: str) -> str:
    return text.replace("evening", "night").replace("on the way", "coming").replace("Nobody", "No one")


def test_an_edited_wire_text_is_a_near_copy_and_own_reports_are_not() -> None:
    b = bundle(("The Bell", WIRE), ("Marrow News", OWN), ("Lake Post", edited(WIRE)), ("The Slate", OTHER))
    assert near_copies(b) == {"A3": "A1"}


def test_the_earliest_by_publication_is_the_original() -> None:
    b = bundle(("The Bell", WIRE, "2026-05-02T09:00:00Z"), ("Lake Post", edited(WIRE), "2026-05-02T10:30:00+02:00"))
    assert near_copies(b) == {"A1": "A2"}


def test_without_dates_the_first_in_the_file_is_the_original() -> None:
    assert near_copies(bundle(("The Bell", WIRE), ("Lake Post", WIRE), ("The Slate", WIRE))) == {"A2": "A1", "A3": "A1"}


def test_a_trimmed_copy_is_found_inside_a_longer_article() -> None:
    b = bundle(("The Bell", "\n\n".join((OTHER, OWN, WIRE, OTHER.upper()))), ("Lake Post", WIRE))
    assert near_copies(b) == {"A2": "A1"}


def test_one_shared_quotation_makes_no_copy() -> None:
    quote = "“We will check every bolt of this dam before anybody sleeps below it again,” Petra Lindqvist said."
    b = bundle(("Marrow News", f"{OWN}\n\n{quote}"), ("The Slate", f"{OTHER}\n\n{quote}"))
    assert near_copies(b) == {}
    assert shared_sentences(b) == {"A1.5": ("A2.5",), "A2.5": ("A1.5",)}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1)])
def test_copying_half_of_each_does_not_make_two_independent_texts_one(order: tuple[int, int, int]) -> None:
    texts = [("The Bell", WIRE), ("The Slate", OTHER), ("Patchwork", f"{WIRE[: len(WIRE) // 2]}\n\n{OTHER}")]
    b = bundle(*(texts[i] for i in order))
    first, second = f"A{order.index(0) + 1}", f"A{order.index(1) + 1}"
    copies = near_copies(b)
    assert copies.get(first, first) != copies.get(second, second)
    assert independent([first, second], b, copies) == 2


def test_the_fixture_with_a_near_copy_and_the_fixtures_without() -> None:
    found = {
        path.parent.name: near_copies(Bundle.model_validate_json(path.read_text("utf-8")))
        for path in FIXTURES.glob("*/bundle.json")
    }
    assert found.pop("ferry-grounding") == {"A3": "A2"}
    assert found
    assert not any(found.values())


words = st.text(alphabet="abcdefgh ", min_size=0, max_size=400)


@given(st.lists(words, max_size=6))
def test_every_root_is_an_original_before_its_copies(texts: list[str]) -> None:
    keys = [f"A{n}" for n in range(1, len(texts) + 1)]
    roots = copied(dict(zip(keys, texts, strict=True)))
    assert all(root not in roots and keys.index(root) < keys.index(key) for key, root in roots.items())


@given(st.lists(words.filter(str.strip), min_size=1, max_size=4))
def test_the_same_text_twice_is_always_a_copy(texts: list[str]) -> None:
    numbered = {f"A{n}": text for n, text in enumerate([*texts, texts[0]])}
    roots = copied(numbered)
    last = f"A{len(texts)}"
    assert roots[last] == roots.get("A0", "A0")


def test_large_and_repetitive_texts_take_little_time() -> None:
    long = " ".join(f"word{n}" for n in range(150_000))
    texts = {"A1": long, "A2": "the bridge " * 100_000, "A3": long[5_000:20_000], "A4": "a" * 500_000}
    texts |= {f"B{n}": f"{WIRE} {n}" for n in range(150)}
    started = time.perf_counter()
    roots = copied(texts)
    assert time.perf_counter() - started < 10
    assert roots["A3"] == "A1"
    assert "A2" not in roots
    assert len({roots.get(key, key) for key in texts if key.startswith("B")}) == 1


def test_shared_sentences_are_of_other_outlets_and_of_eight_words_at_least() -> None:
    twin = "Engineers found a gap of four metres under the spillway, said Petra Lindqvist of the authority."
    b = bundle(("The Bell", WIRE), ("The Bell", WIRE), ("Marrow News", f"Nobody was hurt. {twin}"))
    shared = shared_sentences(b)
    assert shared["A3.2"] == ("A1.2", "A2.2")
    assert shared["A1.2"] == ("A3.2",)
    assert "A3.1" not in shared
    assert "A1.1" not in shared


def test_independent_counts_outlets_once_copies_once_and_lookalikes_once() -> None:
    b = bundle(
        ("The Bell", WIRE),
        ("Lake Post", edited(WIRE)),
        ("Marrow News", OWN),
        ("marrow news", OTHER),
        ("Mаrrow News", "Hm."),
    )
    copies = near_copies(b)
    assert independent(["A1", "A2"], b, copies) == 1
    assert independent(["A1", "A3"], b, copies) == 2
    assert independent(["A3", "A4", "A5"], b, copies) == 1
    assert independent(["A1", "A2", "A3", "A4", "A5"], b, copies) == 2
    assert independent([], b, copies) == 0


@given(st.lists(st.sampled_from(["A1", "A2", "A3", "A4"])))
def test_one_more_article_adds_at_most_one_source(ids: list[str]) -> None:
    b = _FOUR
    copies = {"A2": "A1"}
    counts = [independent(ids[:n], b, copies) for n in range(len(ids) + 1)]
    assert all(after - before <= 1 for before, after in zip(counts, counts[1:], strict=False))


_FOUR = bundle(("The Bell", WIRE), ("Lake Post", WIRE), ("Marrow News", OWN), ("The Slate", OTHER))


@pytest.fixture
def ask() -> Callable[..., tuple[str, ...]]:
    coverage = Coverage.of(
        bundle(("The Bell", WIRE), ("Marrow News", OWN), ("Lake Post", edited(WIRE)), ("The Slate", OTHER))
    )
    return lambda text, *cites: coverage.also_in(text, cites)


def test_also_in_names_who_carries_the_same_and_the_copy_too(ask: Callable[..., tuple[str, ...]]) -> None:
    said = "About 2,300 people had to leave their homes because of the Tollgate dam."
    assert ask(said, "A2.3") == ("The Bell", "Lake Post")
    assert ask("About 2,300 people had to leave their homes near the Tollgate dam.", "A2.3") == ()
    assert ask(said, "A2.3", "A1.1") == ("Lake Post",)


@pytest.mark.parametrize(
    ("said", "cite"),
    [
        ("Some 3,200 people had to leave their homes near the Tollgate dam.", "A2.4"),
        ("About 2,300 people had to leave their homes near the Orlow dam.", "A2.4"),
        ("About 2,300 people did not have to leave their homes near the Tollgate dam.", "A2.4"),
        ("About 2,300 people had to leave their homes near the Tollgate dam on Wednesday.", "A2.4"),
        ("A baker left Marrowby with two daughters and a cat.", "A2.2"),
        ("They ran.", "A2.2"),
    ],
    ids=["figure", "name", "negation", "day", "alone", "too short"],
)
def test_also_in_names_nobody_for_another_statement(said: str, cite: str, ask: Callable[..., tuple[str, ...]]) -> None:
    assert ask(said, cite) == ()


def test_two_neighbouring_sentences_carry_together_what_neither_has_whole() -> None:
    said = "Petra Lindqvist blamed the gap in the spillway of the Tollgate dam."
    halves = ("The Tollgate dam has a gap.", "Petra Lindqvist blamed it on the spillway.")
    told = bundle(("The Bell", said), ("Marrow News", f"It rained. {halves[0]} {halves[1]} It rained."))
    assert Coverage.of(told).also_in(said, ["A1.1"]) == ("Marrow News",)
    apart = bundle(("The Bell", said), ("Marrow News", f"It rained. {halves[0]}"), ("Lake Post", f"{halves[1]} Rain."))
    assert Coverage.of(apart).also_in(said, ["A1.1"]) == ()


def test_a_neighbour_that_denies_something_else_takes_nothing_away() -> None:
    said = "Petra Lindqvist blamed the gap in the spillway of the Tollgate dam."
    turned = "For the gap in the Tollgate dam Petra Lindqvist blamed the spillway."
    told = bundle(("The Bell", said), ("Marrow News", f"Nobody slept. {turned} Nobody ate."))
    assert Coverage.of(told).also_in(said, ["A1.1"]) == ("Marrow News",)


def test_a_year_within_a_full_date_is_the_same_year() -> None:
    full = "The council sold the Elms reservoir to Sallow Water on 4 September 2024 for nine million."
    coverage = Coverage.of(bundle(("The Bell", f"{OWN}\n\n{full}"), ("The Slate", OTHER)))
    said = "The council sold the Elms reservoir to Sallow Water in {} for nine million."
    assert coverage.also_in(said.format(2024), ["A2.1"]) == ("The Bell",)
    assert coverage.also_in(said.format(2023), ["A2.1"]) == ()


def test_a_free_paraphrase_is_carried_by_whoever_prints_the_cited_sentence(ask: Callable[..., tuple[str, ...]]) -> None:
    assert ask("A hole below the structure was discovered, Lindqvist reported.", "A1.2") == ("Lake Post",)


def test_a_copy_with_another_figure_does_not_carry_the_statement() -> None:
    poisoned = WIRE.replace("2,300", "23,000")
    coverage = Coverage.of(bundle(("The Bell", WIRE), ("Lake Post", poisoned)))
    assert coverage.copies == {"A2": "A1"}
    assert coverage.also_in("A leaking dam drove 2,300 people out of Marrowby.", ["A1.1"]) == ()
    assert coverage.also_in("A gap of four metres was found under the spillway.", ["A1.2"]) == ("Lake Post",)
    assert coverage.independent(["A1", "A2"]) == 1


@pytest.mark.parametrize("name", ["Cоast Radio", "COAST RADIO", "The Coast Radio", "Coast\u00a0Radio", "C0ast Radio"])
def test_names_that_cannot_be_told_apart_by_eye(name: str) -> None:
    assert seen_as(name) == seen_as("Coast Radio")


@pytest.mark.parametrize("name", ["Coast Radio 2", "Coastal Radio", "Радио Берег", "North Radio"])
def test_names_that_can(name: str) -> None:
    assert seen_as(name) != seen_as("Coast Radio")


def test_only_words_of_two_scripts_are_mixed() -> None:
    assert mixed_scripts("Нarwick Gazette, Радио Coast, NHKニュース, Économie") == ("Нarwick",)
