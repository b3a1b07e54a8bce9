"""Another number: off by one, digits swapped, ten times as much, or one that stands elsewhere in the story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from briefer.briefing import Claim

from .story import MONTHS, Story, free, put

_SPELT = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split(),
        [*range(2, 21), *range(30, 100, 10)],
        strict=True,
    )
)
_WORD_FOR = {value: word for word, value in _SPELT.items()}
_MONTH = rf"(?:{'|'.join(f'{m}|{m[:3]}' for m in MONTHS)}|Sept)"
# Digits that are no date, year, clock time, score, range or part of a name.
_DIGITS = re.compile(
    rf"(?<![\w.,:/‑–-])(?<!{' )(?<!'.join(MONTHS)} )"
    r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?!\w|[.,:/]\d|[‑–-]\d|\s?[ap]\.?m\b|(?:\s(?:to|and|or)\s\d+)?\s{_MONTH}\b)",
)
_WORDS = re.compile(rf"\b(?P<n>{'|'.join(_SPELT)})\b(?![-‑](?:one|{'|'.join(list(_SPELT)[:8])})\b)", re.IGNORECASE)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_CLOCK = re.compile(r"(?<![\w.,:])(?P<h>\d{1,2})(?P<mark>[:.])(?P<m>[0-5]\d)(?=\s?[ap]\.?m\b|(?<=:\d\d)(?![\w:]))")

_AT_LEAST = re.compile(r"\b(?:more than|over|at least|above|exceed\w*|no fewer than|upwards of|past)\s[$€£]?$", re.I)
_AT_MOST = re.compile(
    r"\b(?:less than|fewer than|under|up to|as (?:many|high|much) as|below|at most|within|no more than|until)\s[$€£]?$",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|nearly|almost|approximately|estimated|close to|just)\s[$€£]?$", re.I
)


def off_by_one(claim: Claim, _: Story) -> Iterator[str]:
    """The last digit that is not nought, one more and one less; a number word, the next one."""
    return _changed(claim.text, _next_to)


def digits_swapped(claim: Claim, _: Story) -> Iterator[str]:
    """Two neighbouring digits, each in the other's place."""
    return _changed(claim.text, _swapped)


def ten_times(claim: Claim, _: Story) -> Iterator[str]:
    """Ten times as much."""
    return _changed(claim.text, lambda shown: [_written(value(shown) * 10, shown)])


def of_the_evidence(claim: Claim, story: Story) -> Iterator[str]:
    """Another number of the cited sentences."""
    return _changed(claim.text, lambda shown: numbers_in(story.cited(claim)))


def of_the_bundle(claim: Claim, story: Story) -> Iterator[str]:
    """Another number of the story, of about as many digits, that is not in the cited sentences."""
    cited = {value(n) for n in numbers_in(story.cited(claim))}

    def others(shown: str) -> Iterator[str]:
        for other in dict.fromkeys(numbers_in(story.text)):
            if abs(len(_digits(other)) - len(_digits(shown))) <= 1 and value(other) not in cited:
                yield other

    return _changed(claim.text, others)


def clock_time(claim: Claim, _: Story) -> Iterator[str]:
    """An hour or ten minutes later."""
    for at in free(_CLOCK, claim.text):
        hour, minute = int(at["h"]), int(at["m"])
        width = len(at["h"])
        for h, m in ((hour % 12 + 1 if hour < 12 else hour - 1, minute), (hour, (minute + 10) % 60)):
            yield put(claim.text, at, f"{h:0{width}}{at['mark']}{m:02}")


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text as they are written: no dates, years, clock times, scores or ranges."""
    digits = [m["n"] for m in _DIGITS.finditer(text) if not _YEAR.fullmatch(m["n"])]
    return digits + [m["n"].lower() for m in _WORDS.finditer(text)]


def values_in(text: str) -> set[Fraction]:
    """Return what every number of a text is worth, whatever it counts; "twenty-eight" and "a quarter" too."""
    found = {Fraction(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    spelt = [value(m) for m in re.findall(rf"\b(?:{'|'.join(_SPELT)})\b", text, re.IGNORECASE)]
    pairs = re.findall(rf"\b({'|'.join(_SPELT)})[-‑](one|{'|'.join(list(_SPELT)[:8])})\b", text, re.IGNORECASE)
    parts = {Fraction(1, 4)} if "quarter" in text else set()
    return found | {*spelt} | {value(tens) + value(units) for tens, units in pairs if units.lower() != "one"} | parts


def _changed(text: str, others: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Yield `text` with each number replaced by each other one, unless that may be true as well."""
    for pattern in (_DIGITS, _WORDS):
        for at in free(pattern, text):
            if _YEAR.fullmatch(at["n"]):
                continue
            for other in others(at["n"]):
                if not _as_true(text[: at.start("n")], value(at["n"]), value(other)):
                    yield put(text, at, other, at.re.groupindex["n"])


def _as_true(before: str, old: Fraction, new: Fraction) -> bool:
    """Whether the new number says the same, or less: more than 80 is true of more than 90."""
    if new == old:
        return True
    if _AT_LEAST.search(before):
        return new < old
    if _AT_MOST.search(before):
        return new > old
    return bool(_ABOUT.search(before)) and abs(new - old) <= old / 5


def _next_to(shown: str) -> Iterator[str]:
    if shown.lower() in _SPELT:
        value = _SPELT[shown.lower()]
        step = 10 if value > 20 else 1
        yield from (_WORD_FOR[v] for v in (value - step, value + step) if v in _WORD_FOR)
        return
    last = max((i for i, c in enumerate(shown) if c in "123456789"), default=-1)
    for digit in (int(shown[last]) - 1, int(shown[last]) + 1) if last >= 0 else ():
        if digit <= 9 and (digit or _digits(shown[:last])):
            yield f"{shown[:last]}{digit}{shown[last + 1 :]}"


def _swapped(shown: str) -> Iterator[str]:
    places = [i for i, c in enumerate(shown) if c.isdigit()]
    for a, b in zip(places, places[1:], strict=False):
        if shown[a] != shown[b] and not (a == 0 and shown[b] == "0"):
            yield f"{shown[:a]}{shown[b]}{shown[a + 1 : b]}{shown[a]}{shown[b + 1 :]}"


def value(shown: str) -> Fraction:
    """Return what a number is worth, written in digits or as one word."""
    low = shown.lower()
    return Fraction(_SPELT[low]) if low in _SPELT else Fraction(shown.replace(",", ""))


def _written(value: Fraction, like: str) -> str:
    """Write a value as its model is written: in a word if there is one, with or without commas and decimals."""
    if like.lower() in _SPELT and value in _WORD_FOR:
        return _WORD_FOR[int(value)]
    whole = value.denominator == 1
    return f"{int(value):,}" if whole and value >= 10000 else f"{int(value) if whole else float(value)}"


def _digits(shown: str) -> str:
    return re.sub(r"\D", "", shown) or str(_SPELT.get(shown.lower(), ""))
