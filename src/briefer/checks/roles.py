"""N402: is the role that the claim gives a person that person's own in the evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import QUOTED
from briefer.checks.names import is_form, same_seat
from briefer.checks.role_words import (
    DISCIPLINES,
    IN_CHARGE,
    LEADERS,
    LEADING,
    NOUNS,
    OFFICES,
    ONCE,
    RANKS,
    ROLE_STEMS,
    SOFT,
    alike,
)
from briefer.checks.thesaurus import is_word
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import FUNCTION_WORDS, stem, stems
from briefer.text import fold, plain, words

_ENDS = re.compile(rf"\b(?:{'|'.join(NOUNS)})s?$")
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Capt|Col|Gen|Lt|Sgt|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Rev)\.?\s)*"
_PERSON = rf"{_TITLE}[^\W\d_a-z][\w'-]+(?:\s(?:[A-Z]\.\s)?(?:de\s|von\s|van\s|al-)?[^\W\d_a-z][\w'-]+)*"
_AFTER = re.compile(rf"(?<!\w)(?=(?P<name>{_PERSON}), (?:\d\d, )?(?P<role>[^,.;:\"]{{3,70}})(?=[,.;:]|$))")
# Behind one of these a phrase after a name is no role, or no longer one.
_NO_ROLE = re.compile(
    r"^(?:which|who|whose|whom|and|but|or|said|says|where|when|while|as|after|before|in|on|at|from|although|though|whereas"
    r"|because|since|if|until|unless|despite|with|to|for|by|of|against|according|even|not|then|now|later|having|being)\b"
)
_ROLE_END = re.compile(
    r"\s(?:of|on|at|in|for|from|with|to|here|there|who|which|and|said|says|by|under|during|since|aged|based|charged|appointed|elected|whose)\s"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?P<role>(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|\S+'s)\s(?:[\w-]+\s){{0,3}}|(?:[A-Z][\w-]+\s){{0,3}})"
    rf"\b(?:{'|'.join(NOUNS)}|{'|'.join(n.title() for n in NOUNS)})),?\s(?P<name>{_PERSON})"
)
_OF_BEFORE = re.compile(
    rf"(?<![\w'])(?P<role>(?:[\w-]+\s){{0,3}}(?:{'|'.join(NOUNS)})\s(?:of|for|at)\s[^,.;:\"]{{3,50}}),"
    rf" (?P<name>{_PERSON})(?=[,.;:]|\s)"
)
_IS = re.compile(
    rf"(?P<name>{_PERSON}),? (?:is|was|who is|who was) (?P<role>(?:the|an?|its|his|her|their)\s[^,.;:\"]{{3,70}}?)"
    r"(?=[,.;:]|$| who| said)"
)
_PATTERNS = ((_AFTER, False), (_BEFORE, True), (_OF_BEFORE, False), (_IS, False))
# "Who heads the office" says as much as "head of the office", and of a director too.
_WHO_LEADS = re.compile(
    rf"(?P<name>{_PERSON}),? (?:who |who is |in )"
    rf"(?P<verb>{'|'.join(sorted(LEADING))}|(?:in )?(?:charge of|responsible for))"
    r" (?P<role>[^,.;:\"]{3,60})"
)
# Whose somebody is: the names before "'s", or behind "of" and "for"; or one who has a role himself: the mayor's.
_OWNER = re.compile(r"((?:[A-Z][\w&-]+ ){0,3}[\w-]+)'s (?=[^']*$)")
_OF_OWNER = re.compile(r"\b(?:of|for) (?:the )?((?:[A-Z][\w&-]+ ?)+)")
# What stands apart from a name: another part of a list, but not what "who" begins.
_PART = re.compile(r"[,;](?! who\b)")
# Words of a role this far from the name still belong to it; this near even where the article calls it otherwise.
_REACH, _BESIDE = 14, 3


@dataclass(frozen=True, slots=True)
class _Role:
    """A role beside a name: `head` is its noun, `words` all its content stems, the head included."""

    surname: str
    name: str
    phrase: str
    head: str
    words: tuple[str, ...]
    owner: str = ""


def role_is_the_person_s(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N402: the role beside a name in the claim is that name's in a cited article, and no other's."""
    # The nouns are English ones: an article in another language calls a minister otherwise.
    if claim.kind == "extract" or any(s.language[:2] != "en" for s in evidence.sources) or not evidence.cited:
        return
    known = tuple(r for s in evidence.sources for r in _roles(s.folded))
    for role in _roles(evidence.said):
        problem = _problem(role, known, evidence)
        if problem:
            yield Finding("N402", problem)
            return


def _problem(role: _Role, known: tuple[_Role, ...], evidence: Evidence) -> str:
    source = evidence.sources[0].id
    near = _near(role.surname, evidence)
    if not near:
        return ""
    own = [r for r in known if r.surname == role.surname]
    same = [r for r in own if any(alike(role.head, w) for w in r.words if w in ROLE_STEMS | LEADING)]
    if whose := _another_s(role, same, known):
        return f"{source} calls {role.name} “{whose}”, not “{role.owner}'s”"
    if other := _held_by_another(role, near, (r for s in evidence.context for r in _roles(s.folded))):
        return f"{source} calls {other.name} “{other.phrase}”, not {role.name}"
    if same:
        others = frozenset(w for r in known if r.surname != role.surname for w in r.words)
        agreed = any(_ranks(role) == _ranks(r) and _fits(role, r, near - others) for r in same)
        return "" if agreed else f"{source} calls {role.name} “{same[0].phrase}”, not “{role.phrase}”"
    if role.head in SOFT and any(alike(w, n) for w in role.words[:-1] for n in near) | (len(role.words) == 1):
        return ""
    # Who "leads the legal team" may be called a lawyer, but not the mayor.
    firm = [r for r in own if r.head not in LEADING]
    # A professor of ecology is an ecologist.
    wide = role.head in IN_CHARGE | DISCIPLINES
    beside = near if wide else _beside(role.surname, evidence)
    if (firm or (own and role.head in LEADERS)) and not any(alike(role.head, w) for w in beside):
        return f"{source} calls {role.name} “{own[0].phrase}”, not “{role.phrase}”"
    told = frozenset(w for text in evidence.texts for w in stems(QUOTED.sub(" ", text)))
    said = near if firm else near | told
    return "" if any(alike(role.head, w) for w in said) else f"{source} does not call {role.name} “{role.phrase}”"


def _held_by_another(role: _Role, near: frozenset[str], known: Iterable[_Role]) -> _Role | None:
    """Return the role of somebody else that this one is word for word, where nothing of it stands near the name."""
    wanted = [w for w in role.words if w != role.head and w not in RANKS | ONCE]
    if not wanted or any(alike(w, n) for w in wanted for n in near):
        return None
    for other in known:
        theirs = {*other.words, *stems(other.owner)}
        if other.surname != role.surname and all(any(alike(w, t) for t in theirs) for w in (role.head, *wanted)):
            return other
    return None


def _another_s(role: _Role, same: list[_Role], known: tuple[_Role, ...]) -> str:
    """Return whose the person is in the article where that is named, and is somebody else than in the claim."""
    if not role.owner or role.owner.isupper():
        return ""
    for other in same:
        named = [w for w in other.owner.split() if w[0].isupper()]
        named += [w for w in other.phrase.split() if w[0].isupper() and not is_word(stem(w))]
        named = [w for w in named if stem(w) not in ROLE_STEMS and plain(w) not in FUNCTION_WORDS]
        if not named:
            continue
        mine = [w for w in role.owner.split() if w[0].isupper()]
        if mine and any(is_form(plain(a), plain(b)) or same_seat(a, b) for a in mine for b in named):
            return ""
        if _is_short_for(named, mine) or _is_short_for(mine, named):
            return ""
        roles = [r for r in known if r.surname == plain(named[-1])]
        held = any(alike(stem(role.owner), r.head) and not _ranks(r) for r in roles)
        if mine or (stem(role.owner) in ROLE_STEMS and roles and not held):
            return " ".join(named)
    return ""


def _is_short_for(short: list[str], names: list[str]) -> bool:
    """Whether the one name is the initials of the others: WRCU for World Road Cycling Union."""
    initials = "".join(name[0] for name in names)
    return len(short) == 1 and len(initials) > 1 and plain(short[0]) == plain(initials)


def _ranks(role: _Role) -> frozenset[str]:
    return frozenset("former" if w in ONCE else w for w in role.words if w in RANKS or w in ONCE)


def _fits(role: _Role, known: _Role, near: frozenset[str]) -> bool:
    """Whether "defence" may stand before the minister: the article has it there, near the name, or says nothing."""

    def more(r: _Role) -> list[str]:
        return [w for w in r.words if w != r.head and w not in RANKS | ONCE | ROLE_STEMS | OFFICES]

    return not more(known) or all(any(alike(w, n) for n in near.union(known.words)) for w in more(role))


@memo(4096)
def _roles(text: str) -> tuple[_Role, ...]:
    """Return the roles that a folded text puts beside a name."""
    found = []
    for pattern, before in _PATTERNS:
        for match in pattern.finditer(text):
            name = re.sub(rf"^{_TITLE}", "", match["name"]).removesuffix("'s") or match["name"]
            if not any(c.isupper() for c in name):
                continue
            surname = plain(name.split()[-1]).removesuffix("'s")
            if surname in FUNCTION_WORDS:
                continue
            for phrase in (match["role"],) if before else _conjuncts(match["role"]):
                cut = _cut(phrase, before=before)
                role = tuple(w for w in stems(cut)[-5:] if w not in stems(name))
                if role and _ENDS.search(plain(cut)):
                    found.append(_Role(surname, name, cut, role[-1], role, _owner(text, match, cut)))
    for match in _WHO_LEADS.finditer(text) if " who " in text else ():
        name = re.sub(rf"^{_TITLE}", "", match["name"])
        led = _ROLE_END.split(match["role"].rpartition("'s ")[2] + " ")[0]
        verb = match["verb"] if match["verb"] in LEADING else "charg"
        role = (*stems(led)[-4:], verb)
        found.append(_Role(plain(name.split()[-1]), name, f"who {match['verb']} {match['role']}", role[-1], role))
    return tuple(found)


def _owner(text: str, match: re.Match[str], cut: str) -> str:
    """Return whose a role is, as the text says it: "the bank's", "of Lindow"; "" where it does not."""
    start = text.find(cut, max(0, match.start("role") - 1))
    before = _OWNER.search(text[max(0, start - 40) : start]) if start >= 0 else None
    behind = _OF_OWNER.match(text, start + len(cut) + 1) if start >= 0 else None
    return (before[1] if before else behind[1].strip() if behind else "").removeprefix("The ")


def _conjuncts(phrase: str) -> list[str]:
    """Cut "a hotel owner and former port commissioner" in two, if the second part is a role as well."""
    first, _, second = phrase.partition(" and ")
    last = stems(_ROLE_END.split(f"{second} ")[0])[-1:]
    return [first, second] if ROLE_STEMS.intersection(last) else [phrase]


def _cut(phrase: str, *, before: bool) -> str:
    """Return the words of the role in a phrase beside a name, "" if it holds none.

    "The bank's governor" is governor and "a pilot on board" a pilot: whose and where may be said elsewhere.
    """
    phrase = phrase.rpartition("'s ")[2].strip()
    if not before:
        return "" if _NO_ROLE.search(phrase) else _ROLE_END.split(f"{phrase} ")[0].strip()
    kept: list[str] = []
    tokens = phrase.split()
    for token in reversed(tokens):
        other_case = tokens[-1][0].isupper() and not token[0].isupper()
        rank = bool({stem(token)} & (RANKS | ONCE))
        if kept and ((other_case and not rank) or not stems(token)):
            break
        kept.insert(0, token)
    return " ".join(kept)


def _near(surname: str, evidence: Evidence) -> frozenset[str]:
    """Return the stems close to any mention of the surname in the cited articles."""
    # Of whom somebody speaks in a quotation is not the speaker.
    texts = (QUOTED.sub(" ", fold(s.text)) for source in evidence.sources for s in source.sentences)
    return _around(surname, [t for t in texts if surname in plain(t)], _REACH)


def _beside(surname: str, evidence: Evidence) -> frozenset[str]:
    """Return the stems next to a mention of the surname, between the same two commas or behind "who"."""
    texts = (fold(s.text) for source in evidence.sources for s in source.sentences)
    parts = [part for text in texts for part in _PART.split(text) if surname in plain(part)]
    return _around(surname, parts, _BESIDE)


def _around(surname: str, texts: list[str], reach: int) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        tokens = words(text)
        for at, token in enumerate(tokens):
            if plain(token).removesuffix("'s") == surname:
                found.update(stems(" ".join(tokens[max(0, at - reach) : at + reach + 1])))
    return frozenset(found)
