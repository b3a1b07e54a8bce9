"""What is kept of each bundle once it is done with: one small row."""

from __future__ import annotations

import json
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from briefer.briefing import Briefing
from briefer.calls import Spent
from briefer.errors import EXIT_FINDINGS, BrieferError
from briefer.journal import Record
from briefer.models.chat import spent_on
from briefer.models.prices import cost
from briefer.text import one_line

Status = Literal["complete", "incomplete", "failed", "rejected", "duplicate", "waiting"]
# A provider that is down, a budget, a full disk: the same command tries these again by itself.
PASSING = (4, 5, 6, 7, 8)


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one bundle. `code` is the exit code that it alone would have ended with.

    `findings` counts those of withheld sentences by code, `sections` the same by section. Tokens are those of all
    calls that were ever made for it, None where a server did not say; `seconds` those of its last run.
    """

    name: str
    source: str
    line: int = 0
    status: Status = "waiting"
    code: int = 0
    cause: str = ""
    hint: str = ""
    sha256: str = ""
    story: str = ""
    outlets: tuple[str, ...] = ()
    statements: int = 0
    withheld: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    sections: dict[str, dict[str, int]] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    calls: int = 0
    attempts: int = 0
    input_tokens: int | None = 0
    cached_tokens: int | None = 0
    output_tokens: int | None = 0
    cost: float | None = None
    maybe_billed: int = 0
    seconds: float = 0.0
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> str:
        """Return the row as one line of ASCII."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Row:
        """Read a row; what it does not know is left aside."""
        held: dict[str, Any] = json.loads(text)
        known: dict[str, Any] = {each.name: held[each.name] for each in fields(cls) if each.name in held}
        lists: dict[str, Any] = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
        return cls(**{**known, **lists})

    def exit_code(self, fail_on: str) -> int:
        """Return the exit code that this bundle asks for."""
        if self.code != EXIT_FINDINGS and self.status in ("complete", "incomplete"):
            found = self.status == "incomplete" or (fail_on == "withheld" and self.withheld)
            return EXIT_FINDINGS if found and fail_on != "never" else 0
        return self.code

    @property
    def told(self) -> str:
        """What is to be said of it in one sentence: why it failed, or what was withheld."""
        codes = ", ".join(f"{code} ×{count}" if count > 1 else code for code, count in sorted(self.findings.items()))
        withheld = f"{self.withheld} withheld ({codes})" if self.withheld else ""
        return "; ".join(filter(None, (self.cause, withheld)))


def of_briefing(briefing: Briefing) -> dict[str, Any]:
    """Return the fields of a row that a finished briefing fills."""
    by_section: dict[str, Counter[str]] = {}
    for held in briefing.withheld:
        by_section.setdefault(held.section, Counter()).update(finding.code for finding in held.findings)
    return {
        "status": "incomplete" if briefing.gaps else "complete",
        "story": one_line(briefing.story),
        "outlets": tuple(dict.fromkeys(article.outlet for article in briefing.articles)),
        "statements": len(briefing.statements()),
        "withheld": len(briefing.withheld),
        "findings": dict(sum(by_section.values(), Counter())),
        "sections": {section: dict(codes) for section, codes in by_section.items()},
        "gaps": tuple(f"{gap.code} {one_line(gap.message)}" for gap in briefing.gaps),
        "cause": "; ".join(one_line(gap.message) for gap in briefing.gaps),
    }


def of_error(error: BaseException) -> dict[str, Any]:
    """Return the fields of a row that an error fills; what is no BrieferError is a bug, named by its place."""
    if isinstance(error, BrieferError):
        return {
            "status": "failed",
            "code": error.exit_code,
            "cause": one_line(error.cause),
            "hint": one_line(error.hint),
        }
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" in {Path(frame.filename).name}, line {frame.lineno}" for frame in last)
    cause = f"this is a bug in briefer: {type(error).__name__}{place}"
    return {
        "status": "failed",
        "code": 1,
        "cause": cause,
        "hint": "run it alone with --debug and report what it prints",
    }


def of_records(records: Sequence[Record], base_url: str | None) -> dict[str, Any]:
    """Return the fields of a row that the recorded calls fill: their tokens and what they cost."""
    by_model: dict[str, list[Record]] = {}
    for record in records:
        by_model.setdefault(record.model, []).append(record)
    took = {model: spent_on(each) for model, each in by_model.items()}
    spent = sum(took.values(), Spent())
    costs = [cost(model, each, base_url) for model, each in took.items() if each.calls]
    return {
        "calls": spent.calls,
        "attempts": len(records),
        "input_tokens": spent.input_tokens,
        "cached_tokens": spent.cached_tokens,
        "output_tokens": spent.output_tokens,
        "cost": _sum(costs),
        "maybe_billed": spent.maybe_billed,
    }


def _sum(costs: Iterable[float | None]) -> float | None:
    known = list(costs)
    return None if None in known or not known else sum(each for each in known if each is not None)
