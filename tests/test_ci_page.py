"""The command lines of docs/ci.md as a CI job runs them: the installed wheel, a bare environment, no home."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from junitparser import Error, JUnitXml

from tests.batch.test_batch import story
from tests.cli.command import SEEN_BY_CI, write
from tests.cli.desk import CALLS, Model
from tests.server import Loopback, loopback
from tests.test_wheel import ROOT, Copy, installed, wheel

__all__ = ["installed", "loopback", "wheel"]


def night() -> str:
    """The line of the page's job for the night; a server on this machine has no price, so its limit is in tokens."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    line: str
    [line] = re.findall(r"- run: (briefer batch .*)", page)
    assert "--junit briefings.xml --github" in line
    return line.replace("--max-cost 5", "--max-tokens 1000000")


def ran(job: Path, briefer: Copy, server: Loopback) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": f"{Path(briefer.command[0]).parent}:/usr/bin:/bin",
        "SHARD": "1",
        "MODEL": "m",
        "OPENAI_API_KEY": "test-key-0123456789",
        "OPENAI_BASE_URL": server.base_url,
        "GITHUB_STEP_SUMMARY": str(job / "step.md"),
    }
    line = night().replace('"$SHARD/4"', '"$SHARD/1"')
    return subprocess.run(
        ["bash", "-ec", line], cwd=job, env=env, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_line_for_the_night_runs_out_of_the_wheel_without_a_home(
    tmp_path: Path, installed: Copy, loopback: Loopback
) -> None:
    model = Model(loopback)
    for number in (1, 2):
        write(tmp_path / "stories" / f"s{number}" / "bundle.json", story(number))
    write(tmp_path / "stories" / "cut.json", '{"articles": [')
    done = ran(tmp_path, installed, loopback)
    assert (done.returncode, len(model.asked)) == (9, 2 * CALLS), done.stderr
    assert [line for line in done.stdout.splitlines() if SEEN_BY_CI.match(line)] == [
        "::error file=stories/cut.json,line=1,title=stories/cut.json rejected::is not valid JSON: line 1, column 15: "
        "ends in the middle; is the file cut off?"
    ]
    [suite] = JUnitXml.fromfile(str(tmp_path / "briefings.xml"))
    told = {str(case.name): [type(result) for result in case.result] for case in suite}
    assert told == {"story-1": [], "story-2": [], "stories/cut.json": [Error]}
    assert "2 complete, 1 rejected." in (tmp_path / "step.md").read_text()
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["statuses"] == {"complete": 2, "rejected": 1}
    again = ran(tmp_path, installed, loopback)
    assert (again.returncode, len(model.asked)) == (9, 2 * CALLS)
