"""Looking at things without a model: sentences, lint, schema, explain, config show."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Annotated

import typer

from briefer.cli import options
from briefer.cli.terminal import escaped, note, print_lines, print_result, width
from briefer.errors import EXIT_FINDINGS, UsageError

WEAK = "With --judge, a second model may settle it: the sentence is printed with the finding as a remark."


def sentences(
    bundle: options.BundlePath,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text or json (one line a sentence).")
    ] = "text",
    debug: options.Debug = False,
) -> None:
    """Print the numbered sentences of a bundle, as a model sees them."""
    import json

    from briefer.loading import load_bundle
    from briefer.text import one_line

    loaded = load_bundle(bundle)
    if format_ == "json":
        rows = (
            {"id": s.id, "article": s.source, "start": s.start, "end": s.end, "text": s.text}
            for s in loaded.sentences.values()
        )
        print_result("".join(escaped(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows))
        return
    for source in loaded.sources.values():
        print_lines(f"{source.id}  {source.outlet or 'reference'}: {source.title}\n")
        print_lines("".join(f"  {s.id}  {one_line(s.text)}\n" for s in source.sentences) + "\n")


def lint(bundle: options.BundlePath, quiet: options.Quiet = False, debug: options.Debug = False) -> None:
    """Look at a bundle before any money is spent: near-copies, cut articles, missing dates, opinion, hidden text.

    Exit 0 when there is nothing to remark, 9 when there is.
    """
    from briefer.copies import near_copies
    from briefer.lint import lint as remarks_on
    from briefer.loading import load_bundle
    from briefer.text import plural

    loaded = load_bundle(bundle)
    remarks = remarks_on(loaded, near_copies(loaded))
    print_lines("".join(f"{r.code}  {r.message}\n" for r in remarks))
    size = (
        plural(len(loaded.articles), "article"),
        plural(len(loaded.outlets), "outlet"),
        plural(len(loaded.sentences), "sentence"),
    )
    note(f"{', '.join(size)}; {plural(len(remarks), 'remark')}", quiet)
    raise typer.Exit(EXIT_FINDINGS if remarks else 0)


def schema(
    name: Annotated[str, typer.Argument(metavar="bundle|briefing", help="Which format to print.")],
    debug: options.Debug = False,
) -> None:
    """Print the JSON Schema of a bundle or of a briefing."""
    import json

    from pydantic import BaseModel

    from briefer.briefing import Briefing
    from briefer.bundle import Bundle

    formats: dict[str, type[BaseModel]] = {"bundle": Bundle, "briefing": Briefing}
    if name not in formats:
        raise UsageError(f"there is no schema {name!r}", hint="choose bundle or briefing")
    print_result(json.dumps(formats[name].model_json_schema(by_alias=True), indent=2) + "\n")


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A finding's code, such as F301; - lists them all.")],
    debug: options.Debug = False,
) -> None:
    """Say why a finding exists and how to mend it, with an example."""
    from briefer.codes import CODES

    if code == "-":
        print_result("".join(f"{key}  {entry.title}\n" for key, entry in CODES.items()))
        return
    entry = CODES.get(code.upper())
    if entry is None:
        family = [key for key in CODES if key[:1] == code[:1].upper()] or list(CODES)
        raise UsageError(f"there is no finding {code!r}", hint=f"codes near it: {', '.join(family)}")
    print_result(f"{code.upper()}: {entry.title}\n\n" + "".join(_explained(code.upper(), width())))


def _explained(code: str, columns: int) -> Iterator[str]:
    """Yield the lines of an entry, no longer than `columns` where words allow."""
    from briefer.codes import CODES
    from briefer.examples import EXAMPLES, messages

    entry = CODES[code]
    yield from _labelled("Why", entry.why, 6, columns)
    yield from _labelled("Mend", entry.mend, 6, columns)
    if entry.weak:
        yield from _labelled("Weak", WEAK, 6, columns)
    example = EXAMPLES.get(code)
    if example is None:
        return
    yield "\n"
    wrong, right = example.labels(entry)
    indent = max(len(wrong), len(right)) + 2
    for cite, text in example.sentences:
        yield from _labelled(cite, text, indent, columns)
    yield from _labelled(wrong, example.wrong, indent, columns)
    if example.evidence:
        yield from _labelled("", f"{code}: {messages()[code]}", indent, columns)
    yield from _labelled(right, example.right, indent, columns)


def _labelled(label: str, text: str, indent: int, columns: int) -> Iterator[str]:
    lines = wrap(text, max(columns - indent, 20), break_long_words=False, break_on_hyphens=False)
    yield from (f"{head:{indent}}{line}\n" for head, line in zip([label, *[""] * len(lines)], lines, strict=False))


config = typer.Typer(help="Look at the configuration.", no_args_is_help=True, rich_markup_mode=None)


@config.command("show")
def config_show(
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False,
    debug: options.Debug = False,
) -> None:
    """Print the settings in force; a key is never shown."""
    from dataclasses import fields

    from briefer.settings import from_here
    from briefer.text import one_line

    settings, origins = from_here({})
    shown = {entry.name: getattr(settings, entry.name) for entry in fields(settings)}
    shown |= {"base_url": settings.shown_url, "api_key": "set" if settings.api_key else None}
    values = {name: "not set" if value is None else one_line(str(value)) for name, value in shown.items()}
    room = min(max(map(len, values.values())), 40)
    for name, value in values.items():
        told = f"{value:<{room}}  {one_line(origins[name])}" if origin else value
        print_lines(f"{name:<13} {told}\n")
