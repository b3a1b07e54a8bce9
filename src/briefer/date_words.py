"""The words of dates in English, German, French and Spanish, and the pattern that finds them."""

from __future__ import annotations

import re

from briefer.figure_words import TENS

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
COUNTS = {w: max(1, n) for n, w in enumerate("an one two three four five six seven eight nine ten".split())} | {"a": 1}

# The decades of the last century, as they are called: "the nineties", "the '90s".
DECADES = {name: 1900 + value for word, value in TENS.items() for name in (word, f"{value}s")}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))
_YEAR = r"(?:1[5-9]|20)\d\d"
# Finds a date in folded text in lower case; each group is one way to write one.
DATE = re.compile(
    rf"(?P<iso>\b{_YEAR}-\d\d(?:-\d\d)?(?:\b|(?=t\d)))"
    rf"|\b(?P<d0>\d{{1,2}})(?=(?:\s(?:to|and|or|until|bis|und|au|et|al|y)\s|-)\d{{1,2}}(?:\.|st|nd|rd|th)?\s(?:de\s)?(?P<m0>{_MONTH})\b)"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m1>{_MONTH})\b\.?(?:,?\s(?:de\s|of\s)?(?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{_MONTH})\b\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|\s?[%a-z]*(?:million|people))(?:,?\s(?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<m3>{_MONTH})\b\.?,?\s(?:de\s|of\s)?(?P<y3>{_YEAR})\b"
    rf"|\b(?P<which>last|this|next|past|coming)\s(?P<unit>{_DAY}|{_MONTH}|week|month|year|spring|summer|autumn|fall|winter)\b"
    rf"|\b(?P<ago>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{{1,2}})\s(?P<span>day|week|month|year)s?\sago\b"
    rf"|\b(?P<wday>{_DAY})(?:s|früh|morgen|vormittag|mittag|nachmittag|abend|nacht)?\b|\b(?P<rel>{'|'.join(RELATIVE_DAYS)})\b"
    rf"|\b(?P<m4>{_MONTH})\b|(?<![\d.,$€£/-])(?P<y5>{_YEAR})\b(?!\s(?:people|men|women|troops|soldiers|tonnes)|[.,]\d|%)"
    r"|\b(?P<part>first|second|third|fourth|final)\s(?P<of>quarter|half)"
    rf"(?:\sof\s(?:(?P<y6>{_YEAR})|(?P<which6>this|last|next|the)\s(?:calendar |coming )?year))?\b"
    rf"|\b(?P<decade>(?:1[5-9]|20)\d0)s\b|\bthe (?:nineteen[ -]|')?(?P<tens>{'|'.join(DECADES)})\b"
)
