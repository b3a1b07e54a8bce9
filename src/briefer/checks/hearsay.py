"""W501: is what only somebody says, and nobody vouches for, told as somebody's word?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.evidence import Evidence
from briefer.checks.hedge_words import (
    CLAIMED,
    CONDITION,
    CONDITIONAL,
    DISPUTED,
    ESTIMATED,
    OPEN,
    POSSIBLE,
    REJECTED,
    REPLIED,
    SAYS,
    UNVERIFIED,
    WHETHER,
)
from briefer.checks.lexicon import QUOTED, Cues, any_of
from briefer.checks.support import is_told_freely
from briefer.checks.thesaurus import held
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import stem, stems
from briefer.text import fold, words

# Who says it without a name.
_SPEAKS = (
    r"(?:sa(?:id|ys?)|put|told|tells?|claim(?:s|ed)?|insist(?:s|ed)?|reckons?|believes?|suggest(?:s|ed)?"
    r"|confided?|whisper(?:s|ed)?|add(?:s|ed))"
)
_NOBODY = (
    r"(?:sources?|insiders?|informants?|moles?|whistle-?blowers?|employees?|workers?|staffers?|colleagues?|neighbou?rs?"
    r"|friends?|relatives?|bystanders?|onlookers?|passers-by|guests?|aides?|gardeners?|cleaners?|porters?|waiters?"
    r"|traders?|bankers?|diplomats?|officials?|executives?|managers?|lawmakers?|people|persons?|m[ae]n|wom[ae]n"
    r"|directors?|ministers?|members?|soldiers?|players?"
    r"|(?:former|retired|senior|junior|current|serving|local|night|young|elderly|second|third) [a-z]+(?<!spokesman)"
    r"(?<!spokeswoman))"
)
_WHERE = r'(?: (?:who|in|at|of|from)\b[^.;:",]{0,50})?'
UNNAMED = re.compile(
    r"\b(?=\w)(?:(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]everal|[Ss]ome)\s"
    r"(?!(?:hour|day|week|month|year|minute)s?\b)(?:[a-z'-]+\s){0,4}?"
    rf"(?:in [A-Z]\w+\s)?{_SPEAKS}\b"
    r"|(?i:people|persons?|sources?|officials?|insiders?|aides?|diplomats?|executives?|guests?)\s"
    r"(?:familiar with|close to|with (?:direct |first-hand )?knowledge|briefed on|involved in|who asked)"
    rf"|(?i:sources?|insiders?|the person|the (?:colleague|neighbou?r|friend|employee|worker|official|guest|aide)"
    rf"|diplomats(?: here)?|anonymous\w*|unnamed \w+)\s(?:[a-z]+\s){{0,2}}?{_SPEAKS}\b"
    rf"|(?i:aides|insiders|friends|colleagues|neighbou?rs|guests|informants){_WHERE}\s{_SPEAKS}\b"
    rf"|(?:source|insider|informant|mole|whistle-?blower|employee|worker)\b[^.;:\"]{{0,60}}?\s{_SPEAKS}\b"
    rf"|\b[Aa]n? (?:[a-z'-]+\s){{0,3}}?{_NOBODY}{_WHERE}\s{_SPEAKS}\b"
    r"|[Aa]ccording to (?:one|two|three|four|several|some|people|sources|insiders|an? (?:source|insider))"
    rf"|[Aa]ccording to an? (?:[a-z'-]+\s){{0,3}}?{_NOBODY}\b"
    # Says a source at the bank; is said by two former colleagues to have left; two suppliers point to the ground.
    rf"|\b(?:says?|said|insists?|(?:said|told|alleged|described|believed) by)"
    rf" (?:an?|one|two|three|four|several|some) (?:[a-z'-]+\s){{0,2}}?{_NOBODY}\b"
    r"|\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]everal|[Ss]ome) (?:[a-z-]+ ){1,2}?(?:points?|pointed) to\b"
    rf"|\b[Ss]o say (?:[\w'-]+\s){{0,4}}?{_NOBODY}\b"
    r"|(?:not to (?:be (?:named|identified)|(?:print|use|give) (?:his|her|their) names?)"
    r"|not authori[sz]ed to (?:speak|talk|comment)|without being (?:named|identified)"
    r"|anonymity|ha(?:s|ve|d) been told that)\b)"
)
# "So say two sources": the sentence before is theirs.
_SO_SAY = re.compile(
    r"^(?:So (?:say|said|claim)|According to"
    r"|(?:That|This) (?:is|was|comes|came)?\s?(?:at least )?(?:according to|from|the (?:word|account|version) of))\b"
)
_SAYS = any_of(SAYS)
_CAREFUL = Cues(CLAIMED, POSSIBLE, ESTIMATED, SAYS, OPEN, CONDITION, UNVERIFIED, DISPUTED, REPLIED)
_ATTRIBUTED = Cues(
    CLAIMED,
    POSSIBLE,
    SAYS,
    UNVERIFIED,
    DISPUTED,
    WHETHER,
    r"unnamed anonymous unidentified puts on_the_word_of hears? learns? learned "
    r"sources? insiders? informants? moles? friends aides witnesses",
)
_UNVERIFIED, _DISPUTED, _REJECTED = any_of(UNVERIFIED), any_of(DISPUTED), any_of(REJECTED)
# Who says it and how little that is worth: an impression from the air, no survey.
_CAVEAT = re.compile(
    r"\b(?:an|only an?|just an?|his|her|their|a first|a rough|a personal) (?:impression|hunch|guess)\b"
    r"|\b(?:not|no) (?:an? )?(?:survey|proof|count|final|certain\w*|guarantee)\b"
)
_CONDITION, _CONDITIONAL = any_of(CONDITION), Cues(CONDITION, CONDITIONAL)
# "And hops, which depend on the soil, the rest" says so of the hops alone.
_ASIDE = re.compile(r", which [^,;]*,")
# So many words of the claim stand in no other cited sentence.
_TOLD = 2


def somebody_says_it(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W501: what is disputed, hangs on a condition or comes from people without a name is no fact of its own."""
    if claim.kind != "reported" or evidence.foreign:
        return
    said = frozenset(stems(evidence.said, evidence.bundle.language))
    telling = [*_telling(evidence, said)]
    if telling and not _CONDITIONAL.are_in(evidence.said):
        yield from _conditions(telling)
    # That a claim has a careful word is the longer look, and few sentences need one.
    disputes = [*_disputes(telling, evidence)]
    if disputes and not _has_own(_CAREFUL, evidence):
        yield from disputes
    unnamed = [*_unnamed_sources(evidence, said - _name_stems(evidence.said))]
    attributed = not unnamed or _has_own(_ATTRIBUTED, evidence) or _unnamed(evidence.said)
    if not attributed and not is_told_freely(evidence):
        yield from unnamed


def _has_own(careful: Cues, evidence: Evidence) -> bool:
    """Whether the claim has a careful word, and not only as the evidence has it of the same thing: "was told that"."""
    text, language = evidence.said, evidence.bundle.language
    for match in careful.finditer(text):
        if _SAYS.fullmatch(match.group()) and careful is not _ATTRIBUTED:
            return True
        ahead = {*stems(text[match.end() :], language)[:2]}
        found = ((k, m) for k in evidence.texts for m in careful.finditer(k) if stem(m.group()) == stem(match.group()))
        found = ((k, m) for k, m in found if not any(u.start() <= m.start() < u.end() for u in UNNAMED.finditer(k)))
        if not any(ahead & {*stems(k[m.end() :], language)[:2]} for k, m in found):
            return True
    return False


def _telling(evidence: Evidence, said: frozenset[str]) -> Iterator[tuple[Sentence, str]]:
    """The cited sentences that hold half of what the claim says."""
    for sentence, known in zip(evidence.cited, evidence.texts, strict=True):
        shared = held(said, evidence.stems_of(sentence))
        if shared >= 3 and shared * 2 >= len(said):
            yield sentence, known


def _conditions(telling: list[tuple[Sentence, str]]) -> Iterator[Finding]:
    """What hangs on a condition, told without it."""
    for sentence, known in telling:
        if condition := _CONDITION.search(_ASIDE.sub(" ", QUOTED.sub(" ", known))):
            yield Finding("W501", f"{sentence.id} says “{condition.group()}”; keep the condition")
            return


def _disputes(telling: list[tuple[Sentence, str]], evidence: Evidence) -> Iterator[Finding]:
    """What nobody could verify or two sides dispute, told as a fact of its own."""
    for sentence, known in telling:
        doubt = _doubt(sentence, evidence) if _SAYS.search(known) else ""
        if doubt:
            told = f"{sentence.id} only says that somebody said so, and {doubt} doubts it"
            yield Finding("W501", f"{told}; say whose claim it is")
            return


def _doubt(sentence: Sentence, evidence: Evidence) -> str:
    """Return the id of a sentence that doubts what this one has somebody say, "" if none does."""
    behind = _behind(sentence, evidence)
    if _REJECTED.search(fold(sentence.text)) or (behind and _REJECTED.search(fold(behind.text))):
        return behind.id if behind else sentence.id
    if _CAVEAT.search(fold(sentence.text)):
        return sentence.id
    around = (s for s in (*evidence.cited, *evidence.neighbours) if s is not sentence)
    return next((s.id for s in around if _is_in_doubt(fold(s.text), s in evidence.cited)), "")


def _is_in_doubt(text: str, cited: bool) -> bool:
    return _UNVERIFIED.search(text) is not None or (cited and _DISPUTED.search(text) is not None)


def _unnamed_sources(evidence: Evidence, said: frozenset[str]) -> Iterator[Finding]:
    """What only people without a name say, told as a fact: nobody answers for it but them."""
    for sentence, known in zip(evidence.cited, evidence.texts, strict=True):
        next_one = _behind(sentence, evidence)
        behind = fold(next_one.text) if next_one else ""
        unnamed = _unnamed(known) or (_unnamed(behind) if _SO_SAY.search(behind) else None)
        if not unnamed:
            continue
        others = (s for s in evidence.cited if s is not sentence)
        own = (said & evidence.stems_of(sentence)).difference(*map(evidence.stems_of, others))
        if len(own) >= _TOLD and len(own) * 4 >= len(said):
            yield Finding("W501", f"in {sentence.id} “{unnamed.group()}” it, without a name; say that somebody says so")
            return


@memo(8192)
def _unnamed(text: str) -> re.Match[str] | None:
    """Return where a text has somebody without a name say it; one sentence is cited for many."""
    return UNNAMED.search(text)


def _behind(sentence: Sentence, evidence: Evidence) -> Sentence | None:
    """The next sentence of the article, None at its end."""
    peers = evidence.bundle.sources[sentence.source].sentences
    return peers[sentence.number] if sentence.number < len(peers) else None


def _name_stems(text: str) -> frozenset[str]:
    """The stems of capitalised words: a name beside a title shares them with any sentence on the person."""
    return frozenset(s for w in words(text) if w[0].isupper() for s in stems(w))
