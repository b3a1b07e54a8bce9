"""A briefing cut into what single calls made: a cell for each section, each account, and the closing words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from briefer.briefing import Briefing, Cite, Proved, Withheld
from briefer.checks.quotations import quoted
from briefer.dates import blank, mentions
from briefer.figures import figures
from briefer.sections import SECTIONS, Scope
from briefer.stems import stems
from briefer.text import fold, plain, words

PAPERS = next(section.key for section in SECTIONS if section.scope is Scope.OUTLET)
# Fewer quoted words are a term and no quotation.
QUOTED_WORDS = 3


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where one call's sentences stand: a section, and in the papers' section an outlet ("" for the closing words)."""

    section: str
    outlet: str = ""

    @property
    def closes(self) -> bool:
        """Whether these are the closing words of the papers' section."""
        return self.section == PAPERS and not self.outlet


@dataclass(frozen=True)
class Line:
    """A sentence and what it rests on; `statement` is the printed one, None for one that is only wanted.

    `published` is the day that its dates are told from.
    """

    text: str
    cites: frozenset[str]
    language: str
    statement: Proved | None = None
    published: date | None = None

    @classmethod
    def of(cls, statement: Proved, language: str, published: Mapping[str, date | None]) -> Line:
        """Return a printed sentence as a line; `published` has the day of each article."""
        days = [day for cite in statement.cites if (day := published.get(cite.article))]
        cites = frozenset(cite.id for cite in statement.cites)
        return cls(statement.text, cites, language, statement, max(days, default=None))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its content words, cut to their stems."""
        return frozenset(stems(self.text, self.language))

    @property
    def evidence(self) -> tuple[Cite, ...]:
        """The sentences that it cites."""
        return self.statement.cites if self.statement else ()

    @property
    def outlets(self) -> frozenset[str]:
        """The outlets that it is credited to."""
        return frozenset(self.statement.outlets if self.statement else ())

    @property
    def is_inference(self) -> bool:
        """Whether it is marked as inference."""
        return self.statement is not None and self.statement.kind == "inference"


@dataclass(frozen=True)
class Cell:
    """What one call gave: printed sentences, withheld ones, and whether it fell back on the articles' own.

    Those that stand in when it fell back are not the model's, and no `lines` here.
    """

    lines: tuple[Line, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    fell_back: bool = False

    @cached_property
    def details(self) -> dict[str, str]:
        """Its figures, dates and quotations: a key that equal ones share, and how it is written."""
        return {key: raw for line in self.lines for key, raw in _details(line)}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its sentences as printed."""
        return tuple(line.text for line in self.lines)

    @property
    def is_own(self) -> bool:
        """Whether a model's own sentence is printed here."""
        return bool(self.lines) and not self.fell_back


@dataclass(frozen=True)
class Cut:
    """A briefing by place."""

    briefing: Briefing
    by_place: dict[Place, Cell] = field(default_factory=dict)

    @classmethod
    def of(cls, briefing: Briefing) -> Cut:
        """Cut a briefing; every outlet has a cell, with nothing in it if nothing was printed."""
        outlets = tuple(dict.fromkeys(article.outlet for article in briefing.articles))
        lines: dict[Place, list[Line]] = {}
        for section in briefing.sections:
            for outlet in ("", *outlets) if section == PAPERS else ("",):
                lines[Place(section, outlet)] = []
        published = {article.id: _day(article.published) for article in briefing.articles}
        for section, heading, statement in briefing.statements():
            is_account = section == PAPERS and heading in outlets
            place = Place(section, heading or "") if is_account else Place(section)
            lines.setdefault(place, []).append(Line.of(statement, briefing.language, published))
        fallen = {Place(gap.section or "", gap.outlet or "") for gap in briefing.gaps}
        return cls(
            briefing,
            {
                place: Cell(() if place in fallen else tuple(found), tuple(_withheld(briefing, place)), place in fallen)
                for place, found in lines.items()
            },
        )


def _day(published: str | None) -> date | None:
    try:
        return datetime.fromisoformat(published).date() if published else None
    except ValueError:
        return None


def _withheld(briefing: Briefing, place: Place) -> Iterator[Withheld]:
    for withheld in briefing.withheld:
        if (withheld.section, withheld.outlet or "") == (place.section, place.outlet):
            yield withheld


def _details(line: Line) -> Iterator[tuple[str, str]]:
    text = line.text
    for quotation in quotations(text):
        yield f"said {' '.join(plain(w) for w in words(quotation))}", f"“{quotation}”"
    for mention in mentions(fold(text), line.published):
        day = mention.days[0] if mention.days else None
        yield f"date {(day.year, day.month, day.day) if day else mention.raw}", mention.raw
    for figure in figures(blank(fold(text)), line.language):
        yield f"figure {figure.value} {figure.unit}", figure.raw.strip()


def quotations(text: str) -> list[str]:
    """Return the quotations of a sentence, without their marks and in folded letters."""
    return [said for said in quoted(fold(text)) if len(words(said)) >= QUOTED_WORDS]
