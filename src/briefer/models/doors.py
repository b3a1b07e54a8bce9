"""The doors of a run or of a batch: one for each model, with one pool of connections, one limit, one budget."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from briefer.calls import Completion, Request
from briefer.errors import BrieferError
from briefer.fitting import Fitting, Window
from briefer.journal import Journal
from briefer.models import Model
from briefer.models.answered import fitting_over
from briefer.models.openai import Endpoint, OpenAIModel, Shared


@dataclass(frozen=True, slots=True)
class Doors:
    """A door for the model that drafts and, if there are two names, one for the judge."""

    models: tuple[OpenAIModel, ...]
    shared: Shared
    endpoint: Endpoint

    @classmethod
    def open(
        cls, endpoint: Endpoint, names: Sequence[str], shared: Shared, journal: Journal | None = None, repeat: int = 0
    ) -> Doors:
        """Return a door for each model at one endpoint; no connection is made before the first call.

        Without a journal they answer only `over` one.
        """
        kept = journal or Journal(Path("no journal"))
        models = (OpenAIModel(replace(endpoint, model=n), kept, repeat=repeat, shared=shared) for n in names)
        return cls(tuple(models), shared, replace(endpoint, model=names[0]))

    def over(self, journal: Journal, repeat: int = 0) -> list[InTurn]:
        """Return the models of one bundle, asked in turn: what they are answered is kept in its journal."""
        turn = Turn()
        return [InTurn(model.over(journal, repeat), turn) for model in self.models]

    @contextmanager
    def fitting(self, journal: Journal, repeat: int = 0) -> Iterator[Fitting]:
        """Return what makes drafts fit the first model's window; what is learnt of that is kept for later bundles."""
        known, where = self.shared.known, (self.endpoint.base_url, self.endpoint.model)
        window = Window(self.endpoint.window or known.window(*where), self.endpoint.reply_tokens)
        try:
            yield fitting_over(window, [journal], self.endpoint.model, repeat=repeat)
        finally:
            if window.learnt and window.tokens:
                known.put_window(*where, window.tokens)

    @property
    def notes(self) -> list[str]:
        """Plain sentences about settings that a server did not take."""
        return list(dict.fromkeys(note for model in self.models for note in model.notes))

    async def aclose(self) -> None:
        """Close all connections."""
        for model in self.models:
            await model.aclose()


class Turn:
    """Whose turn it is among the calls of one bundle, and the failure after which there are no more."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._lock = asyncio.Lock()
        self._failure: BrieferError | None = None

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for the calls before this one; raises again what the first that failed has raised."""
        async with self._lock:
            if self._failure:
                raise self._failure
            try:
                yield
            except BrieferError as error:
                self._failure = error
                raise


class InTurn:
    """A model whose calls wait for each other: each finds the provider's cache warm, so none has to go ahead."""

    def __init__(self, model: Model, turn: Turn) -> None:
        """`turn` is one for all models of a bundle."""
        self._model = model
        self._turn = turn

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def reply(self, request: Request) -> Completion:
        """Wait for the calls before this one, then ask."""
        async with self._turn.taken():
            return await self._model.reply(replace(request, shared=0))
