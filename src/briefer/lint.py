"""What is wrong with a bundle before any money is spent: findings on articles, none of them fatal."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from briefer import suspicious
from briefer.bundle import Article, Bundle, Source
from briefer.endings import cut_off
from briefer.findings import Remark
from briefer.orders import addressed
from briefer.outlets import mixed_scripts, seen_as
from briefer.stems import weights
from briefer.text import inert, plain

_SHORT = 40
# An article is a stranger with less than this share of the likeness that the least like of the others has.
# Measured: 0 of 158 articles in 48 bundles, and 84 % of 918 articles put into another story's bundle.
_APART = 0.6
_YEAR = 366

_LABEL = (
    r"(?:comment|opinion|op-ed|editorial|leading article|viewpoint|our view|column|kommentar|meinung|leitartikel"
    r"|gastbeitrag|tribune|editoriaux|edito|chronique|opinion|columna|tribuna)"
)
_OPINION_LEAD = re.compile(rf"^{_LABEL}(?:\s*[:|]|$)")
_OPINION_TITLE = re.compile(rf"^{_LABEL}\s*(?:[:|]| -)|(?:\||-|:)\s*{_LABEL}$|^\(?{_LABEL}\)?$")
_OPINION_URL = re.compile(
    r"/(?:opinions?|op-?eds?|commentisfree|comment|commentary|columnists?|editorials?|kommentare?|meinung|tribunes?|opinion-\w+"
    r"|columnas?|idees)(?:/|-|$)"
)


def lint(bundle: Bundle, copies: Mapping[str, str]) -> tuple[Remark, ...]:
    """Return the remarks on a bundle, article by article, then on the bundle as a whole.

    `copies` is `coverage.near_copies(bundle)`: article id -> id of the article it nearly copies.
    """
    sources = bundle.numbered_articles
    found: list[Remark] = []
    strangers, late = _strangers(sources), _odd_dates(sources)
    for article, source in zip(bundle.articles, sources, strict=True):
        remarks = chain(
            _copy(source, bundle, copies),
            _cut(source),
            _undated(source, late),
            _opinion(article, source),
            _other_story(source, strangers),
            _hidden(article, source),
            _name(source, sources),
        )
        found.extend(Remark(c, m, source.id, source.outlet) for c, m in remarks)
    found.extend(Remark(c, m) for c, m in chain(_dominant(sources), _alone(sources)))
    return tuple(found)


Remarks = Iterator[tuple[str, str]]


def _who(source: Source) -> str:
    return f"{source.id} ({inert(source.outlet or '')[:60]})"


def _copy(source: Source, bundle: Bundle, copies: Mapping[str, str]) -> Remarks:
    original = copies.get(source.id)
    if original is None:
        return
    message = f"{_who(source)} is a near-copy of {_who(bundle.sources[original])}; the two count as one source"
    other = _values(source) - _values(bundle.sources[original])
    if other:
        message += f", but {len(other)} of its figures {'is' if len(other) == 1 else 'are'} not in the original"
    yield "B901", message


def _values(source: Source) -> set[tuple[object, str]]:
    from briefer.dates import blank  # only a bundle with near-copies needs them
    from briefer.figures import figures

    return {(f.value, f.unit) for s in source.sentences for f in figures(blank(s.text), source.language)}


def _cut(source: Source) -> Remarks:
    count = len(source.text.split())
    if reason := cut_off(source.text, [sentence.text for sentence in source.sentences]):
        yield "B902", f"{_who(source)} seems to end before its end ({reason}); what it leaves out proves nothing"
    elif count < _SHORT:
        yield "B902", f"{_who(source)} has {count} words only, so it may be a teaser; what it leaves out proves nothing"


def _undated(source: Source, late: Mapping[str, int]) -> Remarks:
    if source.published is None:
        yield (
            "B903",
            f"{_who(source)} has no publication date, so words like Monday or last month cannot be resolved in it",
        )
    elif source.id in late:
        yield (
            "B903",
            f"{_who(source)} is dated {source.published}, more than a year from every other article; check the date,"
            " since words like Monday are resolved by it",
        )


def _odd_dates(sources: Sequence[Source]) -> dict[str, int]:
    """Return the ids of articles dated more than a year from all others, when the others agree."""
    dated = {s.id: s.published.toordinal() for s in sources if s.published}
    middle = sorted(dated.values())[len(dated) // 2] if len(dated) >= 3 else 0
    odd = {sid: day for sid, day in dated.items() if abs(day - middle) > _YEAR}
    return odd if len(odd) == 1 and len(dated) >= 3 else {}


def _opinion(article: Article, source: Source) -> Remarks:
    why = ""
    first = source.sentences[0].text if source.sentences else ""
    if _OPINION_TITLE.search(plain(source.title)):
        why = f"its headline is “{inert(source.title)[:80]}”"
    elif _OPINION_LEAD.search(plain(first)):
        why = f"it opens with “{inert(first)[:40]}”"
    elif _OPINION_URL.search(plain(article.url or "")):
        why = "its address says so"
    if why:
        yield "B904", f"{_who(source)} is an opinion piece ({why}); read its account as one view"


def _other_story(source: Source, strangers: frozenset[str]) -> Remarks:
    if source.id in strangers:
        yield (
            "B905",
            f"{_who(source)} shares hardly any words with the other articles; check that it belongs into this bundle",
        )


def _strangers(sources: Sequence[Source]) -> frozenset[str]:
    """Return the ids of articles that are far less like the rest than all others are, by language; three at least.

    Likeness is the cosine between an article's content words and those of the rest, summed.
    """
    found: set[str] = set()
    for language in {s.language for s in sources}:
        own = [s for s in sources if s.language == language]
        likeness = _likeness([weights(f"{s.title}\n{s.text}", s.language) for s in own]) if len(own) >= 3 else []
        if likeness:
            lowest, next_lowest = sorted(likeness)[:2]
            found.update(s.id for s, x in zip(own, likeness, strict=True) if x == lowest < _APART * next_lowest)
    return frozenset(found)


def _likeness(articles: Sequence[Mapping[str, float]]) -> list[float]:
    total: Counter[str] = Counter()
    for article in articles:
        total.update(article)
    square = sum(w * w for w in total.values())
    shared = [sum(w * total[stem] for stem, w in article.items()) for article in articles]
    return [(s - 1) / math.sqrt(max(square - 2 * s + 1, 1e-9)) for s in shared]


def _hidden(article: Article, source: Source) -> Remarks:
    head = ((part or "").replace("\n", " ") for part in (article.title, article.outlet, article.author))
    given = "\n".join((*head, article.text))
    kinds = suspicious.hidden_kinds(given)
    if kinds:
        listed = " and ".join(f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in kinds.items())
        yield "B907", f"{_who(source)} holds {listed}; they are left out, but look at where the text comes from"
    if count := suspicious.disguised(given):
        yield "B907", f"{_who(source)} holds {count} letters in disguise (mathematical, full-width or struck through)"
    if mixed := mixed_scripts(article.text):
        word = inert(mixed[0])[:30]
        yield (
            "B907",
            f"{_who(source)} mixes look-alike letters of two scripts in words such as “{word}”; check its source",
        )
    if ids := suspicious.ids(given):
        yield (
            "B907",
            f"{_who(source)} holds what looks like a sentence id, {ids[0]}; it is printed as text and proves nothing",
        )
    if words := inert(_for_a_model(given, source))[:80]:
        yield (
            "B907",
            f"{_who(source)} addresses a model, not a reader (“{words}”); what it says counts for its own outlet",
        )


def _for_a_model(given: str, source: Source) -> str:
    lines = [*given.split("\n")[:3], *(sentence.text for sentence in source.sentences)]
    return suspicious.markup(given) or next(addressed(lines), "")


def _name(source: Source, sources: Sequence[Source]) -> Remarks:
    name = source.outlet or ""
    alike = [s for s in sources if s.outlet != name and seen_as(s.outlet or "") == seen_as(name)]
    original = next((s for s in alike if not mixed_scripts(s.outlet or "")), None)
    if mixed_scripts(name):
        like = f" and looks like {_who(original)}" if original else ""
        yield "B907", f"{_who(source)} mixes letters of two scripts in its name{like}; check who published it"
    elif original and sources.index(original) < sources.index(source):
        yield "B907", f"{_who(source)} has a name that looks like {_who(original)}; the two count as one outlet"


def _dominant(sources: Sequence[Source]) -> Remarks:
    words: Counter[str] = Counter()
    for source in sources:
        words[source.outlet or ""] += len(source.text.split())
    (first, most), *others = words.most_common(2)
    share = most / words.total()
    if others and share > 0.6 and (len(words) >= 3 or most >= 5 * others[0][1]):
        yield (
            "B906",
            f"{inert(first)[:60]} has {share:.0%} of all words, so the briefing will lean on it; add other outlets",
        )


def _alone(sources: Sequence[Source]) -> Remarks:
    if len({seen_as(s.outlet or "") for s in sources}) == 1:
        yield (
            "R003",
            f"all articles are {inert(sources[0].outlet or '')[:60]}'s, so nothing can be confirmed by another outlet;"
            " add articles of other outlets",
        )
