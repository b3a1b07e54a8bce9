"""When two figures say the same: units of one kind, fair rounding, and things that are never each other."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from briefer.figure import Figure
from briefer.figure_words import CURRENCIES
from briefer.stems import FUNCTION_WORDS, stem

# What each unit is in a smaller one of its kind, so that 28 days are four weeks and a mile is 1,609 metres.
_IN = {
    "s": ("min", Fraction(1, 60)), "h": ("min", Fraction(60)), "day": ("min", Fraction(1440)),
    "week": ("min", Fraction(10080)), "fortnight": ("min", Fraction(20160)), "year": ("month", Fraction(12)),
    "century": ("month", Fraction(1200)), "decade": ("month", Fraction(120)), "km": ("m", Fraction(1000)),
    "cm": ("m", Fraction(1, 100)), "mm": ("m", Fraction(1, 1000)), "inch": ("m", Fraction(254, 10000)),
    "g": ("kg", Fraction(1, 1000)), "mg": ("kg", Fraction(1, 10**6)), "µg": ("kg", Fraction(1, 10**9)),
    "µg/l": ("mg/l", Fraction(1, 1000)), "ml": ("l", Fraction(1, 1000)), "gal": ("l", Fraction(3785, 1000)),
    "lb": ("kg", Fraction(4536, 10000)), "kw": ("mw", Fraction(1, 1000)),
    "mile": ("m", Fraction(1609344, 1000)), "nmi": ("m", Fraction(1852)), "ft": ("m", Fraction(3048, 10000)),
    "yd": ("m", Fraction(9144, 10000)), "t": ("kg", Fraction(1000)), "gw": ("mw", Fraction(1000)),
    "acre": ("m2", Fraction(4047)), "ha": ("m2", Fraction(10**4)), "km2": ("m2", Fraction(10**6)),
    "ft2": ("m2", Fraction(929, 10000)), "mile2": ("m2", Fraction(2590 * 1000)), "mph": ("km/h", Fraction(1609, 1000)),
    "knot": ("km/h", Fraction(1852, 1000)), "cent": ("cent", Fraction(1, 100)),
}  # fmt: skip
_IMPERIAL = frozenset({"mile", "nmi", "ft", "yd", "acre", "mph", "knot", "inch", "gal", "lb", "ft2", "mile2"})
MEASURES = frozenset({"m", "km", "mile", "nmi", "ft", "kg", "t", "l", "ha", "acre", "knot", "km/h", "mph", "mw", "gw"})
# Things that are counted in one place of a story each, of which none can stand for another.
_APART = tuple(
    tuple(frozenset(map(stem, kind.split())) for kind in row.split("|"))
    for row in (
        "page | paragraph | chapter | line",
        "household home family | team pair couple group | people person man woman worker resident member voter pupil",
        "seat | vote",
        "goal | point | match game",
        "flight | passenger | aircraft plane jet",
        "train | passenger | station",
        "school | pupil | teacher",
        "share | shareholder",
        "bed | patient | hospital",
    )
)
_OF_A_KIND = frozenset(noun for row in _APART for kind in row for noun in kind)
# Minutes in a month, on average.
_A_MONTH = Fraction(30437, 1000) * 1440
_HALF_DAY = re.compile(r"(?: (?:past|to|before|after) (?!noon|midday|midnight)|o'clock)")
_WHOLE_DAY = re.compile(r"\b(?:[ap]\.?m\b|morning|afternoon|evening|night)")
_HOUR = re.compile(r"heures?|horas?|uhr")
ALONE = frozenset({"time", "nth", "part", "x", "aged"})
_ROUNDED_UP = frozenset("nearly almost close under fewer fast knapp casi just less up short shy most".split())
_ROUNDED_DOWN = frozenset("more over at well upwards mehr plus más".split())
# What is nearly so much is not more than that.
_BELOW = frozenset("nearly almost under fewer less up short shy most casi".split())
# Words that say on which side a figure lies, and not that it lies near.
_OPEN_ENDED = frozenset("under fewer less more over at upwards mehr plus más".split())
_FEW = 12
# Up to how many things are counted one by one.
_COUNTED = 100
# How far a rounded figure may be from the one it stands for.
NEAR = Fraction(1, 10)
# "Nearly half" may be a little less near than "about half"; it has one side only.
_NEARLY = Fraction(1, 6)
# "Less than half" and "more than twice" leave more room than "about half".
_BOUND = {"x": Fraction(3, 4), "part": Fraction(1, 3)}


def normal(figure: Figure) -> Figure:
    """Return the figure in the smallest unit of its kind: weeks and hours in minutes, years in months."""
    if figure.unit not in _IN:
        return figure
    unit, factor = _IN[figure.unit]
    return replace(figure, unit=unit, value=figure.value * factor, one=factor)


def compatible(a: Figure, b: Figure) -> bool:
    """Whether two units can count the same thing: equal, or one of them not said."""
    units = {a.unit, b.unit}
    if a.unit != b.unit and (_counts_itself(a, b) or _counts_itself(b, a)):
        return False
    if a.unit == b.unit or units <= {"", "year"}:
        return True
    # "Nine resolutions" where the evidence has "the ninth resolution", and "the third to die" where it has three dead.
    if ("nth", "") in ((a.unit, b.unit), (b.unit, a.unit)) and a.value > 2:
        return True
    if units & ALONE:
        return units == {"nth", "part"} and _is_next(a, b)
    if "cent" in units:
        return bool(units & {"", *CURRENCIES})
    if units == {"pp", ""}:
        return (a.noun or b.noun).startswith("point")
    if units & {"%", "pp"}:
        bare = a if not a.unit else b
        return (
            units == {"%", ""}
            and a.value == b.value
            and (a.value.denominator > 1 or not bare.noun or bare.noun.startswith("point"))
        )
    return "" in units


def _is_next(a: Figure, b: Figure) -> bool:
    """Whether "a fifth" stands for one more after four, and not for a share."""
    nth, part = (a, b) if a.unit == "nth" else (b, a)
    return part.value * nth.value == 1 and part.raw.startswith("a ")


def _counts_itself(bare: Figure, other: Figure) -> bool:
    """Whether a figure without a unit counts the word behind it, so that 15,000 crowns are not $15,000."""
    if bare.unit or not bare.noun or bare.noun in FUNCTION_WORDS or other.unit in ("nth", "year", "time"):
        return False
    return other.unit in CURRENCIES or other.unit in MEASURES


def matches(figure: Figure, known: Figure) -> bool:
    """Whether a known figure is this one, or this one is a fair rounding of it; both as they were written."""
    if figure.unit in ("aged", "time") or known.unit in ("aged", "time"):
        return _same_point(figure, known)
    same_unit = figure.unit == known.unit or not figure.unit
    if on_other_sides(figure, known):
        return False
    equal = figure.value == known.value or {figure.unit, known.unit} == {"nth", "part"}
    if (equal or (same_unit and rounds(figure, known))) and compatible(figure, known):
        return not _other_thing(figure, known)
    return bool(figure.unit and known.unit) and _matches_in_other_unit(figure, known)


def _matches_in_other_unit(figure: Figure, known: Figure) -> bool:
    """Whether two figures with units of one kind, weeks and days, dollars and cents, come to the same."""
    if "cent" in (figure.unit, known.unit) and {figure.unit, known.unit} & CURRENCIES:
        cents, whole = (figure, known) if figure.unit == "cent" else (known, figure)
        return cents.value == 100 * whole.value
    a, b = normal(figure), normal(known)
    if {a.unit, b.unit} == {"min", "month"}:
        months, minutes = (a, b) if a.unit == "month" else (b, a)
        if leaves_room(a, b.value * _A_MONTH if a is minutes else b.value / _A_MONTH):
            return True
        return abs(months.value * _A_MONTH - minutes.value) <= minutes.value * NEAR
    if not a.unit or a.unit != b.unit or a.unit in ALONE:
        return False
    converted = (figure.unit in _IMPERIAL) != (known.unit in _IMPERIAL)
    return (
        a.value == b.value
        or rounds(a, b)
        or leaves_room(a, b.value)
        or (converted and abs(a.value - b.value) <= b.value * NEAR / 2)
    )


def on_other_sides(a: Figure, b: Figure) -> bool:
    """Whether one is more than a value and the other nearly that value."""
    if not a.about or not b.about or a.value != b.value:
        return False
    sides = [(f.about in _BELOW) - (f.about in _ROUNDED_DOWN) for f in (a, b)]
    return 0 not in sides and sides[0] != sides[1] and compatible(a, b)


def is_same_bound(a: Figure, b: Figure) -> bool:
    """Whether two bounds leave the same whole numbers: nine or fewer, fewer than ten."""
    if not a.about or not b.about or a.unit != b.unit or max(a.value, b.value) > _COUNTED:
        return False
    for strict, other in ((a, b), (b, a)):
        below = strict.about in ("fewer", "less", "under") and other.about == "most"
        above = strict.about in ("more", "over") and other.about == "at"
        if (below and strict.value == other.value + 1) or (above and strict.value == other.value - 1):
            return True
    return False


def _same_point(figure: Figure, known: Figure) -> bool:
    """Whether two times of day, or two ages, are the same; what is near, before or after is for `hours`."""
    units = {figure.unit, known.unit}
    if units == {"time", "h"}:
        at, hours = (figure, known) if figure.unit == "time" else (known, figure)
        return at.value == 60 * hours.value and _HOUR.search(hours.raw) is not None  # "18 heures" is a time of day
    if "aged" in units:
        aged, years = (figure, known) if figure.unit == "aged" else (known, figure)
        return years.unit in ("", "year", "aged") and aged.value <= years.value < aged.value + 10
    return figure.unit == known.unit and figure.value == known.value


def leaves_room(claimed: Figure, true: Fraction) -> bool:
    """Whether a few hours or weeks are said fairly of a `normal` time that they do not count out.

    "More than two hours" lie between two and three: nobody counts finer who counts a few. "Nearly a decade" is near.
    """
    if claimed.unit not in ("min", "month"):
        return False
    count = claimed.value / claimed.one
    if count.denominator > 2 or count > _FEW:
        return False
    if claimed.about in _OPEN_ENDED:
        return is_on_its_side(claimed, true) and abs(claimed.value - true) < claimed.one / count.denominator
    return claimed.about in _ROUNDED_UP and true <= claimed.value <= true * (1 + _NEARLY)


def is_ambiguous(figure: Figure) -> bool:
    """Whether a time of day may be in either half of it: ten to five, nine o'clock."""
    return _HALF_DAY.search(figure.raw) is not None and not _WHOLE_DAY.search(figure.raw)


def _other_thing(a: Figure, b: Figure) -> bool:
    """Whether two bare figures count things that are never each other: 94 paragraphs are not 94 pages."""
    if a.unit or b.unit or not a.noun or not b.noun:
        return False
    one, other = stem(a.noun), stem(b.noun)
    if one not in _OF_A_KIND or other not in _OF_A_KIND:
        return False
    kinds = [[[n for n, kind in enumerate(row) if noun in kind] for noun in (one, other)] for row in _APART]
    return any(mine and theirs and mine != theirs for mine, theirs in kinds)


def rounds(claimed: Figure, known: Figure) -> bool:
    """Whether the claimed figure is a fair rounding, on the side that its own word says."""
    value, true, about = claimed.value, known.value, claimed.about
    if not value or not true or not is_on_its_side(claimed, true) or not _is_near(claimed, true):
        return False
    coarser = claimed.step > known.step
    if about:
        return coarser or about in _ROUNDED_UP | _ROUNDED_DOWN
    # Without a word for it only the digits that are shown may have been rounded: 20.1 million for 20,060,000.
    decimals = re.search(r"\d[.,]\d{1,2}(?!\d)", claimed.raw) is not None
    return coarser and decimals and abs(value - true) * 2 <= claimed.step


def _is_near(claimed: Figure, true: Fraction) -> bool:
    """Whether a figure lies within a tenth of the true one, or of one digit within a quarter of one.

    "Nearly two" may be 1.8: of a number of one digit a quarter of one is no more than a tenth of others.
    """
    if is_within(claimed.value, true, 10):
        return True
    # Nothing further off than a sixth is within the least of the two.
    if not claimed.about or not is_within(claimed.value, true, 6):
        return False
    return claimed.value < 10 * claimed.step and abs(claimed.value - true) <= claimed.step / 4


def is_within(value: Fraction, true: Fraction, part: int) -> bool:
    """Whether a value is off the true one by no more than one such part of it; in whole numbers, which is quicker."""
    whole = true.numerator * value.denominator
    return abs(value.numerator * true.denominator - whole) * part <= whole


def is_on_its_side(figure: Figure, true: Fraction) -> bool:
    """Whether "nearly" stands above the true value and "more than" below it; "about" may be either."""
    if figure.about in _ROUNDED_UP:
        return figure.value >= true
    return figure.about not in _ROUNDED_DOWN or figure.value <= true


def fits(figure: Figure, true: Fraction) -> bool:
    """Whether a share or a multiple may be said of the true one, by the word that stands before it."""
    bound = _BOUND.get(figure.unit, NEAR) if figure.about in _OPEN_ENDED else _NEARLY
    if figure.about in _ROUNDED_UP:
        return true <= figure.value <= true * (1 + bound)
    if figure.about in _ROUNDED_DOWN:
        return figure.value <= true <= figure.value * (1 + bound)
    return abs(figure.value - true) <= figure.value * (NEAR if figure.about else Fraction(3, 100))
