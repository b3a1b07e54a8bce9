"""Ray, as a batch uses it: joined or started without a word, asked for its nodes, given work, and left."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from briefer.batch.foreman import Foreman
from briefer.batch.worker import Back, Outfit, Worker
from briefer.errors import BrieferError, NeedsPersonError, UnavailableError
from briefer.models.till import Amount, Limits
from briefer.text import one_line

# Ray tells its makers about its use, prints notes, hands a working folder to nodes, and begins anew by itself when it
# is asked something after its end: all of that off.
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_ENABLE_AUTO_CONNECT": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
_STORE = 256 << 20  # bytes that a cluster of this machine alone holds for bundles on their way
_PATIENCE = 120.0  # seconds in which every node has to prove that it can work
_ANSWER = 10.0  # seconds in which the cluster has to take a connection
_HERE = "local"
_AGAIN = "run the same command again; it goes on from there"
_SAFE = "every reply that arrived is recorded and is not paid again"


def join() -> int:
    """Join the cluster that RAY_ADDRESS names, or start one on this machine; return its cores. Raises BrieferError."""
    os.environ.update(_QUIET)
    import ray
    import ray.data  # sets up its own logging, which is turned down below

    address = os.environ.get("RAY_ADDRESS") or _HERE
    alone = {"include_dashboard": False, "object_store_memory": _STORE, "_node_ip_address": "127.0.0.1"}
    for name in ("ray", "ray.data"):  # they have handlers of their own that write to stderr
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        more = alone if address == _HERE else {}
        _answers(address)
        with _without_a_word():
            ray.init(address=address, log_to_driver=False, configure_logging=False, **more)
    except Exception as error:
        where = "be started on this machine" if address == _HERE else f"be reached at {one_line(address)}"
        hint = "RAY_ADDRESS names the cluster: look whether it runs, and has the RAY_AUTH_TOKEN that is set here"
        raise UnavailableError(f"Ray cannot {where}: {_first(error)}", hint=hint, safe="nothing was paid") from error
    # Ray prints of workers that were killed on stdout; only this switch of its own keeps it from that.
    ray._private.worker._worker_logs_enabled = False
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    return int(ray.cluster_resources().get("CPU", 1))


def heed_signals() -> None:
    """Have signals answered as they were before Ray came: it takes SIGTERM for a crash, and aborts seconds after it."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.getsignal(number))


def _answers(address: str) -> None:
    """Raise OSError if nobody is at an address of the form host:port, which takes Ray minutes to find out."""
    host, _, port = address.rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _ANSWER).close()


@contextmanager
def _without_a_word() -> Iterator[None]:
    """Leave out what is written to stderr meanwhile: Ray's part in C++ tells there how its log is set."""
    try:
        kept = os.dup(2)
    except OSError:  # there is no stderr
        yield
        return
    try:
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def leave() -> None:
    """End all that this process has on the cluster, and the cluster itself if it was started here."""
    import ray

    ray.shutdown()


def prove(outfit: Outfit) -> None:
    """Have each node show that it could work at the batch. Raises BrieferError for the first that cannot."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    def shown(outfit: Outfit) -> BrieferError | None:
        return outfit.problem()

    ask = ray.remote(num_cpus=0, max_retries=0)(shown)
    nodes = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
    on = (NodeAffinitySchedulingStrategy(node["NodeID"], soft=False) for node in nodes)
    asked = [ask.options(scheduling_strategy=each).remote(outfit) for each in on]
    for node, answer in zip(nodes, asked, strict=True):
        try:
            problem = ray.get(answer, timeout=_PATIENCE)
        except Exception as error:
            name = one_line(str(node.get("NodeManagerHostname")))
            reason = f"the node {name} cannot run briefer: {_first(error)}"
            hint = "install the same briefer[ray] and Python on all nodes"
            raise NeedsPersonError(reason, hint=hint, safe="nothing was paid") from error
        if problem:
            problem.safe = "nothing was paid"
            raise problem


def appoint(limits: Limits, spent: Amount) -> Any:
    """Return a handle of a new Foreman; it is on this node, so that it lives as long as the batch does."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    # Each worker and each call that waits for the budget waits there.
    options = {"num_cpus": 0, "max_concurrency": 100_000, "scheduling_strategy": here}
    return ray.remote(**options)(Foreman).remote(limits, spent)


def works(sent: Sequence[bytes], outfit: Outfit, foreman: Any, workers: int, each: int) -> Generator[Back]:
    """Have so many workers make briefings, `each` so many at a time, and yield what they send back as it comes.

    A worker that is killed is begun again by Ray, and what it was sent is sent again. Raises BrieferError.
    """
    import ray.data

    pool = ray.data.ActorPoolStrategy(
        size=min(workers, len(sent)), max_tasks_in_flight_per_actor=each, max_concurrent_calls_per_actor=each
    )
    try:
        # A block for each bundle: Ray sends blocks, and a block comes back when all of it is done.
        bundles = ray.data.from_items([{"sent": each} for each in sent], override_num_blocks=len(sent))
        made = bundles.map_batches(
            Worker,
            fn_constructor_args=(outfit, foreman),
            batch_size=1,
            batch_format="pyarrow",
            compute=pool,
            num_cpus=1,
        )
        for block in made.iter_batches(batch_size=None, prefetch_batches=0, batch_format="pyarrow"):
            yield from map(pickle.loads, block["back"].to_pylist())
    except Exception as error:
        raise UnavailableError(f"Ray ended the work: {_first(error)}", hint=_AGAIN, safe=_SAFE) from error


def _first(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return one_line(lines[0])[:200]
