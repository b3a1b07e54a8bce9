"""Stories about one bridge, each run as often as a test wants, from replies that the test writes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.compare.contrast import Runs
from briefer.drafting import Desk
from briefer.flow import compose
from briefer.prompts import Prompts, load_prompts
from briefer.sections import BY_KEY
from tests.fake import FakeModel, Line, block, bridge_bundle

OUTLETS = ("Tarn Gazette", "Northern Wire", "Coast Radio")
CRACK: Line = ("Inspectors found a crack in a main girder of the Tarn bridge.", ["A1.1"])
CRACKED: Line = ("A main girder is cracked, inspectors found, and the bridge is shut.", ["A1.1"])
COST: Line = ("The repairs will cost $4.2 million, according to the council.", ["A1.2"])
TRAFFIC: Line = ("About 9,000 vehicles use the bridge each day.", ["A1.3"])
SAID: Line = ("Mayor Ines Okafor told reporters: “Safety comes first.”", ["A1.4"])
WEEKS: Line = ("The bridge will remain shut for at least six weeks, Mayor Ines Okafor said.", ["A2.1"])
DETOUR: Line = ("Drivers must go 31 kilometres around while the bridge is closed.", ["A3.1"])
USUAL: Mapping[str, Sequence[Line]] = {
    "Tarn Gazette": (CRACK, COST), "Northern Wire": (WEEKS,), "Coast Radio": (DETOUR,),
}  # fmt: skip


def story(number: int) -> Bundle:
    """One of many stories with the same articles."""
    return bridge_bundle().model_copy(update={"id": f"story-{number}", "topic": f"Bridge {number}"})


def told(number: int = 1, prompts: Prompts | None = None, **accounts: Any) -> Briefing:
    """A briefing of the papers' section: `USUAL` accounts but for those given, by the outlet's first word."""
    given = {o: accounts.get(o.split()[0].lower(), USUAL[o]) for o in OUTLETS}
    script = {f"papers_say/{o}": {"blocks": [block(*lines)]} for o, lines in given.items() if lines}
    bundle = story(number)
    desk = Desk(bundle, prompts or load_prompts(), FakeModel(script))
    return asyncio.run(compose(desk, [BY_KEY["papers_say"]]))


def runs(name: str, *by_story: Sequence[Briefing], prompts: Prompts | None = None) -> Runs:
    """One side: the runs of each story."""
    return Runs(name, {briefings[0].provenance.bundle_sha256: list(briefings) for briefings in by_story}, prompts)
