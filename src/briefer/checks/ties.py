"""F305: a figure of the evidence keeps what it is tied to there: the time of which it is, or that it is a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.units import compatible, matches
from briefer.dates import blank
from briefer.figure import Figure
from briefer.figures import figures
from briefer.findings import Finding
from briefer.text import fold

_ROUNDLY = r"(?:(?:about|around|some|nearly|almost|roughly|more than|over|less than|under|just|only)\s)?$"
# "Down from 17 million in 2022": the figure of another time.
_FORMER = re.compile(r"\b(?:down from|up from|compared (?:with|to)|as against)\s" + _ROUNDLY)
_THEN = re.compile(
    r"\b(?:from|against|compared|than|then|earlier|before|previous\w*|former\w*|had been|used to|until|after|since|once"
    r"|was|were|more|less|fewer|higher|lower|height|peak|first|initial\w*|original\w*|start\w*|began|begin\w*)\b"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# "Ten would have been the limit": a figure that nothing has reached.
_LIMIT = re.compile(
    r"\b(?:would|limit\w*|threshold\w*|ceiling|maximum|minimum|allow\w*|permit\w*|at (?:most|least)|requir\w*|target\w*"
    r"|cap(?:s|ped|acity)?|may|might|could|should|must|if|up to|need\w*|licen[cs]\w*|room for|no more than|until)\b"
)
_WOULD_BE = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:would (?:have been|be)|is|was)"
    r" (?:the |its |their |a )?(?:limit|most|maximum|threshold)"
)
_CLAUSE = re.compile(r"[,;:]|\.\s|\s(?:and|but|while|whereas)\s")


def figures_keep_their_ties(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305: no figure of a former time or of a limit is told as one of now."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign:
        return
    said = evidence.said.casefold()
    for figure in evidence.own:
        told = [
            (fold(s.text).casefold(), f, s.id)
            for s in evidence.cited
            for f in evidence.figures_of(s)
            if matches(figure, f)
        ]
        if not told:
            continue
        _, known, where = told[0]
        if all(_was(t, f, said) for t, f, _ in told):
            yield Finding(
                "F305", f"in {where} “{known.raw}” is of an earlier time; say of which, or give the later figure"
            )
        elif all(_WOULD_BE.match(t, f.end) for t, f, _ in told) and not _LIMIT.search(_around(said, figure)):
            yield Finding("F305", f"in {where} “{known.raw}” is a limit, not what was counted")
        else:
            continue
        return


def _was(text: str, known: Figure, said: str) -> bool:
    """Whether a figure stands only for comparison there, and the claim neither compares nor names its year."""
    if not _FORMER.search(known.ahead(text)):
        return False
    later = any(compatible(f, known) and f.end < known.start for f in figures(blank(text)))
    years = set(_YEAR.findall(text[known.end : known.end + 30]))
    return later and not _THEN.search(said) and not years & set(_YEAR.findall(said))


def _around(text: str, figure: Figure) -> str:
    """Return the clause of a figure."""
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, figure.start)), default=0)
    behind = _CLAUSE.search(text, figure.end)
    return text[start : behind.start() if behind else len(text)]
