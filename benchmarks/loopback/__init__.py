"""The server on loopback that benchmarks call, started and asked from here."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int

    def base_url(self, kind: str) -> str:
        """Return the base URL under which it answers in one way, such as `fixed/50`, see `loopback.server`."""
        return f"http://127.0.0.1:{self.port}/{kind}/v1"

    def counts(self) -> dict[str, int]:
        """Return what was counted since the last time; all prefixes are cold again."""
        # Not through a proxy that the environment may name.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}/counts", timeout=10) as answer:
            counts: dict[str, int] = json.load(answer)
            return counts


@contextmanager
def serving(tapes: Sequence[Path] = ()) -> Iterator[Server]:
    """Run a server in a process of its own; `tapes` hold the replies that it gives."""
    command = [sys.executable, "-m", "loopback.server", *map(str, tapes)]
    process = subprocess.Popen(command, cwd=HERE.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    try:
        yield Server(int(process.stdout.readline()))
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
