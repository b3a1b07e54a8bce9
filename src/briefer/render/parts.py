"""What is printed, piece by piece: plain data that the three renderers share."""

from __future__ import annotations

from dataclasses import dataclass

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it is printed, quotation marks and credit included, and its marks."""

    text: str
    numbers: tuple[int, ...] = ()
    single: bool = False
    inference: bool = False
    quoted: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences under one heading: an outlet, a question, a topic, or none."""

    heading: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of the timeline: its ISO date, the date as people read it, the sentence."""

    iso: str
    when: str
    line: Line


@dataclass(frozen=True, slots=True)
class Stand:
    """One side of a disagreement: who says it, what, and the sentence that proves it."""

    outlets: str
    value: str
    line: Line


@dataclass(frozen=True, slots=True)
class Dispute:
    """The same thing told differently."""

    about: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section; `missing` is the honest word where it has nothing. `blurbs`: short entries, not prose.

    `alone` says of how many printed sentences each outlet is the only one to have them.
    """

    title: str
    missing: str | None
    passages: tuple[Passage, ...]
    events: tuple[Dated, ...]
    disputes: tuple[Dispute, ...]
    questions: tuple[str, ...]
    blurbs: bool
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Struck:
    """A withheld sentence: where it would have stood, its words, and why it does not."""

    place: str
    text: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A note: what it is about, unless its message says so, the message, its code."""

    about: str
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article (or reference) with its numbered sentences: `(number, sentence id, its own words)`.

    `url` may be linked; `address` is the article's address where it may only be printed.
    """

    outlet: str
    title: str
    date: str
    url: str | None
    address: str
    remarks: tuple[str, ...]
    evidence: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything that is printed, in order; all text on one line and without active characters."""

    language: str
    story: str
    title: Line
    dateline: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    withheld: tuple[Struck, ...]
    notes: tuple[Remark, ...]
    sources: tuple[Entry, ...]
    colophon: str


def marks(line: Line, *, unicode: bool = True) -> str:
    """Return what stands after a sentence: its numbers, then the sign of its mark, if any."""
    if unicode:
        numbers = "·".join(str(n) for n in line.numbers).translate(_SUPERSCRIPT)
    else:
        numbers = "".join(f"[{n}]" for n in line.numbers)
    return numbers + sign(line, unicode=unicode)


def sign(line: Line, *, unicode: bool = True) -> str:
    """Return the signs of a sentence's marks."""
    marked = zip(signs(unicode=unicode), (line.single, line.inference, line.alone), strict=True)
    return "".join(sign for sign, on in marked if on)


def signs(*, unicode: bool = True) -> tuple[str, str, str]:
    """Return the signs of a sentence that rests on one outlet, of an inference, and of what one outlet has alone."""
    return ("†", "‡", "§") if unicode else ("*", "~", "^")
