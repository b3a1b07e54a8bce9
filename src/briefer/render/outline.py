"""One walk of a briefing for all renderers: order, marks, numbers and notes are decided here, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefer.briefing import ArticleRecord, Block, Briefing, Cite, Disagreement, Integrity, Proved, Withheld
from briefer.bundle import parse_published
from briefer.render.parts import Dated, Dispute, Entry, Line, Outline, Part, Passage, Remark, Stand, Struck, signs
from briefer.render.safety import safe_url
from briefer.render.when import readable, span
from briefer.sections import SECTIONS
from briefer.text import fold, one_line, plural

TITLES = {section.key: section.title for section in SECTIONS}
DIFFER = "Where the papers differ"
OPEN = "Not answered by these articles:"
WITHHELD = "Withheld"
NOT_PROVED = "These sentences could not be proved and are no part of the briefing."
NOTES = "Notes on the articles"
SOURCES = "Sources"
SINGLE_SOURCE = "rests on one outlet"
INFERENCE = "the model's inference"
ALONE = "in no other outlet here"
ALONE_COUNT = "Alone with a report"
NOT_ASKED = "This briefing was made without this section."
# More differences than these are no longer the clearest few, and longer quotations hide what they are there for.
_MOST_DISPUTES = 8
_LONG = 200
NOTHING = "Nothing that could be proved was found for this section."


def outline(briefing: Briefing, *, unicode: bool = True) -> Outline:
    """Return the outline of a briefing; without `unicode`, typography is levelled to ASCII."""
    return _Walk(briefing, unicode).outline()


class _Walk:
    """The state of one walk: the numbers given so far, and the remarks met on the way."""

    def __init__(self, briefing: Briefing, unicode: bool) -> None:
        self._briefing = briefing
        self._unicode = unicode
        self._numbers: dict[Cite, int] = {}
        self._remarks: list[Remark] = []
        self._told: set[Integrity] = set()
        self._articles = {a.id: a for a in briefing.articles}
        self._references = {r.id: r for r in briefing.references}
        self._many = len({a.outlet for a in briefing.articles}) > 1
        self._marked: set[str] = set()

    def outline(self) -> Outline:
        b = self._briefing
        story = self._words(b.story)
        title = self._line(b.headline) if b.headline else Line(story)
        # Sections that a newer or older program wrote are printed too, after the known ones.
        titles = TITLES | {key: key.replace("_", " ") for key in b.sections if key not in TITLES}
        parts = tuple(self._part(key, name) for key, name in titles.items())
        return Outline(
            language=b.language,
            story=story if story != title.text else "",
            title=title,
            dateline=self._dateline(),
            legend=self._legend(),
            parts=parts,
            withheld=tuple(self._struck(w) for w in b.withheld),
            notes=tuple(self._note(i) for i in b.integrity if i not in self._told) + tuple(self._remarks),
            sources=self._sources(),
            colophon=self._colophon(),
        )

    def _words(self, text: str | None) -> str:
        clean = one_line(text or "")
        return clean if self._unicode else fold(clean)

    def _line(self, statement: Proved, account: str | None = None) -> Line:
        alone = self._many and len({self._origin(o) for o in (*statement.outlets, *statement.also_in)}) == 1
        inference = statement.kind == "inference"
        single = alone and account is None and not inference
        named = ((SINGLE_SOURCE, single), (INFERENCE, inference), (ALONE, statement.alone))
        self._marked |= {name for name, on in named if on}
        text = self._words(statement.text)
        self._remarks += [self._remark(f"“{_short(text)}”", n.message, n.code) for n in statement.findings]
        quoted = statement.kind == "extract"
        if quoted:
            credit = ", ".join(statement.outlets) or "background"
            text = _quoted(text) if account in statement.outlets else f"{_quoted(text)} ({credit})"
            text = self._words(text)
        return Line(text, self._number(statement.cites), single, inference, quoted, statement.alone)

    def _origin(self, outlet: str) -> str:
        """The outlet whose text this one prints, if all it has are near-copies of one other outlet's, else itself."""
        own = [a for a in self._articles.values() if a.outlet == outlet]
        origins = {self._articles[a.copy_of].outlet if a.copy_of in self._articles else outlet for a in own}
        return origins.pop() if len(origins) == 1 else outlet

    def _number(self, cites: Iterable[Cite]) -> tuple[int, ...]:
        return tuple(sorted({self._numbers.setdefault(c, len(self._numbers) + 1) for c in cites}))

    def _part(self, key: str, title: str) -> Part:
        b = self._briefing
        passages = tuple(self._passage(key, block) for block in b.sections.get(key, ()) if block.statements)
        disputes = self._disputes() if key == "papers_say" else ()
        events = (
            tuple(Dated(e.date, self._words(readable(e.date)), self._line(e.statement)) for e in b.timeline)
            if key == "how_we_got_here"
            else ()
        )
        here = {key, *(q.section for q in b.open_questions if q.section not in TITLES)} if key == "go_deeper" else {key}
        questions = tuple(self._words(q.question) for q in b.open_questions if q.section in here)
        missing = None if passages or disputes or events or questions else self._missing(key)
        alone = self._alone(passages)
        return Part(self._words(title), missing, passages, events, disputes, questions, key == "topics", alone)

    def _alone(self, passages: Iterable[Passage]) -> str:
        counts: Counter[str] = Counter()
        for passage in passages:
            counts[passage.heading or ""] += sum(line.alone for line in passage.lines)
        told = [f"{outlet} ({number})" for outlet, number in counts.items() if number]
        sign, dot = signs(unicode=self._unicode)[-1], " · " if self._unicode else " | "
        return dot.join((f"{sign} {ALONE_COUNT}", *told)) if told else ""

    def _passage(self, key: str, block: Block) -> Passage:
        account = block.heading if key == "papers_say" else None
        lines = tuple(self._line(s, account) for s in block.statements)
        return Passage(self._words(block.heading) or None, lines)

    def _disputes(self) -> tuple[Dispute, ...]:
        found = self._briefing.disagreements
        printed = [self._dispute(d) for d in found[:_MOST_DISPUTES]]
        if len(found) > _MOST_DISPUTES:
            more = plural(len(found) - _MOST_DISPUTES, "more difference")
            printed.append(Dispute(f"{more} in the briefing as JSON.", ()))
        return tuple(printed)

    def _dispute(self, found: Disagreement) -> Dispute:
        timed = found.kind in ("count", "cause") and len({side.as_of for side in found.sides}) > 1
        stands = tuple(
            Stand(
                self._words(
                    "; ".join([", ".join(side.outlets), *([_moment(side.as_of)] if timed and side.as_of else [])])
                ),
                self._words(side.value),
                Line(
                    self._words(_quoted(_excerpt(one_line(side.cite.text), side.value))),
                    self._number([side.cite, *side.more]),
                    quoted=True,
                ),
            )
            for side in found.sides
        )
        return Dispute(self._words(f"{found.about}, at different times" if found.over_time else found.about), stands)

    def _missing(self, key: str) -> str:
        said = [i for i in self._briefing.integrity if i.section == key and i.code in ("R001", "R002")]
        self._told |= set(said)
        words = self._words(" ".join(i.message for i in said))
        return words or (NOTHING if key in self._briefing.sections else NOT_ASKED)

    def _struck(self, withheld: Withheld) -> Struck:
        place = [TITLES.get(withheld.section, withheld.section), withheld.outlet or ""]
        why = tuple(f"{self._words(n.message)} ({self._words(n.code)})" for n in withheld.findings)
        return Struck(self._words(", ".join(p for p in place if p)), self._words(withheld.text), why)

    def _note(self, remark: Integrity) -> Remark:
        article = self._articles.get(remark.article or "")
        section = TITLES.get(remark.section or "", remark.section or "")
        about = remark.outlet or (article.outlet if article else "") or section
        return self._remark(about, remark.message, remark.code)

    def _remark(self, about: str, message: str, code: str) -> Remark:
        about, message = self._words(about), self._words(message)
        return Remark("" if about in message else about, message, self._words(code))

    def _dateline(self) -> tuple[str, ...]:
        articles = self._briefing.articles
        outlets = len({a.outlet for a in articles})
        days = [day for a in articles if a.published and (day := parse_published(a.published))]
        counted = f"{plural(len(articles), 'article')} from {plural(outlets, 'outlet')}"
        return tuple(self._words(part) for part in (counted, span(days)) if part)

    def _legend(self) -> tuple[tuple[str, str], ...]:
        named = zip(signs(unicode=self._unicode), (SINGLE_SOURCE, INFERENCE, ALONE), strict=True)
        return tuple((sign, name) for sign, name in named if name in self._marked)

    def _sources(self) -> tuple[Entry, ...]:
        evidence: dict[str, list[tuple[int, str, str]]] = {a: [] for a in self._articles}
        for cite, number in self._numbers.items():
            evidence.setdefault(cite.article, []).append((number, self._words(cite.id), self._words(cite.text)))
        return tuple(self._entry(source, tuple(cited)) for source, cited in evidence.items())

    def _entry(self, source: str, evidence: tuple[tuple[int, str, str], ...]) -> Entry:
        article = self._articles.get(source)
        if article is None:
            return self._background(source, evidence)
        day = parse_published(article.published) if article.published else None
        original = self._articles.get(article.copy_of or "")
        remarks = [f"near-copy of {_named(original)}"] if original else []
        remarks += [] if evidence else ["not cited"]
        return Entry(
            outlet=self._words(article.outlet),
            title=self._words(article.title),
            date=readable(day.isoformat()) if day else "",
            url=safe_url(article.url),
            address=safe_url(article.url) or self._words(article.url),
            remarks=tuple(self._words(r) for r in remarks),
            evidence=evidence,
        )

    def _background(self, source: str, evidence: tuple[tuple[int, str, str], ...]) -> Entry:
        reference = self._references.get(source)
        if reference is None:
            return Entry(self._words(f"Background {source}"), "", "", None, "", (), evidence)
        url = safe_url(reference.url)
        name, title = self._words(f"Background, {reference.source}"), self._words(reference.title)
        return Entry(name, title, "", url, url or self._words(reference.url), (), evidence)

    def _colophon(self) -> str:
        made = self._briefing.provenance
        drafted = f"Drafted by {made.model}"
        if made.model == "extract":
            drafted = "Drafted out of the articles' own sentences, without a model"
        judged = f"; judge: {made.judge}" if made.judge else ""
        return self._words(f"{drafted}; every sentence checked against its sources by briefer {made.briefer}{judged}.")


def _quoted(text: str) -> str:
    # Quotation marks inside quotation marks are single ones; the sources have the exact characters.
    return f"“{text.translate(_INNER)}”"


def _excerpt(text: str, value: str) -> str:
    """Return a long sentence cut to the words around `value`; the sources have all of it."""
    at = text.find(value)
    if len(text) <= _LONG or at < 0:
        return text
    start = max(0, at - _LONG // 2)
    end = start + _LONG
    head = "… " + text[start:].partition(" ")[2] if start else text
    kept = head[: _LONG + 2] if start else text[:end]
    return kept if end >= len(text) else kept.rpartition(" ")[0] + " …"


def _moment(iso: str) -> str:
    """Return `2026-03-10T12:15-05:00` as "10 March 2026, 12:15"."""
    return readable(iso[:10]) + (f", {iso[11:16]}" if len(iso) > 10 else "")


_INNER = str.maketrans('“”„"', "‘’‚'")


def _named(article: ArticleRecord) -> str:
    return f"{article.outlet}, “{article.title}”" if article.title else article.outlet


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"
