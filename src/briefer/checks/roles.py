"""N402: is the role that the claim gives a person that person's own in the evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.findings import Finding
from briefer.stems import stem, stems
from briefer.text import fold, plain, words

_NOUNS = """
    minister president mayor chief director spokesman spokeswoman spokesperson secretary judge justice
    prosecutor governor senator chairman chairwoman chair head leader commissioner officer captain general
    ambassador professor analyst economist lawyer attorney counsel clerk editor founder owner manager engineer
    doctor inspector superintendent commander king queen prince pope bishop premier chancellor treasurer speaker
    delegate regulator auditor coach driver pilot nurse teacher farmer scholar researcher scientist biologist
    historian columnist master deputy prefect envoy diplomat dealer trader author
""".split()
_ROLE_STEMS = frozenset(stem(n) for n in _NOUNS)
_ALIKE = (
    {"spokesman", "spokeswoman", "spokesperson"},
    {"chairman", "chairwoman", "chair"},
    {"lawyer", "attorney", "counsel"},
)
_SAME = {stem(w): stem(min(group)) for group in _ALIKE for w in group}
_PERSON = r"[^\W\d_a-z][\w'-]+(?:\s[^\W\d_a-z][\w'-]+)*"
_AFTER = re.compile(rf"(?P<name>{_PERSON}), (?P<role>[^,.;:\"]{{3,60}})(?=[,.;:]|$)")
# Behind one of these a phrase after a name is no role, or no longer one.
_NO_ROLE = re.compile(
    r"^(?:which|who|whose|whom|and|but|or|said|says|where|when|while|as|after|before|in|on|at|from)\b"
)
_ROLE_END = re.compile(r"\s(?:of|on|at|in|for|from|with|to|who|which|and|said|says|by|under)\s")
_BEFORE = re.compile(
    rf"(?<!\w)(?P<role>(?:(?:the|an?|its|his|her|their|\S+'s)\s(?:[\w-]+\s){{0,3}}|(?:[A-Z][\w-]+\s){{0,3}})"
    rf"\b(?:{'|'.join(_NOUNS)}|{'|'.join(n.title() for n in _NOUNS)})),?\s(?P<name>{_PERSON})"
)
_IS = re.compile(
    rf"(?P<name>{_PERSON}) (?:is|was) (?P<role>(?:the|an?|its|his|her|their)\s[^,.;:\"]{{3,70}}?)"
    r"(?=[,.;:]|$| who| and| said)"
)
# Words of a role this far from the name still belong to it.
_REACH = 14


def role_is_the_person_s(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N402: the words of a role beside a name in the claim stand near that name in a cited article."""
    # The nouns are English ones: an article in another language calls a minister otherwise.
    if claim.kind == "extract" or any(s.language[:2] != "en" for s in evidence.sources) or not evidence.cited:
        return
    for pattern in (_AFTER, _BEFORE, _IS):
        for match in pattern.finditer(evidence.said):
            role = _role(match["role"], before=pattern is _BEFORE)
            role = tuple(w for w in role if w not in stems(match["name"]))
            if not _ROLE_STEMS & set(role) or not any(c.isupper() for c in match["name"][1:] + match["name"][:1]):
                continue
            near = _near(match["name"], evidence)
            missing = [w for w in role if not any(_alike(_SAME.get(w, w), n) for n in near)]
            if near and missing:
                yield Finding(
                    "N402", f"{evidence.sources[0].id} does not call {match['name']} “{match['role'].strip()}”"
                )
                return


def _role(phrase: str, before: bool) -> tuple[str, ...]:
    """Return the stems of the role in a phrase beside a name, () if it holds none.

    "The bank's governor" is governor and "a pilot on board" a pilot: whose and where may be said elsewhere.
    """
    phrase = phrase.rpartition("'s ")[2].strip()
    if not before:
        return () if _NO_ROLE.search(phrase) else stems(_ROLE_END.split(phrase)[0])[:4]
    kept: list[str] = []
    tokens = phrase.split()
    for token in reversed(tokens):
        other_case = tokens[-1][0].isupper() and not token[0].isupper()
        if kept and (other_case or not stems(token)):
            break
        kept.insert(0, token)
    return stems(" ".join(kept))


def _alike(a: str, b: str) -> bool:
    """Whether two stems name one role: leader, lead."""
    return a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)))


def _near(name: str, evidence: Evidence) -> set[str]:
    """Return the stems close to any mention of the surname in the cited articles."""
    surname = plain(name.split()[-1]).removesuffix("'s")
    found: set[str] = set()
    for source in evidence.sources:
        if surname not in plain(source.folded):
            continue
        for sentence in source.sentences:
            tokens = words(fold(sentence.text))
            for at, token in enumerate(tokens):
                if plain(token).removesuffix("'s") == surname:
                    around = " ".join(tokens[max(0, at - _REACH) : at + _REACH + 1])
                    found.update(_SAME.get(w, w) for w in stems(around))
    return found
