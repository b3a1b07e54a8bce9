"""Chat completions as they should be, with a reply in them that cannot be used as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.command import Outcome, run
from tests.cli.desk import REPLIES
from tests.fake import block, wire
from tests.faults.body import FOUR, good
from tests.faults.row import Fault, bill, failed, lead
from tests.faults.stage import Stage
from tests.server import Answer, completion, envelope, reply

ACCOUNT = "papers_say/Coast Radio"


def said(token: str, call: str = "topics") -> str:
    """The text of a good reply."""
    return wire(token, **REPLIES[call])


def changed(call: str, headline: str) -> Callable[[str], Answer]:
    """A good reply, but for what stands in the place of its headline."""

    def answer(token: str) -> Answer:
        return completion(said(token, call).replace('{"text": "", "cites": []}', headline))

    return answer


# No reply


def twice_the_limit(stage: Stage, _: Outcome) -> None:
    limits = [
        r.json["max_tokens"]
        for r, call in zip(stage.server.requests, stage.model.asked, strict=True)
        if call == "topics"
    ]
    assert limits == [500, 1000]


LIMIT = {"BRIEFER_REPLY_TOKENS": "500"}
CUT = completion('{"call": "c-', finish="length")
NO_REPLY = (
    Fault(
        name="reply-empty",
        what="The model says nothing, and nothing again when it is asked once more.",
        answers={"topics": [completion(None)]},
        calls={"topics": "empty empty"},
        code=9,
        reads=(failed("the reply is empty"), bill(3)),
        again=0,
    ),
    Fault(
        name="reply-refused",
        what="The model refuses to write an outlet's account.",
        sections=("papers_say",),
        answers={ACCOUNT: [completion(None, refusal="I cannot help with that")]},
        calls={ACCOUNT: "refused"},
        code=9,
        reads=(lead("the model refused"), bill(4)),
        again=0,
    ),
    Fault(
        name="reply-cut",
        what="A reply is cut at its length limit; with twice the limit it is whole.",
        answers={"topics": [CUT, {}]},
        env=LIMIT,
        calls={"topics": "truncated ok"},
        code=0,
        reads=(bill(3),),
        proof=twice_the_limit,
    ),
    Fault(
        name="reply-cut-twice",
        what="A reply is cut at its length limit, and at twice the limit again.",
        answers={"topics": [CUT]},
        env=LIMIT,
        calls={"topics": "truncated truncated"},
        code=9,
        reads=(failed("the reply was cut at its length limit"), bill(3)),
        again=0,
    ),
    Fault(
        name="reply-of-white-space",
        what="A grammar that cannot end fills a reply with white space up to its limit; more would only cost more.",
        answers={"topics": [completion('{"call":' + " " * 16_000, finish="length")]},
        env=LIMIT,
        calls={"topics": "truncated"},
        code=9,
        reads=(failed("the reply was cut at its length limit"), bill(2)),
        again=0,
    ),
    Fault(
        name="reply-filtered",
        what="The provider's filter stops an outlet's account halfway.",
        sections=("papers_say",),
        answers={ACCOUNT: [completion("", finish="content_filter")]},
        calls={ACCOUNT: "refused"},
        code=9,
        reads=(lead("the provider's content filter stopped the reply"), bill(4)),
        again=0,
    ),
)

# A reply in an odd form


def odd_end(token: str) -> Answer:
    return completion(said(token), finish="banana", tool_calls=[{"id": "1", "type": "function", "function": {}}])


def in_parts(token: str) -> Answer:
    text = said(token)
    parts = [{"type": "text", "text": text[:40]}, {"type": "text", "text": text[40:]}]
    return reply(200, good(token, choices=[{"message": {"content": parts}, "finish_reason": "stop"}]))


def two_choices(token: str) -> Answer:
    return reply(200, good(token, choices=envelope(said(token))["choices"] + envelope("{}")["choices"]))


def wrapped(token: str) -> Answer:
    return completion(f"<think>{{perhaps}}</think>Here it is:\n```json\n{said(token)}\n```\nI hope this helps!")


def controls(token: str) -> Answer:
    parts = {
        "blocks": [
            block(("Tarn is a port\x00 of\x1b[31m 40,000\x9b people\ud83d.", ["R1.1"]), heading="Ta\u202ern\x07")
        ]
    }
    return reply(200, envelope(wire(token, **parts)))


def prints_everywhere(stage: Stage, first: Outcome) -> None:
    for format_ in ("json", "markdown", "html", "terminal"):
        outcome = run(*stage.arguments, "--format", format_, cwd=stage.cwd, env=stage.env)
        assert outcome.code == 0
        assert "40,000" in outcome.out
    assert "40,000" in first.out


def in_the_journal(*texts: str) -> Any:
    def proof(stage: Stage, _: Outcome) -> None:
        [record] = [record for record in stage.records if record.section == "topics"]
        assert all(text.encode() in record.body for text in texts)

    return proof


UNPROVED = (
    "1 sentence went back to the model, 0 came back mended",
    "1 withheld; the briefing lists them with their reasons",
)
ODD = (
    Fault(
        name="reply-with-an-odd-end",
        what="A reply ends for a reason that nobody has heard of, and calls tools that nobody offered.",
        answers={"topics": [odd_end]},
        calls={"topics": "ok"},
        code=0,
        reads=(bill(),),
        proof=in_the_journal("banana"),
    ),
    Fault(
        name="reply-in-parts",
        what="A reply comes as a list of parts.",
        answers={"topics": [in_parts]},
        calls={"topics": "ok"},
        code=0,
        reads=(bill(),),
    ),
    Fault(
        name="reply-with-two-choices",
        what="There are two replies in one answer; the first counts.",
        answers={"topics": [two_choices]},
        calls={"topics": "ok"},
        code=0,
        reads=("{host} sent several replies to one call; the first one counts", bill()),
    ),
    Fault(
        name="reply-wrapped",
        what="The JSON of a reply stands in a fence, between prose, behind the model's reasoning.",
        answers={"topics": [wrapped]},
        calls={"topics": "ok"},
        code=0,
        reads=(bill(),),
        proof=in_the_journal("perhaps", "I hope this helps!"),
    ),
    Fault(
        name="reply-with-controls",
        what="A reply holds NUL, escapes, half a character and a change of direction.",
        answers={"topics": [controls]},
        calls={"topics": "ok", "topics:repair": "ok"},
        code=0,
        reads=(*UNPROVED, bill(3)),
        proof=prints_everywhere,
    ),
)

# A reply of the wrong shape, or another call's


def crossed(_: str) -> Answer:
    return completion(said("c-0123abcd"))


def not_claimed(token: str) -> Answer:
    return completion(wire(token, blocks=[block(("The bridge was bombed by the Freedonian army.", ["A3.1"]))]))


def without_the_reply(stage: Stage, outcome: Outcome) -> None:
    [asked] = [r.body for r, call in zip(stage.server.requests, stage.model.asked, strict=True) if "reshape" in call]
    assert b"headline" in asked
    assert b"injected" not in asked
    assert "injected" not in outcome.err


CROSSED = "both replies are unreadable: the reply belongs to another call; another model or prompt may do better"
NUMBERS = ("NaN", "-Infinity", "1e999")
TWICE = changed("topics", '{"text": "Other", "cites": []}, "headline": {}')
SHAPE = changed("topics", '7, "secret injected text": 7')
RESHAPED = {"topics": "ok", "topics:reshape": "ok"}
WRONG = (
    Fault(
        name="reply-no-number",
        what="A reply holds NaN, Infinity or 1e999 where JSON has no such thing.",
        sections=FOUR[:3],
        answers={call: [changed(call, number), {}] for call, number in zip(FOUR, NUMBERS, strict=False)},
        calls=dict.fromkeys(FOUR[:3], "malformed ok"),
        code=0,
        reads=(bill(6),),
    ),
    Fault(
        name="reply-with-equal-keys",
        what="A reply names one field twice, with different values.",
        answers={"topics": [TWICE, {}]},
        calls={"topics": "malformed ok"},
        code=0,
        reads=(bill(3),),
    ),
    Fault(
        name="reply-of-another-shape",
        what="A reply lacks a field and has one too many; asked again, with the names of the fields, it is right.",
        answers={"topics": [SHAPE]},
        calls=RESHAPED,
        code=0,
        reads=(bill(3),),
    ),
    Fault(
        name="reply-of-another-shape-twice",
        what="A reply lacks a field, and lacks it again when it is asked for once more.",
        answers={"topics": [SHAPE], "topics:reshape": [SHAPE]},
        calls=RESHAPED,
        code=9,
        reads=(
            failed("both replies are unreadable: headline is not an object; another model or prompt may do better"),
            bill(3),
        ),
        proof=without_the_reply,
        again=9,
    ),
    Fault(
        name="reply-of-another-call",
        what="A reply belongs to another call; asked once more, it is the right one.",
        answers={"topics": [crossed]},
        calls=RESHAPED,
        code=0,
        reads=(bill(3),),
    ),
    Fault(
        name="reply-of-another-call-twice",
        what="A reply belongs to another call, and so does the next one.",
        answers={"topics": [crossed], "topics:reshape": [crossed]},
        calls=RESHAPED,
        code=9,
        reads=(failed(CROSSED), bill(3)),
        again=9,
    ),
    Fault(
        name="reply-without-support",
        what="A reply is well formed, and the articles support nothing of it.",
        sections=("papers_say",),
        answers={ACCOUNT: [not_claimed], f"{ACCOUNT}:repair": [not_claimed]},
        calls={ACCOUNT: "ok", f"{ACCOUNT}:repair": "ok"},
        code=9,
        reads=(*UNPROVED, lead("no sentence of its account could be proved"), bill(5)),
        again=9,
    ),
)

ROWS = (*NO_REPLY, *ODD, *WRONG)
