"""S: do the cited sentences carry what the claim says?"""

from __future__ import annotations

from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.thesaurus import near, same
from briefer.dates import blank, mentions
from briefer.figures import figures
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import stem, stems
from briefer.text import fold, plain

# The least share of a claim's content words that its evidence must carry, itself or by a word near it (thesaurus.near).
# On sixteen new stories 0.3 withheld 8 true sentences in 1,440 more than 0.2 does, for 3 invented ones in 96. In an
# outlet's account it found what only another outlet has (3 in 48, for 5 true sentences): there it is kept.
_LEAST, _LEAST_OF_AN_OUTLET = 0.2, 0.3
# So many of the missing words in one sentence are no chance.
_MEANT = 2
# What an outlet does when it tells something.
_TELLING = frozenset(map(stem, "note report carry relay quote observe write cite mention print reckon account".split()))
# Beyond so many words of its own what a sentence denies or doubts is not told by its words any more: on fourteen new
# stories nobody had looked at that spared nine true sentences and one false one.
_OWN_WORDS = 3
# A word carried less than this is named as missing.
HELD = 0.6


def evidence_carries_it(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """S601: enough of the claim's content words stand in the cited sentences or beside them."""
    if not evidence.cited or claim.kind == "extract":
        return
    wanted, proved = content_of(evidence)
    if not wanted and not proved:
        yield Finding("S601", "the sentence says nothing that could be checked")
        return
    if evidence.foreign:
        yield from _foreign(claim, evidence)
        return
    least = (_LEAST_OF_AN_OUTLET if claim.outlet else _LEAST) * (len(wanted) + proved)
    # Looking for broader words takes longest, and most sentences are carried without.
    if not wanted or sum(same(w, evidence.nearby_stems) for w in wanted) + proved >= least:
        return
    held = {w: near(w, evidence.nearby_stems) for w in wanted}
    if sum(held.values()) + proved < least:
        missing = [w for w, much in held.items() if much < HELD]
        shown = ", ".join(_as_written(missing, claim)[:6])
        yield Finding("S601", f"{evidence.where} does not carry: {shown}{_elsewhere(missing, evidence)}")


def content_of(evidence: Evidence) -> tuple[tuple[str, ...], int]:
    """Return the claim's content stems, without its figures and dates, and how many these are.

    They are held to the evidence on their own (F301, F303): what is not carried there is found there.
    """
    return _content_in(evidence.said, evidence.bundle.language)


@memo(4096)
def _content_in(said: str, language: str) -> tuple[tuple[str, ...], int]:
    text, dates = blank(said), len(mentions(said))
    counted = figures(text, language)
    for figure in reversed(counted):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return tuple(w for w in dict.fromkeys(stems(text, language)) if w not in _TELLING), len(counted) + dates


def is_told_freely(evidence: Evidence, most: int = _OWN_WORDS) -> bool:
    """Whether more than `most` of the claim's words are its own, so that any of them may say what another denies."""
    wanted, _ = content_of(evidence)
    return sum(1 - near(word, evidence.nearby_stems) for word in wanted) > most


def _elsewhere(missing: list[str], evidence: Evidence) -> str:
    """Name the uncited sentence that has most of what is missing, if one has half of it: it was meant to be cited."""
    cited = {s.id for s in evidence.cited}
    others = [s for source in evidence.context for s in source.sentences if s.id not in cited]
    held = {s.id: len({*missing} & {*stems(s.text, evidence.language_of(s))}) for s in others}
    best = max(held, key=lambda sid: held[sid], default="")
    enough = best and held[best] >= _MEANT and held[best] * 2 >= len(missing)
    return f"; {best} has more of it: cite it if it says this" if enough else ""


def _foreign(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """Across languages only names, figures and dates can be compared: one of them must be shared.

    A figure or a date of the claim is shared, for F301 and F303 hold all of them to the evidence.
    """
    if figures(blank(claim.text)) or mentions(claim.text):
        return
    shared = {w for w in stems(claim.text, "") if len(w) > 3 or w.isdigit()}
    known = {plain(w) for s in evidence.cited for w in stems(s.text, "")}
    if not any(w in known or any(w[:5] == k[:5] for k in known) for w in shared):
        told = f"{evidence.where} is in another language and shares no name, figure or date with the sentence"
        yield Finding("S601", told)


def _as_written(missing: list[str], claim: Claim) -> list[str]:
    shown = []
    for word in fold(claim.text).split():
        bare = word.strip(".,;:!?\"'()")
        if any(s in missing for s in stems(bare, "en")) and bare not in shown:
            shown.append(bare)
    return shown or missing
