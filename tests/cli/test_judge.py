"""`--judge` over a real server: summarize and check, recorded and replayed, and what happens when it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefer.journal import Journal
from tests.cli.command import Outcome, run, run_folder, write
from tests.cli.desk import CALLS, Model, bridge, opinions
from tests.fake import block
from tests.server import Answer, Loopback, completion, reply

HEDGE = "Repairs will cost $4.6 million."
MEETING = "A public meeting of drivers is planned for Friday."  # the checks let a word pass
NO_HEDGE = {"id": "hedge", "text": HEDGE, "cites": ["A2.3"]}  # W501
DRIVERS = {"id": "meeting", "text": MEETING, "cites": ["A3.3"]}
CRACK = {"id": "crack", "text": "Inspectors found a crack in a main girder.", "cites": ["A1.1"]}
FIGURE = {"id": "figure", "text": "Repairs may cost $5.2 million.", "cites": ["A2.3"]}  # F301
LINES = "".join(json.dumps(s) + "\n" for s in (NO_HEDGE, DRIVERS, CRACK, FIGURE))
CHECK = ("check", "s.jsonl", "--bundle", "bundle.json")
# A briefing in which the judge settles one sentence and lowers another, which is then mended.
REPLIES = {
    "whats_happened": {"blocks": [block((HEDGE, ["A2.3"]), (MEETING, ["A3.3"]))]},
    "whats_happened:repair": {"blocks": [block(("The minister has not quit.", ["A2.2"]), heading="2")]},
}


def strict(asked: str) -> Answer:
    return completion(opinions(asked, meeting="not_stated"))


def summarized(
    cwd: Path, server: Loopback, *args: str, judge: Callable[[str], Answer] = strict
) -> tuple[Outcome, Model]:
    model = Model(server, REPLIES, judge)
    options = ("--judge", "j", "-o", "b.json", *args)
    return run("summarize", bridge(cwd), *options, cwd=cwd, env=model.env), model


def checked(cwd: Path, *args: str, env: dict[str, str] | None = None) -> Outcome:
    write(cwd / "s.jsonl", LINES)
    return run("check", "s.jsonl", "--bundle", bridge(cwd), "--format", "json", *args, cwd=cwd, env=env)


def verdicts(outcome: Outcome) -> dict[str, list[str]]:
    return {v["id"]: [v["verdict"], *(f["code"] for f in v["findings"])] for v in outcome.json_lines}


def test_a_judged_briefing_is_recorded_replayed_and_proves_itself_again(tmp_path: Path, loopback: Loopback) -> None:
    outcome, model = summarized(tmp_path, loopback, "--record", "t.jsonl")
    assert outcome.code == 0
    judges = model.asked.count("judge")
    assert (len(model.asked), judges) == (CALLS + 1 + judges, 8)
    assert outcome.lines[0] == "1 sentence went back to the model, 1 came back mended"
    assert outcome.lines[1].startswith(f"m, judge j: {len(model.asked)} calls · ")
    made = json.loads((tmp_path / "b.json").read_bytes())
    assert [s["text"] for s in made["sections"]["whats_happened"][0]["statements"]] == [
        HEDGE,
        "The minister has not quit.",
    ]
    assert (made["provenance"]["model"], made["provenance"]["judge"]) == ("m", "j")
    assert made["usage"]["calls"] == len(model.asked)

    loopback.handle(lambda _: reply(500))
    taped = run("summarize", "bundle.json", "--replay", "t.jsonl", "-o", "again.json", cwd=tmp_path)
    assert taped.code == 0
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    proved = run("check", "b.json", "--bundle", "bundle.json", cwd=tmp_path)
    assert (proved.code, proved.lines[1:]) == (
        0,
        ["1 of them on a judge's word only (N402, W501, W502, W505 or S601); --judge asks one again"],
    )


def test_the_drafts_of_a_run_without_a_judge_are_not_paid_again_and_never_taken_for_its_own(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Model(loopback, REPLIES, strict)
    assert run("summarize", bridge(tmp_path), cwd=tmp_path, env=model.env).code == 0
    drafted = list(model.asked)
    outcome, second = summarized(tmp_path, loopback, "--judge", "m")  # the same name for both
    assert outcome.code == 0
    assert set(second.asked) <= {"judge", "whats_happened:repair", "papers_say:closing"}
    assert "judge" not in drafted
    rounds = {(r.round == "judge", r.key) for r in Journal.read(run_folder(tmp_path) / "calls.jsonl").records}
    assert len(rounds) == len({key for _, key in rounds})


def test_another_judge_s_prompt_keeps_the_drafts(tmp_path: Path, loopback: Loopback) -> None:
    _, first = summarized(tmp_path, loopback)
    write(tmp_path / "prompts" / "_judge.md", "Judge these.\n\n{{ statements }}")
    outcome, second = summarized(tmp_path, loopback, "--prompts", "prompts")
    assert outcome.code == 0
    assert outcome.lines[0].startswith("going on with .briefer/runs/")
    assert second.asked == ["judge"] * first.asked.count("judge")
    assert loopback.requests[-1].json["messages"][0]["content"].startswith("Judge these.\n\n=== STATEMENTS ")


def test_the_judge_may_be_a_setting_of_the_project(tmp_path: Path, loopback: Loopback) -> None:
    write(tmp_path / "briefer.toml", 'judge = "j"')
    model = Model(loopback, REPLIES, strict)
    outcome = run("summarize", bridge(tmp_path), "--format", "json", cwd=tmp_path, env=model.env)
    assert (outcome.code, outcome.json["provenance"]["judge"]) == (0, "j")
    write(tmp_path / "briefer.toml", 'judge = "extract"')
    refused = run("summarize", "bundle.json", cwd=tmp_path, env=model.env)
    assert (refused.code, refused.lines[0]) == (3, "briefer: judge from briefer.toml is 'extract', which is no model")


def test_statements_are_judged_with_one_call_recorded_and_replayed(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, judge=strict)
    outcome = checked(tmp_path, "--judge", "j", "--base-url", loopback.base_url, "--record", "t.jsonl")
    assert outcome.code == 9
    expected = {
        "hedge": ["proved", "W501"],
        "meeting": ["withheld", "S602"],
        "crack": ["proved"],
        "figure": ["withheld", "F301"],
    }
    assert verdicts(outcome) == expected
    assert (model.asked, loopback.requests[0].json["model"]) == (["judge"], "j")
    assert outcome.lines[0].startswith("judge j: 1 call · 100 tokens in (40% cached), 10 out")
    assert outcome.lines[-1] == "1 of them on a judge's word only (N402, W501, W502, W505 or S601)"
    again = checked(tmp_path, "--judge", "j", env=model.env)
    assert (verdicts(again), model.asked) == (expected, ["judge"])
    for args in ([], ["--judge", "j"]):
        taped = checked(tmp_path, "--replay", "t.jsonl", *args, env={"BRIEFER_JUDGE": "summarize's own"})
        assert (taped.code, verdicts(taped)) == (9, expected)
        assert taped.lines[0].startswith("judge j: 1 reply from the tape")
    other = checked(tmp_path, "--replay", "t.jsonl", "--judge", "k")
    assert (other.code, other.lines[0][:60]) == (3, "briefer: the tape t.jsonl holds no reply for statements (jud")


def test_a_saved_briefing_is_judged_again(tmp_path: Path, loopback: Loopback) -> None:
    _, model = summarized(tmp_path, loopback)
    model.asked.clear()
    model.judge = lambda asked: completion(opinions(asked, Repairs="not_stated", girder="contradicted"))
    outcome = run(
        "check", "b.json", "--bundle", "bundle.json", "--judge", "k", "--format", "json", cwd=tmp_path, env=model.env
    )
    assert outcome.code == 9
    withheld = [[f["code"] for f in v["findings"]] for v in outcome.json_lines if v["verdict"] == "withheld"]
    assert withheld == [["W501", "S602"], ["S602"]]
    assert set(model.asked) == {"judge"}


def test_without_the_option_check_asks_nobody_and_loads_no_door(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback, judge=strict)
    outcome = checked(tmp_path, env={**model.env, "BRIEFER_JUDGE": "j"})
    assert verdicts(outcome)["meeting"] == ["proved"]
    assert (loopback.requests, (tmp_path / ".briefer").exists()) == ([], False)
    code = (
        "import sys; sys.argv = ['briefer', 'check', 's.jsonl', '--bundle', 'bundle.json', '-q'];"
        "from briefer.cli import command_line\n"
        "try: command_line(sys.argv[1:])()\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m.startswith(('briefer.models', 'briefer.judge', 'openai', 'tenacity'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "answer",
    [
        completion("I would rather not say."),
        completion('{"call": "", "verdicts": []}'),
        completion(None, refusal="no"),
        reply(503, "busy"),
    ],
    ids=["garbage", "missing", "refused", "unavailable"],
)
def test_a_judge_that_gives_no_answer_leaves_the_checks_verdicts_and_is_told_of(
    tmp_path: Path, loopback: Loopback, answer: bytes
) -> None:
    outcome, _ = summarized(tmp_path, loopback, judge=lambda _: answer)
    assert outcome.code == 0
    made = json.loads((tmp_path / "b.json").read_bytes())
    [note] = [i["message"] for i in made["integrity"] if i["code"] == "R004"]
    # What was copied from an article needs no judge.
    assert note == "8 sentences got no usable answer from the judge j; what the checks say stands."
    assert f"R004 {note}" in outcome.lines
    texts = [s["text"] for s in made["sections"]["whats_happened"][0]["statements"]]
    assert texts == [MEETING]
    assert [n["code"] for w in made["withheld"] for n in w["findings"]] == ["W501"]
    shown = run("check", "b.json", "--bundle", "bundle.json", cwd=tmp_path)
    assert shown.code == 0
    lines = checked(tmp_path, "--judge", "j", "--base-url", loopback.base_url)
    assert "3 sentences got no usable answer from the judge; what the checks say stands" in lines.lines
    assert verdicts(lines)["hedge"] == ["withheld", "W501"]


def test_a_judge_that_does_not_exist_ends_the_run(tmp_path: Path, loopback: Loopback) -> None:
    outcome, _ = summarized(tmp_path, loopback, judge=lambda _: reply(404, "no such model"))
    assert (outcome.code, (tmp_path / "b.json").exists()) == (4, False)
    assert "has no model j" in outcome.lines[0]


def test_a_yes_or_no_checker_is_asked_in_its_own_form(tmp_path: Path, loopback: Loopback) -> None:
    def answer(asked: str) -> Answer:
        return completion("No" if "public meeting of" in asked else "Yes")

    model = Model(loopback, judge=answer)
    outcome = checked(tmp_path, "--judge", "bespoke-minicheck", "--record", "t.jsonl", env=model.env)
    assert verdicts(outcome) == {
        "hedge": ["proved", "W501"],
        "meeting": ["withheld", "S602"],
        "crack": ["proved"],
        "figure": ["withheld", "F301"],
    }
    assert len(loopback.requests) == 3
    for request in loopback.requests:
        assert sorted(request.json) == ["messages", "model", "stream"]
        [message] = request.json["messages"]
        assert message["role"] == "user"
        assert [line.partition(":")[0] for line in message["content"].split("\n")] == ["Document", "Claim"]
    taped = checked(tmp_path, "--replay", "t.jsonl")
    assert verdicts(taped) == verdicts(outcome)


@pytest.mark.parametrize(
    ("command", "cause"),
    [
        (
            ["check", "s.jsonl", "--bundle", "bundle.json", "--base-url", "http://127.0.0.1:1/v1"],
            "--base-url needs a judge",
        ),
        (["check", "s.jsonl", "--bundle", "bundle.json", "--record", "t.jsonl"], "--record needs a judge"),
        (
            ["check", "s.jsonl", "--bundle", "bundle.json", "--judge", "j", "--record", "t", "--replay", "u"],
            "--record and",
        ),
        (["summarize", "bundle.json", "--judge", "j"], "--judge needs a model, and none is named"),
    ],
    ids=["base-url", "record", "both", "no-model"],
)
def test_options_that_cannot_be_meant_are_refused(tmp_path: Path, command: list[str], cause: str) -> None:
    write(tmp_path / "s.jsonl", LINES)
    bridge(tmp_path)
    outcome = run(*command, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.lines[0].startswith(f"briefer: {cause}")


def test_a_project_file_may_name_a_judge_but_no_address(tmp_path: Path, loopback: Loopback) -> None:
    write(tmp_path / "briefer.toml", f'base_url = "{loopback.base_url}"')
    outcome = checked(tmp_path, "--judge", "j")
    assert (outcome.code, outcome.lines[0]) == (3, "briefer: briefer.toml may not set base_url")
    assert loopback.requests == []
