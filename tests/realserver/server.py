"""llama.cpp's own server, with a model that talks gibberish: `make test-realserver` builds both into .bench/llama."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

BUILT = Path(__file__).parents[2] / ".bench" / "llama"
MODEL = "gibberish"
# One thread to think with, since tests are not alone on a machine; enough to listen with for all calls of a run at
# once and a look at /slots; a reply without end is stopped, as a careful operator would.
_OPTIONS = "-t 1 -tb 1 --threads-http 16 -n 3000 --no-ui --offline --no-warmup --log-disable".split()


class LlamaServer:
    """The server as a process on a port of its own: it can be killed and started again there."""

    def __init__(self, *, context: int = 32_768, slots: int = 1, seed: int = 1) -> None:
        """`context` is in tokens, for each of the `slots` that answer side by side."""
        self.port = _free_port()
        self._command = [str(BUILT / "llama-server"), "-m", str(BUILT / f"{MODEL}.gguf"), "--alias", MODEL, *_OPTIONS]
        self._command += ["--host", "127.0.0.1", "--port", str(self.port), "-s", str(seed)]
        self._command += ["-c", str(context * slots), "-np", str(slots)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        """What a user would write as --base-url."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def options(self) -> tuple[str, ...]:
        """The options of `summarize` that name this server and its model."""
        return "--base-url", self.base_url, "--model", MODEL

    def start(self, *, loaded: bool = True) -> LlamaServer:
        """Start it, and wait until it answers: with its model loaded, or with anything at all."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not self._answers(loaded):
            assert self._process.poll() is None, f"llama-server ended with {self._process.returncode}"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return self

    def kill(self) -> None:
        """End it without warning, as the kernel does when memory runs out."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hold(self) -> None:
        """Stop its clock: whoever connects waits."""
        self._signal(signal.SIGSTOP)

    def release(self) -> None:
        """Let its clock run on."""
        self._signal(signal.SIGCONT)

    def has_caller(self) -> bool:
        """Whether somebody is connected to it; read from Linux's own table, since it may be held."""
        rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
        return any(row[2].endswith(f":{self.port:04X}") and row[3] == "01" for row in rows)

    def is_busy(self) -> bool:
        """Whether it works on a request just now."""
        return any(slot["is_processing"] for slot in self._get("/slots"))

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _answers(self, loaded: bool) -> bool:
        try:
            self._get("/health")
        except URLError as error:  # a bad status is one of them
            return not loaded and hasattr(error, "code")
        return True

    def _get(self, path: str) -> Any:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return json.load(answer)


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait for a condition while a command runs."""
    deadline = time.monotonic() + 30
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
