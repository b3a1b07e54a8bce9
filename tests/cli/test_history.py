"""`briefer runs`, `briefer show` and `-v`: what past runs took, what the model saw, what a run does while it runs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefer.calls import Spent
from briefer.cli.ledger import proxy_to, short
from briefer.history import Took, took
from briefer.journal import Journal, Record, Status
from briefer.locks import is_held, take
from briefer.models.prices import cost
from tests.cli.command import Outcome, run, run_folder, start, write
from tests.cli.desk import CALLS, KEY, Model, bridge
from tests.fake import block, bridge_bundle
from tests.server import CLOSE, Loopback, completion, envelope, reply

STATEMENTS = '{"id": "s1", "text": "The Tarn bridge opened in May 1987.", "cites": ["A1.5"]}\n'


def summarize(cwd: Path, model: Model, *args: str, env: Mapping[str, str] | None = None) -> Outcome:
    return run("summarize", bridge(cwd), "--format", "json", *args, cwd=cwd, env={**model.env, **(env or {})})


def past(cwd: Path, *args: str, columns: int = 0) -> Outcome:
    """Run `briefer runs` or `show` offline, without a key."""
    return run(*args, cwd=cwd, env={"COLUMNS": str(columns)} if columns else None)


def listed(cwd: Path) -> list[dict[str, Any]]:
    found = past(cwd, "runs", "--format", "json").json
    assert isinstance(found, list)
    return found


# Runs


def test_runs_are_listed_newest_first_with_what_they_took(tmp_path: Path, loopback: Loopback) -> None:
    assert summarize(tmp_path, Model(loopback)).code == 0
    write(tmp_path / "other" / "bundle.json", {**bridge_bundle().model_dump(exclude_none=True), "topic": "A ferry"})
    broken = Model(loopback, {"topics": [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{", CLOSE]})
    broken.env["BRIEFER_MODEL"] = "m2"
    assert run("summarize", "other/bundle.json", cwd=tmp_path, env=broken.env).code == 5
    newer, older = listed(tmp_path)
    if newer["story"] != "A ferry":  # begun within one second
        newer, older = older, newer
    assert (older["status"], older["model"], older["story"]) == ("finished", "m", "Closure of the Tarn bridge")
    counts = ("calls", "input_tokens", "cached_tokens", "output_tokens", "uncounted", "maybe_billed", "cost")
    assert [older[name] for name in counts] == [CALLS, 100 * CALLS, 40 * CALLS, 10 * CALLS, 0, 0, None]
    assert older["bundle"] == str(tmp_path / "bundle.json")
    assert 0 < older["seconds"] < 60
    assert (newer["status"], newer["model"], newer["maybe_billed"], newer["uncounted"]) == ("unfinished", "m2", 1, 1)
    head, *rows = past(tmp_path, "runs").out.splitlines()
    assert head.split() == "started (UTC) status calls in cached out cost seconds run model story".split()
    assert len(rows) == 2
    [line] = [row for row in rows if older["run"] in row]
    assert " ".join(line.split()[2:8]) == f"finished {CALLS} {100 * CALLS} {40 * CALLS} {10 * CALLS} unknown"
    [line] = [row for row in rows if newer["run"] in row]
    assert line.endswith("A ferry                     may have been billed: 1")
    assert "+" in line


@pytest.mark.parametrize("columns", [80, 120])
def test_a_narrow_terminal_gets_two_lines_for_a_run(tmp_path: Path, loopback: Loopback, columns: int) -> None:
    assert summarize(tmp_path, Model(loopback), "--section", "topics").code == 0
    _, figures, about = past(tmp_path, "runs", columns=columns).out.splitlines()
    assert figures.split()[2:] == ["finished", "1", "100", "40", "10", "unknown", figures.split()[-1]]
    assert about == f"  {run_folder(tmp_path).name[-8:]}  m  Closure of the Tarn bridge"


def test_without_runs_there_is_a_note_and_no_output(tmp_path: Path) -> None:
    none = past(tmp_path, "runs")
    assert (none.code, none.out, none.lines) == (0, "", ["no runs below .briefer/runs"])
    assert listed(tmp_path) == []
    last = past(tmp_path, "show", "last")
    assert (last.code, last.lines[0]) == (3, "briefer: there are no runs below .briefer/runs")


def test_another_folder_is_looked_into(tmp_path: Path, loopback: Loopback) -> None:
    assert summarize(tmp_path, Model(loopback), "--section", "topics", env={"BRIEFER_RUNS": "kept"}).code == 0
    assert listed(tmp_path) == []
    [found] = past(tmp_path, "runs", "--runs", "kept", "--format", "json").json
    assert found["status"] == "finished"
    assert past(tmp_path, "show", "last", "--runs", "kept").code == 0
    assert past(tmp_path, "show", found["path"]).code == 0


@pytest.mark.parametrize(
    ("run_json", "status"),
    [
        (None, "empty"),
        (b"", "damaged"),
        (b"{", "damaged"),
        (b"[]", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"v": 99, "bundle_sha256": "", "model": "", "prompt_ids": {}, "settings": {}}', "damaged"),
        (b'{"v": 1, "bundle_sha256": 3, "model": null, "prompt_ids": [], "settings": 7, "origin": "x"}', "unfinished"),
    ],
)
def test_a_folder_that_says_nothing_is_listed_all_the_same(
    tmp_path: Path, loopback: Loopback, run_json: bytes | None, status: str
) -> None:
    assert summarize(tmp_path, Model(loopback), "--section", "topics").code == 0
    folder = tmp_path / ".briefer" / "runs" / "20200102T030405Z-abcdef01"
    folder.mkdir()
    if run_json is not None:
        write(folder / "run.json", run_json)
    good, bad = listed(tmp_path)
    assert (good["status"], bad["status"], bad["run"]) == ("finished", status, "abcdef01")
    assert bad["started"] == "2020-01-02T03:04:05+00:00"
    for columns in (80, 0):
        assert status in past(tmp_path, "runs", columns=columns).out
    shown = past(tmp_path, "show", "abcdef01")
    assert shown.code == (0 if status == "unfinished" else 3)
    assert past(tmp_path, "show", "last").out.startswith(f"run       .briefer/runs/{run_folder_of(good)}")


def run_folder_of(fields: Mapping[str, Any]) -> str:
    return Path(fields["path"]).name


def test_a_damaged_journal_shows_what_is_left(tmp_path: Path, loopback: Loopback) -> None:
    assert summarize(tmp_path, Model(loopback)).code == 0
    calls = run_folder(tmp_path) / "calls.jsonl"
    whole = calls.read_bytes()
    calls.write_bytes(whole.replace(b'"status":"ok"', b'"status":"no"', 1) + b'{"bytes":12,"rec')
    [found] = listed(tmp_path)
    assert (found["calls"], found["maybe_billed"]) == (CALLS, 1)  # that it was sent still stands there
    shown = past(tmp_path, "show", "last")
    assert shown.code == 0
    assert [line for line in shown.lines if line.startswith("warning: calls.jsonl: ")] == shown.lines
    assert len(shown.lines) == 2


def test_a_run_under_way_is_in_use(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, {"topics": [60.0]})
    bridge(tmp_path)
    process = start("summarize", "bundle.json", "--section", "topics", cwd=tmp_path, env=model.env)
    try:
        while not loopback.requests:
            assert process.poll() is None
        assert [found["status"] for found in listed(tmp_path)] == ["in use"]
    finally:
        process.kill()
        process.communicate(timeout=30)
    [found] = listed(tmp_path)
    assert (found["status"], found["calls"], found["maybe_billed"]) == ("unfinished", 1, 1)
    shown = past(tmp_path, "show", "last").out
    assert "\n1  topics  broken off " in shown
    assert "\nstatus    unfinished, may have been billed: 1\n" in shown


def test_a_lock_that_was_given_back_holds_nothing(tmp_path: Path) -> None:
    held = take(tmp_path / "lock")
    assert held
    assert is_held(tmp_path / "lock")
    held.release()
    assert not is_held(tmp_path / "lock")
    assert not is_held(tmp_path / "none")


# Show


def test_what_the_model_saw_is_shown_call_by_call_without_a_key_or_a_server(tmp_path: Path, loopback: Loopback) -> None:
    wrong = {"blocks": [block(("Tarn is a port of 90,000 people.", ["R1.1"]), heading="Tarn")]}
    model = Model(loopback, {"topics": wrong, "topics:repair": completion("not JSON")})
    summarize(tmp_path, model)
    assert "topics:repair" in model.asked
    sent = [request.json["messages"] for request in loopback.requests]
    calls = past(tmp_path, "show", "last", "--format", "json").json["calls"]
    assert sorted(map(json.dumps, sent)) == sorted(json.dumps(call["messages"]) for call in calls)
    topics = past(tmp_path, "show", "last", "--section", "topics", "--format", "json").json["calls"]
    assert [call["round"] for call in topics] == ["draft", "repair", "repair"]
    assert [call["status"] for call in topics] == ["ok", "malformed", "malformed"]
    assert topics[1]["reply"] == "not JSON"
    assert topics[0]["messages"] in sent
    assert (topics[0]["input_tokens"], topics[0]["cached_tokens"], topics[0]["output_tokens"]) == (100, 40, 10)
    text = past(tmp_path, "show", "last", "--section", "topics").out
    for message in topics[0]["messages"]:
        assert text.count(message["content"]) == 1
    assert f"--- system, as in call {topics[0]['call']}\n" in text
    assert text.count("\n--- answer\n\nnot JSON\n") == 2
    assert ": topics (repair)\n    malformed (the reply is not one JSON object), " in text
    one = past(tmp_path, "show", "last", "--call", str(topics[0]["call"])).out
    assert one.startswith(f"=== call {topics[0]['call']} of {run_folder(tmp_path).name[-8:]}: topics\n    ok, ")
    assert "100 tokens in, 40 cached, 10 out, cost unknown\n" in one


def test_an_unfinished_run_names_the_command_that_goes_on_with_it(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, {"topics": reply(500, "no")})
    env = {"BRIEFER_TEMPERATURE": "0.5", "BRIEFER_REPLY_TOKENS": "700", "BRIEFER_RUNS": "kept"}
    assert summarize(tmp_path, model, "--language", "de", env={**env, "BRIEFER_CONCURRENCY": "1"}).code == 5
    model.replies["topics"] = {}
    shown = past(tmp_path, "show", "last", "--runs", "kept").out
    [line] = [line for line in shown.splitlines() if line.startswith("go on ")]
    words = shlex.split(line.removeprefix("go on "))
    at = words.index("briefer")
    named = dict(word.split("=", 1) for word in words[:at])
    assert set(named) == set(env)
    made = len(model.asked)
    (tmp_path / "elsewhere").mkdir()
    done = run(*words[at + 1 :], cwd=tmp_path / "elsewhere", env={**named, "BRIEFER_API_KEY": KEY})
    assert done.code in (0, 9)
    assert any(line.startswith("going on with ") for line in done.lines)
    twice = set(model.asked[made:]) & set(model.asked[:made])
    assert {name for name in twice if ":" not in name} == {"topics"}  # a repair may have been under way
    [found] = past(tmp_path, "runs", "--runs", "kept", "--format", "json").json
    assert found["status"] == "finished"
    assert "go on" not in past(tmp_path, "show", "last", "--runs", "kept").out


def test_a_changed_bundle_is_said_and_never_shown_as_what_the_model_saw(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, {"topics": reply(500, "no")})
    assert summarize(tmp_path, model, "--section", "topics").code == 5
    bundle = tmp_path / "bundle.json"
    bundle.write_text(bundle.read_text().replace("9,000", "8,000"))
    cause = f"the bundle {bundle} has changed since"
    assert f"go on     not possible: {cause}\n" in past(tmp_path, "show", "last").out
    one = past(tmp_path, "show", "last", "--call", "1")
    assert one.lines == [f"what the model saw in call 1 cannot be shown: {cause}"]
    assert "--- system" not in one.out
    [call] = past(tmp_path, "show", "last", "--format", "json").json["calls"]
    assert (call["messages"], call["reason"]) == (None, cause)
    bundle.unlink()
    assert "go on     not possible: " in past(tmp_path, "show", "last").out


def test_changed_prompts_are_named(tmp_path: Path, loopback: Loopback) -> None:
    shutil.copytree(Path(__file__).parents[2] / "prompts", tmp_path / "mine")
    assert summarize(tmp_path, Model(loopback), "--section", "topics", "--prompts", "mine").code == 0
    assert past(tmp_path, "show", "last", "--call", "1").err == ""
    topics = tmp_path / "mine" / "topics.md"
    topics.write_text(topics.read_text().replace("five seconds", "six seconds"))
    one = past(tmp_path, "show", "last", "--call", "1")
    assert one.lines == ["what the model saw in call 1 cannot be shown: prompts have changed since: topics"]


def test_a_judged_check_is_a_run_too(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    write(tmp_path / "s.jsonl", STATEMENTS)
    checked = run("check", "s.jsonl", "--bundle", bridge(tmp_path), "--judge", "j", cwd=tmp_path, env=model.env)
    assert (checked.code, model.asked) == (0, ["judge"])
    [found] = listed(tmp_path)
    assert (found["status"], found["model"], found["calls"]) == ("finished", "j", 1)
    [call] = past(tmp_path, "show", "last", "--format", "json").json["calls"]
    assert call["messages"] == loopback.requests[0].json["messages"]
    assert f"result    {found['path']}/checked.jsonl\n" in past(tmp_path, "show", "last").out
    os.remove(tmp_path / found["path"] / "checked.jsonl")
    [line] = [line for line in past(tmp_path, "show", "last").out.splitlines() if line.startswith("go on ")]
    words = shlex.split(line.removeprefix("go on "))
    again = run(*words[1:], cwd=tmp_path, env={"BRIEFER_API_KEY": KEY})
    assert (again.code, model.asked) == (0, ["judge"])


def test_a_run_that_does_not_exist_is_refused_with_the_nearest(tmp_path: Path, loopback: Loopback) -> None:
    assert summarize(tmp_path, Model(loopback), "--section", "topics").code == 0
    name = run_folder(tmp_path).name[-8:]
    typo = name[:-1] + ("0" if name[-1] != "0" else "1")
    refused = past(tmp_path, "show", typo)
    assert (refused.code, refused.out) == (3, "")
    assert refused.lines == [
        f"briefer: there is no run '{typo}'; did you mean “{name}”?",
        "  next: briefer runs lists them",
    ]
    assert past(tmp_path, "show", "").code == 3
    shutil.copytree(run_folder(tmp_path), run_folder(tmp_path).with_name(f"20200102T030405Z-{name}"))
    several = past(tmp_path, "show", name[:3])
    assert (several.code, several.lines[1]) == (3, "  next: name one in full")
    assert several.lines[0].startswith(f"briefer: 2 runs are called '{name[:3]}': 20200102T030405Z-{name}, 20")
    assert past(tmp_path, "show", f"20200102T030405Z-{name}").code == 0
    for args, cause in (
        (("--call", "2"), "there is no call 2 in "),
        (("--section", "topcs"), "there is no call for 'topcs' in "),
        (("--format", "html"), "there is no format 'html'"),
    ):
        refused = past(tmp_path, "show", "last", *args)
        assert (refused.code, refused.out) == (2, "")
        assert refused.lines[0].startswith(f"briefer: {cause}")


def test_nothing_that_a_server_said_is_active_and_no_key_is_shown(tmp_path: Path, loopback: Loopback) -> None:
    hostile = f"\x1b[31m::error::{KEY}\u202e\n::set-output name=x::y\n##[error]Bearer {KEY}"
    for status in (400, 408, 500):
        model = Model(loopback, {"topics": reply(status, {"error": {"message": hostile}})})
        assert summarize(tmp_path, model, "--section", "topics").code in (3, 5)
    model = Model(loopback, {"topics": completion(f"\x1b[31m\n::error::{hostile}")})
    summarize(tmp_path, model, "--section", "topics")
    stored = (run_folder(tmp_path) / "calls.jsonl").read_bytes()
    assert KEY.encode() not in stored
    for args in ((), ("--section", "topics"), ("--format", "json"), ("--call", "2")):
        shown = run("show", "last", *args, cwd=tmp_path, env={"BRIEFER_API_KEY": KEY})
        assert shown.code == 0
        assert KEY not in shown.out + shown.err
        assert "\u202e" not in shown.out


# -v


def test_v_tells_each_call_as_it_ends_and_q_tells_nothing(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, {"topics": reply(503, "no")})
    told = summarize(tmp_path, model, "-v", env={"BRIEFER_ATTEMPTS": "2"})
    head, *lines = [line for line in told.lines if not line.startswith(("briefer:", "  "))]
    assert head.split() == ["call", "try", "status", "in", "cached", "out", "cost", "seconds"]
    assert len(lines) == 9
    ok = next(line for line in lines if line.startswith("Tarn Gazette "))
    assert ok.split()[2:-1] == ["1", "ok", "100", "40", "10", "unknown"]
    failed = [line.split()[:-1] for line in lines if line.startswith("topics ")]
    assert failed == [["topics", "1", "http", "503"], ["topics", "2", "http", "503"]]
    assert len({len(line) for line in (head, *lines)}) == 1  # aligned
    model.replies["topics"] = {}
    again = summarize(tmp_path, model, "-v")
    held = [line for line in again.lines if line.endswith("  journal")]
    assert len(held) == 7
    assert KEY not in told.err + again.err
    assert summarize(tmp_path, model, "-v", "-q").err == ""


def test_v_names_the_proxy_without_its_password(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    proxied = {"http_proxy": f"http://user:secret-word@127.0.0.1:{loopback.port}"}
    told = summarize(tmp_path, model, "-v", "--section", "topics", env=proxied)
    assert told.lines[0] == f"calls go through the proxy 127.0.0.1:{loopback.port}"
    assert "secret-word" not in told.err
    assert "user" not in told.err


@pytest.mark.parametrize(
    ("url", "proxies", "shown"),
    [
        ("https://a.example/v1", {}, ""),
        ("https://a.example/v1", {"http": "http://p.example:1"}, ""),
        ("https://a.example/v1", {"https": "http://p.example:3128"}, "p.example:3128"),
        ("https://a.example/v1", {"all": "socks5://u:p@p.example"}, "p.example"),
        ("https://a.example/v1", {"https": "u:p@p.example:8"}, "p.example:8"),
        ("https://a.example/v1", {"https": "http://p.example:none"}, "of the environment"),
    ],
)
def test_a_proxy_is_named_by_host_and_port(url: str, proxies: Mapping[str, str], shown: str) -> None:
    assert proxy_to(url, proxies) == shown


# Money


def record(body: object, *, status: Status = Status.OK, model: str = "gpt-4o-mini") -> Record:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Record("k", status, "topics", None, "draft", model, "2026-01-01T00:00:00+00:00", 200, raw, 1.0)


def streamed(*usages: object) -> bytes:
    """A stream whose last chunks carry these usages, as with `include_usage`."""
    chunks: list[object] = [{"choices": [{"index": 0, "delta": {"content": '{"a":1}'}}], "usage": None}]
    chunks.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    chunks += [{"choices": [], "usage": usage} for usage in usages]
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks).encode() + b"data: [DONE]\n\n"


OPENAI = "https://api.openai.com/v1"
USAGE = {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 900}}
# By the price list: $0.15, $0.075 (cached) and $0.60 for a million tokens.
FULL, CACHED = 0.00021, 0.0001425


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({**envelope("{}"), "usage": USAGE}, Took(1, 1000, 900, 100, cost=CACHED)),
        (streamed(USAGE), Took(1, 1000, 900, 100, cost=CACHED)),
        (streamed({**USAGE, "completion_tokens": 5}, USAGE), Took(1, 1000, 900, 100, cost=CACHED)),
        (streamed(), Took(1, uncounted=1, cost=0.0)),
        (streamed(None), Took(1, uncounted=1, cost=0.0)),
        (envelope("{}") | {"usage": None}, Took(1, uncounted=1, cost=0.0)),
        (
            envelope("{}") | {"usage": {"prompt_tokens": 1000, "completion_tokens": 100}},
            Took(1, 1000, None, 100, cost=FULL),
        ),
        (
            envelope("{}")
            | {"usage": {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_cache_hit_tokens": 900}},
            Took(1, 1000, 900, 100, cost=CACHED),
        ),
        (envelope("{}") | {"usage": {"prompt_tokens": 1000}}, Took(1, 1000, None, 0, uncounted=1, cost=0.0)),
    ],
)
def test_cached_tokens_are_priced_as_such_and_what_nobody_counted_is_no_zero(body: object, expected: Took) -> None:
    found = took(record(body), OPENAI)
    assert found.cost == pytest.approx(expected.cost)
    assert (found.calls, found.input_tokens, found.cached_tokens, found.output_tokens, found.uncounted) == (
        expected.calls,
        expected.input_tokens,
        expected.cached_tokens,
        expected.output_tokens,
        expected.uncounted,
    )


@pytest.mark.parametrize(("model", "url"), [("no-such-model", OPENAI), ("gpt-4o-mini", "http://127.0.0.1:1/v1")])
def test_an_unknown_price_is_unknown_and_an_error_is_free(model: str, url: str) -> None:
    good = took(record({**envelope("{}"), "usage": USAGE}, model=model), url)
    assert good.cost is None
    assert took(record(b"{", status=Status.UNKNOWN, model=model), url) == Took(
        1, uncounted=1, maybe_billed=1, cost=None
    )
    refused = took(record(b"{}", status=Status.HTTP, model=model), url)
    assert refused == Took(1)
    assert (good + refused).cost is None
    assert cost(model, Spent(1, 1000, 900, 100), url) is None


def test_sums_say_cached_only_where_a_server_told_it() -> None:
    assert (Took(1, 5) + Took(1, 5)).cached_tokens is None
    assert (Took(1, 5, 0) + Took(1, 5)).cached_tokens == 0
    assert (Took(1, 5, 2) + Took(1, 5, 3)).cached_tokens == 5


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0"), (9_999, "9,999"), (12_345, "12.3k"), (999_949, "999.9k"), (999_950, "1.00M")]
)
def test_large_counts_are_short(count: int, shown: str) -> None:
    assert short(count) == shown


def test_the_last_line_tells_the_cached_share_and_what_may_have_been_billed(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    assert summarize(tmp_path, model).lines[-1] == "m: 9 calls · 900 tokens in (40% cached), 90 out · cost unknown"
    lost = [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{", CLOSE]
    broken = Model(loopback, {"topics": lost})
    broken.env["BRIEFER_MODEL"] = "m2"
    assert summarize(tmp_path, broken, "--section", "topics").code == 5
    broken.replies["topics"] = {}
    told = summarize(tmp_path, broken, "--section", "topics")
    assert told.lines[-1] == "m2: 1 call · 100 tokens in (40% cached), 10 out · cost unknown · may have been billed: 1"


def test_a_reply_without_a_count_is_said_to_be_one(tmp_path: Path, loopback: Loopback) -> None:
    uncounted = {k: v for k, v in envelope('{"call":""}').items() if k != "usage"}
    model = Model(loopback, {"topics": reply(200, uncounted), "topics:reshape": reply(200, uncounted)})
    told = summarize(tmp_path, model, "--section", "topics")
    assert told.lines[-1].endswith(" · tokens unknown: not every reply came with a count")
    [found] = listed(tmp_path)
    assert found["uncounted"] == found["calls"] > 0
    assert found["input_tokens"] == 0
    row = past(tmp_path, "runs").out.splitlines()[1].split()
    assert row[2:5] == ["finished", str(found["calls"]), "unknown"]


def test_the_ledger_is_in_the_journal_s_order_and_every_record_is_in_it(tmp_path: Path, loopback: Loopback) -> None:
    assert summarize(tmp_path, Model(loopback)).code == 0
    shown = past(tmp_path, "show", "last").out.splitlines()
    names = [line.split("  ")[1].strip() for line in shown if line[:1].isdigit()]
    records = Journal.read(run_folder(tmp_path) / "calls.jsonl").records
    assert names == [f"{r.outlet or r.section}{'' if r.round == 'draft' else f' ({r.round})'}" for r in records]
