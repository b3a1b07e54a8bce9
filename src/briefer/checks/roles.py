"""N402: is the role that the claim gives a person that person's own in the evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import QUOTED
from briefer.checks.name_words import stand_for_one
from briefer.checks.names import is_form
from briefer.checks.role_owners import stands_elsewhere
from briefer.checks.role_phrases import Role, roles_in
from briefer.checks.role_words import (
    BOSSES,
    CHIEFS,
    DISCIPLINES,
    GENERIC,
    HEADS,
    IN_CHARGE,
    LEADERS,
    LEADING,
    LEADS,
    OFFICES,
    ONCE,
    RANKS,
    ROLE_STEMS,
    SOFT,
    alike,
)
from briefer.checks.thesaurus import is_word
from briefer.findings import Finding
from briefer.stems import FUNCTION_WORDS, stem, stems
from briefer.text import fold, plain, words

# What stands apart from a name: another part of a list, but not what "who" begins.
_PART = re.compile(r"[,;](?! who\b)")
# Words of a role this far from the name still belong to it; this near even where the article calls it otherwise.
_REACH, _BESIDE = 14, 3


def role_is_the_person_s(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N402: the role beside a name in the claim is that name's in a cited article, and no other's."""
    # The nouns are English ones: an article in another language calls a minister otherwise.
    if claim.kind == "extract" or any(s.language[:2] != "en" for s in evidence.sources) or not evidence.cited:
        return
    claimed = roles_in(evidence.said)
    known = tuple(r for s in evidence.sources for r in roles_in(s.folded)) if claimed else ()
    for role in claimed:
        problem = _problem(role, known, evidence)
        if problem:
            yield Finding("N402", problem)
            return


def _problem(role: Role, known: tuple[Role, ...], evidence: Evidence) -> str:
    source = evidence.sources[0].id
    near = _near(role.surname, evidence)
    if not near:
        return ""
    own = [r for r in known if r.surname == role.surname and not _is_namesake(r.name, role.name)]
    near |= {w for r in own for w in r.words if not r.head}
    if not role.head:
        done = not role.words or any(alike(w, n) for w in role.words for n in near)
        told = _not_there(role, own, evidence)
        return told if done or told else f"{source} does not say “{role.phrase}” of {role.name}"
    own = [r for r in own if r.head]
    same = [r for r in own if any(alike(role.head, w) for w in r.words if w in ROLE_STEMS | LEADING)]
    # The party's boss is its leader; its chief whip is not.
    same += [r for r in own if role.head in BOSSES and r.head in CHIEFS and r not in same]
    if whose := _another_s(role, same, known):
        return f"{source} calls {role.name} “{whose}”, not “{role.owner}'s”"
    if other := _held_by_another(role, near, (r for s in evidence.context for r in roles_in(s.folded))):
        return f"{source} calls {other.name} “{other.phrase}”, not {role.name}"
    return _not_there(role, own, evidence) or (
        _called_otherwise(role, same, known, evidence) if same else _not_called_so(role, own, near, evidence)
    )


def _called_otherwise(role: Role, same: list[Role], known: tuple[Role, ...], evidence: Evidence) -> str:
    """Say how the article calls somebody whom it gives the same noun, with another rank or field."""
    others = frozenset(w for r in known if r.surname != role.surname for w in r.words)
    beside = _beside(role.surname, evidence) - others
    agreed = any(_same_rank(role, r) and _fits(role, r, beside) for r in same)
    return "" if agreed else f"{evidence.sources[0].id} calls {role.name} “{same[0].phrase}”, not “{role.phrase}”"


def _not_called_so(role: Role, own: list[Role], near: frozenset[str], evidence: Evidence) -> str:
    """Say that the article gives somebody no such noun, unless its words come to the same."""
    source = evidence.sources[0].id
    if _ranks(role) - {"former"} and not RANKS & near:
        return f"{source} does not call {role.name} “{role.phrase}”"
    if _is_besides(role, near):
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


def _is_besides(role: Role, near: frozenset[str]) -> bool:
    """Whether somebody may be called that beside his office, or for what the article says that he did."""
    if role.head in HEADS and {"govern", "state"} & {s for p in role.parts for s in p.stems}:
        return True
    if role.head in SOFT and "chief" not in role.words:
        return len(role.words) == 1 or any(alike(w, n) for w in role.words[:-1] for n in near) or _is_done(role, near)
    return _is_done(role, near)


def _is_done(role: Role, near: frozenset[str]) -> bool:
    """Whether the article may tell as a deed what the claim calls somebody: "led the concert", "was once a nurse"."""
    if role.head in LEADING:
        return bool(LEADS & near) and any(w in near for w in role.words[:-1])
    return "former" in _ranks(role) and any(alike(role.head, w) for w in near)


def _not_there(role: Role, own: list[Role], evidence: Evidence) -> str:
    part = stands_elsewhere(role, own, evidence)
    source = evidence.sources[0].id
    return f"{source} does not say “{role.phrase}” of {role.name} with “{' '.join(part.stems)}”" if part else ""


def _is_namesake(a: str, b: str) -> bool:
    """Whether two names with one surname are those of two people."""
    first, second = a.split()[0], b.split()[0]
    return len(a.split()) > 1 < len(b.split()) and first[0] != second[0]


def _held_by_another(role: Role, near: frozenset[str], known: Iterable[Role]) -> Role | None:
    """Return the role of somebody else that this one is word for word, where nothing of it stands near the name."""
    wanted = [w for w in role.words if w != role.head and w not in RANKS | ONCE]
    leads = role.head in LEADING and any(n in LEADS or alike(role.head, n) for n in near)
    if leads or not wanted or any(alike(w, n) for w in wanted for n in near):
        return None
    for other in known:
        theirs = {*other.words, *stems(other.owner)}
        if other.surname != role.surname and all(any(alike(w, t) for t in theirs) for w in (role.head, *wanted)):
            return other
    return None


def _another_s(role: Role, same: list[Role], known: tuple[Role, ...]) -> str:
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
        if mine and any(is_form(plain(a), plain(b)) or stand_for_one(a, b) for a in mine for b in named):
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


def _ranks(role: Role) -> frozenset[str]:
    ranks = frozenset("former" if w in ONCE else w for w in role.words if w in RANKS or w in ONCE)
    return ranks - {"vice"} | {"deputi"} if "vice" in ranks else ranks


def _same_rank(role: Role, known: Role) -> bool:
    """Whether both are deputy, acting or former, or neither; who was it "then" may be called former or not."""
    once = frozenset({"former"}) if known.then else frozenset()
    return _ranks(role) - once == _ranks(known) - once


def _fits(role: Role, known: Role, near: frozenset[str]) -> bool:
    """Whether "defence" may stand before the minister: the article has it there, near the name, or says nothing."""

    def more(r: Role) -> list[str]:
        return [w for w in r.words if w != r.head and w not in RANKS | ONCE | ROLE_STEMS | OFFICES]

    return GENERIC.issuperset(more(known)) or all(any(alike(w, n) for n in near.union(known.words)) for w in more(role))


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
