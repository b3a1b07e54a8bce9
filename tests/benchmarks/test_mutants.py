"""The rules that make false sentences out of proved ones: each makes what it says, and nothing that stays true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.mutants import RULES, mutants
from benchmarks.mutants.story import Story
from briefer.briefing import Claim
from briefer.bundle import Bundle

ROOT = Path(__file__).parent.parent.parent

GAZETTE = """The bridge at Ostrava closed on Tuesday 3 March 2026, Mayor Ilse Varga said. At least 42 people were hurt.
Repairs may cost up to 1,250 crowns, said Varga, who does not live in Ostrava. Earlier the engineer Tomas Brandt had
warned the mayor of cracks, but Brandt was not heard. In 1998 Kepler, a firm, had looked at it, on 14 May."""
HERALD = """The port of Lindow reopened, and 77 ships left. Mr. Joachim Reuter told the town of Lindow that 9 remained.
The harbour master, Reuter, was cheered."""

STORY = Story(
    Bundle.model_validate(
        {
            "articles": [
                {"outlet": "Tarn Gazette", "text": GAZETTE, "published": "2026-03-04"},
                {"outlet": "Evening Herald", "text": HERALD, "published": "2026-03-04"},
            ]
        }
    )
)
EVERY = tuple(s.id for s in STORY.bundle.sources["A1"].sentences)


def claim(text: str, **more: Any) -> Claim:
    return replace(Claim("whats_happened", text, EVERY), **more)


def made(rule: str, given: Claim | str, story: Story = STORY) -> list[Claim]:
    kind, _, name = rule.partition(": ")
    change = next(r.change for r in RULES if (r.kind, r.name) == (kind, name))
    return list(change(claim(given) if isinstance(given, str) else given, story))


def texts(rule: str, given: Claim | str) -> set[str]:
    return {c.text for c in made(rule, given)}


@pytest.mark.parametrize(
    ("rule", "text", "wanted"),
    [
        ("number: off by one", "It cost 1,250 crowns.", {"It cost 1,240 crowns.", "It cost 1,260 crowns."}),
        ("number: off by one", "Four people came.", {"Three people came.", "Five people came."}),
        ("number: digits swapped", "It cost 1,225 crowns.", {"It cost 2,125 crowns.", "It cost 1,252 crowns."}),
        ("number: ten times", "It cost 12.5 crowns.", {"It cost 125 crowns."}),
        ("number: ten times", "Four people came.", {"Forty people came."}),
        ("number: of the same evidence", "It cost 77 crowns.", {"It cost 42 crowns.", "It cost 1,250 crowns."}),
        ("number: of the same bundle", "It hurt 42 people.", {"It hurt 77 people.", "It hurt 9 people."}),
        ("number: clock time", "It fell at 9.15 a.m.", {"It fell at 10.15 a.m.", "It fell at 9.25 a.m."}),
        ("name: of the cited articles", "Varga left.", {"Brandt left."}),
        ("name: of the same bundle", "It is in Ostrava.", {"It is in Lindow."}),
        ("name: given name", "Ilse Varga spoke.", {"Tomas Varga spoke.", "Joachim Varga spoke."}),
        ("date: day", "It fell on 3 March.", {"It fell on 2 March.", "It fell on 4 March."}),
        ("date: day", "It fell on March 3.", {"It fell on March 2.", "It fell on March 4."}),
        ("date: month", "It fell on 3 March.", {"It fell on 3 February.", "It fell on 3 April."}),
        ("date: month", "It fell in May.", {"It fell in April.", "It fell in June."}),
        ("date: year", "It opened in 1998.", {"It opened in 1997.", "It opened in 1999."}),
        ("date: of the same bundle", "It fell on 3 March.", {"It fell on 14 May."}),
        ("outlet: named in the text", "Tarn Gazette says so.", {"Evening Herald says so."}),
        ("negation: not put in", "It was shut.", {"It was not shut.", "It was never shut."}),
        ("negation: not put in", "The mayor warned of it.", {"The mayor did not warn of it."}),
        ("negation: no put in", "There was a warning.", {"There was no warning."}),
        ("negation: not taken out", "Brandt was not heard.", {"Brandt was heard."}),
        ("negation: not taken out", "It is not yet known.", {"It is already known."}),
        ("negation: opposite word", "Prices rose.", {"Prices fell."}),
        ("negation: opposite word", "She rejected it.", {"She accepted it."}),
        ("hedge: perhaps dropped", "Repairs may cost more.", {"Repairs will cost more."}),
        ("hedge: perhaps dropped", "The alleged cracks grew.", {"The cracks grew."}),
        ("hedge: perhaps dropped", "It is expected to close.", {"It will close."}),
        ("hedge: bound dropped", "At least 42 people were hurt.", {"42 people were hurt."}),
        ("hedge: speaker dropped", "The bridge closed, the mayor said.", {"The bridge closed."}),
        ("hedge: speaker dropped", "Ilse Varga said that the bridge closed.", {"The bridge closed."}),
    ],
)  # fmt: skip
def test_a_rule_makes_what_it_says(rule: str, text: str, wanted: set[str]) -> None:
    assert texts(rule, text) == wanted


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("number: off by one", "It closed on 3 March 2026 at 9.15 a.m., by 6–3."),  # dates, times, scores
        ("number: off by one", "It runs from 11 to 27 February."),
        ("number: ten times", "It cost up to 42 crowns."),  # what costs up to 42 costs up to 420
        ("number: off by one", "About 42 people came."),  # so did about 43
        ("number: off by one", "“We saw 42,” she said."),  # quotations are held to the letter
        ("name: of the cited articles", "Ilse Varga and Tomas Brandt met."),  # nobody else is there
        ("name: of the same bundle", "The Bridge is gone."),  # a word that the story has in lower case
        ("name: given name", "Kepler inspected it."),
        ("date: month", "It may close; they march on."),
        ("date: year", "It cost 1998.50 crowns and $2000."),
        ("negation: not put in", "She asked whether it was closed."),
        ("negation: not put in", "It was not closed."),
        ("negation: not taken out", "No longer is it only not yet."),
        ("negation: opposite word", "Prices rose and fell."),
        ("negation: opposite word", "At first it held."),
        ("hedge: perhaps dropped", "She asked whether it may close."),
        ("hedge: bound dropped", "At least 77 people were hurt."),  # the evidence says no such thing
        ("hedge: speaker dropped", "It said that it closed."),
    ],
)
def test_a_rule_makes_nothing_that_may_be_true_as_well(rule: str, text: str) -> None:
    assert texts(rule, text) <= {text}


def test_a_bound_gives_way_to_the_other_side_only() -> None:
    assert texts("number: off by one", "More than 42 people came.") == {"More than 43 people came."}
    assert texts("number: off by one", "Up to 42 people came.") == {"Up to 41 people came."}


def test_a_hedge_that_the_evidence_does_not_have_is_not_dropped() -> None:
    plain = tuple(s.id for s in STORY.bundle.sources["A2"].sentences if "cheered" in s.text)
    assert made("hedge: perhaps dropped", claim("Reuter may be cheered.", cites=plain)) == []
    assert made("hedge: speaker dropped", claim("Reuter was cheered, they said.", cites=plain)) == []


def test_one_letter_of_a_name_is_another_inside_of_it() -> None:
    for text in texts("name: one letter", "Ostrava's port is full."):
        name = text.partition("'")[0]
        assert text.endswith("'s port is full.")
        assert (len(name), name[0], name[-1]) == (7, "O", "a")
        assert sum(a != b for a, b in zip(name, "Ostrava", strict=True)) == 1


def test_weekdays_are_changed_to_the_six_others() -> None:
    assert len(texts("date: weekday", "It fell on Tuesday.")) == 6


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2026-03-10", {"2026-03-09", "2026-03-11"}),
        ("2026-03-01", {"2026-03-02"}),
        ("2026-12", {"2026-11"}),
        ("1998", {"1997", "1999"}),
        (None, set()),
    ],
)
def test_a_timeline_s_date_is_one_off_where_it_ends(date: str | None, wanted: set[str]) -> None:
    changed = made("date: of the timeline", claim("It fell.", date=date, part="timeline"))
    assert {c.date for c in changed} == wanted
    assert {c.text for c in changed} <= {"It fell."}


def test_an_account_goes_to_another_outlet_with_its_cites() -> None:
    account = claim("The bridge closed.", outlet="Tarn Gazette", section="papers_say")
    (changed,) = made("outlet: account, same cites", account)
    assert (changed.outlet, changed.cites, changed.text) == ("Evening Herald", EVERY, account.text)
    assert made("outlet: account, same cites", "The bridge closed.") == []


def test_a_sentence_without_cites_goes_only_to_an_outlet_that_lacks_it() -> None:
    rule = "outlet: no cites, another's"
    assert [(c.outlet, c.cites) for c in made(rule, "Varga closed it.")] == [("Evening Herald", ())]
    assert [c.outlet for c in made(rule, "It hurt 42 people.")] == ["Evening Herald"]
    assert made(rule, "All 77 were cheered.") == []


def test_every_rule_changes_something_and_leaves_the_rest() -> None:
    text = "Repairs may cost 1,250 crowns, Ilse Varga said on Tuesday 3 March."
    for mutant in mutants(claim(text), STORY, seed=1, each=9):
        assert mutant.claim != claim(text)
        assert mutant.claim.cites == (() if mutant.rule == "no cites, another's" else EVERY)


def test_the_seed_draws_and_the_same_seed_draws_the_same() -> None:
    text = "Repairs may cost 1,250 crowns, Ilse Varga of Ostrava said on Tuesday 3 March."

    def drawn(seed: int, each: int) -> list[str]:
        return [m.claim.text for m in mutants(claim(text), STORY, seed, each)]

    assert drawn(1, 2) == drawn(1, 2)
    assert len({tuple(drawn(seed, 1)) for seed in range(5)}) > 1
    assert set(drawn(1, 2)) <= set(drawn(1, 99))


def test_python_s_order_of_hashing_changes_no_mutant() -> None:
    code = (
        "from tests.benchmarks.test_mutants import STORY, claim\n"
        "from benchmarks.mutants import mutants\n"
        "text = 'Ilse Varga of Ostrava said on Tuesday 3 March that repairs may cost 1,250 crowns.'\n"
        "print([m.claim for m in mutants(claim(text), STORY, 1, 3)])"
    )
    printed = set(_printed(["-c", code], seed) for seed in ("1", "2"))
    assert len(printed) == 1
    assert "Claim(" in printed.pop()


def _printed(arguments: Iterable[str], seed: str = "0") -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_program_reads_labelled_statements_and_changes_the_true_ones(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"id": "1", "text": "42 people or more were hurt.", "cites": ["A1.2"], "label": "ok"},
        {"id": "2", "text": "The bridge closed on 3 March.", "cites": ["A1.1"], "label": "ok"},
        {"id": "3", "text": "The bridge closed on 4 March.", "cites": ["A1.1"], "label": "bad"},
    ]
    (tmp_path / "x.bundle.json").write_text(STORY.bundle.model_dump_json(), "utf-8")
    file = tmp_path / "x.statements.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    printed = _printed([str(ROOT / "benchmarks" / "mutations.py"), str(file)])
    rows = {line[:28].strip(): line[28:].split() for line in printed.splitlines() if " caught " in line}
    assert rows["digits swapped"][:4] == ["caught", "1", "of", "1"]
    assert rows["day"][:4] == ["caught", "2", "of", "2"]
    assert "of 2 proved sentences" in printed


def test_a_tape_without_repairs_and_closings_still_gives_what_its_first_drafts_prove(tmp_path: Path) -> None:
    story = ROOT / "fixtures" / "ferry-grounding"
    (tmp_path / "bundle.json").write_bytes((story / "bundle.json").read_bytes())
    lines = (story / "tape.jsonl").read_text("utf-8").splitlines(keepends=True)
    drafts = [line for line in lines if json.loads(line)["record"]["round"] == "draft"]
    assert len(drafts) < len(lines)
    (tmp_path / "tape.jsonl").write_text("".join(drafts), "utf-8")
    printed = _printed([str(ROOT / "benchmarks" / "mutations.py"), "--each", "1", str(tmp_path / "tape.jsonl")])
    assert int(printed.splitlines()[-1].partition(" mutants of ")[0]) > 100
