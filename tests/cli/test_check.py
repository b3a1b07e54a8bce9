"""`briefer check`: a saved briefing and anyone's statements, proved again without a model or a network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Outcome, run, write
from tests.cli.desk import Model, bridge
from tests.fake import bridge_bundle
from tests.server import Loopback

CRACK = "Inspectors found a crack in a main girder."
SAFETY = "“Safety comes first,” Mayor Ines Okafor told reporters."
Saved = dict[str, Any]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Saved]:
    """A function that returns a fresh copy of the briefing that a model's replies make of the bridge bundle."""
    folder, server = tmp_path_factory.mktemp("saved"), Loopback()
    outcome = run("summarize", bridge(folder), "-q", "--format", "json", cwd=folder, env=Model(server).env)
    server.close()
    assert outcome.code == 0
    return lambda: json.loads(outcome.out)


def checked(cwd: Path, content: object, name: str = "b.json", *args: str) -> Outcome:
    """Check content against the bridge bundle; verdicts come as JSON lines."""
    write(cwd / name, content)
    return run("check", name, "--bundle", bridge(cwd), "--format", "json", *args, cwd=cwd)


def codes(outcome: Outcome) -> dict[str, list[str]]:
    """The codes of what is not proved, by id."""
    return {v["id"]: [f["code"] for f in v["findings"]] for v in outcome.json_lines if v["verdict"] == "withheld"}


def first(briefing: Saved) -> Any:
    return briefing["sections"]["papers_say"][0]["statements"][0]


def lines(*statements: object) -> str:
    return "".join(json.dumps(s) + "\n" for s in statements)


def test_a_saved_briefing_proves_itself_again_without_a_server(
    tmp_path: Path, loopback: Loopback, saved: Callable[[], Saved]
) -> None:
    write(tmp_path / "b.json", saved())
    outcome = run("check", "b.json", "--bundle", bridge(tmp_path), cwd=tmp_path, env=Model(loopback).env)
    assert (outcome.code, outcome.out, outcome.lines) == (0, "", ["8 of 8 sentences proved"])
    assert (loopback.requests, (tmp_path / ".briefer").exists()) == ([], False)
    sorted_keys = json.dumps(saved(), sort_keys=True, indent=1)
    assert (checked(tmp_path, sorted_keys).code, checked(tmp_path, json.dumps(saved(), sort_keys=True)).code) == (0, 0)
    piped = run("check", "-", "--bundle", "bundle.json", "-q", cwd=tmp_path, input=json.dumps(saved()))
    assert (piped.code, piped.out, piped.err) == (0, "", "")


def changed_text(b: Saved) -> None:
    first(b)["text"] = first(b)["text"].replace("crack", "crack of 31 metres")


def changed_cite_text(b: Saved) -> None:
    first(b)["cites"][0]["text"] = first(b)["cites"][0]["text"].replace("Monday", "Sunday")


def changed_offsets(b: Saved) -> None:
    first(b)["cites"][0]["end"] -= 1


def another_sentence(b: Saved) -> None:
    first(b)["cites"][0]["id"] = "A1.77"


def changed_outlets(b: Saved) -> None:
    first(b)["outlets"] = ["Coast Radio"]


def invented_also_in(b: Saved) -> None:
    first(b)["also_in"] = ["Coast Radio"]


def called_an_extract(b: Saved) -> None:
    first(b)["kind"] = "extract"


def called_an_inference(b: Saved) -> None:
    first(b)["kind"] = "inference"


def under_another_outlet(b: Saved) -> None:
    b["sections"]["papers_say"][0]["heading"] = "Coast Radio"


def under_an_invented_outlet(b: Saved) -> None:
    b["sections"]["papers_say"][0]["heading"] = "Daily Herald"


def changed_date(b: Saved) -> None:
    b["timeline"][0]["date"] = "1988-05"


def dropped_cites(b: Saved) -> None:
    first(b)["cites"] = []


@pytest.mark.parametrize(
    ("alter", "code"),
    [
        (changed_text, "F301"),
        (changed_cite_text, "C101"),
        (changed_offsets, "C101"),
        (another_sentence, "C101"),
        (dropped_cites, "C102"),
        (changed_outlets, "C103"),
        (invented_also_in, "A703"),
        (called_an_extract, "Q201"),
        (called_an_inference, "Q201"),
        (under_another_outlet, "C103"),
        (under_an_invented_outlet, "A701"),
        (changed_date, "T802"),
    ],
)
def test_what_was_altered_by_hand_is_named(
    tmp_path: Path, saved: Callable[[], Saved], alter: Callable[[Saved], None], code: str
) -> None:
    briefing = saved()
    alter(briefing)
    outcome = checked(tmp_path, briefing)
    assert outcome.code == 9
    [found] = codes(outcome).values()
    assert code in found


def test_another_bundle_proves_nothing(tmp_path: Path, saved: Callable[[], Saved]) -> None:
    write(tmp_path / "b.json", saved())
    other = bridge_bundle().model_dump(exclude_none=True)
    other["articles"] = other["articles"][::-1]
    write(tmp_path / "other.json", other)
    outcome = run("check", "b.json", "--bundle", "other.json", cwd=tmp_path)
    assert outcome.code == 9
    assert "    C101 this is another bundle than the briefing was made of" in outcome.out.splitlines()
    assert "    C101 A1.1 is another sentence in this bundle than in the briefing" in outcome.out.splitlines()


def test_statements_are_proved_by_ids_by_quotes_and_by_the_evidence_that_is_found(tmp_path: Path) -> None:
    cost = "Repairs will cost $4.2 million, the council said."
    statements = [
        {"id": "ids", "text": CRACK, "cites": ["A1.1"]},
        {"id": "evidence", "text": CRACK, "evidence": ["A1.1"]},
        {"id": "quote", "text": cost, "cites": [{"article": 1, "quote": "Repairs will cost $4.2 million"}]},
        {"id": "folded", "text": SAFETY, "cites": [{"article": 1, "quote": '"Safety comes first,"'}]},
        {"id": "found", "text": cost},
        {"id": "outlet", "text": cost, "outlet": "the TARN gazette", "cites": ["A1.2"]},
    ]
    outcome = checked(tmp_path, lines(*statements), "s.jsonl")
    assert outcome.code == 0
    cites = {"ids": "A1.1", "evidence": "A1.1", "quote": "A1.2", "folded": "A1.4", "found": "A1.2", "outlet": "A1.2"}
    assert [{key: value for key, value in line.items() if key != "support"} for line in outcome.json_lines] == [
        {"id": name, "verdict": "proved", "findings": [], "cites": [cite]} for name, cite in cites.items()
    ]
    assert [list(verdict) for verdict in outcome.json_lines] == [["id", "verdict", "findings", "cites", "support"]] * 6
    assert all(0.5 < line["support"] <= 1 for line in outcome.json_lines)


def test_statements_that_are_not_proved_are_named_with_their_finding(tmp_path: Path) -> None:
    statements: list[dict[str, Any]] = [
        {"id": "good", "text": CRACK, "cites": ["A1.1"]},
        {"id": "figure", "text": "Repairs will cost $5.2 million, the council said.", "cites": ["A1.2"]},
        {"id": "outlet", "text": CRACK, "outlet": "Daily Herald", "cites": ["A1.1"]},
        {"id": "another's", "text": CRACK, "outlet": "Coast Radio", "cites": ["A1.1"]},
        {"id": "nowhere", "text": CRACK, "cites": [{"article": 1, "quote": "cracks in two girders"}]},
        {"id": "elsewhere", "text": CRACK, "cites": [{"article": 9, "quote": "a crack"}]},
        {"id": "no-id", "text": CRACK, "cites": ["A1.77"]},
        {"id": "no-evidence", "text": "Penguins swam to Lisbon."},
    ]
    outcome = checked(tmp_path, lines(*statements), "s.jsonl")
    assert outcome.code == 9
    found = codes(outcome)
    expected = {"figure": "F301", "outlet": "A701", "another's": "C103", "nowhere": "C101", "elsewhere": "C101"}
    assert {name: found[name][0] for name in expected} == expected
    assert found["no-id"] == ["C101"]
    assert set(found) == {s["id"] for s in statements[1:]}
    text = run("check", "s.jsonl", "--bundle", "bundle.json", cwd=tmp_path)
    assert (text.code, text.lines) == (9, ["1 of 8 sentences proved"])
    assert text.out.startswith("figure  Repairs will cost $5.2 million, the council said.\n    F301 the number “$5.2 ")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (lines({"id": "a", "text": "x"}) + "\n{\n", "s.jsonl, line 3 is not valid JSON: "),
        (lines({"id": "a", "text": "x"}, {"id": "b"}), "s.jsonl, line 2: text: field required"),
        (lines({"id": "a", "text": "x", "cites": "A1.1"}), "s.jsonl, line 1: cites: input should be a valid list"),
        (lines(["a"]), "s.jsonl, line 1 is no statement"),
        ("", "s.jsonl is empty"),
        (json.dumps({"schema": "briefer/briefing/1"}, indent=1), "s.jsonl is no briefing of this format: story: "),
    ],
    ids=["json", "missing", "kind", "list", "empty", "briefing"],
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(tmp_path: Path, content: str, cause: str) -> None:
    outcome = checked(tmp_path, content, "s.jsonl")
    assert (outcome.code, outcome.out, len(outcome.lines)) == (3, "", 2)
    assert outcome.lines[0].startswith(f"briefer: {cause}")
    assert outcome.lines[1].startswith("  next: ")


def test_a_missing_file_or_an_unknown_format_is_refused(tmp_path: Path) -> None:
    missing = run("check", "no.json", "--bundle", bridge(tmp_path), cwd=tmp_path)
    assert (missing.code, missing.lines[0]) == (3, "briefer: no.json: no such file")
    unknown = run("check", "bundle.json", "--bundle", "bundle.json", "--format", "xml", cwd=tmp_path)
    assert (unknown.code, unknown.lines) == (2, ["briefer: there is no format 'xml'", "  next: choose text or json"])
    no_bundle = run("check", "bundle.json", cwd=tmp_path)
    assert (no_bundle.code, no_bundle.lines[-1]) == (2, "Error: Missing option '--bundle'.")
