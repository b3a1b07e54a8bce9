"""A tape in place of a model: the same replies again, with no server, no key and no cost."""

from __future__ import annotations

from briefer.calls import Completion, Request
from briefer.errors import InputError
from briefer.journal import Journal
from briefer.models.chat import completion_of
from briefer.text import one_line

_HINT = "record it again with --record"


class Replay:
    """A model that answers from a tape only."""

    def __init__(self, tape: Journal, model: str | None = None, *, repeat: int = 0, judges: bool = False) -> None:
        """`model` is the name to answer under; without it, the name of the tape's own drafter, or of its judge.

        `InputError` if the tape has several.
        """
        self._tape = tape
        self._repeat = repeat
        self._name = model or sole_model(tape, judges)

    @property
    def name(self) -> str:
        """The model's name, as recorded."""
        return self._name

    async def reply(self, request: Request) -> Completion:
        """Return the recorded reply and what it took when it was recorded; `InputError` if the tape has none."""
        attempts = self._tape.attempts(request.digest(self._name), self._repeat)
        completion = completion_of(attempts, plain=request.plain)
        if completion is not None:
            return completion
        if not attempts:
            raise missing_reply(f"the tape {self._tape.path}", request)
        reason = f"has no usable reply for {_asked(request)}, only one that is {attempts[-1].status}"
        raise InputError(f"the tape {self._tape.path} {reason}", hint=_HINT)


def missing_reply(where: str, request: Request, hint: str = _HINT) -> InputError:
    """Return the error that `where` ("the tape x.jsonl") holds no reply to a request."""
    told = f"{where} holds no reply for {_asked(request)} ({request.round})"
    why = "the prompt, the bundle, the model or the schema changed since it was recorded"
    return InputError(f"{told}: {why}", hint=hint)


def _asked(request: Request) -> str:
    return f"{request.section}/{one_line(request.outlet)}" if request.outlet else request.section


def sole_model(tape: Journal, judges: bool = False) -> str:
    """Return the one model whose replies a tape holds, or its one judge; `InputError` if there are none or several."""
    names = sorted({record.model for record in tape.records if (record.round == "judge") is judges})
    if not names:
        raise InputError(f"the tape {tape.path} holds no replies{' of a judge' if judges else ''}", hint=_HINT)
    if len(names) > 1:
        listed = ", ".join(one_line(name) for name in names)
        raise InputError(
            f"the tape {tape.path} holds replies of several {'judges' if judges else 'models'}: {listed}",
            hint=f"name one with {'--judge' if judges else '--model'}",
        )
    return names[0]
