"""The recorded replies of every invented bundle: replayed, proved, the same on every run."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefer import Settings, load_bundle
from briefer.api import open_desk
from briefer.briefing import Briefing
from briefer.data import data_folder
from briefer.flow import compose
from briefer.recheck import check_briefing
from briefer.sections import SECTIONS

TAPES = sorted(data_folder("fixtures").glob("*/tape.jsonl"))


async def replayed(tape: Path) -> Briefing:
    async with open_desk(load_bundle(tape.with_name("bundle.json")), Settings(), tape) as opened:
        return await compose(opened.desk)


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.parent.name)
def test_a_tape_gives_all_six_sections_and_every_outlet_its_account(tape: Path) -> None:
    bundle = load_bundle(tape.with_name("bundle.json"))
    briefing = asyncio.run(replayed(tape))
    assert all(briefing.sections[section.key] for section in SECTIONS)
    assert [b.heading for b in briefing.sections["papers_say"] if b.heading] == list(bundle.outlets)
    assert not [i for i in briefing.integrity if i.code in ("R001", "R002", "A702")]
    assert [c.text for c in check_briefing(briefing, bundle) if not c.proved] == []
    for _, _, statement in briefing.statements():
        for cite in statement.cites:
            given = bundle.articles if cite.article[0] == "A" else bundle.references
            assert given[int(cite.article[1:]) - 1].text[cite.start : cite.end] == cite.text


def test_there_is_a_tape_for_every_bundle() -> None:
    assert len(TAPES) == len(list(data_folder("fixtures").glob("*/bundle.json"))) >= 5


def test_the_same_tape_gives_the_same_bytes_whatever_order_python_hashes_in(tmp_path: Path) -> None:
    """A finding whose words depend on the order of a set makes another re-ask, and the tape has no reply to it."""
    tape = next(t for t in TAPES if t.parent.name == "river-spill")
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.json"
        command = ["summarize", str(tape.with_name("bundle.json")), "--replay", str(tape), "-o", str(out), "-q"]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-m", "briefer", *command], env=environment, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
        made.append(out.read_bytes())
    assert made[0] == made[1]
