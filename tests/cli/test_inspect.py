"""The commands that only look: sentences, lint, schema, explain, config show, version, help."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from briefer.codes import CODES
from tests.cli.command import run, write
from tests.cli.desk import KEY, Model, bridge
from tests.fake import bridge_bundle
from tests.server import Loopback

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
BUNDLES = sorted(FIXTURES.glob("*/bundle.json"))
COMMANDS = ("summarize", "check", "sentences", "lint", "schema", "explain", "config", "config show", "doctor")


def test_sentences_are_numbered_and_their_offsets_are_the_text_s_own(tmp_path: Path) -> None:
    odd = "“It’s shut,” he\u00a0said. Cafés\u200b in Zürich 🚲 closed too.\n\nNothing else did."
    bundle = bridge_bundle().model_dump(exclude_none=True)
    bundle["articles"] = [*bundle["articles"], {"outlet": "Odd", "text": odd}]
    write(tmp_path / "b.json", bundle)
    rows = run("sentences", "b.json", "--format", "json", cwd=tmp_path).json_lines
    sources = {f"A{n}": a["text"] for n, a in enumerate(bundle["articles"], 1)} | {
        f"R{n}": r["text"] for n, r in enumerate(bundle["references"], 1)
    }
    for row in rows:
        assert list(row) == ["id", "article", "start", "end", "text"]
        assert sources[row["article"]][row["start"] : row["end"]].replace("\u200b", "") == row["text"]
    numbers: dict[str, list[str]] = {source: [] for source in sources}
    for row in rows:
        numbers[row["article"]].append(row["id"])
    assert numbers == {s: [f"{s}.{n}" for n in range(1, len(ids) + 1)] for s, ids in numbers.items()}
    text = run("sentences", "b.json", cwd=tmp_path)
    assert (text.code, text.err) == (0, "")
    assert text.out.startswith(
        "A1  Tarn Gazette: Tarn bridge shut after crack is found\n  A1.1  The Tarn bridge was closed"
    )
    assert all(f"  {row['id']}  " in text.out for row in rows)


def test_lint_says_nothing_of_a_good_bundle_and_names_what_is_wrong_with_another(tmp_path: Path) -> None:
    good = run("lint", str(FIXTURES / "dprk-russia" / "bundle.json"), cwd=tmp_path)
    assert (good.code, good.out, good.lines) == (0, "", ["5 articles, 5 outlets, 134 sentences; 0 remarks"])
    bad = run("lint", write(tmp_path / "b.json", {"outlet": "Wire", "text": "The bridge is shut."}), cwd=tmp_path)
    assert bad.code == 9
    assert [line.split("  ")[0] for line in bad.out.splitlines()] == ["B902", "B903", "R003"]
    assert bad.lines == ["1 article, 1 outlet, 1 sentence; 3 remarks"]
    assert run("lint", "b.json", "-q", cwd=tmp_path).err == ""


def test_the_schemas_accept_every_fixture_and_a_saved_briefing_and_refuse_what_is_wrong(tmp_path: Path) -> None:
    bundle, briefing = (run("schema", name, cwd=tmp_path).json for name in ("bundle", "briefing"))
    for path in BUNDLES:
        assert problems(json.loads(path.read_bytes()), bundle, bundle) == []
    for source in (BUNDLES[0], bridge(tmp_path)):
        saved = run("summarize", str(source), "--format", "json", cwd=tmp_path).json
        assert problems(saved, briefing, briefing) == []
    assert problems({"articles": [{"outlet": "A"}]}, bundle, bundle) == ["text is missing"]
    assert problems({"articles": []}, bundle, bundle) == ["[] is too short"]
    assert problems({**saved, "schema": "x", "more": 1}, briefing, briefing) == ["more is unknown", "'x' is another"]
    unknown = run("schema", "prompt", cwd=tmp_path)
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.lines == ["briefer: there is no schema 'prompt'", "  next: choose bundle or briefing"]


def test_every_code_is_explained_in_any_case(tmp_path: Path) -> None:
    listed = run("explain", "-", cwd=tmp_path)
    assert listed.out.splitlines() == [f"{key}  {entry.title}" for key, entry in CODES.items()]
    one = run("explain", "F301", cwd=tmp_path)
    assert (one.code, one.err) == (0, "")
    assert one.out.startswith(f"F301: {CODES['F301'].title}\n\nWhy   {CODES['F301'].why}\nMend  ")
    assert run("explain", "f301", cwd=tmp_path).out == one.out
    unknown = run("explain", "F999", cwd=tmp_path)
    assert (unknown.code, unknown.out) == (2, "")
    near = "  next: codes near it: F301, F302, F303, F304, F305"
    assert unknown.lines == ["briefer: there is no finding 'F999'", near]


def test_the_settings_are_shown_with_their_origin_and_without_the_key(tmp_path: Path, loopback: Loopback) -> None:
    env = {**Model(loopback).env, "BRIEFER_BASE_URL": "https://ann:secret@model.example/v1"}
    write(tmp_path / "briefer.toml", 'language = "de"\nconcurrency = 2')
    write(tmp_path / ".config" / "briefer" / "config.toml", 'language = "fr"\nreply_tokens = 9')
    env["XDG_CONFIG_HOME"] = str(tmp_path / ".config")
    shown = run("config", "show", "--origin", cwd=tmp_path, env=env)
    assert (shown.code, shown.err) == (0, "")
    found = {line.split()[0]: re.split(r"  +", line)[1:] for line in shown.out.splitlines()}
    assert found["api_key"] == ["set", "BRIEFER_API_KEY"]
    assert found["base_url"] == ["https://model.example/v1", "BRIEFER_BASE_URL"]
    assert found["language"] == ["de", "briefer.toml"]
    assert found["reply_tokens"] == ["9", str(tmp_path / ".config" / "briefer" / "config.toml")]
    assert found["deadline"] == ["180.0", "default"]
    assert found["judge"] == ["not set", "default"]
    origins = [line.rindex(re.split(r"  +", line)[-1]) for line in shown.out.splitlines()]
    assert len(set(origins)) == 1  # aligned
    assert (KEY in shown.out, "secret" in shown.out) == (False, False)
    assert "default" not in run("config", "show", cwd=tmp_path, env=env).out


def test_version_and_help_go_to_stdout(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).out == f"briefer {version('briefer')}\n"
    overview = run("--help", cwd=tmp_path)
    assert (overview.code, overview.err) == (0, "")
    for command in COMMANDS:
        page = run(*command.split(), "--help", cwd=tmp_path)
        assert (page.code, page.err) == (0, "")
        assert page.out.startswith(f"Usage: python -m briefer {command} ")
        assert f"  {command.split()[0]}" in overview.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["sumarize"], "No such command 'sumarize'."),
        (["lint", "--nope"], "No such option: --nope"),
        (["lint"], "BUNDLE"),
    ],
)
def test_a_command_that_does_not_exist_is_a_usage_error(tmp_path: Path, args: list[str], said: str) -> None:
    outcome = run(*args, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.lines[-1]


def problems(value: Any, schema: Any, root: Any) -> list[str]:
    """What a JSON Schema says is wrong with a value, for the keywords that briefer's own schemas use."""
    found: list[str] = []
    for keyword, wanted in schema.items():
        found += _KEYWORDS[keyword](value, wanted, schema, root)
    return found


def _one_of(value: Any, options: Any, _: Any, root: Any) -> list[str]:
    return [] if any(not problems(value, option, root) for option in options) else [f"{value!r} fits none"]


def _properties(value: Any, wanted: Any, schema: Any, root: Any) -> list[str]:
    if not isinstance(value, dict):
        return []
    unknown = [k for k in value if k not in wanted] if schema.get("additionalProperties") is False else []
    inside = [p for k, inner in wanted.items() if k in value for p in problems(value[k], inner, root)]
    return [*(f"{key} is unknown" for key in unknown), *inside]


def _additional(value: Any, wanted: Any, schema: Any, root: Any) -> list[str]:
    if isinstance(wanted, bool) or not isinstance(value, dict):
        return []
    return [p for k, v in value.items() if k not in schema.get("properties", {}) for p in problems(v, wanted, root)]


_TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    "null": type(None),
}  # fmt: skip
_KEYWORDS: dict[str, Any] = {
    "anyOf": _one_of,
    "properties": _properties,
    "additionalProperties": _additional,
    "$ref": lambda v, path, _, root: problems(v, root["$defs"][path.rpartition("/")[2]], root),
    "type": lambda v, name, *_: [] if isinstance(v, _TYPES[name]) else [f"{v!r} is not of type {name}"],
    "required": lambda v, names, *_: [f"{name} is missing" for name in names if name not in v],
    "items": lambda v, item, _, root: [p for each in v for p in problems(each, item, root)],
    "minItems": lambda v, least, *_: [] if len(v) >= least else [f"{v!r} is too short"],
    "const": lambda v, only, *_: [] if v == only else [f"{v!r} is another"],
    "enum": lambda v, names, *_: [] if v in names else [f"{v!r} is another"],
    **dict.fromkeys(("$defs", "title", "description", "default"), lambda *_: []),
}
