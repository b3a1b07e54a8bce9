"""A name, an address or a moment at which this server does not answer as it should."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import Outcome, run, start
from tests.realserver.conftest import Starter
from tests.realserver.journaled import envelope, records
from tests.realserver.server import LlamaServer, until


def test_the_server_takes_any_model_name(llama: Starter, tmp_path: Path, story: str) -> None:
    """So its own name for the model is in each reply, and the briefing has the one that was asked for."""
    server = llama().start()
    outcome = run(
        "summarize", story, "--base-url", server.base_url, "--model", "other", "--format", "json", cwd=tmp_path
    )
    assert outcome.code == 9
    assert {envelope(record)["model"] for record in records(tmp_path)} == {"gibberish"}
    assert outcome.json["provenance"]["model"] == "other"


def test_a_wrong_path_needs_a_person(llama: Starter, tmp_path: Path, story: str) -> None:
    server = llama().start()
    url = server.base_url.replace("/v1", "/v2")
    outcome = run("summarize", story, "--base-url", url, "--model", "m", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.lines == [
        f"briefer: 127.0.0.1:{server.port} has no model m, or nothing at this address: File Not Found",
        "  safe: every finished reply is in the journal",
        "  next: check --model and the base URL",
    ]


def test_a_server_that_is_still_loading_is_waited_for(llama: Starter, tmp_path: Path, story: str) -> None:
    # Clearing so much memory for its context takes a while, and until then it answers 503.
    server = llama(context=4_000_000)
    options = ("summarize", story, "--section", "whats_happened", *server.options)
    once = while_it_loads(server, *options, cwd=tmp_path, attempts=1)
    assert once.code == 5
    assert once.lines == [
        f"briefer: 127.0.0.1:{server.port} answered 503: Loading model (model gibberish)",
        "  safe: every finished reply is in the journal",
        "  next: run the same command again: it goes on where it stopped",
    ]
    server.kill()
    patient = while_it_loads(server, *options, cwd=tmp_path, attempts=9)
    assert patient.code == 0, patient.err
    statuses = [record.http for record in records(tmp_path)]
    assert statuses[:2] == [503, 503]
    assert 200 in statuses


def while_it_loads(server: LlamaServer, *args: str, cwd: Path, attempts: int) -> Outcome:
    """Run a command whose first call reaches the server before its model is loaded."""
    server.start(loaded=False).hold()
    process = start(*args, cwd=cwd, env={"BRIEFER_ATTEMPTS": str(attempts)})
    until(server.has_caller, process)
    server.release()
    out, err = process.communicate(timeout=60)
    return Outcome(process.returncode, out.decode(), err.decode())
