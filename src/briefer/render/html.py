"""The briefing as one self-contained page: no script, no outside reference, every word escaped.

Its Content-Security-Policy allows nothing but the page's own style, named by its SHA-256.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape

from briefer.render.outline import DIFFER, NOT_PROVED, NOTES, OPEN, SOURCES, WITHHELD
from briefer.render.parts import Dated, Dispute, Entry, Line, Outline, Part, Passage, Remark, Struck, sign
from briefer.render.style import CSS
from briefer.render.when import is_date

_STYLE_HASH = b64encode(sha256(CSS.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def to_html(outline: Outline) -> str:
    """Return the briefing as an HTML page, ending with a newline."""
    language = outline.language if _LANGUAGE.fullmatch(outline.language) else "und"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_safe(language)}">',
            "<head>",
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_safe(outline.title.text)}</title>",
            f"<style>{CSS}</style>",
            "</head>",
            "<body>",
            "<main>",
            "<article>",
            *_Page(outline).body(),
            "</article>",
            "</main>",
            "</body>",
            "</html>\n",
        )
    )


def _safe(text: str) -> str:
    # A page that is printed to a CI log must not hold ##[command] either.
    return escape(text).replace("##", "#&#35;")


class _Page:
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._evidence = {n: f"{e.outlet}: {text}" for e in outline.sources for n, _, text in e.evidence}
        self._marked: set[int] = set()

    def body(self) -> Iterator[str]:
        outline = self._outline
        yield "<header>"
        if outline.story:
            yield f'<p class="kicker" dir="auto">{_safe(outline.story)}</p>'
        yield f'<h1 dir="auto">{self._sentence(outline.title)}</h1>'
        yield f'<p class="meta">{_safe(" · ".join(outline.dateline))}</p>'
        if outline.legend:
            yield f'<p class="legend">{_safe(" · ".join(f"{sign} {name}" for sign, name in outline.legend))}</p>'
        yield "</header>"
        for part in outline.parts:
            yield from self.part(part)
        yield from _withheld(outline.withheld)
        yield from _notes(outline.notes)
        yield f"<section>\n<h2>{SOURCES}</h2>"
        for entry in outline.sources:
            yield from _entry(entry)
        yield f'</section>\n<footer class="colophon">{_safe(outline.colophon)}</footer>'

    def part(self, part: Part) -> Iterator[str]:
        yield f'<section{" class=blurbs" if part.blurbs else ""}>\n<h2 dir="auto">{_safe(part.title)}</h2>'
        if part.missing:
            yield f'<p class="missing" dir="auto">{_safe(part.missing)}</p>'
        for passage in part.passages:
            yield self.blurb(passage) if part.blurbs else self.passage(passage)
        if part.events:
            yield '<ol class="timeline">'
            yield from map(self.event, part.events)
            yield "</ol>"
        if part.alone:
            yield f'<p class="meta" dir="auto">{_safe(part.alone)}</p>'
        if part.disputes:
            yield f"<h3>{DIFFER}</h3>"
        for dispute in part.disputes:
            yield from self.dispute(dispute)
        if part.questions:
            yield f"<h3>{OPEN}</h3>\n<ul>"
            yield from (f'<li dir="auto">{_safe(question)}</li>' for question in part.questions)
            yield "</ul>"
        yield "</section>"

    def passage(self, passage: Passage) -> str:
        heading = f'<h3 dir="auto">{_safe(passage.heading)}</h3>\n' if passage.heading else ""
        return f'{heading}<p dir="auto">{self._prose(passage.lines)}</p>'

    def blurb(self, passage: Passage) -> str:
        heading = f"<strong>{_safe(passage.heading)}</strong> — " if passage.heading else ""
        return f'<p dir="auto">{heading}{self._prose(passage.lines)}</p>'

    def event(self, event: Dated) -> str:
        when = f'<span class="when">{_safe(event.when)}</span>'
        if is_date(event.iso):
            when = f'<time datetime="{event.iso}">{_safe(event.when)}</time>'
        return f'<li>{when}<span dir="auto">{self._sentence(event.line)}</span></li>'

    def dispute(self, dispute: Dispute) -> Iterator[str]:
        yield f'<p class="about" dir="auto">{_safe(dispute.about)}</p>'
        if not dispute.stands:
            return
        yield '<ul class="sides">'
        for stand in dispute.stands:
            yield f'<li><p class="value" dir="auto">{_safe(stand.value)}</p>'
            yield f'<p class="who" dir="auto">{_safe(stand.outlets)}</p>'
            yield f'<p class="words" dir="auto">{self._sentence(stand.line)}</p></li>'
        yield "</ul>"

    def _prose(self, lines: Iterable[Line]) -> str:
        return " ".join(self._sentence(line) for line in lines)

    def _sentence(self, line: Line) -> str:
        links = " ".join(map(self._mark, line.numbers))
        signs = sign(line)
        numbers = f"<sup>{links}</sup>" if links else ""
        signed = f'<span class="sign">{signs}</span>' if signs else ""
        return f'<span class="s">{_safe(line.text)}{numbers}{signed}</span>'

    def _mark(self, number: int) -> str:
        # Only the first mark of a source is what its back link leads to.
        anchor = "" if number in self._marked else f' id="m{number}"'
        self._marked.add(number)
        return f'<a href="#s{number}"{anchor} title="{_safe(self._evidence[number])}">{number}</a>'


def _withheld(withheld: tuple[Struck, ...]) -> Iterator[str]:
    if not withheld:
        return
    yield f'<section class="withheld">\n<h2>{WITHHELD}</h2>\n<details>'
    yield f"<summary>{len(withheld)} not printed. {NOT_PROVED}</summary>"
    for struck in withheld:
        yield f'<p class="where" dir="auto">{_safe(struck.place)}</p>'
        yield f'<p dir="auto"><del>{_safe(struck.text)}</del></p>\n<ul>'
        yield from (f'<li dir="auto">{_safe(why)}</li>' for why in struck.why)
        yield "</ul>"
    yield "</details>\n</section>"


def _notes(notes: tuple[Remark, ...]) -> Iterator[str]:
    if not notes:
        return
    yield f'<section>\n<h2>{NOTES}</h2>\n<ul class="notes">'
    for note in notes:
        about = f"<strong>{_safe(note.about)}:</strong> " if note.about else ""
        yield f'<li dir="auto">{about}{_safe(note.message)} ({_safe(note.code)})</li>'
    yield "</ul>\n</section>"


def _entry(entry: Entry) -> Iterator[str]:
    title = _safe(entry.title or entry.address)
    if entry.url:
        title = f'<a href="{_safe(entry.url)}" rel="noopener noreferrer">{title}</a>'
    facts = (f"<strong>{_safe(entry.outlet)}</strong>", title, _safe(entry.date), *map(_safe, entry.remarks))
    line = " · ".join(fact for fact in facts if fact)
    unlinked = entry.address if entry.title and not entry.url else ""
    address = f'<p class="address" dir="auto">{_safe(unlinked)}</p>' if unlinked else ""
    if not entry.evidence:
        yield f'<p class="uncited" dir="auto">{line}</p>{address}'
        return
    yield f'<details open>\n<summary dir="auto">{line}</summary>{address}\n<ol class="evidence">'
    for number, sid, text in entry.evidence:
        back = f'<a href="#m{number}" title="Back to the text">{number}</a>'
        yield f'<li id="s{number}">{back}<span>{_safe(sid)}</span><span dir="auto">{_safe(text)}</span></li>'
    yield "</ol>\n</details>"
