"""The roles that a text puts beside names: what stands before, after and behind "who"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, takewhile

from briefer.checks.name_words import UNNAMING
from briefer.checks.role_parts import END_OF_NP, IS_WHOSE, Part, owner_of, parts_of
from briefer.checks.role_words import DOES, LEADING, NOUNS, ONCE, RANKS, ROLE_STEMS
from briefer.memo import memo
from briefer.stems import FUNCTION_WORDS, stem, stems
from briefer.text import by_letter, compiled, plain

_LAST = re.compile(r"\w+$")
_NOUNS = frozenset(NOUNS) | {noun.title() for noun in NOUNS}
_ENDS = frozenset(NOUNS) | {f"{noun}s" for noun in NOUNS}
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Capt|Col|Gen|Lt|Sgt|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Rev)\.?\s)*"
_PERSON = rf"{_TITLE}[^\W\d_a-z][\w'-]+(?:\s(?:[A-Z]\.\s)?(?:de\s|von\s|van\s|al-)?[^\W\d_a-z][\w'-]+)*"
_AFTER = re.compile(rf"(?<!\w)(?=(?P<name>{_PERSON}), (?:\d\d, )?(?P<role>[^,.;:\"]{{3,70}})(?=[,.;:]|$))")
# Behind one of these a phrase after a name is no role, or no longer one.
_NO_ROLE = re.compile(
    r"^(?:which|who|whose|whom|and|but|or|said|says|where|when|while|as|after|before|in|on|at|from|although|though|whereas"
    r"|because|since|if|until|unless|despite|with|to|for|by|of|against|according|even|not|having|being)\b"
)
# "Then economy minister", "at the time chief engineer": when somebody was it may be told otherwise.
_WHEN = re.compile(
    r"^(?:(?:then|now|later|still|already|at the time|at that time|today|by then|since)\s(?:the |an? )?"
    r"|one of (?:the |its |his |her |their )?(?:\w+ )?(?=\w+s\b))"
)
_ROLE_END = re.compile(
    r"\s(?:of|on|at|in|for|from|with|to|here|there|who|which|and|said|says|by|under|during|since|aged|based|charged|appointed|elected|whose|whom"
    r"|that|named|until)\s"
)
_SPELT = frozenset(f"{noun[0]}{rest[1:]}" for noun in NOUNS for rest in (noun, noun.title()))
_EITHER_CASE = "|".join(f"[{first.upper()}{first}](?:{rests})" for first, rests in by_letter(_SPELT).items())
_BEFORE = (
    rf"(?<!\w)(?P<role>(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|\S+'s)\s(?:[\w-]+\s){{0,3}}|(?:[A-Z][\w-]+\s){{0,3}})"
    rf"\b(?:{_EITHER_CASE})),?\s(?P<name>{_PERSON})"
)
_OF_BEFORE = (
    rf"(?<![\w'])(?P<role>(?:[\w-]+\s){{0,3}}(?:{'|'.join(NOUNS)})\s(?:of|for|at)\s[^,.;:\"]{{3,50}}),"
    rf" (?P<name>{_PERSON})(?=[,.;:]|\s)"
)
# These two are long: they are built and searched only where one of the nouns stands like this.
_BEFORE_NAME = re.compile(r"\b\w+(?=,?\s[^\W\d_a-z])")
_OF_BEFORE_NAME = re.compile(r"\b\w+(?=\s(?:of|for|at)\s[^,.;:\"]{3,50}, [^\W\d_a-z])")
_IS = re.compile(
    rf"(?P<name>{_PERSON}),? (?:who )?(?:is|was|became|(?=used to be|had been)) ?(?:(?:still|now|then|also) )?"
    rf"(?P<role>(?:(?:used to be|had been) )?(?:the|an?|its|his|her|their|chief|head|[A-Z]\S+'s)\s[^,.;:\"]{{3,70}}?)"
    r"(?=[,.;:]|$| who| said)"
)
# Each pattern, whether the role stands before the name, one of which words a text needs for it, and where a noun.
_PATTERNS = (
    (_AFTER, False, (", ",), None),
    (_BEFORE, True, (" ",), _BEFORE_NAME),
    (_OF_BEFORE, False, (", ",), _OF_BEFORE_NAME),
    (_IS, False, (" is", " was", " became", " used to be", " had been"), None),
)
# "Who heads the office" says as much as "head of the office", and of a director too.
_WHO_LEADS = re.compile(
    rf"(?P<name>{_PERSON}),? (?:who |who is |in )"
    rf"(?P<verb>{'|'.join(sorted(LEADING))}|(?:in )?(?:charge of|responsible for))"
    r" (?P<role>[^,.;:\"]{3,60})"
)
_NP = re.compile(
    rf"(?:(?!{END_OF_NP})[\w&'-]+(?: (?!{END_OF_NP})|$|(?=[,.;:\"]))){{0,6}}(?:of the (?!{END_OF_NP})[\w&'-]+)?"
)
_WHAT = rf"(?:the |an? |its |his |her |their )?(?P<np>(?!{END_OF_NP})[\w&'-]+(?: (?!{END_OF_NP})[\w&'-]+){{0,5}})"
_WHO_DOES = re.compile(
    rf"(?P<name>{_PERSON}),? (?:\d\d, )?who (?:once |has |had |now |still )?(?P<verb>{'|'.join(DOES)})"
    rf" (?:for |at |in |on )?{_WHAT}"
)
# "Who sits on the board", "of Compass Funds": where somebody belongs.
_BELONGS = re.compile(
    rf"(?P<name>{_PERSON}),? (?P<link>who (?:sits?|sat|serve[sd]?) on|who belong(?:s|ed) to"
    rf"|who (?:works?|worked|plays?|played) for) {_WHAT}"
)
_OF_A_NAME = re.compile(
    rf"(?P<name>{_PERSON}),? (?P<link>of) (?:the [a-z]+ )?"
    r"(?P<np>[A-Z][\w&'-]*(?: (?:of |for |and |& )?(?:the )?[A-Z][\w&'-]*)*)"
)
_AS = re.compile(r"\b(?:named|appointed|elected|chosen|made) (?:as )?(?:an? |the )?([\w -]+)")
# "Vice-chairwoman".
_HYPHEN = re.compile(r"\w+-$")
# As far before a role its ranks are looked for.
_FAR = 24
# What somebody was at the time he may be no longer.
_THEN = re.compile(r"^(?:then|at the time)\b|\b(?:until|at the time)\b")
# "Once the gallery's secretary".
_WAS = re.compile(r"^(?:once|formerly|previously|used to be|had been) (?:an? |the )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Role:
    """A role beside a name: `head` is its noun, `words` all its content stems, the head included.

    It has no noun where a verb tells what somebody does, in `words` the nouns for that, or only where he belongs.
    """

    surname: str
    name: str
    phrase: str
    head: str
    words: tuple[str, ...]
    owner: str = ""
    parts: tuple[Part, ...] = ()
    then: bool = False


@memo(4096)
def roles_in(text: str) -> tuple[Role, ...]:
    """Return the roles that a folded text puts beside a name."""
    told = (*_leading(text), *_doing(text)) if " who " in text else ()
    return (*_titles(text), *told, *_belonging(text))


def _titles(text: str) -> Iterator[Role]:
    """Yield what nouns call somebody, before or behind the name."""
    for pattern, before, needed, beside in _PATTERNS:
        wanted = any(word in text for word in needed)
        wanted = wanted and (not beside or not _NOUNS.isdisjoint(beside.findall(text)))
        for match in compiled(pattern).finditer(text) if wanted else ():
            name = _bare(match["name"]).removesuffix("'s") or match["name"]
            if not any(c.isupper() for c in name) or plain(name.split()[-1]).removesuffix("'s") in UNNAMING:
                continue
            named = f"{_ahead(text, match)}{match['role']}"
            for phrase in (named,) if before else _conjuncts(match["role"]):
                yield from _title(name, phrase, text, match, before=before)


def _ahead(text: str, match: re.Match[str]) -> str:
    """Return what belongs to a role and stands before it: "vice-" chairwoman, with "retired" pilot."""
    before = text[max(0, match.start("role") - _FAR) : match.start("role")]
    if hyphen := _HYPHEN.search(before):
        return hyphen[0]
    ranks = list(takewhile(lambda word: stem(word) in RANKS | ONCE, reversed(before.split())))
    return "".join(f"{rank} " for rank in reversed(ranks))


def _title(name: str, phrase: str, text: str, match: re.Match[str], *, before: bool) -> Iterator[Role]:
    cut = _cut(phrase, before=before)
    role = tuple(w for w in stems(cut)[-5:] if w not in stems(name))
    if not role or _ENDS.isdisjoint(_LAST.findall(plain(cut))):
        return
    # "A lawyer whom the court named as administrator" is both.
    chosen = _AS.search(phrase)
    words = (*stems(chosen[1]), *role) if chosen else role
    surname, then = plain(name.split()[-1]).removesuffix("'s"), _THEN.search(phrase) is not None
    start = text.find(cut, max(0, match.start("role") - _FAR))
    owner, parts = (owner_of(text, start, cut), parts_of(text, start, cut)) if start >= 0 else ("", ())
    yield Role(surname, name, cut, role[-1], words, owner, parts, then)


def _leading(text: str) -> Iterator[Role]:
    """Yield who leads something: "who heads the office", "who is in charge of freight"."""
    for match in _WHO_LEADS.finditer(text):
        led = _ROLE_END.split(match["role"].rpartition("'s ")[2] + " ")[0]
        verb = match["verb"] if match["verb"] in LEADING else "charg"
        noun = _NP.match(match["role"])
        part = Part(IS_WHOSE.match(match["role"]) is not None, tuple(stems(noun[0] if noun else "")))
        phrase = f"who {match['verb']} {match['role']}"
        yield _bare_role(match, phrase, verb, (*stems(led)[-4:], verb), part)


def _doing(text: str) -> Iterator[Role]:
    """Yield who does something for a living: "who teaches law at Lindow"."""
    for match in _WHO_DOES.finditer(text):
        verb = match["verb"]
        yield _bare_role(match, f"who {verb}", "", DOES[verb], Part(True, tuple(stems(match["np"]))))


def _belonging(text: str) -> Iterator[Role]:
    """Yield who belongs somewhere: "who sits on the board", "of Compass Funds"."""
    told = (pattern.finditer(text) for pattern, word in ((_BELONGS, " who "), (_OF_A_NAME, " of ")) if word in text)
    for match in chain.from_iterable(told):
        if plain(match["name"].split()[-1]) in FUNCTION_WORDS:
            continue
        yield _bare_role(match, match["link"], "", (), Part(True, tuple(stems(match["np"]))))


def _bare_role(match: re.Match[str], phrase: str, head: str, words: tuple[str, ...], part: Part) -> Role:
    name = _bare(match["name"])
    return Role(plain(name.split()[-1]), name, phrase, head, words, parts=(part,))


def _bare(name: str) -> str:
    """Return a name without its titles."""
    return re.sub(rf"^{_TITLE}", "", name)


def _conjuncts(phrase: str) -> list[str]:
    """Cut "a hotel owner and former port commissioner" in two, if the second part is a role as well."""
    first, _, second = phrase.partition(" and ")
    last = stems(_ROLE_END.split(f"{second} ")[0])[-1:]
    return [first, second] if ROLE_STEMS.intersection(last) else [phrase]


def _cut(phrase: str, *, before: bool) -> str:
    """Return the words of the role in a phrase beside a name, "" if it holds none.

    "The bank's governor" is governor and "a pilot on board" a pilot: whose and where may be said elsewhere.
    """
    if not before and _NO_ROLE.search(_WHEN.sub("", phrase)):
        return ""
    of = phrase if before else _ROLE_END.split(f"{phrase} ")[0]
    # "The head of the island's school" is head, "the Bank of Sarn's governor" governor.
    whose, _, phrase = (phrase if _ENDS.isdisjoint(_LAST.findall(plain(of))) else of).rpartition("'s ")
    once = _WAS.match(whose or phrase)
    phrase = f"former {_WAS.sub('', phrase)}" if once else phrase.strip()
    if not before:
        phrase = _WHEN.sub("", phrase)
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
