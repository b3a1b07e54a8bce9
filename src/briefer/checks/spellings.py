"""How articles write their words: with a capital or without, and which words stand behind which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from briefer.checks.evidence import vocabulary_of
from briefer.memo import memo
from briefer.stems import stem
from briefer.text import plain

TOKEN = re.compile(r"[^\W_]+(?:['\-&.][^\W_]+)*\.?")
SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"(\[]|\s')$")
_OPENED = re.compile(r"[\"'(]?[\w'-]+")
_HYPHENED = re.compile(r"[\w-]+")
_PARTS = re.compile(r"\w+")


@dataclass(frozen=True)
class Spellings:
    """How the context writes its words: in lower case, with a capital inside a sentence, at all."""

    lower: frozenset[str]
    upper: frozenset[str]
    lower_stems: frozenset[str]
    every: frozenset[str]

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that have a capital inside a sentence and never none."""
        return self.upper - self.lower


@memo(1024)
def spellings(texts: tuple[str, ...]) -> Spellings:
    """Read how these texts write their words."""
    low: set[str] = set()
    high: set[str] = set()
    for text in texts:
        for match in TOKEN.finditer(text):
            word = match.group()
            if word[:1].islower():
                low.add(word)
            elif not SENTENCE_START.search(text[max(0, match.start() - 4) : match.start()]):
                high.add(word)
    lower, upper = (frozenset(plain(w.rstrip(".")).removesuffix("'s") for w in seen) for seen in (low, high))
    every = frozenset().union(*(vocabulary_of(text) for text in texts))
    return Spellings(lower, upper, frozenset(map(stem, lower)), every)


@memo(256)
def followers(text: str) -> dict[str, frozenset[str]]:
    """Return the words of a text, each with those that stand up to three places behind it."""
    tokens = text.split()
    opened = [m.group() if (m := _OPENED.match(token)) else "" for token in tokens]
    bare = [word.lstrip("\"'(").removesuffix("'s").rstrip("'") for word in opened]
    found: dict[str, set[str]] = {}
    for at, token in enumerate(tokens):
        for word in {*_HYPHENED.findall(token), *_PARTS.findall(token)}:
            found.setdefault(word, set()).update(bare[at + 1 : at + 4])
    return {word: frozenset(behind) for word, behind in found.items()}
