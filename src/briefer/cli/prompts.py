"""`briefer prompts list`, `show`, `check` and `eject`: which prompts are in force, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli import options
from briefer.cli.terminal import colour_wanted, note, print_lines, print_result, table_width, wrapped
from briefer.errors import EXIT_FINDINGS, InputError, UsageError

if TYPE_CHECKING:
    from briefer.editing.review import Reviewed
    from briefer.editing.standing import Standing

Key = Annotated[str, typer.Argument(metavar="KEY", help="A prompt's name, such as papers_say.")]
Keys = Annotated[list[str] | None, typer.Argument(metavar="[KEY]...", help="Prompts by name; without one, all.")]


def folder_of(prompts: Path | None) -> Path | None:
    """Return the folder of the desk's own prompts: the option's, the settings', or ./prompts; None for none."""
    from briefer.settings import from_here

    return from_here({"prompts": prompts})[0].prompts


def list_prompts(prompts: options.Prompts = None, debug: options.Debug = False) -> None:
    """List the prompts: which file is in force, where it is from, its id, its last change."""
    from briefer.editing.standing import standing
    from briefer.render.tables import Column, table

    found = standing(folder_of(prompts))
    columns = [Column(head) for head in ("prompt", "from", "text", "id", "last change")]
    rows = [[each.name, _home(each), _state(each), each.id, _changed(each)] for each in found]
    print_result(table(columns, rows, width=table_width(), color=colour_wanted()))
    for each in found:
        if each.fault:
            note(f"{each.fault}\n  next: briefer prompts check {each.name}")


def show(
    key: Key,
    version: Annotated[
        str | None, typer.Argument(metavar="[VERSION]", help="An earlier one: an id, a date, shipped, …")
    ] = None,
    prompts: options.Prompts = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Print the text of a prompt that is in force, or of an earlier version."""
    from briefer.editing.standing import named, standing
    from briefer.editing.versions import history
    from briefer.prompts import normal, read_text
    from briefer.settings import from_here
    from briefer.text import neutralise

    name = named(key)
    settings, _ = from_here({"prompts": prompts})
    [found] = (each for each in standing(settings.prompts) if each.name == name)
    text = normal(read_text(found.path))
    if version:
        chosen = history(name, settings.prompts, settings.runs).find(version)
        text = chosen.text
        note(f"{name}: version {chosen.id}", quiet)
    else:
        note(f"{found.path}: {_state(found)}, id {found.id}, {_changed(found)}", quiet)
    print_lines("".join(f"{wrapped(neutralise(line))}\n" for line in text.split("\n")))


def check(
    keys: Keys = None, prompts: options.Prompts = None, quiet: options.Quiet = False, debug: options.Debug = False
) -> None:
    """Look for what a prompt asks in vain: against the schema, the reply's form or the desk's rules.

    Exit 0 when there is nothing to say, 9 when there is, 3 when a prompt would stop a run.
    """
    from briefer.editing.review import review
    from briefer.editing.standing import named
    from briefer.prompts import NAMES, prompt_files, read_text
    from briefer.text import plural

    names = [named(key) for key in keys or ()] or NAMES
    files = prompt_files(folder_of(prompts))
    texts: dict[str, tuple[Path, str]] = {}
    unread = []
    for name, path in files.items():
        try:
            texts[name] = (path, read_text(path))
        except InputError as error:
            unread += [f"{path}:1: {error.cause.removeprefix(f'{path} ')}"] if name in names else []
    reviewed = review(texts)
    lines = [*unread, *_findings(reviewed, {files[name] for name in names})]
    print_lines("".join(f"{wrapped(line, 4)}\n" for line in lines))
    note(
        f"{plural(len(names), 'prompt')} checked, {plural(len(lines), 'finding') if lines else 'nothing found'}", quiet
    )
    if lines:
        note("  next: briefer explain CODE says why, and how to mend it", quiet)
    refused = unread or any(path.stem in names for path, _ in reviewed.refused)
    raise typer.Exit(InputError.exit_code if refused else EXIT_FINDINGS if lines else 0)


def _findings(reviewed: Reviewed, paths: set[Path]) -> list[str]:
    """Return a line for each finding in these files, `file:line: code sentence`."""
    found = [
        (path, fault.line or 1, f"{fault.code} {fault.message}".strip() + f"; {fault.hint}")
        for path, fault in reviewed.refused
    ]
    found += [(n.path, n.line, f"{n.finding.code} {n.finding.message}") for n in reviewed.noted]
    return [f"{path}:{line}: {said}" for path, line, said in sorted(found) if path in paths]


def eject(
    keys: Keys = None,
    prompts: options.Prompts = None,
    force: Annotated[bool, typer.Option("--force", help="Write over prompts that are there already.")] = False,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Copy shipped prompts into a folder for editing: ./prompts, or --prompts DIR."""
    from briefer.editing.standing import named
    from briefer.editing.versions import eject as write
    from briefer.prompts import NAMES
    from briefer.settings import PROJECT_PROMPTS, from_here
    from briefer.text import plural

    folder = prompts or folder_of(None) or PROJECT_PROMPTS
    names = [named(key) for key in keys or ()]
    there = [name for name in names or NAMES if (folder / f"{name}.md").exists()]
    if names and there and not force:
        raise UsageError(
            f"{folder / there[0]}.md is there already", hint="--force writes over it", safe="nothing was changed"
        )
    wanted = [name for name in names or NAMES if force or name not in there]
    paths = write(wanted, folder, from_here({})[0].runs)
    print_result("".join(f"{path}\n" for path in paths))
    if there and not force:
        note(f"{plural(len(there), 'prompt')} in {folder} already, left as they are (--force writes over them)", quiet)
    if paths and prompts and prompts != PROJECT_PROMPTS:
        note(f"to use them: --prompts {folder}", quiet)


def _home(each: Standing) -> str:
    return "shipped" if each.shipped else f"{each.path.parent}/"


def _state(each: Standing) -> str:
    if each.fault:
        return "cannot be used"
    return "as shipped" if each.as_shipped else "changed"


def _changed(each: Standing) -> str:
    from importlib.metadata import version

    from briefer.editing.moments import told

    if each.shipped:
        return f"briefer {version('briefer')}"
    return told(each.changed) if each.changed else "unknown"
