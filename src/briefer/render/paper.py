"""Wrapped paragraphs for a terminal: hanging indents, little colour, no boxes.

Content is never read as Rich markup, and the only escape sequences are Rich's own colours.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from briefer.render.canvas import canvas, drawn
from briefer.render.safety import is_command, quiet

MEASURE = 88  # longer lines are hard to read, however wide the window is
_NARROW = 40  # below it an indent costs more than it helps
_ACCENT = "cyan"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Signs of the page itself, in Unicode or ASCII."""

    dot: str
    dash: str
    bullet: str
    rule: str


class Paper:
    """Paragraphs at most `width` columns wide, with hanging indents; content is never read as markup."""

    def __init__(self, width: int, color: bool, unicode: bool) -> None:
        self._width = width = min(max(width, 1), MEASURE)
        self.unicode = unicode
        self.glyphs = Glyphs(" · ", " — ", "•", "─") if unicode else Glyphs(" | ", " -- ", "-", "-")
        self._console = canvas(width, color)

    def text(self) -> str:
        """Return all that was put, ending with a newline."""
        return drawn(self._console).strip("\n") + "\n"

    def blank(self) -> None:
        """Leave a line free."""
        self._console.print()

    def put(self, content: str | Text, *, indent: int = 0, hang: int = 0, label: str = "", style: str = "") -> None:
        """Print a paragraph at `indent`, its later lines `hang` deeper; a `label` stands in the hanging space."""
        if not content:
            return
        body = joined(Text(content, style=style) if isinstance(content, str) else content)
        head = joined(Text(label, style=style or _ACCENT))
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

    def heading(self, words: str) -> None:
        """Put a heading with a rule under it."""
        self.blank()
        self.put(words, style=f"bold {_ACCENT}")
        self.put(self.glyphs.rule * min(cell_len(words), self._width), style=_ACCENT)


def joined(text: Text) -> Text:
    """Return `text` with its style as a span, so that what is joined to it does not take it on."""
    return Text("").append_text(text)


def _quieted(text: Text) -> Text:
    # Checked on the whole paragraph, where the pieces have met; wrapping only ever divides.
    return Text(quiet(text.plain), style=text.style) if is_command(text.plain) else text
