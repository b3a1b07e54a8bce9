"""Tapes first: what is recorded is answered from there, what is not by a model behind them, if there is one."""

from __future__ import annotations

from collections.abc import Sequence

from briefer.calls import Completion, Request
from briefer.errors import InputError
from briefer.journal import Journal
from briefer.models import Model
from briefer.models.chat import completion_of
from briefer.models.replay import missing_reply


class Recorded:
    """A model that answers run number `repeat` of a prompt from tapes; `seconds` is what its replies took.

    Each recording of the same request counts as one run, whether they stand in one tape (as repeats) or in several.
    """

    def __init__(self, tapes: Sequence[Journal], name: str, *, repeat: int = 0, behind: Model | None = None) -> None:
        """`name` is the model that the tapes' replies are of; `behind` answers what no tape holds."""
        self._tapes = tapes
        self._name = name
        self._repeat = repeat
        self._behind = behind
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """The model's name, as recorded."""
        return self._name

    async def reply(self, request: Request) -> Completion:
        """Return the recorded reply, or the model's behind; `InputError` if there is neither."""
        replies = recordings(self._tapes, request, self._name)
        # What follows from a reply (asking again, closing words) is the same request after the same reply: one
        # recording of it serves all runs that come to it.
        at = self._repeat if request.round == "draft" else min(self._repeat, len(replies) - 1)
        if 0 <= at < len(replies):
            completion = replies[at]
        elif self._behind:
            completion = await self._behind.reply(request)
        else:
            raise self._missing(request)
        self.seconds += completion.spent.seconds
        return completion

    def _missing(self, request: Request) -> InputError:
        where = f"{'the tape' if len(self._tapes) == 1 else 'none of'} {', '.join(str(t.path) for t in self._tapes)}"
        return missing_reply(where, request, "name a model with --model to have it asked, or record it with --record")


def recordings(tapes: Sequence[Journal], request: Request, model: str) -> list[Completion]:
    """Return every usable recorded reply to a request, one for each time that it was asked."""
    key = request.digest(model)
    found, seen = [], set()
    for tape in tapes:
        for repeat in sorted({record.repeat for record in tape.records if record.key == key}):
            attempts = tape.attempts(key, repeat)
            completion = completion_of(attempts, plain=request.plain)
            if completion is None or attempts[-1] in seen:
                continue
            seen.add(attempts[-1])  # a tape copied beside itself is no second run
            found.append(completion)
    return found
