"""What is built is what was tested: the wheel alone, in another folder, prints what the source tree prints.

The wheel is built out of the unpacked sdist, so both are complete. It goes into an empty environment that
borrows its libraries from the running one; a path named in a `.pth` file is not searched for further
`.pth` files, so the editable install of the running environment stays out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"
STORY = "fixtures/dprk-russia"

LAUNCHER = "import sys\nfrom briefer.cli import run\nsys.exit(run())\n"


class Copy:
    """A copy of briefer to run: its command, its folder, and the folder its own data are in."""

    def __init__(self, command: list[str], folder: Path, data: Path) -> None:
        self.command, self.folder, self.story = command, folder, data / STORY

    def run(self, *arguments: str) -> str:
        """Run briefer and return its stdout; it must succeed."""
        done = subprocess.run(
            [*self.command, *arguments],
            cwd=self.folder,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"briefer {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("built")
    _python("-m", "hatchling", "build", "-t", "sdist", "-d", str(built), cwd=ROOT)
    _python("-m", "tarfile", "-e", str(next(built.glob("*.tar.gz"))), str(built), cwd=built)
    unpacked = next(path for path in built.iterdir() if path.is_dir())
    _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(built), cwd=unpacked)
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "venv", with_pip=False, symlinks=os.name != "nt")
    scheme = {"base": str(home / "venv"), "platbase": str(home / "venv")}
    library, scripts = (Path(sysconfig.get_path(name, "venv", scheme)) for name in ("purelib", "scripts"))
    python = scripts / "python"
    _python("-m", "pip", "--python", str(python), "install", "-qq", "--no-deps", "--no-index", str(wheel), cwd=home)
    running = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (library / "libraries_of_the_running_environment.pth").write_text("\n".join(running), encoding="utf-8")
    (home / "elsewhere").mkdir()
    return Copy([str(scripts / "briefer")], home / "elsewhere", library / "briefer" / "_data")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The source tree, started under the same name, because usage lines print it."""
    folder = tmp_path_factory.mktemp("source")
    launcher = folder / "briefer"
    launcher.write_text(f"import sys\nsys.path.insert(0, {str(SRC)!r})\n{LAUNCHER}", encoding="utf-8")
    return Copy([sys.executable, str(launcher)], folder, ROOT)


def test_the_wheel_holds_the_package_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {path.relative_to(SRC).as_posix() for path in (SRC / "briefer").rglob("*") if _is_shipped(path)}
    for folder in ("prompts", STORY):
        inside = (path for path in (ROOT / folder).rglob("*") if _is_shipped(path))
        expected |= {f"briefer/_data/{path.relative_to(ROOT).as_posix()}" for path in inside}
    assert names == expected
    assert {f"briefer/_data/{STORY}/bundle.json", f"briefer/_data/{STORY}/tape.jsonl"} <= names


def test_the_import_comes_from_the_wheel(installed: Copy) -> None:
    python = Path(installed.command[0]).with_name("python")
    printed = _python("-c", "import briefer.data as d; print(d.__file__)", cwd=installed.folder, python=str(python))
    assert Path(printed.strip()).is_relative_to(python.parent.parent)


def test_the_extract_model_works_out_of_the_wheel(installed: Copy, source: Copy) -> None:
    arguments = ("summarize", str(installed.story / "bundle.json"), "--model", "extract", "--format", "json")
    assert installed.run(*arguments) == source.run(*arguments)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["summarize", "--help"]], ids=" ".join)
def test_the_command_says_the_same(arguments: list[str], installed: Copy, source: Copy) -> None:
    said = installed.run(*arguments)
    assert said
    assert said == source.run(*arguments)


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json"])
def test_the_tape_gives_the_same_briefing(form: str, installed: Copy, source: Copy) -> None:
    tape = ("--replay", str(installed.story / "tape.jsonl"))
    arguments = ("summarize", str(installed.story / "bundle.json"), *tape, "--format", form)
    printed = installed.run(*arguments)
    assert printed.strip()
    assert printed == source.run(*arguments)


def test_a_saved_briefing_is_proved_again(installed: Copy, source: Copy) -> None:
    bundle, tape = str(installed.story / "bundle.json"), str(installed.story / "tape.jsonl")
    installed.run("summarize", bundle, "--replay", tape, "-o", "briefing.json")
    saved = installed.folder / "briefing.json"
    assert json.loads(saved.read_bytes())["schema"] == "briefer/briefing/1"
    arguments = ("check", str(saved), "--bundle", bundle)
    assert installed.run(*arguments) == source.run(*arguments)


def _is_shipped(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _python(*arguments: str, cwd: Path, python: str = sys.executable) -> str:
    done = subprocess.run([python, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
