"""The words of dates in English, German, French and Spanish, and the pattern that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from briefer.figure_words import ENGLISH, TENS
from briefer.text import by_letter

MONTHS = {
    name: at % 12 + 1
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for at, name in enumerate(names.split())
} | {name: at for at, name in enumerate("jan feb mar apr jun jul aug sep oct nov dec".split(), 1) if at < 5}
MONTHS |= {"jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
DAYS = {
    name: at % 7
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
    )
    for at, name in enumerate(names.split())
}
RELATIVE_DAYS = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "last night": -1,
    "yesterday": -1, "tomorrow": 1, "heute": 0, "gestern": -1, "morgen": 1, "aujourd'hui": 0, "hier": -1, "demain": 1,
    "hoy": 0, "ayer": -1, "mañana": 1,
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the month in which each begins
# What is counted back from the day of publication: "two years ago", "a dozen years ago", "half a century ago".
COUNTS: dict[str, int | Fraction] = {
    **ENGLISH,
    "a": 1, "an": 1, "a couple of": 2, "a dozen": 12, "two dozen": 24, "half a": Fraction(1, 2),
}  # fmt: skip
SPANS = {"day": (1, "day"), "week": (7, "day"), "fortnight": (14, "day"), "month": (1, "month"), "year": (1, "year"),
         "decade": (10, "year"), "century": (100, "year")}  # fmt: skip
# Feasts that fall on one day of the calendar, and Christmas, which is more than one.
FEASTS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas eve": (12, 24), "christmas day": (12, 25),
    "christmas": (12, None), "boxing day": (12, 26), "valentine's day": (2, 14), "st patrick's day": (3, 17),
    "april fool's day": (4, 1), "april fools' day": (4, 1), "may day": (5, 1), "bastille day": (7, 14),
    "halloween": (10, 31), "all saints' day": (11, 1), "armistice day": (11, 11), "hogmanay": (12, 31),
}  # fmt: skip

# The decades of the last century, as they are called: "the nineties", "the '90s".
DECADES = {name: 1900 + value for word, value in TENS.items() for name in (word, f"{value}s")}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))
_YEAR = r"(?:1[5-9]|20)\d\d"
# Behind a number that is no day: "another rise in March 25 points lower".
_COUNTED = r"[:.]\d|\s?(?:[%a-z]*(?:million|people)|per\s?cent|basis point|points?\b)"
_COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))
_FEAST = "|".join(sorted(FEASTS, key=len, reverse=True))
# Finds a date in folded text in lower case; each group is one way to write one.
DATE = re.compile(
    rf"(?P<iso>\b{_YEAR}-\d\d(?:-\d\d)?(?:\b|(?=t\d)))"
    rf"|\b(?P<d0>\d{{1,2}})(?=(?:\s(?:to|and|or|until|bis|und|au|et|al|y)\s|-)\d{{1,2}}(?:\.|st|nd|rd|th)?\s(?:de\s)?(?P<m0>{_MONTH})\b)"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m1>{_MONTH})\b\.?(?:,?\s(?:de\s|of\s)?(?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{_MONTH})\b\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!{_COUNTED})(?:,?\s(?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<m3>{_MONTH})\b\.?,?\s(?:de\s|of\s)?(?P<y3>{_YEAR})\b"
    rf"|\b(?P<nth>first|second|third|fourth|last|final)\s(?P<of7>{_DAY}|week)\s(?:of|in)\s(?P<m7>{_MONTH})\b(?:,?\s(?P<y7>{_YEAR})\b)?"
    rf"|\b(?P<feast>{_FEAST})\b(?:,?\s(?:of\s)?(?P<y8>{_YEAR})\b)?"
    rf"|\b(?P<which>last|this|next|past|coming)\s(?P<unit>{_DAY}|{_MONTH}|week|month|year|spring|summer|autumn|fall|winter)\b"
    rf"|\b(?P<ago>{_COUNT}|\d{{1,2}})\s(?P<span>day|week|fortnight|month|year|decade)s?\sago\b"
    rf"|\b(?P<centuries>{_COUNT}|\d{{1,2}})\scentur(?:y|ies)\sago\b"
    rf"|\b(?P<wday>{_DAY})(?:s|früh|morgen|vormittag|mittag|nachmittag|abend|nacht)?\b|\b(?P<rel>{'|'.join(RELATIVE_DAYS)})\b"
    rf"|\b(?P<m4>{_MONTH})\b|(?<![\d.,$€£/-])(?P<y5>{_YEAR})\b(?!\s(?:people|men|women|troops|soldiers|tonnes)|[.,]\d|%)"
    r"|\b(?P<part>first|second|third|fourth|final)[\s-](?P<of>quarter|half)"
    rf"(?:\sof\s(?:(?P<y6>{_YEAR})|(?P<which6>this|last|next|the)\s(?:calendar |coming )?year))?\b"
    rf"|\b(?P<decade>(?:1[5-9]|20)\d0)s\b|\bthe (?:nineteen[ -]|')?(?P<tens>{'|'.join(DECADES)})\b"
)
_BEGINNINGS = sorted(
    (*MONTHS, *DAYS, *FEASTS, *RELATIVE_DAYS, *"first second third fourth last final this next past coming".split())
)


def _starts() -> Iterator[str]:
    """Yield how a date may begin, by the first letter: at most words of a text no other is looked at."""
    named, counted = by_letter(_BEGINNINGS), by_letter(COUNTS)
    for letter in sorted({*named, *counted}):
        later = [named[letter]] if letter in named else []
        if letter in counted:
            later.append(rf"(?:{counted[letter]})\s(?:day|week|fortnight|month|year|decade|centur)")
        if letter == "t":
            later.append(rf"he (?:nineteen[ -]|')?(?:{'|'.join(DECADES)})")
        yield f"{letter}(?:{'|'.join(later)})"


# Where one may begin: what DATE finds, it finds at such a place, and looking for these first is quicker.
DATE_START = re.compile(rf"(?=(?<!\d)\d|\b(?=\w)(?:{'|'.join(_starts())}))")
