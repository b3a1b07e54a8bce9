"""Input that is no bundle: the exact message, what to do about it, and exit code 3."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.errors import InputError
from briefer.loading import build, load_bundle

ONE = '{"outlet": "Oskby Post", "text": "The pool closed."}'
WRITE = 'write {"articles": [{"outlet": "…", "text": "…", "title": "…", "published": "2026-03-10"}, …]}'
SCHEMA = "briefer schema bundle prints the whole format"
MEND = "mend it there, then run the same command"
UTF8 = "save it again as UTF-8"
CUT = "ends in the middle; is the file cut off?"
ISO = "write it as 2026-03-10 or 2026-03-10T09:35:00Z"


def refused(path: str | Path) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        load_bundle(path)
    assert caught.value.exit_code == 3
    assert str(caught.value) == caught.value.cause
    assert "\n" not in caught.value.cause
    return caught.value.cause, caught.value.hint


# What stands in b.json, what is said of it, and what to do.
FILES: dict[str, tuple[str | bytes, str, str]] = {
    "empty": ("", "b.json is empty", WRITE),
    "white space": (" \n\t", "b.json is empty", WRITE),
    "byte order mark alone": (b"\xef\xbb\xbf", "b.json is empty", WRITE),
    "prose": ("The pool", "b.json is not valid JSON: line 1, column 1: expecting value", WRITE),
    "cut in a text": ('{"articles": [{"outlet": "Osk', f"b.json is not valid JSON: line 1, column 26: {CUT}", MEND),
    "cut after a comma": ('{"articles": [{"outlet": "O",', f"b.json is not valid JSON: line 1, column 30: {CUT}", MEND),
    "cut in a list": ('{"articles":\n [', f"b.json is not valid JSON: line 2, column 3: {CUT}", MEND),
    "single quotes": (
        "{'articles': []}",
        "b.json is not valid JSON: line 1, column 2: expecting property name enclosed in double quotes",
        MEND,
    ),
    "two objects": (f"{ONE} {ONE}", "b.json is not valid JSON: line 1, column 54: extra data", MEND),
    "raw NUL": ('{"text": "a\x00b"}', "b.json is not valid JSON: line 1, column 12: invalid control character", MEND),
    "raw line break": (
        '{"text": "a\nb"}',
        "b.json is not valid JSON: line 1, column 12: invalid control character",
        MEND,
    ),
    "key twice": (
        '{"articles": [], "articles": []}',
        "b.json has the key “articles” twice in one object",
        "keep one of the two",
    ),
    "key twice in an article": (
        '[{"outlet": "O", "text": "a", "outlet": "P"}]',
        "b.json has the key “outlet” twice in one object",
        "keep one of the two",
    ),
    "NaN": ('{"articles": NaN}', "b.json holds NaN, which is not JSON", "write null, or take the key out"),
    "infinity": ('{"a": -Infinity}', "b.json holds -Infinity, which is not JSON", "write null, or take the key out"),
    "Latin-1": ('{"outlet": "Café"}'.encode("latin-1"), "b.json is not UTF-8: byte 15 is 0xe9", UTF8),
    "bytes": (b"\x80\x81", "b.json is not UTF-8: byte 0 is 0x80", UTF8),
    "UTF-16": (ONE.encode("utf-16"), "b.json is UTF-16, not UTF-8", UTF8),
    "UTF-16 the other way": (b"\xfe\xff" + ONE.encode("utf-16-be"), "b.json is UTF-16, not UTF-8", UTF8),
    "null": ("null", "b.json holds null, not a bundle", WRITE),
    "number": ("3", "b.json holds a number, not a bundle", WRITE),
    "text": ('"articles"', "b.json holds a text, not a bundle", WRITE),
    "true": ("true", "b.json holds true or false, not a bundle", WRITE),
    "nested lists": ("[" * 200_000 + "]" * 200_000, "b.json is nested too deeply to be a bundle", SCHEMA),
    "nested objects": ('{"a":' * 200_000, "b.json is nested too deeply to be a bundle", SCHEMA),
}


@pytest.mark.parametrize(("content", "cause", "hint"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_json_or_no_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | bytes, cause: str, hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.json").write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    assert refused("b.json") == (cause, hint)


def art(**fields: Any) -> dict[str, Any]:
    return {"articles": [{"outlet": "Oskby Post", "text": "Closed."} | fields]}


# A decoded bundle and what is said of it.
BUNDLES: dict[str, tuple[Any, str]] = {
    "empty object": ({}, "articles is missing"),
    "key misspelt": ({"article": []}, "articles is missing; did you mean “article”?"),
    "articles null": ({"articles": None}, "articles is null; write a list in square brackets"),
    "articles an object": ({"articles": {}}, "articles is an object; write a list in square brackets"),
    "articles a text": ({"articles": "x"}, "articles is a text; write a list in square brackets"),
    "list of numbers": ([1, 2], "articles[0] is a number; write an object in curly braces (and 1 more)"),
    "one null": ([{"outlet": "O", "text": "a"}, None], "articles[1] is null; write an object in curly braces"),
    "no outlet": ([{"text": "a"}], "articles[0].outlet is missing"),
    "outlet misspelt": ([{"outlett": "O", "text": "a"}], "articles[0].outlet is missing; did you mean “outlett”?"),
    "text misspelt": (
        [{"outlet": "Oskby Post", "texts": "a"}],
        "articles[0].text (Oskby Post) is missing; did you mean “texts”?",
    ),
    "no text": (
        [{"outlet": "Oskby Post", "title": "Pool"}],
        "articles[0].text (Oskby Post) is missing",
    ),
    "empty text": (art(text=""), "articles[0].text (Oskby Post) is empty; write the text, or take the entry out"),
    "text of marks": (art(text="— …"), "articles[0].text (Oskby Post) is empty; write the text, or take the entry out"),
    "blank outlet": (art(outlet=" "), "articles[0].outlet is empty; write the text, or take the entry out"),
    "text a list": (art(text=["a"]), "articles[0].text (Oskby Post) is a list; write a text in quotation marks"),
    "outlet a number": (art(outlet=7), "articles[0].outlet (7) is a number; write a text in quotation marks"),
    "outlet true": (art(outlet=True), "articles[0].outlet (True) is true or false; write a text in quotation marks"),
    "title an object": (art(title={}), "articles[0].title (Oskby Post) is an object; write a text in quotation marks"),
    "bad date": (art(published="10/03/2026"), f"articles[0].published (Oskby Post) is not a date: '10/03/2026'; {ISO}"),
    "no such day": (
        art(published="2026-02-30"),
        f"articles[0].published (Oskby Post) is not a date: '2026-02-30'; {ISO}",
    ),
    "date a number": (
        art(published=20260310),
        "articles[0].published (Oskby Post) is a number; write a text in quotation marks",
    ),
    "three faults": (
        art(text="", title=1, url=2),
        "articles[0].text (Oskby Post) is empty; write the text, or take the entry out (and 2 more)",
    ),
    "language null": (art() | {"language": None}, "language is null; write a text in quotation marks"),
    "references null": (art() | {"references": None}, "references is null; write a list in square brackets"),
    "reference without source": (
        art() | {"references": [{"title": "Pool", "text": "a"}]},
        "references[0].source (Pool) is missing",
    ),
    "escape codes": (
        [{"outlet": "\x1b[31mred\n", "text": 3}],
        "articles[0].text ([31mred) is a number; write a text in quotation marks",
    ),
}


@pytest.mark.parametrize(("data", "problem"), BUNDLES.values(), ids=BUNDLES)
def test_a_bundle_with_a_fault_is_named_by_its_field_and_entry(data: Any, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        build(data, "b.json")
    assert (caught.value.exit_code, caught.value.cause, caught.value.hint) == (3, f"b.json: {problem}", SCHEMA)


@pytest.mark.parametrize("data", [[], {"articles": []}])
def test_a_bundle_without_articles(data: Any) -> None:
    with pytest.raises(InputError) as caught:
        build(data, "b.json")
    assert (caught.value.cause, caught.value.hint) == (
        "b.json has no articles",
        'put at least one article into "articles"',
    )


def test_no_such_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused("none.json") == ("none.json: no such file", f"check the path; {SCHEMA}")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path, mode: str) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)  # root may read every file
    path = tmp_path / "b.json"
    assert refused(path) == (f"{path} cannot be read: Permission denied", "check its permissions")


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    assert refused(tmp_path) == (f"{tmp_path} cannot be read: Permission denied", "check its permissions")


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    hint = "put one .json, .md, .txt or .html file per article into it"
    assert refused(tmp_path) == (f"{tmp_path} holds no articles", hint)


HEADER = "write outlet: …, title: …, published: …"
IN_FOLDER = {
    "empty.md": ("", ": articles[0].text (empty) is empty; write the text, or take the entry out", SCHEMA),
    "head.md": (
        "---\noutlet: O\n---\n",
        ": articles[0].text (O) is empty; write the text, or take the entry out",
        SCHEMA,
    ),
    "open.md": (
        "---\noutlet: O\nThe pool",
        ", line 3: is no “key: value” line; close the header with a line of three dashes",
        HEADER,
    ),
    "never.txt": (
        "---\noutlet: O\n",
        ", line 1: opens a header that is never closed; add a line of three dashes after it",
        HEADER,
    ),
    "twice.md": (
        "---\noutlet: O\nOutlet: P\n---\na",
        ", line 3: gives “outlet” a second time; keep one of the two",
        HEADER,
    ),
    "date.md": ("---\npublished: May\n---\na", f": articles[0].published (date) is not a date: 'May'; {ISO}", SCHEMA),
    "list.json": ("[1]", ": articles[0] is a list; write an object in curly braces", SCHEMA),
    "cut.json": ("{", f" is not valid JSON: line 1, column 2: {CUT}", MEND),
    "page.html": (
        "<nav>Menu</nav>",
        ": articles[0].text (page) is empty; write the text, or take the entry out",
        SCHEMA,
    ),
}


@pytest.mark.parametrize("name", IN_FOLDER)
def test_a_fault_in_a_folder_names_the_file(tmp_path: Path, name: str) -> None:
    content, problem, hint = IN_FOLDER[name]
    (tmp_path / "a.json").write_text(ONE)
    (tmp_path / name).write_text(content)
    assert refused(tmp_path) == (f"{tmp_path / name}{problem}", hint)


def test_a_folder_with_the_name_of_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert refused(tmp_path) == (f"{tmp_path / 'a.md'} is a folder, a file is needed here", "name the file in it")


def test_a_fault_in_json_lines_names_the_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{ONE}\n\n{ONE[:20]}\n")
    assert refused(path) == (f"{path}, line 4 is not valid JSON: line 1, column 12: {CUT}", MEND)
    path.write_text(f"{ONE}\n7\n")
    assert refused(path) == (f"{path}: articles[1] is a number; write an object in curly braces", SCHEMA)


def test_standard_input_has_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert refused("-") == ("standard input is empty", WRITE)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    assert refused("-") == ("standard input is not UTF-8: byte 0 is 0xff", UTF8)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["articles", "outlet", "text", "references", "published", "x\n"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def reason_against(data: Any) -> str | None:
    try:
        build(json.loads(json.dumps(data)), "b.json")
    except InputError as error:
        return error.cause
    return None


@given(JSON)
def test_any_json_is_a_bundle_or_one_line_of_reason(data: Any) -> None:
    reason = reason_against(data)
    assert reason is None or (reason.startswith("b.json") and "\n" not in reason)


MOST = "a bundle has at most 1,000 and 8,000,000"
ONE_STORY = "a bundle is one story; many of them are for briefer batch"


@pytest.mark.parametrize(
    ("articles", "size", "told"),
    [
        (1001, 2, f"b.json has 1,001 articles and 2,002 characters of text; {MOST}"),
        (4, 2_000_001, f"b.json has 4 articles and 8,000,004 characters of text; {MOST}"),
    ],
)
def test_what_no_desk_has_of_one_story_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, articles: int, size: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.json").write_text(json.dumps([{"outlet": "Oskby Post", "text": "x" * size}] * articles))
    assert refused("b.json") == (told, ONE_STORY)
    Path("b.json").write_text(json.dumps([{"outlet": "Oskby Post", "text": "x" * (size - 1)}] * (articles - 1)))
    assert len(load_bundle("b.json").articles) == articles - 1


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    assert refused("/dev/zero") == ("/dev/zero is longer than 32,000,000 bytes", ONE_STORY)
