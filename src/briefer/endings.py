"""Whether an article ends where it should: paywalls, teasers, and texts that break off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.text import inert, plain

# In folded text, without accents. A newsletter's "sign up for" or a "read more about" inside a whole article is none.
_WALL = re.compile(
    r"\bto (?:continue|keep) reading\b|\bcontinue reading\b|\bto (?:unlock|read) (?:the full"
    r"|this|the rest of (?:the|this)) (?:article|story)\b"
    r"|\balready a (?:subscriber|member)\b|\bsubscribe (?:now )?to (?:read|continue|unlock|keep)\b"
    r"|\b(?:sign|log) (?:in|up) to (?:read|continue|keep)\b|\b(?:for|to) subscribers only\b|\bsubscriber[- ]only\b"
    r"|\bthis (?:article|story|content) is (?:only )?(?:for|available to|reserved for) (?:\w+ )?subscribers\b"
    r"|\[\+\s?\d+ chars\]|\bjetzt (?:weiterlesen|abonnieren)\b|\bweiterlesen mit\b|\bnur fur abonnenten\b"
    r"|\breserve(?:e)? aux abonnes\b|\bil vous reste\b.{0,30}\ba lire\b|\babonnez-vous (?:pour|afin)\b"
    r"|\bpara (?:seguir|continuar) leyendo\b|\b(?:exclusivo|solo) para suscriptores\b"
)
_LAST_LINE = re.compile(
    r"(?:read|show|see|view) (?:more|(?:the )?full (?:article|story))|sign up|subscribe|mehr lesen|weiterlesen"
    r"|lire la suite|leer mas|seguir leyendo"
)
# Words that no sentence and no headline ends with.
_NEVER_LAST = frozenset(
    "a an and are as at because but by every from her his if into is its my nor of or our than that the their to was"
    " were which while whose with your aber als am bei das dem den der des die durch ein eine einen einer mit oder und"
    " vom von zum zur au aux avec de des du et la le les leur ou par pour que sa ses une al con del el las los o por su"
    " una y".split()
)
_LAST_SENTENCES = 5
_DOTS = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_ENDS = re.compile(r"[.!?:;。！？؟।][\"'”’»)\]\s]*$|[\"'”’»)\]]\s*$")
_ADDRESS = re.compile(r"https?://\S*$|@\w+$")
_LETTERS = re.compile(r"[^\W\d_]+")


def cut_off(text: str, sentences: Sequence[str]) -> str:
    """Return in a few words how an article breaks off, or "" when it seems whole.

    A headline, credit, address or newsletter notice at the end is not a text that breaks off.
    """
    line = text.rstrip().split("\n")[-1].strip()
    for sentence in sentences[-_LAST_SENTENCES:]:
        if _WALL.search(plain(sentence)):
            return f"“{_short(sentence)}”"
    if len(line) < 60 and _LAST_LINE.fullmatch(plain(line).strip(" .>»→[]()")):
        return f"“{_short(line)}”"
    if _DOTS.search(line) or _breaks_off(text, line, sentences[-1] if sentences else ""):
        return f"“… {inert(line)[-50:].lstrip()}”"
    return ""


def _short(line: str) -> str:
    shown = inert(line)
    return shown if len(shown) <= 60 else f"{shown[:60].rsplit(' ', 1)[0]} …"


def _breaks_off(text: str, line: str, last: str) -> bool:
    words = _LETTERS.findall(line)
    if len(words) < 6 or _ENDS.search(line) or _ADDRESS.search(line):
        return False
    open_end = line[-1] in ",-–—" or plain(words[-1]) in _NEVER_LAST
    return open_end or (_stands_out(text) and _is_unfinished_prose(last, line))


def _stands_out(text: str) -> bool:
    """Whether a missing full stop means something: in a teaser, or where the other paragraphs have theirs.

    Captions run into one long paragraph end without one (20 of 116 articles of a public set).
    """
    *others, _ = [line for line in text.strip().split("\n") if line.strip()]
    ended = sum(bool(_ENDS.search(line.strip())) for line in others)
    return len(text.split()) < 150 or (len(others) >= 2 and ended >= 0.8 * len(others))


def _is_unfinished_prose(last: str, line: str) -> bool:
    """Whether the last sentence reads like prose: long, or after a finished one, and not in a headline's capitals."""
    words = _LETTERS.findall(last)
    prose = sum(word.islower() for word in words) > 0.6 * len(words)
    return prose and (len(words) >= 15 or (len(words) >= 5 and len(line) > len(last) + 20 and words[-1].islower()))
