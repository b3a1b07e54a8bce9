"""Prompt files: their header, their placeholders, their ids, and what is said of a mistake before any call."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.data import data_folder
from briefer.errors import InputError
from briefer.header import Headed, HeaderError, split_header
from briefer.prompts import NAMES, PLACEHOLDERS, fill, load_prompts, read_prompt
from briefer.sections import SECTIONS

SHIPPED = load_prompts()
CLOSE = "close the header with a line of three dashes"


def test_a_header_is_split_from_its_body() -> None:
    headed = split_header("---\ntitle: Pool\n\nPurpose : none \n---\nFirst.\n---\nLast.")
    assert headed == Headed({"title": "Pool", "purpose": "none"}, {"title": 2, "purpose": 4}, "First.\n---\nLast.", 6)


@pytest.mark.parametrize("text", ["No header.\n---\na: b\n---\n", "", "----\na: b\n---\n", "\n---\na: b\n---\n"])
def test_a_text_that_does_not_begin_with_dashes_has_no_header(text: str) -> None:
    assert split_header(text) == Headed({}, {}, text, 1)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_ends_are_fine(mark: str, end: str) -> None:
    headed = split_header(mark + end.join(["---", "title: Pool", "---", "One.", "Two."]))
    assert (headed.fields, headed.body, headed.offset) == ({"title": "Pool"}, "One.\nTwo.", 4)


@pytest.mark.parametrize("value", ["no", "null", "1.0", "2026-03-10", "'quoted'", "a: b # c", "[x]", "", "{{ topic }}"])
def test_a_value_stays_the_text_it_is(value: str) -> None:
    assert split_header(f"---\ntitle: {value}\n---\n").fields == {"title": value}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: a\n", 1, "opens a header that is never closed; add a line of three dashes after it"),
        ("---\ntitle: a\nWrite a headline.\n", 3, f"is no “key: value” line; {CLOSE}"),
        ("---\n- a: b\n---\n", 2, f"is no “key: value” line; {CLOSE}"),
        ("---\n: b\n---\n", 2, f"is no “key: value” line; {CLOSE}"),
        ("---\ntitle: a\n\nTITLE: b\n---\n", 4, "gives “title” a second time; keep one of the two"),
    ],
)
def test_a_header_that_cannot_be_read_says_where_and_why(text: str, line: int, reason: str) -> None:
    with pytest.raises(HeaderError) as caught:
        split_header(text)
    assert (caught.value.line, str(caught.value)) == (line, reason)


@given(
    st.text(),
    st.dictionaries(st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True), st.from_regex(r"\w*", fullmatch=True)),
)
def test_what_is_written_under_a_header_is_read_back(body: str, fields: dict[str, str]) -> None:
    body = body.replace("\r", "")
    header = "".join(f"{key}: {value}\n" for key, value in fields.items())
    headed = split_header(f"---\n{header}---\n{body}")
    assert (headed.fields, headed.body) == (fields, body)


def write(folder: Path, body: str, name: str = "whats_happened", head: str = "title: T\npurpose: P") -> Path:
    path = folder / f"{name}.md"
    path.write_text(f"---\n{head}\n---\n{body}", encoding="utf-8", newline="")
    return path


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read_prompt(path)
    assert caught.value.exit_code == 3
    return caught.value.cause.removeprefix(str(path)), caught.value.hint


def test_a_prompt_has_a_title_a_purpose_and_a_body(tmp_path: Path) -> None:
    prompt = read_prompt(write(tmp_path, "\n\nWrite on {{ topic }}.\n"))
    assert (prompt.name, prompt.title, prompt.purpose, prompt.body) == (
        "whats_happened", "T", "P", "Write on {{ topic }}."
    )  # fmt: skip


def test_a_prompt_needs_no_header(tmp_path: Path) -> None:
    path = tmp_path / "topics.md"
    path.write_text("Write on {{topic}}.")
    assert (read_prompt(path).title, read_prompt(path).body) == ("topics", "Write on {{topic}}.")


BAD_BODIES = {
    "misspelt": (
        "whats_happened",
        "One.\n\n{{ topik }}",
        ", line 7: P001 unknown placeholder “{{ topik }}”; did you mean “topic”?",
    ),
    "unlike any": ("whats_happened", "{{ xyz }}", ", line 5: P001 unknown placeholder “{{ xyz }}”"),
    "empty": ("whats_happened", "{{ }}", ", line 5: P001 unknown placeholder “{{  }}”"),
    "expression": ("whats_happened", "{{ 7*7 }}", ", line 5: P001 unknown placeholder “{{ 7*7 }}”"),
    "attribute": (
        "whats_happened",
        "{{ topic.x }}",
        ", line 5: P001 unknown placeholder “{{ topic.x }}”; did you mean “topic”?",
    ),
    "not here": (
        "topics",
        "{{ outlet }}",
        ", line 5: P001 this file cannot use the placeholder “{{ outlet }}”",
    ),
    "references": (
        "behind_the_headline",
        "a\n{{ references }}",
        ", line 6: P001 this file cannot use the placeholder “{{ references }}”",
    ),
}


@pytest.mark.parametrize(("name", "body", "problem"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_placeholder_that_a_file_cannot_use_is_named_with_its_line(
    tmp_path: Path, name: str, body: str, problem: str
) -> None:
    hint = f"this file can use {'language, outlets, references' if name == 'topics' else 'language, outlets'}, topic"
    assert refused(write(tmp_path, body, name)) == (problem, hint)


@pytest.mark.parametrize("body", ["{{ topic }\n", "One {{topic", "{{ topic }} {{", "{{{{ topic }"])
def test_a_placeholder_that_is_not_closed_does_not_reach_the_model(tmp_path: Path, body: str) -> None:
    said = (", line 6: P001 “{{” opens no placeholder", "close it, as in {{ topic }}")
    assert refused(write(tmp_path, f"On {{{{ topic }}}}:\n{body}")) == said


def test_a_pair_of_closing_braces_alone_is_text(tmp_path: Path) -> None:
    assert read_prompt(write(tmp_path, 'As in {"a": {"b": 1}}.')).body == 'As in {"a": {"b": 1}}.'


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("_articles", "articles"),
        ("_repair", "findings"),
        ("_closing", "accounts"),
        ("_judge", "statements"),
        ("papers_say", "outlet"),
    ],
)
def test_a_placeholder_that_a_file_needs_is_missed(tmp_path: Path, name: str, needed: str) -> None:
    assert refused(write(tmp_path, "Write.", name)) == (
        f": P001 the placeholder “{{{{ {needed} }}}}” is missing",
        "put it where the text shall stand",
    )


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("title: T\npurpos: P", ", line 3: P001 unknown header key “purpos”; did you mean “purpose”?"),
        ("model: x", ", line 2: P001 unknown header key “model”"),
    ],
)
def test_an_unknown_header_key_is_named_with_its_line(tmp_path: Path, head: str, problem: str) -> None:
    assert refused(write(tmp_path, "Write.", head=head)) == (problem, "the header takes title and purpose")


def test_a_header_that_cannot_be_read_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "topics.md"
    path.write_text("---\ntitle: T\nWrite.\n")
    assert refused(path) == (f", line 3: is no “key: value” line; {CLOSE}", "write title: …, purpose: …")


@pytest.mark.parametrize("body", ["", " \n\t\n"])
def test_a_prompt_without_instructions_is_refused(tmp_path: Path, body: str) -> None:
    assert refused(write(tmp_path, body)) == (
        " holds no instructions",
        "write what the section is for below the header",
    )


def test_a_prompt_that_is_not_utf8_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "topics.md"
    assert refused(path) == (" cannot be read: No such file or directory", "check the path and its permissions")
    path.write_bytes(b"Caf\xe9")
    assert refused(path) == (" is not UTF-8: byte 3", "save it again as UTF-8")


@pytest.mark.parametrize(
    "changed",
    [
        lambda t: t.replace("\n", "\r\n"),
        lambda t: "\ufeff" + t,
        lambda t: t.replace("\n", "  \t\n"),
        lambda t: t + "\n\n",
        lambda t: t.rstrip(),
    ],
    ids=["CRLF", "BOM", "trailing spaces", "blank lines at the end", "no line end"],
)
def test_the_id_is_that_of_the_text_and_not_of_its_line_ends(tmp_path: Path, changed: Callable[[str], str]) -> None:
    text = "---\ntitle: T\n---\nWrite on {{ topic }}.\n\nBriefly.\n"
    path = tmp_path / "topics.md"
    path.write_text(changed(text), encoding="utf-8", newline="")
    assert read_prompt(path).id == hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def test_the_id_changes_with_a_word_and_with_the_header(tmp_path: Path) -> None:
    ids = {
        read_prompt(write(tmp_path, body, head=head)).id
        for body in ("Write.", "Write!", " Write.")
        for head in ("title: T", "title: U")
    }
    assert len(ids) == 6
    assert all(re.fullmatch(r"[0-9a-f]{12}", i) for i in ids)


def test_every_shipped_prompt_loads_and_says_what_it_is_for() -> None:
    assert (
        tuple(SHIPPED.by_name)
        == NAMES
        == ("_system", "_articles", "_repair", "_closing", "_judge", *(s.key for s in SECTIONS))
    )
    assert {p.name for p in data_folder("prompts").glob("*.md")} == {f"{name}.md" for name in NAMES}
    assert all(p.title and p.purpose for p in SHIPPED.by_name.values())
    assert SHIPPED.ids == {name: prompt.id for name, prompt in SHIPPED.by_name.items()}
    assert len(set(SHIPPED.ids.values())) == len(NAMES)


def test_a_folder_with_one_file_overrides_that_file_alone(tmp_path: Path) -> None:
    write(tmp_path, "Write on {{ topic }}.", "topics")
    (tmp_path / "README.txt").write_text("not a prompt")
    ids = load_prompts(tmp_path).ids
    assert {name for name in NAMES if ids[name] != SHIPPED.ids[name]} == {"topics"}


@pytest.mark.parametrize(
    ("stray", "problem"),
    [
        ("topic", " is no prompt of briefer; did you mean “topics”?"),
        ("system", " is no prompt of briefer; did you mean “_system”?"),
        ("go-deeper", " is no prompt of briefer; did you mean “go_deeper”?"),
        ("zzz", " is no prompt of briefer"),
    ],
)
def test_a_stray_file_in_the_folder_is_named(tmp_path: Path, stray: str, problem: str) -> None:
    path = write(tmp_path, "Write.", stray)
    with pytest.raises(InputError) as caught:
        load_prompts(tmp_path)
    assert (caught.value.exit_code, caught.value.cause) == (3, f"{path}{problem}")
    assert caught.value.hint == "rename or remove it"


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder of prompts") as caught:
        load_prompts(tmp_path / "none")
    assert caught.value.hint == "briefer prompts eject makes one to edit"


@given(st.dictionaries(st.sampled_from([*PLACEHOLDERS]), st.text() | st.just("{{ topic }} {{ 7*7 }} {{language}}")))
def test_values_are_put_in_once_and_never_read_again(values: dict[str, str]) -> None:
    body = "|".join(f"{{{{ {name} }}}}" for name in values)
    assert fill(body, values) == "|".join(values.values())
