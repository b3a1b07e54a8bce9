"""The pages say what the program does: the sample, options, fields, codes, files and links are read out of both."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefer import errors
from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.cli import command_line
from briefer.cli.signals import SIGNALS
from briefer.codes import CODES
from briefer.prompts import HEADER_KEYS, NAMES, PLACEHOLDERS
from briefer.sections import SECTIONS
from briefer.settings import Settings
from tests.test_layers import ROWS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
STORY = ROOT / "fixtures" / "dprk-russia"
TAPE = STORY / "tape.jsonl"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]

_OPTION = re.compile(r"(?<![\w-])--?[a-z](?:[a-z-]*[a-z])?(?![\w-])")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def _tokens(page: Path) -> list[Token]:
    return _parsed(page.read_text(encoding="utf-8"))


def _parsed(markdown: str) -> list[Token]:
    return MarkdownIt().enable("table").parse(markdown)


def _code(tokens: list[Token]) -> Iterator[str]:
    """Yield every line of a fence, and every code span."""
    for token in tokens:
        yield from token.content.splitlines() if token.type == "fence" else ()
        yield from (child.content for child in token.children or [] if child.type == "code_inline")


# The sample


def _run(*arguments: str) -> str:
    """Run briefer as a reader of the page would, without a terminal, and return its stdout."""
    done = subprocess.run(
        [sys.executable, "-m", "briefer", *arguments],
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode in (errors.EXIT_OK, errors.EXIT_FINDINGS), done.stderr
    return done.stdout


def _excerpt(briefing: str) -> str:
    """Return a briefing's beginning, up to its second section, and the first source that is cited."""
    lines = briefing.splitlines()
    second = lines.index(SECTIONS[1].title)
    sources = lines.index("Sources")
    groups = "\n".join(lines[sources + 2 :]).split("\n\n")
    cited = next(group for group in groups if re.search(r"^ +\d+ A\d+\.\d+ ", group, re.MULTILINE))
    return "\n".join([*lines[:second], "[…]", "", *lines[sources : sources + 2], cited, "[…]"]) + "\n"


def test_the_sample_in_the_readme_is_the_programs_own() -> None:
    drafted = ("--replay", str(TAPE)) if TAPE.exists() else ("--model", "extract")
    printed = _run("summarize", str(STORY / "bundle.json"), *drafted, "--section", SECTIONS[0].key)
    wanted = f"\n```text\n{_excerpt(printed)}```\n"
    shown = _text("README.md").partition("<!-- sample:start -->")[2].partition("<!-- sample:end -->")[0]
    assert shown == wanted, f"put this between the two sample marks of README.md:\n{wanted}"


# Commands and options

Command = Any  # typer carries its own copy of click, so there is no public type for it


def _commands(group: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Command]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            default = name == getattr(group, "default", None)  # it is meant where no command of its group is named
            yield " ".join(path if default else (*path, name)), command


COMMANDS = dict(_commands(typer.main.get_command(command_line())))


def _options(command: Command) -> set[str]:
    return {name for param in command.params if param.param_type_name == "option" for name in param.opts} | {"--help"}


def _sections_of_cli() -> dict[str, str]:
    """Return command -> its part of docs/cli.md; parts are headed like "## `briefer check FILE`"."""
    parts = re.split(r"^## ", _text("docs/cli.md"), flags=re.MULTILINE)
    found = {}
    for part in parts[1:]:
        heading = re.match(r"`briefer ([a-z ]+?)(?: [A-Z].*)?`", part)
        if heading:
            found[heading[1]] = part
    return found


def test_every_command_has_its_part_in_the_cli_page() -> None:
    assert list(_sections_of_cli()) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_cli_page_names_every_option_of_a_command_and_no_other(name: str) -> None:
    part = _parsed(_sections_of_cli()[name].partition("\n")[2])
    named = {option for code in _code(part) for option in _OPTION.findall(code)}
    assert named | {"--help"} == _options(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_the_cli_page_shows_every_command_at_work(name: str) -> None:
    assert f"\nbriefer {name}" in _sections_of_cli()[name]


def _command_lines() -> Iterator[tuple[str, str]]:
    """Yield `(page, line)` for every command line of briefer in a fence or a code span of the pages."""
    for page in PAGES:
        for line in _code(_tokens(page)):
            command = re.search(r"(?:^|\| |\.venv/bin/)(briefer [^#|]*)", line)
            if command:
                yield page.name, command[1]


def test_every_command_line_on_a_page_exists() -> None:
    lines = list(_command_lines())
    assert len(lines) > 30
    wrong = []
    for page, line in lines:
        words = line.split()[1:]
        name = max((n for n in COMMANDS if words[: len(n.split())] == n.split()), key=len, default="")
        known = _options(COMMANDS[name]) if name else {"--help", "--version"}
        if not (name or words[:1] == ["--version"]) or not set(_OPTION.findall(line)) <= known:
            wrong.append(f"{page}: {line}")
    assert not wrong, wrong


def test_every_setting_is_in_the_cli_page() -> None:
    page = _text("docs/cli.md")
    assert [name for name in Settings.__dataclass_fields__ if f"| `{name}` |" not in page] == []


# Codes


def test_every_exit_code_is_in_the_readme_and_no_other() -> None:
    table = _text("README.md").partition("## Exit codes")[2].partition("\n## ")[0]
    named = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert named == {errors.EXIT_OK, errors.EXIT_FINDINGS, *_exit_codes(errors.BrieferError), *_of_signals()}


def _exit_codes(error: type[errors.BrieferError]) -> Iterator[int]:
    yield error.exit_code
    for kind in error.__subclasses__():
        yield from _exit_codes(kind)


def _of_signals() -> Iterator[int]:
    return (128 + int(number) for number in SIGNALS)


@pytest.mark.parametrize("program", sorted(DOCS.glob("*.py")), ids=lambda path: path.name)
def test_a_written_page_is_up_to_date(program: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(program), "--check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_finding_has_an_entry() -> None:
    assert re.findall(r"^### (.*)$", _text("docs/findings.md"), re.MULTILINE) == list(CODES)


def test_every_finding_that_a_page_names_exists() -> None:
    named = {code for page in PAGES for code in re.findall(r"\b[CQFNWSATBPR]\d{3}\b", page.read_text(encoding="utf-8"))}
    assert named - set(CODES) == set()


def test_the_bundle_page_lists_every_remark_of_lint() -> None:
    rows = re.findall(r"^\| `([A-Z]\d{3})` \|", _text("docs/bundle.md"), re.MULTILINE)
    assert rows == [*(code for code in CODES if code.startswith("B")), "R003"]


# Fields


def _fields(schema: dict[str, Any]) -> set[str]:
    objects = [schema, *schema.get("$defs", {}).values()]
    return {name for each in objects for name in each.get("properties", {})}


@pytest.mark.parametrize(("page", "model"), [("docs/bundle.md", Bundle), ("docs/briefing.md", Briefing)])
def test_every_field_of_a_format_is_on_its_page(page: str, model: type[Bundle] | type[Briefing]) -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", _text(page), re.MULTILINE))
    assert _fields(model.model_json_schema(by_alias=True)) - rows == set()


def test_every_placeholder_prompt_and_header_key_is_in_the_prompts_page() -> None:
    page = _text("docs/prompts.md")
    assert re.findall(r"^\| `\{\{ (\w+) \}\}` \|", page, re.MULTILINE) == list(PLACEHOLDERS)
    assert set(re.findall(r"^\| `(\w+)\.md` \|", page, re.MULTILINE)) == set(NAMES)
    assert [key for key in HEADER_KEYS if f"`{key}`" not in page] == []


def test_the_readme_lists_the_sections_in_order() -> None:
    table = _text("README.md").partition("## The six sections")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", table, re.MULTILINE) == [(s.key, s.title) for s in SECTIONS]


# Files and links


def test_the_architecture_page_lists_every_file_in_its_layer() -> None:
    rows = re.findall(r"^\| (\d) \| `([\w/]+\.py)` \| \S", _text("docs/architecture.md"), re.MULTILINE)
    package = ROOT / "src" / "briefer"
    files = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}
    assert {file for _, file in rows} == files
    assert sorted(rows) == sorted((str(_layer(file)), file) for file in files)


def _layer(file: str) -> int | None:
    listed = {file, f"{file.partition('/')[0]}/*"}
    return next((number for number, row in enumerate(ROWS) if listed & set(row)), None)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in _links(page):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert not broken, broken


def _links(page: Path) -> Iterator[str]:
    for token in _tokens(page):
        for child in token.children or []:
            target = str(child.attrGet("href") or child.attrGet("src") or "")
            if target and not re.match(r"[a-z]+:", target):
                yield target


def _anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    tokens = _tokens(page)
    heads = (tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open")
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_python_on_a_page_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for token in _tokens(page):
        if token.type == "fence" and token.info == "python":
            exec(compile(token.content, str(page), "exec"), {"__name__": "page"})
