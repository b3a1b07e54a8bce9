"""The words that round or bound a figure, before it or behind it: about, nearly, at least, or more."""

from __future__ import annotations

import re

_ABOUT = re.compile(
    r"\b(?:(?:no|not) (?:more|fewer|less) than|at most"
    r"|not quite|about|around|some|roughly|approximately|nearly|almost|close to|more than|over|less than|under|at least"
    r"|up to"
    r"|as many as|as much as|an estimated|fewer than|just|well|short of|shy of|shortly after|soon after|short"
    r"|upwards of|in excess of|north of|or so|something like|in the region of|in the order of|on the order of|close on"
    r"|somewhere (?:near|around|about)|in the neighbou?rhood of"
    r"|getting on for|approaching|nigh on|within|inside|even|barely|scarcely|hardly|exceeding"
    r"|above|below|beyond|(?:sur)?passed|topped|exceeded|exceeds"
    r"|etwa|rund|mehr als|environ|près de|plus de|unos|unas|cerca de|casi|más de)\s(?:us)?[$€£¥]?$"
)
# No match of it has so many characters.
_LONGEST = 40
# The first word of what rounds a figure stands for it; these would not be told by theirs.
_STANDS_FOR = {
    "not": "nearly",
    "upwards": "more", "in excess": "more", "north": "more", "exceeding": "more",
    "exceeded": "more", "exceeds": "more", "above": "over", "below": "under", "beyond": "over",
    "passed": "over", "surpassed": "over", "topped": "over", "something": "about", "on": "about",
    "in the": "about", "getting": "nearly", "approaching": "nearly", "nigh": "nearly", "within": "under",
    "somewhere": "about", "inside": "under", "even": "under", "barely": "just", "scarcely": "just", "hardly": "just",
}  # fmt: skip
# "Ten or more", "40-odd", "half as much again and then some": the word stands behind.
_ABOUT_BEHIND = re.compile(
    r"(?:\s[^\W\d_]+)?(?P<word>\s(?:or|and) (?:more|over|above|so|thereabouts|fewer|less|under|then some|a bit)\b"
    r"|-odd\b|\sodd\b|\sat (?:most|least|best|worst)\b|[^.;]*?,? and then some\b)"
)
_BEHIND = {"more": "at", "over": "at", "above": "at", "least": "at", "some": "over", "bit": "over", "fewer": "most",
           "less": "most", "under": "most", "most": "most"}  # fmt: skip


# "A few hundred", "several thousand": any number of that scale.
_FEW = re.compile(r"\b(?:few|several|some|many) $")


def rounding(text: str, start: int, end: int) -> str:
    """Return the word that rounds or bounds a figure: "most" for no more than, "at" for no fewer than."""
    before = text[:start].rstrip() + " "
    if text[start:end].strip() in ("hundred", "thousand", "million", "dozen") and _FEW.search(before):
        return "few"
    ahead = _ABOUT.search(before, max(0, len(before) - _LONGEST))
    if not ahead:
        behind = _ABOUT_BEHIND.match(text, end)
        return _BEHIND.get(behind["word"].split()[-1], "about") if behind else ""
    about = ahead.group()
    if about.startswith(("no ", "not m", "not f", "not l", "at most")):
        return "at" if re.search("fewer|less", about) else "most"
    return next((word for lead, word in _STANDS_FOR.items() if about.startswith(f"{lead} ")), about.split()[0])
