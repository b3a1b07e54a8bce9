"""Changed words for a terminal: what went and what came, struck through and underlined, or between marks."""

from __future__ import annotations

from collections.abc import Sequence

from briefer.render.canvas import canvas, drawn
from briefer.render.safety import quiet
from briefer.text import neutralise
from briefer.worddiff import Changed, shortened

_STYLES = {"same": "", "old": "red strike", "new": "green underline"}
# Without colour, as `git diff --word-diff` marks them.
_MARKS = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
_AROUND = 60


def marked(changed: Sequence[Changed], *, width: int = 80, color: bool = False) -> str:
    """Return the changed places one under the other, each with its line in the new text."""
    from rich.text import Text

    console = canvas(width, color)
    for place in changed:
        console.print(Text(f"line {place.line}", style="dim"))
        text = Text()
        gone = False
        for mark, words in shortened(place.spans, _AROUND):
            before, after = ("", "") if color else _MARKS[mark]
            if color and gone and mark == "new":
                text.append(" ")  # what went and what came are told apart by more than their colour
            gone = mark == "old"
            shown = "\n".join(quiet(neutralise(line)) for line in words.split("\n"))
            text.append(f"{before}{shown}{after}", style=_STYLES[mark])
        for line in text.split("\n", allow_blank=True):
            for part in line.wrap(console, width - 2) or [line]:
                console.print(Text("  ").append_text(part), no_wrap=True, crop=False)
        console.print()
    return "".join(f"{line.rstrip()}\n" for line in drawn(console).splitlines())
