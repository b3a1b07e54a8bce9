"""`briefer compare` at work: which calls it makes, what it prints, how it ends."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from briefer.data import data_folder
from tests.cli.command import run
from tests.cli.desk import REPLIES, Model, bridge
from tests.fake import block
from tests.server import Loopback

NARROW = "papers_say/Coast Radio"


@pytest.fixture
def model(loopback: Loopback) -> Model:
    return Model(loopback)


def prompts(folder: Path, name: str = "papers_say", was: str = "two or three", now: str = "one or two") -> str:
    """Write a folder of prompts with one edit."""
    folder.mkdir(exist_ok=True)
    text = (data_folder("prompts") / f"{name}.md").read_text("utf-8")
    assert was in text
    (folder / f"{name}.md").write_text(text.replace(was, now), "utf-8")
    return folder.name


def test_only_the_edited_section_is_called_the_old_prompts_twice(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    new = prompts(tmp_path / "mine")
    done = run("compare", "shipped", new, "--bundles", "bundle.json", cwd=tmp_path, env=model.env)
    assert done.code == 0
    assert sorted(set(model.asked)) == sorted(name for name in REPLIES if name.startswith("papers_say"))
    # Two old runs and a new one. Two runs that come to the same accounts still ask for closing words each.
    assert len(model.asked) == 3 * 4
    assert "The same replies on both sides: nothing changed." in done.out
    assert done.out.startswith("shipped → mine\n1 story · old prompts run twice, new ones once · m\n")


def test_the_same_command_again_makes_no_call(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    new = prompts(tmp_path / "mine")
    first = run("compare", "shipped", new, "--bundles", "bundle.json", cwd=tmp_path, env=model.env)
    model.asked.clear()
    again = run("compare", "shipped", new, "--bundles", "bundle.json", cwd=tmp_path, env=model.env)
    assert model.asked == []
    assert again.out == first.out


def test_an_outlet_that_loses_its_account_is_told_first_and_ends_with_9(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    new = prompts(tmp_path / "mine")
    once = iter([REPLIES[NARROW], REPLIES[NARROW], {"blocks": []}])
    drafts = {NARROW: lambda _: next(once)}
    answer = model.replies

    class Turning(dict[str, object]):
        def get(self, name: str, default: object = None) -> object:
            return drafts[name](name) if name in drafts else super().get(name, default)

    model.replies = Turning(answer)
    done = run("compare", "shipped", new, "--bundles", "bundle.json", "--junit", "out.xml", cwd=tmp_path, env=model.env)
    assert done.code == 9
    assert done.out.split("\n\n")[1].startswith("! Coast Radio has no account of its own any more")
    suite = ET.parse(tmp_path / "out.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert "Coast Radio" in (suite[0][0].get("message") or "")


def test_tapes_beside_the_bundle_serve_without_a_model(model: Model, tmp_path: Path) -> None:
    story = tmp_path / "story"
    story.mkdir()
    bridge(story)
    new = prompts(tmp_path / "mine")
    for name, folder in (("tape-old.jsonl", None), ("tape-new.jsonl", new)):
        given = ("--prompts", folder) if folder else ()
        run("summarize", "story/bundle.json", *given, "--record", f"story/{name}", cwd=tmp_path, env=model.env)
    model.asked.clear()
    done = run("compare", "shipped", new, "--bundles", "story", "--format", "json", cwd=tmp_path)
    assert model.asked == []
    assert done.code == 0
    assert [(s["old_runs"], s["new_runs"]) for s in done.json["stories"]] == [(1, 1)]
    assert done.json["new"]["model"] == "m"


def test_what_no_tape_holds_is_asked_of_the_model_named(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    run("summarize", "bundle.json", "--record", "tape.jsonl", cwd=tmp_path, env=model.env)
    shutil.rmtree(tmp_path / ".briefer")
    model.asked.clear()
    new = prompts(tmp_path / "mine")
    done = run(
        "compare", "shipped", new, "--bundles", "bundle.json", "--replay", "tape.jsonl", "--repeat", "1",
        cwd=tmp_path, env=model.env,
    )  # fmt: skip
    assert done.code == 0
    assert len(model.asked) == 3  # the new accounts; their closing words are on the tape, as the accounts are the same


def test_a_reply_that_no_tape_holds_ends_with_3_and_names_the_call(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    run("summarize", "bundle.json", "--record", "tape.jsonl", cwd=tmp_path, env=model.env)
    new = prompts(tmp_path / "mine")
    done = run("compare", "shipped", new, "--bundles", "bundle.json", "--replay", "tape.jsonl", cwd=tmp_path)
    assert done.code == 3
    assert "papers_say/" in done.lines[0]
    assert "--model" in done.lines[-1]


def test_past_runs_are_compared_without_a_bundle(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    run("summarize", "bundle.json", "-o", "one.json", cwd=tmp_path, env=model.env)
    model.replies[NARROW] = {"blocks": [block(("Drivers face a detour of 31 kilometres.", ["A3.1"]))]}
    shutil.rmtree(tmp_path / ".briefer")
    run("summarize", "bundle.json", "-o", "two.json", cwd=tmp_path, env=model.env)
    done = run("compare", "one.json", "two.json", cwd=tmp_path)
    assert done.code == 0
    assert "old prompts run once, new ones once" in done.out


def test_a_git_revision_is_a_side(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@y.z", "-C", str(tmp_path))
    subprocess.run([*git, "init", "-q"], check=True)
    shutil.copytree(data_folder("prompts"), tmp_path / "prompts")
    subprocess.run([*git, "add", "prompts"], check=True)
    subprocess.run([*git, "commit", "-qm", "prompts"], check=True)
    prompts(tmp_path / "prompts")
    done = run("compare", "HEAD", "prompts", "--bundles", "bundle.json", cwd=tmp_path, env=model.env)
    assert done.code == 0
    assert "papers_say: 1 line out, 1 in" in done.out
    gone = run("compare", "HEAD", "prompts", "--prompts", "elsewhere", "--bundles", "bundle.json", cwd=tmp_path)
    assert gone.code == 3
    assert "has no prompts in elsewhere" in gone.err


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["shipped", "shipped", "--bundles", "bundle.json"], 2, "have the same prompts"),
        (["nothing-here", "shipped", "--bundles", "bundle.json"], 3, "is no folder, no briefing and no git revision"),
        (["shipped", "mine"], 2, "--bundles"),
        (["shipped", "mine", "--bundles", "none.json"], 3, "there is no bundle none.json"),
        (["shipped", "mine", "--bundles", "bundle.json"], 3, "no model is named"),
        (["bundle.json", "mine", "--bundles", "bundle.json"], 3, "holds neither prompts nor briefings"),
        (["shipped", "mine", "--bundles", "bundle.json", "-o", "x.md"], 2, "no form 'markdown'"),
        (["shipped", "mine", "--bundles", "bundle.json", "--section", "papers"], 2, "did you mean “papers_say”?"),
        (["shipped", "mine", "--bundles", "bundle.json", "--expect", "none.toml"], 3, "none.toml cannot be read"),
        (["shipped", "mine", "--bundles", "bundle.json", "--replay", "none.jsonl"], 3, "cannot read the tape"),
    ],
)
def test_what_cannot_be_compared_is_said_before_anything_is_paid(
    tmp_path: Path, args: list[str], code: int, told: str
) -> None:
    bridge(tmp_path)
    prompts(tmp_path / "mine")
    done = run("compare", *args, cwd=tmp_path)
    assert done.code == code
    assert told in done.err
    assert done.out == ""
    assert not (tmp_path / ".briefer").exists()


def test_an_expectation_that_is_broken_ends_with_9(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    run("summarize", "bundle.json", "-o", "one.json", cwd=tmp_path, env=model.env)
    model.replies[NARROW] = {"blocks": [block(("The bridge is closed.", ["A3.1"]))]}
    shutil.rmtree(tmp_path / ".briefer")
    run("summarize", "bundle.json", "-o", "two.json", cwd=tmp_path, env=model.env)
    standard = 'story = "Closure of the Tarn bridge"\n[[expect]]\nmust_mention = "The detour is 31 kilometres."\n'
    (tmp_path / "expect.toml").write_text(standard, "utf-8")
    done = run("compare", "one.json", "two.json", "--expect", "expect.toml", cwd=tmp_path)
    assert done.code == 9
    assert "! “The detour is 31 kilometres.” is no longer told" in done.out


def test_expectations_of_another_story_are_refused(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    run("summarize", "bundle.json", "-o", "one.json", cwd=tmp_path, env=model.env)
    (tmp_path / "expect.toml").write_text('story = "Another"\n[[expect]]\nmust_quote = "x"\n', "utf-8")
    done = run("compare", "one.json", "one.json", "--expect", "expect.toml", cwd=tmp_path)
    assert done.code == 3
    assert "Closure of the Tarn bridge" in done.err


def test_the_time_of_the_calls_is_told_live_and_from_a_tape(model: Model, tmp_path: Path) -> None:
    bridge(tmp_path)
    new = prompts(tmp_path / "mine")
    live = run("compare", "shipped", new, "--bundles", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    again = run("compare", "shipped", new, "--bundles", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    told = [{m["key"]: m for m in done.json["costs"]}["seconds"] for done in (live, again)]
    assert told[0]["old"] > 0
    assert told[0]["new"] > 0
    assert told[0] == told[1]  # replies that are on disk count as they did when they came
