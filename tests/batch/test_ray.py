"""`briefer batch --engine ray` on a cluster of this machine; `make test-ray` runs it where Ray is installed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.loopback import Server
from briefer.journal import Journal, Status
from tests.batch.many import Place, recorded, write_bundles
from tests.batch.test_batch import OUT, batch, journals, listed, rows, slowed, statuses, stories, total
from tests.cli.command import Outcome, clean, run, start, write
from tests.cli.desk import CALLS, Model
from tests.server import Loopback, reply

pytest.importorskip("ray")
pytestmark = pytest.mark.timeout(180)

NODE_KEY = "the-key-of-the-nodes"
AUTH = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "a-token-for-the-cluster-of-these-tests"}
# A cluster in a process of its own: it has another key than whoever starts a batch.
CLUSTER = """
import logging, sys, ray
found = ray.init(address="local", num_cpus=2, object_store_memory=100_000_000, include_dashboard=False,
                 log_to_driver=False, logging_level=logging.ERROR, _node_ip_address="127.0.0.1")
print(found.address_info["gcs_address"], flush=True)
sys.stdin.read()
ray.shutdown()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    env = clean({"RAY_USAGE_STATS_ENABLED": "0", "BRIEFER_API_KEY": NODE_KEY, **AUTH})
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    with process:
        yield process.stdout.readline().strip()
        process.stdin.close()
        process.wait(30)


def on_ray(cwd: Path, model: Model, address: str, *args: str, **env: str) -> Outcome:
    return batch(cwd, model, "--engine", "ray", *args, RAY_ADDRESS=address, **AUTH, **env)


def workers() -> list[int]:
    """The processes of workers that are up now."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and b"MapWorker" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def spoiled(server: Loopback, model: Model) -> None:
    """Refuse each call of story 5, and answer nonsense to the topics of story 7 and others."""

    def answer(request: Any) -> Any:
        text = json.dumps(request.json["messages"])
        if "Notice 5 " in text:
            return reply(400, b'{"error": {"message": "no"}}')
        if any(f"Notice {number} " in text for number in (7, 17, 27)) and "More on these topics" in text:
            return reply(200, b'{"choices": [{"message": {"content": "hm"}, "finish_reason": "stop"}]}')
        return model._answer(request)

    server.handle(answer)


def test_a_cluster_makes_what_one_process_makes_and_a_second_run_asks_nothing(
    tmp_path: Path, loopback: Loopback, address: str
) -> None:
    model = Model(loopback)
    spoiled(loopback, model)
    found: dict[str, Any] = {}
    for name in ("here", "there"):
        (cwd := tmp_path / name).mkdir()
        stories(cwd, *range(40))
        with (cwd / "stories.jsonl").open("a") as file:
            file.write('{"articles": [{"outlet": "Tarn\n')
        loopback.requests.clear()
        done = batch(cwd, model, "-j", "8") if name == "here" else on_ray(cwd, model, address, "-j", "8")
        assert len(listed(cwd)) == 41
        whole = {key: value for key, value in total(cwd).items() if key not in ("began", "ended", "seconds", "story")}
        assert whole["attempts"] == len(loopback.requests)
        told = {name: {**row, "seconds": 0} for name, row in rows(cwd).items()}
        found[name] = (done.code, done.out, told, whole, contents(cwd))
        assert not list((cwd / OUT).glob(".cluster*"))
    _, _, told, _, briefings = found["there"]
    assert Counter(row["status"] for row in told.values())["rejected"] == 1
    assert {name for name, row in told.items() if row["code"]} >= {"story-5"}
    assert len(briefings) == 39 + (told["story-5"]["status"] != "failed")
    assert found["there"] == found["here"]
    loopback.requests.clear()
    again = on_ray(tmp_path / "there", model, address, "-j", "8")
    assert again.lines[0] == "41 bundles: 0 to do, 40 done before, 1 left out"
    assert loopback.requests == []
    assert contents(tmp_path / "there") == briefings


def contents(cwd: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (cwd / OUT / "briefings").iterdir()}


def test_the_nodes_use_their_own_key_and_nothing_is_said_beside_the_summary(
    tmp_path: Path, loopback: Loopback, address: str
) -> None:
    model = Model(loopback)
    stories(tmp_path, 1, 2)
    done = on_ray(tmp_path, model, address)
    assert done.code == 0
    assert done.lines == ["2 bundles: 2 to do", f"written to {OUT}"]
    assert done.out.splitlines()[:2] == ["bundles  status", "      2  complete"]
    assert {request.headers["authorization"] for request in loopback.requests} == {f"Bearer {NODE_KEY}"}


def test_a_worker_that_is_killed_costs_no_recorded_reply_again(tmp_path: Path, server: Server, address: str) -> None:
    place = Place(tmp_path / "in.jsonl", tmp_path / "out", server, 8, "story/200/0")
    expected = write_bundles(place.bundles, 40)
    place.env.update(AUTH, RAY_ADDRESS=address)
    server.counts()
    process = place.start("--engine", "ray")
    while place.written() < 4:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    killed = workers()
    for each in killed:
        os.kill(each, signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    assert killed
    assert out.startswith(b"bundles  status\n")
    assert b"ray" not in out + err
    assert Counter(row["status"] for row in place.rows()) == expected, err
    total_ = recorded(place)
    assert set(total_.good.values()) == {1}
    # What was under way in the workers was asked again; the server may or may not have counted it.
    broken_off = sum(len(journal.unanswered) for journal in place.journals())
    assert 0 < broken_off <= 8
    assert 0 <= server.counts()["calls"] - total_.statuses[Status.OK] <= broken_off
    code, *_ = place.run("--engine", "ray")
    assert (code, server.counts()["calls"]) == (9, 0)


def test_one_limit_holds_for_all_workers(tmp_path: Path, loopback: Loopback, address: str) -> None:
    model = Model(loopback)
    stories(tmp_path, *range(6))
    few = {"BRIEFER_REPLY_TOKENS": "100"}
    first = on_ray(tmp_path, model, address, "-j", "4", "--max-tokens", "5000", **few)
    assert first.code == 6
    assert first.lines[-3].startswith("briefer: the budget ends here: spent ")
    assert 0 < len(loopback.requests) * 110 <= 5000
    rest = on_ray(tmp_path, model, address, "--max-tokens", "1000000", **few)
    assert rest.code == 0
    assert set(statuses(tmp_path).values()) == {"complete"}
    assert len(loopback.requests) == 6 * CALLS


def test_a_provider_that_wants_a_person_ends_the_batch(tmp_path: Path, loopback: Loopback, address: str) -> None:
    model = Model(loopback)
    loopback.handle(lambda request: reply(401, b'{"error": {"message": "no such key"}}'))
    stories(tmp_path, *range(40))
    done = on_ray(tmp_path, model, address, "-j", "2")
    assert done.code == 4
    assert 5 <= len(loopback.requests) < 40
    assert Counter(statuses(tmp_path).values())["waiting"] > 0


def test_a_signal_lets_replies_arrive_and_the_same_command_goes_on(
    tmp_path: Path, loopback: Loopback, address: str
) -> None:
    model = Model(loopback)
    slowed(loopback, model, 0.3)
    stories(tmp_path, *range(4))
    args = ("batch", "stories.jsonl", "-o", OUT, "--engine", "ray", "-j", "2")
    process = start(*args, cwd=tmp_path, env={**model.env, **AUTH, "RAY_ADDRESS": address})
    while len(loopback.requests) < 6:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    sent = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    took = time.monotonic() - sent
    assert (process.returncode, out) == (143, b"")
    assert err.decode().splitlines()[-3:] == [
        "briefer: stopped by SIGTERM: 0 bundles done, 2 under way, 2 waiting",
        f"  safe: every reply that arrived is in {OUT}",
        "  next: run the same command again; it goes on from there",
    ]
    assert took < 20  # Ray ends its own processes as well
    held = [record.status.value for path in journals(tmp_path) for record in Journal.read(path).records]
    assert held == ["ok"] * len(loopback.requests)
    slowed(loopback, model, 0.0)
    assert on_ray(tmp_path, model, address).code == 0
    assert len(loopback.requests) == 4 * CALLS


def test_without_an_address_a_cluster_is_started_here_and_nothing_is_left_of_it(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback)
    stories(tmp_path, 1)
    done = batch(tmp_path, model, "--engine", "ray", "--debug")
    assert done.code == 0
    assert done.lines == ["1 bundle: 1 to do", f"written to {OUT}"]


def test_a_bug_in_one_bundle_is_its_row_and_its_place_is_told_wave_after_wave(
    tmp_path: Path, loopback: Loopback
) -> None:
    broken = """
import briefer.batch.cluster
import briefer.flow as flow
briefer.batch.cluster._BUNDLES = 2
whole = flow.assemble
def assemble(desk, *rest):
    if desk.bundle.id == "story-2":
        raise KeyError("a bug")
    return whole(desk, *rest)
flow.assemble = assemble
"""
    write(tmp_path / "sitecustomize.py", broken)
    model = Model(loopback)
    stories(tmp_path, 1, 2, 3)
    done = batch(tmp_path, model, "--engine", "ray", "--debug", PYTHONPATH=str(tmp_path))
    assert done.code == 1
    assert statuses(tmp_path) == {"story-1": "complete", "story-2": "failed", "story-3": "complete"}
    assert rows(tmp_path)["story-2"]["cause"].startswith("this is a bug in briefer: KeyError in sitecustomize.py")
    assert "KeyError: 'a bug'" in done.err


def test_a_cluster_that_is_not_there_costs_nothing(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1)
    done = run(
        *("batch", "stories.jsonl", "-o", OUT, "--engine", "ray"),
        cwd=tmp_path,
        env={**model.env, "RAY_ADDRESS": "127.0.0.1:1"},
    )
    assert (done.code, loopback.requests) == (5, [])
    assert done.lines[-3].startswith("briefer: Ray cannot be reached at 127.0.0.1:1: ")
