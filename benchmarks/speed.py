"""How fast the checks are, and how their time grows with the bundle: seconds of one core, no model, no network.

    make bench
    .venv/bin/python benchmarks/speed.py --profile "evidence search"

Two sorts of bundle are made of the fixtures' articles, up to 200 of them, names and figures varied from article to
article: "one story" mixes sentences of all fixtures, so that no article copies another; "copies" prints whole
articles again and again, so that almost all are near-copies. Before each measurement everything remembered is
forgotten. The exponent is the slope of log seconds over log articles: 1 is linear. Exits 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import pstats
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from random import Random
from statistics import linear_regression, median
from typing import Any

from mutations import replayed

from briefer import load_bundle
from briefer.alone import Alone
from briefer.briefing import Briefing
from briefer.bundle import Bundle, Sentence
from briefer.copies import near_copies
from briefer.coverage import Coverage
from briefer.loading import build
from briefer.memo import forget
from briefer.recheck import check_briefing, read_briefing
from briefer.statements import StatementLine, check_statement, read_statement
from briefer.trimming import Ranking

ROOT = Path(__file__).parent.parent
STORIES = ("river-spill", "court-ruling")  # five articles each, and the longest tapes of the invented stories
SIZES = (10, 25, 50, 100, 200)
REPROVED = 0.3  # seconds, a briefing of ten articles
GROWTH = 1.25

Work = Callable[[], object]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=3, help="runs of each measurement, of which the median counts (3)")
    options.add_argument("--profile", metavar="JOB", help="print where a job spends its time on 200 articles")
    options.add_argument("--reprove", nargs=2, type=Path, help=argparse.SUPPRESS)  # one fresh process of `_reproved`
    given = options.parse_args()
    if given.reprove:
        gc.set_threshold(100_000)  # as the command does
        print(_reprove(*given.reprove))
        return 0
    if given.profile:
        _profile(given.profile)
        return 0
    count, seconds = _statements()
    print(f"{count} labelled statements with cites: {count / seconds:.0f} a second\n")
    missed = _reproved(given.runs)
    for sort in (one_story, copies):
        missed += _growth(sort, given.runs)
    return 1 if missed else 0


def _statements() -> tuple[int, float]:
    """Check the labelled statements of the fixtures, each once."""
    count, took = 0, 0.0
    for file in sorted(ROOT.glob("fixtures/*/statements.jsonl")):
        bundle = load_bundle(file.with_name("bundle.json"))
        bundle.sentences  # noqa: B018, numbered before the clock runs
        lines = [read_statement(line, file.name) for line in file.read_text("utf-8").split("\n") if line.strip()]
        took += _timed(lambda: [check_statement(line, bundle) for line in lines])  # noqa: B023, called at once
        count += len(lines)
    return count, took


def _reproved(runs: int) -> int:
    """Print how long the briefing of ten articles takes, in a fresh process each time; return 1 if too long."""
    with tempfile.TemporaryDirectory() as folder:
        bundle, briefing = Path(folder) / "bundle.json", Path(folder) / "briefing.json"
        one, two = (ROOT / "fixtures" / story for story in STORIES)
        bundle.write_text(json.dumps(_both(*(_json(f / "bundle.json") for f in (one, two)))), "utf-8")
        briefing.write_text(_joined(_told(one), _told(two), load_bundle(bundle)), "utf-8")
        command = [sys.executable, __file__, "--reprove", str(bundle), str(briefing)]
        told = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(runs)]
    seconds = median(float(line.split()[0]) for line in told)
    _, count, proved = told[0].split()
    print(f"a briefing of ten articles, read and proved again: {count} sentences, {proved} proved")
    print(f"{'seconds after start-up':<40}{seconds:6.3f}   at most {REPROVED}    {_verdict(seconds <= REPROVED)}")
    return int(seconds > REPROVED)


def _reprove(bundle: Path, briefing: Path) -> str:
    began = time.process_time()
    checked = check_briefing(read_briefing(briefing.read_text("utf-8"), briefing.name), load_bundle(bundle))
    took = time.process_time() - began
    return f"{took:.4f} {len(checked)} {sum(c.proved for c in checked)}"


def _told(story: Path) -> Briefing:
    return replayed(story / "tape.jsonl", load_bundle(story / "bundle.json"))


def _both(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    return {"language": "en"} | {part: one[part] + two[part] for part in ("articles", "references")}


def _joined(one: Briefing, two: Briefing, bundle: Bundle) -> str:
    """Return, as JSON, two briefings as one of the bundle that holds both their articles, one after the other."""
    first, second = one.model_dump(by_alias=True), two.model_dump(by_alias=True)
    shift = {"A": len(first["articles"]), "R": len(first["references"])}

    def moved(value: Any) -> Any:
        """Count the ids of articles, references and sentences on."""
        if isinstance(value, dict):
            return {
                k: _later(v, shift) if k in ("id", "article", "copy_of") and v else moved(v) for k, v in value.items()
            }
        return [moved(v) for v in value] if isinstance(value, list | tuple) else value

    second = moved(second)
    for part in ("articles", "references", "disagreements", "open_questions", "timeline"):
        first[part] = [*first[part], *second[part]]
    first["timeline"].sort(key=lambda event: event["date"])
    for key, blocks in second["sections"].items():
        first["sections"][key] = [*first["sections"][key], *blocks]
    first["story"], first["provenance"]["bundle_sha256"] = bundle.story, bundle.sha256
    return Briefing.model_validate(first).model_dump_json(by_alias=True)


def _later(sid: str, shift: dict[str, int]) -> str:
    return re.sub(r"^([AR])(\d+)(?=\.|$)", lambda m: f"{m[1]}{int(m[2]) + shift[m[1]]}", sid)


# Growth


def one_story(size: int) -> str:
    """Return a bundle of `size` articles of mixed sentences, as JSON: one vocabulary, no near-copies."""
    random = Random(size)
    told = [s for article in _articles() for s in re.split(r"(?<=[.!?”])\s+", article["text"]) if len(s) > 40]
    return _bundle([_varied(" ".join(random.sample(told, 28)), random) for _ in range(size)])


def copies(size: int) -> str:
    """Return a bundle of `size` articles, as JSON, in which the fixtures' articles come again and again."""
    random, whole = Random(size), [article["text"] for article in _articles()]
    return _bundle([_varied(whole[at % len(whole)], random) for at in range(size)])


def _articles() -> list[dict[str, Any]]:
    """The articles in English."""
    stories = [_json(file) for file in sorted(ROOT.glob("fixtures/*/bundle.json"))]
    return [a for story in stories for a in story["articles"] if a.get("language", "en") == "en"]


def _bundle(texts: list[str]) -> str:
    made = [
        {"outlet": f"Outlet {n}", "title": text[:60], "published": f"2026-03-{1 + n % 28:02}", "text": text}
        for n, text in enumerate(texts)
    ]
    return json.dumps({"topic": "made of the fixtures", "articles": made})


def _varied(text: str, random: Random) -> str:
    """Return `text` with other figures, and with other names for those that it gives within a sentence."""
    text = re.sub(r"\d{2,}", lambda m: str(random.randrange(10 ** (len(m[0]) - 1), 10 ** len(m[0]))), text)
    names: dict[str, str] = {}

    def renamed(m: re.Match[str]) -> str:
        return names.setdefault(m[0], m[0][:3] + "".join(random.choices("aeioulnrst", k=4)))

    return re.sub(r"(?<=[a-z,] )[A-Z][a-z]{4,}", renamed, text)


def _growth(sort: Callable[[int], str], runs: int) -> int:
    """Print seconds and exponents of each job; return how many bounds were missed."""
    took: dict[str, list[float]] = {}
    for size in SIZES:
        for job, seconds in _measured(sort(size), runs).items():
            took.setdefault(job, []).append(seconds)
    print(f"\n{(sort.__name__.replace('_', ' ') + ', seconds'):<26}", *(f"{size:>8}" for size in SIZES), " articles")
    missed = 0
    for job, row in took.items():
        slope = _slope(SIZES, row)
        missed += slope > GROWTH
        print(f"{job:<26}", *(f"{s:8.3f}" for s in row))
        each = (1000 * s / size for s, size in zip(row, SIZES, strict=True))
        print(f"{'  ms an article':<26}", *(f"{ms:8.2f}" for ms in each))
        last = f"(last doubling {_slope(SIZES[-2:], row[-2:]):.2f})"
        print(f"{'  exponent':<26} {slope:8.2f} {last}   at most {GROWTH}   {_verdict(slope <= GROWTH)}")
    return missed


def _slope(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    return linear_regression([log(size) for size in sizes], [log(s) for s in seconds]).slope


def _measured(text: str, runs: int) -> dict[str, float]:
    """Return the median seconds of each job on a bundle, whose JSON is given."""
    return {job: median(_timed(prepare(text)) for _ in range(runs)) for job, prepare in JOBS.items()}


def _loading(text: str) -> Work:
    return lambda: _load(text)


def _near_copies(text: str) -> Work:
    bundle = _load(text)
    return lambda: near_copies(bundle)


def _coverage(text: str) -> Work:
    """Who has each sentence too, for a briefing: its account of each outlet, and 40 sentences besides."""
    bundle = _load(text)
    sentences = [*_accounts(bundle), *Random(1).sample([*bundle.sentences.values()], 40)]

    def ask() -> list[tuple[str, ...]]:
        coverage = Coverage.of(bundle)
        return [coverage.also_in(s.text, [s.id]) for s in sentences]

    return ask


def _alone(text: str) -> Work:
    """Whether it is alone, for each sentence of the accounts."""
    bundle = _load(text)

    def ask() -> list[bool]:
        alone = Alone.of(bundle)
        return [alone.tells(s.text, [s.id]) for s in _accounts(bundle)]

    return ask


def _accounts(bundle: Bundle) -> list[Sentence]:
    return [s for source in bundle.numbered_articles for s in source.sentences[:2]]


def _search(text: str) -> Work:
    """Every eighth labelled statement of the fixtures, without its cites."""
    bundle = _load(text)
    files = sorted(ROOT.glob("fixtures/*/statements.jsonl"))
    lines = [json.loads(line) for f in files for line in f.read_text("utf-8").split("\n") if line.strip()][::8]
    bare = [StatementLine(id=line["id"], text=line["text"]) for line in lines]
    return lambda: [check_statement(line, bundle) for line in bare]


def _cut(text: str) -> Work:
    """All sentences ranked, and what a small model's window holds of them."""
    bundle = _load(text)

    def cut() -> int:
        ranking = Ranking.of(bundle)
        return len(ranking.within(min(32_000, ranking.whole / 2)).ids)

    return cut


# What is done with a bundle's JSON before the clock runs, and then what is timed.
JOBS: dict[str, Callable[[str], Work]] = {
    "loading, numbering": _loading,
    "near-copies": _near_copies,
    "coverage of a briefing": _coverage,
    "who has it alone": _alone,
    "evidence search": _search,
    "cut to a window": _cut,
}


def _load(text: str) -> Bundle:
    bundle = build(json.loads(text), "made")
    bundle.sentences  # noqa: B018, read to be numbered
    return bundle


def _timed(work: Work) -> float:
    """Return the seconds of the processor that `work` takes when nothing is remembered."""
    forget()
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def _profile(job: str) -> None:
    if job not in JOBS:
        raise SystemExit(f"no such job: {job}; there are {', '.join(JOBS)}")
    for sort in (one_story, copies):
        work, profile = JOBS[job](sort(SIZES[-1])), cProfile.Profile()
        forget()
        profile.runcall(work)
        print(f"{job}, {sort.__name__.replace('_', ' ')}, {SIZES[-1]} articles")
        pstats.Stats(profile).sort_stats("tottime").print_stats(15)


def _verdict(held: bool) -> str:
    return "ok" if held else "MISSED"


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main())
