"""How many of a thing a prompt's sentence asks for, and how many the section's schema takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.editing.sentences import Asked
from briefer.replies import Reply
from briefer.text import inert

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_NUMBERS = {word: n for n, word in enumerate(_WORDS, 1)} | {"thirty": 30, "forty": 40, "fifty": 50}
_NUMBERS |= {"a dozen": 12, "half a dozen": 6}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
# Between the number and its noun stand words that describe it, and none that begins another thought.
_DESCRIBED = (
    r"(?:(?!(?:of|in|for|per|a|an|the|each|every|to|and|or|from|on|with|as|words?|seconds?|minutes?|characters?)\b)"
    r"[\w'’-]+\s+){0,2}"
)
_ANOTHER = re.compile(r"\b(?:second|third|fourth|fifth)\s+(?P<noun>blocks?|paragraphs?)\b", re.IGNORECASE)
_STATEMENTS = {"sentence", "statement", "bullet", "bullet point", "point"}
_BLOCKS = {"block", "paragraph"}
# What an editor calls the blocks of a section that has several.
_CALLED = {
    "go_deeper": {"question", "answer"},
    "how_we_got_here": {"event", "entry", "date"},
    "topics": {"name", "blurb", "person", "people", "place", "organisation", "organization", "topic", "entry"},
}
_NOUNS = sorted(_STATEMENTS | _BLOCKS | set().union(*_CALLED.values()), key=len, reverse=True)
_COUNTED = re.compile(
    rf"(?P<bound>\b(?:more|over|fewer|less|under|below)\s*(?:than)?\s+)?"
    rf"\b(?P<first>{_NUMBER})(?:\s*(?:-|–|to|or|and)\s*(?P<last>{_NUMBER}))?\s+{_DESCRIBED}"
    rf"(?P<noun>(?:{'|'.join(_NOUNS)}|entries)s?)\b",
    re.IGNORECASE,
)
_OF_AN_EVENT = re.compile(r"\b(?:event|timeline|entry|entries|dated)\b", re.IGNORECASE)
_ALTOGETHER = re.compile(r"\b(?:in all|altogether|in total|overall)\b", re.IGNORECASE)
# Sentences of the articles are counted in prompts too: "cite one to three sentences", "its first two sentences".
_EVIDENCE_BEFORE = re.compile(
    r"\b(?:cit(?:e|es|ing)|rests? on|proved by|first|last|opening|if|where|when"
    r"|(?:article|text|piece|story|report)\s+of)\b",
    re.IGNORECASE,
)
_EVIDENCE_AFTER = re.compile(
    r"\s*(?:of (?:evidence|the (?:articles?|evidence|text|sources?|reports?)|an article)"
    r"|(?:(?:that|which) )?(?:you cite|carr|prove))",
    re.IGNORECASE,
)
_SINGULAR = {"people": "people", "entries": "entry"}


def too_many(asked: Asked, key: str, reply: type[Reply]) -> Iterator[str]:
    """Yield one sentence for each count in a prompt's sentence that the section's schema does not take."""
    for match in _COUNTED.finditer(asked.bare):
        noun = _singular(match["noun"])
        kind = _kind(noun, key, asked.bare)
        if not kind or _of_evidence(asked.bare, match):
            continue
        wanted = _wanted(match, asked)
        allowed, told = _limit(kind, _clause(asked.bare, match), asked.bare, reply)
        if wanted > allowed:
            yield f"“{inert(match[0])}” asks for {wanted} {_many(noun, wanted)}; {told}"
    other = _ANOTHER.search(asked.bare)
    if other and reply.blocks_allowed == 1 and not asked.denied(*other.span()):
        yield f"“{inert(other[0])}” asks for a further {_singular(other['noun'])}; this section takes at most 1 block"


def _wanted(match: re.Match[str], asked: Asked) -> int:
    """Return the most that the words allow for; 0 where they deny it."""
    most = max(_number(match[name]) for name in ("first", "last") if match[name])
    bound = (match["bound"] or "").split()
    denied = asked.denied(*match.span())
    if not bound:
        return 0 if denied else most
    if bound[0].lower() in ("more", "over"):
        return most if denied else most + 1
    return most if denied else most - 1


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words.lower()]


def _kind(noun: str, key: str, sentence: str) -> str:
    if noun in _CALLED.get(key, ()):
        return "" if noun == "question" and re.search(r"\bopen questions?\b", sentence, re.IGNORECASE) else "block"
    return "statement" if noun in _STATEMENTS else "block" if noun in _BLOCKS else ""


def _of_evidence(sentence: str, match: re.Match[str]) -> bool:
    return bool(_EVIDENCE_BEFORE.search(sentence[: match.start()]) or _EVIDENCE_AFTER.match(sentence[match.end() :]))


def _clause(sentence: str, match: re.Match[str]) -> str:
    """Return what stands with a count between two commas."""
    start = sentence.rfind(",", 0, match.start()) + 1
    end = sentence.find(",", match.end())
    return sentence[start : end if end >= 0 else len(sentence)]


def _limit(kind: str, clause: str, sentence: str, reply: type[Reply]) -> tuple[int, str]:
    """Return how many the schema takes, and that in words."""
    allowed, where = reply.statements_allowed, "" if reply.blocks_allowed == 1 else " in a block"
    if kind == "block":
        allowed, where = reply.blocks_allowed, " block" if reply.blocks_allowed == 1 else " blocks"
    elif _ALTOGETHER.search(sentence):
        allowed, where = reply.blocks_allowed * reply.statements_allowed, " in all"
    elif reply.dates and _OF_AN_EVENT.search(clause):
        allowed, where = reply.dated_allowed, " for each dated event"
    return allowed, f"this section takes at most {allowed}{where}"


def _singular(noun: str) -> str:
    noun = " ".join(noun.lower().split())
    return _SINGULAR.get(noun, noun.removesuffix("s"))


def _many(noun: str, count: int) -> str:
    if count == 1 or noun == "people":
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
