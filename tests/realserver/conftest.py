"""Fixtures for the tests against a server that is not ours."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.realserver.server import BUILT, LlamaServer

STORY = Path(__file__).parents[2] / "fixtures" / "ferry-grounding" / "bundle.json"
Starter = Callable[..., LlamaServer]


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    if not (BUILT / "llama-server").exists():
        pytest.exit("there is no llama-server: make test-realserver builds it", 1)


@pytest.fixture
def llama() -> Iterator[Starter]:
    """Makes servers with the options of `LlamaServer`; all of them end with the test."""
    made: list[LlamaServer] = []

    def make(**options: int) -> LlamaServer:
        made.append(LlamaServer(**options))
        return made[-1]

    yield make
    for server in made:
        server.kill()


@pytest.fixture
def story(tmp_path: Path) -> str:
    """The name of a bundle of five invented outlets in the test's folder."""
    shutil.copy(STORY, tmp_path)
    return STORY.name
