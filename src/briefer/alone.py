"""Who has a statement alone: no sentence of another outlet, and no two neighbours, carry much of its words.

A wrong "only" is worse than none, so it is said of few. Of 502 true labelled statements on one outlet (twelve invented
stories) 97 are called alone; read by hand, none of the 97 is told by another outlet.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import log

from briefer.briefing import Proved
from briefer.bundle import Bundle, Sentence
from briefer.checks.thesaurus import entry
from briefer.coverage import names, plain_words
from briefer.dates import blank
from briefer.figures import figures
from briefer.stems import stems
from briefer.text import fold

# The share of a statement's words, rare ones weighing more, from which another outlet may have it too; and that of a
# sentence which it cites. In seven of these stories no statement that another outlet has is called alone up to 0.44;
# sentences out of real reports, where all tell the same, ask for less.
_CARRIED, _CITED = 0.36, 0.6
# Fewer words that the articles have, too, are no fact to be known again: the model may have put it all in its own.
_LEAST = 5
# Elsewhere there is no thesaurus, and nothing was measured.
_LANGUAGE = "en"
# The share of its names and figures that no other outlet may print. Figures no further apart than this may be one,
# rounded; smaller ones, and shorter quotations, are anyone's.
_DISTINCT, _ROUNDED, _SMALL, _QUOTE = 0.5, 0.05, 10, 3
_QUOTED = re.compile(r'"([^"]+)"')
# Forms that no suffix rule joins share this many first letters, or all but three; nothing sorts behind the last one.
_ROOT, _LAST = 5, chr(0x10FFFF)


@dataclass(frozen=True, slots=True)
class _Line:
    """A title or a sentence as the words that it has."""

    article: str
    outlet: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alone:
    """The words of one bundle's articles, by line: built once, asked for every statement of an account."""

    _bundle: Bundle
    _lines: Sequence[_Line]
    _at: Mapping[str, Sequence[int]]
    _vocabulary: Sequence[str]
    _printed: Mapping[str, frozenset[str]]
    _counted: Sequence[tuple[float, str]]
    _kin: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, bundle: Bundle) -> Alone:
        """Index a bundle; where not all articles are in English, nothing is."""
        lines: list[_Line] = []
        at: dict[str, list[int]] = {}
        printed: dict[str, set[str]] = {}
        for source in bundle.numbered_articles if _comparable(bundle) else ():
            for text in (source.title, *(s.text for s in source.sentences)):
                lines.append(_Line(source.id, source.outlet or "", frozenset(_words(text))))
            for word in plain_words(source.folded):
                printed.setdefault(word, set()).add(source.outlet or "")
        for number, line in enumerate(lines):
            for word in line.words:
                at.setdefault(word, []).append(number)
        counted = sorted({(_value(w), line.outlet) for line in lines for w in line.words if w[0] == "="})
        return cls(bundle, lines, at, sorted(at), {w: frozenset(o) for w, o in printed.items()}, counted)

    def has(self, statement: Proved) -> bool:
        """Whether the one outlet of its cited sentences is the only one that has it; of an extract nothing is said."""
        return statement.kind == "reported" and self.tells(statement.text, [c.id for c in statement.cites])

    def tells(self, text: str, cited: Sequence[str]) -> bool:
        """Whether the one outlet of the cited sentences is the only one that has `text`."""
        cites = [self._bundle.sentences[c] for c in cited if c in self._bundle.sentences]
        outlets = {self._bundle.sources[c.source].outlet for c in cites}
        if not self._lines or len(outlets) != 1 or not (own := outlets.pop()):
            return False
        weights = self._weights(text, own)
        if len(weights) < _LEAST or not self._distinct(text, cites, own) or self._carried(weights, own, _CARRIED):
            return False
        return not any(self._carried(self._weights(c.text, own), own, _CITED) for c in cites)

    def _distinct(self, text: str, cites: Sequence[Sentence], own: str) -> bool:
        """Whether enough of its names and figures, or words that it quotes, are printed by no other outlet."""
        cited = " ".join(c.text for c in cites)
        said = names(text, ()) & plain_words(cited) & self._printed.keys() - plain_words(own)
        counted = {w for w in {*_words(text)} & {*_words(cited)} if w[0] == "=" and _value(w) >= _SMALL}
        alone = [n for n in said if self._printed[n] == {own}] + [f for f in counted if not self._has_figure(f, own)]
        if alone and len(alone) >= _DISTINCT * (len(said) + len(counted)):
            return True
        others = [s for s in self._bundle.numbered_articles if s.outlet != own]
        marked = (q.strip(" .,;:!?") for q in _QUOTED.findall(fold(text)))
        quoted = (q for q in marked if len(q.split()) >= _QUOTE and q in fold(cited))
        return any(all(q not in other.folded for other in others) for q in quoted)

    def _has_figure(self, figure: str, own: str) -> bool:
        """Whether another outlet has this figure, or one so near that it may be the same, rounded."""
        value = _value(figure)
        low, high = ((value * (1 - _ROUNDED), ""), (value * (1 + _ROUNDED), _LAST))
        near = self._counted[bisect_left(self._counted, low) : bisect_left(self._counted, high)]
        return any(outlet != own for _, outlet in near)

    def _weights(self, text: str, own: str) -> dict[str, float]:
        """Return the words of a text that the articles have, rarest first; its outlet's name is no news."""
        name = set(_words(own))
        counts = {w: len(self._at[w]) for w in _words(text) if w in self._at and w not in name}
        return {w: log(1 + len(self._lines) / (1 + counts[w])) for w in sorted(counts, key=lambda w: (counts[w], w))}

    def _carried(self, weights: Mapping[str, float], own: str, bound: float) -> bool:
        """Whether a line of another outlet, or two neighbours, have this share of the words or of their kin."""
        kin = {word: self._like(word) for word in weights}
        enough = bound * sum(weights.values())
        for window in self._near(weights, kin, enough):
            lines = [self._lines[number] for number in window]
            if lines[0].outlet != own and lines[0].article == lines[-1].article:
                held = frozenset().union(*(line.words for line in lines))
                if sum(w for word, w in weights.items() if not kin[word].isdisjoint(held)) >= enough:
                    return True
        return False

    def _near(
        self, weights: Mapping[str, float], kin: Mapping[str, frozenset[str]], enough: float
    ) -> Iterator[tuple[int, ...]]:
        """Yield the windows that may have enough: each has one of the rarest words, as the others do not suffice."""
        left = sum(weights.values())
        holders: set[int] = set()
        for word, weight in weights.items():
            if left < enough:
                break
            holders.update(number for like in kin[word] for number in self._at[like])
            left -= weight
        for number in sorted(holders):
            yield (number,)
            yield from (
                (a, b) for a, b in ((number - 1, number), (number, number + 1)) if a >= 0 and b < len(self._lines)
            )

    def _like(self, word: str) -> frozenset[str]:
        """Return the words of the articles that may stand for a word: itself, its kin, broader ones, its root's."""
        if word not in self._kin:
            known = entry(word)
            like = {word, *(known.kin | known.broader if known else ())}
            self._kin[word] = frozenset((like & self._at.keys()).union(self._of_one_root(word)))
        return self._kin[word]

    def _of_one_root(self, word: str) -> Sequence[str]:
        if len(word) <= _ROOT or word[0] == "=":
            return ()
        root = word[: max(_ROOT, len(word) - 3)]
        return self._vocabulary[bisect_left(self._vocabulary, root) : bisect_left(self._vocabulary, root + _LAST)]


def _value(figure: str) -> float:
    return float(Fraction(figure[1:]))


def _comparable(bundle: Bundle) -> bool:
    languages = {bundle.language, *(source.language for source in bundle.numbered_articles)}
    return len(bundle.outlets) > 1 and {language[:2].lower() for language in languages} == {_LANGUAGE}


def _words(text: str) -> tuple[str, ...]:
    """Return the content stems of a text, and its figures by value: thirty-one is 31."""
    counted = (f"={f.value}" for f in figures(blank(text), _LANGUAGE))
    return (*(w for w in stems(text, _LANGUAGE) if not w[0].isdigit()), *counted)
