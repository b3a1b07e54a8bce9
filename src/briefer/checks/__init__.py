"""The checks, and `prove`: the one place where a `Claim` becomes a `Proved`.

A check is a function of a claim and its evidence that yields findings. A new check is one
function, one line in `CHECKS`, and its codes in `findings.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefer.briefing import Cite, Claim, Note, Proved
from briefer.bundle import Bundle, Sentence
from briefer.checks.attribution import cited_outlets_report_it, counts_agree, named_outlets_are_cited
from briefer.checks.causes import cause_is_told
from briefer.checks.citations import cites_exist, cites_no_order, cites_own_outlet
from briefer.checks.crosswise import told_crosswise
from briefer.checks.dates import dates_are_there, timeline_date
from briefer.checks.direction import direction_is_kept
from briefer.checks.evidence import Check, Evidence
from briefer.checks.exchanged import none_are_exchanged
from briefer.checks.figures import bounds_are_kept, figures_are_there
from briefer.checks.headings import heading_is_grounded
from briefer.checks.hearsay import somebody_says_it
from briefer.checks.hedges import hedge_is_kept
from briefer.checks.idle import idle_cites
from briefer.checks.names import names_are_near, names_are_there, names_stand_together
from briefer.checks.negation import negation_is_kept
from briefer.checks.pairs import contrast_has_two_sides, margin_is_a_difference, pairs_stay_together
from briefer.checks.places import things_in_their_places
from briefer.checks.quotations import (
    quotation_has_its_speaker,
    quotation_is_exact,
    quotation_is_not_cut_out_of_a_denial,
)
from briefer.checks.rates import by_is_not_to, periods_are_kept
from briefer.checks.refusals import refusal_is_no_grant
from briefer.checks.reticence import untold_stays_untold
from briefer.checks.roles import role_is_the_person_s
from briefer.checks.slots import names_keep_their_slots, no_not_is_put_in
from briefer.checks.support import evidence_carries_it
from briefer.checks.ties import figures_keep_their_ties
from briefer.checks.wording import not_copied, nothing_leaked
from briefer.codes import Weight
from briefer.findings import Finding
from briefer.memo import memo
from briefer.text import fold, one_line

CHECKS: tuple[Check, ...] = (
    cites_exist,
    cites_own_outlet,
    cites_no_order,
    quotation_is_exact,
    quotation_is_not_cut_out_of_a_denial,
    quotation_has_its_speaker,
    figures_are_there,
    bounds_are_kept,
    periods_are_kept,
    by_is_not_to,
    figures_keep_their_ties,
    margin_is_a_difference,
    pairs_stay_together,
    contrast_has_two_sides,
    dates_are_there,
    timeline_date,
    things_in_their_places,
    none_are_exchanged,
    told_crosswise,
    names_are_there,
    names_are_near,
    names_keep_their_slots,
    names_stand_together,
    role_is_the_person_s,
    hedge_is_kept,
    somebody_says_it,
    negation_is_kept,
    no_not_is_put_in,
    untold_stays_untold,
    refusal_is_no_grant,
    direction_is_kept,
    cause_is_told,
    nothing_leaked,
    not_copied,
    evidence_carries_it,
    heading_is_grounded,
    counts_agree,
    named_outlets_are_cited,
    cited_outlets_report_it,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of one claim: `proved` is None when a finding keeps it from print.

    `unjudged` says that a judge was asked about it and gave no answer.
    """

    claim: Claim
    proved: Proved | None
    findings: tuple[Finding, ...]
    unjudged: bool = False

    @property
    def weak(self) -> bool:
        """Whether weak findings and no others keep it from print."""
        stopping = [f for f in self.findings if f.weight is Weight.WITHHOLD]
        return self.proved is None and bool(stopping) and all(f.weak for f in stopping)

    @property
    def to_mend(self) -> bool:
        """Whether a re-ask could better it."""
        return any(f.weight is not Weight.NOTE for f in self.findings)


def prove(claims: Iterable[Claim], bundle: Bundle) -> list[Verdict]:
    """Check every claim against its cited sentences; order is kept, each claim gets one verdict."""
    return [_verdict(as_extract(claim, bundle), bundle) for claim in claims]


def as_extract(claim: Claim, bundle: Bundle) -> Claim:
    """Call a claim that is one cited sentence's own characters what it is: an extract."""
    if len(claim.cites) == 1 and claim.part != "headline":
        sentence = bundle.sentences.get(claim.cites[0])
        if sentence and fold(sentence.text) == fold(claim.text):
            return replace(claim, kind="extract", text=one_line(sentence.text))
    return claim if claim.kind != "extract" else replace(claim, kind="reported")


def settled(verdict: Verdict, bundle: Bundle) -> Verdict:
    """Return what a judge's yes makes of a verdict: its weak findings become remarks, no other gives way."""
    return _verdict(verdict.claim, bundle, settle=True) if verdict.weak else verdict


def _verdict(claim: Claim, bundle: Bundle, *, settle: bool = False) -> Verdict:
    evidence = Evidence.of(claim, bundle)
    # What another outlet's sentence says is not looked at, lest its words reach the account in a finding.
    strays = tuple(cites_own_outlet(claim, evidence))
    findings = strays or tuple(dict.fromkeys(f for check in CHECKS for f in check(claim, evidence)))
    if settle:
        findings = tuple(f.settle() if f.weak else f for f in findings)
    if any(f.weight is Weight.WITHHOLD for f in findings):
        return Verdict(claim, None, findings)
    leaner, idle = idle_cites(claim, evidence)
    if idle:
        again = _verdict(leaner, bundle, settle=settle)
        if again.proved:
            told = (*(again.findings if settle else findings), *idle)
            return Verdict(again.claim, again.proved.model_copy(update={"findings": tuple(map(Note.of, told))}), told)
    proved = Proved(
        id="",
        text=one_line(claim.text),
        kind=claim.kind,
        cites=tuple(cite_of(s) for s in evidence.cited),
        outlets=tuple(dict.fromkeys(s.outlet for s in evidence.sources if s.outlet)),
        findings=tuple(Note.of(f) for f in findings),
    )
    return Verdict(claim, proved, findings)


@memo(8192)
def cite_of(sentence: Sentence) -> Cite:
    """Return the printed form of a sentence: its article, offsets and own characters."""
    return Cite(id=sentence.id, article=sentence.source, start=sentence.start, end=sentence.end, text=sentence.text)
