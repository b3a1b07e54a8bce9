"""The thesaurus on disk: every line can be found, and says what it should."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.checks import thesaurus
from briefer.checks.thesaurus import Entry, entry, is_word, near
from briefer.stems import stem

LINES = Path(thesaurus.__file__).with_name("thesaurus.txt").read_text("ascii").splitlines()
KEYS = [line.partition("\t")[0] for line in LINES]


def test_the_file_is_sorted_by_stem_and_each_stem_stands_once() -> None:
    assert [key.encode() for key in KEYS] == sorted({key.encode() for key in KEYS})


def test_every_line_has_its_fields_and_nothing_empty_behind() -> None:
    assert all(line.count("\t") <= 4 for line in LINES)
    assert all(line == line.rstrip("\t") and line.isascii() for line in LINES)


@pytest.mark.parametrize(
    "at", [0, 1, len(KEYS) // 2, -2, -1], ids=["first", "second", "middle", "last-but-one", "last"]
)
def test_a_line_is_found_wherever_it_stands(at: int) -> None:
    fields = [frozenset(f.split()) for f in LINES[at].split("\t")[1:]]
    assert entry(KEYS[at]) == Entry(*fields)


@given(st.sampled_from(KEYS))
def test_every_stem_of_the_file_is_found(key: str) -> None:
    assert entry(key) is not None


@given(st.sampled_from(KEYS), st.sampled_from(KEYS))
def test_half_a_stem_or_two_are_not_found(one: str, other: str) -> None:
    for word in (one[:-1], one[1:], f"{one}\t{other}", f"{one}\n{other}"):
        assert (entry(word) is not None) is (word in set(KEYS))


@given(st.text())
def test_any_other_word_is_not(word: str) -> None:
    assert (entry(word) is not None) is (word in set(KEYS))


@pytest.mark.parametrize(
    "word", ["", " ", "\t", "\n", "!", "zzzz", "aa", KEYS[0][:-1], KEYS[-1] + "a", "a\tb", "émigré"]
)
def test_a_missing_stem_is_missing(word: str) -> None:
    assert entry(word) is None


@pytest.mark.parametrize(
    ("word", "pool", "much"),
    [
        ("ferri", {"ferri", "boat"}, 1.0),
        ("strengthen", {"strengthened"}, 0.9),  # first letters
        ("inspection", {"inspector"}, 0.9),
        ("lawyer", {"attorney"}, 0.7),  # kin
        ("attorney", {"lawyer"}, 0.7),
        ("car", {"automobil"}, 0.7),
        ("lawyer", {"profession"}, 0.5),  # broader
        ("profession", {"lawyer"}, 0.5),  # narrower
        ("lawyer", {"attorney", "profession"}, 0.7),
        ("lawyer", {"girder"}, 0.0),
        ("okafor", {"girder"}, 0.0),
        ("lawyer", set(), 0.0),
        ("boat", {"boatx"}, 0.0),  # too short to share its beginning
    ],
)  # fmt: skip
def test_a_stem_is_carried_as_much_as_its_nearest(word: str, pool: set[str], much: float) -> None:
    assert near(word, frozenset(pool)) == much


@given(st.sampled_from(KEYS), st.sets(st.sampled_from(KEYS), max_size=5))
def test_more_evidence_never_carries_less(word: str, pool: set[str]) -> None:
    own = near(word, frozenset(pool))
    assert own in (0.0, 0.5, 0.7, 0.9, 1.0)
    assert near(word, frozenset(pool | {word})) == 1.0
    assert near(word, frozenset(pool | {"girder"})) >= own


def test_a_word_is_no_word_where_a_name_has_its_stem() -> None:
    named = next(line.split("\t") for line in LINES if line.count("\t") == 4)
    assert entry(named[0])
    assert not is_word(named[0])
    assert is_word(stem("ferry"))
    assert not is_word("okafor")


@pytest.mark.parametrize(
    ("one", "other"), [("win", "lose"), ("open", "close"), ("success", "failur"), ("guilti", "innoc")]
)
def test_opposites_are_opposite_both_ways(one: str, other: str) -> None:
    first, second = entry(one), entry(other)
    assert first
    assert second
    assert other in first.opposite
    assert one in second.opposite
