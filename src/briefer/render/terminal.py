"""The briefing for a terminal: wrapped text with hanging indents, little colour, no boxes.

Content is never read as Rich markup, and the only escape sequences are Rich's own colours.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from briefer.render.outline import DIFFER, NOT_PROVED, NOTES, OPEN, SOURCES, WITHHELD
from briefer.render.paper import Paper, joined
from briefer.render.parts import Dispute, Entry, Line, Outline, Part, Passage, Remark, Struck, marks


def to_terminal(outline: Outline, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """Return the briefing as text of at most `min(width, 88)` columns, ending with a newline."""
    page = _Page(width, color, unicode)
    page.head(outline)
    for part in outline.parts:
        page.part(part)
    page.withheld(outline.withheld)
    page.notes(outline.notes)
    page.sources(outline.sources)
    page.blank()
    page.put(outline.colophon, style="dim")
    return page.text()


class _Page(Paper):
    def head(self, outline: Outline) -> None:
        dot = self.glyphs.dot
        if outline.story:
            self.put(outline.story, style="dim")
        self.put(self._sentence(outline.title, "bold"))
        self.put(dot.join(outline.dateline), style="dim")
        self.put(dot.join(f"{sign} {name}" for sign, name in outline.legend), style="dim")

    def part(self, part: Part) -> None:
        self.heading(part.title)
        if part.missing:
            self.put(part.missing, indent=2, style="italic")
        write = self.blurb if part.blurbs else self.passage
        for at, passage in enumerate(part.passages):
            if at:
                self.blank()
            write(passage)
        if part.events and part.passages:
            self.blank()
        column = max((cell_len(e.when) for e in part.events), default=0) + 2
        for event in part.events:
            self.put(self._sentence(event.line), indent=2, hang=column, label=event.when)
        if part.alone:
            self.blank()
            self.put(part.alone, indent=2, hang=2, style="dim")
        self.disputes(part.disputes)
        self.questions(part.questions, first=not part.passages)

    def passage(self, passage: Passage) -> None:
        if passage.heading:
            self.put(passage.heading, indent=2, style="bold")
        self.put(self._prose(passage.lines), indent=4 if passage.heading else 2)

    def blurb(self, passage: Passage) -> None:
        head = Text(passage.heading + self.glyphs.dash, style="bold") if passage.heading else Text()
        self.put(joined(head) + self._prose(passage.lines), indent=2, hang=2)

    def disputes(self, disputes: Iterable[Dispute]) -> None:
        for at, dispute in enumerate(disputes):
            self.blank()
            if at == 0:
                self.put(DIFFER, indent=2, style="bold")
            self.put(dispute.about, indent=4, style="italic")
            for stand in dispute.stands:
                who = joined(Text(stand.value, style="bold")).append(self.glyphs.dash + stand.outlets)
                self.put(who, indent=4, hang=2, label=self.glyphs.bullet)
                self.put(self._sentence(stand.line, "dim"), indent=6)

    def questions(self, questions: tuple[str, ...], *, first: bool) -> None:
        if questions and not first:
            self.blank()
        if questions:
            self.put(OPEN, indent=2, style="bold")
        for question in questions:
            self.put(question, indent=4, hang=2, label=self.glyphs.bullet)

    def withheld(self, withheld: Iterable[Struck]) -> None:
        for at, struck in enumerate(withheld):
            if at == 0:
                self.heading(WITHHELD)
                self.put(NOT_PROVED, indent=2, style="italic")
            self.blank()
            self.put(struck.place, indent=2, style="bold")
            quoted = f"“{struck.text}”" if self.unicode else f'"{struck.text}"'
            self.put(f"Not proved: {quoted}", indent=4)
            for why in struck.why:
                self.put(why, indent=4, hang=2, label=self.glyphs.bullet)

    def notes(self, notes: tuple[Remark, ...]) -> None:
        if notes:
            self.heading(NOTES)
        for note in notes:
            about = f"{note.about}: " if note.about else ""
            text = Text(f"{about}{note.message} ").append(f"({note.code})", style="dim")
            self.put(text, indent=2, hang=2, label=self.glyphs.bullet)

    def sources(self, sources: tuple[Entry, ...]) -> None:
        self.heading(SOURCES)
        evidence = [cited for entry in sources for cited in entry.evidence]
        numbers = max((len(str(number)) for number, _, _ in evidence), default=0)
        column = max((len(sid) for _, sid, _ in evidence), default=0) + numbers + 3
        for at, entry in enumerate(sources):
            if at:
                self.blank()
            self._source(entry)
            for number, sid, words in entry.evidence:
                self.put(words, indent=4, hang=column, label=f"{number:>{numbers}} {sid}", style="dim")

    def _source(self, entry: Entry) -> None:
        facts = self.glyphs.dot.join(("", *(fact for fact in (entry.date, entry.title) if fact)))
        self.put(joined(Text(entry.outlet, style="bold")).append(facts), indent=2, hang=2)
        for fact in (entry.address, *entry.remarks):
            self.put(fact, indent=4, style="dim")

    def _prose(self, lines: Iterable[Line]) -> Text:
        return Text(" ").join(self._sentence(line) for line in lines)

    def _sentence(self, line: Line, style: str = "") -> Text:
        return joined(Text(line.text, style=style)).append(marks(line, unicode=self.unicode), style="dim")
