"""Headings and questions: what is printed above statements holds no name or figure without evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks.evidence import Evidence
from briefer.checks.figures import figures_are_there
from briefer.checks.names import names_are_there
from briefer.checks.wording import nothing_leaked
from briefer.dates import blank
from briefer.figures import figures
from briefer.findings import Finding
from briefer.text import fold, one_line, words

Check = Callable[[Claim, Evidence], Iterator[Finding]]
_PLAIN: tuple[Check, ...] = (names_are_there, figures_are_there, nothing_leaked)
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
    by_outlet = [[s for a in bundle.articles_of(o) for s in a.sentences] for o in bundle.outlets]
    claim = Claim(section, question, ())
    problems = [list(_grounded(Evidence(claim, bundle, tuple(ss)), _PLAIN)) for ss in by_outlet]
    clean = sum(not p for p in problems)
    if clean >= min(2, len(by_outlet)):
        return []
    return (
        next((p for p in problems if p), [])
        if clean == 0
        else [Finding("N401", "the names and figures of this question stand in one outlet's articles only")]
    )


def _grounded(evidence: Evidence, checks: tuple[Check, ...]) -> Iterator[Finding]:
    for check in checks:
        for finding in check(evidence.claim, evidence):
            # Every sentence of an article stands behind a heading: naming them all would help nobody.
            where = ", ".join(s.id for s in evidence.cited)
            articles = " or ".join(s.id for s in evidence.sources)
            yield Finding(finding.code, f"heading: {finding.message.replace(where, articles)}")
