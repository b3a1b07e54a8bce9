"""What is taken for a bundle, and what is not."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from briefer.batch.inputs import Source, Unusable, find
from briefer.errors import InputError
from tests.batch.many import bundle
from tests.cli.command import write

ARTICLE = {"outlet": "Oskby Post", "text": "The pool closed. It reopens in May."}


def lines(*values: Any) -> str:
    return "".join(f"{json.dumps(value)}\n" for value in values)


def found(*named: str, folder: str = "out") -> list[str]:
    """What was found, as its label, or as its label and why it is none."""
    Path(folder).mkdir(exist_ok=True)
    return [
        each.label if isinstance(each, Source) else f"{each.source.label}! {each.error.cause}"
        for each in find(named, Path(folder))
    ]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_taken_in_the_order_in_which_they_are_named() -> None:
    for name in ("b.json", "a.json"):
        write(Path(name), bundle(1))
    assert found("b.json", "a.json") == ["b.json", "a.json"]


def test_a_file_that_is_not_there_is_found_and_cannot_be_read() -> None:
    [missing] = find(["gone.json"], Path("out"))
    assert isinstance(missing, Source)
    with pytest.raises(InputError, match=r"gone.json: no such file"):
        missing.read()


def test_a_folder_of_bundles_is_walked_by_name_and_what_is_hidden_or_no_bundle_is_left() -> None:
    write(Path("stories/b.json"), bundle(1))
    write(Path("stories/a/bundle.json"), bundle(2))
    write(Path("stories/a/tape.jsonl"), "")
    write(Path("stories/a/inner/c.json"), bundle(3))
    write(Path("stories/lines.jsonl"), lines(bundle(4), bundle(5)))
    write(Path("stories/README.md"), "How these came about.")
    write(Path("stories/.git/x.json"), bundle(6))
    lines_ = [f"stories/lines.jsonl, line {n}" for n in (1, 2)]
    assert found("stories") == ["stories/a", "stories/b.json", *lines_]


@pytest.mark.parametrize("name", ["one.json", "one.md", "one.txt", "one.html"])
def test_a_folder_of_articles_is_one_bundle(name: str) -> None:
    content = json.dumps(ARTICLE) if name.endswith("json") else "The pool closed."
    write(Path("stories/pool") / name, content)
    write(Path("stories/pool/readme.txt"), "The pool reopens.")
    assert found("stories/pool") == ["stories/pool"]
    assert found("stories") == ["stories/pool"]


def test_an_empty_folder_is_named() -> None:
    Path("stories").mkdir()
    assert found("stories") == ["stories! stories holds no bundles"]


def test_what_the_batch_writes_is_not_taken_for_a_bundle() -> None:
    write(Path("stories/a.json"), bundle(1))
    write(Path("stories/out/briefings/a.json"), {"schema": "briefer/briefing/1"})
    assert found("stories", folder="stories/out") == ["stories/a.json"]


def test_a_pattern_that_the_shell_left_is_expanded_here() -> None:
    for name in ("s/b.json", "s/a.json", "s/deep/c.json"):
        write(Path(name), bundle(1))
    assert found("s/*.json") == ["s/a.json", "s/b.json"]
    assert found("s/**/*.json") == ["s/a.json", "s/b.json", "s/deep/c.json"]
    assert found("s/*.jsonl") == ["s/*.jsonl! s/*.jsonl matches no file"]


def test_a_file_may_be_called_as_a_pattern() -> None:
    write(Path("a[1].json"), bundle(1))
    assert found("a[1].json") == ["a[1].json"]


def test_json_lines_are_bundles_or_the_articles_of_one() -> None:
    write(Path("many.jsonl"), "\n" + lines(bundle(1)) + "\r\n" + lines(bundle(2)).strip())
    write(Path("one.jsonl"), lines(ARTICLE, ARTICLE))
    write(Path("single.jsonl"), lines(bundle(1)))
    assert found("many.jsonl", "one.jsonl", "single.jsonl") == [
        "many.jsonl, line 2",
        "many.jsonl, line 4",
        "one.jsonl",
        "single.jsonl, line 1",
    ]


def test_each_line_is_read_by_itself_and_an_error_names_it() -> None:
    write(Path("many.jsonl"), b"\xef\xbb\xbf{broken\n" + lines(bundle(7), {"articles": []}).encode())
    first, second, third = (each for each in find(["many.jsonl"], Path("out")) if isinstance(each, Source))
    assert second.read().id == "bridge-7"
    with pytest.raises(InputError, match="many.jsonl, line 1 is not valid JSON"):
        first.read()
    with pytest.raises(InputError, match="many.jsonl, line 3 has no articles"):
        third.read()


def test_a_line_is_not_read_before_it_is_needed() -> None:
    write(Path("many.jsonl"), lines(bundle(1), bundle(2)))
    source = [each for each in find(["many.jsonl"], Path("out")) if isinstance(each, Source)][1]
    Path("many.jsonl").unlink()
    with pytest.raises(InputError, match="line 2 cannot be read"):
        source.read()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (lines(bundle(1), bundle(2)), ["standard input, line 1", "standard input, line 2"]),
        (json.dumps(bundle(1)), ["standard input, line 1"]),
        (json.dumps(bundle(1), indent=2), ["standard input"]),
        (lines(ARTICLE, ARTICLE), ["standard input"]),
    ],
    ids=["lines", "one line", "indented", "articles"],
)
def test_standard_input_is_read_twice_without_being_held(
    text: str, labels: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    Path("out").mkdir()
    sources = [each for each in find(["-"], Path("out")) if isinstance(each, Source)]
    assert [source.label for source in sources] == labels
    assert [len(source.read().articles) for source in sources] == [2] * len(labels)


@pytest.mark.parametrize(
    ("path", "stem"),
    [("stories/ferry.json", "ferry"), ("stories/ferry/bundle.json", "ferry"), ("stories/pool", "pool")],
)
def test_a_bundle_without_an_id_is_called_after_its_file_or_folder(path: str, stem: str) -> None:
    write(Path("stories/pool/one.md"), "The pool closed.")
    assert Source(Path(path), path).stem == stem


def test_what_is_no_bundle_says_where_it_stands() -> None:
    [each] = find(["no*.json"], Path("out"))
    assert isinstance(each, Unusable)
    assert (each.source.shown, each.error.hint) == ("no*.json", "check the pattern")
