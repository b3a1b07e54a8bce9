"""`--max-cost` and `--max-tokens` over a real server: where a run ends, what it leaves behind, how it goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Outcome, run, run_folder, write
from tests.cli.desk import CALLS, REPLIES, Model, bridge, journaled
from tests.server import CLOSE, Answer, Loopback, Received, reply

# No server on this machine has a price; here a thousand tokens cost a dollar, in or out.
PRICED = """
import types
import briefer.models.prices as prices
import genai_prices
prices.is_loopback = lambda url: False
def price(usage, model, **_):
    if model == "unpriced":
        raise LookupError
    return types.SimpleNamespace(total_price=(usage.input_tokens + usage.output_tokens) / 1000)
genai_prices.calc_price = price
"""
OUT = 300  # what a reply takes, of the 500 tokens that it may


@pytest.fixture
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("priced")
    write(folder / "sitecustomize.py", PRICED)
    return {"PYTHONPATH": str(folder), "BRIEFER_REPLY_TOKENS": "500"}


def sent(request: Received) -> int:
    return sum(len(m["content"].encode()) for m in request.json["messages"]) // 4


def as_models_count(request: Received) -> Any:
    return {"prompt_tokens": sent(request), "completion_tokens": OUT}


class Counting(Model):
    """A model whose server counts tokens as `usage` says, and answers after a pause; `took` is what they sum up to."""

    def __init__(
        self,
        server: Loopback,
        *args: Any,
        usage: Callable[[Received], Any] = as_models_count,
        pause: float = 0.0,
    ) -> None:
        super().__init__(server, *args)
        self.usage, self.pause, self.took = usage, pause, 0
        server.handle(self.count)

    def count(self, request: Received) -> Answer:
        answer = self._answer(request)
        if not isinstance(answer, bytes):
            return answer
        fields = json.loads(answer.partition(b"\r\n\r\n")[2])
        fields["usage"] = self.usage(request)
        self.took += sent(request) + OUT
        return [self.pause, reply(200, fields)]


def summarize(cwd: Path, model: Model, env: dict[str, str], *args: str) -> Outcome:
    return run("summarize", bridge(cwd), "--format", "json", *args, cwd=cwd, env={**model.env, **env})


def whole(cwd: Path, server: Loopback, env: dict[str, str]) -> int:
    """What the whole run takes, in tokens."""
    model = Counting(server)
    (cwd / "whole").mkdir()
    assert summarize(cwd / "whole", model, env).code == 0
    return model.took


@pytest.mark.parametrize("flight", [1, 8])
@pytest.mark.parametrize(("option", "a_token"), [("--max-tokens", 1.0), ("--max-cost", 0.001)])
def test_a_run_ends_before_the_call_that_could_pass_the_limit_and_goes_on_with_a_higher_one(
    tmp_path: Path, loopback: Loopback, env: dict[str, str], flight: int, option: str, a_token: float
) -> None:
    limit = whole(tmp_path, loopback, env) * 2 // 3
    env["BRIEFER_CONCURRENCY"] = str(flight)
    model = Counting(loopback, pause=0.05)
    ended = summarize(tmp_path, model, env, option, f"{limit * a_token:g}")
    assert (ended.code, ended.out) == (6, "")
    assert model.took <= limit
    assert limit - model.took < 4000  # one call at its worst
    cause, safe, hint = ended.lines
    spent = f"${model.took / 1000:.2f}" if option == "--max-cost" else f"{model.took:,}"
    assert cause.startswith(f"briefer: the budget ends here: spent {spent} of ")
    assert "; the next call may take " in cause
    assert safe == "  safe: every reply that came is in the run folder and is not paid again"
    assert hint == f"  next: run the same command with a higher {option}: it goes on where it stopped"
    # Nothing that was under way is broken off.
    made = journaled(tmp_path)
    assert made == ["ok"] * len(made)
    again = summarize(tmp_path, model, env, option, "1e6" if option == "--max-cost" else "1000000")
    assert again.code == 0
    assert len(model.asked) == CALLS
    assert sorted(model.asked) == sorted(REPLIES)


def test_what_an_earlier_run_took_counts_and_a_limit_below_it_makes_no_call(
    tmp_path: Path, loopback: Loopback, env: dict[str, str]
) -> None:
    model = Counting(loopback)
    assert summarize(tmp_path, model, env, "--section", "topics").code == 0
    took, made = model.took, len(model.asked)
    ended = summarize(tmp_path, model, env, "--max-tokens", str(took + 100))
    assert ended.code == 6
    assert f"spent {took:,} of {took + 100:,} tokens" in ended.lines[1]
    assert len(model.asked) == made
    # What the folder holds is not held against the limit a second time.
    assert summarize(tmp_path, model, env, "--section", "topics", "--max-tokens", "1").code == 0


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        "many",
        {"prompt_tokens": -5, "completion_tokens": -5},
        {"prompt_tokens": "900", "completion_tokens": "30"},
        {"prompt_tokens": 10**12, "completion_tokens": 10**12},
        {"prompt_tokens": 1.5, "completion_tokens": True},
    ],
    ids=["missing", "empty", "text", "negative", "figures in text", "huge", "of another kind"],
)
def test_tokens_that_nobody_counts_are_estimated_by_bytes(
    tmp_path: Path, loopback: Loopback, env: dict[str, str], usage: Any
) -> None:
    env["BRIEFER_CONCURRENCY"] = "1"
    model = Counting(loopback, usage=lambda _: usage)
    ended = summarize(tmp_path, model, env, "--max-tokens", "20000")
    assert ended.code == 6
    assert len(model.asked) == 5  # 3,200 to 3,600 tokens each at the worst, and some 300 for the reply
    assert "of 20,000 tokens; the next call may take " in ended.lines[0]


def test_a_reply_that_breaks_off_counts_at_its_worst(tmp_path: Path, loopback: Loopback, env: dict[str, str]) -> None:
    model = Counting(loopback, {"topics": [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{", CLOSE]})
    assert summarize(tmp_path, model, env, "--section", "topics").code == 5
    ended = summarize(tmp_path, model, env, "--section", "topics", "--max-tokens", "3000")
    assert ended.code == 6
    spent = int(ended.lines[1].partition("spent ")[2].partition(" of")[0].replace(",", ""))
    assert spent > 500 + sent(loopback.requests[0])


def test_a_server_that_counts_beyond_every_bound_is_asked_once_more_than_it_should_be_at_most(
    tmp_path: Path, loopback: Loopback, env: dict[str, str]
) -> None:
    env["BRIEFER_CONCURRENCY"] = "1"
    model = Counting(loopback, usage=lambda _: {"prompt_tokens": 90_000, "completion_tokens": OUT})
    ended = summarize(tmp_path, model, env, "--max-tokens", "50000")
    assert (ended.code, len(model.asked)) == (6, 1)
    assert "spent 90,300 of 50,000 tokens" in ended.lines[0]


def test_under_a_limit_a_reply_may_not_be_longer_than_what_is_held_for_it(
    tmp_path: Path, loopback: Loopback, env: dict[str, str]
) -> None:
    del env["BRIEFER_REPLY_TOKENS"]
    model = Counting(loopback)
    assert summarize(tmp_path, model, env, "--section", "topics").code == 0
    assert "max_tokens" not in loopback.requests[0].json
    assert summarize(tmp_path, model, env, "--section", "go_deeper", "--max-tokens", "100000").code == 0
    assert loopback.requests[1].json["max_tokens"] == 8192
    folder = run_folder(tmp_path)  # the same one: a limit is no part of what is asked
    assert len(journaled(tmp_path)) == 2
    assert folder.exists()


def test_the_judge_s_calls_count(tmp_path: Path, loopback: Loopback, env: dict[str, str]) -> None:
    model = Counting(loopback)
    only = ("--section", "whats_happened")
    assert summarize(tmp_path, model, env, *only).code == 0
    judged = (*only, "--judge", "j", "--max-tokens")
    ended = summarize(tmp_path, model, env, *judged, str(model.took + 600))
    assert (ended.code, model.asked) == (6, ["whats_happened"])
    done = summarize(tmp_path, model, env, *judged, str(model.took + 6000))
    assert (done.code, model.asked) == (0, ["whats_happened", "judge"])
    ended = summarize(tmp_path, model, env, "--section", "topics", "--max-tokens", str(model.took))
    assert f"spent {model.took:,} of " in ended.lines[1]


@pytest.mark.parametrize("names", [("unpriced", "m"), ("m", "unpriced")])
def test_a_limit_in_dollars_needs_the_price_of_every_model(
    tmp_path: Path, loopback: Loopback, env: dict[str, str], names: tuple[str, str]
) -> None:
    model = Counting(loopback)
    refused = summarize(tmp_path, model, env, "--model", names[0], "--judge", names[1], "--max-cost", "5")
    assert (refused.code, refused.out, model.asked) == (3, "", [])
    assert refused.lines == [
        "briefer: the price of unpriced at this address is not known, so a limit in dollars cannot be held",
        "  next: use --max-tokens (max_tokens) in place of --max-cost (max_cost)",
    ]
    assert not (tmp_path / ".briefer").exists()


def test_a_server_on_this_machine_has_no_price(tmp_path: Path, loopback: Loopback) -> None:
    refused = summarize(tmp_path, Model(loopback), {}, "--model", "gpt-4o-mini", "--max-cost", "5")
    assert (refused.code, loopback.requests) == (3, [])


@pytest.mark.parametrize("where", ["environment", "file", "flag"])
def test_a_limit_is_a_setting(tmp_path: Path, loopback: Loopback, env: dict[str, str], where: str) -> None:
    if where == "file":
        write(tmp_path / "briefer.toml", "max_tokens = 1000")
    elif where == "environment":
        env["BRIEFER_MAX_TOKENS"] = "1000"
    ended = summarize(tmp_path, Counting(loopback), env, *(("--max-tokens", "1000") if where == "flag" else ()))
    assert (ended.code, loopback.requests) == (6, [])
    assert ended.lines[0].startswith("briefer: the budget ends here: spent 0 of 1,000 tokens; the next call may take ")


def test_checking_with_a_judge_is_held_to_the_limit_too(
    tmp_path: Path, loopback: Loopback, env: dict[str, str]
) -> None:
    write(
        tmp_path / "s.jsonl", '{"id": "a", "text": "Inspectors found a crack in a main girder.", "cites": ["A1.1"]}\n'
    )
    model = Counting(loopback)
    check = ("check", "s.jsonl", "--bundle", bridge(tmp_path), "--judge", "j")
    ended = run(*check, "--max-tokens", "100", cwd=tmp_path, env={**model.env, **env})
    assert (ended.code, ended.out, model.asked) == (6, "", [])
    done = run(*check, "--max-tokens", "5000", cwd=tmp_path, env={**model.env, **env})
    assert (done.code, model.asked) == (0, ["judge"])
