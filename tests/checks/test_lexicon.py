"""The lists of words: grouped by their first letters they are found where each word alone would be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefer.checks.denials import OPERATOR
from briefer.checks.hedge_words import CLAIMED, OPEN, POSSIBLE, SAYS
from briefer.checks.lexicon import IMPLIED, NEGATIVE, NOT, any_of
from briefer.loading import load_bundle
from briefer.text import fold

BUNDLES = sorted((Path(__file__).parents[2] / "fixtures").glob("*/bundle.json"))
TEXTS = [fold(s.text) for file in BUNDLES for s in load_bundle(file).sentences.values()]


@pytest.mark.parametrize("words", [NOT, NEGATIVE, IMPLIED, CLAIMED, POSSIBLE, SAYS, OPEN])
def test_a_list_is_found_as_its_words_side_by_side_would_be(words: str) -> None:
    grouped, plain = any_of(words), _side_by_side(words)
    for text in (*TEXTS, *(text.upper() for text in TEXTS)):
        assert [m.span() for m in grouped.finditer(text)] == [m.span() for m in plain.finditer(text)]


def _side_by_side(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word.replace('_', ' ') for word in words.split())})\b", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    ["He Did NOT go", "It REFUSED to say", "Rules OUT a strike", "kept them from leaving", "a LACK of", "disputed it"],
)
def test_what_denies_is_found_in_either_case(text: str) -> None:
    assert all(OPERATOR.search(told) for told in (text, text.upper(), text.lower()))


def test_a_word_of_several_beginnings_is_no_group() -> None:
    words = "a(?:b|c) [ie]nquiry s?he (?:was|is)_set"
    assert [any_of(words).fullmatch(word) is not None for word in ("AB", "Enquiry", "he", "IS set", "b", "c")] == [
        True, True, True, True, False, False
    ]  # fmt: skip
