"""Settings: which layer wins, where each value came from, and what may stand where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.errors import InputError
from briefer.settings import FAIL_ON, Settings, from_here, resolve

LISTED = "briefer config show lists them"
SECRET = "sk-oskby-0123456789"


class Layers:
    """The layers of one machine: two files in `folder`, and what `get` is called with."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "briefer.toml"
        self.user = folder / "config.toml"

    def get(
        self, flags: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None
    ) -> tuple[Settings, dict[str, str]]:
        return resolve(flags or {}, environment or {}, self.project, self.user)

    def refused(self, **layers: Any) -> tuple[str, str]:
        with pytest.raises(InputError) as caught:
            self.get(**layers)
        assert caught.value.exit_code == 3
        return caught.value.cause, caught.value.hint


@pytest.fixture
def layers(tmp_path: Path) -> Layers:
    return Layers(tmp_path)


def test_without_anything_all_values_are_defaults(layers: Layers) -> None:
    settings, origins = layers.get()
    assert settings == Settings()
    assert origins == {f.name: "default" for f in fields(Settings)}


def test_flag_over_environment_over_project_over_user_over_default(layers: Layers) -> None:
    layers.user.write_text('model = "user"\nlanguage = "de"\ndeadline = 20\nattempts = 2')
    layers.project.write_text('model = "project"\nlanguage = "fr"\ndeadline = 30')
    environment = {"BRIEFER_MODEL": "environment", "BRIEFER_LANGUAGE": "es"}
    settings, origins = layers.get({"model": "flag"}, environment)
    assert (settings.model, settings.language, settings.deadline, settings.attempts) == ("flag", "es", 30.0, 2)
    assert settings.concurrency == Settings().concurrency
    assert {name: origins[name] for name in ("model", "language", "deadline", "attempts", "concurrency")} == {
        "model": "--model",
        "language": "BRIEFER_LANGUAGE",
        "deadline": str(layers.project),
        "attempts": str(layers.user),
        "concurrency": "default",
    }


def test_a_flag_that_was_not_given_does_not_count(layers: Layers) -> None:
    settings, origins = layers.get({"model": None, "reply_tokens": None}, {"BRIEFER_MODEL": "environment"})
    assert (settings.model, origins["model"], settings.reply_tokens) == ("environment", "BRIEFER_MODEL", None)


@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
def test_an_empty_variable_does_not_count(layers: Layers, empty: str) -> None:
    names = ("BRIEFER_MODEL", "BRIEFER_API_KEY", "BRIEFER_DEADLINE", "OPENAI_API_KEY", "OPENAI_BASE_URL")
    assert layers.get(environment=dict.fromkeys(names, empty))[0] == Settings()


def test_an_empty_variable_of_ours_leaves_room_for_theirs(layers: Layers) -> None:
    settings, _ = layers.get(environment={"BRIEFER_API_KEY": " ", "OPENAI_API_KEY": SECRET})
    assert settings.api_key == SECRET


@pytest.mark.parametrize("name", ["api_key", "base_url"])
def test_openai_variables_count_below_ours(layers: Layers, name: str) -> None:
    theirs, ours = f"OPENAI_{name.upper()}", f"BRIEFER_{name.upper()}"
    assert getattr(layers.get(environment={theirs: "http://a"})[0], name) == "http://a"
    assert getattr(layers.get(environment={theirs: "http://a", ours: "http://b"})[0], name) == "http://b"


def test_openai_variables_count_above_the_user_config(layers: Layers) -> None:
    layers.user.write_text('base_url = "http://user"')
    assert layers.get(environment={"OPENAI_BASE_URL": "http://theirs"})[0].base_url == "http://theirs"


def test_other_openai_variables_and_unknown_ones_of_ours_are_ignored(layers: Layers) -> None:
    environment = {"OPENAI_MODEL": "x", "OPENAI_DEADLINE": "1", "BRIEFER_UNKNOWN": "x", "MODEL": "x"}
    assert layers.get(environment=environment)[0] == Settings()


def test_white_space_around_a_variable_goes(layers: Layers) -> None:
    assert layers.get(environment={"OPENAI_API_KEY": f" {SECRET}\n"})[0].api_key == SECRET


def test_values_have_their_types(layers: Layers) -> None:
    layers.project.write_text('prompts = "desk"\nruns = "out"\ntemperature = 0\nmax_wait = 1\nreply_tokens = 9')
    environment = {"BRIEFER_DEADLINE": "12.5", "BRIEFER_ATTEMPTS": "3"}
    settings, _ = layers.get(environment=environment)
    assert (settings.prompts, settings.runs, settings.temperature) == (Path("desk"), Path("out"), 0.0)
    assert (settings.deadline, settings.attempts, settings.reply_tokens) == (12.5, 3, 9)
    assert isinstance(settings.temperature, float)


WRONG: dict[str, tuple[str, str, str]] = {
    "a word for a number": ('deadline = "soon"', "deadline from {} is not a number that fits: 'soon'", "a number"),
    "a list for a number": ("deadline = [1]", "deadline from {} is not a number that fits: '[1]'", "a number"),
    "nan": ("deadline = nan", "deadline from {} is not a number that fits: 'nan'", "a number"),
    "infinity": ("max_wait = inf", "max_wait from {} is not a number that fits: 'inf'", "a number"),
    "too small": ("deadline = 0", "deadline from {} is not a number that fits: '0'", "a number"),
    "negative": ("temperature = -0.1", "temperature from {} is not a number that fits: '-0.1'", "a number"),
    "half an attempt": (
        "attempts = 2.5",
        "attempts from {} is not a whole number that fits: '2.5'",
        "a whole number",
    ),
    "no attempt": ("attempts = 0", "attempts from {} is not a whole number that fits: '0'", "a whole number"),
    "true for a number": (
        "concurrency = true",
        "concurrency from {} is not a whole number that fits: 'True'",
        "a whole number",
    ),
    "a number for a text": ("model = 7", "model from {} is not a text that fits: '7'", "a text"),
    "true for a text": ("language = true", "language from {} is not a text that fits: 'True'", "a text"),
    "a number for a folder": ("prompts = 7", "prompts from {} is not a text that fits: '7'", "a text"),
    "a table for a text": ("[model]\na = 1", "model from {} is not a text that fits: \"{{'a': 1}}\"", "a text"),
}


@pytest.mark.parametrize(("line", "cause", "kind"), WRONG.values(), ids=WRONG)
def test_a_value_of_the_wrong_kind_is_named_with_its_file(layers: Layers, line: str, cause: str, kind: str) -> None:
    layers.project.write_text(line)
    assert layers.refused() == (cause.format(layers.project), f"write {kind}")


def test_a_wrong_value_is_named_with_its_layer(layers: Layers) -> None:
    assert layers.refused(environment={"BRIEFER_ATTEMPTS": "2.5"}) == (
        "attempts from BRIEFER_ATTEMPTS is not a whole number that fits: '2.5'",
        "write a whole number",
    )
    assert layers.refused(flags={"fail_on": "always"}) == (
        "fail_on from --fail-on is 'always'",
        f"write one of {', '.join(FAIL_ON)}",
    )


@pytest.mark.parametrize("value", FAIL_ON)
def test_every_way_to_fail_is_accepted(layers: Layers, value: str) -> None:
    assert layers.get({"fail_on": value})[0].fail_on == value


@pytest.mark.parametrize("which", ["project", "user"])
def test_a_key_is_refused_in_every_file_and_never_shown(layers: Layers, which: str) -> None:
    path: Path = getattr(layers, which)
    path.write_text(f'api_key = "{SECRET}"')
    assert layers.refused(environment={"BRIEFER_API_KEY": "other"}) == (
        f"{path} may not set api_key",
        "set BRIEFER_API_KEY or OPENAI_API_KEY instead",
    )


def test_an_address_is_refused_in_the_projects_file_and_taken_from_the_users(layers: Layers) -> None:
    layers.user.write_text('base_url = "http://localhost:1"')
    assert layers.get()[0].base_url == "http://localhost:1"
    layers.project.write_text('base_url = "http://elsewhere"')
    assert layers.refused(flags={"base_url": "http://flag"}) == (
        f"{layers.project} may not set base_url",
        "set BRIEFER_BASE_URL, use --base-url, or put it into your user config",
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('langauge = "de"', "sets 'langauge', which is no setting; did you mean “language”?"),
        ("dead_line = 3", "sets 'dead_line', which is no setting; did you mean “deadline”?"),
        ("zzz = 3", "sets 'zzz', which is no setting"),
        ("[briefer]\nmodel = 'x'", "sets 'briefer', which is no setting"),
        ('"\\u001b[31m" = 3', "sets '\\x1b[31m', which is no setting"),
    ],
)
def test_an_unknown_setting_is_named_with_the_nearest_one(layers: Layers, line: str, said: str) -> None:
    layers.project.write_text(line)
    assert layers.refused() == (f"{layers.project} {said}", LISTED)


def test_a_file_that_is_no_toml_is_named_with_the_place(layers: Layers) -> None:
    layers.project.write_text('model = "x"\nlanguage = \n')
    cause, hint = layers.refused()
    assert cause.startswith(f"{layers.project} is not valid TOML: ")
    assert "line 2" in cause
    assert hint == "mend it there"


def test_a_file_that_cannot_be_read_is_named(layers: Layers) -> None:
    layers.project.write_bytes(b'model = "\xe9"')
    cause, hint = layers.refused()
    assert cause.startswith(f"{layers.project} cannot be read: ")
    assert hint == "mend or remove it"
    layers.project.unlink()
    layers.project.mkdir()
    assert layers.refused()[0].startswith(f"{layers.project} cannot be read: ")


def test_a_byte_order_mark_is_fine(layers: Layers) -> None:
    layers.project.write_text('\ufeffmodel = "x"\r\nlanguage = "de"\r\n', encoding="utf-8")
    assert layers.get()[0].model == "x"


def test_a_path_through_a_file_counts_as_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert resolve({}, {}, tmp_path / "none.toml", tmp_path / "file" / "config.toml")[0] == Settings()


@given(st.from_regex(re.compile(r"[\x21-\x7e]{8,60}"), fullmatch=True))
def test_a_key_never_shows_in_a_repr(key: str) -> None:
    settings, origins = resolve({}, {"BRIEFER_API_KEY": key}, Path("/none/a"), Path("/none/b"))
    assert settings.api_key == key
    assert repr(settings) == repr(Settings())
    assert str(settings) == str(Settings())
    assert origins["api_key"] == "BRIEFER_API_KEY"


def test_settings_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Settings().model = "x"  # type: ignore[misc]


def test_this_process_is_read_with_its_folder_and_user_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config" / "briefer"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('model = "user"\nlanguage = "de"')
    (tmp_path / "briefer.toml").write_text('model = "project"')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    settings, origins = from_here({"deadline": 5})
    assert (settings.model, settings.language, settings.api_key, settings.deadline) == ("project", "de", SECRET, 5.0)
    assert (origins["model"], origins["api_key"], origins["deadline"]) == (
        "briefer.toml",
        "OPENAI_API_KEY",
        "--deadline",
    )
