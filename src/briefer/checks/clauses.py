"""What a cue word is about: the clause behind it, and whether the claim says that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.hedge_words import AHEAD
from briefer.checks.lexicon import NOT, Cues, any_of
from briefer.checks.thesaurus import held
from briefer.date_words import DAYS, MONTHS
from briefer.dates import blank
from briefer.figures import figures
from briefer.memo import memo
from briefer.stems import stem, stems
from briefer.text import compiled, fold, words

DENIAL = any_of(NOT)
# "Later than expected", "as planned": nothing is expected of it.
_COMPARED = re.compile(r"\b(?:as|than)(?: was| were| had| been| is)* $", re.IGNORECASE)
# "No longer safe" denies that it is safe; who denies reports on the radio that it is safe says nothing of radios.
_ASIDE = re.compile(
    r"^ (?:(?:longer|than not|not (?:yet )?(?:be )?ruled? out)\b"
    r"|(?:\w+ ){0,3}?(?:reports?|claims?|rumou?rs?|allegations?|accusations?|suggestions?)\b[\w ]*? that\b)",
    re.IGNORECASE,
)
# A sentence of so few content words says one thing; who did not comment may have done anything else.
_BARE = 3
# So many stems behind a cue are what it is about.
_FIRST = 5
# No day of a month.
_LARGE = 31
_SCALES = frozenset({"hundr", "thousand", "million", "billion", "trillion"})
SPOKEN = frozenset(
    map(stem, "comment reply respond answer elaborate explain name identify disclose confirm specify speak".split())
)
# Who would not say whether it is so leaves it open all the same.
_NOT_SAID = re.compile(r"whether|.* not .*", re.IGNORECASE)
_TWICE = re.compile(r"\b(?:not|never|\w+n't) (?:\w+ )?$", re.IGNORECASE)
CLAUSE_END = re.compile(
    r"[;:\"]|,?\s(?:according to|because|unless)\s|,\s(?:said|says|told|added)\b"
    r"|,\s(?:but|and|while|although|which|who|when|where|whereas|though)\b"
    r"|(?:,|\sand)\s(?=(?:will|would|has|have|had|is|are|was|were|can|could|may|must|said|do|does|did)\b)"
    r"|\s(?:but|although|while|whereas|though|and that)\s|\.\s"
)


# "A pause is likely in May": when it is to be is not what is likely.
_WHEN = frozenset(
    map(stem, (*MONTHS, *DAYS, *"year month week day night morning afternoon evening late early soon next end".split()))
)
# Killed, his family believe, by a fall: his family believe that.
_INSERTION = r", ((?:[\w']+ ){1,4}(?:believes?|suspects?|fears?|claims?|alleges?)),"
_HAS_INSERTION, _INSERTED = re.compile(_INSERTION), re.compile(f"([^,;:]+){_INSERTION}")
# One word in quotation marks is the article's own with somebody's voice in it.
_SHORT_QUOTE = re.compile(r'"((?:\w+ )?\w+)"')


@dataclass(frozen=True, slots=True)
class Governed:
    """A cue and the stems that it is about: those behind it in its clause, and the last one before it.

    `behind` is the clause behind the cue as it is written.
    """

    cue: str
    stems: tuple[str, ...]
    before: str = ""
    behind: str = ""

    @property
    def amounts(self) -> frozenset[Fraction]:
        """The large figures behind the cue."""
        return amounts_in(self.behind)

    @property
    def about(self) -> tuple[str, ...]:
        """The first stems behind the cue, which are what it is about."""
        return self.stems[:_FIRST]


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim says: its text, its stems, and the stems that some cited clause says plainly."""

    text: str
    language: str
    stems: frozenset[str]
    plainly: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str, plainly: frozenset[str]) -> Told:
        """Read a folded text."""
        return cls(text, language, frozenset(stems(text, language)), plainly)

    @property
    def amounts(self) -> frozenset[Fraction]:
        """The large figures of the claim."""
        return amounts_in(self.text)


def unquoted(claim: Claim, evidence: Evidence) -> list[str]:
    """The cited sentences; without their quotations where the claim quotes, since Q201 holds those to the letter."""
    if '"' not in fold(claim.text):
        return list(evidence.texts)
    return [re.sub(r'"[^"]*"', '"', text) for text in evidence.texts]


def carries(told: Told, governed: Governed) -> bool:
    """Whether the claim says what a cue governs, and no other cited clause says it plainly."""
    if governed.stems and all(map(is_amount, governed.stems)):
        # What is "estimated at 3.6 billion" has no word of its own beside that figure.
        return bool(governed.amounts & told.amounts)
    own = [s for s in governed.about if s not in told.plainly and (s in told.stems or not is_amount(s))]
    shared = held(own, told.stems)
    if len(own) >= 2:
        return shared >= 2 and shared * 3 >= len(own) * 2
    return len(own) == 1 and own[0] in told.stems and governed.before in told.stems


def amounts_in(text: str) -> frozenset[Fraction]:
    """Return the figures of a text that are too large to be a count or a day by chance."""
    return frozenset(f.value for f in figures(blank(text)) if f.value > _LARGE)


def is_amount(stem: str) -> bool:
    """Whether a stem is a figure or its scale, which a claim may write otherwise: 310 million, 310m."""
    return stem[0].isdigit() or stem in _SCALES


def is_all_of_it(told: Told, governed: Governed, sentence: str) -> bool:
    """Whether a cited sentence says of somebody in the claim this one thing only, so that it was cited for that."""
    verb = governed.stems[0] if len(governed.stems) == 1 else ""
    names = {stem(w) for w in words(sentence) if w[0].isupper()}
    bare = bool(verb) and verb not in SPOKEN and len(stems(sentence)) <= _BARE
    return bare and governed.before in told.stems & names


def clauses_with(governed: Governed, told: Told) -> list[str]:
    """Return the clauses of the claim that hold most of what a cue governs."""
    clauses = CLAUSE_END.split(told.text)
    shared = [sum(s in stems(c, told.language) for s in governed.about) for c in clauses]
    return [c for c, n in zip(clauses, shared, strict=True) if n and n == max(shared)]


def plain_stems(evidence: Evidence, cues: Cues) -> frozenset[str]:
    """The stems of cited clauses without a cue: what they carry needs no hedge and no negation."""
    plainly: set[str] = set()
    for sentence, text in zip(evidence.cited, evidence.texts, strict=True):
        for clause in CLAUSE_END.split(text.replace('"', "")):
            if not cues.are_in(clause):
                plainly.update(stems(clause, evidence.language_of(sentence)))
    return frozenset(plainly)


@memo(16384)
def governed_by(text: str, pattern: str, language: str) -> tuple[Governed, ...]:
    """Return what each match of `pattern` in folded `text` is about, clause by clause."""
    found, cue = [], compiled(pattern)
    if _HAS_INSERTION.search(text):
        text = _INSERTED.sub(r"\2 \1 ", text)
    text = _SHORT_QUOTE.sub(r"\1", text)
    clause_before = ""
    # Most sentences have no such word at all, and need not be cut into clauses.
    for clause in CLAUSE_END.split(text) if cue.search(text) else ():
        for match in cue.finditer(clause):
            after = stems(f"to{_ASIDE.sub('', clause[match.end() :])}", language)  # who does "not own" owns not
            ahead = stems(clause[: match.start()], language) or stems(clause_before, language)
            before = [s for s in ahead if not s[0].isdigit()][-1:]
            if _TWICE.search(clause[: match.start()]) and not _NOT_SAID.fullmatch(match.group()):
                continue  # who does not deny it says no "no"
            if _says_it_of_what_stands_before(match, clause, after):
                after = ahead[-4:]
            told = (*before, "")[0]
            found.append(Governed(match.group(), after, told, clause[match.end() :]))
        clause_before = clause
    return tuple(found)


def _says_it_of_what_stands_before(match: re.Match[str], clause: str, after: tuple[str, ...]) -> bool:
    """Whether a cue ends its clause and hedges all of it: "a pause is likely", "the mill is lost, she reckons"."""
    if AHEAD.fullmatch(match.group()) or not all(s[0].isdigit() or s in _WHEN for s in after):
        return False
    return not _COMPARED.search(clause[: match.start()])
