"""One person, named differently: another given name, another initial, another spelling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefer.briefing import Disagreement
from briefer.bundle import Bundle
from briefer.differences.told import Report, Told, disagreement, reports
from briefer.stems import FUNCTION_WORDS, stems
from briefer.text import plain, words

_NAME = re.compile(
    r"(?<![\w.'-])(?=(?P<given>[A-ZÀ-Þ][\w'-]*[a-zà-ÿ])(?P<initials>(?:\s[A-Z]\.)*)\s"
    r"(?P<surname>(?:Mac|Mc|O')?[A-ZÀ-Þ][\w-]*[a-zà-ÿ])(?![\w-]))"
)
_TITLE = frozenset(
    """mr mrs ms miss dr sir dame lord lady judge justice president chancellor premier minister secretary senator sen
    rep representative congressman congresswoman gov governor mayor chief captain capt col colonel gen general
    maj major lt lieutenant sgt sergeant officer detective inspector commissioner chairman chairwoman speaker
    king queen prince princess pope bishop rabbi reverend rev father sister brother professor prof coach
    director attorney prosecutor deputy commander admiral adm corporal private north south east west northern
    southern eastern western new old great saint st san los las el la le the a an this that monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september
    october november december""".split()
)
_KIN = re.compile(
    r"\b(?:son|daughter|wife|husband|brothers?|sisters?|father|mother|widow|cousin|nephew|niece|uncle|aunt|family|twin|jr|sr"
    r"|parents?|couple|ex-wife|junior|senior)\b"
)
_NICKNAMES = """
    william bill billy will, robert bob bobby rob, richard dick rick ricky, charles chuck charlie, james jim jimmy,
    john jack johnny jon, michael mike mickey, edward ed eddie ted teddy, margaret peggy maggie meg, elizabeth liz beth
    betty eliza, anthony tony, henry harry hank, joseph joe joey, thomas tom tommy, lawrence larry, katherine catherine
    kate kathy cathy, steven stephen steve, theodore ted theo, andrew andy drew, mitchell mitch, alexander alex sandy
    sasha, francis frank, gerald jerry, ronald ron, donald don, vladimir volodymyr, mohammed muhammad mohamed mohammad,
    patrick pat paddy, susan sue, deborah deb debbie
"""
_SHORT = {name: group.split()[0] for group in _NICKNAMES.split(",") for name in group.split()}
_STOP = re.compile(r"[;:()\"]|\.(?=\s)")
# So many words of the role have to be the same: "agent of the Lehigh Valley".
_LEAST_ROLE = 3
_ROLE_WORDS = 9


@dataclass(frozen=True, slots=True)
class _Named:
    """A full name where it stands, the words beside it, and those of them in lower case, which tell a role."""

    given: str
    initials: str
    told: Told
    beside: frozenset[str]
    role: frozenset[str]


def names(bundle: Bundle) -> Iterator[Disagreement]:
    """Yield the people to whom two outlets give different names, though the role beside the name is the same."""
    given = list(reports(bundle))
    spoken = _vocabularies(given)
    common = {plain(w) for report in given for w in words(report.text) if w.islower()}
    people: dict[str, list[_Named]] = defaultdict(list)
    for report in given:
        for surname, named in _people(report):
            if not common & {surname, named.given}:
                people[surname].append(named)
    for found in people.values():
        if len({one.told.who for one in found}) > 1:
            yield from _differing(found, spoken)


def _people(report: Report) -> Iterator[tuple[str, _Named]]:
    text = report.text
    for match in _NAME.finditer(text):
        first = plain(match["given"])
        if first in _TITLE or first in FUNCTION_WORDS or plain(match["surname"]) in _TITLE:
            continue
        before, after = text[: match.start()], text[match.end("surname") :]
        ahead, behind = _STOP.split(before)[-1].split(), _STOP.split(after)[0].split()
        beside = " ".join([*ahead[-3:], *behind[:_ROLE_WORDS]])
        if _KIN.search(beside.casefold()):
            continue
        value = text[match.start() : match.end("surname")]
        initials = match["initials"].replace(" ", "")
        yield (
            plain(match["surname"]),
            _Named(
                first,
                initials,
                Told(value, (first, initials), report),
                frozenset(stems(beside)),
                frozenset(stems(" ".join(w for w in beside.split() if w.islower()))),
            ),
        )


def _vocabularies(given: Sequence[Report]) -> dict[str, set[str]]:
    """Return who -> all capitalised words of its articles: whoever has both names tells two people apart."""
    spoken: dict[str, set[str]] = defaultdict(set)
    for report in given:
        spoken[Told("", "", report).who].update(plain(w) for w in re.findall(r"[A-ZÀ-Þ][\w-]+", report.text))
    return spoken


def _differing(found: Sequence[_Named], spoken: dict[str, set[str]]) -> Iterator[Disagreement]:
    told: dict[str, Told] = {}
    for a, b in combinations(found[:60], 2):
        if a.told.who != b.told.who and _differ(a, b, spoken):
            for one in (a, b):
                told.setdefault(f"{one.given} {one.initials}", one.told)
    if told:
        same = [one.told for one in found if f"{one.given} {one.initials}" in told]
        surname = found[0].told.value.split()[-1]
        what = "initial" if len({one.given for one in found}) == 1 else "first name"
        found_one = disagreement(f"The {what} of {surname}", "name", same)
        if found_one:
            yield found_one


def _differ(a: _Named, b: _Named, spoken: dict[str, set[str]]) -> bool:
    shared = len(a.beside & b.beside)
    if _one_name(a.given, b.given):
        return bool(
            a.initials and b.initials and a.initials[0] != b.initials[0] and shared >= _LEAST_ROLE and a.role & b.role
        )
    if b.given in spoken[a.told.who] or a.given in spoken[b.told.who]:
        return False
    if _near(a.given, b.given):
        return shared >= 1
    return shared >= _LEAST_ROLE and bool(a.role & b.role)


def _one_name(a: str, b: str) -> bool:
    """Whether one is short for the other, or both are one name in two spellings of another script."""
    short, long = sorted((_SHORT.get(a, a), _SHORT.get(b, b)), key=len)
    return long.startswith(short[:3]) and len(short) <= 4 or _levelled(short) == _levelled(long)


def _levelled(name: str) -> str:
    """Transliterations of one name: Sergei and Sergey, Aleksandr and Alexandr."""
    return re.sub(r"(.)\1", r"\1", re.sub("ei|ey|iy|ii|ij|yi", "i", name).replace("y", "i").replace("ks", "x"))


def _near(a: str, b: str) -> bool:
    return a[:2] == b[:2] and a[-2:] == b[-2:] and abs(len(a) - len(b)) <= 1 and min(len(a), len(b)) > 4
