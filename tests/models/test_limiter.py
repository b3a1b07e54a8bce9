"""How many calls run at a time, with a clock of our own where time matters."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from briefer.models.limiter import Limiter

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(main)


def test_it_starts_low_and_doubles_while_others_wait() -> None:
    async def after_each_answer() -> list[int]:
        limiter, seen = Limiter(100), [Limiter(100).limit]

        async def call() -> None:
            async with limiter.slot():
                await asyncio.sleep(0)
                limiter.clean()
                seen.append(limiter.limit)

        await asyncio.gather(*(call() for _ in range(400)))
        return seen

    # One more for each answer: twice as many after all that were under way.
    assert run(after_each_answer())[:200] == [min(100, 8 + answers) for answers in range(200)]


def test_unused_slots_do_not_grow() -> None:
    async def alone() -> int:
        limiter = Limiter(100)
        for _ in range(50):
            async with limiter.slot():
                limiter.clean()
        return limiter.limit

    assert run(alone()) == 8


def test_a_burst_of_refusals_halves_it_once() -> None:
    limiter = Limiter(64)
    began = time.monotonic()
    for _ in range(8):
        limiter.refused(began)
    assert limiter.limit == 4
    limiter.refused(time.monotonic() + 1)
    assert limiter.limit == 2
    for _ in range(9):
        limiter.refused(time.monotonic() + 10)
    assert limiter.limit >= 1


def test_after_a_refusal_it_grows_slowly() -> None:
    async def grown() -> list[int]:
        limiter = Limiter(64)
        limiter.refused(time.monotonic())

        async def call() -> None:
            async with limiter.slot():
                await asyncio.sleep(0)
                limiter.clean()

        seen = []
        for count in (7, 40):  # 3 of 7 end while others wait: not yet one more
            await asyncio.gather(*(call() for _ in range(count)))
            seen.append(limiter.limit)
        return seen

    few, many = run(grown())
    assert few == 4
    assert 8 <= many <= 10


@pytest.mark.parametrize(("most", "limit"), [(1, 1), (3, 3), (64, 8)])
def test_never_more_than_allowed_run_and_first_come_is_first_served(most: int, limit: int) -> None:
    async def many() -> tuple[int, list[int]]:
        limiter = Limiter(most)
        running, highest, order = 0, 0, []

        async def call(number: int) -> None:
            nonlocal running, highest
            async with limiter.slot():
                order.append(number)
                running += 1
                highest = max(highest, running)
                await asyncio.sleep(0)
                running -= 1

        await asyncio.gather(*map(call, range(40)))
        return highest, order

    assert run(many()) == (limit, list(range(40)))


def test_a_cancelled_wait_loses_no_slot() -> None:
    async def cancelled() -> None:
        limiter = Limiter(1)

        async def hold(seconds: float) -> None:
            async with limiter.slot():
                await asyncio.sleep(seconds)

        first = asyncio.ensure_future(hold(0.02))
        await asyncio.sleep(0)
        waiting = [asyncio.ensure_future(hold(9)) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await first  # its slot goes to the second at this moment
        waiting[1].cancel()
        waiting[2].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        async with asyncio.timeout(1):
            await hold(0)

    run(cancelled())


def test_new_calls_keep_the_pause_that_the_server_asked_for() -> None:
    pauses: list[float] = []

    async def noted(seconds: float) -> None:
        pauses.append(seconds)

    async def after() -> None:
        limiter = Limiter(8, noted)
        limiter.refused(time.monotonic(), 5.0)
        async with limiter.slot():
            pass

    run(after())
    assert len(pauses) == 1
    assert 4.5 < pauses[0] <= 5.0


def test_when_it_is_closed_what_is_under_way_lands_and_nothing_begins() -> None:
    async def closed_in_the_middle() -> list[str]:
        limiter, seen, go = Limiter(2), list[str](), asyncio.Event()

        async def attempt(name: str) -> None:
            seen.append(f"{name} begins")
            await go.wait()
            seen.append(f"{name} lands")

        flying = asyncio.create_task(limiter.fly(attempt, "first"))
        await asyncio.sleep(0)
        limiter.close(lambda: seen.append("all landed"))
        late = asyncio.create_task(limiter.fly(attempt, "second"))
        await asyncio.sleep(0)
        go.set()
        await flying
        late.cancel()
        return seen

    assert run(closed_in_the_middle()) == ["first begins", "first lands", "all landed"]


def test_when_nothing_is_under_way_closing_does_not_wait() -> None:
    seen: list[str] = []
    Limiter(2).close(lambda: seen.append("all landed"))
    assert seen == ["all landed"]
