"""F: what a sentence of the evidence says of one figure by another.

"15.4 %, 2.9 points above the minimum" gives the minimum, "27 million over four years" so much a year. Nothing in the
claim need say that it was worked out: the evidence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from briefer.checks.evidence import Evidence
from briefer.checks.units import ALONE, compatible
from briefer.figure import Figure
from briefer.figure_words import CURRENCIES, LASTING
from briefer.text import compiled, fold

ROUGHLY = r"(?:(?:about|around|some|nearly|almost|roughly|more than|over|less than|under|just|only|at least)\s)*"
_UP = (
    r"more|higher|above|ahead|over|clear|up|older|longer|larger|bigger|heavier|taller|dearer|better|faster|later|extra"
)
_DOWN = (
    r"fewer|less|lower|below|behind|short|shy|under|down|younger|shorter|smaller|lighter|cheaper|worse|slower|earlier"
)
RISEN = (
    r"up|r[io]se[ns]?|rising|rais\w+|gr[eo]wn?|growing|climb\w*|increas\w*|jump\w*|soar\w*|surg\w*|gain\w*|add\w*|lift\w*"
    r"|widen\w*|expand\w*|swell\w*|swollen|advanc\w*|improv\w*|extend\w*|lengthen\w*|put on|went up|ahead"
)
FALLEN = (
    r"down|f[ea]ll(?:en|s)?|falling|drop\w*|declin\w*|shr[aiu]nk\w*|narrow\w*|cut\w*|lower\w*|reduc\w*|trim\w*|slash\w*"
    r"|slip\w*|slid\w*|los[et]\w*|shed\w*|plung\w*|tumbl\w*|decreas\w*|shorten\w*|eas(?:ed|es|ing)|behind"
)
_BEHIND = re.compile(
    rf"(?:\s(?!and\b|but\b|while\b)[\w'-]+){{0,2}}?\s(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?!\s(?:\d|of\b))"
)
_BEFORE = (
    rf"\b(?:(?P<up>up|ahead)|(?P<down>down|behind))\s{ROUGHLY}[$€£¥]?$"
    rf"|\b(?:(?P<risen>{RISEN})|(?P<fallen>{FALLEN}))\b[^;:.!?\d]{{0,40}}?\b(?:by|of)\s{ROUGHLY}[$€£¥]?$"
)
# "Rose 12%" is by how much, "rose 12" may be to where.
_MOVED = rf"\b(?:(?P<up>{RISEN})|(?P<down>{FALLEN}))\s{ROUGHLY}$"
_TO = re.compile(rf"\b(?:to|at)\s{ROUGHLY}[$€£¥]?$")
_FROM = re.compile(rf"\b(?:from|against|compared with|than)\s{ROUGHLY}[$€£¥]?$")
# "By two to three points".
_BY_SO_MUCH_TO = re.compile(r"\bby [\w.,]+ (?:to|or) $")
# "It is 14% and could rise by two points": what it comes to is still ahead.
_TO_COME = re.compile(r"\b(?:will|would|could|may|might|can|shall|should|to)\s(?:\w+\s){0,4}$")
# What a change or a margin is called before the figure: "by four", "a majority of five".
_CHANGE_OF = re.compile(
    r"\b(?:by|(?:majority|margin|lead|gap|difference|advantage|rise|increase|growth|gain|fall|drop|decline|decrease|cut"
    rf"|loss|reduction|surplus|shortfall|excess|saving|deficit) of)\s{ROUGHLY}[$€£¥]?$"
)
_AND_ONE = re.compile(r"(?:\s[\w-]+){1,2} and (?:(?:an?|one|his|her) [a-z]|the [a-z]+[^\Ws]\b)")
# "The other five", "two others", "Tarn and four villages", "one of the five", "five, one more than before".
_ELSE = re.compile(r"\b(?:others?|fellow)\b")
_ONE_ELSE = re.compile(r"\bother $")
_OTHERS = re.compile(r"\s(?:[\w-]+\s)?others\b|\s(?:fellow|other)\b")
_ONE_OF = re.compile(r"\bone of (?:the |its |their |his |her )?$")
_ONE_APART = re.compile(r"(?:\s[\w-]+)?,? one (?:[\w-]+ )?(?:(?P<more>more|higher)|fewer|less|lower) than\b")
_AS_MANY = re.compile(r"\bas many(?! as\b)|\bthe same number\b")
# What stands between the counts of a list, and between a sum and the same in another currency.
_IN_LIST = re.compile(r"(?:\s[\w'-]+){1,3}(?:,|,? and|,? plus)\s?")
_TO_THE = re.compile(rf"\s(?:to|and|or)\s?{ROUGHLY}[$€£¥]?\s?")
_THAT_IS = re.compile(rf"(?:\s[^\W\d]+)?\s?(?:[(,]|, or|or)\s?{ROUGHLY}[$€£¥]?\s?")
# "A year", "annually", "on average": a whole by its parts.
_RATE = re.compile(
    r"\b(?:an?|per|each|every)\s(?:second|minute|hour|day|week|month|quarter|year)\b|\b(?:dai|hour|week|month|annual|year)ly\b"
    r"|\b(?:each|apiece|a head|per (?:head|person|capita)|every|average)\b"
)


def is_told_as_change(figure: Figure, text: str) -> bool:
    """Whether the claim, in lower case, calls a figure a difference where it stands: by four, four more."""
    before = figure.ahead(text)
    return bool(_CHANGE_OF.search(before) or _BEHIND.match(text, figure.end))


def related(evidence: Evidence, said: str) -> Iterator[tuple[Fraction, str]]:
    """Yield what the cited sentences say by way of another figure; `said` is the claim in lower case."""
    for sentence in evidence.cited:
        text = fold(sentence.text).casefold()
        known = evidence.figures_of(sentence)
        changes = [(f, way) for f in known if (way := _way(text, f)) and f.unit not in ALONE - {"part"}]
        for change, way in changes:
            own = [f for f in known if f is not change and _is_level(f, change)]
            others = own or [f for f in evidence.figures if f not in known and _is_level(f, change)]
            for level in others:
                before = level.ahead(text) if level in own else ""
                yield _other(level, change, -way if _FROM.search(before) else way)
                if _TO_COME.search(change.ahead(text)):
                    yield _reached(level, change, way)
        yield from _multiplied(text, known)
        yield from _one_more(text, known, _ELSE.search(said) is not None)
        yield from _listed(text, known)
        if _AS_MANY.search(text):
            yield from ((2 * f.value, f.unit) for f in known if f.unit not in ALONE)
        yield from _in_other_money(text, known, evidence.figures)
        yield from _from_to(text, known)
        yield from _middles(text, known)
    if _RATE.search(said):
        yield from _each(evidence.counts)


def _way(text: str, figure: Figure) -> int:
    """Say whether a figure is by how much something is more (1) or less (-1) than another, or neither (0)."""
    if behind := _BEHIND.match(text, figure.end):
        return 1 if behind["up"] else -1
    ahead = _BY_SO_MUCH_TO.sub("by ", figure.ahead(text))
    if figure.unit in ("%", "pp", "bp") and (moved := compiled(_MOVED).search(ahead)):
        return 1 if moved["up"] else -1
    before = compiled(_BEFORE).search(ahead)
    return 0 if not before else 1 if before["up"] or before["risen"] else -1


def _is_level(level: Figure, change: Figure) -> bool:
    """Whether a figure may be what a change is told of: a share changes by points, any count by per cent."""
    if level.unit in ALONE:
        return False
    if change.unit in ("pp", "bp"):
        return level.unit == "%"
    return compatible(level, change) or (change.unit in ("%", "part") and level.unit not in ("pp", "bp"))


def _other(level: Figure, change: Figure, way: int) -> tuple[Fraction, str]:
    """Return the figure that this one is `change` more, or less, than."""
    if factor := _factor(level, change, way):
        return level.value / factor, level.unit
    return level.value - way * change.value / (100 if change.unit == "bp" else 1), level.unit or change.unit


def _factor(level: Figure, change: Figure, way: int) -> Fraction:
    """Return what a change by a share makes of one; 0 of a change by so many."""
    if change.unit not in ("%", "part") or level.unit == change.unit:
        return Fraction(0)
    return max(1 + way * change.value / (100 if change.unit == "%" else 1), Fraction(0))


def _reached(level: Figure, change: Figure, way: int) -> tuple[Fraction, str]:
    """Return the figure that this one comes to by a change that lies ahead."""
    if factor := _factor(level, change, way):
        return level.value * factor, level.unit
    return level.value + way * change.value / (100 if change.unit == "bp" else 1), level.unit or change.unit


def _multiplied(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield what was doubled, or cut by a third, to a figure that stands behind "to"; and what became of one."""
    for level in known:
        before = level.ahead(text)
        for change in known if level.unit not in ALONE else ():
            way = _way(text, change) if change.unit == "part" else 0
            factor = change.value if change.unit == "x" else 1 + way * change.value if way else Fraction(0)
            if factor and _TO.search(before):
                yield level.value / factor, level.unit
            elif factor and _FROM.search(before):
                yield level.value * factor, level.unit


def _one_more(text: str, known: tuple[Figure, ...], others: bool) -> Iterator[tuple[Fraction, str]]:
    """Yield six for five children and a teacher, and for the other five."""
    for figure in known:
        ahead = figure.ahead(text)
        more = (figure.noun and _AND_ONE.match(text, figure.end)) or _ONE_ELSE.search(ahead)
        if not figure.unit and not others and (more or _OTHERS.match(text, figure.end)):
            yield figure.value + 1, ""
        if not figure.unit and _ONE_OF.search(ahead):
            yield figure.value - 1, ""
        if apart := _ONE_APART.match(text, figure.end):
            yield figure.value + (-1 if apart["more"] else 1), figure.unit


def _from_to(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield by how much it moved, where the evidence moves it from one figure to another."""
    for a, b in pairwise(known):
        if compatible(a, b) and _FROM.search(a.ahead(text)) and _TO.search(b.ahead(text)):
            yield abs(a.value - b.value), "pp" if a.unit == "%" else a.unit or b.unit


def _middles(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield the middle of a range: 10,000 for between 9,000 and 11,000."""
    for a, b in pairwise(known):
        if compatible(a, b) and _TO_THE.fullmatch(_between(text, a, b)):
            yield (a.value + b.value) / 2, a.unit or b.unit


def _listed(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield how many are listed: seven for four cats, two budgerigars and a tortoise."""
    total, last, count = Fraction(0), None, 0
    for figure in [*(f for f in known if not f.unit and f.noun), None]:
        if figure and last and _IN_LIST.fullmatch(text[last.end : figure.start]):
            total, count, last = total + figure.value, count + 1, figure
            continue
        if last and count > 1:
            yield total + (1 if _AND_ONE.match(text, last.end) else 0), ""
        total, count, last = (figure.value, 1, figure) if figure else (total, count, None)


def _in_other_money(
    text: str, known: tuple[Figure, ...], figures: tuple[Figure, ...]
) -> Iterator[tuple[Fraction, str]]:
    """Yield every sum in the other currency where one is told in both: 200 million talers ($50 million)."""
    for at, (one, other) in enumerate(pairwise(known)):
        that_is = _THAT_IS.fullmatch(_between(text, one, other))
        if at and _TO_THE.fullmatch(_between(text, known[at - 1], one)):
            one = known[at - 1]  # 1.1 to 1.3 billion crowns ($275 to $325 million)
        money = {one.unit, other.unit} <= {"", *CURRENCIES} and one.unit != other.unit
        if that_is and money and one.value:
            yield other.value / one.value, other.unit
            # A sum in a currency whose name we do not know would match one in any.
            for a, b in ((one, other), (other, one)):
                same = figures if b.unit else ()
                yield from ((f.value * b.value / a.value, b.unit) for f in same if _is_money(f, a) and a.value)


def _between(text: str, a: Figure, b: Figure) -> str:
    return f"{text[a.end : b.start].rstrip()} "


def _is_money(figure: Figure, kind: Figure) -> bool:
    """Whether two sums are of one currency, be it one whose name we do not know."""
    return figure.unit == kind.unit and (bool(kind.unit) or figure.noun == kind.noun)


def _each(known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield what a sum over so many years or months is for one of them."""
    for span in known:
        for whole in known if span.unit in LASTING and span.value else ():
            if whole.unit in ("", *CURRENCIES) and whole is not span:
                yield whole.value / span.value, whole.unit
