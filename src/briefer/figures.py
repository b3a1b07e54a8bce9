"""The figures of a sentence: value, scale and unit, in digits or in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from briefer.text import fold

_DECIMAL_COMMA = ("de", "fr", "es", "it", "pt", "nl", "ru", "pl", "sv", "da", "nb", "no", "fi", "cs", "uk", "tr")

_ENGLISH = {
    word: value
    for value, words in [
        *enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen".split()
        ),
        *((10 * n, w) for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)),
    ]
    for word in [words]
}
# One word may be a figure in one language and none in another: "once" is eleven in Spanish.
_SPELT = {
    "en": _ENGLISH,
    "de": {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
           "elf": 11, "zwölf": 12, "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50},
    "fr": {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
           "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50},
    "es": {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
           "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50},
}  # fmt: skip
_SCALES = {
    "hundred": 100, "hundreds": 100, "hundert": 100, "thousand": 1000, "tausend": 1000, "mille": 1000, "mil": 1000,
    "k": 1000, "million": 10**6, "mn": 10**6, "m": 10**6, "mio": 10**6, "millionen": 10**6, "millions": 10**6,
    "millones": 10**6, "millón": 10**6, "billion": 10**9, "bn": 10**9, "b": 10**9, "mrd": 10**9, "milliarden": 10**9,
    "milliarde": 10**9, "milliards": 10**9, "milliard": 10**9, "trillion": 10**12, "tn": 10**12, "dozen": 12,
    "mil millones": 10**9,
}  # fmt: skip
_PARTS = {
    "half": Fraction(1, 2), "third": Fraction(1, 3), "thirds": Fraction(1, 3), "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4), "fifth": Fraction(1, 5), "fifths": Fraction(1, 5), "sixth": Fraction(1, 6),
    "eighth": Fraction(1, 8), "tenth": Fraction(1, 10), "tenths": Fraction(1, 10),
}  # fmt: skip
_ORDINALS = {
    w: i for i, w in enumerate("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 3)
}
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%", "prozent": "%", "pour cent": "%", "por ciento": "%",
    "percentage point": "pp", "percentage points": "pp", "prozentpunkte": "pp", "basis point": "bp",
    "basis points": "bp", "bps": "bp", "dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pound": "£",
    "pounds": "£", "km": "km", "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km",
    "kilómetros": "km", "kilomètres": "km", "mile": "mile", "miles": "mile", "metre": "m", "metres": "m",
    "meter": "m", "meters": "m", "mètres": "m", "metros": "m", "m": "m", "feet": "ft", "foot": "ft", "cm": "cm",
    "centimetres": "cm", "kg": "kg", "kilograms": "kg", "tonne": "t", "tonnes": "t", "tons": "t", "ton": "t",
    "tonnen": "t", "toneladas": "t", "t": "t", "litre": "l", "litres": "l", "liters": "l", "liter": "l",
    "litros": "l", "knots": "knot", "knot": "knot", "hectares": "ha", "hectare": "ha", "hektar": "ha",
    "hectáreas": "ha", "acres": "acre", "mg/l": "mg/l", "µg/l": "µg/l", "second": "s", "seconds": "s",
    "minute": "min", "minutes": "min", "minuten": "min", "minutos": "min", "hour": "h", "hours": "h",
    "stunden": "h", "heures": "h", "horas": "h", "day": "day", "days": "day", "tage": "day", "tagen": "day",
    "jours": "day", "días": "day", "week": "week", "weeks": "week", "wochen": "week", "semaines": "week",
    "semanas": "week", "month": "month", "months": "month", "monate": "month", "mois": "month", "meses": "month",
    "year": "year", "years": "year", "jahre": "year", "ans": "year", "años": "year", "degrees": "°",
    "megawatts": "mw", "mw": "mw", "gigawatts": "gw", "gw": "gw", "mph": "mph", "kph": "km/h", "km/h": "km/h",
    "barrels": "barrel",
}  # fmt: skip
_CURRENCY = {"us$": "$", "a$": "a$", "c$": "c$", "hk$": "hk$", "$": "$", "€": "€", "£": "£", "¥": "¥"}

# Scales that are words; the others are written behind digits only.
_SCALE_WORDS = {word for word in _SCALES if len(word) > 3 or word == "mil"}

_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_PLURALS = ("hundreds", "millions", "millionen", "millones", "milliarden", "milliards")
_DIGITS = r"\d{1,3}(?:[ ,.'](?=\d{3}(?!\d))\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_NUMERAL = re.compile(
    rf"(?P<cur>(?:us|hk|[ac])?\$|[€£¥])?\s?(?<![\w.,])(?P<num>(?:{_DIGITS})[{_VULGAR}]?|[{_VULGAR}])"
    r"(?P<nth>(?:st|nd|rd|th)\b)?(?![a-z]*\d)"
)
_SCALE_AFTER = re.compile(r"(?:\s|-(?=[a-z]{2}))?(mil millones\b|[^\W\d_]+\b)\.?")
_UNIT_AFTER = re.compile(r"[\s-]?(?:de\s|d')?(%|°|[^\W\d_]+(?:/[^\W\d_]+)?)(?:\s([^\W\d_]+))?")
_LETTERS = re.compile(r"[^\W\d_]+")
_FRACTION = re.compile(
    r"\b(?:(?P<n>an?|one|two|three|four)[\s-])?(?P<part>half|thirds?|quarters?|fifths?|eighth|tenths?)(?=\s(?:of|the|a)\b|-|\s*$|[,.;])"
)
_TIME = re.compile(
    r"(?<![\w.,:])(?P<h>[01]?\d|2[0-3])(?:(?P<sep>[:.]|\s?h\s?)(?P<m>[0-5]\d))?(?![.,:]?\d)\s?(?P<half>a\.?m\b\.?|p\.?m\b\.?|uhr\b|h\b)?"
)
_NAMED_TIME = {
    "noon": 720, "midday": 720, "midnight": 0, "mittag": 720, "mitternacht": 0, "midi": 720, "minuit": 0,
    "mediodía": 720, "medianoche": 0,
}  # fmt: skip
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close to|more than|over|less than|under|at least|up to"
    r"|as many as|as much as|an estimated|fewer than|just|well|upwards of|in excess of|or so|etwa|rund|mehr als|environ"
    r"|près de|plus de|unos|unas|cerca de|casi|más de)\s(?:us)?[$€£¥]?$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `value` with its scale applied, `unit` canonical or "", offsets into the folded text."""

    value: Fraction
    unit: str
    raw: str
    start: int
    end: int
    about: str = ""

    @property
    def step(self) -> Fraction:
        """The value of the last digit that is shown: 0.1 million for "2.3 million"."""
        digits = re.search(r"\d[\d., ']*", self.raw)
        if not digits:
            return self.value or Fraction(1)
        shown = digits.group().strip(" .,'")
        decimals = re.search(r"[.,](\d{1,2}|\d{4,})$", shown)
        bare = re.sub(r"\D", "", shown)
        places = len(decimals.group(1)) if decimals else 0
        shown_value = Fraction(_whole(bare or "1")) / 10**places
        scale = self.value / shown_value if shown_value else Fraction(1)
        zeros = 0 if places else len(bare) - len(bare.rstrip("0"))
        return scale * Fraction(10) ** (zeros - places)


@lru_cache(maxsize=16384)
def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    """Return the figures of `text` in order; dates must have been blanked out before (`dates.blank`)."""
    folded = fold(text).casefold()
    found: list[Figure] = []
    for finder in (_times, _numerals, _fractions, _spelt):
        for figure in finder(folded, language[:2]):
            if not any(f.start < figure.end and figure.start < f.end for f in found):
                found.append(figure)
    return tuple(sorted(found, key=lambda f: f.start))


def _times(text: str, _language: str) -> list[Figure]:
    out = []
    for m in _TIME.finditer(text):
        half, minutes = (m["half"] or "").replace(".", ""), m["m"]
        if not (half in ("am", "pm", "uhr") or (m["sep"] == ":" and minutes) or ((m["sep"] or "").strip() == "h" or half == "h") and minutes):
            continue
        hour = int(m["h"]) % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else int(m["h"])
        out.append(_figure(text, Fraction(hour * 60 + int(minutes or 0)), "time", *m.span()))
    for m in re.finditer(rf"\b(?:{'|'.join(_NAMED_TIME)})\b", text):
        out.append(_figure(text, Fraction(_NAMED_TIME[m.group()]), "time", *m.span()))
    return out


def _numerals(text: str, language: str) -> list[Figure]:
    out = []
    for m in _NUMERAL.finditer(text):
        value = _value(m["num"], language)
        if value is None:
            continue
        factor, unit, end = _scale_and_unit(text, m)
        if end == m.end() and text[end : end + 1] == "-":
            # The 3 of "3-4 billion" is 3 billion, and that of "3-5%" is 3 %; no end of a range is the smaller one.
            upper = _NUMERAL.match(text, end + 1)
            if upper and (_value(upper["num"], language) or 0) > value:
                factor, unit, _ = _scale_and_unit(text, upper)
        unit = "nth" if m["nth"] else _CURRENCY.get(m["cur"] or "", unit)
        out.append(_figure(text, value * factor, unit, m.start(), end))
    return out


def _scale_and_unit(text: str, m: re.Match[str]) -> tuple[int, str, int]:
    """Return the factor, the unit and the end of what stands behind the digits of `m`."""
    end, factor = m.end(), 1
    scale = None if m["nth"] else _SCALE_AFTER.match(text, end)
    # "12m" is twelve million, "12 m" is twelve metres.
    if scale and scale[1] in _SCALES and (scale[1] != "m" or m["cur"] or text[end] != " "):
        factor, end = _SCALES[scale[1]], scale.end()
    return factor, *_unit_after(text, end)


def _unit_after(text: str, at: int) -> tuple[str, int]:
    """Return the canonical unit of the words that follow, the longer reading first, and where it ends."""
    m = _UNIT_AFTER.match(text, at)
    if m and m[2] and f"{m[1]} {m[2]}" in _UNITS:
        return _UNITS[f"{m[1]} {m[2]}"], m.end(2)
    if m and (m[1] in _UNITS or m[1].startswith("prozentig")):
        return _UNITS.get(m[1], "%"), m.end(1)
    return "", at


def _value(digits: str, language: str) -> Fraction | None:
    """Read a numeral by the language's marks: 1,250.5 in English is 1.250,5 in German."""
    if digits[-1] in _VULGAR:
        part = Fraction(unicodedata.numeric(digits[-1])).limit_denominator(8)
        whole = _value(digits[:-1], language) if digits[:-1] else Fraction(0)
        return None if whole is None else whole + part
    thousand, decimal = (".", ",") if language in _DECIMAL_COMMA else (",", ".")
    compact = digits.replace(" ", "").replace("'", "")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousand)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", compact):
        compact = compact.replace(thousand, "")
    elif compact.count(thousand) == 1 and decimal not in compact:
        compact = compact.replace(thousand, decimal)
    compact = compact.replace(decimal, ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", compact):
        return None
    ahead, _, behind = compact.partition(".")
    return _whole(ahead) + (Fraction(_whole(behind), 10 ** len(behind)) if behind else Fraction(0))


def _whole(digits: str) -> int:
    """Read digits; Python refuses more than 4,300, and of such a number only that it equals itself matters."""
    return int(digits, 10 if len(digits) <= 4000 else 16)


def _fractions(text: str, _language: str) -> list[Figure]:
    out = []
    for m in _FRACTION.finditer(text):
        if not m["n"] and m["part"] != "half":
            continue
        count = {"two": 2, "three": 3, "four": 4}.get(m["n"] or "", 1)
        if re.match(r"\s(?:a|of a)\s(?:dozen|million|billion)\b", text[m.end() :]):
            continue
        out.append(_figure(text, _PARTS[m["part"]] * count, "part", *m.span()))
    return out


def _spelt(text: str, language: str) -> list[Figure]:
    small = _SPELT.get(language, _ENGLISH)
    out, run = [], list[re.Match[str]]()
    for m in [*_LETTERS.finditer(text), None]:
        if m and _goes_on(text, run, m, small):
            run.append(m)
            continue
        out += _run_figure(text, run, small)
        run = [m] if m and (m[0] in small or m[0] in _SCALE_WORDS or m[0] in ("a", "half", "quarter")) else []
        if m and m[0] in _ORDINALS and not re.search(r"\b(?:a|one|two|three)[\s-]$", text[: m.start()]):
            out.append(_figure(text, Fraction(_ORDINALS[m[0]]), "nth", *m.span()))
    return out


def _goes_on(text: str, run: list[re.Match[str]], m: re.Match[str], small: dict[str, int]) -> bool:
    """Whether a word belongs to the number that the words before it began."""
    if not run or text[run[-1].end() : m.start()] not in (" ", "-"):
        return False
    before = run[-1][0]
    if before in ("a", "half", "quarter", "of"):
        return m[0] in _SCALE_WORDS or (before != "a" and m[0] in ("a", "of"))
    return m[0] in _SCALE_WORDS or m[0] in small or (m[0] == "and" and before in _SCALE_WORDS)


def _run_figure(text: str, run: list[re.Match[str]], small: dict[str, int]) -> list[Figure]:
    while run and run[-1][0] in ("and", "a", "of", "half", "quarter"):
        run = run[:-1]
    if not run or (len(run) == 1 and run[0][0] in _PLURALS):
        return []
    value = _read(" ".join(m[0] for m in run).replace("mil millones", "milliard").split(), small)
    unit, end = _unit_after(text, run[-1].end())
    # "one" is nearly always a pronoun or an article, so it counts only with a unit.
    return [] if value == 1 and not unit else [_figure(text, value, unit, run[0].start(), end)]


def _read(tokens: list[str], small: dict[str, int]) -> Fraction:
    total, current = Fraction(0), Fraction(0)
    for token in tokens:
        if token in small:
            current += small[token]
        elif token == "half":
            current = Fraction(1, 2)
        elif token == "quarter":
            current = Fraction(1, 4)
        elif token in _SCALES:
            current = (current or Fraction(1)) * _SCALES[token]
            if _SCALES[token] >= 1000:
                total, current = total + current, Fraction(0)
    return total + current


def _figure(text: str, value: Fraction, unit: str, start: int, end: int) -> Figure:
    about = _ABOUT.search(text[:start].rstrip() + " ")
    return Figure(value, unit, text[start:end].strip(), start, end, about.group().split()[0] if about else "")
