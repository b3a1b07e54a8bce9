"""W505: does the evidence give the cause that the claim gives, or only the two things that it joins?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import QUOTED, alternatives, any_of
from briefer.checks.support import is_told_freely
from briefer.checks.thesaurus import near
from briefer.findings import Finding
from briefer.stems import stems
from briefer.text import compiled, fold, words

# What is "due to the club" is owed to it, where a sum stands before.
_OWED = "".join(rf"(?<!\d{unit}_)" for unit in ("", "m", "bn", "k")) + "(?<!illion_)(?<!owed_)(?<!money_)(?<!sums_)"
_UP_OR_DOWN = (
    r"_(?!(?:its|his|her|their)_)(?:[\w'-]+_){0,4}?"
    r"(?:shares?|stocks?|bonds?|yields?|prices?|sales|mood|hopes|support|opinion|turnout|crowds?)\b"
)
_DO = r"_(?:[\w'&.-]+_){1,3}?(?:cut|resign|leave|quit|drop|change|give|raise|lower|sell|stop|close|pay|back|act)\b"
# Words that make one thing the cause of another.
_JOINS = rf"""
    because owing_to
    {_OWED}due_to_(?:the|an?|its|their|his|her|this|that|what|poor|heavy|lack|bad|high|low|rising)\b thanks_to
    as_an?_(?:\w+_)?(?:result|consequence)_of consequently caus(?:ed|es|ing) led_to leads_to
    result(?:s|ed|ing)_(?:in|from) in_order_to so_as_to
    (?:is|was|are|were|be|been)_(?:one_of_)?the_(?:\w+_)?reasons?_(?:why|that|for) (?:is|was)_why which_is_why
    prompt(?:ed|s|ing) trigger(?:ed|s|ing) spark(?:ed|s|ing) provok(?:ed|es|ing) brought_(?:about|on) gave_rise_to
    blamed_on push(?:ed|es) dr(?:ove|iven) forc(?:ed|es|ing)(?!_out\b) attributed_to(?-i:(?!_[A-Z])) put_down_to
    led(?=_(?!by_)(?:[\w'&,-]+_){{1,6}}to\b)
    (?:persuaded|convinced|induced|helped)(?=_(?!by_|that_|to_)(?:[\w'&,-]+_){{1,6}}to\b) dragged
    turned(?=_(?:\w+_){{1,4}}against\b)
    sent(?=_(?:[\w'-]+_){{1,6}}?(?:down|up|lower|higher|tumbling|soaring|plunging)\b)
    (?:pulled|lifted|lifting|knocked)(?={_UP_OR_DOWN})
    to_(?:escape|evade|dodge|be_out_of)
    made(?={_DO})
    that_made mean(?:s|t)_(?:that|it|they|he|she)
    cost(?!_(?:none|no|not)\b)(?=_(?:[\w'&-]+_){{1,5}}?(?:points?|seats?|votes?|support|jobs?|lead|post|place|title|election)\b)
    in_protest_(?:at|over|against) in_(?:response|reply|answer|reaction)_to
    in_(?:return|exchange|retaliation|revenge)_for at_the_(?:urging|request|behest|insistence|instigation)_of
    under_pressure_from for_fear_(?:of|that)
"""
_CAUSE = any_of(_JOINS)
# A conjunction says nothing else: what stands in one sentence may be told as led or pushed, not as so because.
_CONJUNCTION = re.compile(r"(?:because|owing|due|thanks|as|consequently|in|so|at|under|for)\b", re.IGNORECASE)
# Who asks or does not say what caused a thing gives no cause.
_ASKED = re.compile(
    r"(?<!was )(?<!is )\b(?:what|whatever)(?: (?:ha[sd]|have|might|may|could))*(?: have)? $", re.IGNORECASE
)
# "Resigned over the leak": the word that joins is the last one.
_OVER = re.compile(
    r"\b(?:resign\w*|quits?|stepped down|sacked|fired|dismissed|suspended|ousted)\b[^.,;:]{0,60}? over\b"
)
# "To save fuel, it sails by night"; "By sailing at night it saved fuel".
_FIRST = re.compile(
    r"^(?:[\w' ]{3,30}: )?(?:To (?!the\b|an?\b|[A-Z])[a-z]+|By [a-z]+ing|In (?:protest|response|return))\b"
)
# By these, too, a sentence of the evidence gives a cause, in whatever words a claim renders it; few claims need them.
_GIVES = (
    alternatives(
        r"""
        blam\w+ why reasons? so_that so_as in_order therefore thus hence accordingly
        (?:aris\w+|arose|stem\w*|com(?:es|ing)|came)(?:_\w+)?_from for_\w+ing bought in_return in_exchange
        ow(?:es?|ed|ing)_(?:it_|this_|much_)?to fault\w* responsib\w+ consequen\w+ caus\w+
        results?(?=_(?:of|in|from)\b) explain\w* explanation attribut\w+ contribut\w+ factors? thank\w*
        on_account_of put\w*_(?:[\w'-]+_){0,5}down_to due_to
        since(?=_(?:he|she|it|they|its|their|there|nobody|no)\b) if claim(?:s|ed)_(?:[\w'-]+_){0,4}lives
        kill(?:s|ed|ing) for_want_of lack_of amid anger\w* forcing obliging making made help(?:s|ed|ing)?_to
        (?:which|that)_(?:dropped|pushed|forced|lifted|pulled|sent|cost|drove|led|left|made|put)
        to_(?:escape|avoid|evade|dodge|save|keep|prevent|protect|spare|\w+_off|put_an_end)
        on_the_(?:strength|basis|grounds?)_of
        """,
    )
    + r"|(?i:, (?:so|since)\b|\bas (?:he|she|it|they|the)\b|^To [a-z]+ )"
)
# These may give the cause where one sentence holds both things: ignored by the board, she left; it reflects the fog.
_MAY_GIVE = re.compile(
    alternatives(
        r"""
        reflect\w* account(?:s|ed)_for underl(?:ies|ay|ie|ying) behind down_to mean(?:s|t|ing)? given in_view_of
        in_(?:the_)?light_of on_the_back_of out_of motivat\w+ inspir\w+ justif\w+ purpose aim(?:s|ed)_to after_all
        """
    )
    # What stands behind a colon or a dash explains what stands before it.
    + r"|(?i:^(?:In|With|Under|Amid|By|[A-Z]\w+(?:ed|ing)) |\w(?::| -) \w)"
)
# That somebody does not know or say the cause gives none.
_NOT_GIVEN = re.compile(
    r"\b(?:not (?:yet )?(?:said?|say|known?|clear|explain\w*|put)|unclear|unknown|unrelated"
    r"|no (?:link|connection|reason|cause)|premature|too early|speculat\w+|guess\w*|wonder\w*"
    r"|ask(?:s|ed)? (?:why|what)|investigat\w+)\b",
    re.IGNORECASE,
)
# What must be done to a purpose is its condition.
_MUST = re.compile(r"\b(?:must|ha[sd] to|have to|needs?|needed|would|required)\b")
# How much of both things, cause and effect, one sentence of the evidence must hold to have joined them itself.
_TOGETHER = 0.4
# Beyond so many words of its own a claim may give the evidence's cause in any of them: on sixteen new stories and the
# older ones three spared 18 true sentences and 30 invented causes, four 12 and 8.
_OWN_WORDS = 4
# A sentence with a cause of its own need only touch both, with the one before it.
_TOUCHED = 0.2


def cause_is_told(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W505: some cited sentence, or one beside it, holds the cause together with the effect."""
    if claim.kind != "reported" or evidence.foreign or not evidence.cited:
        return
    text = QUOTED.sub(" ", fold(claim.text))
    joined = _joined(text)
    if not joined:
        return
    cue, *parts = joined
    if (cue.startswith("To ") and _MUST.search(text)) or _ASKED.search(parts[0]):
        return
    plainly = _CONJUNCTION.match(cue) is not None
    given = any(_gives(parts, s, evidence, plainly) for s in (*evidence.cited, *evidence.neighbours))
    if not given and not is_told_freely(evidence, _OWN_WORDS):
        yield Finding("W505", f"neither {evidence.where} nor what stands beside says “{cue}” of this")


def _joined(text: str) -> tuple[str, str, str] | None:
    """Return the word by which a claim joins two things, and these two, or None."""
    first = _FIRST.match(text)
    if first and "," in text:
        cause, _, effect = text.partition(",")
        return first.group(), cause, effect
    if over := _OVER.search(text):
        return "over", text[: over.end() - len("over")], text[over.end() :]
    cue = _CAUSE.search(text)
    if not cue:
        return None
    effect, cause = text[: cue.start()], text[cue.end() :]
    if not stems(effect):
        # "Because of the fog, the ferry sailed late."
        cause, _, effect = cause.partition(",")
    return cue.group(), effect, cause


def _gives(parts: list[str], sentence: Sentence, evidence: Evidence, plainly: bool) -> bool:
    """Whether a sentence of the evidence holds both things together; `plainly`, with a word that gives a cause."""
    text, language = fold(sentence.text), evidence.language_of(sentence)
    pool = frozenset(stems(text, language))
    shares = [_share(part, pool, evidence.bundle.language) for part in parts]
    if max(shares) < _TOUCHED:
        return False
    if min(shares) >= _TOGETHER and (not plainly or _MAY_GIVE.search(text)):
        return True
    if _tells_cause(text) and not _NOT_GIVEN.search(text):
        before = evidence.bundle.sources[sentence.source].sentences[: sentence.number - 1][-1:]
        pool |= {w for s in before for w in stems(s.text, language)}
        return min(_share(part, pool, evidence.bundle.language) for part in parts) >= _TOUCHED
    return False


def _tells_cause(text: str) -> bool:
    return any(p.search(text) for p in (_OVER, _CAUSE)) or compiled(_GIVES).search(text) is not None


def _share(part: str, pool: frozenset[str], language: str) -> float:
    """How much of a part of the claim a sentence holds, with its names and without: whom it is about is not all of it.

    Figures are held to the evidence on their own.
    """
    names = {s for w in words(part) if w[0].isupper() for s in stems(w, language)}
    told = {w for w in stems(part, language) if not w[0].isdigit()}
    return min(sum(near(w, pool) for w in some) / len(some) if some else 1.0 for some in (told, told - names))
