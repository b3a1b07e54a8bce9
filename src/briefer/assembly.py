"""From parts to a briefing: order, numbers, who else has it, what was withheld, what is missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import count

from briefer.alone import Alone
from briefer.briefing import (
    ArticleRecord,
    Block,
    Briefing,
    Event,
    Integrity,
    Note,
    OpenQuestion,
    Proved,
    Provenance,
    ReferenceRecord,
    Usage,
    Withheld,
)
from briefer.bundle import Bundle
from briefer.calls import Spent
from briefer.checks import Verdict
from briefer.checks.headings import open_question_findings
from briefer.coverage import Coverage
from briefer.data import own_version
from briefer.dates import parse_iso
from briefer.differences import disagreements
from briefer.drafting import Desk, Part
from briefer.lint import lint
from briefer.models.prices import cost
from briefer.sections import SECTIONS, Section
from briefer.text import neutralise, one_line, plural
from briefer.trimming import Kept


def assemble(desk: Desk, parts: Sequence[Part], sections: Sequence[Section] = SECTIONS) -> Briefing:
    """Put proved parts together; the order of `parts` within a section is the order of print."""
    bundle, coverage, alone = desk.bundle, Coverage.of(desk.bundle), Alone.of(desk.bundle)
    numbers = count(1)

    def finished(verdict: Verdict) -> Proved | None:
        if verdict.proved is None:
            return None
        cites = [c.id for c in verdict.proved.cites]
        also = coverage.also_in(verdict.proved.text, cites, parse_iso(verdict.claim.date or ""))
        only = bool(verdict.claim.outlet) and not also and alone.has(verdict.proved)
        return verdict.proved.model_copy(update={"id": f"s{next(numbers)}", "also_in": also, "alone": only})

    printed = {s.key: [(p, v, finished(v)) for p in parts if p.section is s for v in p.verdicts] for s in sections}
    every = [entry for entries in printed.values() for entry in entries]
    questions = [(p.section.key, q) for p in parts for q in p.questions]
    judged = [(key, q, open_question_findings(q, key, bundle)) for key, q in questions]
    withheld = [
        *(
            Withheld(section=p.section.key, outlet=v.claim.outlet, text=v.claim.text, findings=_notes(v))
            for p, v, s in every
            if s is None
        ),
        *(Withheld(section=key, outlet=None, text=q, findings=tuple(map(Note.of, f))) for key, q, f in judged if f),
    ]
    return Briefing(
        story=bundle.story,
        language=bundle.language,
        headline=next((s for _, v, s in every if s and v.claim.part == "headline"), None),
        articles=_articles(bundle, coverage.copies),
        references=tuple(
            ReferenceRecord(
                id=f"R{n}", title=one_line(r.title), source=one_line(r.source), url=neutralise(r.url) if r.url else None
            )
            for n, r in enumerate(bundle.references, 1)
        ),
        sections={key: _blocks(entries) for key, entries in printed.items()},
        disagreements=disagreements(bundle) if "papers_say" in printed else (),
        timeline=_timeline(every),
        open_questions=tuple(OpenQuestion(question=q, section=key) for key, q, f in judged if not f),
        withheld=tuple(withheld),
        integrity=(
            *(Integrity(**asdict(r)) for r in lint(bundle, coverage.copies)),
            *_gaps(parts, printed),
            *_unjudged(parts, desk),
            *left_out(parts),
        ),
        usage=usage(desk, sum((p.spent for p in parts), Spent()), sum((p.judging for p in parts), Spent())),
        provenance=Provenance(
            model=desk.model.name,
            judge=desk.judge.name if desk.judge else None,
            prompts=desk.prompts.ids,
            briefer=own_version(),
            bundle_sha256=bundle.sha256,
        ),
    )


_Entry = tuple[Part, Verdict, Proved | None]


def _blocks(entries: Sequence[_Entry]) -> tuple[Block, ...]:
    """Group a section's sentences by their block; an outlet's name heads its account."""
    grouped: dict[tuple[int, int], tuple[str | None, list[Proved]]] = {}
    parts = {id(part): n for n, part in enumerate(p for p, _, _ in entries)}
    for part, verdict, proved in entries:
        if proved and verdict.claim.part in ("body", "closing"):
            heading = verdict.claim.outlet or verdict.claim.heading
            grouped.setdefault((parts[id(part)], verdict.claim.block), (heading, []))[1].append(proved)
    return tuple(Block(heading=heading, statements=tuple(ss)) for heading, ss in grouped.values())


def _timeline(entries: Sequence[_Entry]) -> tuple[Event, ...]:
    """Sort events by date; where one date only names the other's month or year, the order given stands."""
    placed: list[Event] = []
    for _, verdict, proved in entries:
        date = verdict.claim.date
        if proved and verdict.claim.part == "timeline" and date:
            at = len(placed)
            while at and date < placed[at - 1].date and not placed[at - 1].date.startswith(date):
                at -= 1
            placed.insert(at, Event(date=date, statement=proved))
    return tuple(placed)


def _notes(verdict: Verdict) -> tuple[Note, ...]:
    return tuple(Note.of(f) for f in verdict.findings)


def _gaps(parts: Sequence[Part], printed: dict[str, list[_Entry]]) -> list[Integrity]:
    """Name what is missing or fell back, and why."""
    gaps = []
    for part in parts:
        if part.failure and not part.outlet:
            what = f"This section failed: {part.failure}."
            gaps.append(Integrity(code="R001", message=what, section=part.section.key))
        elif part.failure:
            what = f"{part.outlet}: {part.failure}; its own lead sentences stand in place of an account."
            gaps.append(Integrity(code="A702", message=what, section=part.section.key, outlet=part.outlet))
    for key, entries in printed.items():
        failed = any(p.failure and not p.outlet for p in parts if p.section.key == key)
        if not failed and not any(s for _, v, s in entries if v.claim.part != "headline"):
            what = (
                "No sentence of this section could be proved."
                if entries
                else "The articles hold nothing for this section."
            )
            gaps.append(Integrity(code="R002", message=what, section=key))
    return gaps


def _unjudged(parts: Sequence[Part], desk: Desk) -> list[Integrity]:
    """Say how many sentences the judge was asked about in vain."""
    number = sum(v.unjudged for p in parts for v in p.verdicts)
    if not number or desk.judge is None:
        return []
    told = f"{plural(number, 'sentence')} got no usable answer from the judge {one_line(desk.judge.name)}"
    return [Integrity(code="R004", message=f"{told}; what the checks say stands.")]


def left_out(parts: Sequence[Part], when: str = "were") -> Iterator[Integrity]:
    """Say how many sentences the model did not see: of the sections, and of each outlet's account."""

    def remark(kept: Kept, section: str | None = None, outlet: str | None = None) -> Integrity:
        told = f"{kept.told} {when} left out to fit the model's window; every statement is checked against all of them."
        return Integrity(code="R005", message=told, section=section, outlet=outlet)

    shared = max((p.kept for p in parts if p.kept and not p.outlet), key=lambda kept: kept.count, default=None)
    if shared:
        yield remark(shared)
    for part in parts:
        if part.kept and part.outlet:
            yield remark(part.kept, part.section.key, part.outlet)


def _articles(bundle: Bundle, copies: Mapping[str, str]) -> tuple[ArticleRecord, ...]:
    return tuple(
        ArticleRecord(
            id=source.id,
            outlet=source.outlet or "",
            title=source.title or None,
            url=neutralise(article.url) if article.url else None,
            published=article.published,
            sha256=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
            copy_of=copies.get(source.id),
        )
        for source, article in zip(bundle.numbered_articles, bundle.articles, strict=True)
    )


def usage(desk: Desk, drafting: Spent, judging: Spent) -> Usage:
    """Return what drafting and judging took together; their cost is known only if both are."""
    spent = drafting + judging
    asked = ((desk.model, drafting), *(((desk.judge, judging),) if desk.judge else ()))
    costs = [cost(model.name, took, desk.base_url) for model, took in asked if took.calls]
    return Usage(
        calls=spent.calls,
        input_tokens=spent.input_tokens,
        cached_tokens=spent.cached_tokens,
        output_tokens=spent.output_tokens,
        cost=None if None in costs or not costs else sum(c for c in costs if c is not None),
        maybe_billed=spent.maybe_billed,
    )
