"""One call's work: ask, read the reply, prove its sentences, ask again once for those that failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefer.briefing import Claim, Proved
from briefer.bundle import Bundle
from briefer.calls import Completion, Overflow, Request, Spent
from briefer.checks import Verdict, prove
from briefer.codes import Weight
from briefer.estimates import estimate_request, was_cut
from briefer.fitting import Fitting
from briefer.judge import judge
from briefer.models import Model
from briefer.prompts import Prompts
from briefer.replies import Closing, Repair, Reply, WireBlock, read_reply
from briefer.requests import closing_request, repair_request, reshape_request
from briefer.sections import Section
from briefer.text import one_line
from briefer.trimming import Kept

# Requests for one section, each shorter than the one before, until one of them fits the model's window.
_LENGTHS = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """What every call of a run shares; `base_url` is where the models are, for their price.

    `fitting` makes requests that fit the model's window.
    """

    bundle: Bundle
    prompts: Prompts
    model: Model
    base_url: str | None = None
    judge: Model | None = None
    fitting: Fitting = field(default_factory=Fitting)


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one call: verdicts in order, questions left open, what it took, and what judging took.

    `failure` is one plain sentence when no reply could be used; `returned` counts the sentences
    that went back to the model, `mended` those that were proved after that. `kept` tells which sentences were sent
    where they were not all; with an `overflow` even they were too many.
    """

    section: Section
    outlet: str | None
    verdicts: tuple[Verdict, ...] = ()
    questions: tuple[str, ...] = ()
    spent: Spent = Spent()
    judging: Spent = Spent()
    failure: str = ""
    returned: int = 0
    mended: int = 0
    kept: Kept | None = None
    overflow: Overflow | None = None

    @property
    def proved(self) -> tuple[Proved, ...]:
        """The sentences that may be printed."""
        return tuple(v.proved for v in self.verdicts if v.proved)


async def draft_section(desk: Desk, section: Section, outlet: str | None = None) -> Part:
    """Draft and prove one section, or one outlet's account. Raises InputError where no part of the articles fits."""
    part = Part(section, outlet)
    for _ in range(_LENGTHS):
        draft = desk.fitting.draft(desk.prompts, desk.bundle, section, outlet)
        part = Part(section, outlet, spent=part.spent, kept=draft.kept)
        part = await _draft(desk, draft.request, section.reply, part)
        if part.overflow is None:
            return part
        desk.fitting.learn(draft, part.overflow)
    raise desk.fitting.hopeless(desk.bundle)


async def draft_closing(desk: Desk, section: Section, accounts: Mapping[str, Sequence[Proved]]) -> Part:
    """Draft and prove the closing words of the papers' section from the proved accounts."""
    request = closing_request(desk.prompts, desk.bundle, accounts)
    return await _draft(desk, request, Closing, Part(section, None))


async def _draft(desk: Desk, request: Request, schema: type[Reply], part: Part) -> Part:
    asked, reply, part = await _ask(desk, request, schema, part)
    if reply is None or asked is None:
        return part
    claims = reply.claims(part.section.key, request.outlet)
    if schema is Closing:
        claims = [replace(c, part="closing") for c in claims]
    verdicts, part = await _proved(desk, claims, part)
    part = replace(part, verdicts=tuple(verdicts), questions=tuple(reply.open_questions))
    # One content re-ask at the most: a reply whose shape was asked for again has had it.
    if asked is request and any(v.to_mend for v in part.verdicts):
        part = await _mend(desk, request, reply, part)
    return part


async def _proved(desk: Desk, claims: Sequence[Claim], part: Part) -> tuple[Sequence[Verdict], Part]:
    """Return the verdicts of the checks, and of the judge if there is one, and the part with what judging took."""
    verdicts = prove(claims, desk.bundle)
    if desk.judge is None:
        return verdicts, part
    judged = await judge(verdicts, desk.bundle, desk.prompts, desk.judge)
    return judged.verdicts, replace(part, judging=part.judging + judged.spent)


async def _reply(desk: Desk, request: Request) -> Completion:
    """Ask; a reply to a prompt that the server cut without a word is none."""
    completion = await desk.model.reply(request)
    if completion.failure:
        return completion
    if not was_cut(request, completion.spent):
        desk.fitting.window.count(request, completion.spent)
        return completion
    read = (completion.spent.input_tokens or 0) // completion.spent.calls
    failure = f"the server cut the prompt: it read {read:,} of about {round(estimate_request(request)):,} tokens"
    return Completion("", completion.spent, failure, Overflow(read=read))


async def _ask(
    desk: Desk, request: Request, schema: type[Reply], part: Part
) -> tuple[Request | None, Reply | None, Part]:
    """Return the request that was answered and its reply; a reply of the wrong shape is asked for once more."""
    problems: list[str] = []
    for asked in (request, None):
        current = asked or reshape_request(request, problems)
        completion = await _reply(desk, current)
        part = replace(part, spent=part.spent + completion.spent)
        if completion.failure:
            overflow = completion.overflow if asked else None
            return None, None, replace(part, failure=completion.failure, overflow=overflow)
        reply = read_reply(schema, completion.text)
        if isinstance(reply, list):
            problems = reply
        elif current.is_crossed(reply.call):
            problems = ["the reply belongs to another call"]
        else:
            return current, reply, part
    return None, None, replace(part, failure=_UNREADABLE.format(problems[0]))


# Both replies were paid for, so the same command serves them again: the way on is another question.
_UNREADABLE = "both replies are unreadable: {}; another model or prompt may do better"


async def _mend(desk: Desk, request: Request, reply: Reply, part: Part) -> Part:
    """Send the failed sentences back with their findings; a mended one stands only if it does better."""
    failed = [n for n, v in enumerate(part.verdicts) if v.to_mend]
    lines = [_complaint(n, part.verdicts[n]) for n in failed]
    again = repair_request(desk.prompts, desk.bundle, request, reply.model_dump_json(), lines)
    completion = await _reply(desk, again)
    part = replace(part, spent=part.spent + completion.spent, returned=len(failed))
    mended = read_reply(Repair, completion.text) if not completion.failure else []
    if isinstance(mended, list):
        return part
    claims = [(at, c) for block in mended.blocks for at, c in _again(block, part.verdicts) if at in failed]
    proved, part = await _proved(desk, [claim for _, claim in claims], part)
    verdicts = list(part.verdicts)
    for (at, _), new in zip(claims, proved, strict=True):
        if _better(new, verdicts[at]):
            verdicts[at] = new
    return replace(
        part, verdicts=tuple(verdicts), mended=sum(a is not b for a, b in zip(verdicts, part.verdicts, strict=True))
    )


def _again(block: WireBlock, verdicts: Sequence[Verdict]) -> Iterator[tuple[int, Claim]]:
    """Yield the place that a mended block names, and the claim that is to stand there."""
    number = re.sub(r"\D", "", block.heading)
    at = int(number[:4]) - 1 if number else -1
    if not 0 <= at < len(verdicts) or not block.statements:
        return
    old, line = verdicts[at].claim, block.statements[0]
    kind = line.kind if old.kind == "inference" else "reported"
    date = (block.date.strip() or old.date) if old.date else None
    yield at, replace(old, text=line.text.strip(), cites=tuple(line.cites), kind=kind, date=date)


def _complaint(at: int, verdict: Verdict) -> str:
    problems = "; ".join(f.message for f in verdict.findings if f.weight is not Weight.NOTE)
    return f"{at + 1}. “{one_line(verdict.claim.text)}”\n   {problems}."


def _better(new: Verdict, old: Verdict) -> bool:
    return bool(new.proved) and (old.proved is None or len(new.findings) < len(old.findings))
