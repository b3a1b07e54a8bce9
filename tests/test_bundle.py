"""A bundle: how its sentences are numbered, and what is stable about it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from briefer.bundle import SENTENCE_ID, Bundle, parse_published
from briefer.outlets import outlet_key
from briefer.text import neutralise

BODY = (
    "The council of Oskby voted on Monday to close the pool.\n\n“It is over. We go home,” said Ulla Berg.\n\n"
    "Swimming lessons — 84 a year — end in May."
)


def article(outlet: str = "Oskby Post", text: str = BODY, **more: str) -> dict[str, Any]:
    return {"outlet": outlet, "text": text, **more}


def bundle(*articles: dict[str, Any], **more: Any) -> Bundle:
    return Bundle.model_validate({"articles": list(articles), **more})


DESK = {"title": "Oskby pool", "source": "the desk", "text": "Built in 1974. It has two basins."}


def test_articles_and_references_are_numbered_in_file_order() -> None:
    made = bundle(article(), article("The Sound", "One. Two."), references=[DESK])
    assert list(made.sources) == ["A1", "A2", "R1"]
    assert list(made.sentences) == ["A1.1", "A1.2", "A1.3", "A2.1", "A2.2", "R1.1", "R1.2"]
    assert made.sentences["A2.2"].text == "Two."
    assert made.sentences["R1.1"].source == "R1"
    assert made.sources["R1"].outlet is None


def test_offsets_are_those_of_the_articles_own_text() -> None:
    made = bundle(article())
    for sentence in made.sources["A1"].sentences:
        assert made.articles[0].text[sentence.start : sentence.end] == sentence.text


def test_hidden_characters_go_from_a_sentence_but_its_offsets_stay_those_of_the_file() -> None:
    made = bundle(article(text="The po\u200bol clo\x07sed. \ufeffIt re\u202eopens."))
    first, second = made.sources["A1"].sentences
    assert (first.text, second.text) == ("The pool clo sed.", "It reopens.")
    raw = made.articles[0].text
    assert (raw[first.start : first.end], raw[second.start : second.end]) == (
        "The po\u200bol clo\x07sed.",
        "It re\u202eopens.",
    )


@given(st.text(min_size=1).filter(lambda t: any(c.isalnum() for c in t)), st.sampled_from(["en", "de", "zh", "xx"]))
def test_each_sentence_is_the_slice_it_says_it_is(text: str, language: str) -> None:
    made = bundle(article(text=text, language=language))
    for at, sentence in enumerate(made.sources["A1"].sentences, 1):
        assert sentence.id == f"A1.{at}"
        assert SENTENCE_ID.fullmatch(sentence.id)
        assert sentence.text == neutralise(text[sentence.start : sentence.end])


@pytest.mark.parametrize("wrong", ["A0.1", "A1.0", "A01.1", "A1", "B1.1", "A1.1 ", "a1.1", "A1.1.1"])
def test_what_is_no_sentence_id(wrong: str) -> None:
    assert not SENTENCE_ID.fullmatch(wrong)


def test_a_bundle_and_its_articles_are_frozen() -> None:
    made = bundle(article())
    with pytest.raises(ValidationError, match="frozen"):
        made.topic = "Another"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        made.articles[0].text = "Another"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        made.sentences["A1.1"].text = "Another"  # type: ignore[misc]


def test_two_articles_of_one_outlet_belong_together() -> None:
    made = bundle(article(), article("The Sound"), article(text="A second one."))
    assert made.outlets == ("Oskby Post", "The Sound")
    assert [s.id for s in made.articles_of("Oskby Post")] == ["A1", "A3"]
    assert made.articles_of("Nobody") == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The Sound", "the sound"),
        ("The Sound", "Sound"),
        ("Señal", "SENAL"),
        ("Oskby Post", " Oskby\u00a0 Post "),
        ("Oskby Post", "Os\u200bkby Post"),
        ("Straßenblatt", "STRASSENBLATT"),
    ],
)
def test_two_spellings_of_one_outlet_count_once_by_the_first(first: str, second: str) -> None:
    assert outlet_key(first) == outlet_key(second)
    made = bundle(article(first), article(second))
    assert made.outlets == (first,)
    assert [s.id for s in made.articles_of(first)] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("first", "second"), [("The Sound", "The Sounds"), ("Post", "Oskby Post"), ("Theatre", "atre")]
)
def test_two_outlets_with_alike_names_stay_two(first: str, second: str) -> None:
    assert len(bundle(article(first), article(second)).outlets) == 2


def test_an_outlets_name_and_a_title_are_one_line_without_hidden_characters() -> None:
    made = bundle(article("Oskby\n\x1b Post", title="Pool \u202e\n closes"))
    assert made.outlets == ("Oskby Post",)
    assert made.sources["A1"].title == "Pool closes"


def test_an_article_takes_its_language_from_the_bundle() -> None:
    made = bundle(article(), article(language="de"), language="fr", references=[DESK])
    assert [s.language for s in made.sources.values()] == ["fr", "de", "fr"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-10", date(2026, 3, 10)),
        (" 2026-03-10 ", date(2026, 3, 10)),
        ("2026-03-10T23:30:00Z", date(2026, 3, 10)),
        ("2026-03-10T23:30:00-05:00", date(2026, 3, 10)),
        ("2026-03-10 09:35", date(2026, 3, 10)),
        ("20260310", date(2026, 3, 10)),
        ("2026-02-30", None),
        ("10 March 2026", None),
        ("", None),
    ],
)
def test_a_day_of_publication_is_the_day_in_the_zone_it_is_written_in(value: str, day: date | None) -> None:
    assert parse_published(value) == day


def test_the_story_is_the_topic_else_the_first_title_else_the_id() -> None:
    plain, titled = article(), article(title="Pool\n closes")
    assert bundle(plain, titled, topic="The pool", id="b1").story == "The pool"
    assert bundle(plain, titled, id="b1").story == "Pool closes"
    assert bundle(plain, id="b1").story == "b1"
    assert bundle(plain).story == "Untitled story"


CONTENT: dict[str, Any] = {
    "id": "b1",
    "topic": "Pool",
    "articles": [article(title="Pool closes", published="2026-03-10"), article("Señal", "Único texto.")],
    "references": [DESK],
}


@pytest.mark.parametrize("indent", [None, 4])
def test_the_digest_does_not_change_with_layout_order_of_keys_or_unknown_keys(indent: int | None) -> None:
    made = Bundle.model_validate(CONTENT).sha256
    turned = dict(reversed(CONTENT.items())) | {"comment": "unknown", "version": 3}
    turned["articles"] = [dict(reversed(a.items())) | {"section": "Local"} for a in CONTENT["articles"]]
    written = json.dumps(turned, indent=indent, ensure_ascii=indent is None)
    assert Bundle.model_validate_json(written).sha256 == made
    assert len(made) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"topic": "Pools"},
        {"language": "de"},
        {"references": []},
        {"articles": CONTENT["articles"][::-1]},
        {"articles": CONTENT["articles"][:1]},
        {"articles": [article(title="Pool closes", published="2026-03-11"), CONTENT["articles"][1]]},
        {"articles": [article(title="Pool closes.", published="2026-03-10"), CONTENT["articles"][1]]},
    ],
)
def test_the_digest_changes_with_the_content(change: dict[str, Any]) -> None:
    assert Bundle.model_validate(CONTENT | change).sha256 != Bundle.model_validate(CONTENT).sha256


def test_names_are_grounded_in_title_and_text() -> None:
    made = bundle(article(title="Ann’s pool", text="It  closed."))
    assert made.sources["A1"].folded == "Ann's pool It closed."
