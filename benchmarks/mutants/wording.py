"""The opposite, or more than was said: a not put in or taken out, an opposite word, a hedge dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim

from .story import Story, free, put

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|had|will|would|could|should|must|does|do)\b"
    r"(?!\s(?:\w+\s){0,2}(?:not|no|never|nothing|nobody|none|neither)\b)(?!n['’]t)(?! to\b|\s[“\"])"
    r"(?!(?<=\bha[sd]) (?:until|an?|the|about|some|\d|\w+ (?:to|of)\b))"
)
# After these a sentence leaves it open anyway: whether it would, whether it would not.
_OPEN = re.compile(
    r"\b(?:whether|if|unless|until|before|not|no|never|cannot|nor|neither|nothing|nobody)\b[^,;]*$", re.I
)
_PAST = {
    "said": "say", "found": "find", "took": "take", "gave": "give", "met": "meet", "came": "come", "went": "go",
    "told": "tell", "held": "hold", "wrote": "write", "began": "begin", "saw": "see", "fell": "fall", "rose": "rise",
    "put": "put", "accepted": "accept", "sold": "sell", "called": "call", "announced": "announce", "signed": "sign",
    "reported": "report", "agreed": "agree", "argued": "argue", "closed": "close", "warned": "warn",
}  # fmt: skip
# Only where it is the verb and no participle: behind a name or a noun with its article, before an object.
_VERB = re.compile(
    rf"(?<=[A-Z]\w\w )(?P<verb>{'|'.join(_PAST)})\b|\b(?:[Tt]he|[Aa]n?|[Ii]t|[Hh]e|[Ss]he|[Tt]hey)(?: \w+)? "
    rf"(?P<other>{'|'.join(_PAST)})\b(?! by\b)"
)
_NO = re.compile(
    r"\b(?:[Tt]here (?:is|was)|has|had|gave|with|found|announced|holds|carries|reported)"
    r" (?P<article>an?)\s(?=[a-z])(?!few\b|little\b|lot\b)"
)
_NOTS = (
    (re.compile(r"\bcannot\b"), "can"),
    (re.compile(r"n['’]t\b"), ""),
    (re.compile(r"(?<=\w )not (?!only\b|yet\b|until\b|before\b|all\b)"), ""),
    (re.compile(r"\bnot yet (?=\w)"), "already "),
    (re.compile(r"\bnever (?=\w)"), ""),
    (re.compile(r"\bno (?=[a-z])(?!longer\b|one\b|more\b|later\b|less\b|fewer\b|sooner\b)"), "some "),
    (re.compile(r"\b(?:[Nn]obody|[Nn]o one)\b"), "everybody"),
    (re.compile(r"\bwithout (?=\w)"), "with "),
)
_OPPOSITES = """rose/fell rise/fall rises/falls rising/falling increased/decreased increase/decrease raised/lowered
accept/reject accepted/rejected accepts/rejects confirmed/denied confirms/denies confirm/deny more/less higher/lower
before/after lawful/unlawful won/lost supported/opposed supports/opposes opened/closed open/closed
above/below largest/smallest earlier/later allowed/banned approved/refused agreed/declined guilty/innocent
strong/weak early/late first/last north/south northern/southern east/west increasing/decreasing gained/lost
strengthened/weakened success/failure majority/minority upstream/downstream inside/outside morning/evening
began/ended start/end bought/sold buys/sells upheld/dismissed able/unable legal/illegal likely/unlikely
possible/impossible known/unknown public/private appeared/vanished""".split()
_OTHER: dict[str, str] = {}
for _pair in _OPPOSITES:
    _one, _two = _pair.split("/")
    _OTHER.setdefault(_one, _two)
    _OTHER.setdefault(_two, _one)
# "At first", "left open", "no more" and "known as" are phrases, in which no word has its own opposite.
_OPPOSITE = re.compile(rf"(?<!\b[Aa]t )(?<!\bleft )(?<!\bno )(?<!\bonce )\b(?:{'|'.join(_OTHER)})\b(?! as\b)")
_CLAIMED = r"alleged(?:ly)?|reportedly|apparently|purported(?:ly)?|suspected|supposed(?:ly)?|presumed"
_PERHAPS = (
    (re.compile(rf"\b(?:{_CLAIMED}|perhaps|possibly|probably|potentially|potential|likely(?! to)) (?=\w)"), ""),
    (re.compile(r"\b(?:may|might|could) be\b"), "is"),
    (re.compile(r"\b(?:may|might|could) have\b"), "has"),
    (re.compile(r"\b(?:may|might|could) (?=[a-z])(?!not\b|be\b|have\b|no\b)"), "will "),
    (re.compile(r"\b(?:is|are) (?:expected|likely|planned) to\b"), "will"),
    (re.compile(r"\b(?:expects|hopes|plans|intends|wants|aims|seeks) to\b"), "will"),
)
_BOUND = re.compile(r"\b(?:up to|at least|more than|an estimated) (?=[$€£]?\d)", re.I)
_CAREFUL = re.compile(
    r"\b(?:to|least|about|around|roughly|nearly|almost|than|estimated|some|as|over|under|between|and|approximately)\s$",
    re.I,
)
_HEDGED = re.compile(
    rf"\b(?:{_CLAIMED}|perhaps|possibl[ey]|probabl[ey]|potential\w*|likely|may|might|could|would|expect\w*|due|plan\w*"
    r"|hope\w*|intend\w*|want\w*|aim\w*|seek\w*|set to|suggest\w*|appear\w*|seem\w*|if|den(?:y|ie[sd])|whether)\b",
    re.I,
)
_SAYS = (
    "said|says|told|reported|reports|argued|argues|claims|claimed|warned|contends|alleges|alleged|believes"
    "|stated|estimates?|according to"
)
_SAID = re.compile(rf"\b(?:{_SAYS}|call\w*|put\w*|den(?:y|ie[sd])|wrote|writes|announc\w*|insist\w*)\b", re.I)
_TRAILING = re.compile(
    r", (?:according to [^,.;:]+|(?:the |an? )?[\w'’. -]{3,60}? (?:said|says|reported|argued|wrote))(?=\.$|;)"
)
_LEADING = re.compile(
    r"^(?!It\b|Its\b|The (?:paper|columnist|outlet|editorial|story|report)\b)(?P<who>[A-Z][^.;:“”\"]{3,90}?)"
    r" (?:said|says|argued|argues|claims|claimed|contends|alleges|alleged|believes)"
    r" (?:(?:on|in) \w+(?: \w+)? )?(?:that )?(?=(?:the|a|an|there|more|this|these|both|\d|[A-Z])\b)"
)


def put_in(claim: Claim, _: Story) -> Iterator[str]:
    """A not, or a never, behind an auxiliary; did not for a plain past. Not where a clause leaves it open."""
    text = claim.text
    for at in free(_AUXILIARY, text):
        if not _OPEN.search(text[: at.start()]):
            yield put(text, at, f"{at.group()} not")
            if at.group() in ("has", "had", "was", "were", "is", "are"):
                yield put(text, at, f"{at.group()} never")
    for at in free(_VERB, text):
        group = "verb" if at["verb"] else "other"
        if not _OPEN.search(text[: at.start(group)]):
            yield put(text, at, f"did not {_PAST[at[group]]}", at.re.groupindex[group])


def no_put_in(claim: Claim, _: Story) -> Iterator[str]:
    """No in the place of a or an."""
    for at in free(_NO, claim.text):
        if not _OPEN.search(claim.text[: at.start()]):
            yield put(claim.text, at, "no", 1)


def taken_out(claim: Claim, _: Story) -> Iterator[str]:
    """A not, no, never, nobody or without, taken out or turned round."""
    for pattern, instead in _NOTS:
        for at in free(pattern, claim.text):
            yield put(claim.text, at, instead)


def opposite(claim: Claim, _: Story) -> Iterator[str]:
    """A word's opposite, unless the sentence has both."""
    for at in free(_OPPOSITE, claim.text):
        other = _OTHER[at.group()]
        if not re.search(rf"\b{other}\b", claim.text):
            yield put(claim.text, at, other)


def perhaps_dropped(claim: Claim, story: Story) -> Iterator[str]:
    """May, could, alleged, expected and their like made plain, where the evidence is as careful."""
    if not _HEDGED.search(story.cited(claim)):
        return
    for pattern, instead in _PERHAPS:
        for at in free(pattern, claim.text):
            if not _OPEN.search(claim.text[: at.start()]):
                yield put(claim.text, at, instead)


def bound_dropped(claim: Claim, story: Story) -> Iterator[str]:
    """Up to, at least or more than before a figure dropped, where no cited sentence has the figure without it."""
    cited = story.cited(claim)
    for at in free(_BOUND, claim.text):
        number = re.match(r"[$€£]?[\d.,]*\d", claim.text[at.end() :])
        if number and number[0] in cited and not _plain(number[0], cited):
            yield put(claim.text, at, "")


def speaker_dropped(claim: Claim, story: Story) -> Iterator[str]:
    """What somebody said, told as a fact, where the evidence has it from somebody too. An outlet's own voice stays."""
    if not _SAID.search(story.cited(claim)) or '"' in claim.text or "“" in claim.text:
        return
    for pattern in (_TRAILING, _LEADING):
        for at in free(pattern, claim.text):
            if not any(outlet.removeprefix("The ") in at.group() for outlet in story.bundle.outlets):
                yield put(claim.text, at, "")


def _plain(number: str, cited: str) -> bool:
    """Whether some cited sentence has the number with nothing careful before it."""
    return any(
        not _CAREFUL.search(cited[: m.start()]) for m in re.finditer(rf"(?<![\d.,]){re.escape(number)}\b", cited)
    )
