"""Anyone's statements, proved against a bundle: one JSON line each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefer.briefing import Claim, Note
from briefer.bundle import Bundle
from briefer.checks import Verdict
from briefer.checks.evidence import Evidence
from briefer.checks.score import support
from briefer.checks.search import find_evidence, prove_cited
from briefer.errors import InputError
from briefer.findings import Finding
from briefer.loading import parse_json
from briefer.outlets import outlet_key
from briefer.sentences import sentence_spans
from briefer.text import find_exact, fold, one_line


class Quote(BaseModel):
    """Evidence named by its own words: `article` counts from 1."""

    model_config = ConfigDict(extra="ignore", strict=True, defer_build=True)

    article: int
    quote: str


class StatementLine(BaseModel):
    """One line of a statements file."""

    model_config = ConfigDict(extra="ignore", strict=True, defer_build=True)

    id: str
    text: str
    outlet: str | None = None
    section: str | None = None
    cites: list[str | Quote] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on one sentence, under the id it came with, and how well its evidence supports it (0 to 1).

    A sentence of a briefing has no such score: there is nothing to rank.
    """

    id: str
    text: str
    verdict: Verdict
    support: float | None = None

    @property
    def proved(self) -> bool:
        """Whether it may be printed."""
        return self.verdict.proved is not None

    def line(self) -> str:
        """Return the verdict as one JSON line."""
        score = {} if self.support is None else {"support": round(self.support, 2)}
        return json.dumps(
            {
                "id": self.id,
                "verdict": "proved" if self.proved else "withheld",
                "findings": [{"code": f.code, "message": f.message} for f in self.verdict.findings],
                "cites": list(self.verdict.claim.cites),
                **score,
            },
            ensure_ascii=False,
        )


def check_statement(line: StatementLine, bundle: Bundle) -> Checked:
    """Prove one statement; without cites the evidence is looked for, of each of its sentences by itself."""
    spelled = {outlet_key(o): o for o in bundle.outlets}
    outlet = spelled.get(outlet_key(line.outlet)) if line.outlet else None
    cites: list[str] = []
    lost: list[Finding] = []
    for cite in line.cites:
        found = _resolve(cite, bundle)
        cites += found
        if not found:
            lost.append(Finding("C101", f"the quote “{one_line(_said(cite))[:60]}” is in no sentence of that article"))
    if line.outlet and not outlet:
        lost.append(Finding("A701", f"{one_line(line.outlet)[:60]} has no article in this bundle"))
    claim = Claim(line.section or "statements", line.text, tuple(dict.fromkeys(cites)), outlet=outlet)
    if cites or lost or line.cites:
        verdicts = [prove_cited(claim, bundle)]
    else:
        sentences = [line.text[a:b] for a, b in sentence_spans(line.text, bundle.language)] or [line.text]
        verdicts = [find_evidence(replace(claim, text=one), bundle) for one in sentences]
    verdict = joined(claim, verdicts)
    if lost:
        verdict = Verdict(verdict.claim, None, (*lost, *verdict.findings))
    return Checked(line.id, line.text, verdict, min(support_of(one, bundle) for one in verdicts))


def joined(claim: Claim, verdicts: Sequence[Verdict]) -> Verdict:
    """Join the verdicts on the parts of a claim: it is proved when all of them are, by what each of them cites."""
    if len(verdicts) == 1:
        return verdicts[0]
    whole = replace(claim, cites=tuple(dict.fromkeys(c for v in verdicts for c in v.claim.cites)))
    findings = tuple(dict.fromkeys(f for v in verdicts for f in v.findings))
    proved = [v.proved for v in verdicts if v.proved]
    if len(proved) < len(verdicts):
        return Verdict(whole, None, findings)
    cites = {c.id: c for p in proved for c in p.cites}
    together = {
        "text": one_line(claim.text),
        "cites": tuple(cites.values()),
        "outlets": tuple(dict.fromkeys(o for p in proved for o in p.outlets)),
        "findings": tuple(map(Note.of, findings)),
    }
    return Verdict(whole, proved[0].model_copy(update=together), findings)


def support_of(verdict: Verdict, bundle: Bundle) -> float:
    """Return how well the cited sentences support what was checked, 0 to 1."""
    return support(Evidence.of(verdict.claim, bundle), verdict.findings)


def read_statement(line: str, name: str) -> StatementLine:
    """Read one line of a statements file; raises InputError with what to write instead."""
    data = parse_json(line, name)
    if not isinstance(data, dict):
        raise InputError(f"{name} is no statement", hint='write {"id": "…", "text": "…"} in curly braces')
    try:
        return StatementLine.model_validate(_with_evidence(data))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(p) for p in first["loc"][:2])
        raise InputError(
            f"{name}: {one_line(where)[:60]}: {first['msg'].lower()}",
            hint='write {"id": "…", "text": "…", "outlet": "…", "cites": ["A1.3"]}',
        ) from None


def _with_evidence(data: dict[str, Any]) -> dict[str, Any]:
    """Take `evidence` for `cites`, as labelled statements call it."""
    if "cites" not in data and isinstance(data.get("evidence"), list):
        return {**data, "cites": data["evidence"]}
    return data


def _resolve(cite: str | Quote, bundle: Bundle) -> list[str]:
    """Return the ids of the sentences a cite stands for; an unknown id is passed on for C101 to name."""
    if isinstance(cite, str):
        return [cite]
    source = bundle.sources.get(f"A{cite.article}")
    if source is None:
        return []
    raw = bundle.articles[cite.article - 1].text
    at = raw.find(cite.quote) if cite.quote.strip() else -1
    if at >= 0:
        end = at + len(cite.quote)
        return [s.id for s in source.sentences if s.start < end and s.end > at]
    wanted = fold(cite.quote)
    return [s.id for s in source.sentences if find_exact(wanted, fold(s.text)) >= 0]


def _said(cite: str | Quote) -> str:
    return cite if isinstance(cite, str) else cite.quote
