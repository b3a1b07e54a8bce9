"""The lint of prompts: sentences labelled by hand, the shipped prompts, and what is said of whole files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.data import data_folder
from briefer.editing.counts import too_many
from briefer.editing.review import LONGEST, Noted, Reviewed, review
from briefer.editing.sentences import Asked, sentences
from briefer.prompts import NAMES
from briefer.replies import HowWeGotHere, PapersSay

RULES = "Write in {{ language }}. Each statement has its `cites`."
SHIPPED = {path.stem: (path, path.read_text(encoding="utf-8")) for path in data_folder("prompts").glob("*.md")}


@dataclass(frozen=True)
class Labelled:
    """A sentence of a prompt, and the code that it is to get; "-" for none."""

    batch: str
    key: str
    code: str
    text: str


def _labelled() -> list[Labelled]:
    lines = Path(__file__).with_name("asks.tsv").read_text(encoding="utf-8").splitlines()
    return [Labelled(*line.split("\t")) for line in lines]


LABELLED = _labelled()


def noted(**texts: str) -> Sequence[Noted]:
    """Review prompts of these texts; whatever a section needs besides is there."""
    return review({"_system": (Path("_system.md"), RULES)} | {k: (Path(f"{k}.md"), t) for k, t in texts.items()}).noted


def codes(key: str, sentence: str) -> set[str]:
    needed = "On {{ topic }}: {{ references }}\n"
    return {note.finding.code for note in noted(**{key: needed + sentence})} - {"P001"}


def test_hardly_a_sentence_that_asks_for_what_is_possible_is_found() -> None:
    wrong = [each.text for each in LABELLED if each.code == "-" and codes(each.key, each.text) - {"P004", "P006"}]
    assert wrong == []


@pytest.mark.parametrize("code", ["P002", "P003", "P008"])
def test_nearly_every_sentence_that_asks_for_what_is_not_is_found(code: str) -> None:
    asked = [each for each in LABELLED if each.code == code]
    missed = [each.text for each in asked if code not in codes(each.key, each.text)]
    assert len(asked) >= 20
    assert len(missed) <= (2 if code == "P002" else 0), missed


def test_there_are_as_many_sentences_of_either_kind() -> None:
    good = sum(each.code == "-" for each in LABELLED)
    assert len(LABELLED) >= 240
    assert abs(2 * good - len(LABELLED)) < 20


def test_the_shipped_prompts_are_clean() -> None:
    assert review(SHIPPED) == Reviewed((), ())
    assert set(SHIPPED) == set(NAMES)


def test_a_finding_has_its_file_and_line_and_says_what_the_section_takes() -> None:
    [found] = noted(papers_say="---\ntitle: T\n---\nOn {{ topic }} and {{ outlet }}.\n\nWrite five bullets.")
    assert (found.path, found.line) == (Path("papers_say.md"), 6)
    assert found.finding.message == "“five bullets” asks for 5 bullets; this section takes at most 3"


def test_the_limit_is_the_schema_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(1, "Write five sentences.", "Write five sentences.")
    assert len(list(too_many(asked, "papers_say", PapersSay))) == 1
    monkeypatch.setattr(PapersSay, "statements_allowed", 5)
    assert list(too_many(asked, "papers_say", PapersSay)) == []


@pytest.mark.parametrize("wanted", range(1, 21))
@pytest.mark.parametrize("allowed", [1, 4, 12])
def test_one_more_than_the_schema_takes_is_too_many(wanted: int, allowed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PapersSay, "statements_allowed", allowed)
    for text in (f"Write {wanted} sentences.", f"Write up to {wanted} short sentences.", f"Write 1-{wanted} points."):
        assert bool(list(too_many(Asked(1, text, text), "papers_say", PapersSay))) is (wanted > allowed), text


def test_an_event_of_the_timeline_has_a_limit_of_its_own() -> None:
    text = "Give each event two sentences."
    [said] = too_many(Asked(1, text, text), "how_we_got_here", HowWeGotHere)
    assert said == "“two sentences” asks for 2 sentences; this section takes at most 1 for each dated event"


@pytest.mark.parametrize(
    "line", ['Good: "Write ten sentences."', "Bad, too long: ten sentences in Markdown.", "- Example: *bold*"]
)
def test_an_example_asks_for_nothing(line: str) -> None:
    assert list(sentences(line, 1)) == []


def test_what_is_quoted_asks_for_nothing() -> None:
    assert codes("whats_happened", "Avoid words like “six sentences in bold”.") == set()
    assert codes("whats_happened", 'Write "five sentences" out in full.') == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [("Do not use bullets but a table.", "P003"), ("If nothing fits, answer in Markdown.", "P003")],
)
def test_a_denial_ends_where_another_thought_begins(text: str, code: str) -> None:
    assert codes("whats_happened", text) == {code}


def test_a_key_that_the_reply_lacks_is_named_with_those_it_has() -> None:
    [found] = noted(topics="{{ topic }} {{ references }}\nSet `tone` to one word.")
    assert found.finding.message.startswith("“Set `tone`” asks for “tone”; a reply has only blocks, call, cites, date,")


HIDDEN = {
    "a zero width space": ("\u200b", "zero width space (U+200B)"),
    "a right-to-left override": ("\u202e", "right-to-left override (U+202E)"),
    "an isolate": ("\u2066", "left-to-right isolate (U+2066)"),
    "a tag letter": ("\U000e0041", "tag latin capital letter a (U+E0041)"),
    "a control": ("\x07", "a control character (U+0007)"),
    "a soft hyphen": ("\u00ad", "soft hyphen (U+00AD)"),
}


@pytest.mark.parametrize(("char", "name"), HIDDEN.values(), ids=HIDDEN)
def test_an_invisible_character_is_named_with_its_place(char: str, name: str) -> None:
    [found] = noted(whats_happened=f"On {{{{ topic }}}}.\nWrite{char} two sentences{char}.")
    assert (found.finding.code, found.line) == ("P005", 2)
    said = f"holds an invisible character at column 6: {name}, and 1 more; delete it"
    assert found.finding.message == said


def test_an_invisible_character_in_the_header_is_found() -> None:
    [found] = noted(whats_happened="---\ntitle: T\u200b\n---\nOn {{ topic }}.")
    assert (found.finding.code, found.line) == ("P005", 2)


@pytest.mark.parametrize(
    "text", ["\ufeffOn {{ topic }}.", "On {{ topic }}.\r\nTwo sentences.\r\n", "Über {{ topic }} – “so”."]
)
def test_line_ends_a_mark_of_the_encoding_and_typography_are_not_invisible_characters(text: str) -> None:
    assert noted(whats_happened=text.removeprefix("\ufeff")) == ()


@pytest.mark.parametrize(
    ("key", "body", "said"),
    [
        ("topics", "On {{ topic }}.", "never uses “{{ references }}”, so the desk's references are not shown"),
        ("whats_happened", "Write two sentences.", "never uses “{{ topic }}”, so the model is not told which story"),
        ("_system", "Give `cites`.", "never uses “{{ language }}”, so the model is not told which language"),
    ],
)
def test_a_placeholder_that_is_left_out_is_named_with_what_is_lost(key: str, body: str, said: str) -> None:
    [found] = noted(**{key: body})
    assert found.finding.code == "P004"
    assert said in found.finding.message


def test_a_section_may_leave_citing_to_the_rules_of_the_desk_or_say_it_itself() -> None:
    silent = "Write in {{ language }}."
    assert [n.finding.code for n in noted(_system=silent, papers_say="On {{ topic }}.")] == ["P006"]
    assert noted(_system=silent, papers_say="On {{ topic }}, with `cites`.") == ()


def test_a_prompt_of_great_length_is_named_with_its_length() -> None:
    [found] = noted(whats_happened="On {{ topic }}. " + "So " * (LONGEST // 3))
    assert found.finding.code == "P007"
    assert noted(whats_happened="On {{ topic }}. " + "So " * (LONGEST // 3 - 10)) == ()


def test_all_that_would_stop_a_run_is_listed_not_the_first_only() -> None:
    text = "---\nauthor: A\n---\n{{ topik }}\n{{ outlet }}"
    refused = review({"topics": (Path("topics.md"), text)}).refused
    assert [(fault.line, fault.code) for _, fault in refused] == [(2, "P001"), (4, "P001"), (5, "P001")]


def test_a_header_that_cannot_be_read_is_said_once_and_hidden_characters_besides() -> None:
    reviewed = review({"topics": (Path("topics.md"), "---\ntitle\u200b\nWrite in Markdown.")})
    assert [fault.line for _, fault in reviewed.refused] == [2]
    assert [note.finding.code for note in reviewed.noted] == ["P005"]


@given(st.text(max_size=300))
def test_any_text_can_be_reviewed(text: str) -> None:
    for key in ("papers_say", "_system", "_closing", "how_we_got_here"):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        assert all(1 <= note.line <= lines for note in noted(**{key: text}))
