"""A look at every bundle before the first paid call: what cannot be used is named, the others go on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefer.batch.commission import Commission, folder_of
from briefer.batch.inputs import Found, Source, Unusable
from briefer.batch.ledger import Item, Ledger, is_over
from briefer.batch.rows import Row, of_error
from briefer.bundle import Bundle
from briefer.calls import canonical_json
from briefer.errors import BrieferError, InputError, UsageError
from briefer.text import one_line

# In bytes: file systems take 255, and a suffix comes after it.
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of a batch that this run is about: the `number`th of `of`, told by what a bundle holds."""

    number: int = 1
    of: int = 1

    def has(self, digest: str) -> bool:
        """Whether a bundle with this SHA-256 belongs to it."""
        return int(digest[:15], 16) % self.of == self.number - 1


@dataclass(frozen=True, slots=True)
class Look:
    """How a batch is looked at: what is asked of it, in which folder, of which shard, and what is done again."""

    asked: Commission
    folder: Path
    shard: Shard = Shard()
    retry_failed: bool = False

    @property
    def runs(self) -> Path:
        """Where the run folders are."""
        return self.folder / "runs"

    def paths(self, name: str) -> list[Path]:
        """Return the files that a bundle of this name is written to."""
        return [self.folder / OUTPUTS / f"{name}{SUFFIXES[form]}" for form in self.asked.formats]


OUTPUTS = "briefings"
SUFFIXES = {"json": ".json", "markdown": ".md", "html": ".html", "terminal": ".txt"}


def look_at(found: Iterable[Found], ledger: Ledger, look: Look) -> Iterator[int]:
    """Put every bundle into the ledger's plan, and yield how many were looked at, one after another.

    Raises UsageError, or what is wrong with the first place that is named, where none of them holds a bundle.
    """
    nothing: BrieferError | None = UsageError("nothing that is named holds a bundle", hint="name bundles, or folders")
    for number, each in enumerate(found, 1):
        source = each.source if isinstance(each, Unusable) else each
        if isinstance(each, Source):
            nothing = None
        elif number == 1:
            nothing = each.error
        row = _planned(each, source, ledger, look)
        if row and look.shard.has(_digest(source.label)):
            ledger.settle(source, row)
        yield number
    if nothing:
        raise nothing
    ledger.save()


def _planned(found: Found, source: Source, ledger: Ledger, look: Look) -> Row | None:
    """Put a bundle into the plan; return the row of what cannot be used, or need not be."""
    try:
        if isinstance(found, Unusable):
            raise found.error
        bundle = source.read()
        content = _digest(bundle.model_dump(exclude={"id", "note"}))
        twin = ledger.same(content)
        if twin:
            return _duplicate(source, bundle, twin)
        name = name_of(bundle, source)
        other = ledger.called(name)
        if other:
            # Neither may be called so: which of them came first can change from run to run.
            ledger.reject(other, _rejected(other.source, _namesake(other.name, source)))
            raise _namesake(name, other.source)
    except BrieferError as error:
        return _rejected(source, error)
    run = folder_of(look.runs, look.asked.manifest(bundle))
    item = Item(0, name, bundle.sha256, look.asked.key(bundle), run, source)
    here = look.shard.has(content)
    ledger.add(item, content, here=here, todo=here and not _is_over(item, ledger, look))
    return None


def _namesake(name: str, other: Source) -> InputError:
    return InputError(
        f"its name “{name}” is also that of {other.label}",
        hint='give each bundle an "id" of its own: outputs are called by it',
    )


def _rejected(source: Source, error: BrieferError) -> Row:
    told = of_error(error)
    why = told["cause"].removeprefix(source.label).lstrip(": ")
    return Row(source.label, source.shown, source.line, **{**told, "status": "rejected", "cause": why})


def _duplicate(source: Source, bundle: Bundle, twin: Item) -> Row:
    name = name_of(bundle, source)
    cause = f"it holds the same articles as {twin.source.label} ({twin.name})"
    return Row(name, source.shown, source.line, status="duplicate", cause=cause, sha256=bundle.sha256)


def _is_over(item: Item, ledger: Ledger, look: Look) -> bool:
    row = ledger.past(item.name, item.key)
    if row is None or not is_over(row, look.retry_failed):
        return False
    return row.status == "failed" or all(path.is_file() for path in look.paths(item.name))


def name_of(bundle: Bundle, source: Source) -> str:
    """Return what a bundle's outputs are called: its id or its file's name, as a file name anywhere takes it."""
    given = one_line(bundle.id or "") or source.stem
    if not given:
        return bundle.sha256[:16]
    name = re.sub(r"[^\w.-]+", "-", given).strip("-.")
    short = name.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
    # Two ids that differ only in what a file name cannot hold must not become one.
    return short if short == given else f"{short}-{_digest(given)[:8]}".lstrip("-")


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value)).hexdigest()
