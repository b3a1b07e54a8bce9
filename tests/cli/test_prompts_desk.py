"""`briefer prompts`: list, show, check, eject and render, as an editor types them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from briefer.calls import Request
from briefer.data import data_folder
from briefer.journal import Journal
from briefer.prompts import NAMES, load_prompts
from briefer.replies import WIRE_SCHEMA
from briefer.sections import SECTIONS
from tests.cli.command import Outcome, run, run_folder, write
from tests.cli.desk import KEY, Model, bridge
from tests.editing.test_messages import window_that_cuts
from tests.server import Loopback

SHIPPED = data_folder("prompts")
ACCOUNT = (
    "---\ntitle: T\npurpose: P\n---\n"
    "What the papers say: write the account of {{ outlet }} on {{ topic }} in two statements.\n"
)


def prompts(*args: str, cwd: Path) -> Outcome:
    return run("prompts", *args, cwd=cwd)


def rows(outcome: Outcome) -> dict[str, list[str]]:
    """The rows of a list, by prompt: where from, its text, its id, its last change."""
    assert outcome.code == 0
    return {cells[0]: cells[1:] for cells in (line.split(maxsplit=1) for line in outcome.out.splitlines()[1:])}


# list


def test_without_a_folder_of_its_own_every_prompt_is_the_shipped_one(tmp_path: Path) -> None:
    found = rows(prompts("list", cwd=tmp_path))
    assert list(found) == list(NAMES)
    for name, (cells,) in found.items():
        assert cells.startswith(f"shipped  as shipped  {load_prompts().ids[name]}  briefer ")


def test_a_prompt_in_the_project_s_folder_is_in_force_and_is_named_with_its_change(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT)
    found = rows(prompts("list", cwd=tmp_path))
    assert found["papers_say"][0].startswith("prompts/  changed     ")
    assert found["topics"][0].startswith("shipped")


def test_the_option_and_the_setting_go_before_the_project_s_folder(tmp_path: Path) -> None:
    for folder in ("prompts", "mine", "set"):
        write(tmp_path / folder / "papers_say.md", ACCOUNT)
    write(tmp_path / "briefer.toml", 'prompts = "set"\n')
    assert rows(prompts("list", "--prompts", "mine", cwd=tmp_path))["papers_say"][0].startswith("mine/")
    assert rows(prompts("list", cwd=tmp_path))["papers_say"][0].startswith("set/")


def test_a_folder_called_prompts_without_a_prompt_of_briefer_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "README.md", "Prompts of another program.")
    assert rows(prompts("list", cwd=tmp_path))["papers_say"][0].startswith("shipped")


def test_the_project_s_prompts_are_used_by_summarize_and_config_says_so(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT.replace("{{ topic }}", "{{ topik }}"))
    outcome = run("summarize", bridge(tmp_path), cwd=tmp_path)
    assert outcome.code == 3
    assert "prompts/papers_say.md, line 5: P001 unknown placeholder" in outcome.err
    shown = run("config", "show", "--origin", cwd=tmp_path).out
    [line] = (line for line in shown.splitlines() if line.startswith("prompts "))
    assert line.split() == ["prompts", "prompts", "the", "folder", "prompts/"]


def test_a_broken_prompt_is_listed_as_broken_and_the_others_as_they_are(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "topics.md", b"caf\xe9")
    write(tmp_path / "prompts" / "go_deeper.md", "---\ntitle: T\n")
    outcome = prompts("list", cwd=tmp_path)
    found = rows(outcome)
    assert found["topics"][0].startswith("prompts/  cannot be used")
    assert found["go_deeper"][0].startswith("prompts/  cannot be used")
    assert "prompts/topics.md is not UTF-8: byte 3" in outcome.err
    assert "prompts/go_deeper.md, line 1: opens a header that is never closed" in outcome.err
    assert len(found) == len(NAMES)


# show


def test_show_prints_the_text_that_is_in_force(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", "\ufeff" + ACCOUNT.replace("\n", "\r\n"))
    outcome = prompts("show", "papers_say", cwd=tmp_path)
    assert outcome.out == ACCOUNT
    assert outcome.err.startswith("prompts/papers_say.md: changed, id ")
    assert prompts("show", "topics", "-q", cwd=tmp_path).err == ""


def test_what_show_prints_can_be_saved_as_the_prompt(tmp_path: Path) -> None:
    for name in NAMES:
        write(tmp_path / "prompts" / f"{name}.md", prompts("show", name, cwd=tmp_path).out)
        assert rows(prompts("list", cwd=tmp_path))[name][0].startswith("prompts/  as shipped")


def test_show_takes_a_file_s_name_and_shows_no_hidden_characters(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT + "\x1b[2J\u202ehidden\n::error::x\n")
    outcome = prompts("show", "prompts/papers_say.md", cwd=tmp_path)
    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out


@pytest.mark.parametrize("command", ["show", "check", "eject", "render"])
def test_an_unknown_prompt_is_named_with_the_nearest(command: str, tmp_path: Path) -> None:
    more = ["--bundle", bridge(tmp_path)] if command == "render" else []
    outcome = prompts(command, "paper_say", *more, cwd=tmp_path)
    assert outcome.code == 2
    assert outcome.lines == [
        "briefer: there is no prompt 'paper_say'; did you mean “papers_say”?",
        "  next: briefer prompts list shows them all",
    ]


# check


def test_the_shipped_prompts_are_clean(tmp_path: Path) -> None:
    outcome = prompts("check", cwd=tmp_path)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"{len(NAMES)} prompts checked, nothing found\n")


def test_check_lists_every_finding_with_file_line_and_code(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT.replace("two statements", "five bullets") + "Use Markdown.\n")
    outcome = prompts("check", cwd=tmp_path)
    assert outcome.code == 9
    assert outcome.out.splitlines() == [
        "prompts/papers_say.md:5: P002 “five bullets” asks for 5 bullets; this section takes at most 3",
        "prompts/papers_say.md:6: P003 “Use Markdown” asks for markup; the section is JSON with plain text inside",
    ]
    assert outcome.lines == [
        "11 prompts checked, 2 findings",
        "  next: briefer explain CODE says why, and how to mend it",
    ]


def test_check_ends_with_3_where_a_run_would_be_refused_and_goes_on_to_the_others(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT.replace("{{ topic }}", "{{ topik }}") + "Use Markdown.\n")
    write(tmp_path / "prompts" / "topics.md", b"caf\xe9")
    write(tmp_path / "prompts" / "go_deeper.md", "")
    outcome = prompts("check", cwd=tmp_path)
    assert outcome.code == 3
    assert outcome.out.splitlines() == [
        "prompts/topics.md:1: is not UTF-8: byte 3",
        "prompts/go_deeper.md:1: holds no instructions; write what the section is for below the header",
        "prompts/papers_say.md:1: P004 never uses “{{ topic }}”, so the model is not told which story it is",
        "prompts/papers_say.md:5: P001 unknown placeholder “{{ topik }}”; did you mean “topic”?; this file can use"
        " language, outlet, topic",
        "prompts/papers_say.md:6: P003 “Use Markdown” asks for markup; the section is JSON with plain text inside",
    ]


def test_check_of_one_prompt_leaves_the_others_aside(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT + "Use Markdown.\n")
    assert prompts("check", "topics", cwd=tmp_path).code == 0
    assert prompts("check", "papers_say", cwd=tmp_path).code == 9


def test_a_prompt_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "prompts" / "topics.md").mkdir(parents=True)
    (tmp_path / "prompts" / "papers_say.md").write_text(ACCOUNT)
    outcome = prompts("check", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (3, "prompts/topics.md:1: cannot be read: Is a directory\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_prompt_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "topics.md", ACCOUNT)
    (tmp_path / "prompts" / "topics.md").chmod(0)
    assert prompts("check", cwd=tmp_path).out == "prompts/topics.md:1: cannot be read: Permission denied\n"


@pytest.mark.parametrize("command", ["list", "check"])
def test_a_folder_that_is_not_there_is_refused(command: str, tmp_path: Path) -> None:
    outcome = prompts(command, "--prompts", "nowhere", cwd=tmp_path)
    assert outcome.code == 3
    assert outcome.lines == [
        "briefer: nowhere is no folder of prompts",
        "  next: briefer prompts eject makes one to edit",
    ]


def test_a_strange_file_among_the_prompts_is_named(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "topics.md", "{{ topic }} {{ references }}")
    write(tmp_path / "prompts" / "papers_sya.md", ACCOUNT)
    outcome = prompts("list", cwd=tmp_path)
    assert outcome.code == 3
    assert "papers_sya.md is no prompt of briefer; did you mean “papers_say”?" in outcome.err


# eject


def test_eject_copies_the_shipped_prompts_for_editing(tmp_path: Path) -> None:
    outcome = prompts("eject", cwd=tmp_path)
    assert outcome.code == 0
    assert outcome.out.splitlines() == [f"prompts/{name}.md" for name in NAMES]
    for name in NAMES:
        assert (tmp_path / "prompts" / f"{name}.md").read_bytes() == (SHIPPED / f"{name}.md").read_bytes()


def test_eject_writes_over_nothing_without_force(tmp_path: Path) -> None:
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT)
    refused = prompts("eject", "papers_say", "topics", cwd=tmp_path)
    assert refused.code == 2
    assert refused.lines[0] == "briefer: prompts/papers_say.md is there already"
    assert not (tmp_path / "prompts" / "topics.md").exists()
    others = prompts("eject", cwd=tmp_path)
    assert others.code == 0
    assert len(others.out.splitlines()) == len(NAMES) - 1
    assert others.err == "1 prompt in prompts already, left as they are (--force writes over them)\n"
    assert (tmp_path / "prompts" / "papers_say.md").read_text() == ACCOUNT
    assert prompts("eject", "papers_say", "--force", cwd=tmp_path).out == "prompts/papers_say.md\n"
    assert (tmp_path / "prompts" / "papers_say.md").read_bytes() == (SHIPPED / "papers_say.md").read_bytes()


def test_eject_takes_another_folder(tmp_path: Path) -> None:
    outcome = prompts("eject", "topics", "--prompts", "desk/mine", cwd=tmp_path)
    assert outcome.out == "desk/mine/topics.md\n"
    assert outcome.err == "to use them: --prompts desk/mine\n"


def test_eject_never_writes_into_the_shipped_prompts(tmp_path: Path) -> None:
    (tmp_path / "prompts").symlink_to(SHIPPED)
    outcome = prompts("eject", "--force", cwd=tmp_path)
    assert outcome.code == 2
    assert "prompts holds the shipped prompts themselves" in outcome.err


def test_eject_into_a_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "prompts", "a file")
    assert prompts("eject", cwd=tmp_path).lines[0] == "briefer: prompts is a file and no folder"


# render


def rendered(cwd: Path, *args: str) -> Outcome:
    return prompts("render", *args, "--bundle", "bundle.json", cwd=cwd)


def test_render_shows_the_very_bytes_that_a_call_sends(tmp_path: Path, loopback: Loopback) -> None:
    bridge(tmp_path)
    write(tmp_path / "prompts" / "papers_say.md", ACCOUNT + "“Ünïcode” — und \\backslash\\.\n")
    model = Model(loopback)
    assert run("summarize", "bundle.json", cwd=tmp_path, env=model.env).code == 0
    sent = [request.json["messages"] for request in loopback.requests]
    records = {record.key for record in Journal.read(run_folder(tmp_path) / "calls.jsonl").records}
    for section in SECTIONS:
        calls = rendered(tmp_path, section.key, "--format", "json", "--model", "m").json
        assert len(calls) == (3 if section.key == "papers_say" else 1)
        for call in calls:
            assert call["messages"] in sent
            assert call["digest"] in records
            request = Request(call["section"], call["outlet"], "draft", call["messages"], WIRE_SCHEMA, "")
            assert request.digest("m") == call["digest"]


def test_render_shows_what_a_window_leaves_out_as_the_call_does(tmp_path: Path, loopback: Loopback) -> None:
    bridge(tmp_path)
    model = Model(loopback)
    env = {**model.env, "BRIEFER_WINDOW": str(window_that_cuts("topics")), "BRIEFER_REPLY_TOKENS": "400"}
    assert run("summarize", "bundle.json", "--section", "topics", cwd=tmp_path, env=env).code in (0, 9)
    args = ["prompts", "render", "topics", "--bundle", "bundle.json"]
    [call] = run(*args, "--format", "json", cwd=tmp_path, env=env).json
    assert call["messages"] == loopback.requests[0].json["messages"]
    assert call["left_out"]
    lines = run(*args, cwd=tmp_path, env=env).out.splitlines()
    told = [line for line in lines if line.startswith("  left out of ")]
    assert [name for line in told for name in line.partition(": ")[2].split(", ")] == call["left_out"]
    assert "  nothing is left out" not in lines


def test_render_needs_no_key_and_makes_no_call(tmp_path: Path, loopback: Loopback) -> None:
    bridge(tmp_path)
    outcome = run(
        "prompts", "render", "topics", "--bundle", "bundle.json", cwd=tmp_path,
        env={"BRIEFER_BASE_URL": loopback.base_url, "BRIEFER_MODEL": "m"},
    )  # fmt: skip
    assert outcome.code == 0
    assert KEY not in outcome.out
    assert loopback.connections == 0
    assert not (tmp_path / ".briefer").exists()


def test_render_shows_where_the_tokens_go_and_that_nothing_is_left_out(tmp_path: Path) -> None:
    bridge(tmp_path)
    lines = rendered(tmp_path, "papers_say", "--outlet", "Coast Radio").out.splitlines()
    assert lines[0] == "What the papers say: Coast Radio"
    assert lines[1].startswith("about ")
    [row] = (line for line in lines if line.startswith("  Coast Radio"))
    assert "3 of 3  █" in row
    assert "  nothing is left out" in lines
    assert [line for line in lines if line.startswith("── message ")] == [
        f"{f'── message {n} of 3: {role} ':─<80}" for n, role in enumerate(("system", "user", "user"), 1)
    ]
    assert "[A3.2] Several shop owners said trade had halved." in lines
    assert not [line for line in lines if line.startswith("[A1.")]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_bars_keep_to_the_width(tmp_path: Path, columns: int) -> None:
    bridge(tmp_path)
    outcome = run("prompts", "render", "topics", "--bundle", "bundle.json", cwd=tmp_path, env={"COLUMNS": str(columns)})
    head = outcome.out.partition("message 1 of 3")[0].splitlines()
    assert max(map(len, head)) <= columns


def test_the_closing_words_are_shown_with_stand_ins_and_the_note_says_so(tmp_path: Path) -> None:
    bridge(tmp_path)
    outcome = rendered(tmp_path, "_closing")
    assert outcome.out.startswith("What the papers say: closing words\n")
    assert outcome.err == "the accounts are not written yet: the articles' own sentences stand in for them\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["papers_say", "--outlet", "Coast Rado"],
            "the bundle has no outlet 'Coast Rado'; did you mean “Coast Radio”?",
        ),
        (["topics", "--outlet", "Coast Radio"], "topics has no call for each outlet"),
        (["_repair"], "_repair goes out with a model's own sentences"),
        (["topics", "--format", "html"], "there is no format 'html'"),
    ],
)
def test_what_cannot_be_rendered_is_refused(args: list[str], said: str, tmp_path: Path) -> None:
    bridge(tmp_path)
    outcome = rendered(tmp_path, *args)
    assert outcome.code == 2
    assert said in outcome.lines[0]


def test_a_bundle_that_cannot_be_read_and_a_broken_prompt_are_refused(tmp_path: Path) -> None:
    assert rendered(tmp_path, "topics").code == 3
    bridge(tmp_path)
    write(tmp_path / "prompts" / "topics.md", "{{ topik }}")
    assert rendered(tmp_path, "topics").code == 3


def test_the_json_holds_no_active_bytes_and_the_messages_whole(tmp_path: Path) -> None:
    bridge(tmp_path)
    shutil.copytree(SHIPPED, tmp_path / "prompts")
    with (tmp_path / "prompts" / "topics.md").open("a") as file:
        file.write("\x1b[31mred\u202e ::error::")
    [call] = rendered(tmp_path, "topics", "--format", "json").json
    assert "\x1b[31mred\u202e ::error::" in call["messages"][2]["content"]
    assert json.dumps(call, ensure_ascii=False) != ""
