"""Text as briefer sees it: neutralised for people, folded for comparing, cut into words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from briefer.memo import memo

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»〝〞＂"), '"') | dict.fromkeys(map(ord, "‘’‚‛‹›ʼ＇´`"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃"), "-")
_TYPOGRAPHY = _QUOTES | _DASHES | {ord("…"): "...", ord("\u00ad"): None}
# NFKC would turn 10⁶ into 106 and 3½ into 31/2: these keep their own form.
_KEEP = ("<super>", "<sub>", "<fraction>")
# A joiner is spelling between two letters (Persian, Indic scripts) or part of an emoji, else hidden text.
_JOINERS = "\u200c\u200d"
ID_LOOKALIKE = re.compile(r"[\[［【〔⟦]\s*([ARar]\s*\d+\s*[.．]\s*\d+)\s*[\]］】〕⟧]")


class Tokens:
    """A pattern of letters of any script; in a text of ASCII it is one of ASCII letters, which takes a third less."""

    def __init__(self, pattern: str) -> None:
        self._any, self._ascii = re.compile(pattern), re.compile(pattern, re.ASCII)

    def findall(self, text: str) -> list[str]:
        """Return the matches in a text, which has no control characters, as they stand."""
        return (self._ascii if text.isascii() else self._any).findall(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in such a text."""
        return (self._ascii if text.isascii() else self._any).finditer(text)


WORD = Tokens(r"[^\W_]+(?:['’\-‑][^\W_]+)*")


@cache
def compiled(pattern: str | re.Pattern[str], flags: int = 0) -> re.Pattern[str]:
    """Return a pattern of the program's own, compiled when it is first needed: `re` forgets it after 512 others."""
    return re.compile(pattern, flags)


def by_letter(words: Iterable[str]) -> dict[str, str]:
    """Return, by their first letter, what follows it in these words, as the text of a pattern."""
    return {letter: "|".join(w[1:] for w in some) for letter, some in groupby(sorted(words), itemgetter(0))}


def is_hidden(char: str) -> bool:
    """Whether a character is invisible or a control: what an article may not smuggle in."""
    if char in "\n\t":
        return False
    category = unicodedata.category(char)
    return (
        category in ("Cc", "Cf", "Cs", "Co", "Cn")
        or 0xFE00 <= ord(char) <= 0xFE0F
        or 0xE0100 <= ord(char) <= 0xE01EF
        or char in "\u115f\u1160\u3164\uffa0\u2028\u2029\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f"
    )


def _hides(text: str) -> bool:
    # Each character is looked at once, however often it stands in a text; most lines need not even that.
    return not (text.isascii() and text.isprintable()) and any(map(is_hidden, set(text)))


def neutralise(text: str) -> str:
    """Return `text` without hidden characters: controls become a space, lone surrogates U+FFFD."""
    if not _hides(text):
        return text
    out: list[str] = []
    for at, char in enumerate(text):
        if not is_hidden(char) or char in _JOINERS and _joins(text, at):
            out.append(char)
        elif unicodedata.category(char) == "Cs":
            out.append("\ufffd")
        elif unicodedata.category(char) == "Cc" or char in "\u2028\u2029":
            out.append(" ")
    return "".join(out)


def _joins(text: str, at: int) -> bool:
    # A variation selector between an emoji and its joiner goes, so what counts is what stands before it.
    before, after = text[max(0, at - 2) : at].rstrip("\ufe0f")[-1:], text[at + 1 : at + 2]
    return all(
        c and not is_hidden(c) and unicodedata.category(c) in ("Lo", "Mn", "Mc", "So", "Sk") for c in (before, after)
    )


def hidden_count(text: str) -> int:
    """How many hidden characters `neutralise` would take out of `text`."""
    if not _hides(text):
        return 0
    return sum(
        is_hidden(c) and c not in "\ufeff\u00ad\r" and not (c in _JOINERS and _joins(text, i))
        for i, c in enumerate(text)
    )


def one_line(text: str) -> str:
    """Return `text` neutralised and on one line, single spaces between its words."""
    return " ".join(neutralise(text).split())


def inert(text: str) -> str:
    """Return one line in which nothing looks like a sentence id: `[A2.3]` becomes `(A2.3)`."""
    return ID_LOOKALIKE.sub(r"(\1)", one_line(text))


class _Levelled(dict[int, str | None]):
    """What each character becomes in comparison; worked out when it is first met, so that `translate` is quick."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kept = unicodedata.decomposition(char).startswith(_KEEP)
        form = char if kept else unicodedata.normalize("NFKC", char).translate(_TYPOGRAPHY)
        self[code] = form
        return form


class _Bare(dict[int, str]):
    """What each character becomes in a name: lower case, without its accents."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).casefold())
        self[code] = "".join(_LETTERS.get(c, c) for c in parts if unicodedata.category(c) != "Mn")
        return self[code]


# Letters that Unicode does not take apart.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}


_LEVELLED = _Levelled({code: chr(code) for code in range(128)} | _TYPOGRAPHY)
_BARE = _Bare()
# All but ASCII, of which one mark only is levelled: most letters of most texts are spared the look-up.
_TO_LEVEL = re.compile(r"[^\x00-_a-\x7f]+")


@memo(65536)
def fold(text: str) -> str:
    """Return `text` with typography levelled and white space collapsed, for exact comparison.

    Curly and straight marks, dashes and minus signs, no-break spaces and hyphens, ellipses and
    compatibility forms (NFKC) become one form. Letters, case, digits and accents stay.
    """
    return _folded(text)


def _folded(text: str) -> str:
    if text.isascii():  # nothing to level but one mark
        levelled = text.replace("`", "'")
    else:
        composed = _TO_LEVEL.sub(lambda run: run[0].translate(_LEVELLED), unicodedata.normalize("NFC", text))
        levelled = unicodedata.normalize("NFC", composed)
    return " ".join(levelled.replace("''", '"').split())


@memo(65536)
def plain(text: str) -> str:
    """Return `text` folded, in lower case and without accents: how names are compared."""
    folded = _folded(text)
    return folded.lower() if folded.isascii() else folded.translate(_BARE)


@memo(65536)
def bare(word: str) -> str:
    """Return a word as it is compared: `plain`, and without the ending of the genitive."""
    return plain(word).removesuffix("'s").rstrip("'")


def find_exact(needle: str, haystack: str) -> int:
    """Return where folded `needle` stands in folded `haystack` as whole words and numbers, or -1.

    "rose 3" is not in "rose 3.5%" and "art" not in "party". The first letter's case is free,
    since a quotation may begin in the middle of a sentence.
    """
    if not needle:
        return -1
    first, rest = needle[0], needle[1:]
    firsts = first.lower() + first.upper() if first.isalpha() else first
    behind = haystack.find(rest, 1)
    while behind > 0:
        end = behind + len(rest)
        if haystack[behind - 1] in firsts and _whole(haystack, behind - 1, end):
            return behind - 1
        behind = haystack.find(rest, behind + 1)
    return -1


def _whole(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start].isalnum() and before[-1:].isalnum():
        return False
    if text[end - 1].isalnum() and after[:1].isalnum():
        return False
    # "rose 3." is not in "rose 3.5%", nor ".5%".
    if (before[-1:].isdigit() and re.match(r"[.,]\d", text[start:end])) or (
        after[:1].isdigit() and re.search(r"\d[.,]$", text[start:end])
    ):
        return False
    if text[start].isdigit() and (re.fullmatch(r"\d[.,]", before) or before[-1:] in "$€£¥-" and before[-1:]):
        return False
    return not (text[end - 1].isdigit() and (re.match(r"[.,]\d|[%‰°]", after)))


@memo(65536)
def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` as they stand, hyphens and apostrophes inside a word kept."""
    return tuple(WORD.findall(text))


def plural(number: int, noun: str, many: str = "") -> str:
    """Return `1 sentence`, `2 sentences`; `many` where the plural is not made with an s."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"
