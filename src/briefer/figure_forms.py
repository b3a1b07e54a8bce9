"""Figures that are more than a numeral: times of day, spans of time, ages, a whole and a part of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from briefer.figure_words import ENGLISH, PARTS, SCALES, TENS, UNITS
from briefer.numerals import DIGIT

# Value, unit, and where it stands in the folded text.
Form = tuple[Fraction, str, int, int]

_WHOLE = {"a": 1, "an": 1, "hundred": 100, "thousand": 1000, **ENGLISH}
NUMBER = rf"(?:{'|'.join(ENGLISH)})|\d{{1,3}}"
_CLOCK = re.compile(
    rf"\b(?:(?P<half>half)|(?P<quarter>(?:a )?quarter)|(?P<n>{NUMBER})(?: minutes)?)"
    rf" (?P<side>past|to|before|after) (?P<at>noon|midday|midnight|(?P<h>{NUMBER})(?:[:.](?P<m>[0-5]\d))?"
    r"(?:\s?(?P<ap>a\.?m\b\.?|p\.?m\b\.?)| o'clock)?"
    r"(?: (?:in|on) the (?P<day>morning|afternoon|evening))?)(?![\w%:])"
)
# What stands before "five to eight" where that is a time of day: in a score or a range it does not.
_AT = re.compile(r"\b(?:at|since|until|till|around|about|shortly before|shortly after|just before|just after)\s$")
_HOURS = re.compile(
    rf"\b(?P<h>{NUMBER})(?:[:.](?P<m>[0-5]\d))?"
    r"(?: o'clock)?(?: (?:in the (?P<day>morning|afternoon|evening)|at (?P<night>night)))?(?![\w%:])"
)
_AGED = re.compile(
    rf"\bin (?:his|her|their|its) (?:early |mid-?\s?|late )?(?P<age>(?P<n>[2-9]0)s|(?P<tens>{'|'.join(TENS)}))\b"
)
_ALL_BUT = re.compile(rf"\ball but (?P<n>\d{{1,3}}(?:,\d{{3}})+|{NUMBER})\b(?!,\d| percent)")
_TIME = re.compile(
    r"(?<![\w.,:])(?P<h>[01]?\d|2[0-3])(?:(?P<sep>[:.]|\s?h\s?)(?P<m>[0-5]\d))?(?![.,:]?\d)\s?"
    r"(?P<half>a\.?m\b\.?|p\.?m\b\.?|uhr\b|h\b)?"
)
_NAMED_TIME = {
    "noon": 720, "midday": 720, "midnight": 0, "mittag": 720, "mitternacht": 0, "midi": 720, "minuit": 0,
    "mediodía": 720, "medianoche": 0,
}  # fmt: skip


_NAMED = re.compile(rf"\b(?:{'|'.join(_NAMED_TIME)})\b")
_LASTING = re.compile(
    rf"\b(?:(?P<h>{NUMBER}|an?)[\s-](?P<hu>minutes?|hours?|days?|weeks?|months?|years?)"
    rf"(?: and (?P<m>{NUMBER}) (?P<mu>seconds?|minutes?|hours?|days?|weeks?|months?)"
    r"|,? (?P<m2>\d{1,2}) (?P<mu2>seconds?|minutes?))"
    r"|(?P<part>half|(?:a|one) (?:quarter|third) of|three[ -]quarters of|two[ -]thirds of) an? "
    r"(?P<whole>minute|hour|day|week|month|year|decade|century))\b"
)
_SCALE = r"hundred|thousand|million|billion|trillion|dozen"
# A whole with a part: behind its unit or its scale, or before them.
_MIXED = re.compile(
    rf"\b(?P<n>an?|{NUMBER})[\s-](?:(?P<of>[a-z]+)\s)?and[\s-](?:an?|(?P<k>two|three))[\s-]"
    rf"(?P<part>half|quarter|third)s?\b"
    rf"(?!\stimes\b|[\s-]fold)(?:[\s-](?P<scale>{_SCALE})\b)?"
    r"(?:[\s-](?:of\s)?(?P<unit>per cent|percentage points?|[a-z]+|%))?"
)
_MINUTES = {"second": Fraction(1, 60), "minute": Fraction(1), "hour": Fraction(60), "day": Fraction(1440)}
_MINUTES |= {"week": Fraction(10080)}


def small_number(word: str) -> int | None:
    """Read a whole number below a hundred, in digits or as one English word."""
    return int(word) if word.isdigit() else _WHOLE.get(word)


def lasting(text: str, language: str) -> Iterator[Form]:
    """Yield two hours and 40 minutes, half a year, a quarter of an hour: one span of time each."""
    for m in _LASTING.finditer(text) if language == "en" else ():
        if m["part"]:
            said = re.findall("[a-z]+", m["part"])
            part = next(PARTS[w] for w in said if w in PARTS) * ENGLISH.get(said[0], 1)
            hours = m["whole"] == "hour"
            yield part * 60 if hours else part, "min" if hours else UNITS[m["whole"]], *m.span()
            continue
        whole = Fraction(1 if m["h"] in ("a", "an") else small_number(m["h"]) or 0)
        unit = m["hu"].rstrip("s")
        rest, small = Fraction(small_number(m["m"] or m["m2"]) or 0), (m["mu"] or m["mu2"]).rstrip("s")
        if unit == "year" and small == "month":
            yield whole * 12 + rest, "month", *m.span()
        elif unit in _MINUTES and small in _MINUTES and _MINUTES[small] < _MINUTES[unit]:
            yield whole * _MINUTES[unit] + rest * _MINUTES[small], "min", *m.span()


def mixed(text: str, language: str) -> Iterator[Form]:
    """Yield a metre and a half, two and a half million, three and a quarter per cent: a whole and a part of one."""
    for m in _MIXED.finditer(text) if language == "en" else ():
        value = (small_number(m["n"]) or 0) + PARTS[m["part"]] * ENGLISH.get(m["k"] or "", 1)
        groups = [g for g in ("of", "scale", "unit") if m[g]]
        scale = next((SCALES[m[g]] for g in groups if m[g] in SCALES), 1)
        unit = next((UNITS[m[g]] for g in groups if m[g] in UNITS and m[g] not in SCALES), "")
        if not m["of"] or scale > 1 or unit:
            known = [g for g in groups if m[g] in SCALES or m[g] in UNITS]
            yield value * scale, unit, m.start(), max(m.end(g) for g in ("part", *known))


def _is_said_at(text: str, m: re.Match[str]) -> bool:
    """Whether "five to eight" is a time of day: behind "at", and before no plural noun."""
    words = m["n"] in ("five", "ten", "twenty") and m["h"] and not m["h"].isdigit()
    return bool(words and _AT.search(text[: m.start()]) and not re.match(r"\s[a-z]+s\b", text[m.end() :]))


def hours(text: str, language: str) -> Iterator[Form]:
    """Eight in the evening, nine o'clock, half past ten at night is `clock`'s."""
    for m in _HOURS.finditer(text) if language == "en" else ():
        hour = small_number(m["h"]) or 0
        if not 1 <= hour <= 12 or not (m["day"] or m["night"] or "o'clock" in m.group()):
            continue
        if m["day"] or m["night"]:
            late = m["day"] in ("afternoon", "evening") or bool(m["night"] and 6 <= hour < 12)
            hour = hour % 12 + 12 * late
        yield Fraction(hour * 60 + int(m["m"] or 0)), "time", *m.span()


def all_but(text: str, language: str) -> Iterator[Form]:
    """All but one, all but two: how many are left out."""
    for m in _ALL_BUT.finditer(text) if language == "en" else ():
        yield Fraction(small_number(m["n"].replace(",", "")) or 0), "", *m.span()


def ages(text: str, language: str) -> Iterator[Form]:
    """In her sixties, in their 30s: an age by its decade."""
    for m in _AGED.finditer(text) if language == "en" else ():
        yield Fraction(int(m["n"]) if m["n"] else TENS[m["tens"]]), "aged", *m.span("age")


def times(text: str, _language: str) -> Iterator[Form]:
    """Yield clock times in digits, in minutes after midnight."""
    for m in _TIME.finditer(text) if DIGIT.search(text) else ():
        half, minutes = (m["half"] or "").replace(".", ""), m["m"]
        if not (
            half in ("am", "pm", "uhr")
            or (m["sep"] == ":" and minutes)
            or ((m["sep"] or "").strip() == "h" or half == "h")
            and minutes
        ):
            continue
        hour = int(m["h"]) % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else int(m["h"])
        yield Fraction(hour * 60 + int(minutes or 0)), "time", *m.span()


def named_times(text: str, _language: str) -> Iterator[Form]:
    """Yield noon and midnight."""
    for m in _NAMED.finditer(text):
        yield Fraction(_NAMED_TIME[m.group()]), "time", *m.span()


def clock(text: str, language: str) -> Iterator[Form]:
    """Ten to nine, half past six, twenty minutes before noon."""
    if language != "en":
        return
    for m in _CLOCK.finditer(text):
        apart = 30 if m["half"] else 15 if m["quarter"] else small_number(m["n"])
        hour = _NAMED_TIME[m["at"]] // 60 if m["at"] in _NAMED_TIME else small_number(m["h"] or "")
        # "Two to three" alone is a range.
        exact = m["ap"] or m["half"] or m["quarter"] or m["day"] or m["at"] in _NAMED_TIME
        clear = exact or " minute" in m.group() or _is_said_at(text, m)
        if not apart or hour is None or hour > 24 or apart > 59 or not clear or (m["half"] and m["side"] != "past"):
            continue
        if m["ap"] or m["day"]:
            late = (m["ap"] or m["day"]).startswith(("p", "afternoon", "evening"))
            hour = hour % 12 + 12 * late
        minutes = hour * 60 + int(m["m"] or 0) + (apart if m["side"] in ("past", "after") else -apart)
        if clear:
            yield Fraction(minutes % 1440), "time", *m.span()
