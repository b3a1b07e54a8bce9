"""Markdown's blocks as pieces of plain text, each with its line and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

_ENDED = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_LABEL_END = re.compile(r"\s*[:.—–-]\s*$")
_LABEL_GAP = re.compile(r"\s*(?:[:—–]|-{1,2}(?=\s))\s*")
_FOOTNOTE = re.compile(r"\[?\^?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]?")
# A heading has a rank from 1 to 6; below it stand a paragraph in bold, a label before a list, an item with a list.
_BOLD, _LABEL, _ITEM = 7, 8, 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, an item or a cell without its markup; softly broken lines keep their line breaks.

    `line` counts from 0, `headings` are nearest first, `lead` is a label in bold before the text, `reason` says why
    the piece states nothing ("" where it may), `place` counts the pieces under one heading, `section` is the largest
    heading below the title.
    """

    text: str
    line: int
    lines: int = 1
    headings: tuple[str, ...] = ()
    section: str = ""
    lead: str = ""
    reason: str = ""
    rank: int = 0
    place: int = 0
    number: int = 0
    listed: bool = False
    wrapped: bool = False


def pieces(markdown: str) -> tuple[list[Piece], int]:
    """Return the pieces of a Markdown text in order, and how many lines with words stand in none of them."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    walk = _Walk()
    found = [piece for at, token in enumerate(tokens) for piece in walk.step(token, tokens[at + 1 : at + 3])]
    lines = markdown.split("\n")
    unread = sum(any(c.isalnum() for c in line) for n, line in enumerate(lines) if n not in walk.covered)
    return found, unread


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: the headings above, the lists and the table that are open."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    head: list[str] = field(default_factory=list)
    row: list[str] | None = None
    in_head: bool = False
    rank: int = 0
    place: int = 0

    def step(self, token: Any, ahead: Sequence[Any]) -> Iterator[Piece]:
        kind = token.type
        if token.map and token.content and kind in ("inline", "fence", "code_block", "html_block"):
            self.covered |= set(range(*token.map))
        if kind == "inline":
            images = sum(child.type == "image" for child in token.children or [])
            yield from (Piece("", token.map[0], reason="image|images") for _ in range(images))
            opens = any(t.type.endswith("_list_open") for t in ahead)
            yield from self._cell(token) if self.row is not None else self._text(token, opens)
        elif kind in ("fence", "code_block", "html_block"):
            sort = "HTML" if kind == "html_block" else "code"
            count = sum(bool(line.strip()) for line in token.content.split("\n"))
            yield Piece("", token.map[0], count, reason=f"line of {sort}|lines of {sort}")
        else:
            self._open_or_close(token)

    def _open_or_close(self, token: Any) -> None:
        kind = token.type
        if kind == "heading_open":
            self.rank = int(token.tag[1])
        elif kind.endswith("_list_open"):
            self.numbers.append(0)
        elif kind.endswith("_list_close"):
            self.numbers.pop()
            self._drop(_ITEM + len(self.numbers) if self.numbers else _LABEL)
        elif kind == "list_item_open":
            self.numbers[-1] = int(token.info) if token.info.isdigit() else 0
            self._drop(_ITEM + len(self.numbers) - 1)
        elif kind in ("thead_open", "thead_close"):
            self.in_head = kind == "thead_open"
            self.head = [] if self.in_head else self.head
        elif kind in ("tr_open", "tr_close"):
            self.row = [] if kind == "tr_open" else None

    def _drop(self, rank: int) -> None:
        self.stack = [entry for entry in self.stack if entry[0] < rank]

    def _raise(self, rank: int, text: str) -> None:
        self._drop(rank)
        self.stack.append((rank, text))
        self.place = 0

    def _above(self) -> dict[str, Any]:
        names = tuple(text for _, text in reversed(self.stack))
        largest = next((text for rank, text in self.stack if rank > 1), "")
        return {"headings": names, "section": largest, "listed": bool(self.numbers)}

    def _text(self, token: Any, opens_list: bool) -> Iterator[Piece]:
        runs = list(_runs(token.children or []))
        for nth, run in enumerate(runs):
            line = token.map[0] + run.line
            # A line break in code or in a tag leaves none in the text: the last run reaches to the end.
            count = run.text.count("\n") + 1 if run is not runs[-1] else token.content.count("\n") + 1 - run.line
            if not any(c.isalnum() for c in run.text):
                source = "".join(token.content.split("\n")[run.line : run.line + count])
                if any(c.isalnum() for c in source):  # tags without words
                    yield Piece("", line, count, reason="other line|other lines")
                continue
            rank, reason = self._sort(run, opens_list)
            if rank:
                self._drop(rank)
            lead, text = ("", run.text) if reason else run.led()
            above = self._above()
            if lead:
                above["headings"] = (lead, *above["headings"])
                line += run.text[: len(run.text) - len(text)].count("\n")
            place, self.place = self.place, self.place + 1
            number = self.numbers[-1] if self.numbers and not nth else 0
            wrapped = run.wrapped
            yield Piece(
                text, line, count, lead=lead, reason=reason, rank=rank, place=place, number=number, wrapped=wrapped,
                **above,
            )  # fmt: skip
            if rank:
                self._raise(rank, " ".join(run.text.split()))
        self.rank = 0

    def _sort(self, run: _Run, opens_list: bool) -> tuple[int, str]:
        """Return a piece's rank as a heading, and why it states nothing."""
        ended, short = bool(_ENDED.search(run.text)), len(run.text.split()) < 9
        if self.rank:
            return self.rank, "heading|headings"
        if run.wrapped and not ended:
            return (_BOLD if run.bold and not self.numbers else 0), "heading|headings"
        if short and run.text.rstrip().endswith(":") or (opens_list and short and self.numbers and not ended):
            return _ITEM + len(self.numbers) - 1 if self.numbers else _LABEL, "label|labels"
        if run.linked and not ended:
            return 0, "link|links"
        return 0, ""

    def _cell(self, token: Any) -> Iterator[Piece]:
        assert self.row is not None
        text = " ".join(run.text for run in _runs(token.children or []))
        column = len(self.row)
        self.row.append(text)
        if self.in_head:
            self.head.append(text)
            yield Piece(text, token.map[0], reason="table header|table headers", **self._above())
            return
        if not any(c.isalnum() for c in text):
            return
        above = self._above()
        labels = [*self.row[:1] * bool(column), *self.head[column : column + 1]]
        above["headings"] = (*(h for h in labels if len(h.split()) < 9), *above["headings"])
        label = not column and len(self.head) > 1 and len(text.split()) < 9 and not _ENDED.search(text)
        yield Piece(text, token.map[0], place=column, reason="label|labels" if label else "", **above)


@dataclass(slots=True)
class _Run:
    """The text of a paragraph up to a hard line break, and how it is marked up."""

    line: int
    text: str = ""
    bold_end: int = 0
    plain: int = 0
    unlinked: int = 0
    bold: bool = False

    @property
    def wrapped(self) -> bool:
        """Whether all of it is in bold or italics."""
        return not self.plain

    @property
    def linked(self) -> bool:
        """Whether all of it is links."""
        return not self.unlinked

    def led(self) -> tuple[str, str]:
        """Return a label in bold before the text, and the text; a label that holds a figure stays in the text."""
        lead, rest = self.text[: self.bold_end].strip(), self.text[self.bold_end :]
        gap = _LABEL_GAP.match(rest)
        parted = gap or (_LABEL_END.search(lead) and not lead.endswith("."))
        if not lead or not parted or not any(c.isalnum() for c in rest) or any(c.isdigit() for c in lead):
            return "", self.text
        return " ".join(_LABEL_END.sub("", lead).split()), rest[gap.end() if gap else 0 :].lstrip()


def _runs(children: Sequence[Any]) -> Iterator[_Run]:
    """Yield the text of inline tokens, cut at hard line breaks."""
    run, strong, em, links = _Run(0), 0, 0, [0]
    opened: list[int] = []
    for token in children:
        kind = token.type
        if kind == "hardbreak" or (kind == "html_inline" and token.content.lower().startswith("<br")):
            yield run
            run = _Run(run.line + run.text.count("\n") + (kind == "hardbreak"))
            opened = [0 for _ in opened]
        elif kind in ("text", "code_inline", "softbreak"):
            words = "\n" if kind == "softbreak" else token.content
            told = sum(c.isalnum() for c in words)
            run.plain += told * (not strong and not em)
            run.unlinked += told * (not links[-1])
            if strong and run.bold_end == len(run.text.rstrip("\n")):
                run.bold_end = len(run.text) + len(words)
                run.bold = True
            run.text += words
        elif kind in ("strong_open", "strong_close"):
            strong += token.nesting
        elif kind in ("em_open", "em_close"):
            em += token.nesting
        elif kind in ("link_open", "link_close") or (kind == "html_inline" and "sup" in token.content.lower()):
            links[-1] += token.nesting
            _note(run, opened, opens=token.nesting == 1 or not (token.nesting or "/" in token.content))
    yield run


def _note(run: _Run, opened: list[int], *, opens: bool) -> None:
    """Write a raised or linked number as a footnote's mark."""
    if opens:
        opened.append(len(run.text))
    elif opened:
        at = opened.pop()
        inner = run.text[at:].strip()
        if _FOOTNOTE.fullmatch(inner):
            run.text = f"{run.text[:at]}[{inner.strip('[]')}]"
