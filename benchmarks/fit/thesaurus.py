"""Write src/briefer/checks/thesaurus.txt out of WordNet 3.0's database files.

    python benchmarks/fit/thesaurus.py /usr/share/wordnet      (Debian: wordnet-base)

One line a stem (Snowball, English), sorted: the stem, its kin (same synset, derived or similar forms), broader words,
opposites, and "name" where a name has the same stem (Paris and "paries"); the parts are separated by tabs, the stems in
them by spaces. Only the first senses of a word count: a
rare sense makes kin of words that no newspaper takes for each other.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from briefer.stems import stem

TARGET = Path(__file__).parents[2] / "src" / "briefer" / "checks" / "thesaurus.txt"
FILES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
# How many senses of a word are looked at, and how many for broader words.
SENSES, BROAD = 4, 2
# How often a word must stand in WordNet's tagged texts to be no mere namesake.
COMMON = 5
# WordNet's pointers: derived form, pertains to, participle of; similar, verb group, attribute; hypernym, instance,
# entails, causes; antonym.
MUTUAL = ("+", "\\", "<")
PARTS = {
    **dict.fromkeys((*MUTUAL, "&", "$", "="), "kin"),
    **dict.fromkeys(("@", "@i", "*", ">"), "broader"),
    "!": "opposite",
}
WORD, NAME = re.compile(r"[a-z]{3,}"), re.compile(r"[A-Z][a-z]+")

Synset = tuple[str, str]
Pointer = tuple[str, Synset, int, int]


@dataclass
class Entry:
    """What one stem is to others."""

    kin: set[str] = field(default_factory=set)
    broader: set[str] = field(default_factory=set)
    opposite: set[str] = field(default_factory=set)


def main() -> None:
    """Read the database, write the file, say how many lines it has."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "data.noun").is_file():
        raise SystemExit("usage: thesaurus.py FOLDER, the folder that holds WordNet's data.noun")
    synsets = _synsets(Path(sys.argv[1]))
    entries = relations(synsets, _ranks(Path(sys.argv[1])))
    names = {stem(w) for words, _ in synsets.values() for w in words if NAME.fullmatch(w)} - _common(Path(sys.argv[1]))
    lines = []
    for key, entry in sorted(entries.items(), key=lambda item: item[0].encode()):
        parts = (entry.kin, entry.broader - entry.kin, entry.opposite, {"name"} if key in names else ())
        lines.append("\t".join([key, *(" ".join(sorted(p)) for p in parts)]).rstrip("\t"))
    TARGET.write_text("\n".join(lines) + "\n", "ascii")
    print(f"{len(lines)} stems in {TARGET}")


def relations(
    synsets: dict[Synset, tuple[list[str], list[Pointer]]], rank: dict[tuple[str, Synset], int]
) -> dict[str, Entry]:
    """Return stem -> entry for every single word in lower case."""
    entries: dict[str, Entry] = defaultdict(Entry)

    def join(sources: list[str], targets: list[str], part: str) -> None:
        for a in map(stem, sources):
            getattr(entries[a], part).update(b for b in map(stem, targets) if b != a)

    for synset, (words, pointers) in synsets.items():
        for word in filter(WORD.fullmatch, words):
            entries[stem(word)]
        own = _known(words, rank, synset, SENSES)
        join(own, own, "kin")
        for symbol, other, source, target in (p for p in pointers if p[0] in PARTS):
            part = PARTS[symbol]
            most = BROAD if part == "broader" else SENSES
            mine = _known([words[source - 1]] if source else words, rank, synset, most)
            # A pointer between two words holds for the target in whatever sense.
            theirs = [synsets[other][0][target - 1]] if target else synsets[other][0]
            theirs = _known(theirs, rank, other, 99 if target else most)
            join(mine, theirs, part)
            if symbol in MUTUAL:
                join(theirs, mine, part)
    return entries


def _common(folder: Path) -> set[str]:
    """Return the stems of words that WordNet's tagged texts use: "word" is one, though the Word is a name."""
    counts: Counter[str] = Counter()
    for line in (folder / "cntlist.rev").read_text("latin-1").split("\n"):
        if line:
            key, _, count = line.split()
            counts[key.partition("%")[0]] += int(count)
    return {stem(word) for word, count in counts.items() if count >= COMMON and WORD.fullmatch(word)}


def _known(words: list[str], rank: dict[tuple[str, Synset], int], synset: Synset, most: int) -> list[str]:
    """Return the words of a synset of which it is one of the first `most` senses."""
    return [w for w in words if WORD.fullmatch(w) and rank.get((w, synset), 99) <= most]


def _synsets(folder: Path) -> dict[Synset, tuple[list[str], list[Pointer]]]:
    found: dict[Synset, tuple[list[str], list[Pointer]]] = {}
    for name, part in FILES.items():
        for line in (folder / f"data.{name}").read_text("latin-1").split("\n"):
            if not line or line.startswith(" "):
                continue
            fields = line.split(" | ")[0].split()
            # In these files, unlike in the index, a name has a capital: it is no word for anything else.
            words = [re.sub(r"\(.*\)", "", fields[4 + 2 * n]) for n in range(int(fields[3], 16))]
            at = 4 + 2 * len(words)
            pointers = []
            for n in range(int(fields[at])):
                symbol, offset, pos, ends = fields[at + 1 + 4 * n : at + 5 + 4 * n]
                other = ("a" if pos == "s" else pos, offset)
                pointers.append((symbol, other, int(ends[:2], 16), int(ends[2:], 16)))
            found[part, fields[0]] = (words, pointers)
    return found


def _ranks(folder: Path) -> dict[tuple[str, Synset], int]:
    """Return (lemma, synset) -> the place of that sense, the commonest first."""
    found: dict[tuple[str, Synset], int] = {}
    for name, part in FILES.items():
        for line in (folder / f"index.{name}").read_text("latin-1").split("\n"):
            if line and not line.startswith(" "):
                fields = line.split()
                for place, offset in enumerate(fields[-int(fields[2]) :], 1):
                    found[fields[0], (part, offset)] = place
    return found


if __name__ == "__main__":
    main()
