"""Figures that say what one thing is of another: halves, one in five, three times, 20 cents on the florin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from briefer.figure_forms import NUMBER, Form, small_number
from briefer.figure_words import COMPARATIVES, CURRENCIES, ENGLISH, LASTING, PARTS, UNITS
from briefer.stems import FUNCTION_WORDS

_COUNT = r"an?|one|two|three|four|five|six|seven|eight|nine"
_FRACTION = re.compile(
    rf"\b(?:(?P<n>{_COUNT})[\s-])?(?P<part>half|halves|thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths|twelfths"
    # Before a noun it counts: a third patient. Before "of", "was", "since" or "cheaper" it is a part.
    r"|(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twelfth)"
    rf"(?=\s(?:{'|'.join(sorted(FUNCTION_WORDS | COMPARATIVES))}|percent|off|short|apart|ago"
    r"|points?|percentage)\b|-|\s*$|[,.;:)\"']))(?!\w)"
)
# "Three hours and a quarter", "two and a half"; but not "the hardest yet, and a fifth of them".
_AND_A = re.compile(r"(?P<whole>[\w.]+) and (?:a )?$")
# "Three quarters running": of a year, one after the other.
_RUNNING = re.compile(r"quarters\s(?:running|in a row|in succession|on end|straight|earlier|later|ago)\b")
_A_FULL_POINT = re.compile(r"\b(?:an?|one) (?:full|whole|entire) (?:percentage[ -])?points?\b")
_EVEN = re.compile(r"\b(?:an )?even (?:chances?|odds)\b|\b(?:an? )?(?:fifty-fifty|50[-:/]50)\b|\b(?:a )?toss-up\b")
_OF_A_POINT = re.compile(r"(?: of)? an? (?:percentage )?point\b|[ -](?:percentage[ -])?point\b")
# "A quarter of a florin", "half a mile".
_OF_ONE = re.compile(r"(?: of)? an? ([a-z]+)\b(?! (?:million|billion|thousand))")
# One in five, nine out of ten: a share, not two counts.
_ONE_IN = re.compile(
    rf"\b(?P<n>{_COUNT}|\d{{1,2}})(?:\s(?!(?:of|points?|marks?|stars?|{_COUNT}|ten)\b)[a-z]+)?"
    r"(?:\s(?:in(?: every)?|out of(?: every)?)\s|-in-)(?:a )?"
    r"(?P<of>[a-z]+|\d[\d,]*)\b"
    r"(?![.,]\d|\s?(?:[%°]|million|billion|years?|months?|weeks?|days?|hours?|minutes?|places?|cities|countries|different))"
)
# Of how many one says "three in": of others a count in a place is more likely.
_WHOLES = (3, 4, 5, 10, 20, 100, 1000, 10_000)
# "Seven in eight of the appeals", "seven in eight fail": where no noun follows, no place is named.
_NO_PLACE = re.compile(rf"\s(?:{'|'.join(sorted(FUNCTION_WORDS))})\b|\s*$|[,.;:)]")
_MULTIPLES = {"twice": 2, "thrice": 3, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}
_MULTIPLE = re.compile(
    r"\b(?:(?P<often>twice|thrice)(?!\s(?:as|the|that|what|its|their|his|her)\b)"
    r"|(?P<word>twofold|threefold|fourfold|fivefold|tenfold|twice|thrice)"
    r"|(?P<n>[a-z]+|\d+(?:\.\d+)?)(?: and a (?P<half>half))?[\s-]"
    r"(?:times(?=\s(?:as|the|that|what|its|their|his|her|more|higher|larger|bigger|greater|over|above|[£€$]?\d)\b)|fold\b)"
    r"|(?P<verb>doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|quadrupl(?:ed|es|ing)|halv(?:ed|es|ing))"
    r"|(?P<adj>double|triple)(?=\s(?:the|that|what|its|their|his|her)\b))"
)
# "By three to one", "odds of five to one": so many times as many. In a score it is two counts.
_TO_ONE = re.compile(
    r"\b(?:by|than|of|nearly|almost|about|around|roughly|over|outnumber\w*(?: \w+){0,4})\s"
    r"(?P<n>[a-z]+|\d+)[\s-]to[\s-]one\b"
)
# "Half as much again", "a third as many again".
_AGAIN = re.compile(
    rf"\b(?:(?:{_COUNT})[\s-])?(?P<part>half|third|quarter|fifth|tenth) as (?:much|many|[a-z]+) again\b"
)
# "20 cents on the florin", "35 pence in the pound": cents, and a share.
_ON_THE_COIN = re.compile(
    rf"\b(?P<n>\d{{1,3}}(?:\.\d+)?|(?:{NUMBER})(?:-(?:{NUMBER}))?)"
    r" (?:cents?|pence|p) (?:on|in|to) the (?P<coin>[a-z]+)\b"
)
_VERBS = {
    "doubl": Fraction(2),
    "tripl": Fraction(3),
    "trebl": Fraction(3),
    "quadrupl": Fraction(4),
    "halv": Fraction(1, 2),
}


def multiples(text: str, language: str) -> Iterator[Form]:
    """Twice the sum, ten times as many, doubled: what one thing is of another."""
    if language != "en":
        return
    for m in _MULTIPLE.finditer(text):
        if m["often"]:
            yield Fraction(_MULTIPLES[m["often"]]), "", *m.span()
            continue
        if m["word"]:
            value = Fraction(_MULTIPLES[m["word"]])
        elif m["verb"]:
            value = next(v for stem, v in _VERBS.items() if m["verb"].startswith(stem))
        elif m["adj"]:
            value = Fraction(2 if m["adj"] == "double" else 3)
        else:
            count = small_number(m["n"]) if m["n"].isalpha() else m["n"]
            if count is None:
                continue
            value = Fraction(count) + (Fraction(1, 2) if m["half"] else 0)
        yield value, "x", *m.span()


def to_one(text: str, language: str) -> Iterator[Form]:
    """Yield three to one, and half as much again: multiples that are not told as times."""
    for m in _TO_ONE.finditer(text) if language == "en" else ():
        if count := small_number(m["n"]):
            yield Fraction(count), "x", m.start("n"), m.end()
    for m in _AGAIN.finditer(text) if language == "en" else ():
        yield 1 + PARTS[m["part"]], "x", *m.span()


def on_the_coin(text: str, language: str) -> Iterator[Form]:
    """Yield 20 cents on the florin: cents, and a fifth (`derived.is_share`)."""
    for m in _ON_THE_COIN.finditer(text) if language == "en" else ():
        count = sum(ENGLISH[w] for w in m["n"].split("-")) if m["n"][0].isalpha() else Fraction(m["n"])
        if UNITS.get(m["coin"]) in CURRENCIES and 0 < count <= 100:
            yield Fraction(count), "cent", *m.span()


def shares(text: str, language: str) -> Iterator[Form]:
    """Yield one in five, nine out of ten: a share of a whole."""
    if language != "en":
        return
    for m in _ONE_IN.finditer(text):
        count, of = small_number(m["n"]), small_number(m["of"].replace(",", ""))
        share = count == 1 or of in _WHOLES or _NO_PLACE.match(text, m.end())
        if count and of and count < of and share and not 1500 <= of <= 2100:
            yield Fraction(count, of), "part", *m.span()


def fractions(text: str, _language: str) -> Iterator[Form]:
    """Yield halves, two thirds, three quarters."""
    for m in _FRACTION.finditer(text):
        hyphened = text[m.end("part") : m.end("part") + 6] == "-point"
        if not (m["n"] or hyphened) and m["part"] != "half" or _adds_to(text, m.start("part")):
            continue
        if _RUNNING.match(text, m.start("part")) or text.startswith("-year", m.end("part")):
            continue
        count = ENGLISH.get(m["n"] or "", 1)
        if re.match(r"\s(?:a|of a)\s(?:dozen|million|billion)\b|-dozen\b", text[m.end() :]):
            continue
        unit, end = _part_of(text, m.end())
        yield PARTS[m["part"]] * count, unit, m.start(), end


def _adds_to(text: str, at: int) -> bool:
    """Whether the part that stands there is one more of what is counted before it: two and a half."""
    more = _AND_A.search(text[:at])
    return bool(more and (more["whole"] in ENGLISH or more["whole"] in UNITS or more["whole"][0].isdigit()))


def whole_parts(text: str, language: str) -> Iterator[Form]:
    """Yield a full point, and an even chance, which is a half."""
    for m in _A_FULL_POINT.finditer(text) if language == "en" else ():
        yield Fraction(1), "pp", *m.span()
    for m in _EVEN.finditer(text) if language == "en" else ():
        yield Fraction(1, 2), "part", *m.span()


def _part_of(text: str, at: int) -> tuple[str, int]:
    """Return the unit of a fraction that ends at `at`: of a point, of a florin; else it is a part of any whole."""
    if point := _OF_A_POINT.match(text, at):
        return "pp", point.end()
    one = _OF_ONE.match(text, at)
    unit = UNITS.get(one[1], "") if one else ""
    return (unit, one.end()) if one and unit and unit not in LASTING else ("part", at)
