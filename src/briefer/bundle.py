"""The bundle: articles and references as given, with numbered sentences.

An article is `A1..An` in file order, a reference `R1..Rn`; their sentences are `A2.14` and `R1.3`.
A bundle is frozen: nothing downstream changes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from briefer.languages import is_language
from briefer.outlets import outlet_key
from briefer.sentences import sentence_spans
from briefer.stems import stems
from briefer.text import fold, neutralise, one_line

SENTENCE_ID = re.compile(r"[AR][1-9]\d*\.[1-9]\d*")


def _has_words(value: str) -> str:
    if not any(c.isalnum() for c in value):
        raise ValueError("is empty")
    return value


def _is_iso(value: str) -> str:
    if parse_published(value) is None:
        raise ValueError(f"is not a date: {one_line(value)[:40]!r}")
    return value


def _is_language(value: str) -> str:
    if not is_language(value):
        raise ValueError(f"is no language code: {one_line(value)[:40]!r}")
    return value


def parse_published(value: str) -> date | None:
    """Return the calendar day of an ISO 8601 date or time, in the zone it is written in."""
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None


Words = Annotated[str, AfterValidator(_has_words)]
Published = Annotated[str, AfterValidator(_is_iso)]
Language = Annotated[str, AfterValidator(_is_language)]


class Article(BaseModel):
    """One outlet's article, as given."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    outlet: Words = Field(description="The outlet that published it, by the name readers know.")
    text: Words = Field(description="The article itself, paragraphs separated by blank lines.")
    title: str | None = Field(None, description="Its headline.")
    url: str | None = Field(None, description="Where it was published; never fetched.")
    published: Published | None = Field(None, description="ISO 8601 date or date and time with its zone.")
    author: str | None = None
    language: Language | None = Field(None, description="ISO 639-1 code; the bundle's when it is left out.")


class Reference(BaseModel):
    """The desk's own background: grounds background and topics, never an outlet's account."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: Words
    source: Words = Field(description="Who wrote it: an encyclopaedia, the desk.")
    text: Words
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one source: `text` is the source's own characters from `start` to `end`."""

    id: str
    source: str
    start: int
    end: int
    text: str

    @property
    def number(self) -> int:
        """Its place in its source, counted from 1: 14 for A2.14."""
        return int(self.id.partition(".")[2])


@dataclass(frozen=True)
class Source:
    """An article or a reference with its id and its sentences."""

    id: str
    outlet: str | None
    title: str
    text: str
    published: date | None
    language: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def folded(self) -> str:
        """Title and text, folded: what a name may be grounded in."""
        return fold(f"{self.title}\n{self.text}")

    @cached_property
    def stems(self) -> tuple[frozenset[str], ...]:
        """The content stems of each of its sentences."""
        return tuple(frozenset(stems(s.text, self.language[:2])) for s in self.sentences)

    @cached_property
    def head_stems(self) -> frozenset[str]:
        """The content stems of its headline and of the outlet's name above it, which can be as long as a sentence."""
        return frozenset(stems(f"{self.outlet} {self.title}", self.language[:2]))

    @cached_property
    def told_stems(self) -> frozenset[str]:
        """The content stems of all its sentences."""
        return frozenset().union(*self.stems)

    @cached_property
    def every_stem(self) -> frozenset[str]:
        """The content stems of all that it holds, headline and outlet included."""
        return self.head_stems | self.told_stems


class Bundle(BaseModel):
    """Articles on one story, from several outlets, and the desk's references."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | None = Field(None, description="A name for the story, used in file names and reports.")
    topic: str | None = Field(None, description="The story in a few words.")
    language: Language = Field("en", description="ISO 639-1 code of the briefing.")
    note: str | None = Field(None, description="A remark for people; no model sees it.")
    articles: tuple[Article, ...] = Field(min_length=1)
    references: tuple[Reference, ...] = ()

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Articles `A1..` and references `R1..` by id, sentences numbered."""
        numbered: dict[str, Source] = {}
        spelling: dict[str, str] = {}
        for n, article in enumerate(self.articles, 1):
            outlet = spelling.setdefault(outlet_key(article.outlet), one_line(article.outlet))
            language = article.language or self.language
            day = parse_published(article.published) if article.published else None
            numbered[f"A{n}"] = _source(f"A{n}", outlet, article.title or "", article.text, day, language)
        for n, reference in enumerate(self.references, 1):
            numbered[f"R{n}"] = _source(f"R{n}", None, reference.title, reference.text, None, self.language)
        return numbered

    @cached_property
    def numbered_articles(self) -> tuple[Source, ...]:
        """The articles, in the order of `articles`."""
        return tuple(s for s in self.sources.values() if s.outlet)

    @cached_property
    def numbered_references(self) -> tuple[Source, ...]:
        """The desk's references, in the order of `references`."""
        return tuple(s for s in self.sources.values() if not s.outlet)

    @cached_property
    def sentences(self) -> Mapping[str, Sentence]:
        """Every sentence by its id."""
        return {s.id: s for source in self.sources.values() for s in source.sentences}

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The outlets in order of first appearance; two spellings of one outlet count once."""
        return tuple(dict.fromkeys(s.outlet for s in self.numbered_articles if s.outlet))

    def articles_of(self, outlet: str) -> tuple[Source, ...]:
        """Return the articles of one outlet, in file order."""
        return tuple(s for s in self.numbered_articles if s.outlet == outlet)

    @property
    def story(self) -> str:
        """What to call the story: its topic, else the first title, else its id."""
        titles = (a.title for a in self.articles)
        return one_line(self.topic or next((t for t in titles if t), None) or self.id or "Untitled story")

    @cached_property
    def sha256(self) -> str:
        """The digest of the bundle's content; a change of layout or unknown keys does not change it."""
        import hashlib  # these two are slow to load, and a look at a bundle needs no digest
        import json

        canonical = json.dumps(self.model_dump(), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def in_language(bundle: Bundle, language: str) -> Bundle:
    """Return the bundle for a briefing in another language; the articles stay in their own, sentence by sentence."""
    if language == bundle.language:
        return bundle
    articles = [{**a.model_dump(), "language": a.language or bundle.language} for a in bundle.articles]
    return Bundle.model_validate({**bundle.model_dump(), "articles": articles, "language": language})


def _source(sid: str, outlet: str | None, title: str, text: str, day: date | None, language: str) -> Source:
    sentences = tuple(
        Sentence(f"{sid}.{n}", sid, start, end, neutralise(text[start:end]))
        for n, (start, end) in enumerate(sentence_spans(text, language), 1)
    )
    return Source(sid, outlet, one_line(title), neutralise(text), day, language, sentences)
