"""One thing as one outlet tells it, and what several outlets' tellings come to: agreement, or sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations

from briefer.briefing import Cite, Difference, Disagreement, Side
from briefer.bundle import Bundle, Sentence, Source
from briefer.dates import blank, mentions
from briefer.figures import figures
from briefer.outlets import seen_as
from briefer.text import fold

# Two counts whose times lie no further apart than this are of the same time.
_SAME_TIME = timedelta(minutes=30)
# More versions of one thing than this are a list, not a comparison.
_MOST_SIDES = 6
# A sentence that says when it was said: "told reporters at 9 a.m.", "up to 8 o'clock".
_SAID_AT = re.compile(
    r"\b(?:said|says|told|statement|speaking|tally|count|counted|as of|up to|reported|announced|according to)\b"
)
_AT = re.compile(r"\b(?:at|by|until|to|before|after|of)(?: about| around)?$")
_SAID_IN = re.compile(
    r"\b(?:as of(?: \w+)?"
    r"|(?:said|told(?: \w+)?|estimated|reported|announced|gave)(?: \w+){0,3}?(?: in| on| late| early)?)$"
)


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence of an article in English, its text folded with dates blanked, and the time of its article."""

    sentence: Sentence
    source: Source
    text: str
    published: str | None

    @property
    def outlet(self) -> str:
        """Who prints it."""
        return self.source.outlet or ""


@dataclass(frozen=True, slots=True)
class Told:
    """One outlet's version: `value` as printed, `key` what makes two versions one, `span` the numbers it allows for."""

    value: str
    key: object
    report: Report
    span: tuple[Fraction, Fraction | None] | None = None

    @property
    def who(self) -> str:
        """Its outlet as a reader sees it: two spellings are one."""
        return seen_as(self.report.outlet)

    def agrees(self, other: Told) -> bool:
        """Whether both can be true at once: one version, a word in common, numbers that allow for each other."""
        if isinstance(self.key, frozenset) and isinstance(other.key, frozenset):
            return self.key == other.key or bool(self.key & other.key)
        if self.key == other.key or self.span is None or other.span is None:
            return self.key == other.key
        (low, high), (their_low, their_high) = self.span, other.span
        return (their_high is None or low < their_high) and (high is None or their_low < high)


def reports(bundle: Bundle) -> Iterator[Report]:
    """Yield the sentences of the articles in English, the one language whose words for things are known here."""
    for article, source in zip(bundle.articles, bundle.numbered_articles, strict=True):
        if source.language[:2].lower() == "en":
            for sentence in source.sentences:
                yield Report(sentence, source, blank(sentence.text), article.published)


def disagreement(about: str, kind: Difference, told: Sequence[Told]) -> Disagreement | None:
    """Return the sides, if two outlets tell it so that no version of one agrees with any of the other's."""
    if len({one.who for one in told}) < 2 or len({one.key for one in told}) < 2:
        return None
    outlets: dict[str, list[Told]] = {}
    for one in told:
        outlets.setdefault(one.who, []).append(one)
    apart = [(a, b) for a, b in combinations(outlets.values(), 2) if not any(x.agrees(y) for x in a for y in b)]
    if not apart:
        return None
    among = [one for ones in {id(ones): ones for pair in apart for ones in pair}.values() for one in ones]
    shown = [one for one in told if not all(one.agrees(other) for other in among)]
    # A count grows and a cause is found; a name or a date does not change by itself.
    changes = kind in ("count", "cause")
    times = {id(one): as_of(one.report) if changes else _published(one.report) for one in shown}
    over_time = changes and all(
        a.agrees(b) or _at_other_times(times[id(a)], times[id(b)]) for a, b in combinations(shown, 2)
    )
    sides = sorted(_sides(shown, times), key=lambda side: side.as_of or "")
    return Disagreement(about=about, kind=kind, over_time=over_time, sides=tuple(sides[:_MOST_SIDES]))


def _sides(told: Sequence[Told], times: Mapping[int, str | None]) -> list[Side]:
    """Put one version's outlets together, each with the sentence that has it first."""
    versions: list[list[Told]] = []
    for one in told:
        same = next((v for v in versions if _is_one_version(v[0], one)), None)
        if same is None:
            versions.append([one])
        elif all(one.who != other.who for other in same):
            same.append(one)
    return [
        Side(
            outlets=tuple(one.report.outlet for one in version),
            value=version[0].value,
            as_of=times[id(version[0])],
            cite=_cite(version[0].report.sentence),
            more=tuple(_cite(one.report.sentence) for one in version[1:]),
        )
        for version in versions
    ]


def _is_one_version(a: Told, b: Told) -> bool:
    return a.key == b.key or (isinstance(a.key, frozenset) and a.agrees(b))


def _cite(sentence: Sentence) -> Cite:
    return Cite(id=sentence.id, article=sentence.source, start=sentence.start, end=sentence.end, text=sentence.text)


def as_of(report: Report) -> str | None:
    """Return the time a sentence speaks of: the one at which it was said, else that of its article; ISO 8601."""
    known, day = _published(report), report.source.published
    if not known:
        return None
    shown = fold(report.sentence.text)
    for mention in mentions(shown, day):
        earlier = mention.days[0].iso()
        if earlier and _SAID_IN.search(shown[: mention.start].rstrip()) and earlier < known[:10]:
            known = earlier
    return _at_the_hour(report, known)


def _published(report: Report) -> str | None:
    """Return when an article was published, to the minute where that is known."""
    day, given = report.source.published, (report.published or "").strip()
    if not day or len(given) <= 10:
        return day.isoformat() if day else None
    return datetime.fromisoformat(given).isoformat(timespec="minutes")


def _at_the_hour(report: Report, known: str) -> str:
    """Return the day with the clock time at which the sentence was said, if it names one before the article's."""
    text = report.text.casefold()
    if not _SAID_AT.search(text) or len(known) < 10:
        return known
    for figure in figures(report.text):
        if figure.unit == "time" and _AT.search(text[: figure.start].rstrip()):
            days = [d.iso() for m in mentions(report.sentence.text, report.source.published) for d in m.days[:1]]
            day = next((d for d in days if len(d) == 10 and d <= known[:10]), known[:10])
            hours, minutes = divmod(int(figure.value), 60)
            said = f"{day}T{hours:02}:{minutes:02}"
            return said + known[16:] if said < known[:16] or len(known) == 10 else known
    return known


def _at_other_times(a: str | None, b: str | None) -> bool:
    if not a or not b:
        return False
    if len(a) <= 10 or len(b) <= 10:
        return not (a.startswith(b[:10]) or b.startswith(a[:10]))
    return abs(_instant(a) - _instant(b)) > _SAME_TIME


def _instant(iso: str) -> datetime:
    at = datetime.fromisoformat(iso)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
