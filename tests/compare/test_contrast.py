"""Two sides held against each other: losses first, noise named as noise, the edit's own words looked up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefer.compare.changes import SectionCalls
from briefer.compare.contrast import contrast
from briefer.compare.expectations import Expectation
from briefer.compare.report import Comparison, Measured
from briefer.data import data_folder
from briefer.prompts import Prompts, load_prompts
from tests.compare.stories import COST, CRACK, CRACKED, DETOUR, SAID, TRAFFIC, runs, story, told

STORIES = range(1, 9)


def compared(old: list[dict[str, Any]], new: dict[str, Any], stories: Any = STORIES, **more: Any) -> Comparison:
    """Compare the same runs over several stories."""
    return contrast(
        runs("old", *([told(n, **run) for run in old] for n in stories)),
        runs("new", *([told(n, **new)] for n in stories)),
        **more,
    )


def measured(found: Comparison, key: str) -> Measured:
    return next(m for m in found.sections[0].measures if m.key == key)


def texts(found: Comparison, kind: str) -> set[str]:
    said = [c.old or c.new for c in found.sections[0].changes if c.kind == kind]
    return {statement.text for statement in said if statement}


def test_the_same_replies_are_no_change() -> None:
    found = compared([{}, {"tarn": (CRACKED, COST)}], {})
    assert found.verdict == "The same replies on both sides: nothing changed."
    assert not found.sections[0].touched
    assert found.sections[0].changes == ()
    assert not found.is_regression


def test_other_words_for_the_same_are_no_change_beyond_noise() -> None:
    old = [{"tarn": (CRACK, COST)}, {"tarn": (CRACKED, TRAFFIC)}]
    found = compared(old, {"tarn": (CRACKED, COST)})
    assert found.verdict == "No change beyond noise."
    assert not found.is_regression


def test_a_sentence_lost_in_every_story_is_told_with_its_number() -> None:
    found = compared([{}, {"tarn": (CRACKED, COST)}], {"tarn": (CRACK,)})
    assert found.verdict == "Changed beyond noise: What the papers say."
    assert measured(found, "lost").beyond_noise
    assert measured(found, "lost").difference == pytest.approx(1)
    assert texts(found, "lost") == {COST[0]}
    assert {c.detail for c in found.sections[0].changes if c.kind == "detail_lost"} == {"$4.2 million"}
    assert found.regressions == ("papers_say",)


def test_a_loss_that_was_allowed_is_no_regression() -> None:
    lost = {"tarn": (CRACK,)}
    old = [{}, {"tarn": (CRACKED, COST)}]
    share = 1 / 4  # one sentence of the four accounts' four
    assert compared(old, lost, max_loss=share + 0.01).regressions == ()
    assert compared(old, lost, max_loss=share - 0.01).regressions == ("papers_say",)


def test_what_old_runs_lose_of_each_other_is_not_told_as_lost() -> None:
    found = compared([{"tarn": (CRACK, COST)}, {"tarn": (CRACK, TRAFFIC)}], {"tarn": (CRACKED, SAID)})
    unsteady = [c for c in found.sections[0].changes if c.kind == "lost"]
    assert {c.steady for c in unsteady} == {False}
    assert not measured(found, "lost").beyond_noise


def test_an_account_emptied_is_told_first_and_names_the_outlet() -> None:
    old = runs("old", *([told(n), told(n)] for n in (1, 2, 3)))
    new = runs("new", *([told(n, coast=() if n < 3 else (DETOUR,))] for n in (1, 2, 3)))
    found = contrast(old, new)
    first = found.alerts[0]
    assert first.kind == "outlet_lost"
    assert first.message.startswith("Coast Radio has no account of its own in 2 of 3 stories (Bridge 1, Bridge 2)")
    assert found.is_regression


def test_an_account_that_the_old_prompts_lost_too_is_no_alert() -> None:
    assert compared([{}, {"coast": ()}], {"coast": ()}).alerts == ()


def test_a_sentence_withheld_now_says_why() -> None:
    wrong = ("The repairs will cost $9.9 million, according to the council.", ["A1.2"])
    found = compared([{}, {"tarn": (CRACKED, COST)}], {"tarn": (CRACK, wrong)})
    held = [c for c in found.sections[0].changes if c.kind == "withheld"]
    assert {c.findings[0].code for c in held} == {"F301"}
    assert texts(found, "withheld") == {COST[0]}
    assert measured(found, "withheld").beyond_noise


def test_one_story_is_too_few_to_tell() -> None:
    found = compared([{}, {"tarn": (CRACKED, COST)}], {"tarn": (CRACK,)}, stories=[1])
    assert found.verdict == "Too few runs to tell a change from noise."
    assert "--repeat" in found.sections[0].verdict
    assert found.regressions == ()


def test_one_old_run_leaves_noise_unknown() -> None:
    found = compared([{"tarn": (SAID, TRAFFIC)}], {"tarn": (CRACK, COST)})
    assert "The old prompts were run once" in found.sections[0].verdict
    assert measured(found, "lost").p is None


def edited(folder: Path, was: str, now: str) -> Prompts:
    text = (data_folder("prompts") / "papers_say.md").read_text("utf-8")
    assert was in text
    (folder / "papers_say.md").write_text(text.replace(was, now), "utf-8")
    return load_prompts(folder)


def test_words_that_the_edit_names_are_counted(tmp_path: Path) -> None:
    new = edited(tmp_path, "Write **one block**", "Never write “according to”. Write **one block**")
    plain = ("The council puts the repairs at $4.2 million.", ["A1.2"])
    old_runs = runs("old", *([told(n), told(n, tarn=(CRACKED, COST))] for n in STORIES), prompts=load_prompts())
    new_runs = runs("new", *([told(n, new, tarn=(CRACK, plain))] for n in STORIES), prompts=new)
    found = contrast(old_runs, new_runs)
    assert [edit.name for edit in found.prompts] == ["papers_say"]
    phrase = measured(found, "phrase:according to")
    assert (phrase.old, phrase.new, phrase.beyond_noise) == (1, 0, True)
    assert not measured(found, "lost").beyond_noise


def test_the_speaker_before_the_quotation_is_counted() -> None:
    last = ("“Safety comes first,” Mayor Ines Okafor told reporters.", ["A1.4"])
    found = compared([{"tarn": (CRACK, last)}, {"tarn": (CRACKED, last)}], {"tarn": (CRACK, SAID)})
    led = measured(found, "speaker_first")
    assert (led.old, led.new, led.beyond_noise) == (0, 1, True)


def test_expectations_that_are_met_less_often_are_alerts() -> None:
    wanted = [
        Expectation("must_mention", "Repairs cost $4.2 million.", "papers_say", "Tarn Gazette", ("A1.2",)),
        Expectation("must_quote", "Safety comes first"),
        Expectation("must_not_say", "girder"),
    ]
    standard = {story(n).sha256: wanted for n in (1, 2)}
    found = compared([{}, {}], {"tarn": (CRACK,)}, stories=[1, 2], standard=standard)
    assert [(e.kind, e.old_held, e.new_held) for e in found.expectations[:3]] == [
        ("must_mention", 2, 0), ("must_quote", 0, 0), ("must_not_say", 0, 0),
    ]  # fmt: skip
    assert [a.kind for a in found.alerts] == ["expectation", "expectation"]
    assert "is no longer told (Tarn Gazette, Bridge 1; in 1 of 1 run)" in found.alerts[0].message
    assert found.is_regression


def test_a_sentence_can_change_its_outlet() -> None:
    # In a section that all outlets share, the same words may come to rest on another outlet's sentence.
    from tests.test_flow import drafted

    sides = [
        [drafted({"whats_happened": {"blocks": [{**_block(text, cite)}]}}, "whats_happened")[0]]
        for text, cite in (
            ("The Tarn bridge is closed, and the mayor is Ines Okafor.", "A1.1"),
            ("The Tarn bridge is closed, the mayor being Ines Okafor.", "A2.1"),
        )
    ]
    found = contrast(runs("old", sides[0] * 2), runs("new", sides[1]))
    credited = [c.detail for s in found.sections for c in s.changes if c.kind == "credited"]
    assert credited == ["from Tarn Gazette to Northern Wire"]


def _block(text: str, cite: str) -> dict[str, Any]:
    from tests.fake import block

    return block((text, [cite] if cite == "A2.1" else [cite, "A1.4"]))


def test_a_section_without_calls_is_untouched() -> None:
    assert not SectionCalls("papers_say", ()).touched


def test_a_comparison_is_saved_and_read_again() -> None:
    found = compared([{}, {}], {"tarn": (CRACK,)}, stories=[1])
    assert Comparison.model_validate_json(found.model_dump_json(by_alias=True)) == found


def test_what_one_question_alone_would_call_a_change_is_told_as_perhaps() -> None:
    last = ("“Safety comes first,” Mayor Ines Okafor told reporters.", ["A1.4"])
    old = [{"tarn": (CRACK, last)}, {"tarn": (CRACKED, last)}]
    found = compared(old, {"tarn": (CRACK, SAID)}, stories=range(1, 4))
    section = found.sections[0]
    assert not section.beyond_noise
    assert section.verdict.startswith("No change beyond noise")
    assert "Perhaps, and more bundles would tell: " in section.verdict
    assert "quotations with their speaker before them 0% → 100%" in section.verdict


def test_a_date_with_and_without_its_weekday_is_one_detail() -> None:
    day = ("The Tarn bridge was closed on Monday.", ["A1.1"])
    full = ("The Tarn bridge was closed on Monday, 2 March.", ["A1.1"])
    found = compared([{"tarn": (day,)}, {"tarn": (day,)}], {"tarn": (full,)}, stories=[1])
    assert [c.detail for c in found.sections[0].changes if c.kind.startswith("detail")] == []
