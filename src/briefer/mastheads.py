"""The names of a bundle's outlets as prose writes them: whole, by their last words, by their initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.bundle import Bundle
from briefer.credit_words import AGENCIES, HERE, NAME, PRESS_NAME, SAYS
from briefer.outlets import outlet_key
from briefer.text import one_line, plain

# What stands around an outlet's name in a heading.
_LABEL_ENDS = re.compile(
    r"^\s*\d{1,2}[.)]\s+|\s*\([^)]*\)\s*$|(?<=\w)'s? (?:account|view|report|coverage)\W*$|[\s:.—–-]+$", re.IGNORECASE
)
_UNKNOWN = re.compile(
    rf"(?:(?<=\()(?P<a>(?:[Tt]he )?{NAME})(?=[,)])|\b(?:according to|reported by|(?<=, )said) (?P<b>(?:[Tt]he )?{NAME})"
    rf"|(?:^|[,;:]\s|\b(?:while|but|and|whereas)\s)(?P<c>(?:[Tt]he )?{NAME})(?= {SAYS}\b))"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names outlets: those of the bundle, and those that it lacks."""

    start: int
    end: int
    outlets: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    several: bool = False


class Masthead:
    """The names of a bundle's outlets: whole, by their last words where only one has them, by initials."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.outlets = bundle.outlets
        self._full = {outlet_key(o): o for o in bundle.outlets}
        short = {name: o for name, o in _short_names(bundle.outlets).items() if outlet_key(name) not in self._full}
        self._short = {outlet_key(name): o for name, o in short.items()}
        whole = ((re.compile(rf"(?<![\w-])(?:the )?{_spelled(level_of(o))}(?![\w-])", re.I), o) for o in bundle.outlets)
        self._next = re.compile(rf" (?:and|&) (?:the )?(?:{'|'.join(map(_spelled, short)) or '(?!)'})\b")
        parts = ((rf"(?<![\w-])(?:[Tt]he )?{_spelled(n)}(?![\w-])(?! [A-Z][a-z])", o) for n, o in short.items())
        self._whole, self._parts = tuple(whole), tuple((re.compile(form), o) for form, o in parts)

    def named(self, label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the outlets that a label (a heading, a lead-in) consists of, and the unknown ones; else nothing."""
        label = _LABEL_ENDS.sub("", level_of(label))
        for parts in ([label], _parts(label)):
            found = [self._full.get(outlet_key(p)) or self._short.get(outlet_key(p)) for p in parts]
            if found and all(found):
                return tuple(dict.fromkeys(o for o in found if o)), ()
        return (), (label,) if re.fullmatch(rf"(?:The )?{NAME}", label) and self._foreign(label) else ()

    def within(self, heading: str) -> tuple[str, ...]:
        """Return the outlets that a short heading speaks of: "What the Dockside Voice says"."""
        found = self.mentions(level_of(heading)) if len(heading.split()) < 9 else ()
        return tuple(dict.fromkeys(o for m in found for o in m.outlets))

    def mentions(self, level: str) -> Iterator[Mention]:
        """Yield where a levelled text names outlets of the bundle."""
        for pattern, outlet in self._whole:
            found = (m for m in pattern.finditer(level) if _capitals(m.group(), outlet))
            yield from (Mention(m.start(), m.end(), (outlet,)) for m in found)
        for pattern, outlet in self._parts:
            found = (m for m in pattern.finditer(level) if self._stands_for_itself(level, m))
            yield from (Mention(m.start(), m.end(), (outlet,)) for m in found)

    def _stands_for_itself(self, level: str, m: re.Match[str]) -> bool:
        """Whether a short name is the outlet's and no word: "the Ledger", "(Ledger)", "Ledger reports"."""
        if m.group()[:4].lower() == "the " or (len(m.group()) > 2 and m.group().isupper()):
            return True
        before, after = level[: m.start()], level[m.end() :]
        if re.search(r"(?:[(\[]|according to )$", before) or (before.endswith("; ") and after[:1] in (")", "]", ";")):
            return True
        follows = self._next.match(after) or re.match(rf"'s\b|\s*: | {SAYS}\b", after)
        return bool(re.search(r"(?:, |\band |\bwhile |^)$", before) and follows)

    def strangers(self, level: str) -> Iterator[Mention]:
        """Yield where a levelled text credits outlets that the bundle lacks."""
        for m in _UNKNOWN.finditer(level):
            name = next(g for g in ("a", "b", "c") if m[g])
            if self._foreign(m[name]):
                yield Mention(m.start(name), m.end(name), (), (m[name],))

    def _foreign(self, name: str) -> bool:
        """Whether a capitalised name is an outlet's, but of none that the bundle has or its articles speak of."""
        words = outlet_key(name).split()
        if not words or outlet_key(name) in self._full or outlet_key(name) in self._short:
            return False
        press = words[-1] in PRESS_NAME and len(words) > 1 or words[0] in AGENCIES or " ".join(words) in AGENCIES
        return press and not any(outlet_key(name) in plain(s.folded) for s in self._bundle.sources.values())


def _short_names(outlets: tuple[str, ...]) -> dict[str, str]:
    """Return the last words of each name, its initials and its leading capitals, where only one outlet has them."""
    found: dict[str, set[str]] = {}
    for outlet in outlets:
        words = _bare(level_of(outlet)).split()
        initials = "".join(w[0] for w in words)
        short = [" ".join(words[n:]) for n in range(1, len(words))]
        short += [initials] if len(initials) > 2 and initials.isupper() else []
        short += [w for w in words[:1] if len(words) > 1 and len(w) > 1 and w.isupper()]
        for name in short:
            found.setdefault(name, set()).add(outlet)
    return {name: min(owners) for name, owners in found.items() if len(owners) == 1 and name[0].isupper()}


def _spelled(name: str) -> str:
    return r"\s+".join(map(re.escape, _bare(name).split()))


def _bare(name: str) -> str:
    return re.sub(r"^the\s+(?=\S)", "", one_line(name), flags=re.IGNORECASE)


def level_of(text: str) -> str:
    """Return `text` with straight apostrophes and without accents, character for character."""
    bare = (unicodedata.normalize("NFD", c)[0] for c in text)
    return "".join("'" if c in "’‘" else "?" if c == HERE else c for c in bare)


def _parts(label: str) -> list[str]:
    return [p for p in re.split(r"\s*(?:,|&|/|,? and )\s*", label) if p.strip()]


def _capitals(written: str, outlet: str) -> bool:
    """Whether a name is written with the capitals of the outlet's own spelling."""
    pairs = zip(_bare(written).split(), _bare(outlet).split(), strict=False)
    return all(mine[0].isupper() or not theirs[0].isupper() for mine, theirs in pairs)
