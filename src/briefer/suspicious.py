"""What an article holds that no reader is meant to see: hidden characters, disguised letters, markup, false ids."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from briefer.text import ID_LOOKALIKE, inert, is_hidden, neutralise

_SOFT = "\ufeff\u00ad\r"
_JOINERS = "\u200c\u200d"
_EMOJI_STYLE = "\ufe0e\ufe0f"
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINES = "\u2028\u2029"
_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("invisible tag character", lambda c: 0xE0000 <= ord(c) <= 0xE007F),
    ("variation selector", lambda c: 0xFE00 <= ord(c) <= 0xFE0F or 0xE0100 <= ord(c) <= 0xE01EF),
    ("direction-turning mark", lambda c: c in _DIRECTION),
    ("control character", lambda c: unicodedata.category(c) == "Cc" or c in _LINES),
    ("broken character", lambda c: unicodedata.category(c) in ("Cs", "Co", "Cn")),
    ("zero-width character", lambda c: True),
)
# Letters drawn for formulas, full-width Latin, and strokes laid over letters: read by a model, not by a search.
_DISGUISED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u0334-\u0338]")
_MANY = 10


def hidden_kinds(text: str) -> dict[str, int]:
    """Return what kinds of hidden characters `text` has, and how many of each.

    Soft hyphens, a byte order mark, joiners inside words and the style mark of an emoji are spelling.
    """
    suspects = "".join(c for c in set(text) if c not in _SOFT and is_hidden(c))
    kinds: Counter[str] = Counter()
    for m in re.finditer(f"[{re.escape(suspects)}]", text) if suspects else ():
        char, before = m.group(), text[m.start() - 1 : m.start()] or " "
        if char in _JOINERS and char in neutralise(text[max(m.start() - 1, 0) : m.end() + 1]):
            continue
        if char in _EMOJI_STYLE and unicodedata.category(before) in ("So", "Sk", "Sm", "Po", "Nd"):
            continue
        kinds[next(name for name, belongs in _KINDS if belongs(char))] += 1
    return dict(kinds)


def disguised(text: str) -> int:
    """Return how many letters of `text` are disguised, or 0 when they are few enough to be typography."""
    if text.isascii():
        return 0
    count = len(_DISGUISED.findall(text))
    return count if count >= _MANY else 0


_MARKUP = re.compile(
    r"<\|[\w ]{2,40}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?s>|<!--|<!\[CDATA\["
    r"|</?(?:system|assistant|user|instructions?|articles?|tool_result|function_calls|prompt|documents?|context|note"
    r"|script|style|noscript|template|iframe|svg|object|embed|form|meta|base|math|img|link|details|marquee)\b[^>]{0,400}>"
    r"|<\w+\s[^>]{0,200}\b(?:style|on\w+)\s*=|\"role\"\s*:\s*\"\w+\"|\"(?:claims|statements|blocks|summary)\"\s*:\s*[\[{\"]"
    r"|(?m:^\W{0,6}(?:SYSTEM|system|ASSISTANT|assistant|Assistant|DEVELOPER|developer|Human)\W{0,2}:\s)"
    r"|[\[(]\W{0,2}(?:system|assistant|developer)\W{0,2}[\])]|(?m:^[ \t]*[Oo]utlet:\s)",
)


def ids(text: str) -> tuple[str, ...]:
    """Return what looks like one of our sentence ids in `text`, harmless to print."""
    return tuple(inert(m.group()) for m in ID_LOOKALIKE.finditer(text))


def markup(text: str) -> str:
    """Return the first thing in `text` that frames a prompt or hides text in a page, or ""."""
    found = _MARKUP.search(unicodedata.normalize("NFKC", text))
    return found.group().strip() if found else ""
