"""What a sentence denies: the denied word, what it is denied of, and whether another clause denies it too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefer.checks.clauses import DENIAL
from briefer.checks.lexicon import NEGATIVE, NOT, alternatives, any_of
from briefer.checks.thesaurus import same
from briefer.memo import memo
from briefer.stems import stem, stems

# What denies the words behind it: not, refused to, denied, prevented her from. A fine for failing to pay is no such.
_OPERATOR = re.compile(
    alternatives(NOT) + r"|\b(?:refuse[ds]|decline[ds]|fail(?:ed|s)|unable|yet) to(?= \w)"
    r"|\b(?:den(?:ied|ies|y|ying)|rul(?:es?|ed|ing) out|lack(?:s|ed|ing|(?= of))|absence of|short of(?= \w+ing\b))\b"
    r"|\b(?:rejected|dismissed|declined|refused)(?= \w)"
    r"|\b(?:(?:prevent|stop|block|prohibit)\w*|keeps?|kept|barr?(?:s|ed)?|bann?(?:s|ed)?)\b"
    r"[^,;]{1,40}? from(?= \w+ing\b)",
    re.IGNORECASE,
)
# Who rejects a plan does not deny that there is one; who rejects the claim that it is so denies that it is.
_OF_CLAIMS = re.compile(r"(?:reject|dismiss|declin|refus)ed", re.IGNORECASE)
_REJECTS = any_of(
    "den(?:y|ied|ies|ying|ials?) reject\\w* dismiss\\w* disput\\w* contradict\\w* contest\\w* false untrue"
)
_DENY = re.compile(r"den\w+", re.IGNORECASE)
# What denies the noun behind it, and with it all that is said of that.
_OF_NOUNS = re.compile(r"no|none|neither|nor|without", re.IGNORECASE)
_STARTS = re.compile(r"(?:^|,|\b(?:that|said|says|and|but|adding|added))\s*$", re.IGNORECASE)
# A thing is denied through the evidence of it, the claim that it is so or the request for it.
_CARRIER = re.compile(
    r"^(?: (?!that\b|to\b)\w+){0,4}? (?:evidence|signs?|indications?|traces?|proof|hints?|suggestions?|claims?"
    r"|reports?|rumou?rs?|allegations?|accusations?|requests?|applications?|calls?|demands?|motions?|pleas?|bids?)\b"
    r"(?: (?:by|from)(?: \w+){1,4}?)?(?: that| of| to| for (?:\w+ ){1,2}to)\b",
    re.IGNORECASE,
)
# What looks like a denial: no fewer than, not only, not until, no race has been closer, no doubt.
_NO_DENIAL = re.compile(
    r"^(?:[,.!]| \w+ly,| (?:only|just|merely|simply|solely|necessarily|least|since|before|because|as|so|all|every\w*"
    r"|always|(?:fewer|less|more|later|sooner|earlier) than|doubt|question|matter|wonder|secret"
    r"|them|him|her|it|this|these|those|such)\b"
    r"|-(?:fly|deal|confidence|one|show)\b|.{0,60}?\b(?:until|except|but for|other than)\b"
    r"|.{0,200} (?:has|have|had|is|was|were|been|be) (?:ever |been )*(?:\w+er|more|less|so|as)\b(?!.{0,200} to ))",
    re.IGNORECASE,
)
# Who does not rule it out denies nothing of it.
_TWICE = re.compile(r"\b(?:not|never|cannot|\w+n't) (?:\w+ ){0,2}$", re.IGNORECASE)
# What is not said or known is no longer denied from here on; nor is what it was for.
_OPEN = re.compile(r"\b(?:why|whether|how|what|when|where|who|whom|which|if|in order to|so as to)\b", re.IGNORECASE)
# In such a clause nothing is said to be so,
_SUPPOSED = re.compile(
    r"\b(?:if|whether|how|unless|until|till|before|lest|in case|instead of|rather than|supposed|should)\b",
    re.IGNORECASE,
)
# and close behind such a word it is still to come, or wanted.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|cannot|plan\w*|expect\w*|hop(?:es?|ed|ing)|wants?|wanted|seek\w*"
    r"|sought|aim\w*|intend\w*|due|ask\w*|demand\w*|urg\w+|call\w* (?:for|on)|tr(?:y|ied|ies|ying)|fight\w*|fought"
    r"|propos\w+|promis\w+|offer\w*|need\w*|must|right to|effort\w*|likely|careful)\b",
    re.IGNORECASE,
)
_NEGATIVE = any_of(NEGATIVE)
_CLAUSE_END = re.compile(
    r"[;:]|[.!?]['\"]?\s|,?\s(?:according to|because|although|though|while|whereas|but|so that|and that)\s"
    r"|,\s(?:and|who|which|whose|where|when|so|as|with|after|since|that|or|it|he|she|they|we|there)\s"
    r"|,?\s(?=(?:if|unless)\s)"
    r"|,\s(?:(?:the|an?)\s)?(?:[\w'.]+\s){0,4}(?:said|says|told|added|adds|insists?|insisted)\b,?|\s-\s"
    r"|,?\s(?:when\s|after\s|since\s|(?=before|until))"
    r"(?=(?:before |until )?(?:the|an?|it|he|she|they|his|her|its|their|[A-Z0-9])\b)"
    r"|\sand\s(?=(?:will|would|has|have|had|is|are|was|were|can|could|may|must|said|do|does|did)\b)"
)
_ASIDE = re.compile(r",\s(?:(?:the|an?)\s)?(?:[\w'.]+\s){0,4}(?:said|says|adds|insists?|insisted|believes?),")
_JOINED = re.compile(r",\s|\s(?:and|or)\s")
# "The company" is one that has a name elsewhere.
_NAMED = re.compile(
    r"\b(?:the|this|that|its|their|his|her) (?:company|firm|bank|group|m[ae]n|wom[ae]n|government|ministry|club|city"
    r"|council|two)\b",
    re.IGNORECASE,
)
# What is not said of a thing by "not" itself, or by "does not intend to".
_EMPTY = frozenset(
    map(stem, "not no never none nobody nothing neither nor without cannot longer yet even ever enough more".split())
) | frozenset(map(stem, "single immediate further intend mean plan wish need".split()))
# So many words behind the denied one, and before the denying one, tell of what it is denied.
_BEHIND, _BEFORE = 2, 3
# A word denies what stands so near before it; what is wanted stands so near behind the word that says so.
_REACH, _SOON = 4, 6


@dataclass(frozen=True, slots=True)
class Denied:
    """A denied word (its stem), the cue that denies it, the stems around both, and their clause.

    `whole` says that the cue is at the clause's subject or before a clause of its own: all of it must be told alike.
    """

    cue: str
    head: str
    behind: tuple[str, ...]
    before: tuple[str, ...]
    clause: str
    whole: bool

    @property
    def of_noun(self) -> bool:
        """Whether a noun is denied: no train, none of them, without a doctor."""
        return _OF_NOUNS.fullmatch(self.cue) is not None

    def is_like(self, text: str) -> bool:
        """Whether a text denies something by a not, or by this cue."""
        return (
            DENIAL.search(text) is not None or re.search(rf"\b{self.cue.split()[0]}\b", text, re.IGNORECASE) is not None
        )

    def is_told(self, clause: frozenset[str], text: frozenset[str]) -> bool:
        """Whether a clause of a text tells of the same as the denial: by what stands around the denied word."""
        if self.whole:
            return held(self.behind, clause) == len(self.behind)
        if self.behind:
            return held(self.behind, clause) * 2 >= len(self.behind)
        return len(self.before) < 2 or held(self.before, text) > 0


@memo(16384)
def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a folded text."""
    return tuple(c for c in _CLAUSE_END.split(_ASIDE.sub("", text)) if c.strip())


@memo(16384)
def content(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of a text without those that only deny."""
    return tuple(s for s in stems(text, language) if s not in _EMPTY)


@memo(16384)
def denials(text: str, language: str) -> tuple[Denied, ...]:
    """Return what a folded text denies, clause by clause."""
    parts = clauses(text) if _OPERATOR.search(text) else ()
    return tuple(d for part in parts for match in _OPERATOR.finditer(part) if (d := _denied(part, match, language)))


def _denied(clause: str, cue: re.Match[str], language: str) -> Denied | None:
    """Return what one cue of a clause denies, None where it is no denial."""
    ahead, rest = clause[: cue.start()], clause[cue.end() :]
    name = cue.group().casefold()
    twice = DENIAL.search(ahead) if name == "without" else _TWICE.search(ahead) and not DENIAL.fullmatch(name)
    if twice or _NO_DENIAL.search(rest) or _SUPPOSED.search(ahead):
        return None
    of_verb = DENIAL.fullmatch(name) and not _OF_NOUNS.fullmatch(name)
    carried = rest if of_verb else _CARRIER.sub("", rest)
    if carried == rest and _OF_CLAIMS.fullmatch(name):
        return None
    told = _NAMED.sub("", _OPEN.split(carried)[0])
    behind = content(f"to{told}", language)  # who does "not own" a thing owns none
    if not behind or behind[0][0].isdigit():
        return None  # a figure is held to the evidence on its own
    whole = _DENY.fullmatch(name) or _OF_NOUNS.fullmatch(name) and _STARTS.search(ahead)
    before = content(ahead.split(" that ")[-1], language)[-_BEFORE:]
    return Denied(name, behind[0], behind[1 : 1 + _BEHIND], before, clause, bool(whole))


def rejects(text: str) -> bool:
    """Whether a text says that somebody denies something: a rumour which she denied."""
    return _REJECTS.search(text) is not None


def denies(clause: str) -> bool:
    """Whether a clause has a word that denies something."""
    return bool(DENIAL.search(clause) or _NEGATIVE.search(clause))


def denied_in(clause: str, denied: Denied, language: str) -> bool:
    """Whether a clause denies that word itself: by a word near it that does not stand beside the other denial, too."""
    if denied.whole and DENIAL.search(clause):
        return True
    before, word, after = _around(clause, denied.head, language)
    near, behind = _JOINED.split(before)[-1], _JOINED.split(after)[0].removeprefix(" against")
    reach = len(" ".join(behind.split(" ")[:_REACH]))
    if any(m.start() < reach for m in _OPERATOR.finditer(behind)) or _OPERATOR.search(near):
        return True
    beside = frozenset(stems(denied.clause, language)) - frozenset(stems(denied.cue, language))
    found = [m.group() for m in _NEGATIVE.finditer(near)]
    found += [m.group() for m in _NEGATIVE.finditer(f"{word}{behind}") if m.start() < len(word) + reach]
    return any(not (own := stems(one, language)) or not beside.issuperset(own) for one in found)


def asserts(clause: str, denied: Denied, language: str) -> bool:
    """Whether a clause says that a thing is so; what is still to come only where the denial speaks of that, too."""
    before, _, _ = _around(clause, denied.head, language)
    near = " ".join(_JOINED.split(before)[-1].split()[-_SOON:])
    return not _SUPPOSED.search(before) and (not _AHEAD.search(near) or _AHEAD.search(denied.clause) is not None)


def _around(clause: str, head: str, language: str) -> tuple[str, str, str]:
    """Split a clause at the first word of a stem."""
    for match in re.finditer(r"[\w'-]+", clause):
        if head in stems(f"to {match.group()}", language):
            return clause[: match.start()], match.group(), clause[match.end() :]
    return clause, "", ""


def held(wanted: Iterable[str], pool: frozenset[str]) -> int:
    """Return how many stems a pool has, or has one of the same meaning of."""
    return sum(same(w, pool) > 0 for w in wanted)
