"""A briefing in prose, proved: each sentence against the outlets that it credits, ours against what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import Verdict, prove
from briefer.checks.search import find_evidence
from briefer.credits import Credit, credits_in
from briefer.dates import mentions
from briefer.findings import Finding
from briefer.mastheads import Masthead
from briefer.prose import Prose, Said
from briefer.render.outline import DIFFER
from briefer.sections import SECTIONS, Scope
from briefer.statements import Checked, joined, support_of
from briefer.text import fold, one_line

_BY_TITLE = {fold(section.title): section for section in SECTIONS}
_DATED = re.compile(r"(.{4,30}?) (?:—|--) (?=\S)")
_EXTRACT = re.compile(r"[“\"](.+)[”\"](?: \([^()]*\))?")
_SIDE = re.compile(r".*?: (?=[“\"])")


def check_prose(prose: Prose, bundle: Bundle) -> list[Checked]:
    """Prove every sentence of a briefing in prose."""
    return list(_checked(prose, Masthead(bundle), bundle))


def _checked(prose: Prose, names: Masthead, bundle: Bundle) -> Iterator[Checked]:
    before: tuple[str, ...] = ()
    piece = None
    mastheads = any(names.named(h)[0] for h in {h for s in prose.said for h in s.headings})
    for s in prose.said:
        if prose.ours and s.cites:
            yield _scored(s.id, s.text, _again(s, names, bundle), bundle)
            continue
        above = _above(s, names, mastheads=mastheads)
        before = before if s.piece is piece else ()
        credits = credits_in(s.text, names, before or above.outlets)
        if not any(c.outlets or c.unknown or c.unread for c in credits):
            credits = (replace(above, text=s.text),) if above.outlets or above.unknown else (_noted(s, names),)
        yield _scored(s.id, s.text, _joined(s, [_proved(c, s, bundle) for c in credits]), bundle)
        piece, before = s.piece, credits[-1].outlets


def _above(said: Said, names: Masthead, *, mastheads: bool) -> Credit:
    """Return whom the nearest label or heading that names outlets credits.

    A name that the bundle lacks is an outlet's where other headings are outlets (`mastheads`), or with its "The".
    """
    for heading in said.headings:
        outlets, unknown = names.named(heading)
        unknown = unknown if mastheads or heading.startswith("The ") else ()
        if outlets or unknown:
            return Credit("", outlets, len(outlets), unknown=unknown)
    within = names.within(said.headings[0]) if said.piece.section else ()
    return Credit("", within, len(within), together=len(within) > 1)


def _noted(said: Said, names: Masthead) -> Credit:
    """Return whom the footnotes of a sentence credit: each of them may have a part of it."""
    outlets = dict.fromkeys(o for note in said.notes for c in credits_in(note, names) for o in c.outlets)
    return Credit(said.text, tuple(outlets), len(outlets), together=len(outlets) > 1)


def _proved(credit: Credit, said: Said, bundle: Bundle) -> Verdict:
    """Prove what a sentence, or a part of it, credits to outlets."""
    claim = Claim("statements", credit.text or said.text, said.cites)
    if credit.unread:
        told = "counts or sets apart outlets in a way that is not read here; name them"
        return _with(_tried(claim, bundle), Finding("A703", told))
    if credit.unknown:
        missing = [Finding("A701", f"{one_line(name)[:60]} has no article in this bundle") for name in credit.unknown]
        return _with(_tried(claim, bundle), *missing)
    if not credit.outlets:
        return _tried(claim, bundle)
    if credit.together:
        return _together(claim, credit, bundle)
    verdicts = {o: _of_outlet(claim, o, credit.outlets, bundle) for o in credit.outlets}
    holding = [o for o, v in verdicts.items() if v.proved]
    if len(holding) < credit.least:
        return _short(verdicts, credit)
    alone = _alone(claim, credit, bundle) if credit.alone else []
    every = [verdicts[o] for o in holding]
    return _with(_joined(said, every), *alone)


def _tried(claim: Claim, bundle: Bundle) -> Verdict:
    """Prove a claim as it stands after "reports that"; it may be a sentence copied whole, with its capital."""
    verdict = _as_written(claim, bundle)
    if verdict.proved or not claim.text[:1].islower():
        return verdict
    copied = _as_written(replace(claim, text=claim.text[0].upper() + claim.text[1:]), bundle)
    return copied if copied.proved else verdict


def _as_written(claim: Claim, bundle: Bundle) -> Verdict:
    verdict = prove([claim], bundle)[0] if claim.cites else find_evidence(claim, bundle)
    if verdict.proved or claim.cites or verdict.claim.cites:
        return verdict
    return replace(verdict, findings=(Finding("S601", f"no sentence of {claim.outlet or 'the articles'} is like it"),))


def _of_outlet(claim: Claim, outlet: str, credited: Sequence[str], bundle: Bundle) -> Verdict:
    """Prove a claim as one outlet's: by the cites that are its own, or another's that is not credited."""
    others = {s.id for o in credited if o != outlet for s in bundle.articles_of(o)}
    own = tuple(c for c in claim.cites if c.partition(".")[0] not in others)
    mine = replace(claim, outlet=outlet, cites=own)
    if claim.cites and not own:
        return Verdict(mine, None, (Finding("A703", f"names {outlet} but cites no sentence of it"),))
    return _tried(mine, bundle)


def _short(verdicts: dict[str, Verdict], credit: Credit) -> Verdict:
    """Return what is missing where fewer outlets have it than are credited."""
    failed = {o: v for o, v in verdicts.items() if not v.proved}
    first = next(iter(failed.values()), next(iter(verdicts.values())))
    if len(verdicts) == 1:
        return first
    told = f"credits {credit.least} outlets, but is proved for {len(verdicts) - len(failed)}; not for "
    return _with(first, Finding("A703", told + ", ".join(failed)))


def _alone(claim: Claim, credit: Credit, bundle: Bundle) -> list[Finding]:
    others = [o for o in bundle.outlets if o not in credit.outlets]
    having = [o for o in others if find_evidence(replace(claim, outlet=o, cites=()), bundle).proved]
    return [Finding("A703", f"says that nobody else has it, but {', '.join(having)} does")] if having else []


def _together(claim: Claim, credit: Credit, bundle: Bundle) -> Verdict:
    """Prove a claim of which each outlet has a part: each must be cited."""
    cites = claim.cites or tuple(
        cite for o in credit.outlets for cite in find_evidence(replace(claim, outlet=o), bundle).claim.cites
    )
    verdict = prove([replace(claim, cites=tuple(dict.fromkeys(cites)), part="closing")], bundle)[0]
    cited = {s.outlet for c in verdict.claim.cites if (s := bundle.sources.get(c.partition(".")[0]))}
    missing = [o for o in credit.outlets if o not in cited]
    return _with(verdict, *(Finding("A703", f"names {o} but cites no sentence of it") for o in missing))


def _joined(said: Said, verdicts: Sequence[Verdict]) -> Verdict:
    return joined(Claim("statements", said.text, ()), verdicts)


def _with(verdict: Verdict, *findings: Finding) -> Verdict:
    return replace(verdict, proved=None, findings=(*findings, *verdict.findings)) if findings else verdict


def _scored(sid: str, text: str, verdict: Verdict, bundle: Bundle) -> Checked:
    return Checked(sid, text, verdict, support_of(verdict, bundle))


def _again(said: Said, names: Masthead, bundle: Bundle) -> Verdict:
    """Prove a sentence of our own Markdown as the briefing has it: its section, heading, date and cites."""
    section = _BY_TITLE.get(fold(said.piece.section))
    label = next(iter(said.headings), "")
    claim = Claim(section.key if section else "statements", said.text, said.cites)
    missing: list[Finding] = []
    if said.piece.rank == 1:
        claim = replace(claim, part="headline")
    elif section and section.scope is Scope.OUTLET and label != DIFFER:
        account = said.piece.place == 0 and fold(label) != fold(section.title)
        outlet = next(iter(names.named(label)[0]), None) if account else None
        claim = replace(claim, outlet=outlet, part="body" if account else "closing")
        missing = [Finding("A701", f"{one_line(label)[:60]} has no article in this bundle")] * (account and not outlet)
    elif section and section.reply.headings and fold(label) != fold(section.title):
        claim = replace(claim, heading=label)
    if section and section.reply.inference and said.inference:
        claim = replace(claim, kind="inference")
    return _with(_tried(_as_printed(claim, said, bundle), bundle), *missing)


def _as_printed(claim: Claim, said: Said, bundle: Bundle) -> Claim:
    """Leave out what stands before a sentence (its date, the side that it shows) and an extract's quotation marks."""
    if DIFFER in said.headings:
        claim = replace(claim, text=_SIDE.sub("", claim.text, count=1))
    dated = _DATED.match(claim.text) if said.piece.listed else None
    day = next((d for m in mentions(dated[1]) for d in m.days), None) if dated else None
    if dated and day and day.year:
        parts = (f"{day.year:04}", *(f"{n:02}" for n in (day.month, day.day) if n))
        claim = replace(claim, text=claim.text[dated.end() :], part="timeline", date="-".join(parts))
    cited = bundle.sentences.get(claim.cites[0]) if len(claim.cites) == 1 else None
    quoted = _EXTRACT.fullmatch(claim.text)
    if cited and quoted and _bare(quoted[1]) == _bare(cited.text):
        claim = replace(claim, text=cited.text, kind="extract")
    return claim


def _bare(text: str) -> str:
    return fold(one_line(text)).replace('"', "'")
