"""The exact messages that a model would see for one prompt and one bundle, and where their tokens go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefer.bundle import Bundle
from briefer.calls import Message
from briefer.errors import UsageError
from briefer.fitting import Window
from briefer.forecast import Call, Names, forecast
from briefer.models.tokens import size_of
from briefer.prompts import Prompts
from briefer.sections import BY_KEY, Scope
from briefer.suggest import did_you_mean
from briefer.text import inert

# The lines between which requests.py sets what is not the desk's own words.
_FENCE = re.compile(r"^=== (?:END )?(?:(ARTICLES|REFERENCES|ACCOUNTS) )?[0-9a-f]{16} ===$")
_HEAD = re.compile(r"^(?:Article|Reference) ([AR]\d+), ")
_ACCOUNT = re.compile(r"^Account of (.*):$")
# Which message a prompt that is part of every call makes.
_PLACES = {"_system": 0, "_articles": 1}


@dataclass(frozen=True, slots=True)
class Share:
    """What one part of a call takes, in bytes; of an outlet's articles also how many sentences of how many are sent."""

    name: str
    size: int
    sent: int = 0
    sentences: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One call: `messages` are those that the prompt has a part in, byte for byte as they are sent."""

    call: Call
    messages: tuple[Message, ...]
    shares: tuple[Share, ...]


async def messages_of(
    key: str, bundle: Bundle, prompts: Prompts, names: Names, outlet: str | None, window: Window | None = None
) -> list[Shown]:
    """Return the calls of a section's prompt, of the closing words, or of a prompt that stands in every call.

    The closing words are asked for with the articles' own sentences in place of accounts. Raises UsageError for a
    prompt whose call depends on a model's reply, and for an outlet that the bundle does not have; InputError where
    nothing of the articles fits `window`.
    """
    if key in ("_repair", "_judge"):
        raise UsageError(
            f"{key} goes out with a model's own sentences, so there is nothing to show before a call",
            hint="render the section whose sentences it is about",
        )
    section = BY_KEY.get("papers_say" if key == "_closing" else key, BY_KEY["whats_happened"])
    _refuse_outlet(key, bundle, outlet)
    calls = (await forecast(bundle, prompts, names, [section], window)).calls
    wanted = [c for c in calls if (c.request.round == "closing") is (key == "_closing")]
    chosen = [c for c in wanted if outlet is None or c.request.outlet == outlet]
    if not chosen:
        raise UsageError(
            "closing words are asked for where a bundle has two outlets or more", hint="render papers_say instead"
        )
    return [_shown(call, key, bundle) for call in chosen]


def _refuse_outlet(key: str, bundle: Bundle, outlet: str | None) -> None:
    if outlet is None:
        return
    if key not in BY_KEY or BY_KEY[key].scope is not Scope.OUTLET:
        raise UsageError(f"{key} has no call for each outlet", hint="leave --outlet out, or render papers_say")
    if outlet not in bundle.outlets:
        raise UsageError(
            f"the bundle has no outlet {outlet!r}{did_you_mean(outlet, bundle.outlets)}",
            hint=f"its outlets are {', '.join(bundle.outlets)}",
        )


def _shown(call: Call, key: str, bundle: Bundle) -> Shown:
    messages = tuple(call.request.messages)
    place = _PLACES.get(key)
    part = messages if place is None else messages[place : place + 1]
    return Shown(call, part, tuple(_shares(call, key, bundle)))


def _shares(call: Call, key: str, bundle: Bundle) -> Iterator[Share]:
    """Yield where the bytes of a call go: the desk's own words, each outlet's articles, the references, the schema."""
    names = {s.id: inert(s.outlet) if s.outlet else "references" for s in bundle.sources.values()}
    sizes: dict[str, int] = {}
    sent: set[str] = set()
    own: list[int] = []
    for message in call.request.messages:
        own.append(0)
        for line, source in _lines(message["content"]):
            size = len(line.encode("utf-8", "replace"))
            name = names.get(source, source)
            if name:
                sizes[name] = sizes.get(name, 0) + size
                sent |= set(re.findall(r"^\[([AR]\d+\.\d+)\]", line))
            else:
                own[-1] += size
        own[-1] -= 1  # the last line of a message has no line end
    parts = list(zip(_parts_of(key, len(own)), own, strict=True))
    yield Share(*parts[0])
    for name, size in sizes.items():
        of_it = (source for source in bundle.sources.values() if names[source.id] == name)
        given = [s.id for source in of_it for s in source.sentences] if call.request.round == "draft" else []
        left = tuple(i for i in given if i not in sent)
        yield Share(name, size, len(given) - len(left), len(given), left)
    yield from (Share(*each) for each in parts[1:])
    yield Share("form of the reply", size_of((), call.request.schema))


def _parts_of(key: str, messages: int) -> tuple[str, ...]:
    """Return which prompt each message is made of."""
    task = "whats_happened" if key in _PLACES else key
    return ("_system", "_articles", task) if messages == 3 else ("_system", task)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield each line with its end, and the article, reference or account it is of; "" for the desk's own words."""
    fenced, source = False, ""
    for line in text.split("\n"):
        fence = _FENCE.match(line)
        if fence:
            fenced, source = bool(fence[1]), ""
        elif fenced:
            head = _HEAD.match(line) or _ACCOUNT.match(line)
            source = head[1] if head else source
        yield f"{line}\n", source


def as_json(shown: Sequence[Shown]) -> list[Mapping[str, object]]:
    """Return the calls as they are printed for tools."""
    return [
        {
            "section": each.call.request.section,
            "outlet": each.call.request.outlet,
            "round": each.call.request.round,
            "messages": list(each.messages),
            "schema": each.call.request.schema,
            "digest": each.call.request.digest(each.call.model),
            "bytes": {share.name: share.size for share in each.shares},
            "left_out": [name for share in each.shares for name in share.left_out],
        }
        for each in shown
    ]
