"""What a batch says of itself: the sum, JUnit for a CI system, annotations and a step summary for GitHub."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from briefer.batch.github import annotated, step_summary
from briefer.batch.junit import write_junit
from briefer.batch.rows import Row
from briefer.batch.summary import Total, facts, total
from tests.batch.test_batch import OUT, batch, stories, story
from tests.cli.command import run, write
from tests.cli.desk import Model
from tests.fake import block
from tests.server import Loopback

FINE = Row("ferry", "in/ferry.json", status="complete", statements=9, calls=8, attempts=8, input_tokens=100,
           cached_tokens=40, output_tokens=10, cost=0.5, seconds=2.5)  # fmt: skip
HELD = replace(
    FINE, name="dam", withheld=2, findings={"F301": 2, "N401": 1}, sections={"topics": {"F301": 2, "N401": 1}}
)
GAPS = replace(FINE, name="tram", status="incomplete", cause="This section failed: the model refused.")
DOWN = Row("lake", "in/lake.json", status="failed", code=5, cause="the server is down", attempts=4)
BUG = Row("fire", "all.jsonl", 7, status="failed", code=1, cause="this is a bug in briefer: KeyError")
BAD = Row("all.jsonl, line 9", "all.jsonl", 9, status="rejected", code=3, cause="is not valid JSON")
TWIN = Row("ferry", "all.jsonl", 4, status="duplicate", cause="it holds the same articles as in/ferry.json (ferry)")
LATER = Row("storm", "all.jsonl", 5)
ROWS = (FINE, HELD, GAPS, DOWN, BUG, BAD, TWIN, LATER)


def cases(path: Path, rows: tuple[Row, ...] = ROWS, fail_on: str = "incomplete") -> dict[str, TestCase]:
    """What a JUnit parser reads, by source and name; its counts agree with its cases."""
    write_junit(path, rows, total(rows, fail_on))
    [suite] = JUnitXml.fromfile(str(path))
    read = list(suite)
    kinds = [type(result) for case in read for result in case.result]
    assert (suite.tests, suite.errors) == (len(rows), kinds.count(Error))
    assert (suite.failures, suite.skipped) == (kinds.count(Failure), kinds.count(Skipped))
    return {f"{case.classname}/{case.name}": case for case in read}


def test_a_junit_parser_reads_a_case_for_each_bundle(tmp_path: Path) -> None:
    read = cases(tmp_path / "junit.xml")
    outcome = {name: [(type(r).__name__, r.message) for r in case.result] for name, case in read.items()}
    assert outcome == {
        "in/ferry.json/ferry": [],
        "in/ferry.json/dam": [],
        "in/ferry.json/tram": [("Failure", "This section failed: the model refused.")],
        "in/lake.json/lake": [("Error", "the server is down")],
        "all.jsonl/fire": [("Error", "this is a bug in briefer: KeyError")],
        "all.jsonl/all.jsonl, line 9": [("Error", "is not valid JSON")],
        "all.jsonl/ferry": [("Skipped", "it holds the same articles as in/ferry.json (ferry)")],
        "all.jsonl/storm": [("Skipped", "not done yet")],
    }
    assert read["in/ferry.json/ferry"].time == 2.5


def test_withheld_sentences_fail_a_case_where_that_is_wanted(tmp_path: Path) -> None:
    read = cases(tmp_path / "junit.xml", fail_on="withheld")
    [failure] = read["in/ferry.json/dam"].result
    assert (failure.type, failure.message) == ("complete", "2 withheld (F301 ×2, N401)")
    assert not any(case.result for case in cases(tmp_path / "j.xml", (FINE, HELD, GAPS), "never").values())


@given(st.text(), st.text())
def test_any_text_at_all_makes_a_junit_file_that_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, why: str
) -> None:
    rows = (replace(DOWN, name=name, cause=why, source=why),)
    read = cases(tmp_path_factory.mktemp("junit") / "junit.xml", rows)
    assert len(read) == 1


def test_the_sum_counts_each_bundle_once_and_ends_with_the_worst(tmp_path: Path) -> None:
    summed = total(ROWS, "incomplete")
    assert (summed.bundles, sum(summed.statuses.values())) == (8, 8)
    assert (summed.code, summed.codes[9], summed.codes[0]) == (1, 1, 4)
    assert total((FINE, HELD), "withheld").code == 9
    assert total((FINE, GAPS), "never").code == 0
    assert total((DOWN, BAD, GAPS), "incomplete").code == 5
    assert [total(rows, "never").code for rows in ((BAD,), (BAD, GAPS), (BAD, DOWN))] == [3, 9, 5]
    assert (summed.withheld, summed.withheld_in, dict(summed.findings)) == (2, 1, {"F301": 2, "N401": 1})
    assert (summed.input_tokens, summed.cached_tokens, summed.cached_share) == (300, 120, 0.4)
    assert list(facts(summed)) == [
        "27 statements, 2 withheld in 1 bundle (F301 ×2, N401 ×1)",
        "24 calls · 300 tokens in (40% cached), 30 out · $1.50",
    ]


def test_tokens_that_nobody_counted_and_prices_that_nobody_knows_are_not_taken_for_nothing() -> None:
    unknown = replace(FINE, input_tokens=None, cost=None)
    assert total((FINE, unknown), "incomplete").as_json()["cost"] is None
    assert total((FINE, unknown), "incomplete").as_json()["input_tokens"] is None
    assert "the server did not count all tokens · cost unknown" in "".join(facts(total((unknown,), "incomplete")))


def test_a_row_is_read_as_it_was_written() -> None:
    for row in ROWS:
        assert Row.from_json(row.as_json()) == row
    assert Row.from_json(json.dumps({"name": "x", "source": "y", "from a later version": 1})) == Row("x", "y")


def test_github_shows_what_failed_on_its_file_and_what_a_prompt_lost_on_the_prompt(tmp_path: Path) -> None:
    write(tmp_path / "topics.md", "Write blurbs.")
    said = list(annotated(ROWS, total(ROWS, "incomplete"), tmp_path))
    assert said == [
        f"::warning file={tmp_path.as_posix()}/topics.md,line=1,title=withheld::"
        "sentences of this section were withheld: F301 ×2, N401 ×1",
        "::warning file=in/ferry.json,line=1,title=tram incomplete::This section failed: the model refused.",
        "::error file=in/lake.json,line=1,title=lake failed::the server is down",
        "::error file=all.jsonl,line=7,title=fire failed::this is a bug in briefer: KeyError",
        "::error file=all.jsonl,line=9,title=all.jsonl%2C line 9 rejected::is not valid JSON",
    ]
    assert not any("topics.md" in line for line in annotated(ROWS, total(ROWS, "incomplete"), None))


def test_a_bundle_that_is_a_folder_is_annotated_on_its_file(tmp_path: Path) -> None:
    write(tmp_path / "ferry" / "bundle.json", "{}")
    folder = replace(DOWN, source=str(tmp_path / "ferry"))
    [line] = annotated((folder,), total((folder,), "incomplete"), None)
    assert line.startswith(f"::error file={tmp_path.as_posix()}/ferry/bundle.json,line=1,")


def test_what_a_bundle_says_of_itself_cannot_end_an_annotation_or_begin_one() -> None:
    evil = replace(DOWN, name="a,b::error::c", cause="100%\n::add-mask::x\r::stop\u2028", source="x::y,z")
    [line] = annotated((evil,), total((evil,), "incomplete"), None)
    assert "\n" not in line
    assert line.startswith("::error file=x%3A%3Ay%2Cz,line=1,title=a%2Cb%3A%3Aerror%3A%3Ac failed::100%25 ")
    where = Row("x", "standard input", 3, status="rejected", code=3, cause="bad")
    assert list(annotated((where,), total((where,), "incomplete"), None)) == ["::error title=x rejected::bad"]


def test_no_more_annotations_than_github_shows() -> None:
    rows = tuple(replace(BUG, name=f"n{n}") for n in range(50)) + tuple(replace(GAPS, name=f"g{n}") for n in range(50))
    said = [line.split()[0] for line in annotated(rows, total(rows, "incomplete"), None)]
    assert (said.count("::error"), said.count("::warning")) == (10, 10)


def test_the_step_summary_lists_what_somebody_should_look_at() -> None:
    evil = replace(DOWN, name="<img src=x>|*b*", cause="[x](http://e.example) `c`")
    text = step_summary((FINE, evil, TWIN), total((FINE, evil, TWIN), "incomplete"))
    assert text.startswith("### briefer: 3 bundles\n\n1 complete, 1 failed, 1 duplicate.\n")
    [row] = [line for line in text.splitlines() if "failed |" in line]
    assert not re.search(r"(?<!\\)[<>`*\[\]]", row)
    many = tuple(replace(BUG, name=f"n{n}") for n in range(150))
    assert step_summary(many, total(many, "incomplete")).endswith("\nAnd 50 more.\n")


def test_a_ci_job_gets_its_junit_file_its_annotations_and_its_summary(tmp_path: Path, loopback: Loopback) -> None:
    wrong = {"blocks": [block(("About 7,000 vehicles use the bridge each day.", ["A1.3"]))]}
    model = Model(loopback, {"whats_happened": wrong, "whats_happened:repair": {}})
    assert run("prompts", "eject", "--prompts", "desk", cwd=tmp_path).code == 0
    write(tmp_path / "stories.jsonl", f"{json.dumps(story(1))}\n{{\n")
    step = tmp_path / "step.md"
    ci = {**model.env, "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_STEP_SUMMARY": str(step)}
    asked = ["--prompts", "desk", "--junit", "junit.xml", "--github", "--fail-on", "withheld"]
    from tests.cli.command import start

    process = start("batch", "stories.jsonl", "-o", OUT, *asked, cwd=tmp_path, env=ci)
    out, err = (each.decode() for each in process.communicate(timeout=60))
    assert process.returncode == 9
    obeyed = [line for line in out.splitlines() if line.startswith("::")]
    assert obeyed == [
        "::warning file=desk/whats_happened.md,line=1,title=withheld::sentences of this section were withheld: F304 ×1",
        "::warning file=stories.jsonl,line=1,title=story-1 complete::1 withheld (F304)",
        "::error file=stories.jsonl,line=2,title=stories.jsonl%2C line 2 rejected::"
        "is not valid JSON: line 1, column 2: ends in the middle; is the file cut off?",
    ]
    assert "::" not in err
    assert "1 complete, 1 rejected." in step.read_text()
    [suite] = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
    assert (suite.tests, suite.failures, suite.errors) == (2, 1, 1)


def test_an_empty_batch_is_a_sound_file(tmp_path: Path) -> None:
    assert cases(tmp_path / "junit.xml", ()) == {}
    assert total((), "incomplete") == Total("incomplete")


def test_a_junit_file_that_cannot_be_written_is_found_before_the_first_call(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    stories(tmp_path, 1)
    assert batch(tmp_path, model, "--junit", str(tmp_path)).code == 2
    assert batch(tmp_path, model, "--junit", "no/folder.xml").code == 7
    assert model.asked == []
