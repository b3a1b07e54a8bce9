"""The words of dates in English, German, French and Spanish."""

from __future__ import annotations

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
