"""`briefer summarize --dry-run`: what the run would take, without a call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from briefer.cli.terminal import colour_wanted, escaped, note, table_width
from briefer.forecast import Call, Forecast, Names, Total, forecast
from briefer.models.endpoint import Endpoint
from briefer.models.prices import dollars
from briefer.models.tokens import likely_tokens, most_tokens
from briefer.render.tables import Column, table
from briefer.sections import BY_KEY, Scope
from briefer.text import one_line, plural

if TYPE_CHECKING:
    from briefer.cli.running import Job
    from briefer.settings import Settings

_COLUMNS = (
    Column("call"),
    Column("characters", number=True),
    Column("tokens in", number=True),
    Column("at most", number=True),
    Column("out, at most", number=True),
)


def dry_run(job: Job, *, as_json: bool) -> str:
    """Return what the job would take, as a table or as JSON. No key is needed and nothing is written."""
    from briefer.api import window_of
    from briefer.bundle import in_language
    from briefer.prompts import load_prompts

    settings = job.settings
    bundle = in_language(job.bundle, settings.language) if settings.language else job.bundle
    names = Names(settings.model, settings.judge, settings.base_url, settings.reply_tokens)
    host = Endpoint(names.base_url, "no key is needed", names.model).host  # or its address is refused, as in a run
    window = window_of(settings)
    foreseen = asyncio.run(forecast(bundle, load_prompts(settings.prompts), names, job.sections, window))
    if as_json:
        lines = json.dumps({"host": host, **_fields(foreseen)}, ensure_ascii=False, indent=2).split("\n")
        return "".join(f"{escaped(line)}\n" for line in lines)
    for remark in _remarks(foreseen, settings):
        note(remark, job.quiet)
    return "".join(_told(foreseen, host))


def _remarks(foreseen: Forecast, settings: Settings) -> Iterator[str]:
    """Yield what the figures mean for a limit, and why there is no cost."""
    most = foreseen.most
    tokens = (most.spent.input_tokens or 0) + (most.spent.output_tokens or 0)
    if most.cost is None:
        yield "what it would cost is unknown: the price list has no such model at this address"
    if settings.max_cost is not None and most.cost is not None and most.cost > settings.max_cost:
        yield f"at most {dollars(most.cost)}: --max-cost may end it at {dollars(settings.max_cost)}"
    if settings.max_tokens is not None and tokens > settings.max_tokens:
        yield f"at most {tokens:,} tokens: --max-tokens may end it at {settings.max_tokens:,}"


def _told(foreseen: Forecast, host: str) -> Iterator[str]:
    names = foreseen.names
    judge = f" and {one_line(names.judge)}" if names.judge else ""
    calls = plural(len(foreseen.calls), "call")
    yield f"{calls} to {one_line(names.model)}{judge} at {host}; none is made\n\n"
    yield table(_COLUMNS, list(_rows(foreseen)), width=table_width(), color=colour_wanted())
    yield "\n"
    columns = (Column(""), *(Column(head, number=True) for head in ("tokens in", "cached", "out", "cost")), Column(""))
    totals = [
        ("at best", foreseen.least, "each call once"),
        ("likely", foreseen.likely, "a quarter asked again"),
        ("at most", foreseen.most, "all asked again"),
    ]
    rows = [[name, *_figures(total), why] for name, total, why in totals]
    yield table(columns, rows, width=table_width(), color=colour_wanted())
    for told in foreseen.left_out:
        yield f"\n{told}\n"


def _rows(foreseen: Forecast) -> Iterator[list[str]]:
    """Yield a row for each call: outlets under their section, a judge's calls in one row."""
    papers = ""
    for call in (call for call in foreseen.calls if call.request.round != "judge"):
        section = BY_KEY[call.request.section]
        name = one_line(section.title)
        if section.scope is Scope.OUTLET:
            if papers != name:
                yield [name, "", "", "", ""]
            papers = name
            name = f"  {call.request.outlet or 'closing words'}"
        yield _row(name, [call], foreseen.reply_tokens)
    judging = [call for call in foreseen.calls if call.request.round == "judge"]
    if judging:
        yield _row(f"Judge {foreseen.names.judge}, {plural(len(judging), 'call')}", judging, foreseen.reply_tokens)
    yield _row("All, each once", foreseen.calls, foreseen.reply_tokens)


def _row(name: str, calls: Any, reply: int) -> list[str]:
    figures = (
        sum(call.characters for call in calls),
        sum(likely_tokens(call.size) for call in calls),
        sum(most_tokens(call.size) for call in calls),
        len(calls) * reply,
    )
    return [name, *(f"{figure:,}" for figure in figures)]


def _figures(total: Total) -> list[str]:
    spent = total.spent
    tokens = (spent.input_tokens, spent.cached_tokens, spent.output_tokens)
    return [*(f"{count or 0:,}" for count in tokens), "unknown" if total.cost is None else dollars(total.cost)]


def _fields(foreseen: Forecast) -> dict[str, Any]:
    names = foreseen.names
    totals = {"least": foreseen.least, "likely": foreseen.likely, "most": foreseen.most}
    return {
        "model": names.model,
        "judge": names.judge,
        "reply_tokens": foreseen.reply_tokens,
        "total": {name: _total(total) for name, total in totals.items()},
        "left_out": list(foreseen.left_out),
        "calls": [_call(call) for call in foreseen.calls],
    }


def _total(total: Total) -> dict[str, Any]:
    spent = total.spent
    return {
        "calls": spent.calls,
        "input_tokens": spent.input_tokens,
        "cached_tokens": spent.cached_tokens,
        "output_tokens": spent.output_tokens,
        "cost": total.cost,
    }


def _call(call: Call) -> dict[str, Any]:
    request = call.request
    return {
        "section": request.section,
        "outlet": request.outlet,
        "round": request.round,
        "model": call.model,
        "characters": call.characters,
        "likely_input_tokens": likely_tokens(call.size),
        "most_input_tokens": most_tokens(call.size),
        "messages": list(request.messages),
    }
