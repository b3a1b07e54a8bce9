"""The rules of the house that no linter has: sizes, leftovers, addresses, documented commands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent
FOLDERS = (".ci", "benchmarks", "docs", "fixtures", "prompts", "src", "tests")
SOURCES = sorted((ROOT / "src").rglob("*.py"))

LONGEST_MODULE = 260

# Written in pieces, so that this file does not find itself.
LEFTOVER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
REGISTRY = re.compile(
    r"//[\w.-]*(?:py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.org|ana" + r"conda\.org|crates" + r"\.io)"
)
# A path of one machine, not part of an address or of a longer path.
MACHINE_PATH = re.compile(r"(?<![\w.:/~$}*-])/(?:ro" + r"ot|ho" + r"me|wo" + r"rk|Us" + r"ers)/[\w.]")


def _files() -> Iterator[Path]:
    """Yield the files of the repository, whether or not this is a git checkout."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _found(pattern: re.Pattern[str]) -> list[str]:
    """Return `file:line: text` for every match in a text file."""
    found = []
    for path in sorted(_files()):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture, or a fixture that is broken on purpose
        for number, line in enumerate(lines, 1):
            if match := pattern.search(line):
                at = max(0, match.start() - 40)
                found.append(f"{path.relative_to(ROOT)}:{number}: {line[at : match.end() + 40].strip()}")
    return found


def test_no_module_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    over = [f"{path.relative_to(ROOT)}: {length} lines" for path, length in lengths.items() if length > LONGEST_MODULE]
    assert not over, f"more than {LONGEST_MODULE} lines; which concern could stand alone? {over}"


@pytest.mark.parametrize("pattern", [LEFTOVER, REGISTRY, MACHINE_PATH], ids=["leftover", "registry", "machine-path"])
def test_nothing_stands_anywhere_that_should_not(pattern: re.Pattern[str]) -> None:
    assert _found(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (LEFTOVER, "# TO" + "DO: later", True),
        (LEFTOVER, "the method is called to_do", False),
        (REGISTRY, "--index-url https://files.python" + "hosted.org/simple", True),
        (REGISTRY, "https://keepachangelog.com", False),
        (MACHINE_PATH, "see /ho" + "me/ann/x.json", True),
        (MACHINE_PATH, "https://paper.example/home/news", False),
        (MACHINE_PATH, "{root}/work/a", False),
    ],
)
def test_the_patterns_find_what_they_should(pattern: re.Pattern[str], text: str, found: bool) -> None:
    assert bool(pattern.search(text)) is found


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_make_commands_of_a_page_exist(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(_make_commands((ROOT / page).read_text(encoding="utf-8")))
    assert named
    assert named <= targets


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.*)", makefile, re.MULTILINE)[0].split()
    assert phony == re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)


def _make_commands(markdown: str) -> Iterator[str]:
    """Yield the target of each `make x` that begins a line of a code block, or stands in a code span."""
    for token in MarkdownIt().parse(markdown):
        if token.type == "fence":
            yield from re.findall(r"^(?:\$ )?make ([a-z]+)", token.content, re.MULTILINE)
        for child in token.children or []:
            if child.type == "code_inline":
                yield from re.findall(r"^make ([a-z]+)$", child.content)


def test_what_is_public_has_a_docstring() -> None:
    bare = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        bare += [f"{path.relative_to(ROOT)}: {name}" for name, node in _public(tree) if not ast.get_docstring(node)]
    assert not bare, bare


Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[tuple[str, Documented]]:
    for node in tree.body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{name}", inner) for name, inner in _public(node))
