"""Who carries what: near-copies, shared passages, and which other outlets have a statement too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from briefer.bundle import Bundle, Sentence, Source
from briefer.copies import Passages, near_copies
from briefer.dates import Mention, blank, mentions
from briefer.days import Day
from briefer.figures import figures
from briefer.outlets import seen_as
from briefer.stems import FUNCTION_WORDS, stems
from briefer.text import WORD, plain, words

# Fewer common content words than this are no sign of a common statement. All of them are asked for: fewer credit
# outlets with what they do not say (read by hand, 6 of 8 outlets named at a share of 0.6 were wrong, 5 of 9 at 0.8).
_LEAST_STEMS = 3
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|denie[sd]|deny|nicht|kein\w*|nie|ne|pas|jamais|nunca"
    r"|sin)\b|n't\b"
)
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)")
_OPENS = re.compile(r"(?:^|[.!?:]['\"]?\s|['\"(])['\"(]*$")


def shared_sentences(bundle: Bundle) -> dict[str, tuple[str, ...]]:
    """Return sentence id -> ids of sentences of other outlets that are the same text or nearly.

    Nearly: at least 0.8 of the runs of five words of the shorter one are in the other. Sentences
    of fewer than eight words are left out.
    """
    passages = _passages(bundle)
    return {s: twins for s in bundle.sentences if (twins := _twins(bundle, passages, s))}


def independent(articles: Iterable[str], bundle: Bundle, copies: Mapping[str, str]) -> int:
    """Return how many independent sources stand behind a set of article ids.

    Two articles of one outlet count once, near-copies count once, and so do two outlets whose
    names cannot be told apart by eye; `copies` is `near_copies(bundle)`. References do not count.
    """
    joined: dict[str, str] = {}

    def root(node: str) -> str:
        while joined.setdefault(node, node) != node:
            node = joined[node]
        return node

    given = [a for a in dict.fromkeys(articles) if bundle.sources[a].outlet]
    for article in given:
        original = copies.get(article, article)
        for node in (original, *("outlet " + seen_as(bundle.sources[a].outlet or "") for a in (article, original))):
            joined[root(node)] = root(article)
    return len({root(article) for article in given})


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its source and its content words."""

    sentence: Sentence
    source: Source
    stems: frozenset[str]


@dataclass(frozen=True)
class Coverage:
    """Who carries what in one bundle: built once, asked for every statement."""

    bundle: Bundle
    copies: Mapping[str, str]
    _passages: Passages
    _lines: Sequence[_Line]
    _index: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, bundle: Bundle) -> Coverage:
        """Index a bundle: its near-copies, its shared passages, and where each content word stands."""
        lines = [
            _Line(sentence, source, _words(sentence.text, source.language))
            for source in bundle.numbered_articles
            for sentence in source.sentences
        ]
        index: dict[str, list[int]] = {}
        for at, line in enumerate(lines):
            for stem in line.stems:
                index.setdefault(stem, []).append(at)
        return cls(bundle, near_copies(bundle), _passages(bundle), lines, index)

    def twins(self, sentence: str) -> tuple[str, ...]:
        """Return the sentences of other outlets with the same text as the sentence of this id, or nearly the same."""
        return _twins(self.bundle, self._passages, sentence)

    def independent(self, articles: Iterable[str]) -> int:
        """Return how many independent sources stand behind these article ids."""
        return independent(articles, self.bundle, self.copies)

    def also_in(self, text: str, cited: Sequence[str], on: Day | None = None) -> tuple[str, ...]:
        """Return the outlets, other than those of the cited sentences, that carry the statement `text` too.

        Precision first: an outlet counts when one sentence of it, or two neighbouring ones, have all
        figures, names, dates and content words, and the same yes or no; or when it prints
        the cited sentences themselves. `on` is the day of a timeline's event, which they must have too.
        Outlets of near-copies are named as well.
        """
        cites = [self.bundle.sentences[c] for c in cited if c in self.bundle.sentences]
        said = _Said.of(text, self.bundle.language, [self.bundle.sources[c.source] for c in cites])
        if on:
            said = replace(said, days=(*said.days, Mention("", 0, 0, (on,))))
        found = {self.bundle.sources[c.source].outlet for c in cites}
        own = frozenset(found)
        for window, source in self._near(said.stems, found):
            if source.outlet not in found and said.is_in(window, source):
                found.add(source.outlet)
        found.update(self._reprinting(said, cites, found))
        found -= own
        return tuple(o for o in self.bundle.outlets if o in found) if found else ()

    def _near(self, wanted: frozenset[str], found: Set[str | None]) -> Iterator[tuple[str, Source]]:
        """Yield the sentences, and pairs of neighbours, that have the content words, but of no outlet in `found`."""
        if len(wanted) < _LEAST_STEMS:
            return
        # Whatever has all of them has the one that the fewest sentences have.
        for at in min((self._index.get(stem, ()) for stem in wanted), key=len):
            line = self._lines[at]
            if line.source.outlet in found:
                continue
            missing = wanted - line.stems
            if not missing:
                yield line.sentence.text, line.source
            for first, second in pairwise(self._lines[max(at - 1, 0) : at + 2]):
                other = first if second is line else second
                if other.source is line.source and missing <= other.stems:
                    yield f"{first.sentence.text} {second.sentence.text}", line.source

    def _reprinting(self, said: _Said, cites: Sequence[Sentence], found: Set[str | None]) -> Iterator[str]:
        """Yield the outlets that print every cited sentence, with those figures and names that the statement takes."""
        printed = [self._first_twins(cite.id) for cite in cites]
        cited = " ".join(cite.text for cite in cites)
        taken: dict[str, _Said] = {}
        for outlet in printed[0] if printed else ():
            if outlet in found or not all(outlet in twins for twins in printed):
                continue
            source = self.bundle.sources[printed[0][outlet].source]
            text = " ".join(twins[outlet].text for twins in printed)
            if source.language not in taken:
                taken[source.language] = said.taken_from(cited, source.language)
            if taken[source.language].is_told(text, source):
                yield outlet

    def _first_twins(self, sentence: str) -> dict[str, Sentence]:
        """Return the first twin of a sentence in each other outlet."""
        first: dict[str, Sentence] = {}
        for twin in self.twins(sentence):
            found = self.bundle.sentences[twin]
            first.setdefault(self.bundle.sources[found.source].outlet or "", found)
        return first


@dataclass(frozen=True, slots=True)
class _Said:
    """What a statement says that another text must say too: figures, names, days, yes or no, content words."""

    figures: frozenset[tuple[Fraction, str]]
    names: frozenset[str]
    days: tuple[Mention, ...]
    negated: bool
    stems: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str, sources: Sequence[Source]) -> _Said:
        published: date | None = next((s.published for s in sources if s.published), None)
        return cls(
            _figures(text, language),
            names(text, sources),
            mentions(text, published),
            _negated(text),
            _words(text, language),
        )

    def taken_from(self, cited: str, language: str) -> _Said:
        """Return what of it stands in the cited text: the rest a sentence may have from its context."""
        return _Said(
            self.figures & _figures(cited, language), self.names & plain_words(cited), (), _negated(cited), self.stems
        )

    def is_in(self, text: str, source: Source) -> bool:
        """Whether `text`, which has the content words, has all the rest of it."""
        return self.is_told(text, source) and self._has_days(text, source)

    def is_told(self, text: str, source: Source) -> bool:
        """Whether `text` has the figures, the names and the same yes or no."""
        if not self.names <= plain_words(text) or self.negated != _negated(text):
            return False
        if not self.figures:
            return True
        # A bare year is a figure, but within a full date it is read as part of the date.
        years = {(Fraction(year), "") for year in _YEAR.findall(text)}
        return self.figures <= _figures(text, source.language) | years

    def _has_days(self, text: str, source: Source) -> bool:
        """Whether every date of the statement is a date of the text, too."""
        theirs = [day for mention in mentions(text, source.published) for day in mention.days]
        return all(any(d.fits(t) for d in mention.days for t in theirs) for mention in self.days)


def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(w for w in stems(text, language) if not w[0].isdigit())


def _passages(bundle: Bundle) -> Passages:
    return Passages.of({s.id: s.text for source in bundle.numbered_articles for s in source.sentences})


def _twins(bundle: Bundle, passages: Passages, sentence: str) -> tuple[str, ...]:
    def outlet(sid: str) -> str | None:
        return bundle.sources[bundle.sentences[sid].source].outlet

    return tuple(other for other in passages.like(sentence) if outlet(other) != outlet(sentence))


def _figures(text: str, language: str) -> frozenset[tuple[Fraction, str]]:
    return frozenset((f.value, f.unit) for f in figures(blank(text), language))


def _negated(text: str) -> bool:
    return bool(_NEGATION.search(plain(text)))


def plain_words(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared: in lower case, without accents and possessives."""
    return frozenset(plain(w).removesuffix("'s") for w in words(text))


def names(text: str, sources: Sequence[Source]) -> frozenset[str]:
    """Capitalised words; one that opens a sentence only if the cited articles never have it in lower case."""
    shown = blank(text)
    found = set()
    for m in WORD.finditer(shown):
        word = plain(m.group()).removesuffix("'s")
        if not m.group()[0].isupper() or word in FUNCTION_WORDS:
            continue
        if _OPENS.search(shown[: m.start()]) and (not sources or any(_has_lower(s, m.group()) for s in sources)):
            continue
        found.add(word)
    return frozenset(found)


def _has_lower(source: Source, word: str) -> bool:
    return re.search(rf"\b{re.escape(word.lower())}\b", source.text) is not None
