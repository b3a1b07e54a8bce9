"""Settings and where each came from: flags, then the environment, the project's file, the user's file, defaults."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from briefer.disk import connections
from briefer.errors import InputError
from briefer.languages import is_language
from briefer.models.endpoint import Endpoint
from briefer.models.tokens import REPLY_TOKENS
from briefer.suggest import did_you_mean

PROJECT_FILE = "briefer.toml"
PROJECT_PROMPTS = Path("prompts")
FAIL_ON = ("incomplete", "withheld", "never")
# A key belongs into the environment. A project's file is other people's text: with an address of its
# own it would be sent the key and the articles.
_NEVER_IN_A_FILE = {"api_key": "set BRIEFER_API_KEY or OPENAI_API_KEY instead"}
_NEVER_IN_A_PROJECT = {"base_url": "set BRIEFER_BASE_URL, use --base-url, or put it into your user config"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs to know; times in seconds.

    `model` is `auto` (a named model if one is configured, else `extract`), `extract`, or a model's name; `judge` is
    the name of the model that judges what was proved, None for no judge.
    """

    model: str = "auto"
    judge: str | None = None
    base_url: str = "https://api.openai.com/v1"
    api_key: str | None = field(default=None, repr=False)
    prompts: Path | None = None
    language: str | None = None
    deadline: float = 180.0
    attempts: int = 4
    max_wait: float = 60.0
    concurrency: int = 8
    reply_tokens: int | None = None
    window: int | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    temperature: float | None = None
    fail_on: str = "incomplete"
    runs: Path = Path()
    spill: Path | None = None

    @property
    def names_model(self) -> bool:
        """Whether a model is to be asked, by the name that `model` gives."""
        return self.model not in ("auto", "extract")

    @property
    def shown_url(self) -> str:
        """The base URL without a user name or password: what may be printed and written down."""
        return re.sub(r"(?<=//)[^/?#]*@", "", self.base_url)


_KINDS: dict[str, type] = {
    "deadline": float, "attempts": int, "max_wait": float, "concurrency": int, "reply_tokens": int, "window": int,
    "max_tokens": int, "max_cost": float, "temperature": float, "prompts": Path, "runs": Path, "spill": Path,
}  # fmt: skip
_LEAST = {
    "deadline": 0.1, "attempts": 1, "max_wait": 0, "concurrency": 1, "reply_tokens": 1, "window": 1, "temperature": 0,
    "max_tokens": 0, "max_cost": 0,
}  # fmt: skip
_NAMES = tuple(f.name for f in fields(Settings))


def endpoint_of(settings: Settings, files: int = 1) -> Endpoint:
    """Return where the models are and what one call may take; `files` are open for each call."""
    limited = settings.max_tokens is not None or settings.max_cost is not None
    return Endpoint(
        base_url=settings.base_url,
        api_key=settings.api_key,
        model=settings.model,
        deadline=settings.deadline,
        attempts=settings.attempts,
        max_wait=settings.max_wait,
        concurrency=max(1, connections(settings.concurrency * files) // files),
        # Under a limit no reply may take more than what is held for it.
        reply_tokens=settings.reply_tokens or (REPLY_TOKENS if limited else None),
        temperature=settings.temperature,
        window=settings.window,
    )


def resolve(
    flags: Mapping[str, Any], environment: Mapping[str, str], project: Path, user: Path
) -> tuple[Settings, dict[str, str]]:
    """Return the settings and, for each name, where its value came from: a file, a variable, an option, `default`.

    Raises InputError (exit 3) for a setting that is unknown, of the wrong kind, or not allowed where it stands.
    """
    layers: list[tuple[str, Mapping[str, Any]]] = [
        (str(user), _file(user, _NEVER_IN_A_FILE)),
        (str(project), _file(project, _NEVER_IN_A_FILE | _NEVER_IN_A_PROJECT)),
        *((variable, {name: value}) for variable, name, value in _environment(environment)),
        *((f"--{k.replace('_', '-')}", {k: v}) for k, v in flags.items() if v is not None),
    ]
    settings, origins = Settings(), dict.fromkeys(_NAMES, "default")
    for origin, values in layers:
        for name, value in values.items():
            settings = replace(settings, **{name: _typed(name, value, origin)})
            origins[name] = origin
    return settings, origins


def config_files() -> tuple[Path, Path]:
    """Return the project's file and the user's, whether they are there or not."""
    from platformdirs import user_config_path

    return Path(PROJECT_FILE), user_config_path("briefer") / "config.toml"


def from_here(flags: Mapping[str, Any]) -> tuple[Settings, dict[str, str]]:
    """Resolve against this process's environment, working folder and user config."""
    settings, origins = resolve(flags, os.environ, *config_files())
    if settings.prompts is None and PROJECT_PROMPTS.is_dir():
        from briefer.prompts import own_prompts  # only where there is such a folder

        if own_prompts(PROJECT_PROMPTS):
            settings = replace(settings, prompts=PROJECT_PROMPTS)
            origins["prompts"] = f"the folder {PROJECT_PROMPTS}/"
    return settings, origins


def own_key() -> str | None:
    """Return the key that this process's environment holds."""
    keys = [value for _, name, value in _environment(os.environ) if name == "api_key"]
    return keys[-1] if keys else None


def _environment(environment: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield variable, setting and value, the variables that matter more later."""
    named = [("OPENAI_API_KEY", "api_key"), ("OPENAI_BASE_URL", "base_url")]
    for variable, name in (*named, *((f"BRIEFER_{name.upper()}", name) for name in _NAMES)):
        value = environment.get(variable, "").strip()
        if value:
            yield variable, name, value


def _file(path: Path, refused: Mapping[str, str]) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="mend or remove it") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}", hint="mend it there") from None
    for name in values:
        if name in refused:
            raise InputError(f"{path} may not set {name}", hint=refused[name])
        if name not in _NAMES:
            raise InputError(
                f"{path} sets {name[:40]!r}, which is no setting{did_you_mean(name, _NAMES)}",
                hint="briefer config show lists them",
            )
    return values


def _typed(name: str, value: Any, origin: str) -> Any:
    kind = _KINDS.get(name, str)
    try:
        wrong = (kind is str and not isinstance(value, str)) or (kind is int and isinstance(value, float))
        if isinstance(value, bool) or wrong:
            raise ValueError
        typed = kind(value)
        if name in _LEAST and not _LEAST[name] <= typed < 1e9:
            raise ValueError
    except (TypeError, ValueError):
        what = {float: "a number", int: "a whole number"}.get(kind, "a text")
        raise InputError(
            f"{name} from {origin} is not {what} that fits: {str(value)[:40]!r}", hint=f"write {what}"
        ) from None
    if name == "judge" and typed in ("auto", "extract"):
        raise InputError(f"judge from {origin} is {typed!r}, which is no model", hint="name a model, or leave it out")
    if name == "language" and not is_language(typed):
        raise InputError(f"language from {origin} is {typed[:40]!r}", hint="write a code such as en or pt-BR")
    if name == "fail_on" and typed not in FAIL_ON:
        raise InputError(f"fail_on from {origin} is {typed[:40]!r}", hint=f"write one of {', '.join(FAIL_ON)}")
    return typed
