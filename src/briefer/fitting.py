"""Requests that fit a model's window: what is known of the window, and how much of the articles it holds.

The window is given, or learnt: from a server's error, or from a count of tokens which tells that a prompt was cut
without a word. All sections of a bundle send the same sentences, so that they share a prefix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import floor, inf, log

from briefer.bundle import Bundle
from briefer.calls import Completion, Overflow, Request, Spent
from briefer.errors import InputError
from briefer.estimates import estimate, estimate_request, was_cut
from briefer.prompts import Prompts
from briefer.requests import draft_request
from briefer.sections import SECTIONS, Scope, Section
from briefer.trimming import STEP, STEPS, Kept, Ranking

# Kept free for the reply where `reply_tokens` does not say, and never more than a quarter of the window.
_REPLY = 4096
# How much less to send when a server refuses what should have fitted.
_LESS = 0.8


class Window:
    """What is known of a model's window: its tokens, and how many tokens of its own an estimated one is.

    That is measured for each outlet's account apart: what one outlet writes cannot shorten another.
    """

    def __init__(self, tokens: int | None = None, reply_tokens: int | None = None) -> None:
        """`tokens` is the window for prompt and reply together, None if it is not known; `reply_tokens` the reply's."""
        self.tokens = tokens
        self.learnt = False
        self.notes: list[str] = []
        self._reply_tokens = reply_tokens
        self._ratios: dict[str | None, float] = {}

    def room(self, outlet: str | None = None) -> float:
        """Return how many estimated tokens a prompt may have: one with all articles, or an outlet's."""
        if self.tokens is None:
            return inf
        reply = min(self._reply_tokens, self.tokens // 2) if self._reply_tokens else min(_REPLY, self.tokens // 4)
        return (self.tokens - reply) / self._ratios.get(outlet, 1.0)

    def learn(self, request: Request, overflow: Overflow) -> None:
        """Take in that a request was too long; afterwards it does not fit any more."""
        told, outlet = estimate_request(request), request.outlet
        if overflow.prompt:
            self._measure(outlet, overflow.prompt / told)
        tokens = overflow.window or _guess(request, overflow.read)
        self.tokens, self.learnt = min(self.tokens or tokens, tokens), True
        room = self.room(outlet)
        if told <= room:
            self._ratios[outlet] = self._ratios.get(outlet, 1.0) * room / (told * _LESS)
        if overflow.read and not self.notes:
            self.notes.append(
                f"the server cut a prompt without a word: it read {overflow.read:,} of about {round(told):,} tokens; "
                f"its window is taken to be {self.tokens:,} tokens (to name another, set window)"
            )

    def count(self, request: Request, spent: Spent) -> None:
        """Take in how many tokens the server counted for a request; the densest text is the measure."""
        if spent.input_tokens and spent.calls:
            self._measure(request.outlet, spent.input_tokens / spent.calls / estimate_request(request))

    def _measure(self, outlet: str | None, ratio: float) -> None:
        self._ratios[outlet] = max(self._ratios.get(outlet, 0.0), ratio)


def _guess(request: Request, read: int | None) -> int:
    """Return a window that fits what was seen: windows of servers that do not name them are powers of two.

    Ollama keeps the end of a prompt, in older versions a whole window of it and in newer ones two tokens more than
    half; or it leaves out the messages in the middle, and then it is only known that the whole did not fit.
    """
    told = estimate_request(request)
    ends = sum(estimate(m["content"]) for m in (request.messages[0], request.messages[-1]))
    if read and 1.2 * ends < read < told / 2:
        return int(2 ** -floor(-log(read, 2)))
    return int(2 ** floor(log(max(told - 1, 2), 2)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A request, and the sentences that it holds; None where it holds all."""

    request: Request
    kept: Kept | None


@dataclass(slots=True)
class Fitting:
    """Makes the requests of one bundle so that they fit. A sentence that was left out once is not sent later.

    `held` gives the reply that a request has already: what is paid for is used, whatever was left out of it. With
    `taped` nothing else can be used.
    """

    window: Window = field(default_factory=Window)
    held: Callable[[Request], Completion | None] | None = None
    taped: bool = False
    _rankings: dict[str | None, Ranking] = field(default_factory=dict)
    _steps: dict[str | None, int] = field(default_factory=dict)

    def draft(self, prompts: Prompts, bundle: Bundle, section: Section, outlet: str | None = None) -> Draft:
        """Return the first call of a section or an account. Raises InputError if no part of the articles fits."""
        step = self._step(prompts, bundle, section, outlet)
        made = self._at(step, prompts, bundle, section, outlet)
        if self.held is None or self.held(made.request) or not (step or self.taped):
            return made
        answered = self._answered(prompts, bundle, [section], outlet, range(STEPS + 1))
        return next((draft for _, draft, _ in answered), made)

    def learn(self, draft: Draft, overflow: Overflow) -> None:
        """Take in that a request was too long."""
        self.window.learn(draft.request, overflow)

    def hopeless(self, bundle: Bundle) -> InputError:
        """Return the error for articles that do not fit: it names the longest."""
        longest = max(bundle.numbered_articles, key=lambda a: len(a.text))
        window = f"window of {self.window.tokens:,} tokens" if self.window.tokens else "window"
        return InputError(
            f"the articles do not fit the model's {window}, even cut to a sentence of each outlet; the longest is "
            f"{longest.id} ({longest.outlet}), {len(longest.text):,} characters",
            hint="take a model with a larger window, or fewer articles; window and reply_tokens are settings",
            safe="every finished reply is in the journal",
        )

    def _step(self, prompts: Prompts, bundle: Bundle, section: Section, outlet: str | None) -> int:
        """Return how many steps are left out so that every section that is to hold the same sentences fits."""
        room = self.window.room(outlet)
        if room == inf:
            return self._steps.get(outlet, 0)
        sections = [section] if outlet else [s for s in (*SECTIONS, section) if s.scope is not Scope.OUTLET]
        if outlet not in self._steps:
            # Where one was answered whole, all are: the others need not be looked for.
            answered = list(self._answered(prompts, bundle, sections, outlet, range(1)))
            answered = answered or list(self._answered(prompts, bundle, sections, outlet, range(1, STEPS + 1)))
            for _, draft, reply in answered:
                self.window.count(draft.request, reply.spent)
            self._steps[outlet] = max((step for step, _, _ in answered), default=0)
            room = self.window.room(outlet)
        step = self._steps[outlet]

        def sizes(step: int) -> Iterator[float]:
            return (estimate_request(self._at(step, prompts, bundle, s, outlet).request) for s in sections)

        over = max(sizes(step)) - room
        if over <= 0:
            return step
        whole = self._ranking(bundle, outlet).whole
        share = STEP**step - over / whole
        step = max(step + 1, floor(log(share, STEP))) if share > STEP**STEPS else STEPS
        while any(size > room for size in sizes(step)):
            if step >= STEPS:
                raise self.hopeless(bundle)
            step += 1
        self._steps[outlet] = step
        return step

    def _answered(
        self, prompts: Prompts, bundle: Bundle, sections: Sequence[Section], outlet: str | None, steps: range
    ) -> Iterator[tuple[int, Draft, Completion]]:
        """Yield the requests, cut by so many steps, that have a reply to be trusted already."""
        if self.held is None:
            return
        for step in steps:
            for draft in (self._at(step, prompts, bundle, section, outlet) for section in sections):
                reply = self.held(draft.request)
                if reply and not was_cut(draft.request, reply.spent):
                    yield step, draft, reply

    def _at(self, step: int, prompts: Prompts, bundle: Bundle, section: Section, outlet: str | None) -> Draft:
        kept = self._ranking(bundle, outlet).at(step) if step else None
        return Draft(draft_request(prompts, bundle, section, outlet, kept.ids if kept else None), kept)

    def _ranking(self, bundle: Bundle, outlet: str | None) -> Ranking:
        if outlet not in self._rankings:
            self._rankings[outlet] = Ranking.of(bundle, outlet)
        return self._rankings[outlet]
