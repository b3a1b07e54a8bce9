"""What a sentence denies, clause by clause: the denied word, and what it is denied of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.checks.clauses import DENIAL
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import NEGATIVE, NOT, any_of
from briefer.checks.thesaurus import held
from briefer.date_words import DAYS, MONTHS
from briefer.figure_words import ENGLISH
from briefer.memo import memo
from briefer.stems import stem, stems

# What denies the words behind it: not, refused to, denied, prevented her from. A fine for failing to pay is no such.
_FROM = r"\b[^,;]{1,40}?_from(?=_\w+ing\b)"
OPERATOR = any_of(
    NOT,
    rf"""
    refuse[ds]_to(?=_\w) decline[ds]_to(?=_\w) fail(?:ed|s)_to(?=_\w) unable_to(?=_\w) yet_to(?=_\w)
    den(?:ied|ies|y|ying) rul(?:es?|ed|ing)_out lack(?:s|ed|ing|(?=_of)) absence_of short_of(?=_\w+ing\b)
    rejected(?=_\w) dismissed(?=_\w) declined(?=_\w) refused(?=_\w)
    contradict\w*(?=_\w) disput\w*(?=_\w) refut\w*(?=_\w) rebut\w*(?=_\w)
    prevent\w*{_FROM} stop\w*{_FROM} block\w*{_FROM} prohibit\w*{_FROM} keeps?{_FROM} kept{_FROM}
    barr?(?:s|ed)?{_FROM} bann?(?:s|ed)?{_FROM}
    """,
)
# Who rejects a plan does not deny that there is one; who rejects the claim that it is so denies that it is.
_OF_CLAIMS = re.compile(r"(?:reject|dismiss|declin|refus)ed|(?:contradict|disput|refut|rebut)\w*", re.IGNORECASE)
_DENY = re.compile(r"den\w+", re.IGNORECASE)
# What denies the noun behind it, and with it all that is said of that.
_OF_NOUNS = re.compile(r"no|none|neither|nor|without", re.IGNORECASE)
_STARTS = re.compile(r"(?:^|,|\b(?:that|said|says|and|but|adding|added))\s*$", re.IGNORECASE)
# A thing is denied through the evidence of it, the claim that it is so or the request for it.
_CARRIER = re.compile(
    r"^(?: (?!that\b|to\b)\w+){0,4}? (?:evidence|signs?|indications?|traces?|proof|hints?|suggestions?|claims?"
    r"|reports?|rumou?rs?|allegations?|accusations?|requests?|applications?|calls?|demands?|motions?|pleas?|bids?)\b"
    r"(?: (?:by|from|in)(?: \w+){1,4}?)?(?: that| of| to| for (?:\w+ ){1,2}to)\b",
    re.IGNORECASE,
)
# What looks like a denial: no fewer than, not only, not until, no race has been closer, no doubt.
_NO_DENIAL = re.compile(
    r"^(?:[,.!]| \w+ly,| (?:only|just|merely|simply|solely|necessarily|least|since|before|because|as|so|all|every\w*"
    r"|always|enough|(?:less|more|worse|\w+er) than|doubt|question|matter|wonder|secret"
    r"|them|him|her|it|this|these|those|such)\b"
    r"|(?: be| been)?(?: (?:an?|the|his|her|its|their|our|my|\w+'s))? (?:first|last|only)\b"
    r"|-(?:fly|deal|confidence|one|show)\b|.{0,60}?\b(?:until|except|but for|other than)\b"
    r"|.{0,200} (?:has|have|had|is|was|were|been|be) (?:ever |been )*(?!(?:n?ever|(?:ei|o)ther|under|over|after)\b)"
    r"(?:\w+er|more|less|so|as)\b(?!.{0,200} to ))",
    re.IGNORECASE,
)
# Who does not intend to do a thing, does not do it.
_MEANT = re.compile(
    r"^((?: \w+)?) (?:intend|intentions?|mean|plan(?:s|ned|ning)?|wish(?:es)?|needs?) to\b", re.IGNORECASE
)
_WHO = re.compile(r"\w (?:who|whom|whose|which)\b", re.IGNORECASE)
# "He paid nothing" denies that he paid.
_PRONOUN = re.compile(r"nothing|nobody|none", re.IGNORECASE)
_VERB = re.compile(r"\w+(?: (?:to|of|for|with))?\s*$")
_NO_SUBJECT = re.compile(
    r"\W*$|[,.]| (?:after|before|since|for|in|at|on|by|during|from|until|over|under|so far|yet|today|yesterday)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s*until\b", re.IGNORECASE)
# Who does not say denies nothing but saying it (and that is held by itself).
_SAYING = re.compile(
    r" (?:say|tell(?: \w+)?)(?:\W*$| (?:under|at|in|on|during|by|to|for|from|wh\w+|how|if|more|anything)\b)",
    re.IGNORECASE,
)
# Who does not rule it out denies nothing of it.
_TWICE = re.compile(r"\b(?:not|never|cannot|\w+n't) (?:\w+ ){0,2}$", re.IGNORECASE)
# More likely than not, whether or not.
_OR_NOT = re.compile(r"\b(?:than|or|why|if) $", re.IGNORECASE)
# What is not said or known is no longer denied from here on; nor is what it was for.
_OPEN = re.compile(r"\b(?:why|whether|how|what|when|where|who|whom|which|if|in order to|so as to)\b", re.IGNORECASE)
# In such a clause nothing is said to be so.
SUPPOSED = re.compile(
    r"\b(?:if|whether|how|unless|until|till|before|lest|in case|instead of|rather than|supposed|should)\b",
    re.IGNORECASE,
)
NEGATIVES = any_of(NEGATIVE)
_CLAUSE_END = re.compile(
    r"[;:]|[.!?]['\"]?\s|,\"\s|,?\s(?:according to|because|although|though|while|whereas|but|so that|and that)\s"
    r"|,\s(?:and|who|which|whose|where|when|so|as|with|after|since|that|or|it|he|she|they|we|I|you|there)\s"
    r"|,?\s(?=(?:if|unless)\s)"
    r"|,\s(?:(?:the|an?)\s)?(?:[\w'.]+\s){0,4}(?:said|says|told|added|adds|insists?|insisted)\b,?|\s-\s"
    r"|,?\s(?:when\s|after\s|since\s|(?=before|until))"
    r"(?=(?:before |until )?(?:the|an?|it|he|she|they|his|her|its|their|[A-Z0-9])\b)"
    r"|\sand\s(?=(?:will|would|has|have|had|is|are|was|were|can|could|may|must|said|do|does|did)\b)"
)
# "Capt. Reed" is no end of a clause.
_TITLE = re.compile(r"\b(Mrs?|Ms|Drs?|Prof|Rev|Hon|Capt|Col|Gen|Lt|Maj|Sgt|Adm|Gov|Sen|Rep|Supt|Insp|Cllr|St)\.(?= )")
_ASIDE = re.compile(r",\s(?:(?:the|an?)\s)?(?:[\w'.]+\s){0,4}(?:said|says|adds|insists?|insisted|believes?),")
_AND = re.compile(r",\s|\sand\s")
JOINED = re.compile(r",\s|\s(?:and|or)\s")
# "The company" is one that has a name elsewhere.
_NAMED = re.compile(
    r"\b(?:the|this|that|its|their|his|her) (?:company|firm|bank|group|m[ae]n|wom[ae]n|government|ministry|club|city"
    r"|council|two)\b",
    re.IGNORECASE,
)
# What is not said of a thing by "not" itself, or by "does not intend to".
_EMPTY = frozenset(
    map(stem, "not no never none nobody nothing neither nor without cannot longer yet even ever enough more".split())
) | frozenset(map(stem, "single immediate further saying telling possible possibly able".split()))
# "Did not sign anything" denies that he signed.
_ANY = frozenset(map(stem, "any anything anyone anybody anywhere whatever whatsoever".split()))
# How many, how long and when: held to the evidence as figures and dates.
_TIMES = frozenset(map(stem, (*ENGLISH, *MONTHS, *DAYS, *"year month week day night hour minute far".split())))
# Who does not dispute a thing is told of by that: who says that he disputes it says the opposite.
REFUSES = frozenset(map(stem, "deny dispute contest contradict rule oppose object reject refuse exclude doubt".split()))
_ADMITS = frozenset(map(stem, "confirm acknowledge admit concede".split()))
# So many words behind the denied one, and before the denying one, tell of what it is denied.
_BEHIND, _BEFORE = 2, 3
_SCOPE = 4


@dataclass(frozen=True, slots=True)
class Denied:
    """A denied word (its stem), the cue that denies it, the stems around both, and their clause.

    `scope` is the denied word and what goes with it, as far as the next comma or "and", without figures and times.
    `whole` says that the cue is at the clause's subject or before a clause of its own: all of it must be told alike.
    """

    cue: str
    head: str
    behind: tuple[str, ...]
    before: tuple[str, ...]
    clause: str
    whole: bool
    scope: tuple[str, ...] = ()

    @property
    def of_noun(self) -> bool:
        """Whether a noun is denied: no train, none of them, without a doctor."""
        return _OF_NOUNS.fullmatch(self.cue) is not None

    @property
    def words(self) -> tuple[str, ...]:
        """The stems that are denied: with a noun, the verb before it, too (he paid nothing)."""
        return (self.head, *(self.scope or self.behind), *(self.before[-1:] if self.of_noun else ()))

    @property
    def twice(self) -> bool:
        """Whether what is denied is a refusal: nobody in the senate refused the treaty."""
        return self.head not in REFUSES and not REFUSES.isdisjoint(self.scope)

    def is_like(self, text: str) -> bool:
        """Whether a text denies something by a not, or by this cue."""
        return (
            DENIAL.search(text) is not None or re.search(rf"\b{self.cue.split()[0]}\b", text, re.IGNORECASE) is not None
        )

    def is_told(self, clause: frozenset[str], text: frozenset[str]) -> bool:
        """Whether a clause of a text tells of the same as the denial: by what stands around the denied word."""
        if self.head in REFUSES or (self.head in _ADMITS and (held(self.before, text) or len(self.before) < 2)):
            return True
        if self.whole:
            return held(self.behind, clause) == len(self.behind)
        if self.behind:
            return held(self.behind, clause) * 2 >= len(self.behind)
        return len(self.before) < 2 or held(self.before, text) > 0


@memo(16384)
def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a folded text."""
    return tuple(c for c in _CLAUSE_END.split(_ASIDE.sub("", _TITLE.sub(r"\1", text))) if c.strip())


@memo(16384)
def content(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of a text without those that only deny."""
    return tuple(s for s in stems(text, language) if s not in _EMPTY)


def plain_clauses(evidence: Evidence) -> Iterator[frozenset[str]]:
    """Yield the content stems of each cited clause that denies nothing."""
    for sentence, text in zip(evidence.cited, evidence.texts, strict=True):
        language = evidence.language_of(sentence)
        yield from (frozenset(content(c, language)) for c in clauses(text) if not DENIAL.search(c))


@memo(16384)
def denials(text: str, language: str) -> tuple[Denied, ...]:
    """Return what a folded text denies, clause by clause."""
    parts = clauses(text) if OPERATOR.search(text) else ()
    # What had not gone out until evening went out in the evening.
    told = [part for part, after in zip(parts, (*parts[1:], ""), strict=False) if not _UNTIL.match(after)]
    return tuple(d for part in told for match in OPERATOR.finditer(part) if (d := _denied(part, match, language)))


def _denied(clause: str, cue: re.Match[str], language: str) -> Denied | None:
    """Return what one cue of a clause denies, None where it is no denial."""
    ahead, rest = clause[: cue.start()], clause[cue.end() :]
    name = cue.group().casefold()
    object_ = _PRONOUN.fullmatch(name) is not None and _NO_SUBJECT.match(rest) is not None
    if _is_twice(name, ahead) or SUPPOSED.search(ahead) or _SAYING.match(rest):
        return None
    if _NO_DENIAL.search(rest) and not object_:
        return None
    of_verb = DENIAL.fullmatch(name) and not _OF_NOUNS.fullmatch(name)
    carried = rest if of_verb else _CARRIER.sub("", rest)
    if carried == rest and _OF_CLAIMS.fullmatch(name):
        return None
    told = _MEANT.sub(r"\1 to", _NAMED.sub("", _OPEN.split(carried)[0]))
    verb = _VERB.search(ahead) if object_ else None
    if verb:
        told, ahead = f" {verb.group()}{told}", ahead[: verb.start()]
    stated = content(f"to{told}", language)  # who does "not own" a thing owns none
    if not stated or (stated[0][0].isdigit() and not _OF_NOUNS.fullmatch(name)):
        return None  # a figure is held to the evidence on its own
    behind = _core(stated) or stated
    whole = _DENY.fullmatch(name) or _OF_NOUNS.fullmatch(name) and _STARTS.search(ahead)
    before = content(ahead.split(" that ")[-1], language)[-_BEFORE:]
    # Who does not deny or exclude a thing says no "no"; those who could not pay are told apart by that.
    aside = (of_verb and NEGATIVES.match(rest.lstrip())) or _WHO.search(ahead)
    scope = () if aside else _core(content(f"to{_AND.split(told)[0]}", language))[:_SCOPE]
    return Denied(name, behind[0], behind[1 : 1 + _BEHIND], before, clause, bool(whole), scope)


def _is_twice(name: str, ahead: str) -> bool:
    """Whether a word that denies stands behind another, so that nothing is denied: not without, never failed to."""
    if name == "without":
        return DENIAL.search(ahead) is not None
    if name == "not" and _OR_NOT.search(ahead):
        return True
    return _TWICE.search(ahead) is not None and not DENIAL.fullmatch(name)


def _core(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return stems without figures, times and "any"."""
    return tuple(s for s in found if not s[0].isdigit() and s not in _ANY and s not in _TIMES)
