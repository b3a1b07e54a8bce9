"""What a batch came to: `summary.jsonl` with a row for each bundle, `summary.json` with their sum."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefer.batch.commission import Commission
from briefer.batch.rows import Row
from briefer.data import own_version
from briefer.disk import write_lines
from briefer.errors import EXIT_FINDINGS, InputError, UsageError
from briefer.models.prices import dollars
from briefer.text import plural

SCHEMA = "briefer/batch/1"
# The worst class first: a bug, what a person must see to, a provider, a bad input, findings.
_REJECTED = (InputError.exit_code, UsageError.exit_code)
_WORST = (1, 7, 6, 4, 5, 8, *_REJECTED, EXIT_FINDINGS)


@dataclass(slots=True)
class Total:
    """The sum of all rows; tokens are None once a server did not say, `cost` counts what is known.

    `sections` counts the findings of withheld sentences by section and code, `withheld_in` the bundles with any.
    """

    fail_on: str = "incomplete"
    bundles: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    sections: dict[str, Counter[str]] = field(default_factory=dict)
    statements: int = 0
    withheld: int = 0
    withheld_in: int = 0
    calls: int = 0
    attempts: int = 0
    input_tokens: int | None = 0
    cached_tokens: int | None = 0
    output_tokens: int | None = 0
    cost: float = 0.0
    cost_unknown: int = 0
    maybe_billed: int = 0
    seconds: float = 0.0

    def add(self, row: Row) -> None:
        """Add one bundle's row."""
        self.bundles += 1
        self.statuses[row.status] += 1
        self.codes[row.exit_code(self.fail_on)] += 1
        self.findings.update(row.findings)
        for section, codes in row.sections.items():
            self.sections.setdefault(section, Counter()).update(codes)
        self.withheld_in += row.withheld > 0
        for name in ("statements", "withheld", "calls", "attempts", "maybe_billed", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(row, name))
        for name in ("input_tokens", "cached_tokens", "output_tokens"):
            setattr(self, name, _plus(getattr(self, name), getattr(row, name)))
        self.cost += row.cost or 0.0
        self.cost_unknown += row.cost is None and row.calls > 0

    @property
    def code(self) -> int:
        """The exit code of the batch: that of the worst class among its bundles.

        Where others became briefings, a bundle that was rejected is a finding: 3 says that nothing was paid.
        """
        worst = next((code for code in _WORST if self.codes[code]), 0)
        done = self.statuses["complete"] + self.statuses["incomplete"]
        return EXIT_FINDINGS if worst in _REJECTED and done else worst

    @property
    def cached_share(self) -> float | None:
        """The part of the input tokens that the provider had in its cache."""
        return self.cached_tokens / self.input_tokens if self.cached_tokens is not None and self.input_tokens else None

    def as_json(self) -> dict[str, Any]:
        """Return the sum as `summary.json` holds it."""
        return {
            "schema": SCHEMA,
            "bundles": self.bundles,
            "statuses": dict(sorted(self.statuses.items())),
            "exit_code": self.code,
            "statements": self.statements,
            "withheld": self.withheld,
            "findings": dict(self.findings.most_common()),
            "sections": {section: dict(codes.most_common()) for section, codes in sorted(self.sections.items())},
            "calls": self.calls,
            "attempts": self.attempts,
            "input_tokens": self.input_tokens,
            "cached_tokens": self.cached_tokens,
            "output_tokens": self.output_tokens,
            "cost": None if self.cost_unknown else round(self.cost, 6),
            "maybe_billed": self.maybe_billed,
            "seconds": round(self.seconds, 3),
        }


def total(rows: Iterable[Row], fail_on: str) -> Total:
    """Add up rows; `fail_on` says which findings make a bundle fail."""
    summed = Total(fail_on)
    for row in rows:
        summed.add(row)
    return summed


def write_summary(folder: Path, rows: Iterable[Row], asked: Commission, fail_on: str, ended: dict[str, Any]) -> Total:
    """Write both files whole or not at all, a row at a time, and return the sum. `ended` is how the run ended."""
    summed = Total(fail_on)

    def lines() -> Iterator[bytes]:
        for row in rows:
            summed.add(row)
            yield f"{row.as_json()}\n".encode("ascii")

    write_lines(folder / "summary.jsonl", lines())
    about = {"model": asked.model, "judge": asked.judge, "prompts": asked.prompts.ids, "briefer": own_version()}
    whole = {**summed.as_json(), **ended, **about}
    write_lines(folder / "summary.json", [json.dumps(whole, indent=2).encode("ascii") + b"\n"])
    return summed


def facts(summed: Total) -> Iterator[str]:
    """Yield what was printed, withheld and spent, a plain line each."""
    codes = ", ".join(f"{code} ×{count:,}" for code, count in summed.findings.most_common(6))
    withheld = f", {summed.withheld:,} withheld in {plural(summed.withheld_in, 'bundle')} ({codes})" if codes else ""
    yield f"{summed.statements:,} statements{withheld}"
    if not summed.attempts:
        return
    parts = [plural(summed.calls, "call") if summed.calls < 1000 else f"{summed.calls:,} calls"]
    if summed.input_tokens is None or summed.output_tokens is None:
        parts.append("the server did not count all tokens")
    else:
        share = summed.cached_share
        cached = f" ({share:.0%} cached)" if share is not None else ""
        parts.append(f"{summed.input_tokens:,} tokens in{cached}, {summed.output_tokens:,} out")
    parts.append("cost unknown" if summed.cost_unknown else dollars(summed.cost))
    if summed.maybe_billed:
        parts.append(f"may have been billed: {summed.maybe_billed:,}")
    yield " · ".join(parts)


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b
