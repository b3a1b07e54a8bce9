"""The figures of a sentence: value, scale and unit, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from briefer.figure import Figure
from briefer.figure_bounds import rounding
from briefer.figure_forms import Form, ages, all_but, clock, hours, lasting, mixed, named_times, times
from briefer.figure_parts import fractions, multiples, on_the_coin, shares, to_one, whole_parts
from briefer.figure_ranges import ranged
from briefer.figure_words import COMPARATIVES, CURRENCY, ENGLISH, LASTING, ORDINALS, SCALES, SPELT, UNITS
from briefer.memo import memo
from briefer.numerals import DIGIT, VULGAR, is_year, value_of
from briefer.text import Tokens, fold

# Scales that are words; the others are written behind digits only.
_SCALE_WORDS = {word for word in SCALES if len(word) > 3 or word == "mil"}

_PLURALS = ("hundreds", "millions", "millionen", "millones", "milliarden", "milliards")
_DIGITS = r"\d{1,3}(?:[ ,.'](?=\d{3}(?!\d))\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_NUMERAL = re.compile(
    rf"(?P<cur>(?:us|hk|[ac])?\$|[€£¥])?\s?(?<![\w.,])(?P<num>(?:{_DIGITS})[{VULGAR}]?|[{VULGAR}])"
    r"(?P<nth>(?:st|nd|rd|th)\b)?(?![a-z]*\d)"
)
_SCALE_AFTER = re.compile(r"(?:\s|-(?=[a-z]{2}))?(mil millones\b|[^\W\d_]+\b)(?:\.(?=\s\w))?")
_UNIT_AFTER = re.compile(r"[\s-]?(?:de\s|d')?(%|°|[^\W\d_]+(?:/[^\W\d_]+)?)(?:[\s-]([^\W\d_]+))?")
# "Nineteen more days" are days.
_MORE = re.compile(r"\s(?:more|further|additional|extra|full|whole|straight|consecutive)(?=\s)")
_NOUN = re.compile(r"[\s-]([^\W\d_]{3,})")
# What "19 of them" and "three of the nine" count: some of what is named elsewhere.
SOME_OF = "of them"
_OF_THEM = re.compile(
    r" of (?:the|its|their|them|those|these|his|her|our|us)\b"
    rf"(?! (?:\d|(?:{'|'.join(ENGLISH)})\b))"
)
# What a figure does not count: 33 million less, 150 million saved.
_NO_NOUN = re.compile(
    rf"{'|'.join(sorted(COMPARATIVES))}|[a-z]{{3,}}(?<!e)ed|short|worth|apart|ahead|behind|above|below|each"
    r"|aside|away|back|forward|together|altogether|overall|alone|again|annually|monthly|yearly|today|yesterday|tomorrow"
)
# "One third" is a part and "a third was held" may be one; but "a third patient" stands after the second.
_PART_OF = re.compile(r"\b(?:one|two|three)[\s-]$")
_ONE_MORE = re.compile(r"\ba $")
_ALONE = re.compile(r"\s(?:was|is|were|are|had|has|said|says|will|would|who|more)\b|\W*$")
_LETTERS = Tokens(r"[^\W\d_]+")


def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    """Return the figures of `text` in order; dates must have been blanked out before (`dates.blank`)."""
    return _figures_of(text, language[:2])


@memo(16384)
def _figures_of(text: str, language: str) -> tuple[Figure, ...]:
    folded = fold(text).casefold()
    return tuple(ranged(_found(folded, language, _FINDERS), folded))


def times_of_day(text: str) -> list[Figure]:
    """Return the clock times of an English text in order: those of its figures, without reading the others."""
    return [f for f in _found(fold(text).casefold(), "en", _FINDERS[:_OF_TIMES]) if f.unit == "time"]


def _found(folded: str, language: str, finders: Sequence[_Finder]) -> list[Figure]:
    found: list[Figure] = []
    for finder, needed in finders:
        # Looking for one of a few words first spares most sentences the long patterns.
        if needed and not any(map(folded.__contains__, needed)):
            continue
        for form in finder(folded, language):
            if not any(f.start < form[3] and form[2] < f.end for f in found):
                found.append(_figure(folded, *form))
    return sorted(found, key=lambda f: f.start)


def _numerals(text: str, language: str) -> list[Form]:
    out = []
    for m in _NUMERAL.finditer(text) if DIGIT.search(text) else ():
        value = value_of(m["num"], language)
        if value is None:
            continue
        factor, unit, end = _scale_and_unit(text, m)
        if end == m.end() and text[end : end + 1] == "-":
            # The 3 of "3-4 billion" is 3 billion, and that of "3-5%" is 3 %; no end of a range is the smaller one.
            upper = _NUMERAL.match(text, end + 1)
            if upper and (value_of(upper["num"], language) or 0) > value:
                factor, unit, _ = _scale_and_unit(text, upper)
        value *= factor
        if unit == "mark" and is_year(value):
            unit, end = "", m.end()  # "2026 marks the end of it"
        unit = "nth" if m["nth"] else CURRENCY.get(m["cur"] or "", unit)
        out.append((value, unit, m.start(), end))
    return out


def _scale_and_unit(text: str, m: re.Match[str]) -> tuple[int, str, int]:
    """Return the factor, the unit and the end of what stands behind the digits of `m`."""
    end, factor = m.end(), 1
    scale = None if m["nth"] else _SCALE_AFTER.match(text, end)
    # "12m" is twelve million, "12 m" is twelve metres.
    if scale and scale[1] in SCALES and (scale[1] != "m" or m["cur"] or text[end] != " "):
        factor, end = SCALES[scale[1]], scale.end()
    return factor, *_unit_after(text, end)


def _unit_after(text: str, at: int) -> tuple[str, int]:
    """Return the canonical unit of the words that follow, the longer reading first, and where it ends."""
    more = _MORE.match(text, at)
    if more:
        unit, end = _unit_after(text, more.end())
        return (unit, end) if unit in LASTING else ("", at)
    m = _UNIT_AFTER.match(text, at)
    if m and m[2] and f"{m[1]} {m[2]}" in UNITS:
        return UNITS[f"{m[1]} {m[2]}"], m.end(2) + len(" hour") * (m[2] == "an")
    if m and (m[1] in UNITS or m[1].startswith("prozentig")):
        return UNITS.get(m[1], "%"), m.end(1)
    return "", at


def _spelt(text: str, language: str) -> list[Form]:
    small = SPELT.get(language, ENGLISH)
    words = _LETTERS.findall(text)
    if all(known.isdisjoint(words) for known in (small.keys(), _SCALE_WORDS, ORDINALS.keys())):
        return []
    out, run = [], list[re.Match[str]]()
    for m in [*_LETTERS.finditer(text), None]:
        if m and _goes_on(text, run, m, small):
            run.append(m)
            continue
        out += _run_figure(text, run, small)
        run = [m] if m and (m[0] in small or m[0] in _SCALE_WORDS or m[0] in ("a", "half", "quarter")) else []
        if m and m[0] in ORDINALS and _is_ordinal(text, m):
            out.append((Fraction(ORDINALS[m[0]]), "nth", *m.span()))
    return out


def _is_ordinal(text: str, m: re.Match[str]) -> bool:
    before = text[: m.start()]
    # A fourth is a quarter: it is one more even where no noun follows.
    return not _PART_OF.search(before) and (
        m[0] == "fourth" or not (_ONE_MORE.search(before) and _ALONE.match(text, m.end()))
    )


def _goes_on(text: str, run: list[re.Match[str]], m: re.Match[str], small: dict[str, int]) -> bool:
    """Whether a word belongs to the number that the words before it began."""
    if not run or text[run[-1].end() : m.start()] not in (" ", "-"):
        return False
    before = run[-1][0]
    if before in ("a", "half", "quarter", "of"):
        return m[0] in _SCALE_WORDS or (before != "a" and m[0] in ("a", "of"))
    return m[0] in _SCALE_WORDS or m[0] in small or (m[0] == "and" and before in _SCALE_WORDS)


def _run_figure(text: str, run: list[re.Match[str]], small: dict[str, int]) -> list[Form]:
    while run and run[-1][0] in ("and", "a", "of", "half", "quarter"):
        run = run[:-1]
    if not run or (len(run) == 1 and run[0][0] in _PLURALS):
        return []
    value = _read(" ".join(m[0] for m in run).replace("mil millones", "milliard").split(), small)
    unit, end = _unit_after(text, run[-1].end())
    # "one" is nearly always a pronoun or an article, so it counts only with a unit.
    return [] if value == 1 and not unit else [(value, unit, run[0].start(), end)]


def _read(tokens: list[str], small: dict[str, int]) -> Fraction:
    total, current = Fraction(0), Fraction(0)
    for token in tokens:
        if token in small:
            current += small[token]
        elif token == "half":
            current = Fraction(1, 2)
        elif token == "quarter":
            current = Fraction(1, 4)
        elif token in SCALES:
            current = (current or Fraction(1)) * SCALES[token]
            if SCALES[token] >= 1000:
                total, current = total + current, Fraction(0)
    return total + current


def _figure(text: str, value: Fraction, unit: str, start: int, end: int) -> Figure:
    noun = _NOUN.match(text, end) if not unit else None
    counted = noun[1] if noun and not _NO_NOUN.fullmatch(noun[1]) else ""
    if not unit and _OF_THEM.match(text, end):
        counted = SOME_OF
    return Figure(value, unit, text[start:end].strip(), start, end, rounding(text, start, end), counted)


_Finder = tuple[Callable[[str, str], Iterable[Form]], tuple[str, ...]]
# How figures are found, the longer forms first, and words of which a text with such a form has one.
_OF_TIMES = 4  # the first find times of day, and no other does
_FINDERS: tuple[_Finder, ...] = (
    (clock, ("past ", "to ", "before ", "after ")),
    (hours, ("o'clock", " in the ", " at night")),
    (times, ()),
    (named_times, ("noon", "mid", "mitt", "minuit", "medi")),
    (mixed, ("and a", "and-a", "and three", "and two")),
    (lasting, ("hour", " and ", "half a", "minute", " of a")),
    (all_but, ("all but",)),
    (ages, (" his ", " her ", " their ")),
    (to_one, ("to one", "to-one", " again")),
    (on_the_coin, (" on the ", " in the ", " to the ")),
    (whole_parts, (" full ", " whole ", " entire ", "even ", "fifty", "50", "toss-up")),
    (multiples, ("times", "fold", "twice", "thrice", "doubl", "tripl", "trebl", "quadrupl", "halv")),
    (shares, (" in ", "-in-", " out of ")),
    (_numerals, ()),
    (
        fractions,
        ("half", "halve", "third", "quarter", "fifth", "sixth", "eighth", "tenth", "seventh", "ninth", "twelfth"),
    ),
    (_spelt, ()),
)
