"""What a model may answer: each section's limits, a strict reading, and the claims that come of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.replies import (
    WIRE_SCHEMA,
    BehindTheHeadline,
    Closing,
    GoDeeper,
    HowWeGotHere,
    PapersSay,
    Repair,
    Reply,
    Topics,
    WhatsHappened,
    read_reply,
)
from briefer.sections import SECTIONS

NOT_JSON = ["the reply is not one JSON object with each key once"]
ALL = (WhatsHappened, BehindTheHeadline, PapersSay, Closing, HowWeGotHere, GoDeeper, Topics, Repair)


def statement(text: str = "It closed.", kind: str = "reported", cites: tuple[str, ...] = ("A1.1",)) -> dict[str, Any]:
    return {"text": text, "kind": kind, "cites": list(cites)}


def block(*statements: dict[str, Any], heading: str = "", date: str = "") -> dict[str, Any]:
    return {"heading": heading, "date": date, "statements": list(statements)}


def reply(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    empty = {"text": "", "cites": []}
    return {"call": "c-1", "headline": empty, "blocks": list(blocks), "open_questions": []} | more


def read(schema: type[Reply], data: Any) -> Reply | list[str]:
    return read_reply(schema, json.dumps(data))


def accepted(schema: type[Reply], data: Any) -> Reply:
    result = read(schema, data)
    assert isinstance(result, schema), result
    return result


@pytest.mark.parametrize("schema", ALL)
def test_an_empty_reply_is_accepted_by_every_section(schema: type[Reply]) -> None:
    assert accepted(schema, reply()).claims("x", None) == []


@pytest.mark.parametrize(
    ("schema", "blocks", "statements"),
    [
        (WhatsHappened, 1, 4),
        (BehindTheHeadline, 1, 5),
        (PapersSay, 1, 3),
        (Closing, 1, 2),
        (HowWeGotHere, 13, 4),
        (GoDeeper, 3, 3),
        (Topics, 12, 2),
        (Repair, 40, 1),
    ],
)
def test_the_limits_of_a_section_and_what_is_said_beyond_them(
    schema: type[Reply], blocks: int, statements: int
) -> None:
    # The background of how_we_got_here is one block; the others are the timeline's, each with a date and one statement.
    full = block(*[statement()] * statements, heading="A heading")
    more = block(statement(), heading="A heading", date="2024") if schema is HowWeGotHere else full
    assert len(accepted(schema, reply(full, *[more] * (blocks - 1))).blocks) == blocks
    assert read(schema, reply(full, *[more] * blocks)) == [
        f"“blocks” holds {blocks + 1} blocks; this section takes at most {blocks}"
    ]
    assert read(schema, reply(block(*[statement()] * (statements + 1), heading="A heading"))) == [
        f"a block holds {statements + 1} statements; this section takes at most {statements}"
    ]


def test_the_background_is_one_block_and_each_event_one_sentence() -> None:
    plain = block(statement())
    assert read(HowWeGotHere, reply(plain, plain)) == ["several blocks have no date; only the background has none"]
    crowded = block(statement(), statement(), date="2024")
    assert read(HowWeGotHere, reply(crowded)) == [
        "a dated block holds several statements; the timeline has one for each event"
    ]


@pytest.mark.parametrize("schema", ALL)
def test_blocks_without_statements_do_not_count(schema: type[Reply]) -> None:
    made = accepted(schema, reply(*[block()] * 60, block(statement(), heading="A heading")))
    assert [c.block for c in made.claims("x", None)] == [0]


@pytest.mark.parametrize("schema", [GoDeeper, Topics, Repair])
@pytest.mark.parametrize("date", ["", "2024"])
def test_a_section_that_names_its_blocks_wants_a_heading(schema: type[Reply], date: str) -> None:
    unnamed = reply(block(statement(), heading=" ", date=date))
    assert read(schema, unnamed) == ["a block has no heading; this section names each block"]


GOOD = json.dumps(reply(block(statement())))
MALFORMED = {
    "nothing": "",
    "prose": "Here is your briefing.",
    "two objects": GOOD + GOOD,
    "a fence": f"```json\n{GOOD}\n```",
    "cut": GOOD[:-2],
    "key twice": GOOD.replace('"call"', '"call": "a", "call"'),
    "key twice inside": GOOD.replace('"kind"', '"kind": "reported", "kind"'),
    "NaN": GOOD.replace('"c-1"', "NaN"),
    "infinity": GOOD.replace('"c-1"', "-Infinity"),
    "nested lists": "[" * 200_000,
    "nested objects": '{"a":' * 200_000,
    "a number of 5,000 digits": GOOD.replace('"c-1"', "1" * 5000),
    "a raw control": GOOD.replace("It closed.", "It\x00closed."),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_what_is_not_one_json_object_with_each_key_once(text: str) -> None:
    assert read_reply(WhatsHappened, text) == NOT_JSON


def test_half_a_character_is_refused_since_it_can_be_neither_printed_nor_sent_back() -> None:
    half = ["the reply holds half a character: a \\u escape of a surrogate without its other half"]
    assert read(WhatsHappened, reply(block(statement("Fire \ud83d")))) == half
    whole = accepted(WhatsHappened, reply(block(statement("Fire 🔥"))))
    assert whole.model_dump_json()


STRICT: dict[str, tuple[dict[str, Any], str]] = {
    "a key too many": (reply(SECRET="x"), "the reply has a key that the schema does not have"),
    "a key too many in a block": (
        reply(block(statement()) | {"SECRET": 1}),
        "blocks.0 has a key that the schema does not have",
    ),
    "a key too many in a statement": (
        reply(block(statement() | {"outlet": "SECRET"})),
        "blocks.0.statements.0 has a key that the schema does not have",
    ),
    "call a number": (reply(call=7), "call is not a text"),
    "heading null": (
        reply(block(statement()) | {"heading": None}),
        "blocks.0.heading is not a text",
    ),
    "cites a text": (
        reply(block(statement() | {"cites": "A1.1"})),
        "blocks.0.statements.0.cites is not a list",
    ),
    "cites a list of numbers": (
        reply(block(statement() | {"cites": [1.1]})),
        "blocks.0.statements.0.cites.0 is not a text",
    ),
    "kind unknown": (
        reply(block(statement(kind="SECRET"))),
        "blocks.0.statements.0.kind is not 'reported' or 'inference'",
    ),
    "kind extract": (
        reply(block(statement(kind="extract"))),
        "blocks.0.statements.0.kind is not 'reported' or 'inference'",
    ),
    "open question an object": (reply(open_questions=[{}]), "open_questions.0 is not a text"),
    "blocks an object": (reply(blocks={}), "blocks is not a list"),
}


@pytest.mark.parametrize(("data", "problem"), STRICT.values(), ids=STRICT)
def test_the_shape_is_read_strictly(data: dict[str, Any], problem: str) -> None:
    assert read(WhatsHappened, data) == [problem]


@pytest.mark.parametrize("key", ["call", "headline", "blocks", "open_questions"])
def test_every_key_is_needed(key: str) -> None:
    data = reply()
    del data[key]
    assert read(WhatsHappened, data) == [f"{key} is missing"]


@pytest.mark.parametrize("data", [None, [], 3, "text", True])
def test_a_reply_that_is_no_object(data: Any) -> None:
    problems = read(WhatsHappened, data)
    assert isinstance(problems, list)
    assert problems == ["the reply is not an object"]


def test_at_most_eight_problems_are_listed_each_once() -> None:
    bad = [statement() | {"kind": n, "text": n} for n in range(30)]
    problems = read(Repair, reply(*(block(s, heading="1") for s in bad)))
    assert isinstance(problems, list)
    assert len(problems) == len(set(problems)) == 8


SECRET = "zqxzqx"
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([None, True, 7, 1.5, SECRET, f"[A1.1] {SECRET}", "reported", "c-1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*"call headline blocks open_questions heading date statements text kind cites".split(), SECRET]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(VALUES, st.sampled_from(ALL))
def test_the_problems_never_repeat_the_replys_own_text(data: Any, schema: type[Reply]) -> None:
    result = read(schema, reply() | data if isinstance(data, dict) else data)
    if isinstance(result, list):
        assert result
        assert SECRET not in " ".join(result)


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_reply(WhatsHappened, text), list)


def test_claims_come_in_order_with_the_headline_first() -> None:
    made = accepted(
        WhatsHappened,
        reply(
            block(statement(" One. "), statement("Two.", "inference", ("A1.2", "A2.1"))),
            headline={"text": " Pool closes ", "cites": ["A1.1"]},
        ),
    )
    claims = made.claims("whats_happened", None)
    assert [(c.part, c.text, c.cites, c.block) for c in claims] == [
        ("headline", "Pool closes", ("A1.1",), 0),
        ("body", "One.", ("A1.1",), 0),
        ("body", "Two.", ("A1.2", "A2.1"), 0),
    ]
    assert {(c.section, c.outlet, c.heading, c.date) for c in claims} == {("whats_happened", None, None, None)}


def test_only_the_analysis_may_infer() -> None:
    data = reply(block(statement(kind="inference"), heading="A heading"))
    kinds = {schema: [c.kind for c in accepted(schema, data).claims("x", None)] for schema in ALL}
    assert [schema for schema, found in kinds.items() if found == ["inference"]] == [BehindTheHeadline, Repair]


def test_only_the_news_has_a_headline() -> None:
    data = reply(headline={"text": "Pool closes", "cites": ["A1.1"]})
    assert [s for s in ALL if accepted(s, data).claims("x", None)] == [WhatsHappened]


def test_the_claims_of_an_account_carry_its_outlet_and_no_heading() -> None:
    made = accepted(PapersSay, reply(block(statement(), heading="Another paper", date="2024")))
    (claim,) = made.claims("papers_say", "Oskby Post")
    assert (claim.outlet, claim.heading, claim.date, claim.part) == ("Oskby Post", None, None, "body")


def test_a_dated_block_is_a_timeline_entry_in_the_background_only() -> None:
    data = reply(block(statement("Before.")), block(statement("Then."), heading="Pool", date=" 2024-06 "))
    background = accepted(HowWeGotHere, data).claims("how_we_got_here", None)
    assert [(c.part, c.date, c.block, c.heading) for c in background] == [
        ("body", None, 0, None),
        ("timeline", "2024-06", 1, None),
    ]
    named = reply(block(statement(), heading=" Why now? ", date="2024"))
    (answer,) = accepted(GoDeeper, named).claims("go_deeper", None)
    assert (answer.part, answer.date, answer.heading) == ("body", None, "Why now?")


def _keys(schema: dict[str, Any]) -> set[str]:
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return {*schema, *(key for part in inner for key in _keys(part))}


def test_the_wire_schema_holds_shape_only_and_is_the_same_for_all() -> None:
    assert _keys(WIRE_SCHEMA) == {"type", "properties", "required", "additionalProperties", "items", "enum"}
    assert list(WIRE_SCHEMA["properties"]) == list(Reply.model_fields)
    assert WIRE_SCHEMA["required"] == list(WIRE_SCHEMA["properties"])
    assert {list(s.reply.model_fields)[-1] for s in SECTIONS} == {"open_questions"}
