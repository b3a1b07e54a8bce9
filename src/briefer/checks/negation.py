"""W502: does the claim say yes where its evidence says no, or no where it says yes?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.clauses import DENIAL, SPOKEN, unquoted
from briefer.checks.denials import Denied, clauses, content, denials, plain_clauses
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import QUOTED
from briefer.checks.polarity import asserts, counts_a_part, denied_in, denies, rejects, says_no, trails_off
from briefer.checks.support import is_told_freely
from briefer.checks.thesaurus import held, same
from briefer.checks.units import matches
from briefer.findings import Finding
from briefer.stems import stem
from briefer.text import fold, words

# So many words of what is denied make it this and nothing else.
_ABOUT = 2
# A claim that denies what its evidence says tells it in the evidence's words, but for one or two that deny.
_OWN_WORDS = 2
# What had not been so for years, or not since, is so for the first time.
_SINCE = re.compile(
    r"\b(?:since|before|until|ever)\b"
    r"|\b(?:for|in) (?:[\w-]+ ){1,3}?"
    r"(?:hours?|days?|nights?|weeks?|months?|seasons?|years?|decades?|century|centuries)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:first|latest|record|unprecedented|the last (?:time|such|to|of)\b"
    r"|(?!(?:west|east|rest|test|arrest|protest|request|forest|invest|interest|honest|harvest|modest|suggest|contest"
    r"|digest|manifest|conquest|priest|guest|attest|midwest|northwest|southwest|northeast|southeast|budapest)\b)\w{3,}est)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?:The|He|She|It|They|His|Her|Its|Their)\b")
# Nobody bears more of it: who bears the most.
_MOST = re.compile(
    r"\b(?:no(?:body|thing|where| one| other \w+)|none|never)\b"
    r"(?=[^,;.:]{0,40}\b(?:more|less|fewer|better|worse|bigger|larger|greater|higher|lower|longer|heavier|stronger)\b)",
    re.IGNORECASE,
)


# Who has nothing to do with a thing is unrelated to it: both deny the same.
_UNRELATED = re.compile(
    r"\b(?:nothing to do with|no (?:\w+ )?(?:connections?|links?|relations?|ties?|bearing)"
    r"|not (?:\w+ )?(?:related|linked|connected)"
    r"|unrelated|unconnected)\b",
    re.IGNORECASE,
)


def negation_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: what a cited clause denies the claim does not say, and what one says it does not deny."""
    if claim.kind == "extract" or evidence.foreign:
        return
    found = _asserted(claim, evidence)
    if found and not is_told_freely(evidence):
        yield Finding("W502", found)
    if not found and (own := _denied_itself(claim, evidence)) and not is_told_freely(evidence, _OWN_WORDS):
        yield Finding("W502", own)


def _asserted(claim: Claim, evidence: Evidence) -> str | None:
    """Say what a cited clause denies and the claim says."""
    text = fold(claim.text)
    related = _UNRELATED.search(text) is None
    for sentence, known in zip(evidence.cited, unquoted(claim, evidence), strict=True):
        of_this = (
            d.cue
            for d in denials(known if related else _UNRELATED.sub(" ", known), evidence.language_of(sentence))
            if _is_said(d, text, evidence)
        )
        bare = known if not denies(text) and _is_all_it_says(known, sentence, text, evidence) else ""
        if told := bare or next(of_this, ""):
            return f"{sentence.id} says “{told}” of this, the sentence does not"
    return None


def _denied_itself(claim: Claim, evidence: Evidence) -> str | None:
    """Say what the claim denies and its evidence says."""
    text, language = fold(claim.text), evidence.bundle.language
    own = denials(_MOST.sub(" ", QUOTED.sub('"', text)), language)
    if not own or _counts_the_rest(evidence):
        return None
    told = next((d.cue for d in own if not d.twice and _is_said_there(d, evidence)), "")
    return f"the sentence says “{told}”, its evidence does not" if told else None


def _is_all_it_says(known: str, sentence: Sentence, text: str, evidence: Evidence) -> bool:
    """Whether a sentence only says no, so that it was cited for that: They were not. Okafor did not come."""
    language = evidence.language_of(sentence)
    told, own = frozenset(content(known, language)), frozenset(content(text, language))
    names = frozenset(stem(w) for w in words(known) if w[0].isupper())
    if told:
        bare = DENIAL.search(known) is not None and len(told - names) == 1 and not told & SPOKEN
        return bare and bool(told & names & own) and not _goes_on(sentence, evidence)
    # Who tells the sentence before in other words tells it as done; who repeats it does not.
    before = evidence.bundle.sentences.get(f"{sentence.source}.{sentence.number - 1}")
    denied = content(fold(before.text), language) if before and trails_off(known) else ()
    return bool(denied) and held(denied, own) * 2 >= len(denied) and not own.issubset(denied)


def _goes_on(sentence: Sentence, evidence: Evidence) -> bool:
    """Whether others that are cited speak of the same: Okafor was not there. The welder, 53, was ill."""
    others = [fold(s.text) for s in evidence.cited if s is not sentence]
    after = evidence.bundle.sentences.get(f"{sentence.source}.{sentence.number + 1}")
    if after is None or after not in evidence.cited or not _BACK.match(fold(after.text)):
        return False
    return any(w[0].isupper() and w in text for text in others for w in words(fold(sentence.text)))


def _is_said(denied: Denied, text: str, evidence: Evidence) -> bool:
    """Whether a clause of the claim says what a cited clause denies, and no other cited clause says that."""
    language = evidence.bundle.language
    if trails_off(text) or any(denied.head in own.words for own in denials(text, language)):
        return False
    if denied.whole and not denied.of_noun and rejects(text):
        return False
    said = frozenset(content(text, language))
    for clause in clauses(text):
        own = frozenset(content(clause, language))
        if denied.head not in own or not denied.is_told(own, said):
            continue
        if asserts(clause, denied, language) and not denied_in(clause, denied, language):
            return not _is_said_elsewhere(denied, own, evidence)
    return _is_said_in_other_words(denied, said, text, evidence)


def _is_said_in_other_words(denied: Denied, said: frozenset[str], text: str, evidence: Evidence) -> bool:
    """Whether a claim that says no nowhere tells of what a clause denies, and of what no other cited clause tells."""
    language = evidence.bundle.language
    if says_no(text):
        return False
    told = [s for s in denied.scope if same(s, said)]
    all_but_head = all(s in told for s in denied.scope[1:])
    about = len(told) + ((denied.head in said or all_but_head) and held(denied.before, said) > 0)
    if about < _ABOUT or len(told) * 2 < len(denied.scope) or not (denied.head in told or all_but_head):
        return False
    names = {stem(w) for w in words(denied.clause)[1:] if w[0].isupper()}
    if names.issuperset(told) or held(told, frozenset().union(*plain_clauses(evidence))) == len(told):
        return False
    clause = max(clauses(text), key=lambda c: held(told, frozenset(content(c, language))))
    at = next((s for s in told if s in content(clause, language)), denied.head)
    return asserts(clause, replace(denied, head=at), language)


def _is_said_elsewhere(denied: Denied, own: frozenset[str], evidence: Evidence) -> bool:
    """Whether a clause of the evidence that denies nothing says it in as many of the claim's words."""
    least = held(own, frozenset(content(denied.clause, evidence.bundle.language)))
    for sentence in (*evidence.cited, *evidence.neighbours):
        language = evidence.language_of(sentence)
        for clause in clauses(fold(sentence.text)):
            known = frozenset(content(clause, language))
            told = denied.head in known and not denies(clause) and denied.is_told(known, known)
            if told and held(own, known) >= least:
                return True
    return False


def _is_said_there(denied: Denied, evidence: Evidence) -> bool:
    """Whether a cited clause says what the claim denies, and none near it denies that or tells more of it."""
    if any(map(trails_off, evidence.texts)) or (
        _SINCE.search(denied.clause) and _FIRST.search(" ".join(evidence.texts))
    ):
        return False
    own, told, doubted = content(denied.clause, evidence.bundle.language), 0, 0
    for sentence in (*evidence.cited, *evidence.neighbours):
        language = evidence.language_of(sentence)
        for clause in clauses(fold(sentence.text)):
            known = frozenset(content(clause, language))
            much = held(own, known)
            if denied.head not in known:
                doubted = max(doubted, much if denies(clause) else 0)
            elif denied_in(clause, denied, language) or denied.is_like(
                fold(sentence.text) if denied.of_noun else clause
            ):
                return False
            elif sentence in evidence.cited and asserts(clause, denied, language) and denied.is_told(known, known):
                told = max(told, much if much * 2 >= len(own) or not denied.of_noun else 0)
    return told > doubted


def _counts_the_rest(evidence: Evidence) -> bool:
    """Whether the claim counts what the evidence does not: "eleven of 14 did not" where it has three that did.

    That such a figure follows from the evidence is held on its own (F301).
    """
    if counts_a_part(evidence.said):
        return True
    counted = evidence.own
    return any(f.unit in ("", "%") and not any(matches(f, k) for k in evidence.figures) for f in counted)
