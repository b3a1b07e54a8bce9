"""One figure of a text: what it is worth, in what, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from briefer.numerals import step_of


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `value` with its scale applied, `unit` canonical or "", offsets into the folded text.

    `about` is the word before it that rounds or bounds it, `noun` the word behind it, if it has no unit, `one` what a
    single one of its unit is where `units.normal` has put it into a smaller one.
    """

    value: Fraction
    unit: str
    raw: str
    start: int
    end: int
    about: str = ""
    noun: str = ""
    one: Fraction = Fraction(1)

    def ahead(self, text: str) -> str:
        """Return what stands before it in its text, with one space at the end."""
        return f"{text[: self.start].rstrip()} "

    @property
    def step(self) -> Fraction:
        """The value of the last digit that is shown: 0.1 million for "2.3 million"."""
        return step_of(self.raw, self.value)
