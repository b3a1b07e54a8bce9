"""The briefing as inert CommonMark: nothing that an article or a model wrote becomes markup.

Every paragraph is one line, so the block structure does not depend on the text; the only links are
those of `safe_url`. Escapes also hold against the GFM extensions (tables, strikethrough, autolinks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefer.render.outline import DIFFER, NOT_PROVED, NOTES, OPEN, SOURCES, WITHHELD
from briefer.render.parts import Dispute, Entry, Line, Outline, Part, Passage, Remark, Struck, marks

# An autolinker needs a domain's dot, :// or //, and a CI runner ::, so one escape breaks each.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&$@^]|(?<=\S)\.(?=[^\W\d_⁰-⁹¹²³])|:(?=[/:])|/(?=/)")
# What begins a list or a heading's underline at the start of a line, and nothing elsewhere.
_AT_START = re.compile(r"^(\d*)(?=[-+=:.)])")


def to_markdown(outline: Outline, *, unicode: bool = True) -> str:
    """Return the briefing as Markdown, each paragraph on one line, ending with a newline."""
    page = _Page(unicode)
    return "\n\n".join(block for block in page.blocks(outline) if block) + "\n"


def escape(text: str) -> str:
    """Return one line of text so that CommonMark and GFM show it as it is."""
    return _AT_START.sub(r"\1\\", _ACTIVE.sub(r"\\\g<0>", text), count=1)


class _Page:
    def __init__(self, unicode: bool) -> None:
        self._unicode = unicode
        self._dot, self._dash = (" · ", " — ") if unicode else (" | ", " -- ")

    def blocks(self, outline: Outline) -> Iterator[str]:
        yield f"# {self._sentence(outline.title)}"
        yield _italic(outline.story)
        yield escape(self._dot.join(outline.dateline))
        yield escape(self._dot.join(f"{sign} {name}" for sign, name in outline.legend))
        for part in outline.parts:
            yield from self.part(part)
        yield from self.withheld(outline.withheld)
        yield from self.notes(outline.notes)
        yield f"## {SOURCES}"
        for entry in outline.sources:
            yield from self.entry(entry)
        yield escape(outline.colophon)

    def part(self, part: Part) -> Iterator[str]:
        yield f"## {escape(part.title)}"
        yield _italic(part.missing or "")
        for passage in part.passages:
            yield from self.blurb(passage) if part.blurbs else self.passage(passage)
        yield "\n".join(f"- **{escape(e.when)}**{self._dash}{self._sentence(e.line)}" for e in part.events)
        yield escape(part.alone)
        for at, dispute in enumerate(part.disputes):
            yield "" if at else f"### {DIFFER}"
            yield from self.dispute(dispute)
        if part.questions:
            yield _bold(OPEN)
            yield "\n".join(f"- {escape(question)}" for question in part.questions)

    def passage(self, passage: Passage) -> Iterator[str]:
        if passage.heading:
            yield f"### {escape(passage.heading)}"
        yield self._prose(passage.lines)

    def blurb(self, passage: Passage) -> Iterator[str]:
        head = _bold(passage.heading) + self._dash if passage.heading else ""
        yield head + self._prose(passage.lines)

    def dispute(self, dispute: Dispute) -> Iterator[str]:
        yield _italic(dispute.about)
        yield "\n".join(
            f"- {_bold(s.value)}{self._dash}{escape(s.outlets)}: {self._sentence(s.line)}" for s in dispute.stands
        )

    def withheld(self, withheld: Iterable[Struck]) -> Iterator[str]:
        for at, struck in enumerate(withheld):
            if at == 0:
                yield f"## {WITHHELD}"
                yield _italic(NOT_PROVED)
            quoted = f"“{struck.text}”" if self._unicode else f'"{struck.text}"'
            yield f"{_bold(struck.place)}{self._dash}not proved: {escape(quoted)}"
            yield "\n".join(f"- {escape(why)}" for why in struck.why)

    def notes(self, notes: tuple[Remark, ...]) -> Iterator[str]:
        if notes:
            yield f"## {NOTES}"
        yield "\n".join(
            f"- {escape(f'{note.about}: ' if note.about else '')}{escape(note.message)} ({escape(note.code)})"
            for note in notes
        )

    def entry(self, entry: Entry) -> Iterator[str]:
        title = escape(entry.title)
        if entry.url:
            title = f"[{title or escape(entry.url)}](<{entry.url.replace('&', '&amp;')}>)"
        elif entry.address:
            title = self._dot.join(words for words in (title, escape(entry.address)) if words)
        facts = (_bold(entry.outlet), title, escape(entry.date), *map(escape, entry.remarks))
        yield self._dot.join(fact for fact in facts if fact)
        yield "\n".join(f"- {n}{self._dot}{escape(sid)}{self._dot}{escape(text)}" for n, sid, text in entry.evidence)

    def _prose(self, lines: Iterable[Line]) -> str:
        return " ".join(self._sentence(line) for line in lines)

    def _sentence(self, line: Line) -> str:
        return escape(line.text + marks(line, unicode=self._unicode))


def _bold(text: str) -> str:
    return f"**{escape(text)}**" if text else ""


def _italic(text: str) -> str:
    return f"*{escape(text)}*" if text else ""
