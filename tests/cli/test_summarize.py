"""`briefer summarize` from end to end: what is printed, what is kept, what is asked again, how it ends."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from briefer.render.outline import TITLES
from tests.cli.command import Outcome, run, run_folder, start, write
from tests.cli.desk import CALLS, KEY, Model, bridge, journaled
from tests.fake import block, bridge_bundle
from tests.server import Answer, Loopback, Received, completion, reply

NO_MODEL = "no model is configured: the briefing is made of the articles' own sentences (--model NAME asks one)"
ARTICLES: list[dict[str, Any]] = bridge_bundle().model_dump(exclude_none=True)["articles"]
WRONG = {"blocks": [block(("Repairs will cost $5.2 million.", ["A1.2"]))]}


def outlets(outcome: Outcome) -> list[str]:
    return [b["heading"] for b in outcome.json["sections"]["papers_say"]]


def test_without_a_model_six_sections_come_out_of_the_articles_and_one_line_says_so(tmp_path: Path) -> None:
    outcome = run("summarize", bridge(tmp_path), cwd=tmp_path)
    assert (outcome.code, outcome.lines) == (0, [NO_MODEL])
    printed = outcome.out.splitlines()
    places = [printed.index(title) for title in TITLES.values()]
    assert places == sorted(places)
    assert not (tmp_path / ".briefer").exists()
    quiet = run("summarize", "bundle.json", "-q", cwd=tmp_path)
    assert (quiet.err, quiet.out) == ("", outcome.out)
    chosen = run("summarize", "bundle.json", "--model", "extract", cwd=tmp_path)
    assert (chosen.err, chosen.out) == ("", outcome.out)


@pytest.mark.parametrize(
    ("name", "format_", "begins"),
    [
        ("b.json", "json", '{\n  "schema": "briefer/briefing/1"'),
        ("b.md", "markdown", "# "),
        ("b.html", "html", "<!doctype html>"),
        ("b.txt", "terminal", "Closure of the Tarn bridge\n"),
    ],
)
def test_the_suffix_of_the_output_chooses_what_format_would(
    tmp_path: Path, name: str, format_: str, begins: str
) -> None:
    saved = run("summarize", bridge(tmp_path), "-o", name, cwd=tmp_path)
    assert (saved.code, saved.out, saved.lines[-1]) == (0, "", f"written to {name}")
    printed = run("summarize", "bundle.json", "--format", format_, cwd=tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == printed.out
    assert printed.out.lower().startswith(begins.lower())
    assert {path.name for path in tmp_path.iterdir()} == {name, "bundle.json"}


def test_only_the_named_sections_are_written_in_their_own_order_and_the_named_language(tmp_path: Path) -> None:
    args = ["--section", "topics", "--section", "papers_say", "--language", "de", "--format", "json"]
    outcome = run("summarize", bridge(tmp_path), *args, cwd=tmp_path)
    assert outcome.code == 0
    assert list(outcome.json["sections"]) == ["papers_say", "topics"]
    assert outcome.json["language"] == "de"
    write(tmp_path / "b.json", outcome.out)
    assert run("check", "b.json", "--bundle", "bundle.json", cwd=tmp_path).code == 0


def test_articles_come_as_lines_as_a_folder_and_through_a_pipe(tmp_path: Path) -> None:
    lines = "".join(json.dumps(article) + "\n" for article in ARTICLES)
    write(tmp_path / "b.jsonl", lines)
    for name, article in zip(("1.json", "2.txt", "3.html"), ARTICLES, strict=True):
        headed = f"---\noutlet: {article['outlet']}\npublished: {article['published']}\n---\n{article['text']}"
        page = f'<meta property="og:site_name" content="{article["outlet"]}"><p>{article["text"]}'
        write(tmp_path / "folder" / name, {"json": article, "txt": headed, "html": page}[name[2:]])
    for source, piped in (("b.jsonl", None), ("-", lines), ("-", json.dumps({"articles": ARTICLES})), ("folder", None)):
        outcome = run("summarize", source, "--format", "json", cwd=tmp_path, input=piped)
        assert (outcome.code, outlets(outcome)) == (0, ["Tarn Gazette", "Northern Wire", "Coast Radio"])


def test_two_articles_of_one_outlet_make_one_account_and_a_bundle_of_one_says_what_it_cannot_do(tmp_path: Path) -> None:
    second = {**ARTICLES[1], "outlet": "the TARN Gazette"}
    write(tmp_path / "two.json", [ARTICLES[0], second, ARTICLES[2]])
    two = run("summarize", "two.json", "--format", "json", cwd=tmp_path)
    assert (two.code, outlets(two)) == (0, ["Tarn Gazette", "Coast Radio"])
    account = two.json["sections"]["papers_say"][0]["statements"]
    assert {c["article"] for s in account for c in s["cites"]} == {"A1", "A2"}
    one = run("summarize", write(tmp_path / "one.json", ARTICLES[0]), cwd=tmp_path)
    assert one.code == 0
    assert "all articles are Tarn Gazette's" in " ".join(one.out.split())


def test_two_hundred_articles_keep_every_outlet(tmp_path: Path) -> None:
    towns = [
        f"{a}{b}{c}" for a in "BDFGK" for b in ("a", "el", "or", "ir") for c in ("by", "ton", "ham", "wick", "ley")
    ]
    articles = [
        {
            "outlet": f"{town} {kind}",
            "text": f"Rain closed {n} schools in {town} for days. The {kind} asked {town} why.",
        }
        for n, (town, kind) in enumerate((t, k) for t in towns for k in ("Echo", "Mail"))
    ]
    write(tmp_path / "b.json", articles)
    outcome = run("summarize", "b.json", "--format", "json", cwd=tmp_path)
    assert (outcome.code, len(outlets(outcome))) == (0, 200)


def test_a_text_of_five_megabytes_takes_less_than_half_a_minute(tmp_path: Path) -> None:
    text = "\n\n".join(f"{article['text']} Item {n} followed." for n in range(7600) for article in ARTICLES)
    assert len(text) > 5_000_000
    write(tmp_path / "b.json", [{"outlet": "Tarn Gazette", "text": text}, ARTICLES[1]])
    began = os.times().children_user
    assert run("summarize", "b.json", "--section", "papers_say", cwd=tmp_path).code == 0
    assert os.times().children_user - began < 30  # seconds of work, however busy the machine is


def test_a_model_s_briefing_is_kept_with_every_call_and_the_same_command_pays_nothing(
    tmp_path: Path, loopback: Loopback
) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    first = run("summarize", bundle, "-o", "b.json", cwd=tmp_path, env=model.env)
    assert (first.code, first.out) == (0, "")
    assert first.lines == [f"m: {CALLS} calls · 900 tokens in (40% cached), 90 out · cost unknown", "written to b.json"]
    saved = (tmp_path / "b.json").read_bytes()
    folder = run_folder(tmp_path)
    assert (folder / "briefing.json").exists()
    assert json.loads((folder / "briefing.json").read_bytes()) == json.loads(saved)
    assert journaled(tmp_path) == ["ok"] * CALLS == ["ok"] * len(model.asked)
    again = run("summarize", bundle, "-o", "b.json", cwd=tmp_path, env=model.env)
    assert (again.code, again.lines[0]) == (0, f"going on with {folder.relative_to(tmp_path)}")
    assert (tmp_path / "b.json").read_bytes() == saved
    assert len(loopback.requests) == CALLS
    assert run("check", "b.json", "--bundle", bundle, cwd=tmp_path).code == 0


def test_a_recorded_tape_gives_the_same_briefing_without_a_server(tmp_path: Path, loopback: Loopback) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    live = run("summarize", bundle, "--record", "t.jsonl", "--format", "json", cwd=tmp_path, env=model.env)
    asked = len(loopback.requests)
    for env in ({}, model.env):
        replayed = run("summarize", bundle, "--replay", "t.jsonl", "--format", "json", cwd=tmp_path, env=env)
        assert (replayed.code, replayed.out) == (live.code, live.out)
    assert live.code == 0
    assert "m: 9 replies from the tape" in replayed.err
    assert len(loopback.requests) == asked


def test_a_streamed_reply_stands_on_the_tape_in_one_piece(tmp_path: Path, loopback: Loopback) -> None:
    model, streamed = Model(loopback), []

    def answer(request: Received) -> Answer:
        plain = model._answer(request)
        if not request.json["stream"]:
            return plain
        assert isinstance(plain, bytes)
        said = json.loads(plain.partition(b"\r\n\r\n")[2])
        pieces = [{"content": character} for character in said["choices"][0]["message"]["content"]]
        chunks: list[Any] = [{"choices": [{"index": 0, "delta": delta}]} for delta in pieces]
        chunks += [{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": said["usage"]}, "[DONE]"]
        events = "".join(f"data: {json.dumps(c) if isinstance(c, dict) else c}\n\n" for c in chunks)
        streamed.append(len(events))
        return reply(200, events, {"Content-Type": "text/event-stream"})

    loopback.handle(answer)
    long = bridge_bundle().model_dump(exclude_none=True)
    long["references"][0]["text"] += " The harbour has a quay." * 200  # long enough for a provider to keep
    bundle = write(tmp_path / "bundle.json", long)
    live = run("summarize", bundle, "--record", "t.jsonl", "--format", "json", cwd=tmp_path, env=model.env)
    tape = (tmp_path / "t.jsonl").read_bytes()
    assert (live.code, len(streamed)) == (0, 1)
    assert b"data: " not in tape
    assert len(tape) < (run_folder(tmp_path) / "calls.jsonl").stat().st_size - streamed[0] / 2
    replayed = run("summarize", bundle, "--replay", "t.jsonl", "--format", "json", cwd=tmp_path)
    assert (replayed.code, replayed.out) == (live.code, live.out)


def test_a_refused_account_is_named_and_its_own_sentences_stand_in(tmp_path: Path, loopback: Loopback) -> None:
    refusal = completion(None, refusal="I cannot help with that")
    model, bundle = Model(loopback, {"papers_say/Coast Radio": refusal}), bridge(tmp_path)
    outcome = run("summarize", bundle, "--format", "json", cwd=tmp_path, env=model.env)
    said = "Coast Radio: the model refused; its own lead sentences stand in place of an account."
    assert outcome.code == 9
    assert f"A702 {said}" in outcome.lines
    assert ("A702", said) in [(note["code"], note["message"]) for note in outcome.json["integrity"]]
    radio = outcome.json["sections"]["papers_say"][2]
    assert (radio["heading"], {s["kind"] for s in radio["statements"]}) == ("Coast Radio", {"extract"})
    never = run("summarize", bundle, "--fail-on", "never", cwd=tmp_path, env=model.env)
    assert never.code == 0
    assert model.asked.count("papers_say/Coast Radio") == 2  # a refusal is never served again
    assert len(model.asked) == CALLS + 1


def test_what_is_withheld_counts_only_where_it_is_asked_for(tmp_path: Path, loopback: Loopback) -> None:
    wrong = {"whats_happened": WRONG, "whats_happened:repair": WRONG}
    model, bundle = Model(loopback, wrong), bridge(tmp_path)
    args = ["summarize", bundle, "--section", "whats_happened"]
    usual = run(*args, cwd=tmp_path, env=model.env)
    assert usual.code == 0
    assert "1 sentence went back to the model, 0 came back mended" in usual.lines
    assert "1 withheld; the briefing lists them with their reasons" in usual.lines
    assert "Not proved: “Repairs will cost $5.2 million.”" in usual.out
    assert run(*args, "--fail-on", "withheld", cwd=tmp_path, env=model.env).code == 9
    assert run(*args, cwd=tmp_path, env={**model.env, "BRIEFER_FAIL_ON": "withheld"}).code == 9
    assert model.asked == ["whats_happened", "whats_happened:repair"]


def test_a_key_that_the_server_repeats_is_nowhere(tmp_path: Path, loopback: Loopback) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    loopback.script(reply(401, {"error": {"message": f"Incorrect API key provided: {KEY}", "code": KEY}}))
    for args in ((), ("--debug",)):
        outcome = run("summarize", bundle, *args, cwd=tmp_path, env=model.env)
        assert (outcome.code, outcome.out) == (4, "")
        assert outcome.lines[-3:] == [
            f"briefer: 127.0.0.1:{loopback.port} refused the key (model m)",
            "  safe: every finished reply is in the journal",
            f"  next: set BRIEFER_API_KEY to a key of 127.0.0.1:{loopback.port}",
        ]
        assert KEY not in outcome.err
    files = [path for path in (tmp_path / ".briefer").rglob("*") if path.is_file()]
    assert "calls.jsonl" in {path.name for path in files}
    assert not [path for path in files if KEY.encode() in path.read_bytes()]
    assert loopback.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_second_process_on_the_same_run_keeps_out(tmp_path: Path, loopback: Loopback) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    loopback.script([30.0])
    first = start("summarize", bundle, cwd=tmp_path, env=model.env)
    try:
        deadline = time.monotonic() + 20
        while not loopback.requests and time.monotonic() < deadline:
            time.sleep(0.02)
        second = run("summarize", bundle, cwd=tmp_path, env=model.env)
    finally:
        first.kill()
        first.communicate()
    assert (second.code, second.out) == (8, "")
    folder = run_folder(tmp_path).relative_to(tmp_path)
    assert second.lines[0].startswith(f"briefer: the run folder {folder} is in use by process {first.pid} on ")
    assert second.lines[1:] == [
        "  safe: nothing was changed",
        "  next: wait for it to end, or stop it; then run the same command again",
    ]


def test_a_run_folder_that_cannot_be_made_is_found_before_the_first_call(tmp_path: Path, loopback: Loopback) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    write(tmp_path / ".briefer", "a file")
    outcome = run("summarize", bundle, cwd=tmp_path, env=model.env)
    assert (outcome.code, outcome.out, model.asked) == (7, "", [])
    assert outcome.lines[0].startswith("briefer: cannot create the folder .briefer/runs: ")


def test_a_setting_that_the_server_does_not_take_is_named_and_asked_for_once(
    tmp_path: Path, loopback: Loopback
) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    told = {"error": {"message": "Unsupported value: 'temperature' does not support 0.2 with this model."}}
    answered = loopback._handler
    loopback.handle(lambda r: reply(400, told) if "temperature" in r.json else answered(r))
    env = {**model.env, "BRIEFER_TEMPERATURE": "0.2"}
    done = run("summarize", bundle, cwd=tmp_path, env=env)
    assert (done.code, done.err.count("m takes no temperature: its own is used instead of 0.2")) == (0, 1)
    refused = len(loopback.requests) - CALLS
    assert 1 <= refused <= CALLS
    again = run("summarize", bundle, "--language", "de", cwd=tmp_path, env=env)
    assert "m takes no temperature" in again.err
    assert sum("temperature" in r.json for r in loopback.requests) == refused
