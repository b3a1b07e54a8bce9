"""What a model may answer: one wire schema for every section, one strict reading of it per section; the judge's own.

The wire schema holds shape only, the same bytes for all sections, so that a provider's cached
prefix serves them all. Limits live in the section's own class; their messages go into the re-ask.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from briefer.briefing import Claim, Kind
from briefer.shapes import shape_problems
from briefer.strict import read_json

_CITES: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


WIRE_SCHEMA: dict[str, Any] = _object(
    call={"type": "string"},
    headline=_object(text={"type": "string"}, cites=_CITES),
    blocks={
        "type": "array",
        "items": _object(
            heading={"type": "string"},
            date={"type": "string"},
            statements={
                "type": "array",
                "items": _object(
                    text={"type": "string"},
                    kind={"type": "string", "enum": ["reported", "inference"]},
                    cites=_CITES,
                ),
            },
        ),
    },
    open_questions={"type": "array", "items": {"type": "string"}},
)

# What is missing stands before the verdict, so that a model says it before it decides.
_OPINION = _object(
    statement={"type": "integer"},
    missing={"type": "string"},
    verdict={"type": "string", "enum": ["supported", "contradicted", "not_stated"]},
)
JUDGE_SCHEMA: dict[str, Any] = _object(call={"type": "string"}, verdicts={"type": "array", "items": _OPINION})


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class Line(_Shape):
    """A sentence and the ids it cites."""

    text: str
    cites: list[str]


class Statement(Line):
    """A sentence that says whether the articles report it or the writer infers it."""

    kind: Literal["reported", "inference"]


class WireBlock(_Shape):
    """Sentences under a heading, with a date in a timeline."""

    heading: str
    date: str
    statements: list[Statement]


class Reply(_Shape):
    """A reply in the wire shape; each section says how many of what it allows."""

    blocks_allowed: ClassVar[int] = 1
    statements_allowed: ClassVar[int] = 4
    dated_allowed: ClassVar[int] = 1
    headings: ClassVar[bool] = False
    dates: ClassVar[bool] = False
    headline_wanted: ClassVar[bool] = False
    inference: ClassVar[bool] = False

    call: str
    headline: Line
    blocks: list[WireBlock]
    open_questions: list[str]

    @model_validator(mode="after")
    def _within_limits(self) -> Reply:
        filled = [b for b in self.blocks if b.statements]
        if len(filled) > self.blocks_allowed:
            raise ValueError(f"“blocks” holds {len(filled)} blocks; this section takes at most {self.blocks_allowed}")
        for block in filled:
            if len(block.statements) > self.statements_allowed:
                held = f"a block holds {len(block.statements)} statements"
                raise ValueError(f"{held}; this section takes at most {self.statements_allowed}")
            if self.headings and not block.heading.strip():
                raise ValueError("a block has no heading; this section names each block")
        return self

    def claims(self, section: str, outlet: str | None) -> list[Claim]:
        """Return the reply's sentences in order, as claims to be proved."""
        found: list[Claim] = []
        if self.headline_wanted and self.headline.text.strip():
            found.append(Claim(section, self.headline.text.strip(), tuple(self.headline.cites), part="headline"))
        for at, block in enumerate(b for b in self.blocks if b.statements):
            dated = self.dates and bool(block.date.strip())
            for statement in block.statements:
                found.append(
                    Claim(
                        section,
                        statement.text.strip(),
                        tuple(statement.cites),
                        kind=self._kind(statement),
                        outlet=outlet,
                        part="timeline" if dated else "body",
                        block=at,
                        heading=block.heading.strip() if self.headings else None,
                        date=block.date.strip() if dated else None,
                    )
                )
        return found

    def _kind(self, statement: Statement) -> Kind:
        """Only an analysis may infer; elsewhere an inference is held to what is reported."""
        return statement.kind if self.inference else "reported"


class WhatsHappened(Reply):
    """A headline and 2 to 4 sentences."""

    headline_wanted = True


class BehindTheHeadline(Reply):
    """3 to 5 sentences of analysis, each reported or inferred."""

    statements_allowed = 5
    inference = True


class PapersSay(Reply):
    """One outlet's account: 2 or 3 sentences."""

    statements_allowed = 3


class Closing(Reply):
    """One or two sentences on the coverage as a whole."""

    statements_allowed = 2


class HowWeGotHere(Reply):
    """2 to 4 sentences of background, then a dated timeline of single sentences."""

    blocks_allowed = 13
    dates = True

    @model_validator(mode="after")
    def _one_event_a_block(self) -> HowWeGotHere:
        filled = [b for b in self.blocks if b.statements]
        if sum(not b.date.strip() for b in filled) > 1:
            raise ValueError("several blocks have no date; only the background has none")
        if any(b.date.strip() and len(b.statements) > self.dated_allowed for b in filled):
            raise ValueError("a dated block holds several statements; the timeline has one for each event")
        return self


class GoDeeper(Reply):
    """1 to 3 questions with answers of 1 to 3 sentences, and the questions left open."""

    blocks_allowed = 3
    statements_allowed = 3
    headings = True


class Topics(Reply):
    """A blurb of 1 or 2 sentences for each person, place and organisation that matters."""

    blocks_allowed = 12
    statements_allowed = 2
    headings = True


class Repair(Reply):
    """Mended sentences: one block for each, its heading the number of the sentence it replaces."""

    blocks_allowed = 40
    statements_allowed = 1
    headings = True
    inference = True


class Opinion(_Shape):
    """The judge's word on the statement of one number; a verdict that is none of the three is no answer."""

    statement: int
    missing: str
    verdict: str


class Opinions(_Shape):
    """A reply of the judge."""

    call: str
    verdicts: list[Opinion]


_R = TypeVar("_R", Reply, Opinions)


def read_reply(schema: type[_R], text: str) -> _R | list[str]:
    """Return the reply, or what is wrong with its shape in plain words."""
    try:
        data = read_json(text)
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate could be neither printed nor sent back
        return schema.model_validate(data)
    except ValidationError as error:
        return shape_problems(error)
    except UnicodeEncodeError:
        return ["the reply holds half a character: a \\u escape of a surrogate without its other half"]
    except (ValueError, RecursionError):
        return ["the reply is not one JSON object with each key once"]
