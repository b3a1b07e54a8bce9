"""`briefer check` on Markdown and plain text, as other systems write it and as `summarize -o x.md` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run, write
from tests.cli.desk import bridge

STORY = Path(__file__).parents[2] / "fixtures" / "dprk-russia"
REPORT = """# Tarn bridge

The Tarn Gazette reports that repairs will cost $4.2 million. Coast Radio says that repairs will cost $4.2 million.

When will it open?
"""
READ = "2 sentences read; left out: 1 heading, 1 question"
VERDICTS = [("L3.1", "proved", []), ("L3.2", "withheld", ["S601"])]


@pytest.mark.parametrize("name", ["report.md", "report.markdown", "report.txt", "REPORT.MD", "report"])
def test_a_report_is_read_and_its_sentences_are_proved_one_by_one(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, REPORT)
    outcome = run("check", name, "--bundle", bridge(tmp_path), "--format", "json", cwd=tmp_path)
    found = [(v["id"], v["verdict"], [f["code"] for f in v["findings"]]) for v in outcome.json_lines]
    assert (outcome.code, found, outcome.lines) == (9, VERDICTS, [f"{name}: {READ}"])


def test_a_report_comes_from_standard_input_too(tmp_path: Path) -> None:
    outcome = run("check", "-", "--bundle", bridge(tmp_path), cwd=tmp_path, input=REPORT)
    assert outcome.lines == [f"standard input: {READ}", "1 of 2 sentences proved"]
    assert outcome.out == (
        "L3.2  Coast Radio says that repairs will cost $4.2 million.\n    S601 no sentence of Coast Radio is like it\n"
    )
    quiet = run("check", "-", "--bundle", "bundle.json", "-q", cwd=tmp_path, input=REPORT)
    assert (quiet.code, quiet.err) == (9, "")


def test_json_in_a_text_file_is_still_json(tmp_path: Path) -> None:
    write(tmp_path / "s.txt", '{"id": "a", "text": "Repairs will cost $4.2 million, the council said."}\n')
    outcome = run("check", "s.txt", "--bundle", bridge(tmp_path), cwd=tmp_path)
    assert (outcome.code, outcome.lines) == (0, ["1 of 1 sentences proved"])


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "report.md is empty"),
        ("# Tarn\n\n- Bridge\n", "report.md holds no sentence that could be checked: 0 sentences read; left out: 1 "),
        (b"\x89PNG\r\n\x1a\n", "report.md is not UTF-8: byte 0 is 0x89"),
        (b"a\0b", "report.md is no text"),
        ("The bridge is shut. " * 60_000, "report.md has 1,200,000 characters; a briefing has at most 1,000,000"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, content: str | bytes, cause: str) -> None:
    write(tmp_path / "report.md", content)
    outcome = run("check", "report.md", "--bundle", bridge(tmp_path), cwd=tmp_path)
    assert (outcome.code, outcome.out, len(outcome.lines)) == (3, "", 2)
    assert outcome.lines[0].startswith(f"briefer: {cause}")


def test_the_demos_markdown_proves_itself_again(tmp_path: Path) -> None:
    bundle = str(STORY / "bundle.json")
    drafted = run("summarize", bundle, "--replay", str(STORY / "tape.jsonl"), "-o", "demo.md", "-q", cwd=tmp_path)
    assert drafted.code == 0
    outcome = run("check", "demo.md", "--bundle", bundle, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (0, "")
    counted, proved = outcome.lines
    read = counted.removeprefix("demo.md: ").split()[0]
    assert proved == f"{read} of {read} sentences proved"
    assert int(read) > 50
