"""What a cue word is about: the clause behind it, and whether the claim says that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import NOT, any_of
from briefer.checks.thesaurus import same
from briefer.memo import memo
from briefer.stems import stem, stems
from briefer.text import fold, words

DENIAL = any_of(NOT)
# "A pause is likely" says it of what stands before.
_PREDICATES = frozenset({"likely", "unlikely", "more likely", "probable", "possible", "not ruled out"})
# "No longer safe" denies that it is safe; who denies reports on the radio that it is safe says nothing of radios.
_ASIDE = re.compile(
    r"^ (?:(?:longer|than not|not (?:yet )?(?:be )?ruled? out)\b"
    r"|(?:\w+ ){0,3}?(?:reports?|claims?|rumou?rs?|allegations?|accusations?|suggestions?)\b[\w ]*? that\b)",
    re.IGNORECASE,
)
# A sentence of so few content words says one thing; who did not comment may have done anything else.
_BARE = 3
SPOKEN = frozenset(
    map(stem, "comment reply respond answer elaborate explain name identify disclose confirm specify speak".split())
)
_TWICE = re.compile(r"\b(?:not|never|\w+n't) (?:\w+ )?$", re.IGNORECASE)
CLAUSE_END = re.compile(
    r"[;:\"]|,?\s(?:according to|because|unless)\s|,\s(?:said|says|told|added)\b"
    r"|,\s(?:but|and|while|although|which|who|whereas|though)\b"
    r"|\sand\s(?=(?:will|would|has|have|had|is|are|was|were|can|could|may|must|said|do|does|did)\b)"
    r"|\s(?:but|although|while|whereas|though|and that)\s|\.\s"
)


# Killed, his family believe, by a fall: his family believe that.
_INSERTED = re.compile(r"([^,;:]+), ((?:[\w']+ ){1,4}(?:believes?|suspects?|fears?|claims?|alleges?)),")
# One word in quotation marks is the article's own with somebody's voice in it.
_SHORT_QUOTE = re.compile(r'"((?:\w+ )?\w+)"')


@dataclass(frozen=True, slots=True)
class Governed:
    """A cue and the stems that it is about: those behind it in its clause, and the last one before it."""

    cue: str
    stems: tuple[str, ...]
    before: str = ""


def unquoted(claim: Claim, evidence: Evidence) -> list[str]:
    """The cited sentences; without their quotations where the claim quotes, since Q201 holds those to the letter."""
    if '"' not in fold(claim.text):
        return list(evidence.texts)
    return [re.sub(r'"[^"]*"', '"', text) for text in evidence.texts]


def carries(said: frozenset[str], governed: Governed, plainly: frozenset[str]) -> bool:
    """Whether the claim says what a cue governs, and no other cited clause says it plainly."""
    own = [s for s in governed.stems[:5] if s not in plainly]
    held = sum(same(s, said) > 0 for s in own)
    if len(own) >= 2:
        return held >= 2 and held * 3 >= len(own) * 2
    return len(own) == 1 and own[0] in said and (len(governed.stems) <= 2 or governed.before in said)


def is_all_of_it(said: frozenset[str], governed: Governed, sentence: str) -> bool:
    """Whether a cited sentence says of somebody in the claim this one thing only, so that it was cited for that."""
    verb = governed.stems[0] if len(governed.stems) == 1 else ""
    names = {stem(w) for w in words(sentence) if w[0].isupper()}
    bare = bool(verb) and verb not in SPOKEN and len(stems(sentence)) <= _BARE
    return bare and governed.before in said & names


def clauses_with(governed: Governed, text: str, language: str) -> list[str]:
    """Return the clauses of the claim that hold most of what a cue governs."""
    clauses = CLAUSE_END.split(text)
    held = [sum(s in stems(c, language) for s in governed.stems[:5]) for c in clauses]
    return [c for c, n in zip(clauses, held, strict=True) if n and n == max(held)]


def plain_stems(evidence: Evidence, cue: re.Pattern[str]) -> frozenset[str]:
    """The stems of cited clauses without the cue: what they carry needs no hedge and no negation."""
    plainly: set[str] = set()
    for sentence, text in zip(evidence.cited, evidence.texts, strict=True):
        for clause in CLAUSE_END.split(text.replace('"', "")):
            if not cue.search(clause):
                plainly.update(stems(clause, evidence.language_of(sentence)))
    return frozenset(plainly)


@memo(16384)
def governed_by(text: str, pattern: str, language: str) -> tuple[Governed, ...]:
    """Return what each match of `pattern` in folded `text` is about, clause by clause."""
    found = []
    text = _SHORT_QUOTE.sub(r"\1", _INSERTED.sub(r"\2 \1 ", text))
    clause_before = ""
    # Most sentences have no such word at all, and need not be cut into clauses.
    for clause in CLAUSE_END.split(text) if re.search(pattern, text, re.IGNORECASE) else ():
        for match in re.finditer(pattern, clause, re.IGNORECASE):
            after = stems(f"to{_ASIDE.sub('', clause[match.end() :])}", language)  # who does "not own" owns not
            before = [s for s in stems(clause[: match.start()], language) if not s[0].isdigit()][-1:]
            if _TWICE.search(clause[: match.start()]) and not DENIAL.fullmatch(match.group()):
                continue  # who does not deny it says no "no"
            if all(s[0].isdigit() for s in after) and match.group().casefold() in _PREDICATES:
                after = (stems(clause[: match.start()], language) or stems(clause_before, language))[-4:]
            found.append(Governed(match.group(), after, *before))
        clause_before = clause
    return tuple(found)
