"""Prose, proved against an invented bundle: the evidence of a sentence is looked for where it credits it."""

from __future__ import annotations

import asyncio

import pytest

from briefer.api import summarize
from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.crediting import check_prose
from briefer.prose import read_prose
from briefer.recheck import check_briefing
from briefer.render.markdown import to_markdown
from briefer.render.outline import outline
from briefer.statements import Checked
from tests.fake import bridge_bundle

BUNDLE = bridge_bundle()  # Tarn Gazette, Northern Wire, Coast Radio
COST = "repairs will cost $4.2 million"
DETOUR = "drivers face a detour of 31 kilometres"


def check(text: str, bundle: Bundle = BUNDLE) -> list[Checked]:
    return check_prose(read_prose(text, "report.md"), bundle)


def codes(text: str) -> list[str]:
    """The codes that keep the only sentence of a text from being proved."""
    [checked] = check(text)
    assert checked.proved is not any(f.weight.name == "WITHHOLD" for f in checked.verdict.findings)
    return [] if checked.proved else [f.code for f in checked.verdict.findings]


@pytest.mark.parametrize(
    "text",
    [
        "Repairs will cost $4.2 million.",
        f"The Tarn Gazette reports that {COST}.",
        "Repairs will cost $4.2 million, according to the Gazette.",
        "Repairs will cost $4.2 million (Tarn Gazette).",
        "Repairs will cost $4.2 million. [A1.2]",
        "Repairs will cost $4.2 million.[^1]\n\n[^1]: Tarn Gazette, 3 March 2026",
        "## Tarn Gazette\n\nRepairs will cost $4.2 million.",
        "**Gazette:** Repairs will cost $4.2 million.",
        "- Tarn Gazette\n  - repairs will cost $4.2 million",
        "| Paper | Says |\n|---|---|\n| Gazette | Repairs will cost $4.2 million. |",
        "The Gazette puts the repairs at $4.2 million, while Coast Radio reports a detour of 31 kilometres.",
        "The Gazette reports that about 9,000 vehicles cross the bridge each day.",
        "Only the Gazette reports that the bridge opened in May 1987.",
        "The Gazette and Northern Wire report that the Tarn bridge is closed.",
        f"Coast Radio reports that {DETOUR}. [A3.1]",
    ],
)
def test_what_the_credited_outlet_has_is_proved(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"Coast Radio reports that {COST}.", "S601"),
        (f"Northern Wire and the Gazette report that {DETOUR}.", "A703"),
        ("Repairs will cost $4.2 million, according to Northern Wire.", "F301"),
        ("Repairs will cost $4.2 million (Coast Radio).", "S601"),
        ("Repairs will cost $4.2 million.[^1]\n\n[^1]: Coast Radio, 4 March 2026", "S601"),
        ("## Coast Radio\n\nRepairs will cost $4.2 million.", "S601"),
        ("## What Coast Radio says\n\nRepairs will cost $4.2 million.", "S601"),
        ("**Radio:** Repairs will cost $4.2 million.", "S601"),
        ("| Paper | Says |\n|---|---|\n| Coast Radio | Repairs will cost $4.2 million. |", "S601"),
        ("Coast Radio puts repairs at $4.2 million, while the Gazette reports a detour of 31 kilometres.", "S601"),
        (f"Coast Radio reports that {COST}. [A1.2]", "C103"),
        (f"The Gazette and Coast Radio report that {COST}. [A1.2]", "A703"),
        ("All three outlets report a detour of 31 kilometres.", "A703"),
        ("Only the Gazette reports that the Tarn bridge is closed.", "A703"),
        ("No other paper reports that repairs will cost $4.2 million.", "A703"),
        (f"The Daily Herald reports that {COST}.", "A701"),
        ("### The Daily Herald\n\nRepairs will cost $4.2 million.", "A701"),
        ("Repairs will cost $5.2 million.", "F301"),
        ("Repairs will cost $4.2 million. [A1.77]", "C101"),
    ],
)
def test_what_the_credited_outlet_lacks_is_withheld(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_heading_that_is_no_outlet_of_the_bundle_needs_others_that_are() -> None:
    said = "\n\nRepairs will cost $4.2 million.\n\n"
    assert [c.proved for c in check(f"## Morning News{said}")] == [True]
    findings = [c.verdict.findings for c in check(f"## Tarn Gazette{said}## Hill News{said}")]
    assert [[f.code for f in each] for each in findings] == [[], ["A701"]]


def test_what_stands_under_an_outlet_is_its_own_unless_a_sentence_credits_another() -> None:
    text = f"## Coast Radio\n\nDrivers face a detour of 31 kilometres. The Gazette says {COST}. It adds that {COST}."
    assert [c.proved for c in check(text)] == [True, True, True]
    assert [c.proved for c in check(f"{text} Repairs will cost $4.2 million.")] == [True, True, True, False]


def test_a_sentence_goes_on_with_the_outlet_before_in_its_paragraph() -> None:
    text = f"Coast Radio reports that {DETOUR}. It adds that {COST}."
    assert [c.proved for c in check(text)] == [True, False]


def test_a_paragraph_between_tells_of_nobody() -> None:
    assert [c.proved for c in check(f"Coast Radio reports that {DETOUR}.\n\nRepairs will cost $4.2 million.")] == [
        True,
        True,
    ]


def extracted() -> Briefing:
    return asyncio.run(summarize(BUNDLE))


def told(briefing: Briefing, *, unicode: bool = True) -> str:
    return to_markdown(outline(briefing, unicode=unicode), unicode=unicode)


@pytest.mark.parametrize("unicode", [True, False])
def test_our_own_markdown_proves_itself_again(unicode: bool) -> None:
    briefing = extracted()
    found = check(told(briefing, unicode=unicode))
    assert len(found) == len(list(briefing.statements())) + sum(len(d.sides) for d in briefing.disagreements)
    assert [c.text for c in found if not c.proved] == []
    assert len(check_briefing(briefing, BUNDLE)) >= len(found) - sum(len(d.sides) for d in briefing.disagreements)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("9,000 vehicles", "9,500 vehicles", "Q201"),
        ("### Coast Radio", "### Daily Herald", "A701"),
        ("### Coast Radio", "### Northern Wire", "C103"),
        ("Drivers in Tarn face", "The Daily Herald says that drivers in Tarn face", "N401"),
    ],
)
def test_our_own_markdown_altered_by_hand_is_found(old: str, new: str, code: str) -> None:
    text = told(extracted())
    assert old in text
    altered = check(text.replace(old, new))
    assert code in {f.code for c in altered if not c.proved for f in c.verdict.findings}


def test_a_sentence_slipped_into_our_own_markdown_is_credited_like_any_other() -> None:
    text = told(extracted())
    slipped = text.replace("## What the papers say", f"Coast Radio reports that {COST}.\n\n## What the papers say")
    [failed] = [c for c in check(slipped) if not c.proved]
    assert failed.text == f"Coast Radio reports that {COST}."


def test_the_sides_of_a_disagreement_are_read_as_quotations() -> None:
    text = told(extracted()).replace(
        "## How we got here",
        "### Where the papers differ\n\n*The cost*\n\n- **$4.2 million** — Tarn Gazette; 3 March 2026, 09:05: "
        "“Repairs will cost $4.2 million, the council said.” [A1.2]\n\n## How we got here",
    )
    assert [c.text[:20] for c in check(text) if not c.proved] == []
    assert (
        len([c for c in check(text.replace("Repairs will cost $4.2", "Repairs will cost $4.3")) if not c.proved]) >= 1
    )
