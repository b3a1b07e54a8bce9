"""W: is the claim written for a reader of news, in words of its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence, vocabulary_of
from briefer.checks.lexicon import LEAKED
from briefer.findings import Finding
from briefer.text import fold, plain, words

_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|biz|io|me|ly|co|dev|app|xyz|top|example)\b\S*",
    re.IGNORECASE,
)
# Every address has such a mark.
_POINT = re.compile(r"[.:]\S")
# A run of this many of an article's own words is no longer one's own sentence.
COPIED_RUN = 18


def nothing_leaked(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W503: no ids, no talk about the task, no instruction."""
    text = fold(claim.text)
    match = LEAKED.search(text)
    if match and fold(match.group()) not in " ".join(evidence.texts):
        yield Finding("W503", f"“{match.group()[:40]}” is no part of a sentence for readers")
    for address in _ADDRESS.findall(text) if _POINT.search(text) else ():
        bare = address.rstrip(".,;:!?)]\"'")
        if bare not in " ".join(evidence.texts):
            yield Finding("W503", f"the web address “{bare[:40]}” is not in the cited sentences; leave it out")
    if not text:
        yield Finding("W503", "the sentence is empty")
    elif len(text) > 700 and claim.kind != "extract":
        yield Finding("W503", f"the sentence has {len(text)} characters; write one sentence of at most 35 words")


def not_copied(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W504: no long run of an article's own words outside quotation marks."""
    if claim.kind == "extract":
        return
    own = [plain(w) for w in words(re.sub(r'"[^"]*"', " ▮ ", fold(claim.text)))]
    bare = [w.removesuffix("'s").rstrip("'") for w in own]
    for text in evidence.texts:
        known = vocabulary_of(text)
        if sum(w in known for w in bare) < COPIED_RUN:
            continue
        theirs = " ".join(plain(w) for w in words(text))
        for start in range(len(own) - COPIED_RUN + 1):
            run = " ".join(own[start : start + COPIED_RUN])
            if f" {run} " in f" {theirs} ":
                begins = " ".join(run.split()[:8])
                told = f"“{begins} …” begins {COPIED_RUN} words or more of the article's own"
                yield Finding("W504", f"{told}; say it in your own words")
                return
