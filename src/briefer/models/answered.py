"""Requests that fit the window, in view of those that are answered already."""

from __future__ import annotations

from collections.abc import Sequence

from briefer.calls import Completion, Request
from briefer.fitting import Fitting, Window
from briefer.journal import Journal
from briefer.models.chat import completion_of


def fitting_over(
    window: Window, journals: Sequence[Journal], model: str, *, repeat: int = 0, taped: bool = False
) -> Fitting:
    """Return what makes requests fit, and uses the replies that the journals hold; nothing else if they are `taped`."""

    def held(request: Request) -> Completion | None:
        key = request.digest(model)
        answers = (completion_of(journal.attempts(key, repeat), plain=request.plain) for journal in journals)
        return next((answer for answer in answers if answer), None)

    return Fitting(window, held if any(journal.records for journal in journals) else None, taped)
