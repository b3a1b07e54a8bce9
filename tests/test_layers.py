"""The layers of docs/architecture.md, read out of the imports themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "briefer"

# A file imports from the rows above its own, and from its own row as long as no circle comes of it.
# A folder `x/*` is one concern: the folders of one row do not import each other.
ROWS: tuple[tuple[str, ...], ...] = (
    (
        *(
            "errors.py",
            "kinds.py",
            "remarks.py",
            "codes.py",
            "examples.py",
            "findings.py",
            "data.py",
            "disk.py",
            "locks.py",
            "holding.py",
            "header.py",
            "strict.py",
            "memo.py",
        ),
        *(
            "text.py",
            "sentences.py",
            "figure_words.py",
            "numerals.py",
            "figure.py",
            "figure_forms.py",
            "figure_bounds.py",
            "figure_parts.py",
            "figure_ranges.py",
            "figures.py",
            "languages.py",
            "date_words.py",
            "days.py",
            "dates.py",
            "stems.py",
            "outlets.py",
            "endings.py",
            "suggest.py",
            "worddiff.py",
        ),
    ),
    ("bundle.py", "briefing.py", "page.py", "blocks.py", "loading.py"),
    (
        "shapes.py",
        "replies.py",
        "calls.py",
        "estimates.py",
        "checks/*",
        "lint.py",
        "suspicious.py",
        "orders.py",
        "coverage.py",
        "alone.py",
        "copies.py",
        "credit_words.py",
        "mastheads.py",
        "credits.py",
        "differences/*",
    ),
    (
        "sections.py",
        "prompts.py",
        "requests.py",
        "trimming.py",
        "fitting.py",
        "records.py",
        "spill.py",
        "appending.py",
        "journal.py",
        "runs.py",
        "unfinished.py",
    ),
    ("models/*", "judge.py"),
    (
        "drafting.py",
        "assembly.py",
        "flow.py",
        "forecast.py",
        "history.py",
        "diagnosis.py",
        "recall.py",
        "statements.py",
        "recheck.py",
        "prose.py",
        "crediting.py",
        "checking.py",
        "render/*",
    ),
    ("batch/*", "compare/*", "collect/*", "editing/*"),
    ("settings.py", "api.py", "comparing.py", "cli/*", "__init__.py", "__main__.py"),
)

# Slow to import (openai takes most of a second), so imported inside the function that needs it. A file named
# here imports it at the top, and is itself imported only by another such file or inside the function that needs it.
LAZY: Mapping[str, tuple[str, ...]] = {
    "openai": ("models/wire.py", "models/provider.py"),
    "rich": ("render/paper.py", "render/terminal.py", "compare/terminal.py"),
    "genai_prices": (),
    "markdown_it": (),
    "ray": (),
}

# Names that say nothing about what is inside.
NAMELESS = {"utils", "util", "base", "common", "helpers", "misc"}


@dataclass(frozen=True)
class Import:
    """One import: `target` is a file of the package, or the name of a library."""

    source: str
    target: str
    line: int
    at_top: bool


def test_the_layers_hold() -> None:
    problems = check(PACKAGE)
    assert not problems, "\n".join(problems)


def check(package: Path) -> list[str]:
    """Return one sentence for each import or file of `package` that breaks the table."""
    files = sorted(path.relative_to(package).as_posix() for path in package.rglob("*.py"))
    imports = list(dict.fromkeys(found for file in files for found in _imports(package, file)))
    return [*_unlisted(files), *_nameless(files), *_upward(imports), *_circles(imports), *_eager(imports)]


def _unlisted(files: list[str]) -> Iterator[str]:
    for file in files:
        if _row(file) is None:
            yield f"{file} is in no layer: add it to ROWS in tests/test_layers.py, below everything it imports"


def _nameless(files: list[str]) -> Iterator[str]:
    for file in files:
        if NAMELESS & set(Path(file).with_suffix("").parts):
            yield f"{file} has a name that says nothing: call it after what it holds"


def _upward(imports: list[Import]) -> Iterator[str]:
    for found in imports:
        source, target = _row(found.source), _row(found.target)
        if source is None or target is None:
            continue
        if target > source:
            yield f"{found.source}:{found.line} (layer {source}) imports {found.target} (layer {target})"
        elif target == source and len({_folder(found.source), _folder(found.target), ""}) > 2:
            yield f"{found.source}:{found.line} imports {found.target}: two folders of layer {source} stay apart"


def _circles(imports: list[Import]) -> Iterator[str]:
    graph: dict[str, set[str]] = {}
    for found in imports:
        if _row(found.source) == _row(found.target) and found.source != found.target:
            graph.setdefault(found.source, set()).add(found.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"a circle of imports: {' imports '.join(reversed(error.args[1]))}"


def _eager(imports: list[Import]) -> Iterator[str]:
    slow = {file for files in LAZY.values() for file in files}
    for found in imports:
        library = found.target.partition(".")[0]
        if not found.at_top or (found.source in slow and found.target in slow):
            continue
        if found.target in slow or (library in LAZY and found.source not in LAZY[library]):
            name = found.target if found.target in slow else library
            yield f"{found.source}:{found.line} imports {name} at the top: import it in the function that needs it"


def _row(file: str) -> int | None:
    """Return the layer of a file of the package; None for an unlisted file or a library."""
    listed = {file, f"{_folder(file)}/*"}
    return next((number for number, row in enumerate(ROWS) if listed & set(row)), None)


def _folder(file: str) -> str:
    return file.partition("/")[0] if "/" in file else ""


def _imports(package: Path, file: str) -> Iterator[Import]:
    tree = ast.parse((package / file).read_text(encoding="utf-8"))
    at_top = set(_run_on_import(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(package, file, node)
            names = [f"{origin}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield Import(file, _file_of(package, name), node.lineno, node in at_top)


def _run_on_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when the module is imported: no function bodies, nothing for type checkers only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            yield from (inner for branch in child.orelse for inner in [branch, *_run_on_import(branch)])
            continue
        yield child
        yield from _run_on_import(child)


def _origin(package: Path, file: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = (package.name, *Path(file).parts)[: -node.level]
    return ".".join([*parts, *([node.module] if node.module else [])])


def _file_of(package: Path, name: str) -> str:
    """Return the file that `briefer.a.b` stands in, where `b` may be a name inside of `a`."""
    parts = name.split(".")
    if parts[0] != package.name:
        return name
    for end in range(len(parts), 0, -1):
        path = Path(*parts[1:end])
        for candidate in (path.with_suffix(".py") if path.name else None, path / "__init__.py"):
            if candidate and (package / candidate).is_file():
                return candidate.as_posix()
    return name


@pytest.mark.parametrize(
    ("file", "code", "problem"),
    [
        ("text.py", "from briefer.bundle import Bundle", "text.py:1 (layer 0) imports bundle.py (layer 1)"),
        ("text.py", "from briefer import bundle", "text.py:1 (layer 0) imports bundle.py (layer 1)"),
        ("text.py", "from . import bundle", "text.py:1 (layer 0) imports bundle.py (layer 1)"),
        ("text.py", "def f():\n    import briefer.bundle", "text.py:2 (layer 0) imports bundle.py (layer 1)"),
        ("models/tape.py", "from briefer.cli import run", "(layer 4) imports cli/__init__.py (layer 7)"),
        ("batch/a.py", "from ..compare.b import x", "two folders of layer 6 stay apart"),
        ("text.py", "from briefer.dates import day", "a circle of imports"),
        ("stray.py", "", "stray.py is in no layer: add it to ROWS"),
        ("stray/a.py", "", "stray/a.py is in no layer: add it to ROWS"),
        ("models/utils.py", "", "models/utils.py has a name that says nothing"),
        ("models/openai.py", "import openai", "models/openai.py:1 imports openai at the top"),
        ("models/openai.py", "try:\n    from openai.types import x\nfinally: ...", "openai.py:2 imports openai"),
        ("cli/desk.py", "class A:\n    import rich.table", "cli/desk.py:2 imports rich at the top"),
        ("cli/desk.py", "from briefer.render.terminal import x", "cli/desk.py:1 imports render/terminal.py at the top"),
        ("settings.py", "from genai_prices import calc_price", "settings.py:1 imports genai_prices at the top"),
    ],
)
def test_a_violation_is_found(file: str, code: str, problem: str, tmp_path: Path) -> None:
    package = _sound_package(tmp_path)
    _write(package, file, code)
    problems = check(package)
    assert len(problems) == 1
    assert problem in problems[0]


def test_a_sound_package_passes(tmp_path: Path) -> None:
    assert check(_sound_package(tmp_path)) == []


def _sound_package(folder: Path) -> Path:
    package = folder / "briefer"
    for file, code in {
        "__init__.py": "from briefer.cli import run",
        "text.py": "import re",
        "dates.py": "from briefer.text import fold",
        "bundle.py": "from briefer import text\nfrom . import dates",
        "models/__init__.py": "from briefer.bundle import Bundle",
        "models/openai.py": "def f():\n    import openai\nif TYPE_CHECKING:\n    import openai",
        "models/tape.py": "from briefer.models import Model",
        "render/terminal.py": "import rich",
        "render/__init__.py": "def f():\n    from briefer.render.terminal import x",
        "batch/a.py": "import briefer.models.tape",
        "compare/b.py": "from ..models import tape",
        "cli/__init__.py": "from briefer.batch.a import run",
    }.items():
        _write(package, file, code)
    return package


def _write(package: Path, file: str, code: str) -> None:
    path = package / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")
