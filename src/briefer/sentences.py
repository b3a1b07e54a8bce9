"""Where the sentences of an article begin and end, as offsets into its own characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from briefer.text import is_hidden

# sentencex takes time by the square of a paragraph whose quotation marks do not pair
# (measured: 3 MB of `“a b. ` in one paragraph took 319 s), so no piece is longer than this.
_PIECE = 4_000
# sentencex panics at a capital, one of these and a full stop ("C\xa0. D"), since it counts them as one byte.
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
# A quotation of several sentences stays whole up to this many characters, then it is cut.
_LONG = 600

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\d{1,2}[.)])\s+\S")
_TERMINATED = re.compile(r"[.!?…:;。！？؟।]['\"”’»)\]]*\s*$")
_INSIDE = re.compile(r"(?<=[.!?…])(?=\s+[\"“‘«(]?[^\W\d_a-z])")
# What a sentence does not end with, although a full stop and a capital stand there.
_OPEN_END = re.compile(
    r"(?:^|[\s(\[“\"‘'«—-])"
    r"(?:M|MM|Mme|Mlle|Mrs?|Ms|Drs?|Prof|Hon|Rev|St|Ste|Sr|Sra|Sres|Dña|Capt|Col|Cmdr|Gen|Lt|Maj|Sgt|Cpl|Adm|Brig|"
    r"Gov|Sen|Rep|Pres|Supt|Insp|Det|Messrs|vs?|cf|ca|z|EE|FF|[A-Z])\.\s*$"
)
_NUMBERED = re.compile(r"(?:^|[\s(\[])(?:Nos?|Nr|Art|Abs|Fig|Ziff|p|pp)\.\s*$")
_ABBREVIATED_COUNTRY = re.compile(r"(?:\bU\.\s?[SKN]\.|\bEE\.\s?UU\.|\bD\.\s?C\.)\s*$")
# A month at the end of its sentence, which sentencex takes for an abbreviation that never ends one.
_MONTH_END = re.compile(
    r"\b(?:May|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s+[\"“‘«(]?[^\W\d_a-z])(?!\s+[A-Z][a-z]+\.? \d)"
)
# A full stop between spaces, as in texts that a program has cut into words: it ends a sentence before whatever letter.
_LOOSE_END = re.compile(r"(?<=\w\w) \.(?= \w)")
# After "U.S." or an initial a capital goes on with the name, unless it is a word that opens sentences.
_OPENERS = re.compile(
    r"(?:The|It|In|He|She|They|But|And|A|An|This|That|These|Those|We|I|On|At|As|For|His|Her|Its|There|If|When|While"
    r"|After|Before|El|La|Los|Las|En)\b"
)


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return `(start, end)` of every sentence of `text`, in order, without white space at the ends.

    A heading, a caption or an item of a list is a sentence of its own. Hidden characters count
    as white space here, so none of them can glue or break a sentence; offsets stay those of `text`.
    """
    hidden = {ord(c): " " for c in set(text) if is_hidden(c)} if not text.isascii() else {}
    seen = text.translate(hidden) if hidden else text
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(seen):
        spans.extend(_sentences(seen, start, end, language))
    return spans


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cut at blank lines, at lines that stand for themselves, and every `_PIECE` characters."""
    at = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for start, stop in _lines(text, at, end):
            while stop - start > _PIECE:
                cut = text.rfind(" ", start + _PIECE // 2, start + _PIECE)
                cut = cut if cut > 0 else start + _PIECE
                yield start, cut
                start = cut
            yield start, stop
        at = gap.end() if gap else end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Join the lines of a hard-wrapped paragraph, but keep headings, captions and list items apart."""
    lines = [(start + m.start(), start + m.end()) for m in _LINE.finditer(text[start:end])]
    if not lines:
        return
    width = max(b - a for a, b in lines)
    opened = lines[0][0]
    for (a, b), (c, d) in zip(lines, lines[1:], strict=False):
        wraps = b - a > 0.7 * width and width < 120 and not _ended(text[a:b])
        if _BULLET.match(text, c, d) or not (wraps or _continues(text, b, c, d)):
            yield opened, b
            opened = c
    yield opened, lines[-1][1]


def _ended(line: str) -> bool:
    """Whether a line ends with its sentence, and not with "Mr." or "No."."""
    return bool(_TERMINATED.search(line)) and not (_OPEN_END.search(line) or _NUMBERED.search(line))


def _continues(text: str, end: int, start: int, stop: int) -> bool:
    head = text[start:stop].lstrip()[:1]
    return head.islower() and not _TERMINATED.search(text[max(0, end - 4) : end])


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    found = {b["end_index"] for b in get_sentence_boundaries(language[:2] or "en", _WIDE_SPACE.sub(" ", piece))}
    found |= {m.end() for m in _MONTH_END.finditer(piece) if not _is_quoted(piece, m.end())}
    loose = {m.end() for m in _LOOSE_END.finditer(piece)}
    at = 0
    for cut in sorted(found | loose):
        if cut < len(piece) and cut not in loose and _goes_on(piece[at:cut], piece[cut:]):
            continue
        for a, b in _shorter(piece, at, cut):
            a, b = _trim(piece, a, b)
            if any(c.isalnum() for c in piece[a:b]):
                yield start + a, start + b
        at = cut


def _is_quoted(piece: str, at: int) -> bool:
    """Whether a place stands inside quotation marks: a quotation of several sentences stays whole."""
    before = piece[:at]
    curly = sum(before.count(mark) for mark in "“«„") > sum(before.count(mark) for mark in "”»")
    return curly or before.count('"') % 2 == 1


def _goes_on(sentence: str, rest: str) -> bool:
    """Whether a cut after `sentence` is wrong: initials, titles, a dateline, a name like U.S. Army."""
    following = rest.lstrip()
    if not following:
        return False
    if following[0] in "—–" or following[0].islower():
        return not re.search(r"[!?]['\"”’»]?\s*$", sentence) or following[0].islower()
    if _NUMBERED.search(sentence):
        return following[0].isdigit()
    return bool(_OPEN_END.search(sentence) or _ABBREVIATED_COUNTRY.search(sentence)) and not _OPENERS.match(following)


def _shorter(piece: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a very long sentence at the sentence ends inside its quotation, then at spaces."""
    while end - start > _LONG:
        cuts = [m.start() for m in _INSIDE.finditer(piece, start + 40, end - 20)]
        near = [c for c in cuts if c - start <= _LONG]
        cut = (near or cuts or [0])[-1 if near else 0]
        if not cut or cut - start > 2 * _LONG:
            if end - start <= 2 * _LONG:
                break
            space = piece.rfind(" ", start + _LONG, start + 2 * _LONG)
            cut = space if space > 0 else start + 2 * _LONG
        yield start, cut
        start = cut
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
