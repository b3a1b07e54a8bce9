"""A saved briefing, proved again: every sentence, every cite, and what code computed from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise

from pydantic import ValidationError

from briefer.alone import Alone
from briefer.briefing import Briefing, Claim, Note, Proved
from briefer.bundle import Bundle, in_language
from briefer.checks import Verdict, cite_of, prove, settled
from briefer.checks.headings import open_question_findings
from briefer.coverage import Coverage
from briefer.dates import parse_iso
from briefer.differences import disagreements
from briefer.errors import InputError
from briefer.findings import Finding
from briefer.loading import parse_json
from briefer.sections import BY_KEY, Scope
from briefer.statements import Checked
from briefer.text import one_line


def read_briefing(text: str, name: str) -> Briefing:
    """Read a saved briefing; raises InputError with the field that is wrong."""
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


def check_briefing(briefing: Briefing, bundle: Bundle) -> list[Checked]:
    """Prove every printed sentence again, and whatever else the briefing says about its bundle."""
    bundle = in_language(bundle, briefing.language)
    coverage = Coverage.of(bundle) if any(s.also_in for _, _, s in briefing.statements()) else None
    alone = Alone.of(bundle) if any(s.alone for _, _, s in briefing.statements()) else None
    dates = {id(event.statement): event.date for event in briefing.timeline}

    def again(key: str, heading: str | None, statement: Proved) -> Checked:
        claim = _claim(key, heading, statement)
        if statement is briefing.headline:
            claim = replace(claim, part="headline")
        elif id(statement) in dates:
            claim = replace(claim, part="timeline", date=dates[id(statement)])
        verdict = prove([claim], bundle)[0]
        if_supported = settled(verdict, bundle)
        on = parse_iso(claim.date or "")
        cites = [c.id for c in statement.cites]
        also = coverage.also_in(statement.text, cites, on) if coverage and statement.also_in else ()
        problems = [*_strays(statement, claim, bundle), *_not_computed(if_supported.proved, statement, also)]
        if alone and statement.alone and (not claim.outlet or statement.also_in or not alone.has(statement)):
            problems.append(Finding("A703", "is said to be in this outlet alone, which the articles do not show"))
        shown = if_supported if _was_settled(if_supported, statement, briefing) else verdict
        return Checked(statement.id, statement.text, _marred(shown, problems))

    sentences = [again(*printed) for printed in briefing.statements()]
    return [*_about_the_bundle(briefing, bundle), *sentences, *_about_the_rest(briefing, bundle)]


def _claim(key: str, heading: str | None, statement: Proved) -> Claim:
    section = BY_KEY.get(key)
    accounts = bool(section and section.scope is Scope.OUTLET)
    infers = bool(section and section.reply.inference and statement.kind == "inference")
    return Claim(
        key,
        statement.text,
        tuple(c.id for c in statement.cites),
        kind="inference" if infers else "reported",
        outlet=heading if accounts else None,
        part="closing" if accounts and not heading else "body",
        heading=heading if section and section.reply.headings else None,
    )


def _was_settled(verdict: Verdict, statement: Proved, briefing: Briefing) -> bool:
    """Whether the briefing itself says that its judge settled the weak findings which are found again now."""
    remarks = [Note.of(f) for f in verdict.findings if f.settled]
    return bool(briefing.provenance.judge and remarks) and set(remarks) <= set(statement.findings)


def _strays(statement: Proved, claim: Claim, bundle: Bundle) -> Iterator[Finding]:
    """Name a heading of no outlet, and each cite that is not the sentence it says it is."""
    if claim.outlet and claim.outlet not in bundle.outlets:
        yield Finding("A701", f"{one_line(claim.outlet)[:60]} has no article in this bundle")
    for cite in statement.cites:
        sentence = bundle.sentences.get(cite.id)
        if sentence and cite_of(sentence) != cite:
            yield Finding("C101", f"{cite.id} is another sentence in this bundle than in the briefing")


def _not_computed(proved: Proved | None, statement: Proved, also: tuple[str, ...]) -> Iterator[Finding]:
    """Name what the briefing says of a sentence and code does not find: outlets, who has it too, its kind."""
    if not proved:
        return
    if proved.outlets != statement.outlets:
        yield Finding("C103", "the outlets in the briefing are not those of its cited sentences")
    # A later briefer may find more outlets that have it; what this briefing claims must still hold.
    if not set(statement.also_in) <= set(also):
        yield Finding("A703", "the outlets said to have it too are not those that have it")
    if statement.kind != proved.kind:
        yield Finding("Q201", f"is called {statement.kind} in the briefing but is {proved.kind}")


def _about_the_bundle(briefing: Briefing, bundle: Bundle) -> Iterator[Checked]:
    if briefing.provenance.bundle_sha256 != bundle.sha256:
        yield _failed("bundle", briefing.story, Finding("C101", "this is another bundle than the briefing was made of"))
    elif briefing.story != bundle.story:
        yield _failed("story", briefing.story, Finding("C101", "the bundle calls its story otherwise"))


def _about_the_rest(briefing: Briefing, bundle: Bundle) -> Iterator[Checked]:
    """Headings where a section has none, the order of the timeline, open questions, sides of disagreements."""
    yield from _about_the_layout(briefing)
    for question in briefing.open_questions:
        for finding in open_question_findings(question.question, question.section, bundle):
            yield _failed(question.section, question.question, finding)
    yield from _about_the_differences(briefing, bundle)


def _about_the_differences(briefing: Briefing, bundle: Bundle) -> Iterator[Checked]:
    """Name each saved difference that the articles do not show, and one that was left out by the same program."""
    if "papers_say" not in briefing.sections and not briefing.disagreements:
        return
    found = disagreements(bundle)
    for saved in briefing.disagreements:
        for cite in (cite for side in saved.sides for cite in (side.cite, *side.more)):
            sentence = bundle.sentences.get(cite.id)
            if sentence is None or cite_of(sentence) != cite:
                told = f"cites {cite.id}, which is no such sentence here"
                yield _failed("disagreements", saved.about, Finding("C101", told))
        if saved not in found:
            yield _failed("disagreements", saved.about, Finding("A703", "the articles do not differ in this way"))
    # A later briefer may find more, or tell it otherwise.
    missing = [one for one in found if one not in briefing.disagreements]
    for one in missing if missing and briefing.provenance.briefer == version("briefer") else ():
        told = "the articles differ here, the briefing does not say so"
        yield _failed("disagreements", one.about, Finding("A703", told))


def _about_the_layout(briefing: Briefing) -> Iterator[Checked]:
    for key, blocks in briefing.sections.items():
        section = BY_KEY.get(key)
        bare = not section or not (section.reply.headings or section.scope is Scope.OUTLET)
        for heading in (b.heading for b in blocks if bare and b.heading):
            yield _failed(key, heading, Finding("C102", "a heading where this section has none"))
    for before, after in pairwise(briefing.timeline):
        if after.date < before.date and not before.date.startswith(after.date):
            yield _failed("timeline", after.date, Finding("T801", f"stands after {before.date}; sort the timeline"))


def _failed(name: str, text: str, finding: Finding) -> Checked:
    return Checked(name, text, Verdict(Claim(name, text, ()), None, (finding,)))


def _marred(verdict: Verdict, problems: list[Finding]) -> Verdict:
    return replace(verdict, proved=None, findings=(*problems, *verdict.findings)) if problems else verdict
