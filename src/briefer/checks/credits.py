"""The names of outlets in a sentence: they credit it, and ground nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefer.text import fold


def without_outlets(text: str, outlets: Iterable[str]) -> str:
    """Return folded `text` with the names of `outlets` blanked: the whole name, or "the" and its last words.

    An outlet's name credits a sentence; it is no fact of the story and grounds none.
    """
    for outlet in sorted(outlets, key=len, reverse=True):
        bare = without_the(outlet).split()
        # Most texts name few outlets, and a pattern costs more than a look.
        for at in range(len(bare)) if bare and bare[-1] in text else ():
            # "Business Day" is enough of the Sarn Business Day, "the Day" is not too much.
            lead = r"(?<!\w)(?:[Tt]he )?" if at == 0 or len(bare) - at > 1 else r"(?<!\w)[Tt]he "
            text = _without(" ".join(bare[at:]), lead, text)
        # "BBC" is enough of BBC News.
        first = 1 if bare and bare[0].isupper() and len(bare[0]) > 1 else 2
        for at in reversed(range(first, len(bare))) if bare and bare[0] in text else ():
            text = _without(" ".join(bare[:at]), r"(?<!\w)(?:[Tt]he )?", text)
    return text


def _without(name: str, lead: str, text: str) -> str:
    if name not in text:
        return text
    return re.sub(rf"{lead}{re.escape(name)}(?:'s)?(?!\w)", lambda m: "▮" * len(m.group()), text)


def without_the(outlet: str) -> str:
    """Return an outlet's folded name without a leading "the"."""
    return re.sub(r"^[Tt]he\s+", "", fold(outlet))
