"""The judge: a second model reads each statement beside its evidence and says whether it stands there.

It may lower a verdict, or settle one that weak findings alone keep from print; no other finding gives way to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.calls import Request, Spent
from briefer.checks import Verdict, settled
from briefer.checks.evidence import Evidence
from briefer.errors import UnavailableError
from briefer.estimates import was_cut
from briefer.findings import Finding
from briefer.models import Model
from briefer.prompts import Prompts
from briefer.replies import Opinion, Opinions, read_reply
from briefer.requests import judge_request, yes_or_no_request
from briefer.text import inert

# Statements in one call. With more of them a call that fails leaves more unjudged.
_BATCH = 8
# Characters of the judge's own words in a finding.
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts after the judge, in their order, and what judging them took."""

    verdicts: tuple[Verdict, ...]
    spent: Spent = Spent()


@dataclass(frozen=True, slots=True)
class _Case:
    """A verdict's place among those given, and what is printed if the judge finds it supported."""

    at: int
    if_supported: Verdict

    @property
    def claim(self) -> Claim:
        return self.if_supported.claim


async def judge(verdicts: Sequence[Verdict], bundle: Bundle, prompts: Prompts, model: Model) -> Judged:
    """Have `model` judge what is proved, and what weak findings alone keep from print.

    A statement without a readable answer keeps the verdict of the checks and is marked `unjudged`. Raises
    BrieferError for what needs a person or ends the run; a server that stays unavailable leaves statements unjudged.
    """
    batches = _batches(_cases(verdicts, bundle), model.name)
    asks = [_ask(_request(batch, bundle, prompts, model.name), model) for batch in batches]
    after, spent = list(verdicts), Spent()
    for batch, (opinions, took) in zip(batches, await _together(asks), strict=True):
        spent += took
        for number, case in enumerate(batch, 1):
            after[case.at] = _ruled(verdicts[case.at], case, opinions.get(number), bundle)
    return Judged(tuple(after), spent)


def foreseen(verdicts: Sequence[Verdict], bundle: Bundle, prompts: Prompts, name: str) -> list[Request]:
    """Return what the judge of this name would be asked if sentences like these were drafted by a model."""
    cases = [_Case(at, verdict) for at, verdict in enumerate(verdicts) if verdict.proved]
    return [_request(batch, bundle, prompts, name) for batch in _batches(cases, name)]


def _answers_yes_or_no(name: str) -> bool:
    return "minicheck" in name.casefold()


def _cases(verdicts: Sequence[Verdict], bundle: Bundle) -> list[_Case]:
    """Return what a judge is to look at; an extract is the evidence itself and needs none."""
    hopeful = (_Case(at, settled(verdict, bundle)) for at, verdict in enumerate(verdicts))
    return [case for case in hopeful if case.if_supported.proved and case.if_supported.proved.kind != "extract"]


def _batches(cases: Sequence[_Case], name: str) -> list[list[_Case]]:
    """Group by section and account: no call holds two outlets' accounts, so none can sway the verdict on another."""
    groups: dict[tuple[str, str | None], list[_Case]] = {}
    size = 1 if _answers_yes_or_no(name) else _BATCH
    for case in cases:
        if size == 1 and case.claim.kind == "inference":
            continue
        groups.setdefault((case.claim.section, case.claim.outlet), []).append(case)
    return [group[at : at + size] for group in groups.values() for at in range(0, len(group), size)]


def _request(batch: Sequence[_Case], bundle: Bundle, prompts: Prompts, name: str) -> Request:
    if _answers_yes_or_no(name):
        return yes_or_no_request(bundle, batch[0].claim)
    return judge_request(prompts, bundle, [case.claim for case in batch])


_Answer = tuple[Mapping[int, Opinion], Spent]


async def _ask(request: Request, model: Model) -> _Answer:
    """Return the opinions by the number of their statement; none where no usable reply came."""
    try:
        completion = await model.reply(request)
    except UnavailableError:  # the checks have spoken, and a briefing without a judge is better than none
        return {}, Spent()
    if completion.failure or was_cut(request, completion.spent):
        return {}, completion.spent
    read = _yes_or_no(completion.text) if request.plain else _opinions(completion.text, request)
    return read, completion.spent


async def _together(asks: Sequence[Coroutine[Any, Any, _Answer]]) -> list[_Answer]:
    tasks = [asyncio.ensure_future(ask) for ask in asks]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _opinions(text: str, request: Request) -> Mapping[int, Opinion]:
    """Read a reply in the judge's wire shape; two opinions on one statement are none."""
    reply = read_reply(Opinions, text)
    if isinstance(reply, list) or request.is_crossed(reply.call):
        return {}
    numbers = [o.statement for o in reply.verdicts]
    return {o.statement: o for o in reply.verdicts if numbers.count(o.statement) == 1}


def _yes_or_no(text: str) -> Mapping[int, Opinion]:
    said = {"yes": "supported", "no": "not_stated"}.get(text.strip(" \t\r\n.!").casefold(), "")
    return {1: Opinion(statement=1, missing="", verdict=said)}


def _ruled(verdict: Verdict, case: _Case, opinion: Opinion | None, bundle: Bundle) -> Verdict:
    match opinion.verdict if opinion else "":
        case "supported":
            return case.if_supported
        case "contradicted" | "not_stated" as said:
            finding = _finding(case.claim, said, opinion.missing if opinion else "", bundle)
            return replace(verdict, proved=None, findings=(*verdict.findings, finding))
    return replace(verdict, unjudged=True)


def _finding(claim: Claim, said: str, missing: str, bundle: Bundle) -> Finding:
    where = Evidence.of(claim, bundle).where
    words = inert(missing)[:_SHOWN].rstrip(" .;")
    told = f"the judge finds that {where} {'says otherwise' if said == 'contradicted' else 'does not say this'}"
    lacks = f" (“{words}”)" if words else ""
    return Finding("S602", f"{told}{lacks}; say no more than the cited sentences say")
