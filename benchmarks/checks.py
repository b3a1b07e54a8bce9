"""How right the checks are: labelled statements, true and false, by kind of error, and how fast they are read.

    make bench-checks
    make bench-checks STATEMENTS="one.statements.jsonl two.statements.jsonl"

A statements file lies beside its bundle: `s1.statements.jsonl` beside `s1.bundle.json`, or `statements.jsonl`
beside `bundle.json`. A line has `label` ("ok" or "bad") and, when bad, `error`, the kind of its one error.
Withheld is right for a bad statement and a false alarm for a true one. Prints, sets no bound.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from briefer.loading import load_bundle
from briefer.statements import check_statement, read_statement

ROOT = Path(__file__).parent.parent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path, help="statements files (those in fixtures/)")
    options.add_argument("--misses", action="store_true", help="print every statement that was judged wrongly")
    given = options.parse_args()
    files = given.files or sorted(ROOT.glob("fixtures/*/statements.jsonl"))
    if not files:
        raise SystemExit("no statements files in fixtures/: name some")
    total: Counter[tuple[str, bool]] = Counter()
    count, seconds = 0, 0.0
    for file in files:
        judged, took = measure(file, given.misses)
        show(str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name), judged)
        total += judged
        count, seconds = count + sum(judged.values()), seconds + took
    if len(files) > 1:
        show("all", total)
    print(f"\n{count} statements in {seconds:.2f} s on one core: {count / seconds:.0f} a second")


def measure(file: Path, misses: bool) -> tuple[Counter[tuple[str, bool]], float]:
    """Return `(kind, withheld)` counts of one file, "ok" for the true ones, and the seconds that checking took."""
    bundle = load_bundle(file.with_name(file.name.replace("statements.jsonl", "bundle.json")))
    bundle.sentences  # noqa: B018, numbered before the clock runs
    lines = [line for line in file.read_text("utf-8").split("\n") if line.strip()]
    judged: Counter[tuple[str, bool]] = Counter()
    began = time.perf_counter()
    for line in lines:
        checked = check_statement(read_statement(line, str(file)), bundle)
        facts = json.loads(line)
        judged[facts["error"] or "ok", not checked.proved] += 1
        if misses and checked.proved == (facts["label"] == "bad"):
            reasons = "; ".join(f"{f.code} {f.message}" for f in checked.verdict.findings)
            print(f"{facts['id']} {facts['error'] or 'ok'}: {facts['text']}\n    {reasons}")
    return judged, time.perf_counter() - began


def show(name: str, judged: Counter[tuple[str, bool]]) -> None:
    """Print the false alarms and the recall of each kind."""
    print(f"\n{name}")
    for kind in sorted({kind for kind, _ in judged}, key=lambda k: (k != "ok", k)):
        withheld, all_ = judged[kind, True], judged[kind, True] + judged[kind, False]
        what = "false alarms" if kind == "ok" else "caught"
        print(f"  {kind:18} {what:12} {withheld:4} of {all_:<4} {100 * withheld / all_:5.1f} %")


if __name__ == "__main__":
    main()
