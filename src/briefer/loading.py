"""Reading a bundle: a JSON file, JSON Lines of articles, a folder of articles, or standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from briefer.bundle import Article, Bundle, Reference
from briefer.errors import InputError
from briefer.header import HeaderError, split_header
from briefer.suggest import did_you_mean
from briefer.text import one_line

_SHAPE = '{"articles": [{"outlet": "…", "text": "…", "title": "…", "published": "2026-03-10"}, …]}'
# More than a desk ever has of one story: what passes it was not meant, and would take minutes and all memory.
_LONGEST_FILE = 32_000_000
_MOST_ARTICLES, _MOST_TEXT = 1000, 8_000_000
_ONE_STORY = "a bundle is one story; many of them are for briefer batch"
_SCHEMA_HINT = "briefer schema bundle prints the whole format"


def load_bundle(path: str | Path) -> Bundle:
    """Read a bundle from a file, a folder, or standard input (`-`).

    Raises InputError (exit 3) naming the file, the field and what to write instead.
    """
    if str(path) != "-" and Path(path).is_dir():
        return _folder(Path(path))
    return bundle_of(read_text(path), "standard input" if str(path) == "-" else str(path))


def read_text(path: str | Path) -> str:
    """Return the text of a UTF-8 file, or of standard input (`-`); raises InputError."""
    if str(path) == "-":
        return decode(_bounded(sys.stdin.buffer, "standard input"), "standard input")
    return decode(read_bytes(Path(path)), str(path))


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises InputError that says why it cannot be read."""
    try:
        with path.open("rb") as file:
            return _bounded(file, str(path))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", hint=f"check the path; {_SCHEMA_HINT}") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder, a file is needed here", hint="name the file in it") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", hint="check its permissions") from None


def _bounded(file: BinaryIO, name: str) -> bytes:
    raw = file.read(_LONGEST_FILE + 1)
    if len(raw) > _LONGEST_FILE:
        raise InputError(f"{name} is longer than {_LONGEST_FILE:,} bytes", hint=_ONE_STORY)
    return raw


def parse_json(text: str, name: str) -> Any:
    """Read strict JSON: no duplicate keys, no NaN; raises InputError with line and column."""
    try:
        return json.loads(text, object_pairs_hook=_no_duplicates(name), parse_constant=_no_constant(name))
    except json.JSONDecodeError as error:
        cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
        reason = "ends in the middle; is the file cut off?" if cut else error.msg.lower().removesuffix(" at")
        raise InputError(
            f"{name} is not valid JSON: line {error.lineno}, column {error.colno}: {reason}",
            hint=f"write {_SHAPE}"
            if not text.lstrip().startswith(("{", "["))
            else "mend it there, then run the same command",
        ) from None
    except RecursionError:
        raise InputError(f"{name} is nested too deeply to be a bundle", hint=_SCHEMA_HINT) from None
    except ValueError as error:
        raise InputError(f"{name}: {one_line(str(error))[:120]}", hint=_SCHEMA_HINT) from None


def decode(raw: bytes, name: str) -> str:
    """Return UTF-8 as text, without a byte order mark; raises InputError that calls it `name`."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{name} is UTF-16, not UTF-8", hint="save it again as UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}", hint="save it again as UTF-8"
        ) from None


def bundle_of(text: str, name: str) -> Bundle:
    """Read a bundle, or JSON Lines of articles, out of a file's text; raises InputError that calls it `name`."""
    if not text.strip():
        raise InputError(f"{name} is empty", hint=f"write {_SHAPE}")
    lines = {n: line for n, line in enumerate(text.split("\n"), 1) if line.strip()}
    if len(lines) > 1 and name.endswith((".jsonl", ".ndjson")) or _looks_like_lines([*lines.values()]):
        articles = [parse_json(line, f"{name}, line {n}") for n, line in lines.items()]
        return build({"articles": articles}, name)
    return build(parse_json(text, name), name)


def _looks_like_lines(lines: list[str]) -> bool:
    def whole(line: str) -> bool:
        return line.startswith("{") and line.rstrip().endswith("}")

    return len(lines) > 1 and whole(lines[0]) and whole(lines[1])


def build(data: object, name: str) -> Bundle:
    """Validate decoded JSON as a bundle; raises InputError with the field's path and the nearest key."""
    if isinstance(data, list):
        data = {"articles": data}
    if not isinstance(data, dict):
        raise InputError(f"{name} holds {_kind(data)}, not a bundle", hint=f"write {_SHAPE}")
    if "text" in data and "articles" not in data:
        data = {"articles": [data]}
    if data.get("articles") == []:
        raise InputError(f"{name} has no articles", hint='put at least one article into "articles"')
    try:
        return _of_one_story(Bundle.model_validate(data), name)
    except ValidationError as error:
        # A tuple with a bad item counts as too short as well: only the item's own error helps.
        problems = [_problem(e, data) for e in error.errors() if e["type"] != "too_short"]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise InputError(f"{name}: {problems[0]}{more}", hint=_SCHEMA_HINT) from None


def _of_one_story(bundle: Bundle, name: str) -> Bundle:
    """Return the bundle, unless it is too large to be the articles on one story."""
    texts = (*(article.text for article in bundle.articles), *(reference.text for reference in bundle.references))
    articles, text = len(bundle.articles), sum(map(len, texts))
    if articles > _MOST_ARTICLES or text > _MOST_TEXT:
        told = f"{name} has {articles:,} articles and {text:,} characters of text"
        raise InputError(f"{told}; a bundle has at most {_MOST_ARTICLES:,} and {_MOST_TEXT:,}", hint=_ONE_STORY)
    return bundle


def _problem(error: Any, data: dict[str, Any]) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    where = path + _whose(error["loc"], data)
    match error["type"]:
        case "missing":
            return f"{where} is missing{_nearest(error['loc'], data)}"
        case "value_error":
            reason = str(error["ctx"]["error"])
            advice = "write it as 2026-03-10 or 2026-03-10T09:35:00Z"
            if reason == "is empty":
                advice = "write the text, or take the entry out"
            elif "language" in reason:
                advice = "write it as en or pt-BR"
            return f"{where} {reason}; {advice}"
        case "string_type":
            return f"{where} is {_kind(error['input'])}; write a text in quotation marks"
        case "tuple_type":
            return f"{where} is {_kind(error['input'])}; write a list in square brackets"
        case "model_type" | "model_attributes_type":
            return f"{where} is {_kind(error['input'])}; write an object in curly braces"
        case _:
            return f"{where}: {one_line(error['msg'])}"


def _whose(loc: tuple[int | str, ...], data: dict[str, Any]) -> str:
    """Name the outlet or title beside an index, so that a person finds the entry."""
    try:
        entry = data[str(loc[0])][loc[1]] if len(loc) > 1 else {}
        label = one_line(str(entry.get("outlet") or entry.get("title") or ""))
    except (AttributeError, IndexError, KeyError, TypeError):
        return ""
    return f" ({label[:40]})" if label else ""


def _nearest(loc: tuple[int | str, ...], data: dict[str, Any]) -> str:
    entry: Any = data
    for part in loc[:-1]:
        entry = entry[part]
    known = {*Article.model_fields, *Reference.model_fields, *Bundle.model_fields}
    unknown = [key for key in entry if key not in known]
    return did_you_mean(str(loc[-1]), map(one_line, unknown))


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _no_duplicates(name: str) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in items:
            if key in seen:
                raise InputError(
                    f"{name} has the key “{one_line(key)[:40]}” twice in one object", hint="keep one of the two"
                )
            seen[key] = value
        return seen

    return pairs


def _no_constant(name: str) -> Callable[[str], Any]:
    def refuse(constant: str) -> Any:
        raise InputError(f"{name} holds {constant}, which is not JSON", hint="write null, or take the key out")

    return refuse


def _folder(folder: Path) -> Bundle:
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in _READERS and not p.name.startswith("."))
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror}", hint="check its permissions") from None
    whole = [p for p in files if p.name == "bundle.json"]
    if whole:
        return load_bundle(whole[0])
    if not files:
        raise InputError(
            f"{folder} holds no articles", hint="put one .json, .md, .txt or .html file per article into it"
        )
    # Each on its own, so that an error names the file and not its place in the folder.
    articles = tuple(build({"articles": [_READERS[p.suffix.lower()](p)]}, str(p)).articles[0] for p in files)
    return _of_one_story(Bundle(id=folder.resolve().name, articles=articles), str(folder))


def _json_article(path: Path) -> Any:
    return parse_json(read_text(path), str(path))


def _headed_article(path: Path) -> dict[str, str]:
    """Read an article whose header names its outlet; without one the file's name stands for it."""
    try:
        headed = split_header(read_text(path))
    except HeaderError as error:
        raise InputError(
            f"{path}, line {error.line}: {error}", hint="write outlet: …, title: …, published: …"
        ) from None
    return {"outlet": _outlet_of(path), **headed.fields, "text": headed.body.strip()}


def _page_article(path: Path) -> dict[str, str]:
    from briefer.page import read_page  # only a page needs the HTML parser

    return {"outlet": _outlet_of(path), **read_page(read_text(path))}


def _outlet_of(path: Path) -> str:
    return path.stem.replace("_", " ").replace("-", " ").strip()


_READERS: dict[str, Callable[[Path], Any]] = {
    ".json": _json_article,
    ".md": _headed_article,
    ".txt": _headed_article,
    ".html": _page_article,
    ".htm": _page_article,
}
