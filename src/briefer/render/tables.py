"""Tables for a terminal, and as plain lines for a pipe: aligned columns, no boxes, nothing read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefer.render.canvas import canvas, drawn
from briefer.render.safety import quiet
from briefer.text import inert


@dataclass(frozen=True, slots=True)
class Column:
    """One column: words stand left and are folded where the width is short, `number`s stand right and never break."""

    head: str
    number: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int = 80, color: bool = False) -> str:
    """Return the rows under their heads, neutralised, in at most `width` columns where the numbers allow it.

    The indent of a cell's words stays.
    """
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for column in columns:
        grid.add_column(
            Text(column.head), justify="right" if column.number else "left", no_wrap=column.number, overflow="fold"
        )
    for row in rows:
        grid.add_row(*(Text(" " * (len(cell) - len(cell.lstrip(" "))) + quiet(inert(cell))) for cell in row))
    console = canvas(width, color)
    console.print(grid)
    return "".join(f"{line.rstrip()}\n" for line in drawn(console).splitlines())
