"""How articles write their words: with a capital or without, and which words stand behind which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from briefer.checks.evidence import vocabulary_of
from briefer.memo import memo
from briefer.stems import stem
from briefer.text import Tokens, plain

TOKEN = Tokens(r"[^\W_]+(?:['\-&.][^\W_]+)*\.?")
SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"(\[]|\s')$")
_POSSESSIVE = re.compile(r"(?:'s|')?\.?$")
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
    each = [_spellings_in(text) for text in texts]
    lower, upper, lower_stems = (frozenset().union(*some) for some in zip(*each, strict=True))
    return Spellings(lower, upper, lower_stems, frozenset().union(*map(vocabulary_of, texts)))


@memo(4096)
def _spellings_in(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words in lower case of a text, those with a capital inside a sentence, and the stems of the first."""
    low: set[str] = set()
    high: set[str] = set()
    for match in TOKEN.finditer(text):
        word = match.group()
        if word[:1].islower():
            low.add(word)
        elif not SENTENCE_START.search(text[max(0, match.start() - 4) : match.start()]):
            high.add(word)
    lower, upper = (frozenset(plain(w.rstrip(".")).removesuffix("'s") for w in seen) for seen in (low, high))
    return lower, upper, frozenset(map(stem, lower))


@memo(16384)
def unowned(token: str) -> str:
    """Return a token without the ending of the genitive and a full stop."""
    return _POSSESSIVE.sub("", token)


@memo(16384)
def followers(text: str, word: str) -> frozenset[str]:
    """Return the words that stand up to three places behind a word of a text."""
    tokens = _split(text) if word in text else ()
    places = [at for at, token in enumerate(tokens) if word in token and word in _pieces(token)]
    return frozenset(_bare(token) for at in places for token in tokens[at + 1 : at + 4])


@memo(1024)
def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pieces(token: str) -> list[str]:
    return [*_HYPHENED.findall(token), *_PARTS.findall(token)]


def _bare(token: str) -> str:
    """Return a token without its marks, as a name is compared."""
    opened = _OPENED.match(token)
    return opened.group().lstrip("\"'(").removesuffix("'s").rstrip("'") if opened else ""
