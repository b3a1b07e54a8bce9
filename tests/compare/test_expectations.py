"""The house standard: what is read, what is refused, and when an expectation is met."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.compare.cells import Cut
from briefer.compare.expectations import Expectation, of_bundle, read_standards
from briefer.errors import InputError
from tests.compare.stories import COST, CRACK, SAID, told

GOOD = """\
story = "Bridge 1"

[[expect]]
must_mention = "Repairs cost $4.2 million."
section = "papers_say"
outlet = "Tarn Gazette"
cites = ["A1.2"]
note = "the desk's minimum"

[[expect]]
must_not_say = "chaos"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "bridge.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_read_and_finds_its_story(tmp_path: Path) -> None:
    standards = read_standards(written(tmp_path, GOOD).parent)
    assert of_bundle(standards, "Bridge 1", "f" * 64) == [
        Expectation(
            "must_mention", "Repairs cost $4.2 million.", "papers_say", "Tarn Gazette", ("A1.2",), "the desk's minimum"
        ),
        Expectation("must_not_say", "chaos"),
    ]
    assert of_bundle(standards, "Bridge 2", "f" * 64) == []


def test_a_story_may_be_named_by_its_hash(tmp_path: Path) -> None:
    [standard] = read_standards(written(tmp_path, 'sha256 = "abcdef12"'))
    assert standard.is_for("any", "abcdef12" + "0" * 56)
    assert not standard.is_for("any", "0" * 64)


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("story = ", "cannot be read"),
        ("[[expect]]\nmust_mention = 'x'", "story is missing"),
        ("story = 'x'\nexpects = []", "“expects” is no field; did you mean “expect”?"),
        ("story = 'x'\n[[expect]]\nmust_mentoin = 'y'", "did you mean “must_mention”?"),
        ("story = 'x'\n[[expect]]\noutlet = 'y'", "has 0 of"),
        ("story = 'x'\n[[expect]]\nmust_quote = 'y'\nmust_mention = 'z'", "has 2 of"),
        ("story = 'x'\n[[expect]]\nmust_quote = 7", "must_quote of expectation 1 does not fit"),
        ("story = 'x'\n[[expect]]\nmust_quote = ''", "must_quote of expectation 1 does not fit"),
        ("story = 'x'\n[[expect]]\nmust_quote = 'y'\ncites = 'A1.1'", "cites of expectation 1 does not fit"),
        ("story = 'x'\n[[expect]]\nmust_quote = 'y'\nsection = 'paper_say'", "did you mean “papers_say”?"),
        ("story = 'x'\nexpect = 'y'", "expect is no list of tables"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(tmp_path: Path, text: str, told_of: str) -> None:
    with pytest.raises(InputError) as caught:
        read_standards(written(tmp_path, text))
    assert told_of in caught.value.cause
    assert caught.value.hint


def test_no_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(InputError):
            read_standards(path)


CUT = Cut.of(told(tarn=(CRACK, COST, SAID)))


@pytest.mark.parametrize(
    ("wanted", "met"),
    [
        (Expectation("must_mention", "The repairs cost $4.2 million.", cites=("A1.2",)), True),
        (Expectation("must_mention", "The repairs will cost $4.2 million."), True),
        (Expectation("must_mention", "The repairs will cost $4.8 million."), False),
        (Expectation("must_mention", "The repairs will cost $4.2 million.", outlet="Coast Radio"), False),
        (Expectation("must_mention", "About 9,000 vehicles cross.", cites=("A1.3",)), False),
        (Expectation("must_quote", "safety comes FIRST"), True),
        (Expectation("must_quote", "Inspectors found"), False),
        (Expectation("must_not_say", "girders"), True),
        (Expectation("must_not_say", "Girder"), False),
        (Expectation("must_not_say", "The repairs will cost $4.2 million, according to the town council."), False),
        (Expectation("must_not_say", "The repairs will cost $4.8 million, according to the council."), True),
        (Expectation("must_not_say", "girder", section="topics"), True),
    ],
)
def test_when_an_expectation_is_met(wanted: Expectation, met: bool) -> None:
    assert wanted.is_held(CUT) is met


def test_an_expectation_of_an_outlet_that_is_not_there_applies_to_nothing() -> None:
    assert not Expectation("must_mention", "x", outlet="Daily Bugle").applies(CUT)
