"""The words of figures: numbers, scales, parts, ordinals, units and currencies, by language where they differ."""

from __future__ import annotations

from fractions import Fraction

DECIMAL_COMMA = ("de", "fr", "es", "it", "pt", "nl", "ru", "pl", "sv", "da", "nb", "no", "fi", "cs", "uk", "tr")

ENGLISH = {
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
TENS = {f"{word[:-1]}ies": value for word, value in ENGLISH.items() if word.endswith("ty")}
# One word may be a figure in one language and none in another: "once" is eleven in Spanish.
SPELT = {
    "en": ENGLISH,
    "de": {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
           "elf": 11, "zwölf": 12, "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50},
    "fr": {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
           "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50},
    "es": {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
           "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50},
}  # fmt: skip
SCALES = {
    "hundred": 100, "hundreds": 100, "hundert": 100, "thousand": 1000, "tausend": 1000, "mille": 1000, "mil": 1000,
    "k": 1000, "million": 10**6, "mn": 10**6, "m": 10**6, "mio": 10**6, "millionen": 10**6, "millions": 10**6,
    "millones": 10**6, "millón": 10**6, "billion": 10**9, "bn": 10**9, "b": 10**9, "mrd": 10**9, "milliarden": 10**9,
    "milliarde": 10**9, "milliards": 10**9, "milliard": 10**9, "trillion": 10**12, "tn": 10**12, "dozen": 12,
    "mil millones": 10**9,
}  # fmt: skip
PARTS = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "third": Fraction(1, 3), "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4), "quarters": Fraction(1, 4), "fifth": Fraction(1, 5), "fifths": Fraction(1, 5),
    "sixth": Fraction(1, 6), "sixths": Fraction(1, 6),
    "seventh": Fraction(1, 7), "sevenths": Fraction(1, 7), "ninth": Fraction(1, 9), "ninths": Fraction(1, 9),
    "twelfth": Fraction(1, 12), "twelfths": Fraction(1, 12), "eighth": Fraction(1, 8), "eighths": Fraction(1, 8),
    "tenth": Fraction(1, 10), "tenths": Fraction(1, 10),
}  # fmt: skip
ORDINALS = {
    w: i for i, w in enumerate("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 3)
}
UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%", "prozent": "%", "pour cent": "%", "por ciento": "%",
    "percentage point": "pp", "percentage points": "pp", "prozentpunkte": "pp", "basis point": "bp",
    "basis points": "bp", "bps": "bp", "dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pound": "£",
    "pounds": "£", "cent": "cent", "cents": "cent", "pence": "cent", "km": "km", "kilometre": "km",
    "kilometres": "km", "kilometer": "km", "kilometers": "km", "kilómetros": "km", "kilomètres": "km", "mile": "mile",
    "miles": "mile", "nautical mile": "nmi", "nautical miles": "nmi", "yard": "yd", "yards": "yd", "metre": "m",
    "metres": "m", "meter": "m", "meters": "m", "mètres": "m", "metros": "m", "m": "m", "feet": "ft", "foot": "ft",
    "cm": "cm", "centimetres": "cm", "kg": "kg", "kilograms": "kg", "tonne": "t", "tonnes": "t", "tons": "t",
    "ton": "t", "tonnen": "t", "toneladas": "t", "t": "t", "litre": "l", "litres": "l", "liters": "l", "liter": "l",
    "litros": "l", "knots": "knot", "knot": "knot", "hectares": "ha", "hectare": "ha", "hektar": "ha",
    "hectáreas": "ha", "acres": "acre", "mg/l": "mg/l", "µg/l": "µg/l", "μg/l": "µg/l", "µg": "µg", "μg": "µg",
    "microgram": "µg", "micrograms": "µg", "mikrogramm": "µg", "milligramm": "mg", "microgrammes": "µg",
    "milligrammes": "mg", "microgramos": "µg", "miligramos": "mg", "second": "s", "seconds": "s",
    "minute": "min", "minutes": "min", "minuten": "min", "minutos": "min", "hour": "h", "hours": "h", "stunden": "h",
    "heures": "h", "horas": "h", "day": "day", "days": "day", "tage": "day", "tagen": "day", "jours": "day",
    "días": "day", "week": "week", "weeks": "week", "wochen": "week", "semaines": "week", "semanas": "week",
    "century": "century",
    "centuries": "century", "fortnight": "fortnight", "fortnights": "fortnight",
    "decade": "decade", "decades": "decade", "month": "month",
    "months": "month", "monate": "month", "mois": "month", "meses": "month", "year": "year", "years": "year",
    "jahre": "year", "ans": "year", "años": "year", "degrees": "°", "degree": "°", "°": "°",
    "megawatts": "mw", "mw": "mw", "gigawatts": "gw",
    "gw": "gw", "mph": "mph", "kph": "km/h", "barrels": "barrel", "barrel": "barrel", "mm": "mm", "millimetre": "mm",
    "millimetres": "mm", "millimeter": "mm", "millimeters": "mm", "centimetre": "cm", "centimeter": "cm",
    "centimeters": "cm", "inch": "inch", "inches": "inch", "gram": "g", "grams": "g", "kilogram": "kg", "kilos": "kg",
    "kilo": "kg", "mg": "mg", "milligram": "mg", "milligrams": "mg", "ml": "ml", "millilitres": "ml",
    "milliliters": "ml", "gallon": "gal", "gallons": "gal", "ounces": "oz", "lb": "lb", "kilowatts": "kw", "kw": "kw",
    "kwh": "kwh", "watts": "w", "megawatt": "mw", "gigawatt": "gw", "hertz": "hz", "volts": "v", "bar": "bar",
    "metric tons": "t", "km/h": "km/h", "kilometres an": "km/h", "kilometers an": "km/h", "miles an": "mph",
    "cubic metres": "m3", "cubic meters": "m3", "cubic metre": "m3", "cubic feet": "ft3", "square metres": "m2",
    "square meters": "m2", "square feet": "ft2", "square kilometres": "km2", "square kilometers": "km2",
    "square miles": "mile2", "working days": "workday", "working day": "workday", "business days": "workday",
}  # fmt: skip
# Currencies that are written out; those of invented countries among them, since the checks are tried on their stories.
COINS = {
    form: name
    for name, forms in {
        "crown": "crown crowns coronas couronnes kronen", "mark": "marks marcos", "florin": "florin florins florines",
        "taler": "taler talers thaler thalers", "franc": "franc francs franken", "peso": "peso pesos",
        "rupee": "rupee rupees", "yuan": "yuan renminbi", "rouble": "rouble roubles ruble rubles rubel",
        "lira": "lira liras", "guilder": "guilder guilders", "krone": "krone kroner krona kronor",
        "zloty": "zloty zlotys", "forint": "forint forints", "dinar": "dinar dinars", "dirham": "dirham dirhams",
        "shekel": "shekel shekels", "riyal": "riyal riyals", "ducat": "ducat ducats", "baht": "baht",
        "hryvnia": "hryvnia hryvnias", "ringgit": "ringgit",
    }.items()
    for form in forms.split()
}  # fmt: skip
UNITS |= COINS | {"yen": "¥"}


def _prefixed() -> dict[str, str]:
    """Return parts and multiples of units, picogram to terabyte: each has a name that stands for no other."""
    found: dict[str, str] = {}
    for prefix in "pico nano micro milli kilo mega giga tera".split():
        for base in "gram metre meter litre liter watt joule hertz volt byte sievert becquerel pascal bit".split():
            one = f"{prefix}{base}"
            name = one.replace("meter", "metre").replace("liter", "litre")
            found |= dict.fromkeys((one, f"{one}s"), UNITS.get(one) or UNITS.get(f"{one}s") or UNITS.get(name) or name)
    return found


UNITS |= _prefixed()
# What time is counted in.
LASTING = frozenset("s min h day week fortnight month year decade century workday".split())
CURRENCY = {"us$": "$", "a$": "a$", "c$": "c$", "hk$": "hk$", "$": "$", "€": "€", "£": "£", "¥": "¥"}
CURRENCIES = frozenset({*CURRENCY.values(), *COINS.values()})
# What stands behind "a third" when it is a part, and behind a count that counts nothing itself: 33 million less.
COMPARATIVES = frozenset(
    """less fewer more larger smaller bigger greater longer shorter cheaper dearer costlier faster slower quicker higher
    lower weaker stronger heavier lighter richer poorer older younger wider narrower deeper shallower taller thicker
    thinner better worse fuller emptier busier colder hotter warmer cooler louder quieter harder softer earlier later
    safer easier steeper further farther nearer closer stricter brighter darker drier wetter tighter milder""".split()
)
