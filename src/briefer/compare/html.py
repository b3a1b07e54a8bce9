"""A comparison as one page: the edit beside its effect, each difference with its evidence, no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from briefer.briefing import Proved
from briefer.compare.report import Change, Comparison, Measured, PromptChange, SectionReport, Story
from briefer.compare.wording import KINDS, figure, interval, run_counts
from briefer.render.style import PALETTE
from briefer.sections import BY_KEY
from briefer.text import inert, one_line

_HERE = Path(__file__)
_TICKS = (("must_mention", "right: must be told", "✓"), ("must_not_say", "wrong: must not be said", "✗"))


def to_html(found: Comparison) -> str:
    """Return the page, ending with a newline; its style and its script are its own, and nothing else may run."""
    style = PALETTE + _HERE.with_name("page.css").read_text("utf-8")
    script = _HERE.with_name("page.js").read_text("utf-8")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    title = f"{one_line(found.old.name)} → {one_line(found.new.name)}"
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_safe(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *_body(found, title),
            "</main>",
            f"<script>{script}</script>",
            "</body>",
            "</html>\n",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _safe(text: str) -> str:
    # A page that is printed to a CI log must not hold ##[command] either.
    return escape(inert(text)).replace("##", "#&#35;")


def _body(found: Comparison, title: str) -> Iterator[str]:
    yield f"<h1>{_safe(title)}</h1>"
    yield f'<p class="facts">{_safe(" · ".join(run_counts(found)))}</p>'
    if found.alerts:
        yield '<ul class="alerts">'
        yield from (f"<li>{_safe(alert.message)}.</li>" for alert in found.alerts)
        yield "</ul>"
    yield f'<p class="verdict">{_safe(found.verdict)}</p>'
    yield '<div class="columns">'
    yield '<aside class="beside" aria-label="The edit">'
    for edit in found.prompts:
        yield from _edit(edit)
    yield from _expectations(found)
    yield from _costs(found)
    yield "</aside>"
    yield "<div>"
    yield from _matrix(found)
    yield from _filters(found)
    stories = {story.id: story for story in found.stories}
    for section in sorted(found.sections, key=lambda section: not section.beyond_noise):
        yield from _section(section, stories)
    yield '<p class="none" id="none" hidden>Nothing fits these choices.</p>'
    yield "</div>"
    yield "</div>"


def _edit(edit: PromptChange) -> Iterator[str]:
    yield f'<section class="panel"><h2>{_safe(edit.name)}</h2><ul class="diff">'
    names = {" ": "same", "-": "out", "+": "in"}
    for mark, text in edit.lines:
        if mark != " " or text.strip():
            sign = {"-": "− ", "+": "+ "}.get(mark, "")
            yield f'<li class="{names[mark]}">{sign}{_safe(text)}</li>'
    yield f'</ul><p class="soft">{_safe(edit.old)} → {_safe(edit.new)}</p></section>'


def _expectations(found: Comparison) -> Iterator[str]:
    if not found.expectations:
        return
    yield '<section class="panel"><h2>What is expected</h2><table>'
    yield "<thead><tr><th>expectation</th><th>old</th><th>new</th></tr></thead><tbody>"
    for wanted in found.expectations:
        sure = ' class="sure"' if wanted.new_held < wanted.new_runs else ""
        told = f"{wanted.kind.replace('_', ' ')} “{wanted.text}”"
        held = (f"{wanted.old_held}/{wanted.old_runs}", f"{wanted.new_held}/{wanted.new_runs}")
        yield f"<tr{sure}><th>{_safe(told)}</th><td>{held[0]}</td><td>{held[1]}</td></tr>"
    yield "</tbody></table></section>"


def _costs(found: Comparison) -> Iterator[str]:
    if found.costs:
        yield '<section class="panel"><h2>What a briefing takes</h2>'
        yield from _measures(found.costs)
        yield "</section>"


def _measures(measures: Iterable[Measured]) -> Iterator[str]:
    heads = ("", "old", "new", "noise", "change, 95 %", "p")
    yield "<table><thead><tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr></thead><tbody>"
    for measure in measures:
        sure = ' class="sure"' if measure.beyond_noise else ""
        p = "" if measure.p is None else f"{measure.p:.3f}".removeprefix("0")
        told = (figure(measure.old), figure(measure.new), figure(measure.noise), interval(measure), p)
        yield f"<tr{sure}><th>{_safe(measure.noun)}</th>" + "".join(f"<td>{_safe(t)}</td>" for t in told) + "</tr>"
    yield "</tbody></table>"


def _matrix(found: Comparison) -> Iterator[str]:
    sections = [section for section in found.sections if section.touched]
    if not sections:
        return
    yield '<section class="panel"><table class="matrix"><caption>Differences that all runs agree on: lost or withheld, '
    yield "gained. Choose one to see it.</caption><thead><tr><th></th>"
    yield "".join(f"<th>{_safe(section.title)}</th>" for section in sections) + "</tr></thead><tbody>"
    for story in found.stories:
        yield f"<tr><th>{_safe(story.name)}</th>"
        for section in sections:
            told = [c for c in section.changes if c.story == story.id and c.steady]
            gone = sum(c.kind in ("lost", "withheld", "moved") for c in told)
            come = sum(c.kind == "gained" for c in told)
            shown = f"−{gone} +{come}" if gone or come else "·"
            at = f'data-story="{_safe(story.id)}" data-section="{_safe(section.key)}"'
            yield f'<td><button type="button" aria-pressed="false" {at}>{shown}</button></td>'
        yield "</tr>"
    yield "</tbody></table></section>"


def _filters(found: Comparison) -> Iterator[str]:
    told = [change for section in found.sections for change in section.changes]
    stories = {story.id: story.name for story in found.stories}
    outlets = sorted({change.outlet for change in told if change.outlet})
    kinds = [kind for kind in KINDS if any(change.kind == kind for change in told)]
    yield '<div class="filters">'
    yield from _choice("story", "story", stories.items())
    yield from _choice("section", "section", ((s.key, s.title) for s in found.sections if s.changes))
    yield from _choice("outlet", "outlet", ((outlet, outlet) for outlet in outlets))
    yield from _choice("kind", "kind", ((kind, KINDS[kind]) for kind in kinds))
    yield '<label class="check"><input type="checkbox" data-filter="steady" checked>all runs agree</label>'
    yield '<span class="soft" id="count" role="status"></span>'
    yield '<button type="button" class="button export" id="save" disabled>Save as expectations</button>'
    yield "</div>"


def _choice(name: str, label: str, options: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<label>{label}<select data-filter="{name}"><option value="">all</option>'
    yield from (f'<option value="{_safe(value)}">{_safe(text)}</option>' for value, text in options)
    yield "</select></label>"


def _section(section: SectionReport, stories: dict[str, Story]) -> Iterator[str]:
    if not section.touched:
        return
    yield f'<section class="panel"><h2>{_safe(section.title)}</h2><p>{_safe(section.verdict)}</p>'
    yield "<details><summary>What was measured</summary>"
    yield from _measures(section.measures)
    yield '</details><div class="group">'
    for change in section.changes:
        yield from _change(change, stories[change.story])
    yield "</div></section>"


def _change(change: Change, story: Story) -> Iterator[str]:
    data = {
        "story": change.story, "story-name": story.name, "section": change.section, "outlet": change.outlet or "",
        "kind": change.kind, "steady": "yes" if change.steady else "no",
    }  # fmt: skip
    yield f'<div class="change" {" ".join(f"data-{name}={_quoted(value)}" for name, value in data.items())}>'
    where = " · ".join(filter(None, (change.outlet or BY_KEY[change.section].title, story.name)))
    unsure = "" if change.steady else " · not in all runs"
    yield f'<p class="where"><span class="kind {change.kind}">{KINDS[change.kind]}</span> · {_safe(where + unsure)}</p>'
    if change.old:
        yield from _statement("old", change.old, change, gone=change.new is None)
    if change.new:
        yield from _statement("new", change.new, change, gone=False)
    if change.detail and change.kind != "withheld":
        now = "now in " if change.kind == "moved" else ""
        yield f'<p class="detail">{_safe(now + change.detail)}</p>'
    if change.kind == "withheld":
        yield f'<p>Drafted now: “{_safe(change.detail)}”</p><ul class="soft">'
        yield from (f"<li>{_safe(note.code)} {_safe(note.message)}</li>" for note in change.findings)
        yield "</ul>"
    yield "</div>"


def _statement(side: str, statement: Proved, change: Change, *, gone: bool) -> Iterator[str]:
    cites = " ".join(cite.id for cite in statement.cites)
    data = {"text": statement.text, "section": change.section, "outlet": change.outlet or "", "cites": cites}
    ticks = " ".join(f"data-{name}={_quoted(value)}" for name, value in data.items())
    yield f'<div class="statement{" gone" if gone else ""}"><span class="side">{side}</span>'
    yield f'<div><span class="words">{_safe(statement.text)}</span>'
    yield '<details><summary>evidence</summary><ul class="evidence">'
    yield from (f"<li><span>{_safe(cite.id)}</span><span>{_safe(cite.text)}</span></li>" for cite in statement.cites)
    yield f'</ul></details></div><span class="ticks" {ticks}>'
    for tick, title, sign in _TICKS:
        yield f'<button type="button" data-tick="{tick}" aria-pressed="false" title="{title}">{sign}</button>'
    yield "</span></div>"


def _quoted(value: str) -> str:
    return f'"{_safe(value)}"'
