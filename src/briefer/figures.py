"""The figures of a sentence: value, scale and unit, in digits or in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from briefer.text import fold

_DECIMAL_COMMA = ("de", "fr", "es", "it", "pt", "nl", "ru", "pl", "sv", "da", "nb", "no", "fi", "cs", "uk", "tr")

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {w: i for i, w in enumerate(_ONES)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
_FOREIGN = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "elf": 11, "zwölf": 12, "zwanzig": 20, "dreißig": 30, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "vingt": 20, "trente": 30, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12,
    "veinte": 20, "treinta": 30,
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

_DIGITS = r"\d{1,3}(?:[ ,.'](?=\d{3}(?!\d))\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*"
# In English these three are no numbers: once, elf, DOS.
_WORDS_EN = "|".join(sorted({*_SMALL, *_FOREIGN} - {"once", "elf", "dos"}, key=len, reverse=True))
_WORDS = "|".join(sorted({*_SMALL, *_FOREIGN}, key=len, reverse=True))
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_SCALE = "|".join(sorted((s for s in _SCALES if len(s) > 2), key=len, reverse=True))
_UNIT = "|".join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))
_NUMERAL = re.compile(
    rf"(?P<cur>(?:us|hk|[ac])?\$|[€£¥])?\s?(?<![\w.,])(?P<num>(?:{_DIGITS})[{_VULGAR}]?|[{_VULGAR}])(?P<nth>st|nd|rd|th)?(?![a-z]*\d)"
    rf"(?:(?:\s|-(?=[a-z]{{2}}))?(?P<scale>{_SCALE}|mn|bn|tn|[kmb])\b\.?)?"
    rf"(?:[\s-]?(?:de\s|d')?(?P<unit>{_UNIT})(?!\w))?",
)


def _spelt_numbers(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<num>(?:(?:{words}|hundred|thousand|million|billion|trillion|dozen|a hundred|a thousand|a million"
        rf"|a billion|a dozen|half a dozen|half a million|half a billion|quarter of a million)"
        rf"(?:[\s-](?:and\s(?=(?:{words})\b))?(?=(?:{words}|{_SCALE})\b))?)+(?:(?<=[\s-])(?:{_SCALE})\b)?)"
        rf"(?:[\s-](?:de\s|d')?(?P<unit>{_UNIT})(?!\w))?(?!\w)"
    )


_SPELT_EN, _SPELT = _spelt_numbers(_WORDS_EN), _spelt_numbers(_WORDS)
_FRACTION = re.compile(
    r"\b(?:(?P<n>an?|one|two|three|four)[\s-])?(?P<part>half|thirds?|quarters?|fifths?|eighth|tenths?)(?=\s(?:of|the|a)\b|-|\s*$|[,.;])"
)
_TIME = re.compile(
    r"(?<![\w.,:])(?P<h>[01]?\d|2[0-3])(?:(?P<sep>[:.h])(?P<m>[0-5]\d))?(?![.,:]?\d)\s?(?P<half>a\.?m\b\.?|p\.?m\b\.?|uhr\b|h\b)?"
)
_NAMED_TIME = {"noon": 720, "midday": 720, "midnight": 0}
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
        plain_value = Fraction(re.sub(r"\D", "", shown) or "1")
        places = len(decimals.group(1)) if decimals else 0
        shown_value = plain_value / 10**places
        scale = self.value / shown_value if shown_value else Fraction(1)
        zeros = 0 if places else len(shown) - len(shown.rstrip("0"))
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
        if not (half in ("am", "pm", "uhr") or (m["sep"] == ":" and minutes) or (m["sep"] == "h" or half == "h") and minutes):
            continue
        hour = int(m["h"]) % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else int(m["h"])
        out.append(Figure(Fraction(hour * 60 + int(minutes or 0)), "time", m.group().strip(), m.start(), m.end()))
    for m in re.finditer(r"\b(noon|midday|midnight)\b", text):
        out.append(Figure(Fraction(_NAMED_TIME[m.group()]), "time", m.group(), m.start(), m.end()))
    return out


def _numerals(text: str, language: str) -> list[Figure]:
    out = []
    for m in _NUMERAL.finditer(text):
        value = _value(m["num"], language)
        if value is None:
            continue
        whole = m
        if not m["scale"] and not m["unit"] and text[m.end() : m.end() + 1] == "-":
            # The 3 of "3-4 billion" is 3 billion, and that of "3-5%" is 3 %; no end of a range is the smaller one.
            upper = _NUMERAL.match(text, m.end() + 1)
            whole = upper if upper and (_value(upper["num"], language) or 0) > value else m
        unit, scale = _UNITS.get(whole["unit"] or "", ""), whole["scale"] or ""
        if scale == "m" and not whole["cur"] and not unit and text[whole.end("num") : whole.end("num") + 1] == " ":
            unit, scale = "m", ""
        value *= _SCALES.get(scale, 1)
        if m["cur"]:
            unit = _CURRENCY[m["cur"]]
        out.append(_figure(text, value, "nth" if m["nth"] else unit, m))
    return out


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
    return Fraction(compact) if re.fullmatch(r"\d+(?:\.\d+)?", compact) else None


def _fractions(text: str, _language: str) -> list[Figure]:
    out = []
    for m in _FRACTION.finditer(text):
        if not m["n"] and m["part"] != "half":
            continue
        count = {"two": 2, "three": 3, "four": 4}.get(m["n"] or "", 1)
        if re.match(r"\s(?:a|of a)\s(?:dozen|million|billion)\b", text[m.end() :]):
            continue
        out.append(_figure(text, _PARTS[m["part"]] * count, "part", m))
    return out


def _spelt(text: str, language: str) -> list[Figure]:
    out = []
    for m in (_SPELT_EN if language == "en" else _SPELT).finditer(text):
        value = _read(re.split(r"[\s-]+", m["num"].strip(" -").replace("mil millones", "milliard")))
        # "one" is nearly always a pronoun or an article, so it counts only with a unit.
        if value is None or (value == 1 and not m["unit"]):
            continue
        out.append(_figure(text, value, _UNITS.get(m["unit"] or "", ""), m))
    for m in re.finditer(rf"\b(?:{'|'.join(_ORDINALS)})\b", text):
        if not re.search(r"\b(?:a|one|two|three)[\s-]$", text[: m.start()]):
            out.append(_figure(text, Fraction(_ORDINALS[m.group()]), "nth", m))
    return out


def _read(tokens: list[str]) -> Fraction | None:
    total, current = Fraction(0), Fraction(0)
    for token in tokens:
        if token in _SMALL or token in _FOREIGN:
            current += _SMALL.get(token, _FOREIGN.get(token, 0))
        elif token == "half":
            current = Fraction(1, 2)
        elif token == "quarter":
            current = Fraction(1, 4)
        elif token in _SCALES:
            scale = _SCALES[token]
            current = (current or Fraction(1)) * scale
            if scale >= 1000:
                total, current = total + current, Fraction(0)
        elif token not in ("a", "and", "of"):
            return None
    return total + current


def _figure(text: str, value: Fraction, unit: str, match: re.Match[str]) -> Figure:
    about = _ABOUT.search(text[: match.start()].rstrip() + " ")
    return Figure(value, unit, match.group().strip(), match.start(), match.end(), about.group().split()[0] if about else "")
