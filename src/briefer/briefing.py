"""The briefing and its sentences: `Claim` is what a model said, `Proved` what was shown.

Only `Proved` can be rendered, and only `checks.prove` makes one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from briefer.findings import Finding

SCHEMA: Final = "briefer/briefing/1"

Kind = Literal["reported", "inference", "extract"]
Difference = Literal["count", "date", "name", "cause"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence as a model (or anyone) wrote it, before any check.

    `outlet` is the outlet whose account it belongs to, None outside accounts; `cites` are sentence
    ids; `slot` is where it stands: block heading and, in a timeline, its ISO date.
    """

    section: str
    text: str
    cites: tuple[str, ...]
    kind: Kind = "reported"
    outlet: str | None = None
    part: Literal["headline", "body", "timeline", "closing"] = "body"
    block: int = 0
    heading: str | None = None
    date: str | None = None

    def mended(self, text: str, cites: tuple[str, ...], kind: Kind) -> Claim:
        """Return the same place with a new wording and new evidence."""
        return replace(self, text=text, cites=cites, kind=kind)


class _Record(BaseModel):
    # Built at first use: a command that reads no briefing need not wait for fifteen validators.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Cite(_Record):
    """A sentence of the articles: its own characters `text`, at `start:end` of `article`'s text."""

    id: str
    article: str
    start: int
    end: int
    text: str


class Note(_Record):
    """A finding as it is saved: its code and its sentence."""

    code: str
    message: str

    @classmethod
    def of(cls, finding: Finding) -> Note:
        """Return the record of a finding."""
        return cls(code=finding.code, message=finding.message)


class Proved(_Record):
    """A sentence that passed every check against its cited sentences."""

    id: str
    text: str
    kind: Kind
    cites: tuple[Cite, ...]
    outlets: tuple[str, ...] = Field(description="The outlets of its cited sentences, computed.")
    also_in: tuple[str, ...] = Field((), description="Other outlets that carry it too, computed.")
    alone: bool = Field(False, description="In an account: no other outlet here has it, computed.")
    findings: tuple[Note, ...] = Field((), description="Remarks that did not keep it from print.")


class Block(_Record):
    """Sentences under one heading: an outlet, a question, a topic, or none."""

    heading: str | None
    statements: tuple[Proved, ...]


class Event(_Record):
    """One dated line of the timeline; `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    date: str
    statement: Proved


class Side(_Record):
    """One side of a disagreement, with the sentence that proves it."""

    outlets: tuple[str, ...]
    value: str
    cite: Cite
    more: tuple[Cite, ...] = Field((), description="The sentences of its other outlets.")
    as_of: str | None = Field(None, description="Date, or date and time, that the sentence speaks of; ISO 8601.")


class Disagreement(_Record):
    """The same thing told differently: `about` in a few words, two sides or more."""

    about: str
    sides: tuple[Side, ...] = Field(min_length=2)
    kind: Difference = "count"
    over_time: bool = Field(False, description="Earlier and later counts: the sides need not contradict each other.")


class OpenQuestion(_Record):
    """A question that the articles do not answer."""

    question: str
    section: str


class Withheld(_Record):
    """A sentence that could not be proved, and why; never printed as fact."""

    section: str
    outlet: str | None
    text: str
    findings: tuple[Note, ...]


class Integrity(_Record):
    """A remark on an article, or on a section that is missing or fell back."""

    code: str
    message: str
    article: str | None = None
    section: str | None = None
    outlet: str | None = None


class ArticleRecord(_Record):
    """An article of the bundle as the briefing names it."""

    id: str
    outlet: str
    title: str | None
    url: str | None
    published: str | None
    sha256: str
    copy_of: str | None = None


class ReferenceRecord(_Record):
    """A reference of the desk as the briefing names it."""

    id: str
    title: str
    source: str
    url: str | None = None


class Usage(_Record):
    """What the calls took; None where the server did not say. `cost` is in US dollars."""

    calls: int = 0
    input_tokens: int | None = 0
    cached_tokens: int | None = 0
    output_tokens: int | None = 0
    cost: float | None = None
    maybe_billed: int = Field(0, description="Calls whose outcome is unknown.")


class Provenance(_Record):
    """Which model, prompts, program and bundle a briefing comes from."""

    model: str
    judge: str | None = Field(None, description="The model that judged the statements, if one did.")
    prompts: dict[str, str] = Field(description="Prompt name to its id.")
    briefer: str
    bundle_sha256: str


class Briefing(_Record):
    """A briefing: everything that is printed, with its evidence, and everything that was not."""

    format: Literal["briefer/briefing/1"] = Field(SCHEMA, alias="schema")
    story: str
    language: str = "en"
    headline: Proved | None
    articles: tuple[ArticleRecord, ...]
    references: tuple[ReferenceRecord, ...] = ()
    sections: dict[str, tuple[Block, ...]]
    disagreements: tuple[Disagreement, ...] = ()
    timeline: tuple[Event, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    integrity: tuple[Integrity, ...] = ()
    usage: Usage = Usage()
    provenance: Provenance

    model_config = ConfigDict(populate_by_name=True)

    @property
    def gaps(self) -> tuple[Integrity, ...]:
        """What makes the briefing incomplete: sections that failed, outlets whose own sentences stand in."""
        return tuple(i for i in self.integrity if i.code in ("R001", "A702"))

    def statements(self) -> list[tuple[str, str | None, Proved]]:
        """Return `(section, block heading, statement)` for every printed sentence, in order."""
        printed: list[tuple[str, str | None, Proved]] = []
        if self.headline:
            printed.append(("whats_happened", None, self.headline))
        for key, blocks in self.sections.items():
            printed.extend((key, block.heading, s) for block in blocks for s in block.statements)
        printed.extend(("how_we_got_here", event.date, event.statement) for event in self.timeline)
        return printed
