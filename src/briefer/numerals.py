"""Numerals by the marks of their language."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from briefer.figure_words import DECIMAL_COMMA
from briefer.memo import memo

VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
# Every numeral has one of these.
DIGIT = re.compile(rf"[\d{VULGAR}]")


def value_of(digits: str, language: str) -> Fraction | None:
    """Read a numeral by the language's marks: 1,250.5 in English is 1.250,5 in German."""
    if digits.isdecimal():
        return Fraction(whole_of(digits))
    if digits[-1] in VULGAR:
        part = Fraction(unicodedata.numeric(digits[-1])).limit_denominator(8)
        whole = value_of(digits[:-1], language) if digits[:-1] else Fraction(0)
        return None if whole is None else whole + part
    thousand, decimal = (".", ",") if language in DECIMAL_COMMA else (",", ".")
    compact = digits.replace(" ", "").replace("'", "")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousand)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", compact):
        compact = compact.replace(thousand, "")
    elif compact.count(thousand) == 1 and decimal not in compact:
        compact = compact.replace(thousand, decimal)
    compact = compact.replace(decimal, ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", compact):
        return None
    ahead, _, behind = compact.partition(".")
    return whole_of(ahead) + (Fraction(whole_of(behind), 10 ** len(behind)) if behind else Fraction(0))


def whole_of(digits: str) -> int:
    """Read digits; Python refuses more than 4,300, and of such a number only that it equals itself matters."""
    return int(digits, 10 if len(digits) <= 4000 else 16)


def is_year(value: Fraction) -> bool:
    """Whether a number may be a year; a range would be gone through number by number for a fraction."""
    return value.denominator == 1 and 1500 <= value.numerator < 2100


@memo(16384)
def step_of(raw: str, value: Fraction) -> Fraction:
    """Return the value of the last digit that a figure shows: 0.1 million for "2.3 million"."""
    digits = re.search(r"\d[\d., ']*", raw)
    if not digits:
        return value or Fraction(1)
    shown = digits.group().strip(" .,'")
    decimals = re.search(r"[.,](\d{1,2}|\d{4,})$", shown)
    bare = re.sub(r"\D", "", shown)
    places = len(decimals.group(1)) if decimals else 0
    shown_value = Fraction(whole_of(bare or "1")) / 10**places
    scale = value / shown_value if shown_value else Fraction(1)
    zeros = 0 if places else len(bare) - len(bare.rstrip("0"))
    return scale * Fraction(10) ** (zeros - places)
