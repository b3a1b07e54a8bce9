"""Proving again, offline: a saved briefing, or anyone's statements against a bundle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefer.briefing import Briefing, Claim, Proved
from briefer.bundle import Bundle, outlet_key
from briefer.checks import Verdict, cite_of, prove
from briefer.checks.search import find_evidence
from briefer.coverage import Coverage
from briefer.errors import InputError
from briefer.findings import Finding
from briefer.loading import parse_json
from briefer.sections import BY_KEY, Scope
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
    """The verdict on one sentence, under the id it came with."""

    id: str
    text: str
    verdict: Verdict

    @property
    def proved(self) -> bool:
        """Whether it may be printed."""
        return self.verdict.proved is not None

    def line(self) -> str:
        """Return the verdict as one JSON line."""
        return json.dumps(
            {
                "id": self.id,
                "verdict": "proved" if self.proved else "withheld",
                "findings": [{"code": f.code, "message": f.message} for f in self.verdict.findings],
                "cites": list(self.verdict.claim.cites),
            },
            ensure_ascii=False,
        )


def check_text(text: str, name: str, bundle: Bundle) -> list[Checked]:
    """Check a saved briefing (one JSON object with a `schema`) or a statements file (JSON Lines).

    Raises InputError (exit 3) with the line and what to write instead.
    """
    if text.lstrip().startswith("{") and '"schema"' in text[:200]:
        return check_briefing(_briefing(text, name), bundle)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise InputError(f"{name} is empty", hint='write one {"id": "…", "text": "…"} a line')
    return [check_statement(_statement(line, f"{name}, line {n}"), bundle) for n, line in lines]


def check_statement(line: StatementLine, bundle: Bundle) -> Checked:
    """Prove one statement; without cites the evidence is looked for."""
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
    verdict = prove([claim], bundle)[0] if cites or lost or line.cites else find_evidence(claim, bundle)
    if lost:
        verdict = Verdict(verdict.claim, None, (*lost, *verdict.findings))
    return Checked(line.id, line.text, verdict)


def check_briefing(briefing: Briefing, bundle: Bundle) -> list[Checked]:
    """Prove every printed sentence of a briefing again, and that its cites are the bundle's own characters."""
    coverage = Coverage.of(in_language(bundle, briefing.language))
    dates = {id(event.statement): event.date for event in briefing.timeline}

    def again(key: str, heading: str | None, statement: Proved) -> Checked:
        claim = _claim(key, heading, statement)
        if statement is briefing.headline:
            claim = replace(claim, part="headline")
        elif id(statement) in dates:
            claim = replace(claim, part="timeline", date=dates[id(statement)])
        verdict = prove([claim], coverage.bundle)[0]
        return Checked(statement.id, statement.text, _with_bytes(verdict, statement, coverage))

    return [again(*printed) for printed in briefing.statements()]


def in_language(bundle: Bundle, language: str) -> Bundle:
    """Return the bundle for a briefing in another language; the articles stay in their own, sentence by sentence."""
    if language == bundle.language:
        return bundle
    articles = [{**a.model_dump(), "language": a.language or bundle.language} for a in bundle.articles]
    return Bundle.model_validate({**bundle.model_dump(), "articles": articles, "language": language})


def _claim(key: str, heading: str | None, statement: Proved) -> Claim:
    section = BY_KEY.get(key)
    account = heading if section and section.scope is Scope.OUTLET else None
    infers = bool(section and section.reply.inference and statement.kind == "inference")
    return Claim(
        key,
        statement.text,
        tuple(c.id for c in statement.cites),
        kind="inference" if infers else "reported",
        outlet=account,
        part="closing" if section and section.scope is Scope.OUTLET and not account else "body",
        heading=heading if key in ("go_deeper", "topics") else None,
    )


def _with_bytes(verdict: Verdict, statement: Proved, coverage: Coverage) -> Verdict:
    """Add a finding for each cite that is not the sentence it says it is, and for what was not computed from them."""
    bundle, claim = coverage.bundle, verdict.claim
    problems = []
    if claim.outlet and claim.outlet not in bundle.outlets:
        problems.append(Finding("A701", f"{one_line(claim.outlet)[:60]} has no article in this bundle"))
    for cite in statement.cites:
        sentence = bundle.sentences.get(cite.id)
        if sentence and cite_of(sentence) != cite:
            problems.append(Finding("C101", f"{cite.id} is another sentence in this bundle than in the briefing"))
    proved = verdict.proved
    if proved and not problems:
        problems += _not_computed(proved, statement, coverage)
    return replace(verdict, proved=None, findings=(*problems, *verdict.findings)) if problems else verdict


def _not_computed(proved: Proved, statement: Proved, coverage: Coverage) -> Iterator[Finding]:
    if proved.outlets != statement.outlets:
        yield Finding("C103", "the outlets in the briefing are not those of its cited sentences")
    if coverage.also_in(statement.text, [c.id for c in statement.cites]) != statement.also_in:
        yield Finding("A703", "the outlets said to have it too are not those that have it")
    if statement.kind != proved.kind:
        yield Finding("Q201", f"is called {statement.kind} in the briefing but is {proved.kind}")


def _briefing(text: str, name: str) -> Briefing:
    data = parse_json(text, name)
    try:
        return Briefing.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(p) for p in first["loc"])
        raise InputError(
            f"{name} is no briefing of this format: {one_line(where)[:80]}: {first['msg'].lower()}",
            hint="briefer schema briefing prints the format",
        ) from None


def _statement(line: str, name: str) -> StatementLine:
    data = parse_json(line, name)
    try:
        return StatementLine.model_validate(_with_evidence(data))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(p) for p in first["loc"][:2])
        raise InputError(
            f"{name}: {one_line(where)[:60]}: {first['msg'].lower()}",
            hint='write {"id": "…", "text": "…", "outlet": "…", "cites": ["A1.3"]}',
        ) from None


def _with_evidence(data: Any) -> Any:
    """Take `evidence` for `cites`, as labelled statements call it."""
    if isinstance(data, dict) and "cites" not in data and isinstance(data.get("evidence"), list):
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


def failures(checked: list[Checked]) -> Iterator[Checked]:
    """Yield those that may not be printed."""
    return (c for c in checked if not c.proved)
