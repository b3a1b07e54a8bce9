"""Where sentences begin and end: hard cases by language, and what holds for every text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.sentences import sentence_spans
from briefer.text import is_hidden

# Each case is written with a bar where one sentence ends and the next begins.
ENGLISH = """
Dr. Ada Holm spoke.|Mrs. Lind left.
Gov. Rae signed it.|Sen. Poe did not.
Mr. and Mrs. Alm came.|They stayed.
Lt. Gov. Poe came.|He met Sgt. A. Berg.|She nodded.
Col. J. R. Stone led.|He won.
J.K. Rowling wrote it.|She lives there.
George W. Bush came.|He left.
St. Olaf's church burned.|It is old.
Mr. Smith Jr. left.|He ran.
Prof. Lund et al. wrote it.|It sold.
Ph.D. students marched.|They sang.
He earned a B.A.|Then he left.
The U.S. Army moved in.|It left later.
He lives in the U.S.|It is far.
The E.U. Commission met.|The U.N. Security Council did too.
He works at the U.N.|He is tired.
They met in Washington, D.C.|They talked.
Washington D.C. Mayor Ann Poe spoke.|She left.
Acme Inc. said it lost money.|Shares fell.
It rose at 9 a.m. on Monday.|It fell at 5 p.m.|The bell rang.
On Jan. 5 it began.|On Feb. 3 it ended.
It closed in May.|Forty left in Oct.|The rest stayed until Jan. 2026.
“It met in May. Forty left,” he said.|She left.
See No. 24 in the list.|It is short.
He said no.|Then he left.
Section 3.|The court ruled.|Art. 5 applies.|Fig. 2 shows it.
It is e.g. a ferry, i.e. a boat.|It sank.
Cars vs. buses was the theme.|Buses won.
The rate rose 3.5 percent.|It fell 0.2 points.
It cost $1.2 million.|Prices rose 5%.|It fell 3%.
In 1999.|In 2001.
It has 3 floors.|12 people live there.
The vote was 5-4.|Judge Kim wrote it.
Plan B.|It failed.
Malcolm X. spoke.|He left.
What now?|Nobody knows!|It is over.
Yahoo! said so.|It lost.
The ship (built in 1999.) sank.|It was old.
Visit www.oskby.example.|It is new.
the ferry ran aground .|nobody was hurt , police said .|Fog , he said .
he waited . . . then he left .
“We lost. We go on,” said Ana Brel.|She left.
“We lost. We go on.”|He left.
“Why?” he asked.|“Because.”
“Is it?”|The man left.
“Stop.”|“Why?”|“Because.”
'No,' he said.|'Never.'
"We lost. We go on," said Ana Brel.|She left.
He said: “Stop! Go home.”|Then he left.
He called it “a disaster”.|Then he left.
He called it “a disaster.”|Then he left.
“We begin.|The bell rings.|And nobody hears.
“Never mind ... we go,” he said.|It ended.
He waited...|Then he left.
“Well… maybe,” she said.|He left.
OSKBY, May 4 (Reuters) — The council met.|It voted.
OSKBY — The council met.|It voted.
OSKBY - The council met.|It voted.
""".strip().split("\n")
OTHERS = """
de Die Fähre lief z. B. am 3. Mai aus.|Dr. Holm war an Bord.
de Am 12. März 2026 sank das Schiff.|Das sagte Dr. Ada Holm.|Sie lebt.
de Es kostet ca. 3,5 Mio. Euro.|Das ist viel.
de Art. 5 Abs. 2 gilt.|Er gilt immer.
de Nr. 24 gewann.|Prof. Lund u. a. verloren.
de „Wir gehen. Wir kommen wieder“, sagte er.|Er ging.
de Das gilt d. h. immer.|Er ging.
fr M. Dupont est parti.|Mme Leroy est restée.
fr « Nous partons. Nous reviendrons », a dit M. Petit.|Il est parti.
fr Il a dit : « Non ! »|Puis il est parti.
fr Le n° 24 a gagné.|J.-P. Roy a perdu.
es El Sr. Gómez habló.|La Sra. Ruiz calló.
es EE. UU. envió tropas.|México no.
es ¿Quién sabe?|Nadie lo dijo.|¡Vamos!
es La Dra. Pérez llegó.|Se fue.
zh 船沉了。|没有人受伤。|“我们走了。”|他说。
ja 船は沈んだ。|誰も怪我をしなかった。
ar غرقت السفينة.|لم يصب أحد.|هل عرفوا؟|نعم.
hi जहाज डूब गया।|कोई घायल नहीं हुआ।
ru Судно затонуло.|Никто не пострадал.
""".strip().split("\n")


def cut(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def test_the_table_of_hard_cases_is_not_cut_short() -> None:
    assert len(ENGLISH) + len(OTHERS) >= 70


@pytest.mark.parametrize("case", ENGLISH)
def test_english(case: str) -> None:
    assert cut(case.replace("|", " ")) == case.split("|")


@pytest.mark.parametrize("case", OTHERS)
def test_other_languages(case: str) -> None:
    language, marked = case.split(" ", 1)
    gap = "" if language in ("zh", "ja") else " "
    assert cut(marked.replace("|", gap), language) == marked.split("|")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(
            "Pool closes\nThe council of Oskby voted on Monday to close the pool.\nIt opens again in May.",
            ["Pool closes", "The council of Oskby voted on Monday to close the pool.", "It opens again in May."],
            id="heading on its own line",
        ),
        pytest.param(
            "Pool closes\n\nThe council voted.\n\nPhoto: Ann Poe/Oskby Post\n\nIt left.",
            ["Pool closes", "The council voted.", "Photo: Ann Poe/Oskby Post", "It left."],
            id="caption between paragraphs",
        ),
        pytest.param(
            "Three points:\n- The boat sank.\n• The crew lived.\n* No one left\n2) The end",
            ["Three points:", "- The boat sank.", "• The crew lived.", "* No one left", "2) The end"],
            id="bullets",
        ),
        pytest.param(
            "The council of Oskby voted on Monday evening to close\nthe pool, which has lost money for years, and Mr.\n"
            "Lund agreed. It opens\nagain in May.",
            [
                "The council of Oskby voted on Monday evening to close\nthe pool, which has lost money for years, and"
                " Mr.\nLund agreed.",
                "It opens\nagain in May.",
            ],
            id="hard-wrapped lines",
        ),
        pytest.param(
            "The council of Oskby voted on Monday evening to close the\nPool of Oskby, which has lost money for years,"
            "\nsaid Ann Poe.",
            [
                "The council of Oskby voted on Monday evening to close the\nPool of Oskby, which has lost money for"
                " years,\nsaid Ann Poe."
            ],
            id="hard-wrapped before a capital",
        ),
        pytest.param(
            "“We go.\n\n“We come back,” he said.", ["“We go.", "“We come back,” he said."], id="quoted paragraphs"
        ),
        pytest.param("One.\r\n\r\nTwo.\r\nThree.", ["One.", "Two.", "Three."], id="Windows line ends"),
        pytest.param("One.\n \t\n\n\nTwo.", ["One.", "Two."], id="blank lines that are not empty"),
        pytest.param("One. * * *\n\n---\n\n_ _\n\nTwo.", ["One.", "Two."], id="rules are no sentences"),
        pytest.param(
            "Nobody\u200b came.\u200b Then rain.", ["Nobody\u200b came.", "Then rain."], id="zero width space"
        ),
        pytest.param("\ufeffOne.\u202e Two.", ["One.", "Two."], id="hidden marks between sentences"),
    ],
)
def test_layout(text: str, sentences: list[str]) -> None:
    assert [s.strip("\ufeff\u202e\u200b") for s in cut(text)] == sentences


@pytest.mark.parametrize("text", ["", " \n\t ", "...", "— * —", "\u200b\ufeff", "\x00"])
def test_a_text_without_words_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


def test_one_word_is_a_sentence() -> None:
    assert cut("Fire") == ["Fire"]


def test_an_unknown_language_is_cut_as_well() -> None:
    assert cut("One is here. Two is there.", "xx") == ["One is here.", "Two is there."]
    assert cut("One is here. Two is there.", "") == ["One is here.", "Two is there."]


def test_a_long_quotation_of_several_sentences_is_cut_at_their_ends() -> None:
    quotation = "“" + " ".join(["We will come back to this pool every day until it opens."] * 30) + "” he said."
    found = cut(quotation)
    assert len(found) > 2
    assert all(s.endswith(("opens.", "he said.")) and len(s) <= 700 for s in found)


ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=[]),
        st.sampled_from(" .!?\n\"“”'’«»()-—…。；AaBb\u200b\u00ad\t\r1•"),
    ),
    max_size=120,
)
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "zh", "ar", "xx", ""])


@given(ANY_TEXT, LANGUAGES)
def test_spans_are_in_order_in_range_and_without_white_space_at_their_ends(text: str, language: str) -> None:
    last = 0
    for start, end in sentence_spans(text, language):
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        last = end


@given(ANY_TEXT, LANGUAGES)
def test_every_word_character_is_in_a_sentence(text: str, language: str) -> None:
    left = list(text)
    for start, end in sentence_spans(text, language):
        left[start:end] = " " * (end - start)
    assert not [c for c in left if c.isalnum() and not is_hidden(c)]


@given(st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=5))
def test_paragraphs_do_not_change_each_other(cases: list[str]) -> None:
    alone = [s for case in cases for s in cut(case.replace("|", " "))]
    assert cut("\n\n".join(case.replace("|", " ") for case in cases)) == alone


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word " * 1_000_000, id="5 MB without a full stop"),
        pytest.param("x" * 5_000_000, id="5 MB in one word"),
        pytest.param("“a b. " * 500_000, id="500,000 quotes left open"),
        pytest.param('"' * 500_000, id="500,000 quotation marks"),
        pytest.param("a\n" * 1_000_000, id="a million lines"),
        pytest.param(" \n" * 1_000_000, id="a million empty lines"),
        pytest.param("(a. " * 500_000, id="500,000 brackets left open"),
        pytest.param("Mr. " * 500_000, id="500,000 titles"),
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.monotonic()
    spans = sentence_spans(text)
    assert time.monotonic() - began < 10
    assert all(end - start <= 4_000 for start, end in spans)


@pytest.mark.parametrize("space", "\u00a0\u2009\u3000\u2028")
def test_a_wide_space_before_a_full_stop_breaks_nothing(space: str) -> None:
    text = f"C{space}. The bridge is shut. It rained."
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert found[-2:] == ["The bridge is shut.", "It rained."]
