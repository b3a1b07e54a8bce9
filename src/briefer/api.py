"""The Python interface: a bundle and settings in, a briefing out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefer.briefing import Briefing
from briefer.bundle import Bundle, in_language
from briefer.calls import Spent
from briefer.checking import Checkable, check_source, read_source
from briefer.drafting import Desk
from briefer.editing.store import keep_run
from briefer.errors import UsageError
from briefer.fitting import Window
from briefer.flow import compose
from briefer.journal import Journal, Status
from briefer.judge import judge
from briefer.memo import one_bundle
from briefer.models.answered import fitting_over
from briefer.models.budget import Budget
from briefer.models.extract import Extract
from briefer.models.known import known_servers
from briefer.models.till import Counted, Limits
from briefer.models.tokens import size_of
from briefer.prompts import Prompts, load_prompts
from briefer.runs import Files, Manifest, Place, Run, open_run
from briefer.sections import SECTIONS, Section
from briefer.settings import Settings, endpoint_of, own_key
from briefer.statements import Checked
from briefer.unfinished import refuse_change

# A bundle of a batch has a connection, its journal, and now and then a file or folder that is written.
_FILES_OF_A_BUNDLE = 4

if TYPE_CHECKING:
    from briefer.batch.commission import Commission
    from briefer.models.endpoint import Endpoint
    from briefer.models.openai import OpenAIModel, Shared
    from briefer.render import Format


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
    """Prove a briefing, the text of a statements file, or prose, again; offline and without a model."""
    return check_source(_read(source, bundle), bundle)


async def check_judged(source: Briefing | str, bundle: Bundle, settings: Settings) -> list[Checked]:
    """Prove again as `check` does, and have the model `settings.judge` judge each sentence. Raises BrieferError."""
    read = _read(source, bundle)
    async with open_desk(bundle, judging(read, settings)) as opened:
        return (await judged(check_source(read, bundle), opened.desk))[0]


def _read(source: Briefing | str, bundle: Bundle) -> Checkable:
    return source if isinstance(source, Briefing) else read_source(source, "statements", bundle.language)


def judging(source: Checkable, settings: Settings) -> Settings:
    """Return the settings of a run that only judges: its one model is the judge, its language the briefing's."""
    language = source.language if isinstance(source, Briefing) else None
    return replace(settings, model=settings.judge or "auto", language=language)


async def judged(checked: Sequence[Checked], desk: Desk) -> tuple[list[Checked], Spent]:
    """Return what was checked with the judge's verdicts, and what judging took."""
    if desk.judge is None:
        raise UsageError("there is no judge", hint="name a model as judge")
    ruling = await judge([c.verdict for c in checked], desk.bundle, desk.prompts, desk.judge)
    return [replace(c, verdict=v) for c, v in zip(checked, ruling.verdicts, strict=True)], ruling.spent


@dataclass(frozen=True, slots=True)
class Opened:
    """A desk ready to draft, and the run folder that keeps its replies (None where nothing is paid).

    `asked` fills with the digests of the requests that this run makes, answered now or earlier; `doors` are the models
    behind the desk that are called over the network.
    """

    desk: Desk
    run: Run | None
    asked: list[str] = field(default_factory=list)
    doors: Sequence[OpenAIModel] = ()

    @property
    def notes(self) -> list[str]:
        """Plain sentences about what a server did not take."""
        return [*self.desk.fitting.window.notes, *(note for door in self.doors for note in door.notes)]

    def save(self, briefing: Briefing) -> None:
        """Keep the finished briefing in the run folder."""
        if self.run:
            self.run.save_briefing(briefing.model_dump_json(indent=2, by_alias=True) + "\n")


@asynccontextmanager
async def open_desk(
    bundle: Bundle,
    settings: Settings,
    replay: Path | None = None,
    *,
    repeat: int = 0,
    files: Files | None = None,
    force_unlock: bool = False,
) -> AsyncIterator[Opened]:
    """Open prompts, model and run folder; everything that can be wrong before a call is found here.

    `repeat` counts the runs of the same inputs that are wanted side by side: each has replies of its own.
    `files` are written down in the run folder, for whoever looks at it later.
    """
    prompts = load_prompts(settings.prompts)
    if settings.language:
        bundle = in_language(bundle, settings.language)
    with one_bundle():
        if replay:
            yield Opened(_replayed(bundle, settings, prompts, Journal.read(replay)), None)
        elif not settings.names_model:
            yield Opened(Desk(bundle, prompts, Extract(bundle)), None)
        else:
            place = Place(settings.runs, settings.spill, force_unlock)
            async with _live(bundle, settings, prompts, place, files=files or Files(), repeat=repeat) as opened:
                yield opened


def _replayed(bundle: Bundle, settings: Settings, prompts: Prompts, tape: Journal) -> Desk:
    """Return a desk that is answered by a tape: what was judged when it was recorded is judged again."""
    from briefer.models.replay import Replay

    held = {record.round == "judge" for record in tape.records}
    judge = Replay(tape, settings.judge, judges=True) if settings.judge or True in held else None
    named = settings.model if settings.names_model else None
    if judge and held == {True}:  # only a check was recorded
        return Desk(bundle, prompts, judge, judge=judge)
    model = Replay(tape, named)
    window = Window(settings.window, settings.reply_tokens)
    fitting = fitting_over(window, [tape], model.name, taped=True)
    return Desk(bundle, prompts, model, judge=judge, fitting=fitting)


def window_of(settings: Settings) -> Window:
    """Return what is known of the model's window: as it is set, or as an earlier run learnt it."""
    return Window(settings.window or known_servers().window(settings.base_url, settings.model), settings.reply_tokens)


def commission(
    settings: Settings, *, sections: Sequence[Section] = SECTIONS, formats: Sequence[Format] = ("json",)
) -> Commission:
    """Return what is asked of every bundle of a batch, for `briefer.batch.commission.draft`.

    All that can be wrong before a call is found here; raises BrieferError. Close its doors when all is done.
    """
    from briefer.batch.commission import Commission

    prompts = load_prompts(settings.prompts)
    asked = Commission(prompts, language=settings.language, sections=tuple(sections), formats=tuple(formats))
    if not settings.names_model:
        return asked
    keep_run(settings.runs, prompts)
    asked = replace(asked, model=settings.model, judge=settings.judge, base_url=settings.base_url)
    return _with_doors(replace(asked, kept=_kept(settings), spill=settings.spill), settings)


def equipped(settings: Settings, asked: Commission, at_once: int, till: Counted | None) -> Commission:
    """Return a commission with doors for so many bundles at a time, in another process than it was made in.

    The key is that of this process's environment; `till` counts for all such processes.
    """
    settings = replace(settings, concurrency=at_once, api_key=own_key())
    return _with_doors(asked, settings, till) if settings.names_model else replace(asked, at_once=at_once)


def _with_doors(asked: Commission, settings: Settings, till: Counted | None = None) -> Commission:
    from briefer.models.doors import Doors

    endpoint, names, shared = _endpoint(settings, _FILES_OF_A_BUNDLE)
    shared.budget.till = till or shared.budget.till
    return replace(asked, doors=Doors.open(endpoint, names, shared), at_once=endpoint.concurrency)


@asynccontextmanager
async def _live(
    bundle: Bundle, settings: Settings, prompts: Prompts, place: Place, *, files: Files, repeat: int
) -> AsyncIterator[Opened]:
    from briefer.models.doors import Doors

    endpoint, names, shared = _endpoint(settings)
    kept = {**_kept(settings), "language": bundle.language}
    origin, ids = {**files.as_json(settings.prompts), "story": bundle.story}, _kept_prompts(prompts)
    if not files.accept_changes:
        refuse_change(settings.runs, files.bundle, Manifest(bundle.sha256, settings.model, ids, kept))
    run = open_run(place, bundle.sha256, settings.model, ids, kept, origin)
    if endpoint.concurrency < settings.concurrency:
        some = f"{endpoint.concurrency} at a time, not {settings.concurrency}"
        run.journal.warnings.append(f"calls are made {some}: this process may open few files (ulimit -n)")
    lost = [replace(record, status=Status.UNKNOWN) for record in run.journal.unanswered]
    shared.budget.count(shared.budget.worth([*run.journal.records, *lost], size_of(_texts(bundle, prompts))))
    doors = Doors.open(endpoint, names, shared, run.journal, repeat)
    try:
        keep_run(settings.runs, prompts)
        with doors.fitting(run.journal, repeat) as fitting:
            judge = doors.models[1] if settings.judge else None
            desk = Desk(bundle, prompts, doors.models[0], settings.base_url, judge, fitting)
            yield Opened(desk, run, shared.asked, doors.models)
        run.journal.ready()  # with replies in the spill the run is not at its end
    finally:
        await doors.aclose()
        run.close()


def _endpoint(settings: Settings, files: int = 1) -> tuple[Endpoint, list[str], Shared]:
    """Return where the models are, their names, and what their doors share; `files` are open for each call."""
    from briefer.models.limiter import Limiter
    from briefer.models.openai import Shared
    from briefer.models.proxy import proxy_for, refuse_unknown

    endpoint = endpoint_of(settings, files)
    refuse_unknown(proxy_for(endpoint.base_url))
    names = [settings.model, *([settings.judge] if settings.judge else [])]
    budget = Budget(Limits(settings.max_tokens, settings.max_cost), settings.base_url, names)
    return endpoint, names, Shared(Limiter(endpoint.concurrency), budget, known_servers())


def _kept_prompts(prompts: Prompts) -> dict[str, str]:
    """Return the prompts of a run's identity: with a judge, without it or with another the same drafts serve."""
    return {name: id_ for name, id_ in prompts.ids.items() if name != "_judge"}


def _kept(settings: Settings) -> dict[str, object]:
    """Return the settings of a run's identity."""
    return {
        "base_url": settings.shown_url,
        "reply_tokens": settings.reply_tokens,
        "temperature": settings.temperature,
        **({"window": settings.window} if settings.window else {}),
    }


def _texts(bundle: Bundle, prompts: Prompts) -> Iterator[str]:
    """Yield all that a call could send."""
    yield from (sentence.text for sentence in bundle.sentences.values())
    yield from (prompt.body for prompt in prompts.by_name.values())
