"""W502: what somebody would not say, the claim does not make him say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.denials import content, plain_clauses
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import NOT, alternatives
from briefer.checks.polarity import says_no
from briefer.checks.thesaurus import held
from briefer.findings import Finding
from briefer.text import compiled, fold

_TELL = r"""
    sa(?:y|ys|id|ying) t(?:ell|ells|old|elling) disclos\w+ reveal\w* giv(?:e|es|en|ing) gave explain\w* specif\w+ nam\w+
    identif\w+ stat(?:e|ed|es|ing) elaborat\w+ clarif\w+ sp(?:ell\w*|elt)_out ma[kd]e_clear discuss\w* comment\w*
    answer\w* know[ns]? knew decid\w+ settl\w+ establish\w* determin\w+ indicat\w+ acknowledg\w+ conced\w+ admit\w*
    confirm\w* announc\w+ insist\w*
"""
_ASKED = r"(?P<asked>(?i:why|how|what|which|who|whom|whose|where|when|whether|if))\b"
# He would not say whether the club would appeal; they came from three rooms, she said, without saying whose.
_NOT_TO = alternatives(NOT, r"declin\w+_to refus\w+_to unable_to yet_to")
_UNTOLD = re.compile(
    rf"{_NOT_TO} (?:[\w']+ ){{0,3}}?{alternatives(_TELL)}(?: [\w']+){{0,3}}? {_ASKED}(?P<matter>[^;:.]*)"
)
# He explained where the rest had gone; he said that the club would appeal.
_TOLD_WHAT = rf"{alternatives(_TELL)}(?: [\w'-]+){{0,4}}? {_ASKED}"
_TOLD_THAT = rf"{alternatives(_TELL)} (?i:that)\b"
# What somebody would not say at all is told by so many words, with so many others among them.
_SHARED, _AMONG = 2, 2
_WHETHER = ("whether", "if")


def untold_stays_untold(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: who did not say whether or where it was so has not said it in the claim."""
    text, language = fold(claim.text), evidence.bundle.language
    if claim.kind == "extract" or evidence.foreign or says_no(text):
        return
    said = content(text, language)
    for sentence, known in zip(evidence.cited, evidence.texts, strict=True):
        for untold in _UNTOLD.finditer(known):
            matter = content(f"to{untold['matter']}", evidence.language_of(sentence))
            told = _is_near(matter, said) if untold["asked"].casefold() in _WHETHER else _has_half(matter, said)
            if told and _is_told(untold, matter, text, evidence):
                yield Finding("W502", f"{sentence.id} has “{untold.group().strip()}”, the sentence tells it")
                return


def _has_half(matter: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether these words of a claim hold half of a matter."""
    return held(matter, frozenset(said)) * 2 >= len(matter)


def _is_near(matter: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether a claim has half of a matter in one place, and as many words as make it this one."""
    wide = len(matter) + _AMONG
    near = (frozenset(said[at : at + wide]) for at in range(max(1, len(said) - wide + 1)))
    return any(held(matter, window) >= max(min(_SHARED, len(matter)), len(matter) / 2) for window in near)


def _is_told(untold: re.Match[str], matter: tuple[str, ...], text: str, evidence: Evidence) -> bool:
    """Whether the claim tells of a matter as of one that was told, and no other cited clause does."""
    if untold["asked"].casefold() not in _WHETHER:
        return compiled(_TOLD_WHAT).search(text) is not None  # that it is so somehow is granted
    if not (matter and (len(matter) >= _SHARED or compiled(_TOLD_THAT).search(text))):
        return False
    return not any(held(matter, told) == len(matter) for told in plain_clauses(evidence))
