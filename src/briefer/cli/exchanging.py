"""The rounds of a provider's batch: requests out, results in, briefings as soon as they are complete."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefer.api import commission
from briefer.batch.commission import Commission
from briefer.batch.engine import Batch, side_by_side
from briefer.batch.inputs import find
from briefer.batch.ledger import Ledger
from briefer.batch.mailbook import Mailbook, Sheet
from briefer.batch.outbox import FOLDER, Outbox
from briefer.batch.preflight import Look, look_at
from briefer.batch.results import Taken, take_in
from briefer.batch.summary import write_summary
from briefer.cli.stopping import to_its_end
from briefer.cli.terminal import note, print_lines, table_width
from briefer.disk import make_folder, write_atomic
from briefer.errors import InputError, UsageError
from briefer.holding import held
from briefer.models.post import Correspondence
from briefer.render import Format
from briefer.render.tables import Column, table
from briefer.sections import BY_KEY
from briefer.settings import Settings, endpoint_of
from briefer.text import one_line, plural

_BOOK = "provider.sqlite"
_WISH = f"{FOLDER}/export.json"
_UNFINISHED = 5
_LISTED = 20
# What of the settings a run's identity depends on: import has to ask for the same as export did.
_KEPT = ("model", "judge", "prompts", "language", "reply_tokens", "temperature", "window")


@dataclass(frozen=True, slots=True)
class Wish:
    """What export was asked for, apart from the settings."""

    bundles: tuple[str, ...]
    sections: tuple[str, ...]
    formats: tuple[Format, ...]


def export_round(folder: Path, settings: Settings, wish: Wish, *, quiet: bool, debug: bool) -> None:
    """Write down the wish, then the requests that can be asked now."""
    if not settings.names_model:
        raise UsageError("an export needs a model, and none is named", hint="name one with --model")
    if "-" in wish.bundles:
        raise UsageError("an export reads its bundles again at the next round", hint="name files instead of -")
    make_folder(folder / FOLDER)
    bundles = [name if any(c in name for c in "*?[") else str(Path(name).absolute()) for name in wish.bundles]
    with _opened(folder) as book:
        _write_wish(folder, settings, replace(wish, bundles=tuple(bundles)))
        _round(folder, settings, wish, book, quiet=quiet, debug=debug)


def import_all(folder: Path, results: Sequence[Path], settings: Settings, *, quiet: bool, debug: bool) -> int:
    """Take results in, then write what is complete and what is to be asked next; return the exit code."""
    settings, wish = _read_wish(folder, settings)
    with _opened(folder) as book:
        _tell(take_in(results, folder, book, settings.spill), quiet)
        return _round(folder, settings, wish, book, quiet=quiet, debug=debug)


def submit_all(folder: Path, settings: Settings, *, quiet: bool) -> None:
    """Submit each file that was not."""
    settings, _ = _read_wish(folder, settings)
    from briefer.models.provider import Provider

    with _opened(folder) as book, closing(Provider(endpoint_of(settings))) as provider:
        for sheet in book.sheets():
            if sheet.batch:
                continue
            job = provider.submit(folder / sheet.path, sheet.sha256)
            book.note(sheet.path, batch=job.id, status=job.status)
            note(f"{sheet.path}: {plural(sheet.requests, 'request')}, batch {one_line(job.id)}", quiet)
        print_lines(_sheets(book.sheets()))
    note(f"next: briefer batch fetch -o {folder}, when they are over", quiet)


def show_status(folder: Path, settings: Settings) -> None:
    """Print where each batch is."""
    settings, _ = _read_wish(folder, settings)
    from briefer.models.provider import Provider

    with _opened(folder) as book, closing(Provider(endpoint_of(settings))) as provider:
        for sheet in book.sheets():
            if sheet.batch and not sheet.fetched:
                job = provider.look(sheet.batch)
                book.note(sheet.path, batch=sheet.batch, status=f"{job.status} {job.done}/{job.total}")
        print_lines(_sheets(book.sheets()))


def fetch_all(folder: Path, settings: Settings, *, quiet: bool, debug: bool) -> int:
    """Fetch and import the results of batches that are over; return the exit code."""
    settings, wish = _read_wish(folder, settings)
    from briefer.models.provider import OVER, Provider

    with _opened(folder) as book:
        with closing(Provider(endpoint_of(settings))) as provider:
            for sheet in book.sheets():
                if not sheet.batch or sheet.fetched:
                    continue
                job = provider.look(sheet.batch)
                results = [folder / f"{sheet.path.removesuffix('.jsonl')}-{n}.results" for n in range(len(job.files))]
                if job.status in OVER:
                    for file, path in zip(job.files, results, strict=True):
                        provider.fetch(file, path)
                    _tell(take_in(results, folder, book, settings.spill), quiet)
                    # What a batch that is over has left without a result is asked again in the next round.
                    book.expire(sheet.path)
                book.note(sheet.path, batch=sheet.batch, status=job.status, fetched=job.status in OVER)
        print_lines(_sheets(book.sheets()))
        return _round(folder, settings, wish, book, quiet=quiet, debug=debug)


def _round(folder: Path, settings: Settings, wish: Wish, book: Mailbook, *, quiet: bool, debug: bool) -> int:
    """Work through all bundles: what is answered is written, what is not is put into files."""
    outbox = Outbox(folder, book)
    asked = _by_post(settings, wish, outbox)
    began = datetime.now(UTC).isoformat(timespec="seconds")
    with closing(Ledger(folder / "batch.sqlite")) as ledger:
        batch = Batch(ledger, Look(asked, folder), lambda error: _trace(error, debug), side_by_side)
        to_its_end(_work(batch, wish), [folder])
        outbox.close()
        for row in list(ledger.unusable())[:_LISTED]:
            note(f"{row.status}: {row.name}: {row.told}")
        todo = sum(1 for _ in ledger.todo())
        ended = {"began": began, "ended": datetime.now(UTC).isoformat(timespec="seconds"), "stopped": None}
        summed = write_summary(folder, ledger.rows(), asked, settings.fail_on, {**ended, "shard": "1/1"})
    if batch.stopped:
        raise batch.stopped
    _tell_round(folder, outbox, todo, quiet)
    return summed.code or (_UNFINISHED if todo else 0)


async def _work(batch: Batch, wish: Wish) -> None:
    for _ in look_at(find(wish.bundles, batch.look.folder), batch.ledger, batch.look):
        pass
    async for _ in batch.work():
        pass


def _by_post(settings: Settings, wish: Wish, outbox: Outbox) -> Commission:
    # No key is needed to write files.
    keyed = replace(settings, api_key=settings.api_key or "no key is needed")
    asked = commission(keyed, sections=[BY_KEY[key] for key in wish.sections], formats=wish.formats)
    names = [settings.model, *([settings.judge] if settings.judge else [])]
    # One bundle after the other: nothing is waited for.
    return replace(asked, doors=Correspondence(endpoint_of(keyed), names, outbox.send), at_once=1)


def _tell_round(folder: Path, outbox: Outbox, todo: int, quiet: bool) -> None:
    for sheet in outbox.written:
        note(f"written: {folder / sheet.path}, {plural(sheet.requests, 'request')} to {one_line(sheet.model)}", quiet)
    if not todo:
        note(f"all bundles are done: {folder}/summary.json, {folder}/briefings", quiet)
    elif outbox.written:
        note(f"{plural(todo, 'bundle')} to go; next: briefer batch submit -o {folder}", quiet)
    else:
        note(f"{plural(todo, 'bundle')} to go: {plural(outbox.still_out, 'request')} sent before, no answer yet", quiet)


def _tell(taken: Taken, quiet: bool) -> None:
    parts = [f"{plural(taken.recorded, 'reply', 'replies')} recorded"]
    if taken.failed:
        why = ", ".join(f"{one_line(reason)} ×{count}" for reason, count in sorted(taken.reasons.items()))
        parts.append(f"{taken.failed} failed ({why}), to be asked again")
    told = ((taken.known, "known before"), (taken.strange, "of another batch"), (taken.damaged, "damaged lines"))
    parts += [f"{count} {what}" for count, what in told if count]
    note(" · ".join(parts), quiet)


def _sheets(sheets: Sequence[Sheet]) -> str:
    columns = (Column("file"), Column("requests", number=True), Column("batch"), Column("status"))
    rows = [[s.path, f"{s.requests:,}", s.batch or "not submitted", _state(s)] for s in sheets]
    return table(columns, rows, width=table_width())


def _state(sheet: Sheet) -> str:
    return f"{sheet.status or ''}{', fetched' if sheet.fetched else ''}"


def _trace(error: Exception, debug: bool) -> None:
    if debug:
        note("".join(traceback.format_exception(error)))


@contextmanager
def _opened(folder: Path) -> Iterator[Mailbook]:
    with held(folder), closing(Mailbook(folder / _BOOK)) as book:
        yield book


def _write_wish(folder: Path, settings: Settings, wish: Wish) -> None:
    kept = {name: getattr(settings, name) for name in _KEPT}
    kept["prompts"] = str(settings.prompts.absolute()) if settings.prompts else None
    told = {"base_url": settings.shown_url, "settings": kept, "wish": asdict(wish)}
    write_atomic(folder / _WISH, json.dumps(told, indent=2).encode() + b"\n")


def _read_wish(folder: Path, settings: Settings) -> tuple[Settings, Wish]:
    """Return what export was asked for; the address is never taken from the folder, only held against it."""
    path = folder / _WISH
    try:
        told = json.loads(path.read_bytes())
        wish = Wish(*(tuple(told["wish"][name]) for name in ("bundles", "sections", "formats")))
        kept = {name: told["settings"][name] for name in _KEPT}
        url = str(told["base_url"])
    except OSError:
        raise InputError(f"{folder} holds no export", hint="begin with: briefer batch export") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is damaged", hint="run the export again: what is recorded is kept") from error
    if settings.shown_url != url:
        raise UsageError(f"this batch was exported for {one_line(url)}", hint="give the same --base-url")
    prompts = Path(kept.pop("prompts")) if kept["prompts"] else kept.pop("prompts")
    return replace(settings, prompts=prompts, **kept), wish
