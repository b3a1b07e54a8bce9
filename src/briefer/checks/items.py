"""A sentence as its things in order: names, figures, dates, and the content stems and marks between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from briefer.checks.relations import ROUGHLY
from briefer.dates import Mention, blank, mentions
from briefer.figure import Figure
from briefer.figures import SOME_OF, figures
from briefer.memo import memo
from briefer.stems import FUNCTION_WORDS, stem
from briefer.text import Tokens, bare

_TOKEN = Tokens(r"[^\W_]+(?:['.,-][^\W_]+)*|[;:.!?,()]")
# "Down from 17 million": what is compared is told by the words of the other figure.
_COMPARED = re.compile(rf"\b(?:from|than|against|to|compared (?:with|to))\s{ROUGHLY}[$€£¥]?$")
STOPS = frozenset(";:.!?")
# What parts the words of a clause without ending it.
MARKS = STOPS | frozenset(",()&")
_JOINS = frozenset({"and", "but", "while", "or"})


@dataclass(frozen=True, slots=True)
class Thing:
    """A name, by its parts, or a figure, by its value; `kind` says which things could stand in its place.

    `bare` is a figure that says what it counts somewhere else, "he led by 612", and `compared` one that another is held
    against.
    """

    kind: str
    keys: frozenset[str]
    raw: str
    bare: bool = False
    compared: bool = False
    figure: Figure | None = None


Item = Thing | str


@memo(8192)
def items_of(text: str, language: str, names: frozenset[str], published: date | None) -> tuple[Item, ...]:
    """Return the content stems, names, figures and dates of folded text in order, and the marks between them."""
    dates = (
        (
            m.start,
            m.end,
            Thing("date", frozenset(d.iso() or m.raw for d in m.days), m.raw, compared=_is_of_another(m, text)),
        )
        for m in mentions(text, published)
    )
    things = (*dates, *_figures_in(text, language))
    # Where two lie upon each other it is the first one's place.
    lying = {place: thing for start, end, thing in reversed(things) for place in range(start, end)}
    found: list[Item] = []
    last = None
    for start, word, low, item in _tokens_of(text, language[:2]):
        thing = lying.get(start)
        if thing:
            found += [thing] if thing is not last else []
            last = thing
        elif low in names and item and item not in MARKS and word[0].isupper():
            before = found[-1] if found else None
            if isinstance(before, Thing) and before.kind == "name" and text.endswith(f"{before.raw} ", 0, start):
                found[-1] = Thing("name", before.keys | {low}, f"{before.raw} {word}")
            else:
                found.append(Thing("name", frozenset({low}), word))
        elif item:
            found.append(item)
    return tuple(found)


@memo(8192)
def _tokens_of(text: str, language: str) -> tuple[tuple[int, str, str, str], ...]:
    """Return where each word and mark of a text stands, as it is written, as it is compared, and its stem or mark.

    All that is the same for whatever names and days a text is read; a function word has no stem here.
    """
    tokens = ((m.start(), m.group(), bare(m.group())) for m in _TOKEN.finditer(text))
    return tuple((start, word, low, _item(word, low, language)) for start, word, low in tokens)


def _item(word: str, low: str, language: str) -> str:
    if word in MARKS:
        return word
    if low in _JOINS:
        return "&"
    return "" if low in FUNCTION_WORDS else stem(word, language)


@memo(8192)
def _figures_in(text: str, language: str) -> tuple[tuple[int, int, Thing], ...]:
    """Return the figures of a text and where each stands."""
    return tuple((f.start, f.end, _counted(f, text)) for f in figures(blank(text), language))


def _is_of_another(mention: Mention, text: str) -> bool:
    """Whether a date is that of a figure which another is held against: down from 17 million in 2022."""
    return re.search(r"\b(?:from|than|against)\s[^,;:.]*$", text[: mention.start]) is not None


def _counted(figure: Figure, text: str) -> Thing:
    compared = _COMPARED.search(figure.ahead(text)) is not None
    bare = not figure.unit and (not figure.noun or figure.noun in FUNCTION_WORDS or figure.noun == SOME_OF)
    kind = figure.unit or ("times" if figure.raw in ("twice", "thrice") else "number")
    return Thing(kind, frozenset({str(figure.value)}), figure.raw, bare, compared, figure)
