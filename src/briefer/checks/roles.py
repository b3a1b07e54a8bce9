"""N402: is the role that the claim gives a person that person's own in the evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.stems import stem, stems
from briefer.findings import Finding
from briefer.text import fold, plain, words

_NOUNS = (
    "minister president mayor chief director spokesman spokeswoman spokesperson secretary judge justice prosecutor governor senator "
    "chairman chairwoman chair head leader commissioner officer captain general ambassador professor analyst economist lawyer "
    "attorney counsel clerk editor founder owner manager engineer doctor inspector superintendent commander king queen prince "
    "pope bishop premier chancellor treasurer speaker delegate regulator auditor coach driver pilot nurse teacher farmer scholar "
    "researcher scientist biologist historian columnist master deputy prefect envoy diplomat dealer trader author"
).split()
_ROLE_STEMS = frozenset(stem(n) for n in _NOUNS)
_ALIKE = ({"spokesman", "spokeswoman", "spokesperson"}, {"chairman", "chairwoman", "chair"}, {"lawyer", "attorney", "counsel"})
_SAME = {stem(w): stem(min(group)) for group in _ALIKE for w in group}
_PERSON = r"[^\W\d_a-z][\w'-]+(?:\s[^\W\d_a-z][\w'-]+)*"
_AFTER = re.compile(rf"(?P<name>{_PERSON}), (?P<role>(?:the|an?|its|his|her|their|who is)\s[^,.;:\"]{{3,70}}?|[^,.;:\"]{{3,50}}?)(?=[,.;:]|$)")
_BEFORE = re.compile(
    rf"(?P<role>(?:(?:the|an?|its|his|her|their|\S+'s)\s(?:[\w-]+\s){{0,3}}|(?:[A-Z][\w-]+\s){{0,3}})"
    rf"(?:{'|'.join(_NOUNS)}|{'|'.join(n.title() for n in _NOUNS)})),?\s(?P<name>{_PERSON})"
)
_IS = re.compile(rf"(?P<name>{_PERSON}) (?:is|was) (?P<role>(?:the|an?|its|his|her|their)\s[^,.;:\"]{{3,70}}?)(?=[,.;:]|$| who| and| said)")
# Words of a role this far from the name still belong to it.
_REACH = 14


def role_is_the_person_s(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N402: the words of a role beside a name in the claim stand near that name in a cited article."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign or evidence.bundle.language[:2] != "en":
        return
    for pattern in (_AFTER, _BEFORE, _IS):
        for match in pattern.finditer(evidence.said):
            role = _own_words(match["role"]) if pattern is _BEFORE else stems(match["role"])[:4]
            role = tuple(w for w in role if w not in stems(match["name"]))
            if not _ROLE_STEMS & set(role) or not any(c.isupper() for c in match["name"][1:] + match["name"][:1]):
                continue
            near = _near(match["name"], evidence)
            missing = [w for w in role if _SAME.get(w, w) not in near]
            if near and missing:
                yield Finding("N402", f"{evidence.sources[0].id} does not call {match['name']} “{match['role'].strip()}”")
                return


def _own_words(role: str) -> tuple[str, ...]:
    """Return the stems of a role in front of a name, back to the first word that is no part of it."""
    kept: list[str] = []
    tokens = role.split()
    for token in reversed(tokens):
        other_case = tokens[-1][0].isupper() and not token[0].isupper()
        if kept and (other_case or token.endswith("'s") or not stems(token)):
            break
        kept.insert(0, token)
    return stems(" ".join(kept))


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
