"""The real command as a subprocess in a folder of its own, and what holds for each of its outputs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "briefer"]
SEEN_BY_CI = re.compile(r"(?m)^\s*(?:::|##\[)")


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of stderr."""
        return self.err.splitlines()

    @property
    def json(self) -> Any:
        """The result, read as JSON."""
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        """The result, read as one JSON value a line."""
        return [json.loads(line) for line in self.out.split("\n") if line]


def clean(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command: no key, no settings, an empty home; a failed call is not tried again."""
    kept = {name: os.environ[name] for name in ("HOME", "XDG_CONFIG_HOME", "PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "BRIEFER_ATTEMPTS": "1", **(env or {})}


def start(*args: str, cwd: Path, env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command; its stdin is empty, stdout and stderr are pipes unless `options` say otherwise."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*COMMAND, *args], cwd=cwd, env=clean(env), **{**pipes, **options})


def run(*args: str, cwd: Path, env: Mapping[str, str] | None = None, input: str | None = None) -> Outcome:
    """Run the command to its end. Whatever it was asked, it writes no traceback and nothing active."""
    stdin = subprocess.DEVNULL if input is None else subprocess.PIPE
    process = start(*args, cwd=cwd, env=env, stdin=stdin)
    out, err = process.communicate(None if input is None else input.encode(), timeout=60)
    outcome = Outcome(process.returncode, out.decode(), err.decode())
    if "--debug" not in args:
        assert "Traceback" not in outcome.err, outcome.err
    for text in (outcome.out, outcome.err):
        assert not {c for c in text if c < " " and c != "\n"}, ascii(text)
        assert not SEEN_BY_CI.search(text), text
    return outcome


def write(path: Path, content: object) -> str:
    """Write text, bytes or JSON and return the file's name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path.name


def run_folder(cwd: Path) -> Path:
    """The only run folder of a working folder."""
    [folder] = (path for path in (cwd / ".briefer" / "runs").iterdir() if path.is_dir())
    return folder
