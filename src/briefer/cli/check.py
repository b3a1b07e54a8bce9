"""`briefer check`."""

from __future__ import annotations

from typing import Annotated

import typer

from briefer.cli import options
from briefer.cli.terminal import escaped, note, print_lines, print_result
from briefer.errors import EXIT_FINDINGS, UsageError


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A saved briefing (.json), statements (.jsonl), or -.")],
    bundle: Annotated[str, typer.Option("--bundle", metavar="BUNDLE", help="The bundle to prove them against.")],
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Prove a briefing or statements again, offline and without a model.

    Exit 0 when every sentence is proved, 9 when one is not.
    """
    from briefer.checking import check_text
    from briefer.loading import load_bundle, read_text

    if format_ not in ("text", "json"):
        raise UsageError(f"there is no format {format_!r}", hint="choose text or json")
    checked = check_text(read_text(file), file, load_bundle(bundle))
    failed = [c for c in checked if not c.proved]
    if format_ == "json":
        print_result("".join(escaped(c.line()) + "\n" for c in checked))
    else:
        print_lines("".join(_told(c.id, c.text, [f"{f.code} {f.message}" for f in c.verdict.findings]) for c in failed))
        note(f"{len(checked) - len(failed)} of {len(checked)} sentences proved", quiet)
    raise typer.Exit(EXIT_FINDINGS if failed else 0)


def _told(name: str, text: str, findings: list[str]) -> str:
    from briefer.text import one_line

    lines = "".join(f"    {one_line(f)}\n" for f in findings)
    return f"{one_line(name)}  {one_line(text)}\n{lines}"
