"""What a story holds for its mutants to be made of: its numbers, names, dates and outlets, read without briefer's
own readers, so that what those overlook is tried as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from briefer.briefing import Claim
from briefer.bundle import Bundle

MONTHS = tuple("January February March April May June July August September October November December".split())
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())

_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CAPITALS = re.compile(r"[^\W\d_a-z]\w+(?:-\w+)*(?: [^\W\d_a-z]\w+(?:-\w+)*)*")
_OPENS = re.compile(r"(?:^|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bGen)[.!?:;]|[“\"'‘(—–])[”\"'’)]*\s*$")
# Capitals that are part of no name, or name nobody on their own.
_TITLES = frozenset(
    """mr mrs ms miss dr mme sir dame lord lady professor president prime minister king queen prince princess general
    captain colonel judge justice recorder senator eastern western northern southern the a an in on at it he she they
    this that but and ltd inc plc""".split()
)
# Names by which news calls one and the same party.
_SAME = (
    frozenset("russia russian russians moscow kremlin".split()),
    frozenset("korea korean koreans north south pyongyang seoul dprk".split()),
    frozenset("ukraine ukrainian kyiv kiev".split()),
    frozenset("america american americans washington states united us".split()),
)


@dataclass(frozen=True)
class Story:
    """A bundle, looked at for what its sentences could be confused with."""

    bundle: Bundle

    @cached_property
    def text(self) -> str:
        """Every article and reference."""
        return "\n".join(f"{s.title}.\n{s.text}" for s in self.bundle.sources.values())

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that stand in lower case somewhere: no names."""
        return frozenset(w for w in _WORD.findall(self.text) if w.islower())

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word, in lower case."""
        return frozenset(w.lower() for w in _WORD.findall(self.text))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The runs of names, the commonest first: within a sentence, of words that are never in lower case."""
        found: Counter[str] = Counter()
        # Not out of headlines, in which any word may have a capital.
        for text in (source.text for source in self.bundle.sources.values()):
            for run in _CAPITALS.finditer(text):
                if not _OPENS.search(text[max(0, run.start() - 9) : run.start()]):
                    found.update(_parts(run.group(), self._is_name))
        return tuple(name for name, _ in found.most_common())

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The single words of the names."""
        return frozenset(word for name in self.names for word in name.split())

    @cached_property
    def given(self) -> dict[str, str]:
        """Given name -> family name, of people who are called by the family name alone as well."""
        pairs = [n.split() for n in self.names if n.count(" ") == 1]
        firsts, alone = Counter(first for first, _ in pairs), {n for n in self.names if " " not in n}
        return {first: last for first, last in pairs if firsts[first] == 1 and last in alone and first not in alone}

    @cached_property
    def people(self) -> frozenset[str]:
        """The given and family names."""
        return frozenset(self.given) | frozenset(self.given.values())

    def _is_name(self, word: str) -> bool:
        low = word.lower()
        parts = {low, *low.split("-")}
        outlets = {w for outlet in self.bundle.outlets for w in outlet.lower().split()}
        return not (
            parts & (self.lower | _TITLES | outlets)
            or any(day.startswith(word.title()) for day in (*MONTHS, *WEEKDAYS, "Sept"))
            or len(word) < 3
        )

    @cached_property
    def _runs(self) -> re.Pattern[str]:
        word = "|".join(sorted(map(re.escape, self.name_words), key=len, reverse=True)) or "(?!)"
        return re.compile(rf"(?<![\w-])(?:{word})(?: (?:{word}))*(?![\w-])")

    def in_text(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the names in `text`, outside quotations, as they stand."""
        return free(self._runs, text)

    def kin(self, one: str, other: str) -> bool:
        """Whether two names may mean the same: a word or its beginning in common, one full name, one party."""
        mine, theirs = set(one.split()), set(other.split())
        if {w[:4].lower() for w in mine} & {w[:4].lower() for w in theirs}:
            return True
        if any(mine & set(name.split()) and theirs & set(name.split()) for name in self.names):
            return True
        low, their_low = {w.lower() for w in mine}, {w.lower() for w in theirs}
        return any(low & group and their_low & group for group in _SAME)

    def cited(self, claim: Claim) -> str:
        """Return the cited sentences."""
        return " ".join(self.bundle.sentences[c].text for c in claim.cites if c in self.bundle.sentences)

    def articles(self, claim: Claim) -> str:
        """Return the cited articles and references, whole."""
        ids = dict.fromkeys(c.partition(".")[0] for c in claim.cites)
        return "\n".join(self.bundle.sources[i].text for i in ids if i in self.bundle.sources)


def free(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that stand outside quotation marks."""
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    for match in pattern.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in quoted):
            yield match


def put(text: str, at: re.Match[str], new: str, group: int = 0) -> str:
    """Return `text` with `new` in the place of what was matched, on one line, its first letter as it was."""
    changed = " ".join(f"{text[: at.start(group)]}{new}{text[at.end(group) :]}".split())
    changed = changed.replace(" ,", ",").replace(" .", ".")
    return changed[:1].upper() + changed[1:] if text[:1].isupper() else changed


def _parts(run: str, is_name: Callable[[str], bool]) -> Iterator[str]:
    """Yield the stretches of a run of capitals whose words are names."""
    part: list[str] = []
    for word in [*run.split(), ""]:
        if word and is_name(word):
            part.append(word)
        elif part:
            yield " ".join(part)
            part = []
