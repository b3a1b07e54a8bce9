"""The briefing for a terminal: wrapped text with hanging indents, little colour, no boxes.

Content is never read as Rich markup, and the only escape sequences are Rich's own colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from briefer.render.outline import DIFFER, NOT_PROVED, NOTES, OPEN, SOURCES, WITHHELD
from briefer.render.parts import Dispute, Entry, Line, Outline, Part, Passage, Remark, Struck, marks
from briefer.render.safety import is_command, quiet

MEASURE = 88  # longer lines are hard to read, however wide the window is
_NARROW = 40  # below it an indent costs more than it helps
_ACCENT = "cyan"


def to_terminal(outline: Outline, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """Return the briefing as text of at most `min(width, 88)` columns, ending with a newline."""
    page = _Page(min(max(width, 1), MEASURE), color, unicode)
    page.head(outline)
    for part in outline.parts:
        page.part(part)
    page.withheld(outline.withheld)
    page.notes(outline.notes)
    page.sources(outline.sources)
    page.blank()
    page.put(outline.colophon, style="dim")
    return page.text()


@dataclass(frozen=True, slots=True)
class _Glyphs:
    dot: str
    dash: str
    bullet: str
    rule: str


class _Page:
    def __init__(self, width: int, color: bool, unicode: bool) -> None:
        self._width = width
        self._unicode = unicode
        self._glyphs = _Glyphs(" · ", " — ", "•", "─") if unicode else _Glyphs(" | ", " -- ", "-", "-")
        # An empty environment: COLUMNS, FORCE_COLOR or TERM must not change what a function returns.
        self._console = Console(
            file=StringIO(),
            width=width,
            force_terminal=color,
            color_system="standard" if color else None,
            legacy_windows=False,
            _environ={},
        )

    def text(self) -> str:
        assert isinstance(self._console.file, StringIO)
        return self._console.file.getvalue().strip("\n") + "\n"

    def blank(self) -> None:
        self._console.print()

    def put(self, content: str | Text, *, indent: int = 0, hang: int = 0, label: str = "", style: str = "") -> None:
        """Print a paragraph at `indent`, its later lines `hang` deeper; a `label` stands in the hanging space."""
        if not content:
            return
        body = _plain(Text(content, style=style) if isinstance(content, str) else content)
        head = _plain(Text(label, style=style or _ACCENT))
        if self._width < _NARROW:
            indent = hang = 0
        if label and (is_command(label) or not cell_len(label) < hang <= self._width // 2):
            # No column for it here: it runs into its text.
            hang = min(hang, 2)
            head, body = Text(), head.append(" ").append_text(body)
        first = Text(" " * indent).append_text(head)
        if head:
            first.append(" " * (indent + hang - cell_len(first.plain)))
        self._wrapped(_quieted(body), first, " " * (indent + hang))

    def _wrapped(self, body: Text, first: Text, rest: str) -> None:
        room = self._width - len(rest)
        if cell_len(body.plain) > len(body.plain):
            room = max(room, 2)  # a wide character has no half
        for at, line in enumerate(body.wrap(self._console, room)):
            line.rstrip()
            self._console.print(Text(rest) + line if at else first + line, no_wrap=True, overflow="ignore", crop=False)

    def head(self, outline: Outline) -> None:
        dot = self._glyphs.dot
        if outline.story:
            self.put(outline.story, style="dim")
        self.put(self._sentence(outline.title, "bold"))
        self.put(dot.join(outline.dateline), style="dim")
        self.put(dot.join(f"{sign} {name}" for sign, name in outline.legend), style="dim")

    def heading(self, words: str) -> None:
        self.blank()
        self.put(words, style=f"bold {_ACCENT}")
        self.put(self._glyphs.rule * min(cell_len(words), self._width), style=_ACCENT)

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
        head = Text(passage.heading + self._glyphs.dash, style="bold") if passage.heading else Text()
        self.put(_plain(head) + self._prose(passage.lines), indent=2, hang=2)

    def disputes(self, disputes: Iterable[Dispute]) -> None:
        for at, dispute in enumerate(disputes):
            self.blank()
            if at == 0:
                self.put(DIFFER, indent=2, style="bold")
            self.put(dispute.about, indent=4, style="italic")
            for stand in dispute.stands:
                who = _plain(Text(stand.value, style="bold")).append(self._glyphs.dash + stand.outlets)
                self.put(who, indent=4, hang=2, label=self._glyphs.bullet)
                self.put(self._sentence(stand.line, "dim"), indent=6)

    def questions(self, questions: tuple[str, ...], *, first: bool) -> None:
        if questions and not first:
            self.blank()
        if questions:
            self.put(OPEN, indent=2, style="bold")
        for question in questions:
            self.put(question, indent=4, hang=2, label=self._glyphs.bullet)

    def withheld(self, withheld: Iterable[Struck]) -> None:
        for at, struck in enumerate(withheld):
            if at == 0:
                self.heading(WITHHELD)
                self.put(NOT_PROVED, indent=2, style="italic")
            self.blank()
            self.put(struck.place, indent=2, style="bold")
            quoted = f"“{struck.text}”" if self._unicode else f'"{struck.text}"'
            self.put(f"Not proved: {quoted}", indent=4)
            for why in struck.why:
                self.put(why, indent=4, hang=2, label=self._glyphs.bullet)

    def notes(self, notes: tuple[Remark, ...]) -> None:
        if notes:
            self.heading(NOTES)
        for note in notes:
            about = f"{note.about}: " if note.about else ""
            text = Text(f"{about}{note.message} ").append(f"({note.code})", style="dim")
            self.put(text, indent=2, hang=2, label=self._glyphs.bullet)

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
        facts = self._glyphs.dot.join(("", *(fact for fact in (entry.date, entry.title) if fact)))
        self.put(_plain(Text(entry.outlet, style="bold")).append(facts), indent=2, hang=2)
        for fact in (entry.address, *entry.remarks):
            self.put(fact, indent=4, style="dim")

    def _prose(self, lines: Iterable[Line]) -> Text:
        return Text(" ").join(self._sentence(line) for line in lines)

    def _sentence(self, line: Line, style: str = "") -> Text:
        return _plain(Text(line.text, style=style)).append(marks(line, unicode=self._unicode), style="dim")


def _plain(text: Text) -> Text:
    """Return `text` with its style as a span, so that what is joined to it does not take it on."""
    return Text("").append_text(text)


def _quieted(text: Text) -> Text:
    # Checked on the whole paragraph, where the pieces have met; wrapping only ever divides.
    return Text(quiet(text.plain), style=text.style) if is_command(text.plain) else text
