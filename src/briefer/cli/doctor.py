"""`briefer doctor`: what is set, and what the server can do, in words."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli import options
from briefer.cli.terminal import note, print_lines, table_width
from briefer.errors import EXIT_FINDINGS

if TYPE_CHECKING:
    from briefer.diagnosis import Examined
    from briefer.models.endpoint import Endpoint
    from briefer.models.features import Features
    from briefer.models.known import Known
    from briefer.settings import Settings

_LABEL = 13  # columns


def doctor(
    model: options.ModelName = None,
    base_url: options.BaseUrl = None,
    offline: Annotated[bool, typer.Option("--offline", help="Make no call: only what is set and remembered.")] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="First forget what is remembered of this server and model.")
    ] = False,
    debug: options.Debug = False,
) -> None:
    """Say what is set, where from, and what the server can do; that takes two small calls.

    Exit codes: 0 it can be used, 4 needs a person, 5 unavailable, 9 its replies cannot be used.
    """
    from briefer.models.known import known_servers
    from briefer.settings import from_here

    settings, origins = from_here({"model": model, "base_url": base_url})
    known = known_servers()
    if forget:
        known.forget(settings.base_url, settings.model)
    _print([*_versions(), *_configured(settings, origins), *_told(settings, known)])
    if not settings.names_model:
        note("no model is named, so there is nobody to ask: --model NAME")
        return
    endpoint = _endpoint(settings)
    if offline:
        return
    raise typer.Exit(_examine(endpoint, known))


def _print(rows: list[tuple[str, str]]) -> None:
    from briefer.text import one_line

    for name, value in rows:
        lines = wrap(one_line(value), table_width() - _LABEL, break_long_words=False, break_on_hyphens=False)
        print_lines("".join(f"{name if at == 0 else '':<{_LABEL}}{line}\n" for at, line in enumerate(lines)))


def _versions() -> Iterator[tuple[str, str]]:
    import platform
    from importlib.metadata import version

    libraries = ", ".join(f"{name} {version(name)}" for name in ("openai", "genai-prices"))
    yield "briefer", f"{version('briefer')}, Python {platform.python_version()}, {libraries}"


def _configured(settings: Settings, origins: dict[str, str]) -> Iterator[tuple[str, str]]:
    from briefer.models.endpoint import is_loopback
    from briefer.settings import config_files

    read: list[str] = []
    missing: list[str] = []
    for path in config_files():
        (read if path.exists() else missing).append(str(path))
    yield "config", "; ".join([*read, *(f"{path} (not there)" for path in missing)])
    yield "model", f"{settings.model} ({origins['model']})"
    yield "address", f"{settings.shown_url} ({origins['base_url']})"
    none = "none, and none is needed on this machine" if is_loopback(settings.base_url) else "none"
    yield "key", f"set ({origins['api_key']})" if settings.api_key else none


def _told(settings: Settings, known: Known) -> Iterator[tuple[str, str]]:
    """Yield what is known without a call."""
    from briefer.cli.ledger import proxy_to

    yield "proxy", proxy_to(settings.base_url) or "none"
    if not settings.names_model:
        return
    yield "price", _price(settings)
    yield "remembered", _remembered(settings, known)


def _remembered(settings: Settings, known: Known) -> str:
    from briefer.models.features import Features

    where = settings.base_url, settings.model
    features, window, at = known.get(*where), known.window(*where), known.learnt_at(*where)
    told = [] if features == Features() else list(_features(features))
    told += [f"a window of {window:,} tokens"] if window else []
    return f"{', '.join(told)} ({at:%Y-%m-%d})" if told and at else "nothing"


def _price(settings: Settings) -> str:
    from briefer.calls import Spent
    from briefer.models.prices import cost, dollars

    # By the thousand: some models cost more for a long prompt.
    each = (Spent(1, 1000, 0, 0), Spent(1, 1000, 1000, 0), Spent(1, 0, 0, 1000))
    costs = [cost(settings.model, spent, settings.base_url) for spent in each]
    if None in costs:
        return "unknown: the price list has no such model at this address"
    shown = [dollars(round(amount * 1000, 4)) for amount in costs if amount is not None]
    return "{} in, {} cached, {} out, a million tokens".format(*shown)


def _endpoint(settings: Settings) -> Endpoint:
    """Return where to ask, with little patience. Raises BrieferError for what can never work."""
    from briefer.diagnosis import REPLY_TOKENS
    from briefer.models.endpoint import Endpoint

    return Endpoint(
        base_url=settings.base_url,
        api_key=settings.api_key,
        model=settings.model,
        deadline=min(settings.deadline, 60.0),
        attempts=min(settings.attempts, 2),
        max_wait=min(settings.max_wait, 10.0),
        reply_tokens=REPLY_TOKENS,
        temperature=0.5 if settings.temperature is None else settings.temperature,
    )


def _examine(endpoint: Endpoint, known: Known) -> int:
    """Make the calls, say what came of them, and remember it; return the exit code."""
    import asyncio

    from briefer.diagnosis import bound, examine
    from briefer.models.prices import dollars

    most, price = bound(endpoint.model, endpoint.base_url)
    costs = "cost unknown" if price is None else dollars(price)
    tokens = f"{most.input_tokens:,} tokens in, {most.output_tokens:,} out"
    note(f"asking twice; at most {most.calls} paid calls, {tokens}, {costs}")
    found = asyncio.run(examine(endpoint))
    _print(list(_found(found, endpoint.base_url)))
    if found.replies and known.get(endpoint.base_url, endpoint.model) != found.kept:
        known.put(endpoint.base_url, endpoint.model, found.kept)
    if found.error:
        raise found.error
    return EXIT_FINDINGS if found.failure else 0


def _found(found: Examined, base_url: str) -> Iterator[tuple[str, str]]:
    reached = found.answered or not found.error
    yield "reachable", "yes" if reached else "no"
    if not reached:
        return
    replies = found.replies
    times = ", then ".join(f"{record.seconds:.1f} s" for record in replies)
    why = found.failure or (found.error.cause if found.error else "")
    yield "answers", f"yes, in {times}" if replies else f"no: {why}"
    if not replies:
        return
    yield from _taken(found)
    yield "usage", _counted(found)
    yield "cache", _cached(found)
    if len(replies) < 2:
        yield "second call", f"failed: {why}"
    yield "calls", _bill(found, base_url)


def _bill(found: Examined, base_url: str) -> str:
    """Return what the calls took."""
    from briefer.cli.ledger import figures
    from briefer.history import Took, took

    told, _, answered, cost = figures(sum((took(record, base_url) for record in found.records), Took()))
    parts = [
        f"{len(found.records)}, {found.refusals} of them refused and free"
        if found.refusals
        else f"{len(found.records)}"
    ]
    parts += [f"{told} tokens in, {answered} out"] if told else []
    return "; ".join([*parts, f"cost {cost}"])


_SHAPES = (
    "strict JSON schema",
    "JSON schema, not a strict one",
    "JSON mode, the schema in the prompt",
    "the schema in the prompt alone",
)


def _features(features: Features) -> Iterator[str]:
    """Yield what a server takes, in words."""
    yield _SHAPES[features.shape]
    yield "temperature" if features.temperature else "no temperature"
    yield features.limit or "no limit on a reply"
    yield "streaming" if features.stream else "no streaming"


def _taken(found: Examined) -> Iterator[tuple[str, str]]:
    features = found.features
    ignored = " (a schema is taken and not followed)" if found.is_ignored else ""
    yield "format", f"{_SHAPES[features.shape]}{ignored}"
    yield "temperature", "taken" if features.temperature else "refused: the model's own is used"
    yield "reply limit", f"as {features.limit}" if features.limit else "refused: a reply may be of any length"
    streams = "yes" if found.streams else "taken, but answered in one piece"
    yield "streaming", streams if features.stream else "refused"


def _counted(found: Examined) -> str:
    counts = [found.spent(at).input_tokens is not None for at in range(len(found.replies))]
    if all(counts):
        return "tokens are counted" + (", in streamed replies too" if found.streams else "")
    return "tokens are not counted, so no cost can be told" if not any(counts) else "not counted in streamed replies"


def _cached(found: Examined) -> str:
    second = found.spent(1)
    if second.cached_tokens is None or not second.input_tokens:
        return "not told"
    share = f"{second.cached_tokens:,} of {second.input_tokens:,} tokens of the second call"
    return share if second.cached_tokens else "nothing kept of the first call"
