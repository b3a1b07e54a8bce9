"""A briefing in Markdown or plain text, as any system writes it, read into sentences.

What is no statement (headings, code, lists of sources, questions, labels) is left out and counted by its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefer.blocks import Piece, pieces
from briefer.bundle import SENTENCE_ID
from briefer.errors import InputError
from briefer.render.outline import NOTES, SOURCES, WITHHELD
from briefer.sentences import sentence_spans
from briefer.stems import stems
from briefer.text import one_line, plural

# A briefing of a thousand sentences has 200,000 characters.
_MOST = 1_000_000
# Headings under which nothing is stated.
_APPARATUS = frozenset(
    """sources references withheld bibliography footnotes citations links quellen fuentes
    références""".split()
) | {NOTES.lower(), SOURCES.lower(), WITHHELD.lower(), "further reading", "works cited", "sources and links"}
# A sentence of ours under "Sources": its number, its id, its words.
_EVIDENCE = re.compile(r"(\d+) [·|] ([AR]\d+\.\d+) [·|] ")
_FOOTNOTE = re.compile(r"^ {0,3}\[(\^[\w-]{1,40}|\d{1,3})\]:[ \t]+(\S.*)$", re.MULTILINE)
_LISTED = re.compile(r"\[?\^?(\d{1,3})[\].)]{0,2}:?\s+(?=\S)")
_LABEL = r"(?:\^[\w-]{1,40}|\d{1,3}|[AR]\d{1,4}\.\d{1,5})"
_MARKS = re.compile(
    rf"[ \t]?(?:\[\s*{_LABEL}(?:\s*[,;·–-]\s*{_LABEL})*\s*\]|\(\s*[AR]\d+\.\d+(?:\s*[,;]\s*[AR]\d+\.\d+)*\s*\)"
    r"|(?<!\bm)(?<!\b[ckm]m)(?<![\d⁰¹²³⁴-⁹·])[⁰¹²³⁴-⁹]+(?:[·,][⁰¹²³⁴-⁹]+)*(?![\d⁰¹²³⁴-⁹]))+(?P<sign>[†‡§*~^]*)"
    r"|(?<=[.!?”\"’')])[†‡§](?=\s|$)"
)
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENDED = re.compile(r"[.!?…。！？؟।][\"'”’»)\]*_]*$")
_BYLINE = re.compile(r" [·|] ")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence and where it stands: `id` names its line; `headings` stand above it, the nearest first.

    `cites` are sentence ids, `notes` the words of the footnotes that it refers to, `lost` the marks that lead nowhere.
    """

    id: str
    text: str
    piece: Piece
    cites: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    inference: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings and labels above the sentence, the nearest first."""
        return self.piece.headings


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences of a briefing in prose, and how many lines were left out for which reason.

    `ours`: it lists its evidence as briefer's own Markdown does.
    """

    said: tuple[Said, ...]
    left_out: Mapping[str, int]
    ours: bool

    def told(self) -> str:
        """Return one line on what was read and what was not."""
        lost = sum(len(s.lost) for s in self.said)
        reasons = [plural(n, *reason.split("|")) for reason, n in sorted(self.left_out.items())]
        read = f"{plural(len(self.said), 'sentence')} read"
        marks = f"; {plural(lost, 'citation mark')} of unknown meaning" if lost else ""
        return f"{read}; left out: {', '.join(reasons) or 'nothing'}{marks}"


def read_prose(text: str, name: str, language: str = "en") -> Prose:
    """Read Markdown or plain text into sentences; raises InputError when there is none."""
    if "\0" in text:
        raise InputError(f"{name} is no text", hint="name a Markdown or text file")
    if not text.strip():
        raise InputError(f"{name} is empty", hint="name a briefing with sentences in it")
    if len(text) > _MOST:
        told = f"{name} has {len(text):,} characters; a briefing has at most {_MOST:,}"
        raise InputError(told, hint="check its parts one by one")
    prose = _Reader(language).read(text)
    if not prose.said:
        raise InputError(
            f"{name} holds no sentence that could be checked: {prose.told()}", hint="write whole sentences"
        )
    return prose


class _Reader:
    """The state of one reading: footnotes, what was left out, and the ids given so far."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._left: Counter[str] = Counter()
        self._notes: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def read(self, text: str) -> Prose:
        text = _FOOTNOTE.sub(self._footnote, text.replace("\r\n", "\n").replace("\r", "\n"))
        every, unread = pieces(text)
        self._leave("other line|other lines", unread)
        body = [p for p in every if not self._is_apparatus(p)]
        found = [(line, said) for p in body for line, said in self._piece(p)]
        return Prose(tuple(_numbered(found)), dict(self._left), bool(self._ids))

    def _footnote(self, match: re.Match[str]) -> str:
        self._notes[match[1].lstrip("^")] = match[2]
        self._leave("footnote|footnotes")
        return ""

    def _leave(self, reason: str, count: int = 1) -> None:
        if count:
            self._left[reason] += count

    def _is_apparatus(self, piece: Piece) -> bool:
        """Leave out what stands under "Sources" and the like, and remember what it says of footnotes."""
        if not any(h.strip(" :.").lower() in _APPARATUS for h in piece.headings):
            return False
        if found := _EVIDENCE.match(piece.text):
            self._ids[found[1]] = found[2]
        elif found := _LISTED.match(piece.text):
            self._notes.setdefault(found[1], piece.text[found.end() :])
        elif piece.number:
            self._notes.setdefault(str(piece.number), piece.text)
        self._leave("line under sources, notes or withheld|lines under sources, notes or withheld", piece.lines)
        return True

    def _piece(self, piece: Piece) -> Iterator[tuple[int, Said]]:
        clean, marks = _without_marks(piece.text)
        marked = [m for m in marks if self._resolves(m.labels)]
        reason = piece.reason
        if reason and not (marked and reason == "heading|headings"):
            self._leave(reason, piece.lines if "line" in reason else 1)
            return
        for start, end in self._spans(clean, marked):
            sentence = one_line(clean[start:end])
            if reason := self._no_statement(sentence, piece, cited=any(start < m.at <= end for m in marked)):
                self._leave(reason)
                continue
            own = [m for m in marks if start < m.at <= end or m.at == start == 0]
            own += [m for m in marks if m.at > end and not clean[end : m.at].strip()]
            yield piece.line + clean[:start].count("\n"), self._said(sentence, piece, own)

    def _resolves(self, labels: Sequence[str]) -> bool:
        return any(label in self._ids or SENTENCE_ID.fullmatch(label) for label in labels)

    def _spans(self, clean: str, marked: Sequence[_Mark]) -> list[tuple[int, int]]:
        """Cut where our own Markdown ends a statement, else at the ends of sentences."""
        edges = [0, *(m.at for m in marked if self._ids), len(clean)]
        if len(edges) > 2:
            spans = [(a + _space(clean[a:b]), b) for a, b in zip(edges, edges[1:], strict=False)]
            return [(a, b) for a, b in spans if clean[a:b].strip()]
        return sentence_spans(clean.replace("\n", " "), self._language)

    def _no_statement(self, text: str, piece: Piece, *, cited: bool) -> str:
        """Return why `text` states nothing, or ""."""
        if text.endswith("?") and not cited:
            return "question|questions"
        if cited or (_ENDED.search(text) and stems(text, self._language)):
            return ""
        if _BYLINE.search(text) and not piece.listed:
            return "byline|bylines"
        content = [w for w in stems(text, self._language) if not w[0].isdigit()]
        return "fragment|fragments" if len(content) < 3 or text.endswith(":") else ""

    def _said(self, text: str, piece: Piece, marks: Sequence[_Mark]) -> Said:
        cites, notes, lost = [], [], []
        for label in dict.fromkeys(label for m in marks for label in m.labels):
            if label in self._ids or SENTENCE_ID.fullmatch(label):
                cites.append(self._ids.get(label, label))
            elif label in self._notes:
                note = self._notes[label]
                ids = SENTENCE_ID.findall(note)
                cites += ids
                notes += [] if ids else [note]
            else:
                lost.append(label)
        inference = bool(self._ids) and any(set(m.sign) & set("‡~") for m in marks)
        return Said("", text, piece, tuple(dict.fromkeys(cites)), tuple(notes), tuple(lost), inference)


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    labels: tuple[str, ...]
    sign: str


def _without_marks(text: str) -> tuple[str, list[_Mark]]:
    """Return the text without citation marks, and each mark with the place where it stood."""
    clean, at, marks = "", 0, []
    for m in _MARKS.finditer(text):
        clean += text[at : m.start()]
        at = m.end()
        marks.append(_Mark(len(clean), tuple(_labels(m.group())), m["sign"] or m.group()[-1:]))
    return clean + text[at:], marks


def _labels(run: str) -> Iterator[str]:
    for label in re.findall(r"\^[\w-]+|[AR]\d+\.\d+|\d+\s*[–-]\s*\d+|\d+|[⁰¹²³⁴-⁹]+", run):
        first, dash, last = label.translate(_DIGITS).lstrip("^").replace("–", "-").partition("-")
        if dash and first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) < 20:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield label.translate(_DIGITS).lstrip("^")


def _space(text: str) -> int:
    return len(text) - len(text.lstrip())


def _numbered(found: list[tuple[int, Said]]) -> Iterator[Said]:
    """Give each sentence the number of its line, and its place on it where it is not alone."""
    on_line = Counter(line for line, _ in found)
    seen: Counter[int] = Counter()
    for line, s in found:
        seen[line] += 1
        name = f"L{line + 1}" if on_line[line] == 1 else f"L{line + 1}.{seen[line]}"
        yield Said(name, s.text, s.piece, s.cites, s.notes, s.lost, s.inference)
