"""A process whose memory `memory.py` watches: `python briefings.py WHAT BASE_URL COUNT ...`; needs Linux.

`briefings` makes one briefing after another, each of its own bundle; `reply` makes one call. At each COUNT, and at the
end of the other, one line goes out: `{"count", "rss", "peak", "files", "seconds", "outcome"}`, memory in MiB.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from briefer import Bundle, Settings, summarize
from briefer.calls import Request
from briefer.data import data_folder
from briefer.errors import BrieferError
from briefer.journal import Journal
from briefer.models.openai import Endpoint, OpenAIModel

KEY, MODEL = "sk-loopback", "loopback"
SEED = data_folder("fixtures") / "dprk-russia" / "bundle.json"
SYLLABLES = [f"{a}{b}{c}" for a in "bdgklmnprstvz" for b in "aeiou" for c in "lmnrst"]
# Waiting for a disk says nothing about memory.
FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def bundle(number: int) -> Bundle:
    """Return the seed story with other figures and other words in every sentence, as long as it is."""
    told = json.loads(SEED.read_text("utf-8"))

    def other(word: re.Match[str]) -> str:
        return f"{word[0]}{number % 10}" if word[0].isdigit() else f"{word[0]}{SYLLABLES[number % len(SYLLABLES)]}"

    for article in told["articles"]:
        article["text"] = re.sub(r"\b(?:\d+|\w{9,})\b", other, article["text"])
    return Bundle.model_validate(told | {"id": f"story-{number}"})


def report(count: int, began: float, outcome: str = "") -> None:
    """Print what this process holds now."""
    status = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE))
    told = {
        "count": count,
        "rss": int(status["VmRSS"]) / 1024,
        "peak": int(status["VmHWM"]) / 1024,
        "files": len(os.listdir("/proc/self/fd")),
        "seconds": time.perf_counter() - began,
        "outcome": outcome,
    }
    print(json.dumps(told), flush=True)


async def briefings(base_url: str, counts: list[int]) -> None:
    began, complete = time.perf_counter(), 0
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        settings = Settings(model=MODEL, base_url=base_url, api_key=KEY, runs=Path(folder))
        for number in range(1, max(counts) + 1):
            briefing = await summarize(bundle(number), settings)
            complete += all(briefing.sections.values())
            if number in counts:
                report(number, began, f"{complete} complete")


async def reply(base_url: str) -> None:
    began = time.perf_counter()
    request = Request(
        "whats_happened", None, "draft", [{"role": "user", "content": "What happened?"}], {"type": "object"}, ""
    )
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        journal = Journal.open(Path(folder) / "calls.jsonl")
        model = OpenAIModel(Endpoint(base_url, KEY, MODEL, attempts=1, deadline=60.0), journal)
        try:
            outcome = (await model.reply(request)).failure or "a reply"
        except BrieferError as error:
            outcome = error.cause
        await model.aclose()
        journal.close()
    report(1, began, outcome)


if __name__ == "__main__":
    _, what, url, *numbers = sys.argv
    asyncio.run(briefings(url, [int(n) for n in numbers]) if what == "briefings" else reply(url))
