"""What a claim is checked against: its cited sentences, their neighbours and their articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from briefer.briefing import Claim
from briefer.bundle import Bundle, Sentence, Source
from briefer.checks.credits import without_outlets
from briefer.checks.name_words import UNNAMING
from briefer.dates import blank
from briefer.figure import Figure
from briefer.figures import figures
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import stems
from briefer.text import bare, fold, words

_UNIT = {u: u for u in ("year", "month", "week", "day", "decade", "century")} | {"hour": "h", "minute": "min"}
_ONE = re.compile(
    r"\b(?:(?P<about>more than|less than|just under|just over|well over|nearly|almost) )?"
    rf"(?:[Aa]n? (?P<unit>{'|'.join(_UNIT)})\b"
    # "The year before", "the following week", "the past decade": one of them, too.
    rf"|[Tt]he (?P<the>year|month|week|day)(?= (?:before|after|earlier|later)\b)"
    rf"|(?P<next>previous|preceding|following|next) (?P<unit2>year|month|week|day)\b"
    r"|[Tt]he (?:past|last|previous|coming|next) (?P<unit3>decade|century)\b)"
)
_ABOUT = {None: "", "more than": "more", "less than": "less", "just under": "under", "just over": "over",
          "well over": "over", "nearly": "nearly", "almost": "almost"}  # fmt: skip
SINCE = "since"
# "The fourth day" is three days after the first.
_NTH = re.compile(rf"\s({'|'.join(_UNIT)})\b")
# A word with a capital inside a sentence, in front of a bare number.
_LABELS = 100
_NAMED = re.compile(r"(?<=[\w,;] )([A-Z][a-z]+) $")
# "Two votes to one", "the desk had one": a count as good as two.
_JUST_ONE = re.compile(r"\b(?<=had |has |was |but |and |nly |ust | to |ith )one(?=[.,;:)]|$| that\b)")
_OUT_OF = re.compile(r"(\d+) out of \d")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True)
class Evidence:
    """The evidence of one claim; everything a check may look at, computed once."""

    claim: Claim
    bundle: Bundle
    cited: tuple[Sentence, ...]

    @classmethod
    def of(cls, claim: Claim, bundle: Bundle) -> Evidence:
        """Gather the sentences that a claim cites and that exist."""
        ids = dict.fromkeys(claim.cites)
        return cls(claim, bundle, tuple(bundle.sentences[i] for i in ids if i in bundle.sentences))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The cited articles and references, each once."""
        return tuple(self.bundle.sources[s] for s in dict.fromkeys(c.source for c in self.cited))

    @cached_property
    def published(self) -> date | None:
        """The day on which the first cited article that tells its day was published."""
        return next((s.published for s in self.sources if s.published), None)

    @cached_property
    def where(self) -> str:
        """The ids of the cited sentences, as a finding names them."""
        return ", ".join(s.id for s in self.cited)

    @cached_property
    def context(self) -> tuple[Source, ...]:
        """The sources whose use of a word may be looked at: in an account its outlet's own, so that no other
        outlet's text can change what is printed there."""
        if self.claim.outlet:
            return self.bundle.articles_of(self.claim.outlet)
        return tuple(self.bundle.sources.values())

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """The texts of the context, folded."""
        return tuple(source.folded for source in self.context)

    @cached_property
    def said(self) -> str:
        """The claim's text, folded, without the names of the outlets that it cites."""
        return without_outlets(fold(self.claim.text), (s.outlet for s in self.sources if s.outlet))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The cited sentences, folded."""
        return tuple(fold(s.text) for s in self.cited)

    @cached_property
    def neighbours(self) -> tuple[Sentence, ...]:
        """The sentence before and the one after each cited one, without the cited ones."""
        return self.around(1)

    def around(self, reach: int) -> tuple[Sentence, ...]:
        """The sentences up to `reach` places from a cited one, nearest first, without the cited ones."""
        found = []
        for step in range(1, reach + 1):
            for sentence in self.cited:
                peers = self.bundle.sources[sentence.source].sentences
                at = sentence.number - 1
                found += [peers[i] for i in (at - step, at + step) if 0 <= i < len(peers)]
        return tuple(s for s in dict.fromkeys(found) if s not in self.cited)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the cited sentences, each read by its article's language."""
        return tuple(f for s in self.cited for f in self.figures_of(s))

    @cached_property
    def own(self) -> tuple[Figure, ...]:
        """The figures of the claim."""
        return _in_points(figures(blank(self.said), self.bundle.language))

    @cached_property
    def counts(self) -> tuple[Figure, ...]:
        """The figures of the cited sentences from which others may be worked out: Gate 3 is none of them."""
        found = (f for s in self.cited for f in self.figures_of(s) if not _is_label(f, fold(s.text)))
        return (*found, *(one for text in self.texts for one in _counted_ones(text)))

    def figures_of(self, sentence: Sentence) -> tuple[Figure, ...]:
        """The figures of any sentence of the bundle, read by its article's language."""
        return _figures_in(sentence.text, self.language_of(sentence))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The content stems of the cited sentences."""
        return frozenset().union(*map(self.stems_of, self.cited))

    @cached_property
    def nearby_stems(self) -> frozenset[str]:
        """The content stems of the cited sentences, their neighbours and their headlines."""
        titles = (stems(s.title, s.language) for s in self.sources)
        return self.stems.union(*map(self.stems_of, self.neighbours), *titles)

    def stems_of(self, sentence: Sentence) -> frozenset[str]:
        """The content stems of any sentence of the bundle."""
        return self.bundle.sources[sentence.source].stems[sentence.number - 1]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the cited articles and references, headline included, folded for names."""
        return frozenset().union(*(vocabulary_of(s.folded) for s in self.sources))

    @cached_property
    def foreign(self) -> bool:
        """Whether every cited source is in another language than the briefing."""
        return bool(self.sources) and all(s.language[:2] != self.bundle.language[:2] for s in self.sources)

    def years_of(self, source: str) -> tuple[int, ...]:
        """The years that an article names."""
        return years_in(self.bundle.sources[source].folded)

    def language_of(self, sentence: Sentence) -> str:
        """The language of the article that a sentence stands in."""
        return self.bundle.sources[sentence.source].language[:2]


def _in_points(found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return the figures; where shares are told, "down five points" is percentage points."""
    if not any(f.unit in ("%", "pp") for f in found):
        return found
    return tuple(replace(f, unit="pp") if f.noun in ("point", "points") else f for f in found)


def _is_label(figure: Figure, text: str) -> bool:
    """Whether a number names a thing instead of counting any: Gate 3, Line 5."""
    label = not figure.unit and figure.raw.isdigit() and figure.value < _LABELS
    before = _NAMED.search(figure.ahead(text)) if label else None
    return before is not None and before[1].casefold() not in UNNAMING


@memo(16384)
def _figures_in(sentence: str, language: str) -> tuple[Figure, ...]:
    text = blank(sentence)
    found = _in_points(figures(text, language))
    # "A year" is no figure to be held to the evidence, but what it is held to may say twelve months.
    more = (*ones(text), *_since_the_first(found, text))
    return (
        *found,
        *_marks_of(found),
        *(one for one in more if not any(f.start < one.end and one.start < f.end for f in found)),
    )


def ones(text: str) -> list[Figure]:
    """Return "a year", "less than an hour" of folded text as figures."""
    return [
        Figure(Fraction(1), _UNIT[unit], m.group(), *m.span(), _ABOUT[m["about"]])
        for m in (_ONE.finditer(text) if any(map(text.__contains__, _UNIT)) else ())
        if (unit := m["unit"] or m["the"] or m["unit2"] or m["unit3"])
    ]


def _counted_ones(text: str) -> Iterator[Figure]:
    """Yield the one of "two votes to one" and "the desk had one"."""
    for m in _JUST_ONE.finditer(text):
        yield Figure(Fraction(1), "", "one", *m.span())


def _marks_of(found: Iterable[Figure]) -> Iterator[Figure]:
    """Yield the 59 of "59 out of 100", which is a share and a count."""
    for figure in found:
        if figure.unit == "part" and (marks := _OUT_OF.match(figure.raw)):
            yield Figure(Fraction(int(marks[1])), "", marks[1], figure.start, figure.start + len(marks[1]))


def _since_the_first(found: Iterable[Figure], text: str) -> Iterator[Figure]:
    """Yield three days for "the fourth day", where it stands behind the ordinal."""
    for figure in found:
        unit = _NTH.match(text, figure.end) if figure.unit == "nth" and figure.value > 1 else None
        if unit:
            yield Figure(figure.value - 1, _UNIT[unit[1]], unit.group().strip(), unit.start(1), unit.end(1), SINCE)


Check = Callable[[Claim, Evidence], Iterator[Finding]]


@memo(4096)
def years_in(folded: str) -> tuple[int, ...]:
    """Return the years that a folded text names, each once."""
    return tuple(int(y) for y in dict.fromkeys(_YEAR.findall(folded)))


@memo(4096)
def vocabulary_of(folded: str) -> frozenset[str]:
    """Return the words of a folded text as names are compared, hyphenated ones whole and in parts."""
    found = set()
    for word in words(folded):
        low = bare(word)
        found.add(low)
        found.update(low.split("-"))
    return frozenset(found)
