"""What is wrong is found before anything is paid: one line of cause, one with what to do, the exit code."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import run, write
from tests.cli.desk import KEY, Model, bridge
from tests.server import Loopback

TEXT = "The Tarn bridge was closed on Monday after inspectors found a crack."
WHOLE = "briefer schema bundle prints the whole format"
SHAPE = '{"articles": [{"outlet": "…", "text": "…", "title": "…", "published": "2026-03-10"}, …]}'
KEYS = "whats_happened, behind_the_headline, papers_say, how_we_got_here, go_deeper, topics"

Found = tuple[int, str, str]
BUNDLES: dict[str, tuple[object, str, str]] = {
    "not-json": ("hello", "is not valid JSON: line 1, column 1: expecting value", f"write {SHAPE}"),
    "truncated": (
        '{"articles": [{"outlet": "Gazette"',
        "is not valid JSON: line 1, column 35: ends in the middle; is the file cut off?",
        "mend it there, then run the same command",
    ),
    "duplicate-key": (
        '{"articles": [{"outlet": "A", "outlet": "B", "text": "x"}]}',
        "has the key “outlet” twice in one object",
        "keep one of the two",
    ),
    "no-articles": ({"articles": []}, "has no articles", 'put at least one article into "articles"'),
    "not-utf-8": (b'{"articles": "\xe9"}', "is not UTF-8: byte 14 is 0xe9", "save it again as UTF-8"),
    "raw-nul": (
        '{"articles": [{"outlet": "A", "text": "a\0b"}]}',
        "is not valid JSON: line 1, column 41: invalid control character",
        "mend it there, then run the same command",
    ),
    "empty": ("", "is empty", f"write {SHAPE}"),
}


def refused(*args: str, cwd: Path, env: dict[str, str] | None = None) -> Found:
    """Run a command that must be refused; return its exit code, cause and advice."""
    outcome = run(*args, cwd=cwd, env=env)
    assert outcome.out == ""
    assert not (cwd / ".briefer").exists()
    cause, advice = outcome.lines
    assert cause.startswith("briefer: ")
    assert advice.startswith("  next: ")
    return outcome.code, cause.removeprefix("briefer: "), advice.removeprefix("  next: ")


@pytest.mark.parametrize(("content", "cause", "advice"), BUNDLES.values(), ids=BUNDLES)
def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path, content: object, cause: str, advice: str) -> None:
    write(tmp_path / "b.json", content)
    assert refused("summarize", "b.json", cwd=tmp_path) == (3, f"b.json {cause}", advice)


@pytest.mark.parametrize(
    ("article", "cause"),
    [
        ({"outlet": "Gazette", "text": " \n"}, "text (Gazette) is empty; write the text, or take the entry out"),
        ({"text": TEXT}, "outlet is missing"),
        ({"outlet": "Gazette", "text": 7}, "text (Gazette) is a number; write a text in quotation marks"),
    ],
    ids=["empty-text", "no-outlet", "number"],
)
def test_an_article_that_lacks_something_is_named_with_its_field(tmp_path: Path, article: object, cause: str) -> None:
    write(tmp_path / "b.json", {"articles": [{"outlet": "Wire", "text": TEXT}, article]})
    assert refused("summarize", "b.json", cwd=tmp_path) == (3, f"b.json: articles[1].{cause}", WHOLE)


def test_a_bundle_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "file.json", "{}")
    assert refused("summarize", "no.json", cwd=tmp_path) == (3, "no.json: no such file", f"check the path; {WHOLE}")
    assert refused("summarize", "empty", cwd=tmp_path) == (
        *(3, "empty holds no articles"),
        "put one .json, .md, .txt or .html file per article into it",
    )
    below = refused("summarize", "file.json/b.json", cwd=tmp_path)
    assert below == (3, "file.json/b.json cannot be read: Not a directory", "check its permissions")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "b.json", {})
    (tmp_path / "b.json").chmod(0)
    found = refused("summarize", "b.json", cwd=tmp_path)
    assert found == (3, "b.json cannot be read: Permission denied", "check its permissions")


@pytest.mark.parametrize("bad", ["\0", "\ud800", "\x1b[31m", "\u202e", "\x9b31m"], ids=ascii)
def test_odd_characters_are_accepted_and_neutralised_in_every_format(tmp_path: Path, bad: str) -> None:
    article = {"outlet": f"Ga{bad}zette", "title": f"Bridge {bad} shut", "text": f"{TEXT} It {bad} stays shut."}
    write(tmp_path / "b.json", {"topic": f"Tarn {bad}", "articles": [article | {"author": bad}]})
    for format_ in ("terminal", "json", "markdown", "html"):
        outcome = run("summarize", "b.json", "-q", "--format", format_, cwd=tmp_path)
        assert outcome.code == 0
        assert "stays shut" in outcome.out
        assert not set(outcome.out) & {"\0", "\x1b", "\u202e", "\x9b"}


def test_a_lone_surrogate_in_an_address_is_neutralised(tmp_path: Path) -> None:
    write(tmp_path / "b.json", {"articles": [{"outlet": "Gazette", "text": TEXT, "url": "https://a.example/\ud800"}]})
    outcome = run("summarize", "b.json", "--format", "json", cwd=tmp_path)
    assert outcome.code == 0
    assert "https://a.example/\ufffd" in outcome.out


def test_a_language_that_is_no_code_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "b.json", {"articles": [{"outlet": "Gazette", "text": TEXT, "language": "e\ud800"}]})
    outcome = run("summarize", "b.json", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (3, "")
    assert "articles[0].language (Gazette) is no language code: 'e\ufffd'; write it as en or pt-BR" in outcome.lines[0]


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (
            ["--section", "whats_hapened"],
            ("there is no section 'whats_hapened'; did you mean “whats_happened”?", f"choose from {KEYS}"),
        ),
        (["--section", "7"], ("there is no section '7'", f"choose from {KEYS}")),
        (["--format", "pdf"], ("there is no format 'pdf'", "choose one of terminal, json, markdown, html")),
        (
            ["-o", "briefing.pdf"],
            (
                "cannot tell a format by the suffix '.pdf'",
                "Use one of .txt .json .md .markdown .html .htm, or --format.",
            ),
        ),
        (["--record", "t", "--replay", "t"], ("--record and --replay together make no sense", "choose one of the two")),
        (["-o", "bundle.json"], ("-o bundle.json would write over the bundle", "choose another path for -o")),
        (["--record", "t"], ("--record needs a model, and none is named", "name one with --model")),
        (
            ["--base-url", "http://127.0.0.1:1/v1"],
            ("--base-url needs a model, and none is named", "name one with --model"),
        ),
        (["--fail-on", "x"], ("there is no --fail-on 'x'", "choose one of incomplete, withheld, never")),
    ],
    ids=[
        *("section", "section-unlike-any", "format", "suffix", "record-and-replay"),
        *("over-the-bundle", "record-nothing", "nobody-there", "fail-on"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    tmp_path: Path, args: list[str], found: tuple[str, str]
) -> None:
    assert refused("summarize", bridge(tmp_path), *args, cwd=tmp_path) == (2, *found)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        (
            "papers_say.md",
            "---\ntitle: x\n---\nOf {{ outlet }}\n{{ outlett }}",
            (
                "p/papers_say.md, line 5: P001 unknown placeholder “{{ outlett }}”; did you mean “outlet”?",
                "this file can use language, outlet, topic",
            ),
        ),
        (
            "papers_sya.md",
            "x",
            ("p/papers_sya.md is no prompt of briefer; did you mean “papers_say”?", "rename or remove it"),
        ),
        (
            "topics.md",
            "---\ntitel: x\n---\ny",
            (
                "p/topics.md, line 2: P001 unknown header key “titel”; did you mean “title”?",
                "the header takes title and purpose",
            ),
        ),
    ],
    ids=["placeholder", "stray", "header"],
)
def test_a_prompt_is_refused_before_any_call(
    tmp_path: Path, loopback: Loopback, name: str, content: str, found: tuple[str, str]
) -> None:
    write(tmp_path / "p" / name, content)
    model = Model(loopback)
    assert refused("summarize", bridge(tmp_path), "--prompts", "p", cwd=tmp_path, env=model.env) == (3, *found)
    assert model.asked == []


def test_a_model_that_cannot_be_reached_at_all_is_refused_at_once(tmp_path: Path) -> None:
    bundle = bridge(tmp_path)
    no_key = (4, "there is no key for api.openai.com", "set BRIEFER_API_KEY or OPENAI_API_KEY")
    assert refused("summarize", bundle, "--model", "m", cwd=tmp_path) == no_key
    for url in ("http:///v1", "api.example/v1"):
        found = refused(
            "summarize", bundle, "--model", "m", "--base-url", url, cwd=tmp_path, env={"OPENAI_API_KEY": KEY}
        )
        assert found == (
            *(2, f"the base URL '{url}' is not an http or https address"),
            "write it like https://api.openai.com/v1 or http://127.0.0.1:8080/v1",
        )


def test_a_server_that_is_not_there_is_named_and_the_command_may_be_run_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1"
    outcome = run("summarize", bridge(tmp_path), "--model", "m", "--base-url", url, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (5, "")
    assert outcome.lines == [
        f"briefer: 127.0.0.1:{port} cannot be reached: connection refused (model m)",
        "  safe: every finished reply is in the journal",
        "  next: run the same command again: it goes on where it stopped",
    ]


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("option", ["-o", "--record"])
@pytest.mark.parametrize(
    ("name", "make", "found"),
    [
        ("no/b.md", None, (7, "the folder no does not exist", "mkdir -p no")),
        ("out.md", a_folder, (2, "out.md is a folder", "name a file in it, such as out.md/briefing.md")),
        ("/dev/full", None, (7, "/dev/full is no ordinary file", "choose another path for -o")),
        ("fifo.md", os.mkfifo, (7, "fifo.md is no ordinary file", "choose another path for -o")),
    ],
    ids=["no-folder", "folder", "device", "fifo"],
)
def test_a_place_that_cannot_be_written_is_found_before_the_first_call(
    tmp_path: Path, loopback: Loopback, option: str, name: str, make: Callable[[Path], None] | None, found: Found
) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    if make:
        make(tmp_path / name)
    assert refused("summarize", bundle, "--format", "json", option, name, cwd=tmp_path, env=model.env) == found
    assert model.asked == []


def test_a_tape_that_does_not_fit_is_refused(tmp_path: Path, loopback: Loopback) -> None:
    model, bundle = Model(loopback), bridge(tmp_path)
    recorded = run("summarize", bundle, "--section", "topics", "--record", "t", cwd=tmp_path, env=model.env)
    assert recorded.code == 0
    write(tmp_path / "p" / "topics.md", "Write **More on these topics** in other words.")
    outcome = run("summarize", bundle, "--section", "topics", "--replay", "t", "--prompts", "p", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.lines == [
        "briefer: the tape t holds no reply for topics (draft): the prompt, the bundle, the model or the schema "
        "changed since it was recorded",
        "  next: record it again with --record",
    ]
    missing = run("summarize", bundle, "--replay", "no", cwd=tmp_path)
    assert (missing.code, missing.lines[0]) == (3, "briefer: cannot read the tape no: no such file or directory")


@pytest.mark.parametrize(
    ("toml", "found"),
    [
        (
            'base_url = "http://127.0.0.1:1/v1"',
            ("may not set base_url", "set BRIEFER_BASE_URL, use --base-url, or put it into your user config"),
        ),
        (f'api_key = "{KEY}"', ("may not set api_key", "set BRIEFER_API_KEY or OPENAI_API_KEY instead")),
        (
            f'modle = "{KEY}"',
            ("sets 'modle', which is no setting; did you mean “model”?", "briefer config show lists them"),
        ),
        ("model =\n", ("is not valid TOML: Invalid value (at line 1, column 8)", "mend it there")),
    ],
    ids=["address", "key", "unknown", "not-toml"],
)
def test_a_project_s_settings_are_refused_without_repeating_them(
    tmp_path: Path, toml: str, found: tuple[str, str]
) -> None:
    write(tmp_path / "briefer.toml", toml)
    cause, advice = found
    assert refused("summarize", bridge(tmp_path), cwd=tmp_path) == (3, f"briefer.toml {cause}", advice)


def test_a_bug_or_a_refusal_keeps_its_exit_code_and_advice_under_debug(tmp_path: Path) -> None:
    outcome = run("summarize", "no.json", "--debug", cwd=tmp_path)
    assert outcome.code == 3
    assert outcome.lines[0] == "Traceback (most recent call last):"
    assert outcome.lines[-2] == "briefer: no.json: no such file"
