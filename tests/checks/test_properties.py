"""What holds of the checks whatever a model writes: no crash, no echo of another outlet, a copy is proved."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import prove
from briefer.stems import FUNCTION_WORDS
from briefer.text import fold, words
from tests.checks.judge import verdict
from tests.fake import bridge_bundle

BRIDGE = bridge_bundle()
# Words that the checks look for, and marks that they cut at.
CUES = """may not never no unless whether denied said because caused half twice one in four ten minutes before noon
quarter past 40 $4.2 million 12% up to at least former deputy mayor minister Okafor Renn Tarn rose fell unlawful 9 p.m.
3 May 2025 Monday last week nearly more than 31 kilometres miles “ ” " ' , . ; : - – … ( ) years later total""".split()
TEXT = st.lists(st.sampled_from(CUES) | st.text(max_size=6), max_size=25).map(" ".join) | st.text(max_size=60)
KINDS = st.sampled_from(["reported", "inference", "extract"])
PARTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {"part": "headline"}, {"part": "closing"}, {"part": "timeline", "date": "2026-03"}]
)


@settings(max_examples=200)
@given(TEXT, TEXT, KINDS, PARTS, st.sampled_from(["en", "de", "xx"]))
def test_no_text_breaks_the_checks_and_every_finding_is_one_line(
    text: str, evidence: str, kind: Any, part: dict[str, Any], language: str
) -> None:
    found = verdict(text, f"The bridge is shut. {evidence}", kind=kind, language=language, **part)
    for finding in found.findings:
        assert finding.message.strip()
        assert len(finding.message.splitlines()) == 1, finding
    assert found.proved is None or found.proved.cites


ACCOUNT = "Coast Radio"
OWN = tuple(s.id for a in BRIDGE.articles_of(ACCOUNT) for s in a.sentences)
OTHERS = tuple(s.id for o in BRIDGE.outlets if o != ACCOUNT for a in BRIDGE.articles_of(o) for s in a.sentences)
# The names and figures of the other outlets' articles.
FOREIGN = sorted(
    {w for i in OTHERS for w in words(fold(BRIDGE.sentences[i].text)) if len(w) > 2 and not w[0].islower()}
    - {w for i in OWN for w in words(fold(BRIDGE.sentences[i].text))}
    - {w.capitalize() for w in FUNCTION_WORDS}
)
SAID = st.lists(st.sampled_from(CUES) | st.sampled_from(FOREIGN), min_size=1, max_size=15).map(" ".join)


@settings(max_examples=200)
@given(SAID, st.lists(st.sampled_from(OWN), min_size=1, max_size=3, unique=True))
def test_a_finding_of_an_account_holds_no_word_of_another_outlet(text: str, cites: list[str]) -> None:
    """Only what the claim says itself, or its own outlet's articles, may stand in a message."""
    [found] = prove([Claim("papers_say", text, tuple(cites), outlet=ACCOUNT)], BRIDGE)
    own = set(words(fold(text).casefold()))
    for finding in found.findings:
        told = set(words(fold(finding.message).casefold()))
        assert not told & {"gazette", "northern", "wire"} - own, finding
        assert not told & {w.casefold() for w in FOREIGN} - own, finding


TABLES = {
    "test_derived": ("FOLLOWS", "SHARES", "CLOCK"),
    "test_units_and_spans": ("SAME", "ROUNDED", "SPANS"),
    "test_hedges_and_denials": ("DROPPED", "OPENED", "TURNED", "OPPOSITE", "NOT_TURNED"),
    "test_causes": ("INVENTED", "TOLD"),
    "test_places": ("MOVED", "SWAPPED", "OWN"),
    "test_roles": ("OWN", "ANOTHERS"),
}
EVIDENCE = sorted(
    {
        row.rpartition("|")[2].strip()
        for module, tables in TABLES.items()
        for table in tables
        for row in re.sub(r"\n\s*\|", " |", getattr(importlib.import_module(f"tests.checks.{module}"), table))
        .strip()
        .splitlines()
    }
)


def bundle_of(text: str) -> Bundle:
    return Bundle.model_validate(
        {"articles": [{"outlet": "Tarn Gazette", "published": "2026-03-10", "text": f"{text} It rained in Tarn."}]}
    )


@pytest.mark.parametrize("evidence", EVIDENCE, ids=range(len(EVIDENCE)))
def test_what_is_said_word_for_word_is_proved(evidence: str) -> None:
    """Each sentence of the tables' evidence, cited with its neighbours, so that it is no extract."""
    bundle = bundle_of(evidence)
    ids = tuple(bundle.sentences)
    for sentence in bundle.sentences.values():
        [found] = prove([Claim("topics", sentence.text, ids)], bundle)
        assert {f.code for f in found.findings} <= {"C104", "W504"}, (sentence.text, found.findings)


TYPOGRAPHY = st.fixed_dictionaries(
    {
        "'": st.sampled_from("'’‘"),
        '"': st.sampled_from('"“”„'),
        " ": st.sampled_from(" \u00a0\u2009"),
        "-": st.sampled_from("-‐‑"),
        "ff": st.sampled_from(["ff", "ﬀ"]),
    }
)


@given(st.sampled_from(sorted({*EVIDENCE})), TYPOGRAPHY, st.booleans())
def test_a_copy_in_other_typography_is_proved(evidence: str, marks: dict[str, str], alone: bool) -> None:
    bundle = bundle_of(evidence)
    first = next(iter(bundle.sentences.values()))
    text = first.text
    for mark, other in marks.items():
        text = text.replace(mark, other)
    [found] = prove([Claim("topics", text, (first.id,) if alone else tuple(bundle.sentences))], bundle)
    assert found.proved, found.findings
