"""Write docs/findings.md out of the codes in src/briefer/codes.py; `--check` exits 1 when it is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from briefer import codes as table_of_codes
from briefer.codes import CODES, Weight

PAGE = Path(__file__).with_suffix(".md")
FAMILIES = {
    "C": "Citations",
    "Q": "Quotations",
    "F": "Figures and dates",
    "N": "Names",
    "W": "Wording",
    "S": "Support",
    "A": "Attribution",
    "T": "Time",
    "B": "The bundle",
    "P": "Prompts",
    "R": "The run",
}
EFFECTS = {
    Weight.WITHHOLD: "keeps it from print",
    Weight.MEND: "asked again once, then printed with the remark",
    Weight.NOTE: "a remark",
}
# These stop the command (exit 3): there is no sentence yet that could be kept from print.
STOPS = "stops the command before any call"
RESERVED = "reserved: nothing finds it yet"

INTRODUCTION = """\
# Findings

<!-- Written by docs/findings.py out of src/briefer/codes.py. Change it there, then run: python docs/findings.py -->

A finding is a code and one sentence for whoever must act. The model gets that sentence when it is asked again, the
editor in the briefing, the operator on stderr. A code never changes its meaning and is never used twice.
`briefer explain F301` prints one entry of this page, `briefer explain -` the list.

What a finding does:

- **keeps it from print**: the sentence goes back to the model once, with the finding; if it still fails it is listed
  under *Withheld* with its reason.
- **asked again once, then printed with the remark**: the model may better it, but the sentence is proved.
- **a judge may settle it**: if a model asked with `--judge` finds the sentence supported and nothing else keeps it from
  print, the finding becomes a remark and the sentence is printed with it.
- **a remark**: on an article, an account or a section; nothing is kept from print.
- **stops the command before any call**: exit code 3, nothing paid.
- **reserved**: the code is fixed, but no part of briefer finds it yet.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, *_table(), *_entries()])


def _effect(code: str) -> str:
    if not any(code in source for source in _sources()):
        return RESERVED
    effect = STOPS if code.startswith("P") else EFFECTS[CODES[code].weight]
    return f"{effect}; a judge may settle it" if CODES[code].weak else effect


@cache
def _sources() -> tuple[str, ...]:
    """Return the program's other files: what none of them names, nothing finds."""
    table = Path(table_of_codes.__file__)
    return tuple(p.read_text(encoding="utf-8") for p in sorted(table.parent.rglob("*.py")) if p != table)


def _table() -> Iterator[str]:
    yield "| code | what | effect |"
    yield "|---|---|---|"
    for code, entry in CODES.items():
        yield f"| [{code}](#{code.lower()}) | {entry.title} | {_effect(code)} |"
    yield ""


def _entries() -> Iterator[str]:
    for family, codes in groupby(CODES, key=lambda code: code[0]):
        yield f"## {family}: {FAMILIES[family]}\n"
        for code in codes:
            entry = CODES[code]
            yield f"### {code}\n"
            yield f"**{entry.title[0].upper()}{entry.title[1:]}** ({_effect(code)}).\n"
            yield f"{entry.why}\n"
            yield f"To mend it: {entry.mend[0].lower()}{entry.mend[1:]}\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it; return the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/findings.py [--check]", file=sys.stderr)
        return 2
    wanted = page().rstrip("\n") + "\n"
    if not arguments:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != wanted:
        print(f"{PAGE.name} is out of date; run: python docs/findings.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
