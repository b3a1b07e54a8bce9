"""`briefer show --call`: what the model saw and answered, and the command that goes on with a run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from shlex import join
from typing import Any

from briefer.cli.ledger import call_name, ending, figures
from briefer.cli.terminal import note
from briefer.history import Past, took
from briefer.journal import Record, Status
from briefer.loading import load_bundle
from briefer.models.chat import read_reply, reply_text
from briefer.models.faults import without_key, without_keys
from briefer.recall import Recalled, inputs, recalled
from briefer.settings import Settings, from_here
from briefer.text import neutralise, one_line

_SHOWN = 100_000  # characters of an answer


def conversation(past: Past, numbers: Sequence[int]) -> Iterator[str]:
    """Yield what was said in some calls of a run; a message that was printed before is only named."""
    recall = asyncio.run(recalled(past))
    first: dict[str, int] = {}
    missing = [n for n in numbers if past.records[n - 1].key not in recall.requests]
    if missing:
        note(f"what the model saw in {_listed(missing)} cannot be shown: {recall.reason}")
    for number in numbers:
        record = past.records[number - 1]
        yield f"=== call {number} of {one_line(past.id)}: {call_name(record)}\n    {_outcome(past, record)}\n"
        request = recall.requests.get(record.key)
        for message in request.messages if request else ():
            seen = first.setdefault(message["content"], number)
            yield f"\n--- {message['role']}" + (f", as in call {seen}\n" if seen != number else "\n\n")
            yield "" if seen != number else f"{_plain(message['content'])}\n"
        yield f"\n--- answer\n\n{_plain(_answer(record))}\n\n"


def _listed(numbers: Sequence[int]) -> str:
    return f"call{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _outcome(past: Past, record: Record) -> str:
    """Return how a call ended and what it took, in one line."""
    *tokens, cost = figures(took(record, past.base_url))
    told = [f"{count} {name}" for count, name in zip(tokens, ("tokens in", "cached", "out"), strict=True) if count]
    money = [f"cost {cost}" if cost == "unknown" else cost] if cost else []
    why = (
        "" if record.status in (Status.OK, Status.HTTP, Status.UNKNOWN) else read_reply(record.body).completion.failure
    )
    ended = f"{ending(record)} ({why})" if why else ending(record)
    return ", ".join([ended, f"{record.seconds:.1f} s", *told, *money])


def call_fields(past: Past, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield some calls of a run as JSON, with every message and the reply."""
    recall = asyncio.run(recalled(past)) if numbers else Recalled()
    names = ("section", "outlet", "round", "model", "at", "http", "seconds")
    for number in numbers:
        record = past.records[number - 1]
        request = recall.requests.get(record.key)
        yield {
            "call": number,
            **{name: getattr(record, name) for name in names},
            "status": str(record.status),
            **asdict(took(record, past.base_url)),
            "messages": list(request.messages) if request else None,
            "reason": None if request else recall.reason,
            "reply": _answer(record),
        }


def _answer(record: Record) -> str:
    """Return the words of an answer; of what is none, how it begins."""
    text, key = reply_text(record.body)[:_SHOWN], from_here({})[0].api_key or ""
    # A server may repeat a key in an error, of which a look at the words of a model would take too much.
    errs = record.status in (Status.HTTP, Status.UNKNOWN)
    return without_keys(text, key) if errs else without_key(text, key)


def _plain(text: str) -> str:
    return neutralise(text).replace("\t", "    ")


def next_command(past: Past) -> str:
    """Return the command that goes on with a run. Raises InputError where its bundle or prompts have changed."""
    inputs(past)
    here, _ = from_here({})
    origin, language = past.origin, past.settings.get("language")
    if origin.get("checked"):
        words = ["check", str(origin["checked"]), "--bundle", str(origin["bundle"]), "--judge", past.model]
    else:
        words = ["summarize", str(origin["bundle"]), "--model", past.model]
    if past.base_url != here.shown_url:
        words += ["--base-url", past.base_url]
    if origin.get("prompts"):
        words += ["--prompts", str(origin["prompts"])]
    if not origin.get("checked") and language != load_bundle(str(origin["bundle"])).language:
        words += ["--language", str(language)]
    return one_line(join([*_environment(past, here), "briefer", *words]))


def _environment(past: Past, here: Settings) -> Iterator[str]:
    """Yield the settings that lead to the run, have no option, and are others here."""
    root = past.path.absolute().parents[2]
    if root != here.runs.absolute():
        yield f"BRIEFER_RUNS={root}"
    for name in ("reply_tokens", "temperature"):
        value = past.settings.get(name)
        if value is not None and value != getattr(here, name):
            yield f"BRIEFER_{name.upper()}={value}"
