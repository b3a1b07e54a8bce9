"""`briefer prompts log`, `diff` and `restore`: what a prompt was, what changed, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli import options
from briefer.cli.prompts import Key
from briefer.cli.terminal import colour_wanted, note, print_lines, print_result, table_width, width
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.editing.versions import History, Version

Named = Annotated[
    str | None, typer.Argument(metavar="VERSION", help="An id, a date, previous, shipped, or a git revision.")
]


def _past(key: str, prompts: Path | None) -> tuple[History, Path | None, Path]:
    """Return a prompt's history, the folder of the desk's own prompts, and the project's folder."""
    from briefer.editing.standing import named
    from briefer.editing.versions import history
    from briefer.settings import from_here

    settings, _ = from_here({"prompts": prompts})
    return history(named(key), settings.prompts, settings.runs), settings.prompts, settings.runs


def log(
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="A prompt's name; without it, all.")] = None,
    prompts: options.Prompts = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """List the versions of a prompt: when, which, its first changed line, the runs that used it."""
    from briefer.editing.standing import named
    from briefer.prompts import NAMES

    known = [_past(name, prompts)[0] for name in ([named(key)] if key else NAMES)]
    told = known if key else [past for past in known if len(past.versions) > 1]
    if not told:
        note("no prompt was changed here: all are the shipped ones, and have no other version", quiet)
    blocks = ("".join(_listed(past, whole=bool(key))) for past in told)
    print_lines("\n".join(blocks))


def _listed(past: History, whole: bool) -> Iterator[str]:
    from briefer.worddiff import first_change

    yield f"{past.standing.name}\n"
    for newer, older in zip(past.versions, [*past.versions[1:], None], strict=True):
        yield f"  {_when(newer):<19}  {newer.id}  {_known(newer)}\n"
        line = first_change(older.text, newer.text) if older else ""
        if line:
            yield f"  {'':19}  {_cut(line, width() - 23)}\n"
        if newer.runs and whole:
            yield f"  {'':19}  {_cut(_runs(newer), width() - 23)}\n"


def _when(version: Version) -> str:
    from briefer.editing.moments import told

    return told(version.at) if version.at else "no date"


def _known(version: Version) -> str:
    """Return where a version is known from."""
    from briefer.text import plural

    words = ["in force"] if version.present else []
    words += ["shipped"] if version.shipped else []
    words += [f"git {commit.commit[:7]} {_cut(commit.subject, 40)}" for commit in version.commits[:1]]
    words += [plural(len(version.runs), "run")] if version.runs else []
    return ", ".join(words) or "kept"


def _runs(version: Version) -> str:
    return f"last run {version.runs[-1]}"


def _cut(text: str, room: int) -> str:
    from briefer.text import one_line

    line = one_line(text)
    room = max(room, 20)
    return line if len(line) <= room else f"{line[: room - 1].rstrip()}…"


def diff(
    key: Key,
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="The older version; previous without it.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="The newer one; the text in force without it.")] = None,
    prompts: options.Prompts = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Show word for word what changed between two versions of a prompt.

    A and B are an id, a date (2026-11-22, "2026-11-22 16:05", yesterday), previous, present, shipped or a git revision.
    """
    past, _, _ = _past(key, prompts)
    if a is None and len(past.versions) == 1:
        note(f"{past.standing.name} has one version only, {past.versions[0].id}", quiet)
        return
    old, new = past.find(a or "previous"), past.find(b or "present")
    note(f"{past.standing.name}\n  from {_named(old)}\n  to   {_named(new)}", quiet)
    if old.id == new.id:
        note("the two are the same", quiet)
        return
    print_result(_worded(old.text, new.text))


def _named(version: Version) -> str:
    known = _known(version)
    return f"{version.id} ({', '.join(each for each in (_when(version) if version.at else '', known) if each)})"


def _worded(old: str, new: str) -> str:
    from briefer.render.words import marked
    from briefer.worddiff import changes

    return marked(changes(old, new), width=table_width(), color=colour_wanted())


def restore(
    key: Key,
    version: Annotated[
        str, typer.Argument(metavar="VERSION", help="An id, a date, previous, shipped, a git revision.")
    ],
    prompts: options.Prompts = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Put an earlier text of a prompt back into force; the present one is kept first, so this can be undone."""
    from briefer.editing.versions import restore as put_back
    from briefer.settings import PROJECT_PROMPTS

    past, folder, root = _past(key, prompts)
    wanted = past.find(version)
    if wanted.id == past.standing.id:
        raise UsageError(
            f"{wanted.id} is in force already", hint=f"briefer prompts log {past.standing.name} lists the others"
        )
    path = put_back(past, wanted, prompts or folder or PROJECT_PROMPTS, root)
    print_result(f"{path}\n")
    note(f"{path} holds {_named(wanted)} again", quiet)
    note(f"  undo: briefer prompts restore {past.standing.name} {past.standing.id}", quiet)
