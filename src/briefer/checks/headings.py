"""Headings and questions: what is printed above statements holds no name or figure without evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from briefer.briefing import Claim
from briefer.bundle import Bundle, Source
from briefer.checks.evidence import Check, Evidence
from briefer.checks.figures import figures_are_there
from briefer.checks.names import names_are_there
from briefer.checks.wording import nothing_leaked
from briefer.dates import blank
from briefer.figures import figures
from briefer.findings import Finding
from briefer.stems import stems
from briefer.text import fold, one_line, words

_PLAIN: tuple[Check, ...] = (names_are_there, figures_are_there, nothing_leaked)
_ONE_OUTLET = "too much of this question stands in one outlet's articles only"
# Words in which anything may be asked, and how many others may be one outlet's own or the model's.
_ASKING = {
    language: frozenset(stems(words_, language))
    for language, words_ in {
        "en": "happen next cause reason know known explain mean matter change end begin cost pay play part far conclude"
        " fact dispute",
        "de": "warum kam dazu geht weiter umstritten folgt ursache kostet endet beginnt bedeutet",
        "fr": "pourquoi arrivé va passer contesté suite cause coûte finira commence signifie",
        "es": "ocurrió pasará ahora discute causa cuesta acabará empieza significa",
    }.items()
}
_STRANGE = 4
# A question needs no more words than this; a longer one is a claim in disguise.
_LONGEST = 30


def heading_is_grounded(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N401, F301, W503 on the heading above a claim: its names stand in the cited articles, its figures in any."""
    if not claim.heading or not evidence.sources:
        return
    heading = Claim(claim.section, claim.heading, ())
    cited = tuple(s for source in evidence.sources for s in source.sentences)
    every = tuple(evidence.bundle.sentences.values())
    yield from _grounded(Evidence(heading, evidence.bundle, cited), (names_are_there, nothing_leaked))
    if figures(blank(claim.heading), evidence.bundle.language):
        yield from _grounded(Evidence(heading, evidence.bundle, every), (figures_are_there,))


def open_question_findings(question: str, section: str, bundle: Bundle) -> list[Finding]:
    """Return what keeps an unanswered question from print.

    Its names and figures must stand in the articles: of two outlets where there are two, since a
    question needs no evidence and one outlet's text could otherwise speak through it.
    """
    text = fold(one_line(question))
    if not text.rstrip("\"' »”").endswith(("?", "？", "؟", ";")) or len(words(text)) > _LONGEST:
        return [Finding("W503", f"“{one_line(question)[:60]}” is not a plain question of at most {_LONGEST} words")]
    by_outlet = [bundle.articles_of(outlet) for outlet in bundle.outlets]
    claim = Claim(section, question, ())
    # Two outlets are enough, and of an outlet its first problem: those who tell most of it are asked first.
    asked = frozenset(stems(text, bundle.language))
    nearest = sorted(by_outlet, key=lambda articles: -len(asked & _stems_of(articles)))
    problems = (next(_problems(claim, articles, bundle), None) for articles in nearest)
    clean = len([*islice((one for one in problems if one is None), 2)])
    if clean == min(2, len(by_outlet)):
        return [] if _is_common(text, by_outlet, bundle) else [Finding("S601", _ONE_OUTLET)]
    return [Finding("N401", _ONE_OUTLET)] if clean else [*_problems(claim, by_outlet[0], bundle)]


def _problems(claim: Claim, articles: tuple[Source, ...], bundle: Bundle) -> Iterator[Finding]:
    sentences = tuple(s for article in articles for s in article.sentences)
    return _grounded(Evidence(claim, bundle, sentences), _PLAIN)


def _stems_of(articles: tuple[Source, ...]) -> frozenset[str]:
    return frozenset().union(*(told for article in articles for told in article.stems))


def _is_common(text: str, by_outlet: list[tuple[Source, ...]], bundle: Bundle) -> bool:
    """Whether most of a question's words stand in the articles of two outlets, where there are two."""
    held = [_stems_of(articles) for articles in by_outlet]
    asking = _ASKING.get(bundle.language[:2].lower(), frozenset())
    # Who is named as an outlet is no fact of the story; what is told under a name as long as a sentence is.
    named = "|".join(re.escape(fold(outlet)) for outlet in sorted(bundle.outlets, key=len, reverse=True))
    asked = {w for w in stems(re.sub(named, " ", text), bundle.language) if not w[0].isdigit()} - asking
    shared = {w for w in asked if sum(w in words_ for words_ in held) >= min(2, len(held))}
    return len(asked - shared) <= min(_STRANGE, len(asked) / 2)


def _grounded(evidence: Evidence, checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks:
        for finding in check(evidence.claim, evidence):
            # Every sentence of an article stands behind a heading: naming them all would help nobody.
            articles = " or ".join(s.id for s in evidence.sources)
            yield Finding(finding.code, f"heading: {finding.message.replace(evidence.where, articles)}")
