"""How many false sentences are caught: proved sentences, changed by rule, proved again with the same cites.

    .venv/bin/python benchmarks/mutations.py
    .venv/bin/python benchmarks/mutations.py --misses 5 --each 3 one.statements.jsonl two.briefing.json

A file lies beside its bundle: `tape.jsonl` (replayed, no network), `briefing.json` or `statements.jsonl` (its true
ones, `label` "ok") beside `bundle.json`, or `x.statements.jsonl` beside `x.bundle.json`. Only sentences that are
proved as they stand are changed; `benchmarks/mutants/` says how, and why a mutant is false. Prints, sets no bound.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from mutants import RULES, Mutant, mutants
from mutants.story import Story

from briefer import Settings, load_bundle
from briefer.api import open_desk
from briefer.briefing import Briefing, Claim
from briefer.bundle import Bundle, in_language
from briefer.calls import Completion, Request
from briefer.checks import Verdict, prove
from briefer.checks.search import find_evidence
from briefer.errors import InputError
from briefer.flow import compose
from briefer.models import Model
from briefer.recheck import read_briefing
from briefer.sections import BY_KEY, Scope
from briefer.statements import check_statement, read_statement

ROOT = Path(__file__).parent.parent
Part = Literal["headline", "body", "timeline", "closing"]
FORMS = ("tape.jsonl", "briefing.json", "statements.jsonl")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path, help="tapes, briefings, statements files (tapes of fixtures/)")
    options.add_argument("--each", type=int, default=2, help="mutants of a sentence and rule (2)")
    options.add_argument("--misses", type=int, default=0, metavar="N", help="print N missed mutants of each rule")
    options.add_argument("--seed", type=int, default=1, help="what draws among the possible mutants (1)")
    given = options.parse_args()
    judged: dict[tuple[str, str], list[tuple[Mutant, Claim, bool]]] = defaultdict(list)
    sentences, began = 0, time.process_time()
    for file in given.files or sorted(ROOT.glob("fixtures/*/tape.jsonl")):
        bundle, claims = proved(file)
        sentences, story = sentences + len(claims), Story(bundle)
        for claim in claims:
            for mutant in mutants(claim, story, given.seed, given.each):
                caught = judge(mutant.claim, bundle).proved is None
                judged[mutant.kind, mutant.rule].append((mutant, claim, caught))
    show(judged, given.misses)
    count = sum(map(len, judged.values()))
    print(f"\n{count} mutants of {sentences} proved sentences, {time.process_time() - began:.1f} s on one core")


def proved(file: Path) -> tuple[Bundle, list[Claim]]:
    """Return the bundle of a file, and the claims in it that are proved as they stand."""
    form = next((form for form in FORMS if file.name.endswith(form)), None)
    if not form:
        raise SystemExit(f"{file.name}: name a file that ends in {', '.join(FORMS)}")
    bundle = load_bundle(file.with_name(file.name.removesuffix(form) + "bundle.json"))
    if form == "statements.jsonl":
        return bundle, [c for c in _labelled_true(file, bundle) if judge(c, bundle).proved]
    briefing = replayed(file, bundle) if form == "tape.jsonl" else _saved(file)
    bundle = in_language(bundle, briefing.language)
    return bundle, [c for c in claims_of(briefing) if judge(c, bundle).proved]


@dataclass(frozen=True)
class FirstDrafts:
    """A tape that need not hold what follows from the checks, so that a change of them can be measured with it.

    Where they find otherwise than when the tape was recorded, they ask for other repairs and closing words. Without
    those a sentence that fails is withheld, and a closing is missing.
    """

    tape: Model

    @property
    def name(self) -> str:
        """The name that the tape answers under."""
        return self.tape.name

    async def reply(self, request: Request) -> Completion:
        """Return the recorded reply, or that there is none."""
        try:
            return await self.tape.reply(request)
        except InputError as error:
            if request.round not in ("repair", "closing"):
                raise
            return Completion("", failure=str(error))


def replayed(tape: Path, bundle: Bundle) -> Briefing:
    """Return the briefing of a tape as today's checks leave it; raises InputError if its first drafts are missing."""

    async def run() -> Briefing:
        async with open_desk(bundle, Settings(), tape) as opened:
            return await compose(replace(opened.desk, model=FirstDrafts(opened.desk.model)))

    return asyncio.run(run())


def _saved(file: Path) -> Briefing:
    return read_briefing(file.read_text("utf-8"), file.name)


def _labelled_true(file: Path, bundle: Bundle) -> Iterator[Claim]:
    for line in file.read_text("utf-8").split("\n"):
        if line.strip() and json.loads(line).get("label") == "ok":
            yield check_statement(read_statement(line, file.name), bundle).verdict.claim


def claims_of(briefing: Briefing) -> Iterator[Claim]:
    """Yield what a briefing prints as claims, each in the place where it stands."""
    dates = {id(event.statement): event.date for event in briefing.timeline}
    for key, heading, statement in briefing.statements():
        section = BY_KEY[key]
        account = heading if section.scope is Scope.OUTLET else None
        part: Part = "closing" if section.scope is Scope.OUTLET and not heading else "body"
        if statement is briefing.headline:
            part = "headline"
        elif id(statement) in dates:
            part = "timeline"
        yield Claim(
            key,
            statement.text,
            tuple(cite.id for cite in statement.cites),
            # An extract that is changed is one no more.
            kind="inference" if statement.kind == "inference" else "reported",
            outlet=account,
            part=part,
            heading=heading if section.reply.headings and part != "timeline" else None,
            date=dates.get(id(statement)),
        )


def judge(claim: Claim, bundle: Bundle) -> Verdict:
    """Prove a claim with its cites, or with what the search finds for one that has none."""
    return prove([claim], bundle)[0] if claim.cites else find_evidence(claim, bundle)


def show(judged: dict[tuple[str, str], list[tuple[Mutant, Claim, bool]]], misses: int) -> None:
    """Print the share caught of each kind and rule, and some of what is missed."""
    for kind in dict.fromkeys(rule.kind for rule in RULES):
        rows = {rule.name: judged[kind, rule.name] for rule in RULES if rule.kind == kind}
        print()
        _row(kind, [one for row in rows.values() for one in row])
        for name, row in rows.items():
            _row(f"  {name}", row)
            for mutant, claim, _ in [one for one in row if not one[2]][:misses]:
                place = f" [{mutant.claim.outlet or mutant.claim.date or ''}]"
                print(f"      was  {claim.text}\n      now {place} {mutant.claim.text}\n      {' '.join(claim.cites)}")


def _row(name: str, row: list[tuple[Mutant, Claim, bool]]) -> None:
    caught = sum(one[2] for one in row)
    share = f"{100 * caught / len(row):5.1f} %" if row else "none made"
    print(f"{name:28} caught {caught:5} of {len(row):<5} {share}")


if __name__ == "__main__":
    main()
