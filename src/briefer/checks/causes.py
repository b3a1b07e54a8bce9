"""W505: does the evidence give the cause that the claim gives, or only the two things that it joins?"""

from __future__ import annotations

from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import QUOTED, any_of
from briefer.checks.thesaurus import near
from briefer.findings import Finding
from briefer.stems import stems
from briefer.text import fold, words

# Words that make one thing the cause of another.
_CAUSE = any_of(
    r"""
    because owing_to
    due_to_(?:the|an?|its|their|his|her|this|that|what|poor|heavy|lack|bad|high|low|rising)\b
    thanks_to as_a_result_of caused led_to result(?:s|ed)_(?:in|from) in_order_to so_as_to the_reasons?_(?:why|that|for)
    prompt(?:ed|s|ing) trigger(?:ed|s|ing) spark(?:ed|s|ing) brought_about blamed_on
    push(?:ed|es) dr(?:ove|iven) forc(?:ed|es|ing) attributed_to put_down_to led(?=_(?!by_)(?:\w+_){1,4}to\b)
    (?:persuaded|convinced)(?=_(?!by_|that_)(?:\w+_){1,4}to\b) dragged turned(?=_(?:\w+_){1,4}against\b)
    (?:sent|pulled|lifted|lifting|knocked)(?=_(?:[\w'-]+_){1,6}?(?:down|up|lower|higher|from|tumbling|soaring|into)\b)
    that_made
    """
)
# How much of both things, cause and effect, one sentence of the evidence must hold to have joined them itself.
_TOGETHER = 0.3
# A sentence with a cause of its own need only touch both.
_TOUCHED = 0.15


def cause_is_told(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W505: some cited sentence, or one beside it, holds the cause together with the effect."""
    if claim.kind != "reported" or evidence.foreign or not evidence.cited:
        return
    text = QUOTED.sub(" ", fold(claim.text))
    cue = _CAUSE.search(text)
    if not cue:
        return
    effect, cause = text[: cue.start()], text[cue.end() :]
    if not stems(effect):
        # "Because of the fog, the ferry sailed late."
        cause, _, effect = cause.partition(",")
    for sentence in (*evidence.cited, *evidence.neighbours):
        pool = frozenset(stems(sentence.text, evidence.language_of(sentence)))
        together = min(_share(part, pool, evidence.bundle.language) for part in (effect, cause))
        if together >= (_TOUCHED if _CAUSE.search(fold(sentence.text)) else _TOGETHER):
            return
    yield Finding("W505", f"neither {evidence.where} nor what stands beside says “{cue.group()}” of this")


def _share(part: str, pool: frozenset[str], language: str) -> float:
    """How much of a part of the claim a sentence holds, with its names and without: whom it is about is not all of it.

    Figures are held to the evidence on their own.
    """
    names = {s for w in words(part) if w[0].isupper() for s in stems(w, language)}
    told = {w for w in stems(part, language) if not w[0].isdigit()}
    return min(sum(near(w, pool) for w in some) / len(some) if some else 1.0 for some in (told, told - names))
