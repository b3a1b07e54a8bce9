"""A new section is three edits, a new check is three: made here, and both work everywhere at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefer import checks, codes
from briefer.briefing import Claim
from briefer.checks import prove
from briefer.checks.evidence import Evidence
from briefer.codes import Code
from briefer.drafting import Desk
from briefer.findings import Finding
from briefer.flow import compose
from briefer.models.extract import Extract
from briefer.prompts import Prompts, load_prompts, read_prompt
from briefer.recheck import check_briefing
from briefer.render import FORMATS, render
from briefer.replies import Reply
from briefer.sections import SECTIONS, Scope, Section
from tests.fake import FakeModel, block, bridge_bundle

DETOUR = ("Drivers must go 31 kilometres around while the bridge is closed.", ["A3.1"])


class Travel(Reply):
    """The schema: one sentence for drivers."""

    statements_allowed = 1


def with_travel(tmp_path: Path) -> tuple[Prompts, tuple[Section, ...]]:
    """Return the prompts and sections after the three edits: a prompt file, a schema, a line in SECTIONS."""
    path = tmp_path / "travel.md"
    path.write_text("---\ntitle: Travel\n---\nWrite one sentence for drivers on {{ topic }}.\n")
    prompts = Prompts({**load_prompts().by_name, "travel": read_prompt(path)})
    return prompts, (*SECTIONS, Section("travel", "Travel", Scope.BUNDLE, Travel))


def test_a_new_section_is_drafted_proved_checked_and_rendered(tmp_path: Path) -> None:
    prompts, sections = with_travel(tmp_path)
    model = FakeModel({"travel": {"blocks": [block(DETOUR)]}})
    briefing = asyncio.run(compose(Desk(bridge_bundle(), prompts, model), sections))
    assert [s.text for s in briefing.sections["travel"][0].statements] == [DETOUR[0]]
    assert briefing.provenance.prompts["travel"] == prompts.by_name["travel"].id
    assert [c.text for c in check_briefing(briefing, bridge_bundle()) if not c.proved] == []
    for form in FORMATS:
        assert "31 kilometres around" in " ".join(render(briefing, form, width=200).split())


def test_a_new_section_s_limits_go_into_the_re_ask(tmp_path: Path) -> None:
    prompts, sections = with_travel(tmp_path)
    model = FakeModel({"travel": {"blocks": [block(DETOUR, DETOUR)]}, "travel:reshape": {"blocks": [block(DETOUR)]}})
    asyncio.run(compose(Desk(bridge_bundle(), prompts, model), sections[-1:]))
    assert "this section takes at most 1" in model.asked[1].messages[-1]["content"]


def test_the_drafter_without_a_model_leaves_a_new_section_empty_and_says_so(tmp_path: Path) -> None:
    prompts, sections = with_travel(tmp_path)
    bundle = bridge_bundle()
    briefing = asyncio.run(compose(Desk(bundle, prompts, Extract(bundle)), sections))
    assert [i.code for i in briefing.integrity if i.section == "travel"] == ["R002"]


def no_bridges(claim: Claim, _evidence: Evidence) -> Iterator[Finding]:
    """The check: one function."""
    if "bridge" in claim.text:
        yield Finding("Z999", "no bridges, please")


def test_a_new_check_withholds_and_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, no_bridges))
    monkeypatch.setitem(codes.CODES, "Z999", Code("speaks of bridges", "It was asked for.", "Leave bridges out."))
    [verdict] = prove([Claim("whats_happened", DETOUR[0], tuple(DETOUR[1]))], bridge_bundle())
    assert verdict.proved is None
    assert [f.code for f in verdict.findings] == ["Z999"]


def test_every_check_has_its_codes_and_every_code_can_be_explained() -> None:
    named = {code for check in checks.CHECKS for code in codes.CODES if code in (check.__doc__ or "")}
    families = {code[0] for code in named}
    assert families >= set("CQFNWSAT")
    for code, entry in codes.CODES.items():
        assert entry.title, code
        assert entry.why.endswith("."), code
        assert entry.mend.endswith("."), code
