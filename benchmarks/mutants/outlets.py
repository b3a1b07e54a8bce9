"""Another outlet: its name above the account, in the sentence, or over a sentence that cites nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefer.briefing import Claim

from .numbers import numbers_in, value, values_in
from .story import Story, free, put


def other_account(claim: Claim, story: Story) -> Iterator[Claim]:
    """The account of one outlet, with its cites, under another's name."""
    if claim.outlet:
        yield from (replace(claim, outlet=o, heading=o) for o in story.bundle.outlets if o != claim.outlet)


def other_named(claim: Claim, story: Story) -> Iterator[str]:
    """Another outlet's name in the sentence, where no cite is of that outlet."""
    cited = _cited(claim, story)
    for outlet in story.bundle.outlets:
        for at in free(re.compile(rf"(?<!\w){re.escape(outlet)}(?!\w)"), claim.text):
            for other in story.bundle.outlets:
                if other not in cited and other not in claim.text:
                    yield put(claim.text, at, other)


def uncited(claim: Claim, story: Story) -> Iterator[Claim]:
    """The sentence without cites under an outlet that lacks it, its words left to the search for evidence.

    It lacks it when a name of the sentence, or a number from ten on, stands nowhere in its articles in any form.
    """
    for other in story.bundle.outlets:
        text = "\n".join(f"{s.title}\n{s.text}" for s in story.bundle.articles_of(other))
        if other not in _cited(claim, story) and _lacks(text, claim.text, story):
            yield replace(claim, outlet=other, heading=None, section="statements", part="body", cites=())


def _lacks(text: str, said: str, story: Story) -> bool:
    low = text.lower()
    # The beginning will do: a country's name and its people's are no different claim.
    if any(word.lower()[:5] not in low for m in story.in_text(said) for word in m.group().split()):
        return True
    theirs = values_in(text)
    # 25 basis points are a quarter of a point.
    return any(v >= 10 and not {v, v / 100} & theirs for v in map(value, numbers_in(said)))


def _cited(claim: Claim, story: Story) -> set[str | None]:
    sources = story.bundle.sources
    return {sources[c.partition(".")[0]].outlet for c in claim.cites if c.partition(".")[0] in sources}
