"""`briefer batch` over a real server: what is done, what is left, what is paid, how it goes on."""

from __future__ import annotations

import json
import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefer.journal import Journal
from tests.cli.command import Outcome, run, start, write
from tests.cli.desk import CALLS, REPLIES, Model
from tests.fake import block, bridge_bundle
from tests.server import CLOSE, Loopback, completion, reply

OUT = "out"
_CUT = "2: ends in the middle; is the file cut off?"


def story(number: int, **more: Any) -> dict[str, Any]:
    """The bundle of tests/fake.py, and no two alike."""
    fields = bridge_bundle().model_dump(exclude_none=True)
    last = fields["articles"][2]
    last["text"] += f" Notice {number} was put up at the bridge."
    return {**fields, "id": f"story-{number}", **more}


def stories(cwd: Path, *numbers: int) -> str:
    """Write a line for each and return the file's name."""
    return write(cwd / "stories.jsonl", "".join(f"{json.dumps(story(n))}\n" for n in numbers))


def batch(cwd: Path, model: Model, *args: str, named: str = "stories.jsonl", **env: str) -> Outcome:
    return run("batch", named, "-o", OUT, *args, cwd=cwd, env={**model.env, **env})


def rows(cwd: Path) -> dict[str, dict[str, Any]]:
    """The rows of the summary by name."""
    return {row["name"]: row for row in listed(cwd)}


def listed(cwd: Path) -> list[dict[str, Any]]:
    """The rows of the summary in order; each bundle is there once."""
    every = [json.loads(line) for line in (cwd / OUT / "summary.jsonl").read_text().splitlines()]
    assert max(Counter((row["source"], row["line"]) for row in every).values()) == 1
    return every


def statuses(cwd: Path) -> dict[str, str]:
    return {name: row["status"] for name, row in rows(cwd).items()}


def total(cwd: Path) -> Any:
    return json.loads((cwd / OUT / "summary.json").read_text())


def briefing(cwd: Path, name: str) -> Any:
    return json.loads((cwd / OUT / "briefings" / f"{name}.json").read_text())


def journals(cwd: Path) -> list[Path]:
    return sorted((cwd / OUT).glob("runs/*/*/calls.jsonl"))


def slowed(server: Loopback, model: Model, seconds: float) -> None:
    """Have the model take so long for each reply."""

    def answer(request: Any) -> Any:
        reply = model._answer(request)
        assert isinstance(reply, bytes)
        return [seconds, reply]

    server.handle(answer)


def test_every_bundle_becomes_a_briefing_and_the_same_command_again_makes_no_call(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2, 3)
    done = batch(tmp_path, model)
    assert done.code == 0
    assert done.lines == ["3 bundles: 3 to do", f"written to {OUT}"]
    assert done.out.splitlines()[:2] == ["bundles  status", "      3  complete"]
    assert len(model.asked) == 3 * CALLS
    assert statuses(tmp_path) == dict.fromkeys(["story-1", "story-2", "story-3"], "complete")
    assert briefing(tmp_path, "story-2")["schema"] == "briefer/briefing/1"
    before = {path: path.read_bytes() for path in (tmp_path / OUT / "briefings").iterdir()}
    model.asked.clear()
    again = batch(tmp_path, model)
    assert (again.code, model.asked) == (0, [])
    assert again.lines[0] == "3 bundles: 0 to do, 3 done before"
    assert {path: path.read_bytes() for path in (tmp_path / OUT / "briefings").iterdir()} == before
    assert statuses(tmp_path) == dict.fromkeys(["story-1", "story-2", "story-3"], "complete")


def test_a_bundle_s_calls_go_one_after_another_and_bundles_side_by_side(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, *range(4))
    plain, came = model._answer, dict[int, list[float]]()

    def paused(request: Any) -> Any:
        text = json.dumps(request.json["messages"])
        [number] = [n for n in range(4) if f"Notice {n} " in text] or [-1]
        came.setdefault(number, []).append(time.monotonic())
        answer = plain(request)
        assert isinstance(answer, bytes)
        return [0.1, answer]

    loopback.handle(paused)
    assert batch(tmp_path, model, "-j", "4").code == 0
    assert not any(request.json.get("stream") for request in loopback.requests)
    # Calls that hold the fourth article's outlet alone do not say whose they are.
    for number in range(4):
        times = came[number]
        assert len(times) > 4
        assert all(later - earlier > 0.09 for earlier, later in zip(times, times[1:], strict=False))
    firsts = [came[number][0] for number in range(4)]
    assert max(firsts) - min(firsts) < 0.5
    assert max(firsts) < min(came[number][1] for number in range(4)) + 0.4


def test_the_sums_are_those_of_the_server(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2)
    assert batch(tmp_path, model).code == 0
    summed = total(tmp_path)
    assert (summed["calls"], summed["attempts"]) == (len(loopback.requests), len(loopback.requests))
    assert (summed["input_tokens"], summed["cached_tokens"]) == (100 * 2 * CALLS, 40 * 2 * CALLS)
    assert (summed["output_tokens"], summed["cost"]) == (10 * 2 * CALLS, None)
    assert (summed["model"], summed["exit_code"], summed["stopped"], summed["shard"]) == ("m", 0, None, "1/1")
    row = rows(tmp_path)["story-1"]
    assert (row["calls"], row["line"], row["source"]) == (CALLS, 1, "stories.jsonl")
    assert row["outlets"] == ["Tarn Gazette", "Northern Wire", "Coast Radio"]
    assert (row["files"], row["story"]) == (["briefings/story-1.json"], "Closure of the Tarn bridge")


def test_what_cannot_be_used_is_named_before_the_first_call_and_the_others_go_on(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback)
    good = [json.dumps(story(1)), json.dumps(story(2))]
    other = json.dumps({**story(3), "id": "Story-1"})
    twin = json.dumps({**story(2), "id": "another", "note": "the same articles"})
    bad = json.dumps({"id": "bad", "articles": [{"outlet": "Tarn Gazette"}]})
    write(tmp_path / "stories.jsonl", "\n".join([good[0], "{", bad, other, good[1], twin, good[1]]))
    done = batch(tmp_path, model)
    assert done.code == 9
    assert done.lines == [
        "7 bundles: 1 to do, 6 left out",
        "rejected: stories.jsonl, line 1: its name “story-1” is also that of stories.jsonl, line 4",
        f"rejected: stories.jsonl, line 2: is not valid JSON: line 1, column {_CUT}",
        "rejected: stories.jsonl, line 3: articles[0].text (Tarn Gazette) is missing",
        "rejected: stories.jsonl, line 4: its name “Story-1” is also that of stories.jsonl, line 1",
        "duplicate: another: it holds the same articles as stories.jsonl, line 5 (story-2)",
        "duplicate: story-2: it holds the same articles as stories.jsonl, line 5 (story-2)",
        f"written to {OUT}",
    ]
    assert len(model.asked) == CALLS
    assert total(tmp_path)["statuses"] == {"complete": 1, "duplicate": 2, "rejected": 4}
    assert [row["line"] for row in listed(tmp_path)] == [1, 2, 3, 4, 5, 6, 7]


def test_nothing_is_paid_where_nothing_can_be_used(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    done = batch(tmp_path, model, named="gone.json")
    assert (done.code, model.asked) == (3, [])
    assert "rejected: gone.json: no such file" in done.lines


@pytest.mark.parametrize(
    ("named", "code", "cause"),
    [
        (("in/*.json",), 2, "in/*.json matches no file"),
        (("in",), 2, "in holds no bundles"),
        ((OUT,), 2, "nothing that is named holds a bundle"),
        (("in/*.json", "stories.jsonl"), 9, "in/*.json"),
    ],
)
def test_a_place_without_a_bundle_is_named_and_a_batch_of_none_is_refused(
    tmp_path: Path, loopback: Loopback, named: tuple[str, ...], code: int, cause: str
) -> None:
    model = Model(loopback)
    (tmp_path / "in").mkdir()
    stories(tmp_path, 1)
    done = run("batch", *named, "-o", OUT, cwd=tmp_path, env=model.env)
    assert (done.code, len(model.asked)) == (code, CALLS if code == 9 else 0)
    assert cause in done.err
    assert (tmp_path / OUT / "summary.json").exists() == (code == 9)


def test_of_bundles_with_one_name_none_is_used_until_each_has_its_own(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2)
    assert batch(tmp_path, model).code == 0
    model.asked.clear()
    lines = [
        json.dumps(story(n, id=id_)) for n, id_ in ((2, "story-2"), (1, "story-1"), (3, "story-1"), (4, "Story-1"))
    ]
    write(tmp_path / "stories.jsonl", "\n".join(lines))
    # One of them was done before: neither a limit nor force must stumble over it.
    done = batch(tmp_path, model, "--max-tokens", "1000000", "--force")
    assert (done.code, len(model.asked)) == (9, CALLS)
    assert done.lines[0] == "4 bundles: 1 to do, 3 left out"
    assert [row["status"] for row in listed(tmp_path)] == ["complete", *["rejected"] * 3]
    assert briefing(tmp_path, "story-1")["story"]  # what was done before is left where it is
    shards = [batch(tmp_path, model, "--shard", f"{number}/2") for number in (1, 2)]
    assert sum(done.err.count("rejected: ") for done in shards) == 3


def test_each_run_folder_is_whole_and_can_be_shown(tmp_path: Path, loopback: Loopback) -> None:
    stories(tmp_path, 1)
    assert batch(tmp_path, Model(loopback)).code == 0
    [journal] = journals(tmp_path)
    assert json.loads((journal.parent / "briefing.json").read_text()) == briefing(tmp_path, "story-1")
    shown = run("show", str(journal.parent), cwd=tmp_path)
    assert shown.code == 0
    assert "Closure of the Tarn bridge" in shown.out


def test_a_changed_bundle_is_done_again_and_no_other(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2)
    assert batch(tmp_path, model).code == 0
    model.asked.clear()
    changed = {**story(2), "topic": "The Tarn bridge"}
    write(tmp_path / "stories.jsonl", f"{json.dumps(story(1))}\n{json.dumps(changed)}\n")
    again = batch(tmp_path, model)
    assert again.lines[0] == "2 bundles: 1 to do, 1 done before"
    assert len(model.asked) == CALLS
    assert briefing(tmp_path, "story-2")["story"] == "The Tarn bridge"


def test_a_briefing_that_was_removed_and_another_form_of_it_are_made_without_a_call(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2)
    assert batch(tmp_path, model).code == 0
    before = briefing(tmp_path, "story-1")
    (tmp_path / OUT / "briefings" / "story-1.json").unlink()
    model.asked.clear()
    assert batch(tmp_path, model).lines[0] == "2 bundles: 1 to do, 1 done before"
    assert briefing(tmp_path, "story-1") == before
    assert batch(tmp_path, model, "--format", "html", "--format", "markdown").code == 0
    assert model.asked == []
    assert (tmp_path / OUT / "briefings" / "story-2.html").read_text().startswith("<!")
    assert (tmp_path / OUT / "briefings" / "story-2.md").exists()


def test_a_damaged_ledger_is_made_again_without_a_call(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2)
    assert batch(tmp_path, model).code == 0
    model.asked.clear()
    write(tmp_path / OUT / "batch.sqlite", b"no database at all" * 100)
    assert batch(tmp_path, model).code == 0
    assert (model.asked, statuses(tmp_path)) == ([], {"story-1": "complete", "story-2": "complete"})
    assert (tmp_path / OUT / "damaged-batch.sqlite").exists()


def failing(model: Model, number: int, answer: Any) -> None:
    """Have one bundle's calls answered with something else."""
    plain = model._answer

    def handle(request: Any) -> Any:
        if f"Notice {number} " in json.dumps(request.json["messages"]):
            model.asked.append("failed")
            return answer
        return plain(request)

    model._answer = handle  # type: ignore[method-assign]


def served(loopback: Loopback, number: int, answer: Any, replies: Mapping[str, Any] | None = None) -> Model:
    model = Model(loopback, replies)
    failing(model, number, answer)
    loopback.handle(model._answer)
    return model


def test_a_bundle_that_fails_ends_no_other_and_is_done_again_by_the_same_command(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = served(loopback, 2, reply(503, "no"))
    stories(tmp_path, 1, 2, 3)
    done = batch(tmp_path, model, "-j", "1")
    assert done.code == 5
    assert statuses(tmp_path) == {"story-1": "complete", "story-2": "failed", "story-3": "complete"}
    assert rows(tmp_path)["story-2"]["code"] == 5
    assert "story-2  failed" in done.out
    model = Model(loopback)
    again = batch(tmp_path, model)
    assert (again.code, again.lines[0]) == (0, "3 bundles: 1 to do, 2 done before")
    assert statuses(tmp_path)["story-2"] == "complete"


def test_what_failed_for_a_reason_of_its_own_is_done_again_only_if_that_is_wanted(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = served(loopback, 2, completion(None, refusal="No."))
    stories(tmp_path, 1, 2)
    done = batch(tmp_path, model)
    assert done.code == 9
    assert statuses(tmp_path) == {"story-1": "complete", "story-2": "incomplete"}
    assert "R001" in rows(tmp_path)["story-2"]["gaps"][0]
    model = Model(loopback)
    assert batch(tmp_path, model).code == 9
    assert model.asked == []
    assert batch(tmp_path, model, "--fail-on", "never").code == 0
    mended = batch(tmp_path, model, "--retry-failed")
    assert (mended.code, mended.lines[0]) == (0, "2 bundles: 1 to do, 1 done before")
    assert statuses(tmp_path)["story-2"] == "complete"
    assert 0 < len(model.asked) <= CALLS


def test_force_pays_for_everything_again_and_goes_on_where_it_was_stopped(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2)
    assert batch(tmp_path, model).code == 0
    model.asked.clear()
    assert batch(tmp_path, model, "--force").code == 0
    assert len(model.asked) == 2 * CALLS
    assert batch(tmp_path, model).lines[0] == "2 bundles: 0 to do, 2 done before"
    ended = batch(tmp_path, model, "--force", "--max-tokens", "10")
    assert (ended.code, len(model.asked)) == (6, 2 * CALLS)
    assert batch(tmp_path, model).code == 0
    assert len(model.asked) == 4 * CALLS


def test_withheld_sentences_fail_the_batch_where_that_is_wanted(tmp_path: Path, loopback: Loopback) -> None:
    wrong = {"blocks": [block(("About 7,000 vehicles use the bridge each day.", ["A1.3"]))]}
    model = Model(loopback, {"whats_happened": wrong, "whats_happened:repair": {}})
    stories(tmp_path, 1)
    assert batch(tmp_path, model).code == 0
    row = rows(tmp_path)["story-1"]
    assert (row["status"], row["withheld"], row["findings"]) == ("complete", 1, {"F304": 1})
    assert row["sections"] == {"whats_happened": {"F304": 1}}
    model.asked.clear()
    assert batch(tmp_path, model, "--fail-on", "withheld").code == 9
    assert model.asked == []


def test_a_provider_that_is_down_ends_the_batch_before_every_bundle_has_found_out(
    tmp_path: Path, loopback: Loopback
) -> None:
    loopback.script(reply(503, "down"))
    model = Model(loopback)
    loopback.script(reply(503, "down"))
    stories(tmp_path, *range(30))
    done = batch(tmp_path, model, "-j", "2")
    assert done.code == 5
    assert done.lines[-2].startswith("  safe: ")
    assert len(loopback.requests) < 10
    found = Counter(statuses(tmp_path).values())
    assert found["waiting"] + found["failed"] == 30
    assert total(tmp_path)["stopped"]
    model = Model(loopback)
    assert batch(tmp_path, model).code == 0
    assert len(model.asked) == 30 * CALLS


def test_a_key_that_is_not_taken_ends_the_batch(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    loopback.script(reply(401, {"error": {"message": "no such key"}}))
    stories(tmp_path, *range(30))
    done = batch(tmp_path, model)
    assert done.code == 4
    assert len(loopback.requests) < 15


def test_the_budget_is_the_whole_batch_s_and_what_was_paid_counts_again(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, *range(6))
    few = {"BRIEFER_REPLY_TOKENS": "500"}
    ended = batch(tmp_path, model, "-j", "2", "--max-tokens", "5000", **few)
    assert ended.code == 6
    assert ended.lines[-3].startswith("briefer: the budget ends here: spent ")
    made = len(loopback.requests)
    assert made > 0
    assert made * 110 <= 5000
    assert Counter(statuses(tmp_path).values())["waiting"] > 0
    again = batch(tmp_path, model, "-j", "2", "--max-tokens", "5000", **few)
    assert again.code == 6
    assert len(loopback.requests) * 110 <= 5000
    rest = batch(tmp_path, model, "--max-tokens", "1000000", **few)
    assert rest.code == 0
    assert len(loopback.requests) == 6 * CALLS


def test_what_a_stopped_run_paid_for_bundles_that_are_not_done_counts_as_well(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback, {"topics": [60.0]})
    stories(tmp_path, 1)
    process = start("batch", "stories.jsonl", "-o", OUT, cwd=tmp_path, env=model.env)
    while "topics" not in model.asked:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    paid = len(loopback.requests) - 1
    ended = batch(tmp_path, Model(loopback), "--max-tokens", "200")
    spent = int(ended.lines[-3].partition("spent ")[2].partition(" of")[0].replace(",", ""))
    assert (ended.code, len(loopback.requests)) == (6, paid + 1)
    assert spent >= 110 * paid > 0


def test_shards_are_parts_that_never_overlap_and_leave_nothing_out(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    text = "".join(f"{json.dumps(story(n))}\n" for n in range(12)) + "{\n" + json.dumps(story(3)) + "\n"
    write(tmp_path / "stories.jsonl", text)
    seen: list[tuple[str, int]] = []
    for number in (1, 2, 3):
        run("batch", "stories.jsonl", "-o", f"part{number}", "--shard", f"{number}/3", cwd=tmp_path, env=model.env)
        part = (tmp_path / f"part{number}" / "summary.jsonl").read_text().splitlines()
        seen += [(row["status"], row["line"]) for row in map(json.loads, part)]
        assert 0 < len(part) < 14
    assert sorted(seen) == sorted([*(("complete", n) for n in range(1, 13)), ("rejected", 13), ("duplicate", 14)])
    assert len(model.asked) == 12 * CALLS


@pytest.mark.parametrize("shard", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_a_shard_that_cannot_be_is_refused(tmp_path: Path, loopback: Loopback, shard: str) -> None:
    done = batch(tmp_path, Model(loopback), f"--shard={shard}")
    assert (done.code, loopback.requests) == (2, [])


def test_eight_on_one_folder_one_works_and_seven_leave_without_a_call(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, {"topics": [60.0]})
    stories(tmp_path, 1)
    first = start("batch", "stories.jsonl", "-o", OUT, cwd=tmp_path, env=model.env)
    while len(model.asked) < 1:
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    before = len(loopback.requests)
    others = [start("batch", "stories.jsonl", "-o", OUT, cwd=tmp_path, env=model.env) for _ in range(7)]
    for other in others:
        _, err = other.communicate(timeout=30)
        assert other.returncode == 8
        cause, safe, hint = err.decode().splitlines()
        assert cause.startswith(f"briefer: the run folder {OUT} is in use by process {first.pid} on ")
        assert safe == "  safe: nothing was changed"
        assert hint.startswith("  next: wait for it to end, or stop it; then run the same command again")
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=10)
    # What was asked meanwhile was one bundle's calls: no process asked for the same twice.
    assert len(loopback.requests) - before <= CALLS
    assert max(Counter(request.body for request in loopback.requests).values()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_the_batch_at_once_and_the_same_command_goes_on(
    tmp_path: Path, loopback: Loopback, number: signal.Signals
) -> None:
    model = Model(loopback, {"topics": [60.0]})
    stories(tmp_path, 1, 2, 3)
    process = start("batch", "stories.jsonl", "-o", OUT, "-j", "2", cwd=tmp_path, env=model.env)
    while model.asked.count("topics") < 2:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    sent = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert time.monotonic() - sent < 5  # the replies would come after a minute
    assert (process.returncode, out) == (128 + number, b"")
    assert err.decode().splitlines()[-3:] == [
        f"briefer: stopped by {number.name}: 0 bundles done, 2 under way, 1 waiting",
        f"  safe: every reply that arrived is in {OUT}",
        "  next: run the same command again; it goes on from there",
    ]
    model.replies.update(REPLIES)
    paid = len(model.asked) - 2
    assert batch(tmp_path, model).code == 0
    assert len(model.asked) == 3 * CALLS + 2
    assert paid > 0


def test_replies_under_way_when_a_signal_comes_are_kept_and_no_call_is_begun(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2, 3)
    slowed(loopback, model, 0.4)
    process = start("batch", "stories.jsonl", "-o", OUT, "-j", "2", cwd=tmp_path, env=model.env)
    while len(loopback.requests) < 4:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    sent = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert time.monotonic() - sent < 3  # two on a machine that has nothing else to do
    assert "0 bundles done, 2 under way, 1 waiting" in err.decode()
    held = [record.status.value for path in journals(tmp_path) for record in Journal.read(path).records]
    assert held == ["ok"] * len(loopback.requests)
    slowed(loopback, model, 0.0)
    assert batch(tmp_path, model).code == 0
    assert len(loopback.requests) == 3 * CALLS  # nothing was asked twice


def test_a_second_signal_waits_for_no_reply(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1)
    slowed(loopback, model, 0.8)
    process = start("batch", "stories.jsonl", "-o", OUT, cwd=tmp_path, env=model.env)
    while not model.asked:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    for number in (signal.SIGINT, signal.SIGTERM):
        process.send_signal(number)
        time.sleep(0.02)
    process.communicate(timeout=10)
    assert process.returncode == 128 + signal.SIGINT
    [journal] = journals(tmp_path)
    assert Journal.read(journal).records[-1].status.value == "unknown"


def test_a_bug_in_one_bundle_ends_no_other(tmp_path: Path, loopback: Loopback) -> None:
    broken = """
import briefer.flow as flow
whole = flow.assemble
def assemble(desk, *rest):
    if desk.bundle.id == "story-2":
        raise KeyError("a bug")
    return whole(desk, *rest)
flow.assemble = assemble
"""
    write(tmp_path / "broken" / "sitecustomize.py", broken)
    stories(tmp_path, 1, 2, 3)
    done = batch(tmp_path, Model(loopback), PYTHONPATH=str(tmp_path / "broken"))
    assert done.code == 1
    assert statuses(tmp_path) == {"story-1": "complete", "story-2": "failed", "story-3": "complete"}
    assert rows(tmp_path)["story-2"]["cause"].startswith("this is a bug in briefer: KeyError in ")
    again = batch(tmp_path, Model(loopback))
    assert (again.code, statuses(tmp_path)["story-2"]) == (1, "failed")
    mended = batch(tmp_path, Model(loopback), "--retry-failed")
    assert (mended.code, statuses(tmp_path)["story-2"]) == (0, "complete")


def test_a_full_disk_ends_the_batch_and_it_goes_on_once_there_is_room(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2, 3)

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))

    process = start("batch", "stories.jsonl", "-o", OUT, "--model", "m", cwd=tmp_path, env=model.env, preexec_fn=small)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 7, err.decode()
    assert "cannot write" in err.decode().splitlines()[-3]
    again = batch(tmp_path, model)
    assert again.code == 0
    assert set(statuses(tmp_path).values()) == {"complete"}


def test_a_bundle_that_changes_while_the_batch_runs_is_not_mixed_up(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    write(tmp_path / "in" / "a.json", story(1))
    write(tmp_path / "in" / "b.json", story(2))
    plain = model._answer

    def changing(request: Any) -> Any:
        write(tmp_path / "in" / "b.json", story(5))
        return plain(request)

    loopback.handle(changing)
    done = batch(tmp_path, model, "-j", "1", named="in")
    assert done.code == 9
    assert rows(tmp_path)["story-2"]["cause"] == "in/b.json has changed since the batch began"


def test_standard_input_and_no_model(tmp_path: Path) -> None:
    text = "".join(f"{json.dumps(story(n))}\n" for n in range(3))
    done = run("batch", "-", "-o", OUT, "--model", "extract", "-q", cwd=tmp_path, input=text)
    assert (done.code, done.err) == (0, "")
    assert list(statuses(tmp_path)) == ["story-0", "story-1", "story-2"]
    assert total(tmp_path)["calls"] == 0
    assert not (tmp_path / OUT / "runs").exists()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["batch"], 2),
        (["batch", "stories.jsonl"], 2),
        (["batch", "stories.jsonl", "-o", "stories.jsonl"], 2),
        (["batch", "stories.jsonl", "-o", OUT, "--format", "pdf"], 2),
        (["batch", "stories.jsonl", "-o", OUT, "--fail-on", "x"], 2),
        (["batch", "stories.jsonl", "-o", OUT, "--section", "x"], 2),
        (["batch", "stories.jsonl", "-o", OUT, "--judge", "x"], 2),
        (["batch", "stories.jsonl", "-o", OUT, "--junit", "no/such/folder.xml"], 7),
        (["batch", "run", "stories.jsonl", "-o", OUT], 0),
        (["batch", "--help"], 0),
    ],
    ids=str,
)
def test_what_the_command_line_takes(tmp_path: Path, args: list[str], code: int) -> None:
    stories(tmp_path, 1)
    done = run(*args, cwd=tmp_path)
    assert done.code == code, done.err


def test_names_that_no_file_can_have_become_names_that_differ(tmp_path: Path) -> None:
    ids = ["../../escape", "a/b", "a:b", ".hidden", "x" * 300, "x" * 299 + "y", "Überschwemmung", "con\u202etrol", "-o"]
    text = "".join(f"{json.dumps(story(n, id=id_))}\n" for n, id_ in enumerate(ids))
    write(tmp_path / "stories.jsonl", text)
    assert run("batch", "stories.jsonl", "-o", OUT, cwd=tmp_path).code == 0
    written = sorted(os.listdir(tmp_path / OUT / "briefings"))
    assert len(written) == len(ids)
    assert all(name[0] not in ".-" and "/" not in name and len(name.encode()) < 200 for name in written)
    assert "Überschwemmung.json" in written
    assert not (tmp_path.parent / "escape.json").exists()


def test_a_reply_that_breaks_off_is_counted_as_perhaps_billed(tmp_path: Path, loopback: Loopback) -> None:
    cut = [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{", CLOSE]
    model = served(loopback, 2, cut)
    stories(tmp_path, 1, 2)
    assert batch(tmp_path, model).code == 5
    assert rows(tmp_path)["story-2"]["maybe_billed"] == 1
    assert rows(tmp_path)["story-2"]["attempts"] == 1
    assert [len(Journal.read(path).records) > 0 for path in journals(tmp_path)] == [True, True]


def test_what_is_damaged_on_the_disk_is_told_of_and_asked_for_again(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1)
    assert batch(tmp_path, model).code == 0
    [journal] = journals(tmp_path)
    lines = journal.read_bytes().split(b"\n")
    journal.write_bytes(b"\n".join([lines[0][:-20], *lines[1:]]))
    (tmp_path / OUT / "briefings" / "story-1.json").unlink()
    model.asked.clear()
    assert batch(tmp_path, model).code == 0
    assert len(model.asked) <= 1
    [note] = rows(tmp_path)["story-1"]["notes"]
    assert "calls.jsonl: the record at byte 0 is damaged" in note


def test_what_a_server_does_not_take_is_said_once_for_all_bundles(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    plain = model._answer

    def picky(request: Any) -> Any:
        if "temperature" in request.json:
            return reply(400, {"error": {"message": "Unsupported parameter: temperature", "param": "temperature"}})
        return plain(request)

    loopback.handle(picky)
    stories(tmp_path, 1, 2, 3)
    done = batch(tmp_path, model, "-j", "1", BRIEFER_TEMPERATURE="0.5")
    assert done.code == 0
    assert done.lines.count("m takes no temperature: its own is used instead of 0.5") == 1
    assert len(loopback.requests) == 3 * CALLS + 1  # found out once


def test_nothing_in_a_log_is_obeyed_by_a_ci_system(tmp_path: Path, loopback: Loopback) -> None:
    evil = "::error file=x::obey ##[error]obey\x1b[31m"
    write(tmp_path / "stories.jsonl", f"{json.dumps(story(1, id=evil, topic=evil))}\n{json.dumps({'id': evil})}\n")
    done = batch(tmp_path, Model(loopback))  # run() looks at both streams
    assert done.code == 9
