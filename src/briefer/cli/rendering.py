"""`briefer prompts render`: what a model would see, message by message, and where the tokens go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli import options
from briefer.cli.prompts import Key
from briefer.cli.terminal import colour_wanted, escaped, note, print_lines, print_result, takes_unicode, width, wrapped
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.editing.messages import Share, Shown


def render(
    key: Key,
    bundle: Annotated[str, typer.Option("--bundle", metavar="BUNDLE", help="The bundle to put into it.")],
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Only the call for this outlet's account.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    prompts: options.Prompts = None,
    model: options.ModelName = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help="As for summarize.")] = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Print the exact messages that a model would see for a prompt and a bundle. No key, no call."""
    import asyncio
    import json

    from briefer.api import window_of
    from briefer.bundle import in_language
    from briefer.editing.messages import as_json, messages_of
    from briefer.editing.standing import named
    from briefer.forecast import Names
    from briefer.loading import load_bundle
    from briefer.prompts import load_prompts
    from briefer.settings import from_here

    if format_ not in ("text", "json"):
        raise UsageError(f"there is no format {format_!r}", hint="choose text or json")
    name = named(key)
    settings, _ = from_here({"prompts": prompts, "model": model, "language": language})
    loaded = load_bundle(bundle)
    if settings.language:
        loaded = in_language(loaded, settings.language)
    names = Names(settings.model, None, settings.base_url, settings.reply_tokens)
    asked = messages_of(name, loaded, load_prompts(settings.prompts), names, outlet, window_of(settings))
    shown = asyncio.run(asked)
    if name == "_closing":
        note("the accounts are not written yet: the articles' own sentences stand in for them", quiet)
    if format_ == "json":
        lines = json.dumps(as_json(shown), ensure_ascii=False, indent=2).split("\n")
        print_result("".join(f"{escaped(line)}\n" for line in lines))
        return
    print_lines("\n".join("".join(_told(each, number, len(shown))) for number, each in enumerate(shown, 1)))


def _told(shown: Shown, number: int, calls: int) -> Iterator[str]:
    from briefer.models.tokens import likely_tokens, most_tokens
    from briefer.sections import BY_KEY
    from briefer.text import inert, neutralise

    request = shown.call.request
    title = BY_KEY[request.section].title
    who = inert(request.outlet) if request.outlet else "closing words" if request.round == "closing" else ""
    head = f"{title}: {who}" if who else title
    yield f"{_bold(head)}{f'   (call {number} of {calls})' if calls > 1 else ''}\n"
    yield f"about {likely_tokens(shown.call.size):,} tokens in, at most {most_tokens(shown.call.size):,}\n\n"
    yield from _bars(shown.shares)
    yield from _left_out(shown.shares)
    for place, message in enumerate(shown.messages, 1):
        line = f"── message {place} of {len(shown.messages)}: {message['role']} "
        yield "\n" + _dim(f"{line:─<{min(width(), 100)}}" if takes_unicode() else line.replace("─", "-")) + "\n"
        yield from (f"{wrapped(neutralise(text))}\n" for text in message["content"].split("\n"))


def _bars(shares: Sequence[Share]) -> Iterator[str]:
    """Yield a line for each part of a call: its tokens, its share of them, its sentences, a bar."""
    from briefer.models.tokens import likely_tokens

    total, most = sum(share.size for share in shares) or 1, max(share.size for share in shares) or 1
    names = min(max(len(share.name) for share in shares), 32)
    room = max(8, min(width(), 100) - names - 32)
    mark = "█" if takes_unicode() else "#"
    yield _dim(f"  {'':<{names}}   tokens  share  sentences") + "\n"
    for share in shares:
        name = share.name if len(share.name) <= names else f"{share.name[: names - 1]}…"
        sent = f"{share.sent} of {share.sentences}" if share.sentences else ""
        bar = mark * max(1, round(room * share.size / most))
        yield f"  {name:<{names}}  {likely_tokens(share.size):>7,}   {share.size / total:>4.0%}  {sent:>9}  {bar}\n"


def _left_out(shares: Sequence[Share]) -> Iterator[str]:
    left = [share for share in shares if share.left_out]
    if any(share.sentences for share in shares):
        yield "\n" if left else "\n  nothing is left out\n"
    for share in left:
        yield wrapped(f"  left out of {share.name}: {', '.join(share.left_out)}", 4) + "\n"


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour_wanted() else text


def _dim(text: str) -> str:
    return f"\x1b[2m{text}\x1b[0m" if colour_wanted() else text
