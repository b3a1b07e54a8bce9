"""The Python interface: a bundle and settings in, a briefing out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from briefer.briefing import Briefing
from briefer.bundle import Bundle, in_language
from briefer.calls import Completion, Request
from briefer.checking import check_text
from briefer.drafting import Desk
from briefer.flow import compose
from briefer.journal import Journal
from briefer.models import Model
from briefer.models.extract import Extract
from briefer.prompts import Prompts, load_prompts
from briefer.recheck import check_briefing
from briefer.runs import Run, open_run
from briefer.sections import SECTIONS, Section
from briefer.settings import Settings
from briefer.statements import Checked


async def summarize(
    bundle: Bundle, settings: Settings | None = None, *, sections: Sequence[Section] = SECTIONS
) -> Briefing:
    """Return the proved briefing of a bundle.

    Without `settings` no model is asked: the articles' own sentences are used. Raises BrieferError;
    its `exit_code` is the command line's. Replies that were paid for are in the run folder.
    """
    async with open_desk(bundle, settings or Settings(model="extract")) as opened:
        briefing = await compose(opened.desk, sections)
        opened.save(briefing)
        return briefing


def check(source: Briefing | str, bundle: Bundle) -> list[Checked]:
    """Prove a briefing, or a statements file's text, again; offline and without a model."""
    return check_briefing(source, bundle) if isinstance(source, Briefing) else check_text(source, "statements", bundle)


@dataclass(frozen=True, slots=True)
class Opened:
    """A desk ready to draft, and the run folder that keeps its replies (None where nothing is paid).

    `asked` fills with the digests of the requests that this run makes, answered now or earlier.
    """

    desk: Desk
    run: Run | None
    asked: list[str] = field(default_factory=list)

    def save(self, briefing: Briefing) -> None:
        """Keep the finished briefing in the run folder."""
        if self.run:
            self.run.save_briefing(briefing.model_dump_json(indent=2, by_alias=True) + "\n")


@asynccontextmanager
async def open_desk(bundle: Bundle, settings: Settings, replay: Path | None = None) -> AsyncIterator[Opened]:
    """Open prompts, model and run folder; everything that can be wrong before a call is found here."""
    prompts = load_prompts(settings.prompts)
    if settings.language:
        bundle = in_language(bundle, settings.language)
    if replay:
        from briefer.models.replay import Replay

        named = settings.model if settings.names_model else None
        yield Opened(Desk(bundle, prompts, Replay(Journal.read(replay), named)), None)
    elif not settings.names_model:
        yield Opened(Desk(bundle, prompts, Extract(bundle)), None)
    else:
        async with _live(bundle, settings, prompts) as opened:
            yield opened


@dataclass(frozen=True, slots=True)
class _Noting:
    """A model that notes what it is asked, so that a tape holds this run's replies and no older ones."""

    model: Model
    asked: list[str]

    @property
    def name(self) -> str:
        return self.model.name

    async def reply(self, request: Request) -> Completion:
        self.asked.append(request.digest(self.name))
        return await self.model.reply(request)


@asynccontextmanager
async def _live(bundle: Bundle, settings: Settings, prompts: Prompts) -> AsyncIterator[Opened]:
    from briefer.models.openai import Endpoint, OpenAIModel

    endpoint = Endpoint(
        base_url=settings.base_url,
        api_key=settings.api_key,
        model=settings.model,
        deadline=settings.deadline,
        attempts=settings.attempts,
        max_wait=settings.max_wait,
        concurrency=settings.concurrency,
        max_tokens=settings.max_tokens,
        temperature=settings.temperature,
    )
    kept = {
        "base_url": settings.shown_url,
        "language": bundle.language,
        "max_tokens": settings.max_tokens,
        "temperature": settings.temperature,
    }
    run = open_run(settings.runs, bundle.sha256, settings.model, prompts.ids, kept)
    model = OpenAIModel(endpoint, run.journal)
    asked: list[str] = []
    try:
        yield Opened(Desk(bundle, prompts, _Noting(model, asked), settings.base_url), run, asked)
    finally:
        await model.aclose()
        run.close()
