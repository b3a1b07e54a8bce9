"""How right the checks are: labelled statements, true and false, by kind of error, and how fast they are read.

    make bench-checks
    make bench-checks STATEMENTS="one.statements.jsonl two.statements.jsonl"
    python benchmarks/checks.py --judge MODEL --base-url URL --record judged.jsonl
    python benchmarks/checks.py --replay judged.jsonl

A statements file lies beside its bundle: `s1.statements.jsonl` beside `s1.bundle.json`, or `statements.jsonl`
beside `bundle.json`. A line has `label` ("ok" or "bad") and, when bad, `error`, the kind of its one error.
Withheld is right for a bad statement and a false alarm for a true one. Prints, sets no bound. With a judge the counts
are those after its verdicts, and the time is still that of the checks alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefer.api import judged, judging, open_desk
from briefer.bundle import Bundle
from briefer.journal import encode
from briefer.loading import load_bundle
from briefer.settings import Settings, from_here
from briefer.statements import Checked, check_statement, read_statement

ROOT = Path(__file__).parent.parent
# Stories in a folder of this name were never looked at while the checks were made; they are summed apart.
HELD_OUT = "held-out"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path, help="statements files (all in fixtures/)")
    options.add_argument("--misses", action="store_true", help="print every statement that was judged wrongly")
    options.add_argument("--judge", metavar="MODEL", help="a model that judges each statement")
    options.add_argument("--base-url", metavar="URL", help="its address")
    tape = options.add_mutually_exclusive_group()
    tape.add_argument("--record", metavar="TAPE", type=Path, help="write the judge's replies to a tape")
    tape.add_argument("--replay", metavar="TAPE", type=Path, help="take the judge's replies from a tape")
    given = options.parse_args()
    files = given.files or sorted(ROOT.glob("fixtures/**/statements.jsonl"))
    if not files:
        raise SystemExit("no statements files in fixtures/: name some")
    total: dict[str, Counter[tuple[str, bool]]] = {}
    settings, _ = from_here({"judge": given.judge, "base_url": given.base_url})
    judge = Judge(settings if given.judge else replace(settings, judge=None), given.replay)
    count, seconds = 0, 0.0
    for file in files:
        counted, took = measure(file, judge, given.misses)
        show(str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name), counted)
        part = HELD_OUT if HELD_OUT in file.parts else "all"
        total.setdefault(part, Counter()).update(counted)
        count, seconds = count + sum(counted.values()), seconds + took
    if given.record:
        given.record.write_bytes(b"".join(judge.records))
    for part, counts in total.items() if len(files) > 1 else ():
        show(f"{part}, held-out apart" if len(total) > 1 and part != HELD_OUT else part, counts)
    if judge.asked:
        print(f"\njudge: {judge.lowered} lowered, {judge.settled} settled, {judge.unjudged} without a usable answer")
    print(f"\n{count} statements in {seconds:.2f} s on one core: {count / seconds:.0f} a second")


@dataclass
class Judge:
    """The judge, if one is asked: its settings or its tape, what it did, and its replies as a tape holds them."""

    settings: Settings
    replay: Path | None
    lowered: int = 0
    settled: int = 0
    unjudged: int = 0
    records: list[bytes] = field(default_factory=list)

    @property
    def asked(self) -> bool:
        """Whether there is one."""
        return bool(self.settings.judge or self.replay)

    async def rule(self, checked: list[Checked], bundle: Bundle) -> list[Checked]:
        """Return what was checked with the judge's verdicts."""
        async with open_desk(bundle, judging((), self.settings), self.replay) as opened:
            ruled, _ = await judged(checked, opened.desk)
            if opened.run:
                attempts = (r for key in dict.fromkeys(opened.asked) for r in opened.run.journal.attempts(key))
                self.records += map(encode, attempts)
        self.lowered += sum(a.proved and not b.proved for a, b in zip(checked, ruled, strict=True))
        self.settled += sum(b.proved and not a.proved for a, b in zip(checked, ruled, strict=True))
        self.unjudged += sum(b.verdict.unjudged for b in ruled)
        return ruled


def measure(file: Path, judge: Judge, misses: bool) -> tuple[Counter[tuple[str, bool]], float]:
    """Return `(kind, withheld)` counts of one file, "ok" for the true ones, and the seconds that checking took."""
    bundle = load_bundle(file.with_name(file.name.replace("statements.jsonl", "bundle.json")))
    bundle.sentences  # noqa: B018, numbered before the clock runs
    lines = [line for line in file.read_text("utf-8").split("\n") if line.strip()]
    began = time.perf_counter()
    checked = [check_statement(read_statement(line, str(file)), bundle) for line in lines]
    took = time.perf_counter() - began
    if judge.asked:
        checked = asyncio.run(judge.rule(checked, bundle))
    counted: Counter[tuple[str, bool]] = Counter()
    for facts, found in zip(map(json.loads, lines), checked, strict=True):
        counted[facts["error"] or "ok", not found.proved] += 1
        if misses and found.proved == (facts["label"] == "bad"):
            reasons = "; ".join(f"{f.code} {f.message}" for f in found.verdict.findings)
            print(f"{facts['id']} {facts['error'] or 'ok'}: {facts['text']}\n    {reasons}")
    return counted, took


def show(name: str, counted: Counter[tuple[str, bool]]) -> None:
    """Print the false alarms and the recall of each kind."""
    print(f"\n{name}")
    for kind in sorted({kind for kind, _ in counted}, key=lambda k: (k != "ok", k)):
        withheld, all_ = counted[kind, True], counted[kind, True] + counted[kind, False]
        what = "false alarms" if kind == "ok" else "caught"
        print(f"  {kind:18} {what:12} {withheld:4} of {all_:<4} {100 * withheld / all_:5.1f} %")


if __name__ == "__main__":
    main()
