"""Text as it is neutralised for people and folded for comparing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.text import find_exact, fold, hidden_count, inert, is_hidden, neutralise, one_line, plain, words

JOINERS = "\u200c\u200d"
# Every code point, lone surrogates included, and more often those that these functions are about.
ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=[]),
        st.sampled_from("ab1 .,%\n\t'\"`“”‘’«»‐−–…½⁶ﬁ\u00ad\u200b\u200c\u200d\ufe0f\u034fا❤🔥é\u0301[]A."),
    ),
    max_size=40,
)

HIDDEN = {
    "zero width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "combining grapheme joiner": "\u034f",
    "right-to-left override": "\u202e",
    "left-to-right isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "language tag": "\U000e0001",
    "tag letter": "\U000e0041",
    "variation selector": "\ufe0f",
    "supplementary variation selector": "\U000e0100",
    "Hangul filler": "\u3164",
    "halfwidth Hangul filler": "\uffa0",
    "Mongolian variation selector": "\u180b",
    "private use": "\ue000",
    "no character": "\uffff",
}
CONTROLS = {
    "NUL": "\x00",
    "escape": "\x1b",
    "bell": "\x07",
    "backspace": "\x08",
    "carriage return": "\r",
    "delete": "\x7f",
    "next line": "\x85",
    "C1 string": "\x90",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
}


@pytest.mark.parametrize("char", HIDDEN.values(), ids=HIDDEN)
def test_an_invisible_character_is_taken_out(char: str) -> None:
    assert is_hidden(char)
    assert neutralise(f"pa{char}ss") == "pass"


@pytest.mark.parametrize("char", CONTROLS.values(), ids=CONTROLS)
def test_a_control_becomes_a_space_so_that_no_two_words_grow_together(char: str) -> None:
    assert neutralise(f"left{char}right") == "left right"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert neutralise("a \ud800 b \udfff") == "a \ufffd b \ufffd"


def test_line_breaks_and_tabs_stay() -> None:
    assert neutralise("One.\n\n\tTwo.") == "One.\n\n\tTwo."


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: the non-joiner is spelling
        "क्\u200dष",  # Devanagari
        "👩\u200d🚒 at the pool",
        "👩🏽\u200d🚒",  # with a skin tone before the joiner
    ],
)
def test_a_joiner_that_is_spelling_or_part_of_an_emoji_stays(text: str) -> None:
    assert neutralise(text) == text
    assert hidden_count(text) == 0


def test_an_emoji_keeps_its_joiner_where_a_variation_selector_stood() -> None:
    assert neutralise("❤\ufe0f\u200d🔥") == "❤\u200d🔥"


@pytest.mark.parametrize(
    "text", ["pa\u200dss", "\u200dpass", "pass\u200c", "a\ufe0f\u200dا", "ا\u200b\u200dا", "ا\u200c\u200cا"]
)
def test_a_joiner_that_joins_nothing_is_hidden_text(text: str) -> None:
    assert not set(neutralise(text)) & set(JOINERS)
    assert hidden_count(text) > 0


@given(ANY_TEXT)
def test_neutralising_twice_changes_nothing_more(text: str) -> None:
    assert neutralise(neutralise(text)) == neutralise(text)


@given(ANY_TEXT)
def test_neutralised_text_is_never_longer_and_hides_nothing(text: str) -> None:
    clean = neutralise(text)
    assert len(clean) <= len(text)
    assert not [c for c in clean if is_hidden(c) and c not in JOINERS]
    assert hidden_count(clean) == 0


@given(ANY_TEXT)
def test_neutralised_text_can_be_written_as_utf8(text: str) -> None:
    assert neutralise(text).encode("utf-8").decode("utf-8") == neutralise(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Plain text,\n\twith a tab.", 0),
        ("Ordinary “quotes” and naïve accents", 0),
        ("\ufeffA mark, a soft\u00adhyphen and Windows line ends\r\n are ordinary", 0),
        ("a\u200bb\u202ec", 2),
        ("\x1b[31mred\x00", 2),
        ("\U000e0041\U000e0042", 2),
    ],
)
def test_hidden_characters_are_counted_but_for_those_that_ordinary_files_have(text: str, count: int) -> None:
    assert hidden_count(text) == count


def test_one_line_has_single_spaces_and_no_breaks() -> None:
    assert one_line("  One\n\n two\t\x00three\u2028four \u200b ") == "One two three four"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so [A2.3] says", "so (A2.3) says"),
        ("[ a2 . 3 ]", "(a2 . 3)"),
        ("［A2．3］ and 【R1.1】", "(A2．3) and (R1.1)"),
        ("[A\u200b2.3]", "(A2.3)"),
        ("[A2\n.3]", "(A2 .3)"),
        ("[A23] and [sic] and [2.3] stay", "[A23] and [sic] and [2.3] stay"),
    ],
)
def test_nothing_looks_like_a_sentence_id_in_inert_text(text: str, shown: str) -> None:
    assert inert(text) == shown


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“We go,” he said", '"We go," he said'),
        ("„Wir gehen“, «nous»", '"Wir gehen", "nous"'),
        ("it’s ‹a› `b´", "it's 'a' 'b'"),
        ("''two marks'' make one", '"two marks" make one'),
        ("‘‘two marks’’ make one", '"two marks" make one'),
        ("2019–2026 — a decade", "2019-2026 - a decade"),
        ("−5 and ‑5 and ―5", "-5 and -5 and -5"),
        ("1\u00a0250\u202fkm", "1 250 km"),
        ("Well… no", "Well... no"),
        ("co\u00adoperate", "cooperate"),
        ("ﬁre, ＡＢＣ１, ①", "fire, ABC1, 1"),
        ("cafe\u0301", "café"),
        ("  two \n\t lines  ", "two lines"),
        ("10⁶ and 3½ and H₂O", "10⁶ and 3½ and H₂O"),
        ("Straße, ÉTÉ, 1,250.5", "Straße, ÉTÉ, 1,250.5"),
    ],
)
def test_folding_levels_typography_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_ascii_folds_alike_alone_and_beside_other_letters(text: str) -> None:
    assert fold(f"é {text}") == f"é {fold(text)}".rstrip()


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Señor “Núñez”", 'senor "nunez"'),
        ("Pyŏngyang", "pyongyang"),
    ],
)
def test_names_are_compared_without_case_and_accents(text: str, compared: str) -> None:
    assert plain(text) == compared


@pytest.mark.parametrize(
    ("needle", "haystack"),
    [
        ("rose 3", "rose 3.5%"),
        ("rose 3", "rose 3,500"),
        ("rose 3", "rose 3% on the day"),
        ("rose 3.", "rose 3.5%"),
        (".5%", "rose 3.5%"),
        ("5%", "rose 3.5%"),
        ("500 people", "1,500 people"),
        ("5 degrees", "-5 degrees"),
        ("3 million", "$3 million"),
        ("15", "150 boats"),
        ("art", "a party"),
        ("art", "the arts"),
        ("met", "they admitted it"),
        ("We Go", "we go"),
        ("denied", "nothing of the kind"),
        ("a.b", "acb"),
        ("", "anything"),
    ],
)
def test_words_and_numbers_are_found_whole_or_not_at_all(needle: str, haystack: str) -> None:
    assert find_exact(fold(needle), fold(haystack)) == -1


@pytest.mark.parametrize(
    ("needle", "haystack", "at"),
    [
        ("rose 3.5%", "It rose 3.5% on Monday", 3),
        ("Rose 3.5%", "It rose 3.5%", 3),
        ("we go", "We go.", 0),
        ("art", "party, then art", 12),
        ("3 million", "over 3 million.", 5),
        ("in 2026.", "It closed in 2026.", 10),
        ("Oskby", "Oskby's pool", 0),
        ("“it’s over”", 'He said "it\'s over"', 8),
        ("(all", "rooms (all of them)", 6),
        ("été", "Cet Été", 4),
    ],
)
def test_a_run_of_words_is_found_whatever_the_case_of_its_first_letter(needle: str, haystack: str, at: int) -> None:
    assert find_exact(fold(needle), fold(haystack)) == at


@given(ANY_TEXT, ANY_TEXT)
def test_what_is_found_stands_there(needle: str, haystack: str) -> None:
    small, large = fold(needle), fold(haystack)
    at = find_exact(small, large)
    if at >= 0:
        assert large[at + 1 :].startswith(small[1:])
    elif small and small == large:
        pytest.fail("a text holds itself")


def test_words_keep_hyphens_and_apostrophes_inside() -> None:
    assert words("The mayor’s well-known 45-year-old, _plain_ (naïve) 'x'") == (
        "The", "mayor’s", "well-known", "45-year-old", "plain", "naïve", "x"
    )  # fmt: skip
