"""Clocks that jump, and networks that are reached through something else."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.command import Outcome
from tests.faults.http import slow_down
from tests.faults.row import Fault, Shown, bill, error
from tests.faults.stage import Stage
from tests.server import Loopback, reply

JUMPING = """
import time
real, jumps = time.time, [3600.0, -3600.0, 75 * 365 * 86400.0]
def jumping():
    jumps.append(jumps.pop(0))
    return real() + jumps[0]
time.time = jumping
"""


def by_a_jumping_clock(stage: Stage) -> Outcome:
    return stage.run(env=stage.with_code(JUMPING))


def waits_all_the_same(stage: Stage, _: Outcome) -> None:
    [gap] = stage.gaps()
    assert 0.4 <= gap < 1.2


def behind_a_proxy(stage: Stage) -> Outcome:
    """Run with the server in the place of a proxy, for an address that only a proxy can reach."""
    outcome = stage.run("--base-url", "http://models.example/v1", env={"HTTP_PROXY": stage.server.base_url[:-3]})
    assert {r.path for r in stage.server.requests} == {"http://models.example/v1/chat/completions"}
    return outcome


def behind_no_proxy(stage: Stage) -> Outcome:
    """Run with a proxy in the environment that is not there."""
    stage.server.deafen()
    return stage.run("--base-url", "http://models.example/v1", env={"HTTP_PROXY": f"http://ann:secret@{stage.host}"})


def behind_a_tunnel(stage: Stage) -> Outcome:
    """Run with a proxy that is asked for a tunnel, and wants a password."""
    stage.server.script(reply(407, "who are you?"))
    outcome = stage.run("--base-url", "https://models.example/v1", env={"HTTPS_PROXY": stage.server.base_url[:-3]})
    assert {r.method for r in stage.server.requests} == {"CONNECT"}
    return outcome


def behind_a_closed_tunnel(stage: Stage) -> Outcome:
    stage.server.script(reply(403, "not there"))
    return stage.run("--base-url", "https://models.example/v1", env={"HTTPS_PROXY": stage.server.base_url[:-3]})


def behind_socks(stage: Stage) -> Outcome:
    outcome = stage.run(env={"ALL_PROXY": "socks5://127.0.0.1:1080", "NO_PROXY": ""})
    assert not stage.server.requests
    return outcome


def through_a_proxy(*, answer: bytes | None = None, skipped: bool = False) -> Callable[[Stage], Outcome]:
    """Run with a proxy in the environment, which passes nothing on."""

    def play(stage: Stage) -> Outcome:
        proxy = Loopback()
        proxy.script(answer or reply(502))
        env = {"HTTP_PROXY": f"http://ann:proxy-secret@127.0.0.1:{proxy.port}", "NO_PROXY": ""}
        if skipped:
            env["NO_PROXY"] = "127.0.0.1"
        try:
            outcome = stage.run(env=env)
            assert bool(proxy.requests) is not skipped
        finally:
            proxy.close()
        assert "proxy-secret" not in outcome.out + outcome.err
        return outcome

    return play


SET_PROXY = (
    "set it in HTTP_PROXY or HTTPS_PROXY as http://user:password@host:port, or leave the server out with NO_PROXY"
)
TIME = (
    Fault(
        name="time-clock-jumps",
        what="The machine's clock jumps by an hour, back again, and into another century.",
        answers={"topics": [slow_down(Retry_After_Ms="500"), {}]},
        env={"BRIEFER_MAX_WAIT": "5"},
        play=by_a_jumping_clock,
        calls={"topics": "http ok"},
        code=0,
        reads=(bill(),),
        proof=waits_all_the_same,
    ),
)
ENVIRONMENT = (
    Shown(
        name="env-another-openai",
        what="Another version of the openai package is installed than the one that was locked.",
        code="0",
        reads=(),
        paid=0,
        maybe="",
        again=None,
        by="Makefile::test-openai",
    ),
    Fault(
        name="env-proxy",
        what="The server is reached through a proxy that the environment names.",
        play=behind_a_proxy,
        calls={"topics": "ok"},
        code=0,
        reads=(bill(),),
    ),
    Fault(
        name="env-proxy-gone",
        what="The proxy that the environment names is not there.",
        play=behind_no_proxy,
        code=5,
        reads=error("the proxy {host} cannot be reached: connection refused (3 tries) (model m)"),
    ),
    Fault(
        name="env-proxy-of-another-kind",
        what="The environment names a proxy of a kind that is not supported.",
        play=behind_socks,
        code=4,
        reads=(
            "briefer: the proxy 127.0.0.1:1080 is no http or https proxy",
            f"  next: {SET_PROXY}",
        ),
    ),
    Fault(
        name="env-proxy-tunnel-refused",
        what="A proxy makes no connection to the server.",
        play=behind_a_closed_tunnel,
        code=5,
        reads=error("the proxy {host} does not connect to models.example:443: it answered 403 (3 tries) (model m)"),
    ),
    Fault(
        name="env-proxy-tunnel-wants-a-password",
        what="A proxy wants a password before it makes a connection to the server.",
        play=behind_a_tunnel,
        code=4,
        reads=error("the proxy {host} wants a user name and a password (model m)", next_=SET_PROXY),
    ),
    Fault(
        name="env-proxy-refuses",
        what="A proxy that the environment names wants a password.",
        play=through_a_proxy(answer=reply(407, "Proxy Authentication Required")),
        code=4,
        reads=error(
            "the proxy 127.0.0.1:{number} wants a user name and a password (model m)",
            next_=SET_PROXY,
        ),
    ),
    Fault(
        name="env-proxy-not-for-this-server",
        what="The environment names a proxy, and says not to use it for this server.",
        play=through_a_proxy(skipped=True),
        calls={"topics": "ok"},
        code=0,
        reads=(bill(),),
    ),
)

ROWS = (*TIME, *ENVIRONMENT)
