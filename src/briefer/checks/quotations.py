"""Q: are words between quotation marks in the evidence, exactly, and are they this speaker's?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import any_of
from briefer.findings import Finding
from briefer.stems import FUNCTION_WORDS
from briefer.text import find_exact, fold, plain, words

# Folded text: every double mark is `"`. A single mark opens a quotation only behind a space or a
# bracket and closes it only before one, so that an apostrophe never pairs.
_DOUBLE = re.compile(r'"([^"]{1,2000})"')
_SINGLE = re.compile(r"(?:(?<=[\s(\[])|^)'(?=\S)((?:[^']|(?<=\w)'(?=\w)){2,400}?)(?<=\S)'(?=[\s.,;:!?)\]]|$)")
_GAP = re.compile(r"\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.\.\.|\[[^\]]{1,60}\])\s*")
_NEGATION = any_of(r"not no never none nobody nothing neither nor without \w+n't")
# A denial so many words before a quotation, in the same clause, denies it.
_DENIED_WITHIN = 3
# The words that an ellipsis may pass over.
_LONGEST_GAP = 60

_SAYING = r"(?:said|says|told|added|called|warned|argued|described|insisted|wrote|replied|asked|stated|declared|put it)"
_SPEAKER_BEFORE = re.compile(rf"((?:[^\W\d_a-z][\w'-]+\s)*[^\W\d_a-z][\w'-]+)(?:,[^,\"]{{0,80}},)?\s{_SAYING}\b")
_SPEAKER_AFTER = re.compile(rf"\"[,.]?\s*(?:{_SAYING}\s+)?((?:[^\W\d_a-z][\w'-]+\s?)+)(?:{_SAYING}\b)?")

# Who quotes somebody else, behind the words: "...", Northline quotes the mayor as saying.
_RELAYED = re.compile(r"\s?(?:quot|cit)\w+\s(?:the\s)?")
_NAMED = re.compile(r"((?:[^\W\d_a-z][\w'-]+\s?)+)")


def quoted(text: str) -> list[str]:
    """Return what stands between quotation marks in folded `text`, without closing punctuation."""
    spans = _DOUBLE.findall(text)
    rest = _DOUBLE.sub(" ", text)
    spans += _SINGLE.findall(rest)
    return [s.strip(" ,.;:") for s in spans if any(c.isalnum() for c in s)]


def quotation_is_exact(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """Q201: whole words and whole numbers after folding, never nearly."""
    if claim.kind == "extract":
        return
    for words_said in quoted(fold(claim.text)):
        if evidence.cited and not any(_holds(text, words_said) for text in _passages(evidence)):
            told = f"the words “{words_said}” are not in {evidence.where}"
            yield Finding("Q201", f"{told}; quote exactly, or drop the quotation marks")


def quotation_is_not_cut_out_of_a_denial(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: "safe" is not quoted out of "the bridge is not safe"."""
    text = fold(claim.text)
    if claim.kind == "extract" or _NEGATION.search(_DOUBLE.sub(" ", text)):
        return
    for said in quoted(text):
        places = [(p, find_exact(said, p)) for p in _passages(evidence)]
        before = [_last_words(p[:at]) for p, at in places if at >= 0]
        if before and not _NEGATION.search(said) and all(map(_NEGATION.search, before)):
            yield Finding("W502", f"“{said}” is cut out of “{before[0]} {said}”; quote the denial with it")


def _last_words(text: str) -> str:
    return " ".join(re.split(r"[.;:!?\"]", text)[-1].split()[-_DENIED_WITHIN:])


def _passages(evidence: Evidence) -> list[str]:
    """Return the cited sentences, neighbouring ones joined, since a quotation may run over two."""
    ordered = sorted(evidence.cited, key=lambda s: (s.source, s.start))
    joined: list[str] = []
    for before, sentence in zip([None, *ordered], ordered, strict=False):
        follows = before and before.source == sentence.source and sentence.number == before.number + 1
        text = fold(sentence.text)
        joined.append(f"{joined.pop()} {text}" if follows else text)
    return joined


def _holds(passage: str, said: str) -> bool:
    """Whether the parts of a quotation stand in `passage` in order, over small gaps without a negation."""
    at = 0
    for n, part in enumerate(p for p in _GAP.split(said) if p.strip(" ,.;:")):
        found = find_exact(part.strip(" ,.;:"), passage[at:])
        if found < 0:
            return False
        gap = passage[at : at + found]
        if n and (_NEGATION.search(gap) or len(words(gap)) > _LONGEST_GAP):
            return False
        at += found + len(part.strip(" ,.;:"))
    return True


def quotation_has_its_speaker(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """Q202: the evidence does not give the words to somebody else than the claim does."""
    text = evidence.said
    said = _DOUBLE.search(text)
    if not said or claim.kind == "extract":
        return
    speaker = _SPEAKER_BEFORE.search(text[: said.start()]) or _SPEAKER_AFTER.match(text[said.end() - 1 :])
    if speaker and (relayed := _RELAYED.match(speaker.string, speaker.end())):
        speaker = _NAMED.match(speaker.string, relayed.end())
    if not speaker:
        return
    surname = plain(speaker[1].split()[-1]).removesuffix("'s")
    passage = " ".join(evidence.texts)
    if re.search(rf"\b{re.escape(surname)}\b", plain(passage)):
        return
    other = _speaker_of(passage)
    if other:
        told = f"the words “{said[1].strip(' ,.')}” are given to {speaker[1].strip()}, but the evidence names {other}"
        yield Finding("Q202", told)


def _speaker_of(passage: str) -> str:
    """Return whom a passage names as the speaker of its quotations, "" if nobody or only a pronoun."""
    after = (_SPEAKER_AFTER.match(passage[m.end() - 1 :]) for m in _DOUBLE.finditer(passage))
    for found in (_SPEAKER_BEFORE.search(_DOUBLE.sub('""', passage)), *after):
        if found and plain(found[1].split()[-1]) not in FUNCTION_WORDS:
            return found[1].strip()
    return ""
