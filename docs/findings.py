"""Write docs/findings.md out of codes.py and examples.py in src/briefer; `--check` exits 1 when it is out of date.

Each example is run through the checks. What they say of its wrong sentence goes into the page, and into
src/briefer/examples.txt for `briefer explain`, which shows it without running them.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from briefer import codes as table_of_codes
from briefer import examples as table_of_examples
from briefer import remarks as table_of_remarks
from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.calls import Completion, Request
from briefer.checks import Verdict, prove
from briefer.codes import CODES, Weight
from briefer.examples import EXAMPLES, OUTLETS, PUBLISHED, Example
from briefer.judge import judge
from briefer.prompts import load_prompts
from briefer.statements import StatementLine, check_statement

PAGE = Path(__file__).with_suffix(".md")
TOLD = Path(table_of_examples.__file__).with_suffix(".txt")
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

<!-- Written by docs/findings.py out of codes.py and examples.py in src/briefer. Change it there, then run:
python docs/findings.py -->

A finding is a code and one sentence for whoever must act. The model gets that sentence when it is asked again, the
editor in the briefing, the operator on stderr. A code never changes its meaning and is never used twice.
`briefer explain F301` prints one entry of this page, `briefer explain -` the list.

What a finding does:

- **keeps it from print**: the sentence goes back to the model once, with the finding; if it still fails it is listed
  under *Withheld* with its reason.
- **asked again once, then printed with the remark**: the model may better it, but the sentence is proved.
- **a judge may settle it**: if a model asked with `--judge` finds the sentence supported and nothing else keeps it from
  print, the finding becomes a remark and the sentence is printed with it.
- **a remark**: on an article, an account, a section or a prompt; nothing is kept from print.
- **stops the command before any call**: exit code 3, nothing paid.
- **reserved**: the code is fixed, but no part of briefer finds it yet.

Outlets and stories of the examples are invented. Those with evidence are run through the checks whenever this page is
written. In them A1 is an article of the Tarn Gazette and A2 one of Northern Wire, both of Tuesday, 10 March 2026. The
ids behind a sentence are those that it cites. An outlet's name in front of it means that it is credited to that outlet,
a date that it is an entry of the timeline. Where an outlet is credited and nothing cited, evidence is looked for, as
`briefer check` does.
"""

_SAID = re.compile(
    r"(?:(?P<date>\d{4}-\d\d-\d\d): |(?P<outlet>[A-Z]\w+ [A-Z]\w+): )?(?P<text>.*?)(?: \[(?P<cites>[A-Z\d., ]+)\])?"
)


class _Naysayer:
    """A judge that finds nothing supported."""

    name = "minicheck"

    async def reply(self, request: Request) -> Completion:
        """Answer the question with no."""
        return Completion("No")


def bundle_of(example: Example) -> Bundle:
    """Return the bundle that an example's evidence stands in."""
    texts: dict[str, list[str]] = {}
    for cite, text in example.sentences:
        texts.setdefault(cite.partition(".")[0], []).append(text)
    articles = [{"outlet": OUTLETS[a], "text": " ".join(ts), "published": PUBLISHED} for a, ts in texts.items()]
    return Bundle.model_validate({"articles": articles})


def verdict(sentence: str, bundle: Bundle) -> Verdict:
    """Return what the checks say of a sentence of an example."""
    said = _SAID.fullmatch(sentence)
    assert said, sentence
    cites = said["cites"].split(", ") if said["cites"] else []
    if said["outlet"] and not (cites and said["outlet"] in bundle.outlets):
        line = StatementLine(id="1", text=said["text"], outlet=said["outlet"], cites=list(cites))
        return check_statement(line, bundle).verdict
    claim = Claim("whats_happened", said["text"], tuple(cites), outlet=said["outlet"])
    if said["date"]:
        claim = replace(claim, section="how_we_got_here", part="timeline", date=said["date"])
    return prove([claim], bundle)[0]


def found(code: str) -> Verdict:
    """Return what is said of the wrong sentence of a code's example; S602 is a judge's word."""
    bundle = bundle_of(EXAMPLES[code])
    checked = verdict(EXAMPLES[code].wrong, bundle)
    if code == "S602":
        return asyncio.run(judge([checked], bundle, load_prompts(), _Naysayer())).verdicts[0]
    return checked


@cache
def _told() -> Mapping[str, str]:
    """Return code -> the message that its example gets."""
    sentences = (code for code, example in EXAMPLES.items() if example.evidence)
    return {code: "; ".join(f.message for f in found(code).findings if f.code == code) for code in sentences}


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, *_table(), *_entries()])


def effect(code: str) -> str:
    """Return what a finding does to its sentence, or that nothing finds it."""
    if not any(code in source for source in _sources()):
        return RESERVED
    effect = STOPS if code == "P001" else EFFECTS[CODES[code].weight]
    return f"{effect}; a judge may settle it" if CODES[code].weak else effect


@cache
def _sources() -> tuple[str, ...]:
    """Return the program's other files: what none of them names, nothing finds."""
    tables = tuple(Path(str(m.__file__)) for m in (table_of_codes, table_of_remarks, table_of_examples))
    return tuple(p.read_text(encoding="utf-8") for p in sorted(tables[0].parent.rglob("*.py")) if p not in tables)


def _table() -> Iterator[str]:
    yield "| code | what | effect |"
    yield "|---|---|---|"
    for code, entry in CODES.items():
        yield f"| [{code}](#{code.lower()}) | {entry.title} | {effect(code)} |"
    yield ""


def _entries() -> Iterator[str]:
    for family, codes in groupby(CODES, key=lambda code: code[0]):
        yield f"## {family}: {FAMILIES[family]}\n"
        for code in codes:
            entry = CODES[code]
            yield f"### {code}\n"
            yield f"**{entry.title[0].upper()}{entry.title[1:]}** ({effect(code)}).\n"
            yield f"{entry.why}\n"
            yield f"To mend it: {entry.mend[0].lower()}{entry.mend[1:]}\n"
            if code in EXAMPLES:
                yield from (f"- {line}" for line in _example(code))
                yield ""


def _example(code: str) -> Iterator[str]:
    """Yield the lines of a code's example."""
    example = EXAMPLES[code]
    wrong, right = example.labels(CODES[code])
    if not example.evidence:
        yield f"**{wrong}:** {_literal(example.wrong)}"
        yield f"**{right}:** {_literal(example.right)}"
        return
    yield f"**Evidence:** {' '.join(f'*{cite}* {text}' for cite, text in example.sentences)}"
    yield f"**{wrong}:** {example.wrong}<br>{code}: {_told()[code]}"
    yield f"**{right}:** {example.right}"


def _literal(text: str) -> str:
    return f"`{text}`" if '": ' in text or "{{" in text else text


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it; return the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/findings.py [--check]", file=sys.stderr)
        return 2
    told = "".join(f"{code}\t{message}\n" for code, message in _told().items())
    wanted = {PAGE: page().rstrip("\n") + "\n", TOLD: told}
    if not arguments:
        for path, text in wanted.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    old = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in old:
        print(f"{path.name} is out of date; run: python docs/findings.py", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
