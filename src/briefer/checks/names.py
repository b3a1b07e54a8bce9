"""N: does every name stand in the cited articles, spelled as there, with the role that is its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence, vocabulary_of
from briefer.dates import mentions
from briefer.figures import figures
from briefer.findings import Finding
from briefer.stems import stem
from briefer.suggest import within_letters
from briefer.text import plain

_TOKEN = re.compile(r"[^\W_]+(?:['\-&.][^\W_]+)*\.?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"(\[]|\s')$")
# Capitals that name nobody.
_NO_NAME = frozenset(
    """i mr mrs ms miss dr sir dame lord lady prof professor st saint gen lt col maj capt sgt adm rev hon jr sr am pm
    a.m p.m no nos vs inc ltd plc co corp bn mr. north south east west northern southern eastern western""".split()
)
# Endings by which a word that only opens a sentence is no name, unless the context has it as one.
_NO_NAME_ENDS = ("ing", "ness", "ment", "ments", "tion", "tions", "ity", "ly", "less", "ists", "ders", "ters")
# One name, several forms: the reader takes them for the same.
_SAME = (
    {"us", "u.s", "united states", "usa", "america", "american", "americans"},
    {"uk", "u.k", "united kingdom", "britain", "british", "briton", "britons"},
    {"un", "u.n", "united nations"},
    {"eu", "e.u", "european union", "europe", "european", "europeans"},
    {"france", "french"}, {"spain", "spanish"}, {"netherlands", "dutch"}, {"greece", "greek", "greeks"},
    {"poland", "polish", "poles"}, {"denmark", "danish", "danes"}, {"sweden", "swedish"}, {"wales", "welsh"},
    {"switzerland", "swiss"}, {"turkey", "turkish", "turkiye"}, {"ireland", "irish"}, {"germany", "german", "germans"},
    {"kiev", "kyiv"}, {"dprk", "north korea"},
)  # fmt: skip
_PEOPLE = ("", "n", "an", "ian", "ish", "ese", "i", "s", "ns", "ans", "ians", "er", "ers", "ean", "eans", "al", "ic")
# Words that open sentences of news without being names, and that an article may well not hold.
_OPENERS = frozenset(
    """according analysts analyst officials official experts critics critic supporters opponents observers investigators
    police prosecutors lawyers lawmakers witnesses residents relatives survivors rescuers authorities ministers neither
    nobody nothing none everyone several many most some few other others another each every all both one two three four
    five six seven eight nine ten eleven twelve half about around nearly almost more less fewer only even still yet
    meanwhile however instead although though despite during since because therefore thus then later earlier
    previously recently currently early late last next first second third today yesterday tomorrow questions question
    doubts concern concerns estimates estimate figures figure reports report accounts account details plans talks ties
    relations together separately similarly likewise unlike like among amid against under over within without until
    unless whether while where when why who what which how if as at by for from in into of on onto out to toward towards
    with the a an and or but so nor it its he she they we you his her their our this that these those there here not
    no never after before between beyond following given regarding asked speaking writing
    yes is are was were do does did has have had can could will would should shall may might must""".split()
)


def names_are_there(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N401: every name of the claim stands in one of the cited articles; outlets' names ground nothing."""
    if claim.kind == "extract" or not evidence.cited:
        return
    text = _without_dates(evidence.said)
    for name in _missing(text, evidence):
        close = within_letters(plain(name), evidence.vocabulary, 1 if len(name) < 8 else 2)
        hint = f"; the article has “{close.title()}”" if close and len(name) > 3 else ""
        where = " or ".join(s.id for s in evidence.sources)
        yield Finding("N401", f"the name “{name}” is not in {where}{hint}")


def names_stand_together(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N401: two parts of one name stand side by side in a cited article, not one here and one there."""
    if claim.kind == "extract" or not evidence.cited:
        return
    text = _without_dates(evidence.said)
    lower = _context(evidence).lower
    for first, second in re.findall(r"(?=\b([^\W\d_a-z][\w-]+) ([^\W\d_a-z][\w'-]+))", text):
        a, b = plain(first), plain(second).removesuffix("'s").rstrip("'")
        if {a, b} & (lower | _NO_NAME | _OPENERS) or _missing(f"x {first} {second}", evidence):
            continue
        # The end is free, since a people and its place differ there: House Democrats, House Democratic.
        pattern = rf"\b{re.escape(a)}\b[\w.'\"-]*(?:\s\S+){{0,2}}?\s[\"'(]?{re.escape(b[: max(4, len(b) - 3)])}"
        if not any(re.search(pattern, plain(s.folded)) for s in evidence.sources):
            yield Finding("N401", f"“{first} {second}” stands nowhere together in {evidence.sources[0].id}")


def _missing(text: str, evidence: Evidence) -> list[str]:
    known = evidence.vocabulary
    missing = []
    for match in _TOKEN.finditer(text):
        name = re.sub(r"'s$|'$|\.$", "", match.group())
        low = plain(name)
        if not any(c.isupper() for c in name) or low in _NO_NAME or len(low) < 2 or figures(low):
            continue
        starts = bool(_SENTENCE_START.search(text[: match.start()]))
        if low in known or _ordinary(low, starts, evidence) or _in_other_form(name, low, evidence):
            continue
        missing.append(name)
    return missing


def _ordinary(low: str, starts: bool, evidence: Evidence) -> bool:
    """Whether a capitalised word is no name: it opens the sentence, or the context has it in lower case."""
    context = _context(evidence)
    if starts and (low in _OPENERS or stem(low) in context.lower_stems):
        return True
    if starts and low not in context.every and low.endswith(_NO_NAME_ENDS):
        return True
    if evidence.foreign or evidence.bundle.language.startswith("de"):
        # Translated institutions and German nouns are capitals too: what the context never has is left to S601.
        return low in context.lower or low not in context.every
    return low in context.lower and low not in context.upper


def _in_other_form(name: str, low: str, evidence: Evidence) -> bool:
    """A demonym, an acronym and its expansion, or both halves of a hyphenated name."""
    known = evidence.vocabulary
    text = " ".join(plain(s.folded) for s in evidence.sources)
    for forms in _SAME:
        if low in forms and any(re.search(rf"(?<!\w){re.escape(f)}(?!\w)", text) for f in forms):
            return True
    if "-" in name and all(
        p in known or not p[:1].isupper() for p in (plain(x) if x[:1].isupper() else x for x in name.split("-"))
    ):
        return True
    if name.isupper() and len(name) <= 6:
        return _expands(low.replace(".", ""), evidence)
    return any(_demonym(low, word) for word in known if word[:4] == low[:4])


def _demonym(a: str, b: str) -> bool:
    """Whether two words differ by an ending that makes a people of a place: Ukraine, Ukrainian."""
    short, long = sorted((a, b), key=len)
    for cut in range(3):
        root = short[: len(short) - cut]
        if (
            len(root) >= 4
            and long.startswith(root)
            and long[len(root) :] in _PEOPLE
            and short[len(root) :] in ("", *"aeoy", "s", "ia")
        ):
            return True
    return False


def _expands(acronym: str, evidence: Evidence) -> bool:
    for source in evidence.sources:
        for run in re.findall(r"(?:[A-Z][\w'-]+\s?(?:(?:of|for|and|the|on)\s)?){2,7}", source.folded):
            capitals = "".join(w[0].lower() for w in run.split() if w[0].isupper())
            if acronym in capitals:
                return True
    return False


def _without_dates(text: str) -> str:
    for m in reversed(mentions(text)):
        text = text[: m.start] + " " * (m.end - m.start) + text[m.end :]
    return text


@dataclass(frozen=True, slots=True)
class _Spellings:
    """How the context writes its words: in lower case, with a capital inside a sentence, at all."""

    lower: frozenset[str]
    upper: frozenset[str]
    lower_stems: frozenset[str]
    every: frozenset[str]


@lru_cache(maxsize=1024)
def _spellings(texts: tuple[str, ...]) -> _Spellings:
    low: set[str] = set()
    high: set[str] = set()
    for text in texts:
        for match in _TOKEN.finditer(text):
            word = match.group().rstrip(".")
            bare = plain(word).removesuffix("'s")
            if word[:1].islower():
                low.add(bare)
            elif not _SENTENCE_START.search(text[max(0, match.start() - 4) : match.start()]):
                high.add(bare)
    every = frozenset().union(*(vocabulary_of(text) for text in texts))
    return _Spellings(frozenset(low), frozenset(high), frozenset(stem(w) for w in low), every)


def _context(evidence: Evidence) -> _Spellings:
    return _spellings(tuple(s.folded for s in evidence.context))
