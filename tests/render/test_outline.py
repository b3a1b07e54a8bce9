"""What is decided once for all renderers: order, numbers, marks, notes, and what is said of gaps."""

from __future__ import annotations

import re
from typing import Any

import pytest

from briefer.render import FORMATS, render
from briefer.render.outline import ALONE, INFERENCE, NOT_ASKED, NOTHING, SINGLE_SOURCE, TITLES, outline
from briefer.render.parts import Dispute, Line, marks
from briefer.render.when import readable, span
from briefer.text import one_line
from tests.render.sample import ARTICLES, block, record, sample, statement


def test_sections_stand_in_the_fixed_order() -> None:
    assert [part.title for part in outline(sample()).parts] == [
        "What's happened",
        "What's behind the headline?",
        "What the papers say",
        "How we got here",
        "Go deeper",
        "More on these topics",
    ]


def test_the_order_does_not_depend_on_the_file() -> None:
    turned = dict(reversed(record()["sections"].items()))
    assert outline(sample(sections=turned)) == outline(sample())


def test_a_section_of_another_version_is_printed_last() -> None:
    more = record()["sections"] | {"what_next": [block(None, statement("It rains.", "A1.1"))]}
    last = outline(sample(sections=more)).parts[-1]
    assert (last.title, last.passages[0].lines[0].text) == ("what next", "It rains.")


def test_sources_are_numbered_in_order_of_first_use() -> None:
    result = outline(sample())
    assert result.title.numbers == (1, 2)
    assert [line.numbers for line in result.parts[0].passages[0].lines] == [(1, 2), (3,), (4,)]
    evidence = {number: sid for entry in result.sources for number, sid, _ in entry.evidence}
    assert sorted(evidence) == list(range(1, 14))
    assert [evidence[n] for n in (1, 2, 3, 4)] == ["A1.1", "A4.1", "A2.1", "A1.2"]


def test_sources_are_grouped_by_article_and_none_is_left_out() -> None:
    data = record()["sections"] | {"papers_say": [], "topics": []}
    entries = outline(sample(sections=data, disagreements=[])).sources
    assert [entry.outlet for entry in entries] == [a[1] for a in ARTICLES] + ["Background R1"]
    assert entries[4].remarks == ("not cited",)
    assert entries[3].remarks == ("near-copy of The Tarn Valley Post, “Old bridge at Hollin closed to all traffic”",)


def test_a_single_source_is_marked_outside_accounts_only() -> None:
    result = outline(sample())
    assert [line.single for line in result.parts[0].passages[0].lines] == [False, True, False]
    assert not any(line.single for passage in result.parts[2].passages for line in passage.lines)
    assert (marks(Line("", (12, 3), single=True)), marks(Line("", (12,)), unicode=False)) == ("¹²·³†", "[12]")


def test_a_near_copy_is_no_second_source() -> None:
    told = statement("The bridge is closed to all traffic.", "A1.1", "A4.1")
    result = outline(sample(sections={"whats_happened": [{"heading": None, "statements": [told]}]}))
    assert result.parts[0].passages[0].lines[0].single


def test_one_outlet_alone_marks_nothing_as_single() -> None:
    result = outline(sample(articles=record()["articles"][:1]))
    assert result.dateline == ("1 article from 1 outlet", "9 March 2026")
    assert result.legend == (("‡", INFERENCE),)


def test_an_inference_is_marked_as_the_models_and_not_as_a_source() -> None:
    line = outline(sample()).parts[1].passages[0].lines[1]
    assert (line.inference, line.single, marks(line)) == (True, False, "⁵·⁶‡")


def test_the_legend_explains_the_signs_that_are_used() -> None:
    assert outline(sample()).legend == (("†", SINGLE_SOURCE), ("‡", INFERENCE))
    bare = sample(sections={"papers_say": record()["sections"]["papers_say"]}, timeline=[])
    assert outline(bare).legend == ()


def test_what_one_outlet_has_alone_is_marked_and_counted() -> None:
    assert outline(sample()).parts[2].alone == ""
    sections = record()["sections"]
    for at, number in ((1, 0), (1, 1), (2, 0)):
        sections["papers_say"][at]["statements"][number]["alone"] = True
    briefing = sample(sections=sections)
    result = outline(briefing)
    lines = result.parts[2].passages[1].lines
    assert [marks(line, unicode=False) for line in lines] == ["[3][8]^", "[9]^"]
    assert result.legend[-1] == ("§", ALONE)
    assert result.parts[2].alone == "§ Alone with a report · Northmere Evening News (2) · The Ledger of Skarne (1)"
    for form in FORMATS:
        text = re.sub(r"\s+", " ", render(briefing, form))
        assert form == "json" or "§ Alone with a report · Northmere Evening News (2) · The" in text


def test_extracts_are_quoted_and_name_their_outlet_outside_its_account() -> None:
    result = outline(sample())
    inside, outside = result.parts[2].passages[4].lines[0], result.parts[5].passages[1].lines[0]
    assert inside.text == "“A bridge is a promise that a council makes to people who are not born yet.”"
    assert outside.text.endswith("at rush hour.” (Northmere Evening News)")
    assert inside.quoted
    assert outside.quoted


def test_quotations_inside_an_extract_are_single() -> None:
    said = [block(None, statement("“No,” she said.", "A1.2", kind="extract"))]
    line = outline(sample(sections={"whats_happened": said})).parts[0].passages[0].lines[0]
    assert line.text == "“‘No,’ she said.” (The Tarn Valley Post)"


@pytest.mark.parametrize("key", TITLES)
@pytest.mark.parametrize("code", ["R001", "R002"])
def test_a_missing_section_says_why(key: str, code: str) -> None:
    gap: dict[str, Any] = {"disagreements": [], "timeline": [], "open_questions": []}
    note = {"code": code, "message": "the model's replies could not be used", "section": key}
    result = outline(sample(sections=record()["sections"] | {key: []}, integrity=[note], **gap))
    part = result.parts[list(TITLES).index(key)]
    assert (part.missing, result.notes) == ("the model's replies could not be used", ())


def test_a_missing_section_without_a_note_is_not_silent() -> None:
    result = outline(sample(sections={"topics": []}, timeline=[]))
    assert (result.parts[0].missing, result.parts[5].missing) == (NOT_ASKED, NOTHING)


def test_notes_name_what_they_are_about_once() -> None:
    remark = {"code": "W504", "message": "a long run of the article's own words"}
    long = "The council was told in June 2024 that the bed below the second pier might fail."
    told = [block(None, statement(long, "A3.1", findings=[remark]))]
    notes = outline(sample(sections=record()["sections"] | {"behind_the_headline": told})).notes
    assert [note.about for note in notes] == [
        "Radio Ullbeck",
        "",
        "“The council was told in June 2024 that the bed below the…”",
    ]


def test_the_story_is_the_title_when_there_is_no_headline() -> None:
    result = outline(sample(headline=None))
    assert (result.title.text, result.story) == ("A stone bridge at Hollin is closed after flood damage", "")


def test_all_text_is_on_one_line_and_without_hidden_characters() -> None:
    dirty = "two\nlines\x1b[31m\u202e and\u200b more"
    assert outline(sample(story=dirty)).story == one_line(dirty) == "two lines [31m and more"


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024-06-19", "19 June 2024"),
        ("2024-06", "June 2024"),
        ("2024", "2024"),
        ("2024-13", "2024-13"),
        ("in May", "in May"),
    ],
)
def test_dates_are_readable(iso: str, words: str) -> None:
    assert readable(iso) == words


def test_spans_say_what_is_shared_once() -> None:
    from datetime import date

    assert span([]) == ""
    assert span([date(2026, 3, 10), date(2026, 3, 9)]) == "9–10 March 2026"
    assert span([date(2026, 2, 28), date(2026, 3, 9)]) == "28 February – 9 March 2026"
    assert span([date(2025, 12, 31), date(2026, 1, 1)]) == "31 December 2025 – 1 January 2026"


def differing(count: int, **changes: Any) -> list[dict[str, Any]]:
    cites = [*(record()["disagreements"][0]["sides"][n]["cite"] for n in (0, 1))]
    sides = [
        {"outlets": ["The Tarn Valley Post"], "value": "two", "cite": cites[0], "as_of": "2026-03-09"},
        {"outlets": ["The Ledger of Skarne"], "value": "four", "cite": cites[1], "as_of": "2026-03-10T12:15-05:00"},
    ]
    return [{"about": f"The toll {n}", "sides": sides} | changes for n in range(count)]


def disputes(*found: dict[str, Any]) -> tuple[Dispute, ...]:
    return next(p for p in outline(sample(disagreements=list(found))).parts if p.disputes).disputes


def test_a_count_says_of_what_time_each_side_is_and_a_name_does_not() -> None:
    [count], [name] = disputes(*differing(1, over_time=True)), disputes(*differing(1, kind="name"))
    assert count.about == "The toll 0, at different times"
    assert [stand.outlets for stand in count.stands] == [
        "The Tarn Valley Post; 9 March 2026",
        "The Ledger of Skarne; 10 March 2026, 12:15",
    ]
    assert (name.about, name.stands[0].outlets) == ("The toll 0", "The Tarn Valley Post")


def test_the_sentences_of_all_outlets_of_a_side_are_numbered() -> None:
    [found] = differing(1)
    found["sides"] = [found["sides"][0] | {"more": [found["sides"][1]["cite"]]}, found["sides"][1]]
    assert len(disputes(found)[0].stands[0].line.numbers) == 2


def test_no_more_than_eight_differences_are_printed_and_the_rest_is_counted() -> None:
    printed = disputes(*differing(10))
    assert [d.about for d in printed][7:] == ["The toll 7", "2 more differences in the briefing as JSON."]
    for form in FORMATS:
        assert ("2 more differences" in render(sample(disagreements=differing(10)), form)) == (form != "json")
    assert '<ul class="sides">\n</ul>' not in render(sample(disagreements=differing(10)), "html")


def test_a_long_sentence_is_cut_to_the_words_around_the_value() -> None:
    [found] = differing(1)
    words = " ".join(f"word{n}" for n in range(80))
    text = f"{words} two {words}"
    long = found["sides"][0]["cite"] | {"text": text, "end": found["sides"][0]["cite"]["start"] + len(text)}
    found["sides"] = [found["sides"][0] | {"cite": long}, found["sides"][1]]
    [dispute] = disputes(found)
    quoted = dispute.stands[0].line.text
    assert (quoted[:7], quoted[-3:]) == ("“… word", " …”")
    assert " two " in quoted
    assert len(quoted) <= 210
    assert quoted.strip("“”… ") in text
