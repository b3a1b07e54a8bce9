"""What a past run's model was asked: the flow is gone through again, answered by the run's own replies.

A run folder holds replies and the digests of requests, not the requests: they are made again out of the bundle and
the prompts, and shown only where the digest is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

from briefer.bundle import Bundle, in_language
from briefer.calls import Completion, Request
from briefer.checking import check_source, read_source
from briefer.drafting import Desk
from briefer.errors import BrieferError, InputError
from briefer.flow import drafts
from briefer.history import Past
from briefer.journal import Journal
from briefer.judge import judge
from briefer.loading import load_bundle, read_text
from briefer.models.chat import completion_of
from briefer.prompts import Prompts, load_prompts
from briefer.text import one_line


@dataclass(frozen=True, slots=True)
class Recalled:
    """The requests of a run by their digest, and why some may be missing."""

    requests: Mapping[str, Request] = field(default_factory=dict)
    reason: str = ""


class _Recall:
    """A model that remembers what it is asked and answers with what the run holds."""

    def __init__(self, name: str, journal: Journal, requests: dict[str, Request], repeat: int = 0) -> None:
        self.name = name
        self._repeat = repeat
        self._journal = journal
        self._requests = requests

    async def reply(self, request: Request) -> Completion:
        key = request.digest(self.name)
        self._requests[key] = request
        held = completion_of(self._journal.attempts(key, self._repeat), plain=request.plain)
        return held or Completion("", failure="the run holds no reply to this")


def inputs(run: Past) -> tuple[Bundle, Prompts]:
    """Return the bundle and the prompts that a run was made from. Raises InputError if they are not there as then."""
    path, prompts_path = run.origin.get("bundle"), run.origin.get("prompts")
    if not isinstance(path, str):
        raise InputError("the run does not say from which file its bundle came")
    bundle = load_bundle(path)
    prompts = load_prompts(Path(prompts_path) if isinstance(prompts_path, str) else None)
    language = run.settings.get("language")
    bundle = in_language(bundle, language) if isinstance(language, str) else bundle
    if bundle.sha256 != run.manifest["bundle_sha256"]:
        raise InputError(f"the bundle {one_line(path)} has changed since")
    recorded = run.manifest["prompt_ids"]
    ids = recorded if isinstance(recorded, dict) else {}
    changed = [name for name, id_ in prompts.ids.items() if name != "_judge" and ids.get(name) != id_]
    if changed:
        raise InputError(f"prompts have changed since: {', '.join(changed)}")
    return bundle, prompts


async def recalled(run: Past) -> Recalled:
    """Return what can be made again of the requests of a run."""
    requests: dict[str, Request] = {}
    try:
        bundle, prompts = inputs(run)
        if run.origin.get("checked"):
            await _judged_again(run, bundle, prompts, requests)
        else:
            await _drafted_again(run, bundle, prompts, requests)
    except BrieferError as error:
        return Recalled(requests, error.cause)
    return Recalled(requests, "it was asked by another version of briefer, or about something else")


async def _drafted_again(run: Past, bundle: Bundle, prompts: Prompts, requests: dict[str, Request]) -> None:
    judges = {record.model for record in run.records if record.round == "judge"}
    for repeat, name in product({record.repeat for record in run.records}, (None, *sorted(judges))):
        desk = Desk(bundle, prompts, _Recall(run.model, run.journal, requests, repeat))
        if name:
            desk = replace(desk, judge=_Recall(name, run.journal, requests, repeat))
        async for _ in drafts(desk):
            pass


async def _judged_again(run: Past, bundle: Bundle, prompts: Prompts, requests: dict[str, Request]) -> None:
    path = str(run.origin["checked"])
    source = read_source(read_text(path), path, bundle.language)
    checked = check_source(source, bundle)
    await judge([c.verdict for c in checked], bundle, prompts, _Recall(run.model, run.journal, requests))
