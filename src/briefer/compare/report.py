"""What a comparison found, as it is saved: `"schema": "briefer/compare/1"`."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from briefer.briefing import Note, Proved

SCHEMA: Final = "briefer/compare/1"
ChangeKind = Literal["lost", "moved", "withheld", "credited", "gained", "reworded", "detail_lost", "detail_gained"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Side(_Record):
    """One side: what was named on the command line, and what stands behind it."""

    name: str
    model: str
    prompts: dict[str, str] = Field(description="Prompt name to its id.")


class Story(_Record):
    """One bundle: its number of runs on each side."""

    id: str = Field(description="The bundle's SHA-256.")
    name: str
    outlets: tuple[str, ...]
    old_runs: int
    new_runs: int


class PromptChange(_Record):
    """One prompt that differs: lines as `(" " | "-" | "+", text)`."""

    name: str
    old: str
    new: str
    lines: tuple[tuple[str, str], ...]


class Measured(_Record):
    """One measure of a section, summed over its calls and averaged over bundles; see `compare.noise.Effect`."""

    key: str
    noun: str
    old: float
    new: float
    noise: float
    difference: float
    low: float | None
    high: float | None
    p: float | None
    beyond_noise: bool


class Change(_Record):
    """One difference: `steady` if all old runs agree on their side of it and all new ones on theirs."""

    kind: ChangeKind
    story: str
    section: str
    outlet: str | None
    steady: bool
    old: Proved | None = None
    new: Proved | None = None
    detail: str = Field("", description="The figures, dates and quotations, or where it went.")
    findings: tuple[Note, ...] = Field((), description="Why it is withheld now.")


class SectionReport(_Record):
    """One section: whether anything goes beyond noise, in one sentence, and what."""

    key: str
    title: str
    touched: bool = Field(description="Whether any call of the section answered differently.")
    beyond_noise: bool
    verdict: str
    measures: tuple[Measured, ...]
    changes: tuple[Change, ...]


class Alert(_Record):
    """What an editor must see first."""

    kind: Literal["outlet_lost", "section_lost", "expectation", "model"]
    message: str
    story: str | None = None
    section: str | None = None
    outlet: str | None = None


class Expected(_Record):
    """One expectation and in how many runs of each side it was held; see `compare.expectations`."""

    story: str
    kind: Literal["must_mention", "must_quote", "must_not_say"]
    text: str
    section: str | None
    outlet: str | None
    note: str
    old_held: int
    old_runs: int
    new_held: int
    new_runs: int


class Comparison(_Record):
    """Two prompt sets over the same bundles."""

    format: Literal["briefer/compare/1"] = Field(SCHEMA, alias="schema")
    old: Side
    new: Side
    stories: tuple[Story, ...]
    prompts: tuple[PromptChange, ...]
    verdict: str
    regressions: tuple[str, ...] = Field((), description="Sections that lost more than was allowed.")
    alerts: tuple[Alert, ...]
    sections: tuple[SectionReport, ...]
    costs: tuple[Measured, ...]
    expectations: tuple[Expected, ...] = ()

    model_config = ConfigDict(populate_by_name=True)

    @property
    def is_regression(self) -> bool:
        """Whether something was lost that should not have been."""
        return bool(self.regressions) or any(alert.kind != "model" for alert in self.alerts)
