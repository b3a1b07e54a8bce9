"""Runs the command line many times without starting Python each time: a process that copies itself.

It reads one job a line (JSON) from standard input, forks, and writes how the copy ended. What is copied
has the program's modules loaded and nothing else: no thread, no event loop, no open file.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

import briefer.api
import briefer.cli.running
import briefer.models.openai
import briefer.models.wire
import briefer.render.terminal
from briefer.cli import run
from tests.crash.faults import Fault, Shim, without_locks
from tests.fake import bridge_bundle

LOADED = (briefer.api, briefer.cli.running, briefer.models.openai, briefer.models.wire, briefer.render.terminal)


def main() -> None:
    """Answer jobs until standard input ends."""
    asyncio.run(briefer.api.summarize(bridge_bundle()))  # what the checks look up once is looked up now
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        job = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _copy(job)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _copy(job: dict[str, Any]) -> None:
    """Become `briefer ARGS` in a folder of its own, and end."""
    cwd = Path(job["cwd"])
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(job["env"])
    log = -1
    for number, name in ((0, os.devnull), (1, job["out"]), (2, job["err"]), (log, job["log"])):
        fd = os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        if number < 0:
            log = fd
        else:
            os.dup2(fd, number)
            os.close(fd)
    if job["without_locks"]:
        without_locks()
    Shim(cwd, Fault(job["fault"]), job["at"], log).install()
    sys.argv = ["briefer", *job["args"]]
    code = 0
    try:
        run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        code = 99
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
