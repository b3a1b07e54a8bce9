"""W502: who denied a thing, kept silent or had no plans has not granted it, answered or planned in the claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.briefing import Claim
from briefer.checks.denials import OPERATOR, clauses
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import NOT, QUOTED, Cues, any_of
from briefer.checks.polarity import says_no
from briefer.checks.support import is_told_freely
from briefer.findings import Finding

# What stands between a denial and its verb.
_N = f"(?:{'|'.join(NOT.split())})_(?:\\w+_){{0,2}}?"
_YET = rf"(?:{_N}|(?:yet|declin\w+|refus\w+|unable)_to_(?:\w+_)?|without_(?:\w+_)?)"


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a claim makes of its opposite: the words of both; `own` where those of the claim are not in its evidence."""

    claimed: str
    known: str
    own: bool = True


_TURNS = (
    # grants, agrees to or owns up to
    _Turn(
        r"""
        admi(?:t|ts|tted|tting|ssions?) conced(?:e[sd]?|ing) acknowledg\w+ confirm(?:s|ed|ing|ation)? agree(?:[sd]|ing)?
        accept(?:s|ed|ing|ance)? consent(?:s|ed) assent(?:s|ed) own(?:s|ed|ing)_up sa(?:ys?|id)_yes welcom(?:e[sd]|ing)
        endors(?:e[sd]|ing) (?:allow|grant)(?:s|ed)_that upheld upholds? gave_in gives_in
        """,
        rf"""
        den(?:y|ied|ies|ials?|ying) declin(?:e[sd]?|ing)_to refus(?:e[sd]?|ing|als?) reject\w* dismiss\w* contradict\w*
        turn(?:s|ed|ing)_(?:\w+_){{0,3}}down (?:threw|throws?|thrown)_(?:\w+_){{0,3}}out no_comment unaware
        (?:kn[eo]ws?|known)_(?:of_)?(?:no|nothing)
        insist(?:s|ed|ing)\b[^,;.]*\b(?:no|not|nobody|none|nothing|never|\w+n't) neither\b[^,;.]*_nor
        yet_to_(?:reply|answer|respond|comment|decide|say)
        {_N}(?:say|said|repl\w+|answer\w*|respon\w+|comment\w*|recall\w*|remember\w*)
        """,
    ),
    # answers
    _Turn(
        r"""
        (?<!no_)answer(?:s|ed)? (?<!in_)repl(?:y|ies|ied) respond(?:s|ed)? (?<!in_)response
        (?:called|wrote|writes|got)_back
        """,
        rf"{_YET}(?:answer\w*|repl(?:y|ied)|respon\w*|react\w*|call(?:ed)?_back|write_back) silent silence",
    ),
    # tells
    _Turn(
        r"""
        sp(?:ells?|elled|elt|elling)_out disclos(?:e[sd]|ing|ure) reveal(?:s|ed|ing) specif(?:y|ies|ied)
        explain(?:s|ed|ing) clarif(?:y|ies|ied) identif(?:y|ies|ied) elaborat(?:es?|ed|ing) discuss(?:es|ed)
        (?:names?|named)_(?:the|its|his|her|their|who)
        (?:records?|recorded|sets?_out|states?|details?)_(?:what|who|how|which|why)
        """,
        rf"""
        {_YET}(?:say(?:ing)?|said|tell|told|giv(?:e|en|ing)|disclos\w+|reveal\w*|specif\w+|explain\w*|elaborat\w*)
        {_YET}(?:nam(?:e|ed|ing)|identif\w+|comment\w*|discuss\w*|publish\w*) w(?:ill|ould)_say_only said_only
        no_comment
        """,
    ),
    # means to do
    _Turn(
        r"""
        plan(?:s|ned|ning)? intend(?:s|ed)? intentions? mean(?:s|t)?_to will would about_to going_to set_to
        prepar(?:es|ed|ing)_to
        """,
        r"""
        no_(?:\w+_)?(?:plans?|intentions?|wish|desire) nothing_(?:is_|was_)?planned
        (?:not|n't|never)_(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|mean(?:s|t)?_to|wish(?:es|ing)?_to)
        """,
        own=False,
    ),
    # has got
    _Turn(
        r"""
        receiv(?:es?|ed|ing) obtain(?:s|ed) replace[ds]? replacement successor substitute stand-in
        (?:been|was|were)_(?:given|let|allowed|sent|shown|granted|handed|told|informed)
        """,
        rf"{_YET}(?:been_)?(?:receiv\w+|given|obtain\w*|granted|shown|sent|replaced?|handed|told|informed|let)",
    ),
    # has done by now
    _Turn("already", r"not(?!_(?:an?_|the_)?(?:first|last|only)\b) never nobody none nothing yet_to \w+n't"),
    # knows of it
    _Turn(
        r"aware kn[eo]ws? known (?:ha[sd]|have)_(?:seen|read|heard) (?:been|was|were)_(?:warned|notified|told)",
        rf"""
        kn[eo]ws?_(?:of_)?(?:no|nothing) unaware
        {_YET}(?:know\w*|aware|seen?|read|hear\w*|told|tell|warned|notified)
        """,
    ),
    # was there
    _Turn(
        r"join(?:s|ed|ing) attend(?:s|ed|ing)? t(?:ook|akes?|aken|aking)_part (?:was|were)_present turn(?:s|ed)_up",
        rf"{_YET}(?:join\w*|attend\w*|tak(?:e|en|ing)_part|there|present|turn(?:ed)?_up|come|go|gone) absent",
    ),
)
# Who takes it back grants it, and who does not dispute it.
_GRANTED = Cues(rf"""
    {_N}(?:den(?:y|ied|ying)|disput\w+|contest\w*|contradict\w*|rul(?:e|ed|ing)_out|object\w*)
    t(?:ook|akes|aken|aking)_(?:\w+_){{0,2}}back backtrack\w* chang(?:ed|es)_(?:\w+_){{1,2}}mind
    """)


def refusal_is_no_grant(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: a claim that says no nowhere does not have somebody grant or do what its evidence has him refuse."""
    if claim.kind != "reported" or evidence.foreign:
        return
    text = QUOTED.sub('"', evidence.said)
    turns = [(turn, said) for turn in _TURNS if (said := any_of(turn.claimed).search(text))]
    if not turns or says_no(evidence.said):
        return
    if any(_GRANTED.are_in(known) for known in evidence.texts):
        return
    for turn, said in turns:
        known = next((k for k in map(any_of(turn.known).search, evidence.texts) if k), None)
        if known and not (turn.own and _is_said(any_of(turn.claimed), evidence)) and not is_told_freely(evidence):
            told = f"{evidence.where} says “{known.group()}”, the sentence “{said.group()}”"
            yield Finding("W502", told)
            return


def _is_said(words: re.Pattern[str], evidence: Evidence) -> bool:
    """Whether a cited clause that denies nothing has one of these words."""
    return any(
        words.search(clause) and not OPERATOR.search(clause) for text in evidence.texts for clause in clauses(text)
    )
