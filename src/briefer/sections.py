"""The six sections, in the order in which they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from briefer.replies import BehindTheHeadline, GoDeeper, HowWeGotHere, PapersSay, Reply, Topics, WhatsHappened


class Scope(Enum):
    """What a section's model call sees."""

    BUNDLE = "all articles"
    OUTLET = "one outlet's articles, one call for each outlet"
    BACKGROUND = "all articles and the desk's references"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: `key` names its prompt file and its place in the briefing."""

    key: str
    title: str
    scope: Scope
    reply: type[Reply]


SECTIONS = (
    Section("whats_happened", "What's happened", Scope.BUNDLE, WhatsHappened),
    Section("behind_the_headline", "What's behind the headline?", Scope.BUNDLE, BehindTheHeadline),
    Section("papers_say", "What the papers say", Scope.OUTLET, PapersSay),
    Section("how_we_got_here", "How we got here", Scope.BACKGROUND, HowWeGotHere),
    Section("go_deeper", "Go deeper", Scope.BACKGROUND, GoDeeper),
    Section("topics", "More on these topics", Scope.BACKGROUND, Topics),
)

BY_KEY = {section.key: section for section in SECTIONS}
