"""C: does the claim cite sentences that exist, of an outlet it may speak for?"""

from __future__ import annotations

from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.findings import Finding
from briefer.orders import addressed
from briefer.text import one_line


def cites_exist(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """C101, C102: every id stands in front of a sentence, and there is at least one."""
    if not claim.cites:
        yield Finding("C102", "cites nothing; cite the sentences that say it, or leave it out")
    for cite in dict.fromkeys(claim.cites):
        if cite not in evidence.bundle.sentences:
            yield Finding("C101", f"cites {one_line(cite)[:24]}, which is no sentence here")


def cites_no_order(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """C105: a sentence that talks to a model instead of a reader proves nothing; it may only be quoted whole."""
    if claim.kind == "extract":
        return
    for sentence in evidence.cited:
        if any(addressed([sentence.text])):
            yield Finding("C105", f"{sentence.id} talks to a program and not to readers; it is no evidence")


def cites_own_outlet(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """C103: an account rests on its outlet's articles alone."""
    if claim.outlet is None:
        return
    for sentence in evidence.cited:
        outlet = evidence.bundle.sources[sentence.source].outlet
        if outlet != claim.outlet:
            whose = outlet or "a reference of the desk"
            yield Finding("C103", f"cites {sentence.id} of {whose} in the account of {claim.outlet}")
