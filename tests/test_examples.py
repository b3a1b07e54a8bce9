"""Every example of a finding does what it says: it goes through the real checks, lint, or the reader of prompts."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from briefer.checks import settled
from briefer.codes import CODES, Weight
from briefer.drafting import Desk
from briefer.editing.review import review
from briefer.errors import InputError
from briefer.examples import EXAMPLES, messages
from briefer.flow import compose
from briefer.prompts import load_prompts, read_prompt
from briefer.recheck import check_briefing
from docs.findings import RESERVED, bundle_of, effect, found, verdict
from tests.cli.command import run
from tests.fake import FakeModel, block, bridge_bundle
from tests.test_lint import BODY, CLEAN, SECOND, THIRD, article
from tests.test_lint import found as remarks

TESTS = Path(__file__).parent

SENTENCES = [code for code, example in EXAMPLES.items() if example.evidence]
FIELDS = [code for code, example in EXAMPLES.items() if example.wrong.startswith('"')]
# What a whole run brings about cannot be said in a sentence and its evidence: these files hold it.
OF_A_RUN = {
    "A702": "test_flow.py",
    "R001": "test_flow.py",
    "R002": "test_flow.py",
    "R004": "test_judge.py",
    "R005": "cli/test_long.py",
}

# What the words of an example stand for: the rules of the desk, and papers_say.md.
_RULES = "Write in {{ language }}. Each statement has its `cites`."
_ACCOUNT = "Write two sentences on {{ outlet }} and {{ topic }}."
PROMPTS: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    **{code: ((_RULES, "{{ topic }} " + EXAMPLES[code].wrong), (_RULES, "{{ topic }} " + EXAMPLES[code].right))
       for code in ("P002", "P003", "P008")},
    "P004": ((_RULES, EXAMPLES["P004"].wrong), (_RULES, EXAMPLES["P004"].right)),
    "P005": ((_RULES, _ACCOUNT.replace("two", "t\u200bwo")), (_RULES, _ACCOUNT)),
    "P006": (("Write in {{ language }}.", _ACCOUNT), (_RULES, _ACCOUNT)),
    "P007": ((_RULES, _ACCOUNT + " And so on." * 727), (_RULES, _ACCOUNT + " And so on." * 130)),
}  # fmt: skip

_FINAL = (
    "Holmby won the cup after extra time before a crowd of 12,000.\n\n"
    "Striker Jon Aas headed in the only goal from a corner, and the goalkeeper saved a penalty in the last minute.\n\n"
    "The team will parade the trophy through the streets on a bus, fans were told at the final whistle."
)
# What the words of an example stand for, where lint needs whole articles: those with the remark, those without.
Articles = Sequence[Mapping[str, str | None]]
BUNDLES: Mapping[str, tuple[Articles, Articles]] = {
    "B901": ([*CLEAN, article(outlet="Northern Wire")], CLEAN),
    "B905": ([*CLEAN, article(_FINAL, outlet="Northern Wire", title="Holmby win the cup")], CLEAN),
    "B906": ([*([CLEAN[0]] * 9), *CLEAN[1:]], CLEAN),
    "R003": ([article(), article(SECOND), article(THIRD)], [article(), article(SECOND), CLEAN[2]]),
}


def codes(articles: Articles) -> set[str]:
    return {code for code, _ in remarks(*articles)}


def test_every_code_that_is_found_has_an_example() -> None:
    assert list(EXAMPLES) == [code for code in CODES if effect(code) != RESERVED]


def test_every_example_is_run_or_its_test_is_named() -> None:
    assert {*SENTENCES, *FIELDS, *BUNDLES, *OF_A_RUN, *PROMPTS, "P001", "T801"} == set(EXAMPLES)
    assert [c for c, file in OF_A_RUN.items() if f'"{c}"' not in (TESTS / file).read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("code", SENTENCES)
def test_the_evidence_is_numbered_as_a_bundle_would_be(code: str) -> None:
    example = EXAMPLES[code]
    assert dict(example.sentences) == {s.id: s.text for s in bundle_of(example).sentences.values()}


@pytest.mark.parametrize("code", SENTENCES)
def test_the_wrong_sentence_gets_its_finding_and_no_other(code: str) -> None:
    said = found(code)
    assert [f.code for f in said.findings] == [code]
    assert (said.proved is None) is (CODES[code].weight is Weight.WITHHOLD)


@pytest.mark.parametrize("code", SENTENCES)
def test_the_right_sentence_is_proved_without_a_remark(code: str) -> None:
    example = EXAMPLES[code]
    said = verdict(example.right, bundle_of(example))
    assert said.proved
    assert said.findings == ()
    assert said.proved.kind == "reported"  # an extract would show nothing: it is the evidence itself


def test_the_checks_alone_would_print_what_the_judge_does_not() -> None:
    assert verdict(EXAMPLES["S602"].wrong, bundle_of(EXAMPLES["S602"])).proved


@pytest.mark.parametrize("code", SENTENCES)
def test_a_judge_may_settle_the_weak_examples_and_no_other(code: str) -> None:
    said = found(code)
    settles = said.proved is None and settled(said, bundle_of(EXAMPLES[code])).proved is not None
    assert settles is CODES[code].weak


def test_what_explain_shows_is_what_the_checks_say() -> None:
    assert messages() == {code: found(code).findings[0].message for code in SENTENCES}


@pytest.mark.parametrize("code", ["F301", "W501", "W504", "B902", "A702", "P001"])
def test_explain_shows_the_example_and_no_line_is_too_long(code: str, tmp_path: Path) -> None:
    told = run("explain", code, cwd=tmp_path, env={"COLUMNS": "60"})
    assert (told.code, told.err) == (0, "")
    assert max(map(len, told.out.splitlines())) <= 60
    assert "\x1b" not in told.out
    shown, example = " ".join(told.out.split()), EXAMPLES[code]
    parts = [example.wrong, example.right, *(text for _, text in example.sentences)]
    parts += [f"{code}: {messages()[code]}"] if example.evidence else []
    assert [part for part in parts if part not in shown] == []
    assert ("--judge" in shown) is CODES[code].weak


def test_explain_does_not_wait_for_the_checks() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "briefer", "explain", "F301"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert "briefer.examples" in loaded
    assert [name for name in ("briefer.bundle", "briefer.checks", "rich", "openai") if f" {name}\n" in loaded] == []


@pytest.mark.parametrize("code", FIELDS)
def test_a_field_of_an_article_gets_its_remark(code: str) -> None:
    def with_field(field: str) -> Articles:
        [(name, value)] = json.loads(f"{{{field}}}").items()
        return [article(**{name: value and value.replace("…", BODY)}), *CLEAN[1:]]

    assert codes(with_field(EXAMPLES[code].wrong)) == {code}
    assert codes(with_field(EXAMPLES[code].right)) == set()


@pytest.mark.parametrize("code", BUNDLES)
def test_a_bundle_gets_its_remark(code: str) -> None:
    wrong, right = BUNDLES[code]
    assert code in codes(wrong)
    assert codes(right) - {"B906"} == set()


def test_a_prompt_with_a_mistyped_placeholder_stops_the_command(tmp_path: Path) -> None:
    prompt = tmp_path / "topics.md"
    prompt.write_text(EXAMPLES["P001"].wrong, encoding="utf-8")
    with pytest.raises(InputError, match="P001"):
        read_prompt(prompt)
    prompt.write_text(EXAMPLES["P001"].right, encoding="utf-8")
    assert read_prompt(prompt).body == EXAMPLES["P001"].right


@pytest.mark.parametrize("code", PROMPTS)
def test_a_prompt_gets_its_remark(code: str) -> None:
    def said(texts: tuple[str, str]) -> set[str]:
        names = ("_system", "papers_say")
        reviewed = review({name: (Path(f"{name}.md"), text) for name, text in zip(names, texts, strict=True)})
        return {noted.finding.code for noted in reviewed.noted}

    wrong, right = PROMPTS[code]
    assert said(wrong) == {code}
    assert said(right) == set()


def test_a_timeline_out_of_order_is_found_in_a_saved_briefing() -> None:
    bundle = bridge_bundle()
    events = [
        block(("A crack closed the Tarn bridge.", ["A1.1"]), date="2026-03-02"),
        block(("The bridge opened in May 1987.", ["A1.5"]), date="1987-05"),
    ]
    desk = Desk(bundle, load_prompts(), FakeModel({"how_we_got_here": {"blocks": events}}))
    briefing = asyncio.run(compose(desk))
    assert len(briefing.timeline) == 2

    def found_in(dates: str) -> list[str]:
        days = re.findall(r"\d{4}-\d\d-\d\d", dates)
        timeline = [e.model_copy(update={"date": day}) for e, day in zip(briefing.timeline, days, strict=True)]
        checked = check_briefing(briefing.model_copy(update={"timeline": tuple(timeline)}), bundle)
        return [f.code for c in checked for f in c.verdict.findings if f.code == "T801"]

    assert found_in(EXAMPLES["T801"].wrong) == ["T801"]
    assert found_in(EXAMPLES["T801"].right) == []
