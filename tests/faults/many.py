"""Faults of a batch: bundles that cannot be used, that are done already, and ten thousand of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any

from briefer.journal import Journal, Status
from tests.batch.test_batch import listed, rows, story, total
from tests.cli.command import Outcome, write
from tests.faults.body import cut
from tests.faults.http import slow_down
from tests.faults.row import Fault, Shown, error
from tests.faults.stage import Stage
from tests.server import CLOSE, reply

SECTIONS = ("whats_happened", "topics")
WRITTEN = "written to out"
CUT = '{"id": "story-3", "articles": [{"outlet": "Tarn'
BROKEN = "is not valid JSON: line 1, column 43: ends in the middle; is the file cut off?"


def of(lines: list[str], *, changed: list[str] | None = None) -> Callable[[Stage], Outcome]:
    """Run with these bundles, a line each; where they change, run to the end before that."""

    def play(stage: Stage) -> Outcome:
        write(stage.cwd / "stories.jsonl", "\n".join(lines))
        if changed is not None:
            first = stage.run()
            assert first.code == 0, first.lines
            stage.model.asked.clear()
            write(stage.cwd / "stories.jsonl", "\n".join(changed))
        return stage.run()

    return play


def line(number: int, **more: Any) -> str:
    return json.dumps(story(number, **more))


def mended(*lines: str) -> Callable[[Stage], None]:
    """Put right what was wrong with the bundles."""

    def mend(stage: Stage) -> None:
        write(stage.cwd / "stories.jsonl", "\n".join(lines))

    return mend


def the_others_are_done(stage: Stage, _: Outcome) -> None:
    assert Counter(row["status"] for row in listed(stage.cwd)) == {"complete": 11, "rejected": 1}
    assert len(stage.model.asked) == 11 * len(SECTIONS)


def no_bundle(stage: Stage) -> Outcome:
    (stage.cwd / "stories").mkdir()
    return stage.run()


def only_the_changed_one_is_written(stage: Stage, _: Outcome) -> None:
    files = {path.stem: path for path in (stage.cwd / "out" / "briefings").iterdir()}
    assert sorted(files) == ["story-1", "story-2", "story-3"]
    newest = max(files.values(), key=lambda path: path.stat().st_mtime_ns)
    assert newest.stem == "story-2"
    assert json.loads(newest.read_text())["story"] == "The Tarn bridge"


# One call in twenty goes wrong, each in another way; the next attempt is answered well.

COUNT = 40
FAULTY = (slow_down(Retry_After_Ms="10"), [CLOSE], cut, reply(200, ""))


def with_faults(stage: Stage) -> Outcome:
    """Run forty bundles, one call in twenty answered badly."""
    plain, bad, seen = stage.model._answer, iter(FAULTY), count(1)

    def answer(request: Any) -> Any:
        if next(seen) % 20:
            return plain(request)
        fault = next(bad)
        return fault("") if callable(fault) else fault

    stage.server.handle(answer)
    return of([line(number) for number in range(COUNT)])(stage)


def each_is_accounted_for(stage: Stage, _: Outcome) -> None:
    assert Counter(row["status"] for row in rows(stage.cwd).values()) == {"complete": COUNT}
    [faults] = stage.fault.calls.values()
    recorded = Counter(record.status for path in stage.journals for record in Journal.read(path).records)
    assert recorded == Counter({Status.OK: COUNT * len(SECTIONS)}) + Counter(
        map(Status, faults.replace("ok", "").split())
    )
    assert total(stage.cwd)["attempts"] == len(stage.server.requests) == recorded.total()


TWO = [line(1), line(2, id="Story-1")]
MANY = [line(number) if number != 3 else CUT for number in range(12)]
ROWS = (
    Fault(
        name="batch-one-is-broken",
        what="One bundle of many cannot be read; it is named before the first call, and the others are done.",
        bundles="stories.jsonl",
        play=of(MANY),
        code=9,
        reads=(
            "12 bundles: 11 to do, 1 left out",
            f"rejected: stories.jsonl, line 4: {BROKEN}",
            WRITTEN,
        ),
        proof=the_others_are_done,
        mend=mended(*(line(number) for number in range(12))),
        again=0,
        asked_again=SECTIONS,
    ),
    Fault(
        name="batch-of-none",
        what="The pattern that names the bundles matches no file.",
        bundles="stories/*.json",
        play=no_bundle,
        code=2,
        reads=error("stories/*.json matches no file", "", "check the pattern"),
        asked=(),
    ),
    Fault(
        name="batch-two-of-one-name",
        what="Two bundles have one name, so one briefing would overwrite the other; neither is begun.",
        bundles="stories.jsonl",
        play=of(TWO),
        code=3,
        reads=(
            "2 bundles: 0 to do, 2 left out",
            "rejected: stories.jsonl, line 1: its name “story-1” is also that of stories.jsonl, line 2",
            "rejected: stories.jsonl, line 2: its name “Story-1” is also that of stories.jsonl, line 1",
            WRITTEN,
        ),
        asked=(),
        mend=mended(line(1), line(2)),
        again=0,
        asked_again=SECTIONS * 2,
    ),
    Fault(
        name="batch-done-already",
        what="Every briefing is there already.",
        bundles="stories.jsonl",
        play=of([line(1), line(2)], changed=[line(1), line(2)]),
        code=0,
        reads=("2 bundles: 0 to do, 2 done before", WRITTEN),
        asked=(),
    ),
    Fault(
        name="batch-done-with-another-bundle",
        what="Every briefing is there already, and one bundle has changed since; that one is done again.",
        bundles="stories.jsonl",
        play=of(
            [line(1), line(2), line(3)],
            changed=[line(1), line(2, topic="The Tarn bridge"), line(3)],
        ),
        code=0,
        reads=("3 bundles: 1 to do, 2 done before", WRITTEN),
        asked=SECTIONS,
        proof=only_the_changed_one_is_written,
    ),
    Fault(
        name="batch-with-faults",
        what="Forty bundles, and one call in twenty goes wrong.",
        bundles="stories.jsonl",
        play=with_faults,
        calls={"those with a fault": "http ok unknown ok malformed ok malformed ok"},
        code=0,
        reads=("40 bundles: 40 to do", WRITTEN),
        proof=each_is_accounted_for,
        again=0,
        asked_again=(),
    ),
    Shown(
        name="batch-of-ten-thousand",
        what="Ten thousand bundles with as many faults, two in a hundred of them unusable; killed five times or never.",
        code="9",
        reads=(),
        paid="each call once",
        maybe="those broken off",
        again=9,
        by="Makefile::test-batch",
    ),
)
