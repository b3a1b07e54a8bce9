"""What a provider's cache of prefixes saves: prompt tokens, money and time of whole briefings, beside plain calls.

    .venv/bin/python benchmarks/prefix.py
    .venv/bin/python benchmarks/prefix.py --quick

The server is on loopback and modelled on OpenAI's: a prompt begins with the output schema, takes time for each token
that is not cached, and is warm once its answer begins (`benchmarks/loopback/`). `plain` is the same flow over the SDK's
own client, all calls at once, as programs do that know of no cache. Measured are a briefing of six calls that all begin
alike (one outlet, so that its account is written from the same articles), one of a recorded story with an account
for every outlet, and a batch of briefings with as many calls at a time as the plain ones. An account waits for nobody:
it shares only the rules with the other calls, which is about the least that a cache keeps. Money: a cached token at a
tenth, a token of a reply at eight times a prompt's. Both take turns; a time is the median of its rounds. Exits 1 when a
bound is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import openai
from bounds import Bound, settle
from loopback import Server, serving
from loopback.prefixes import possible

from briefer import Settings, load_bundle, summarize
from briefer.api import commission
from briefer.batch.commission import draft
from briefer.bundle import Bundle
from briefer.calls import Completion, Request
from briefer.drafting import Desk
from briefer.flow import compose
from briefer.prompts import load_prompts

ROOT = Path(__file__).parent.parent
# Some thirty thousand tokens: what a section is asked beside the articles, which no cache can give, is 1 % of that.
STORIES = sorted((ROOT / "fixtures").glob("*/bundle.json"))
STORIES += sorted((ROOT / "fixtures" / "labelled").glob("*/bundle.json"))[:4]
RECORDED = ROOT / "fixtures" / "river-spill"
MODEL, KEY = "loopback", "sk-loopback"
AT_ONCE = 24  # calls: four plain briefings side by side, or a call of each of twenty-four bundles
CACHED_PRICE, REPLY_PRICE = 0.1, 8.0  # of a prompt token: as gpt-5's are

Ours = Callable[[Sequence[Bundle], Settings], Any]

# Bounds.
OF_POSSIBLE = 0.98  # of the prompt tokens that a cache can give
MOST_MONEY = 0.4  # of six plain calls
MOST_TIME = 1.1  # of all at once, in a batch


@dataclass(frozen=True, slots=True)
class Plain:
    """A model as plain calls to the SDK make it; `bodies` are what it was asked."""

    client: openai.AsyncOpenAI
    bodies: list[dict[str, Any]]
    name: str = MODEL

    async def reply(self, request: Request) -> Completion:
        """Ask, and return the text."""
        shape = {"name": "section", "strict": True, "schema": request.schema}
        body: dict[str, Any] = {
            "model": self.name,
            "messages": list(request.messages),
            "response_format": {"type": "json_schema", "json_schema": shape},
        }
        self.bodies.append(body)
        answer = await self.client.chat.completions.create(**body)
        return Completion(answer.choices[0].message.content or "")


@dataclass(frozen=True, slots=True)
class Took:
    """What a run took, and the tokens that the server counted."""

    seconds: float
    calls: int
    streamed: int
    prompt: int
    cached: int
    output: int

    @classmethod
    def of(cls, seconds: float, counts: Mapping[str, int]) -> Took:
        """Return what a server counted, and the seconds that it took."""
        return cls(seconds, *(counts[name] for name in ("calls", "streamed", "prompt", "cached", "output")))

    @property
    def share(self) -> float:
        """The part of the prompt tokens that was cached."""
        return self.cached / self.prompt

    @property
    def money(self) -> float:
        """The price, in prompt tokens."""
        return self.prompt - self.cached * (1 - CACHED_PRICE) + self.output * REPLY_PRICE


@dataclass(slots=True)
class Pair:
    """The rounds of one measurement, plain and with briefer, and the requests of the plain one."""

    plain: list[Took] = field(default_factory=list)
    ours: list[Took] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="one round")
    quick = options.parse_args().quick
    rounds, size = (1 if quick else 3), 24
    with serving([RECORDED / "tape.jsonl"]) as server:
        six = _measure([one_outlet(0)], server, rounds, _alone)
        story = _measure([load_bundle(RECORDED / "bundle.json")], server, 1, _alone)
        batch = _measure([one_outlet(n) for n in range(1, size + 1)], server, 1, _batched)
    print(f"{'':<28}{'calls':>6}{'streamed':>9}{'prompt':>9}{'cached':>8}{'money':>8}{'seconds':>9}")
    for name, pair in (("six calls", six), ("recorded story", story), (f"batch of {size}", batch)):
        _show(f"{name}, plain", pair.plain)
        _show(f"{name}, briefer", pair.ours)
    share = story.ours[0].cached / possible(story.bodies)
    print(f"recorded story: {share:.0%} of the tokens that its calls one after another could have had from the cache")
    print()
    return settle(bounds_of(six, batch))


def bounds_of(six: Pair, batch: Pair) -> Iterator[Bound]:
    """Yield every bound with what was measured."""
    ours, plain = six.ours[0], six.plain[0]
    yield Bound("six calls: cached / (5/6 of the prompts)", ours.share / (5 / 6), least=OF_POSSIBLE)
    yield Bound("six calls: money / plain", ours.money / plain.money, most=MOST_MONEY)
    ratios = [a.seconds / b.seconds for a, b in zip(batch.ours, batch.plain, strict=True)]
    yield Bound("batch: seconds / plain", median(ratios), most=MOST_TIME)


def one_outlet(number: int) -> Bundle:
    """Return a bundle of many articles as if one outlet had them all: its six calls begin with the same articles."""
    articles = [article for story in STORIES for article in json.loads(story.read_text("utf-8"))["articles"]]
    given = [{**article, "outlet": f"Lindow Gazette {number}"} for article in articles]
    return Bundle.model_validate({"id": f"gazette-{number}", "language": "en", "articles": given})


def _measure(bundles: Sequence[Bundle], server: Server, rounds: int, ours: Ours) -> Pair:
    pair = Pair()
    for _ in range(rounds):
        bodies: list[dict[str, Any]] = []
        pair.plain.append(_took(lambda bodies=bodies: plainly(bundles, server, bodies), server))
        pair.bodies = bodies
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                model=MODEL, base_url=server.base_url("model/1"), api_key=KEY, concurrency=AT_ONCE, runs=Path(folder)
            )
            pair.ours.append(_took(lambda settings=settings: ours(bundles, settings), server))
    return pair


def _took(run: Callable[[], Any], server: Server) -> Took:
    server.counts()
    began = time.perf_counter()
    asyncio.run(run())
    return Took.of(time.perf_counter() - began, server.counts())


async def _alone(bundles: Sequence[Bundle], settings: Settings) -> None:
    await summarize(bundles[0], settings)


async def _batched(bundles: Sequence[Bundle], settings: Settings) -> None:
    """Work through a batch as `briefer batch` does: the calls of a bundle one after another, bundles side by side."""
    asked, places = commission(settings), asyncio.Semaphore(AT_ONCE)
    assert asked.doors

    async def one(bundle: Bundle) -> None:
        async with places:
            drafted = await draft(bundle, asked, settings.runs)
        assert drafted.briefing, drafted.error

    try:
        await asyncio.gather(*map(one, bundles))
    finally:
        await asked.doors.aclose()


async def plainly(bundles: Sequence[Bundle], server: Server, bodies: list[dict[str, Any]]) -> None:
    """Draft bundles as programs do that know of no cache; `bodies` fills with what was asked."""
    places, prompts = asyncio.Semaphore(AT_ONCE // 6), load_prompts(None)

    async def one(bundle: Bundle) -> None:
        async with (
            places,
            openai.AsyncOpenAI(api_key=KEY, base_url=server.base_url("model/1"), max_retries=0) as client,
        ):
            await compose(Desk(bundle, prompts, Plain(client, bodies)))

    await asyncio.gather(*map(one, bundles))


def _show(name: str, took: Sequence[Took]) -> None:
    first = took[0]
    print(
        f"{name:<28}{first.calls:>6}{first.streamed:>9}{first.prompt:>9}{first.share:>8.1%}{first.money:>8.0f}"
        f"{median(t.seconds for t in took):>9.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
