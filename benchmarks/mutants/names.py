"""Another name: one letter changed, another party of the story, or another given name."""

from __future__ import annotations

from collections.abc import Iterator

from briefer.briefing import Claim

from .story import Story, put

_CYCLES = ("aeiou", "bcdfghjklmnpqrstvwxz")


def one_letter(claim: Claim, story: Story) -> Iterator[str]:
    """One inner letter of a name is its next in line, where that makes no word of the story."""
    for at in story.in_text(claim.text):
        for word in at.group().split():
            for changed in _misspelt(word) if len(word) >= 5 else ():
                if changed.lower() not in story.vocabulary:
                    yield put(claim.text, at, at.group().replace(word, changed))


def of_the_articles(claim: Claim, story: Story) -> Iterator[str]:
    """Another name of the cited articles."""
    articles = story.articles(claim)
    return _replaced(claim, story, [n for n in story.names if n in articles])


def of_the_bundle(claim: Claim, story: Story) -> Iterator[str]:
    """Another name of the story, out of articles that are not cited."""
    articles = story.articles(claim)
    return _replaced(claim, story, [n for n in story.names if n not in articles])


def given_name(claim: Claim, story: Story) -> Iterator[str]:
    """Another person's given name before a family name."""
    for at in story.in_text(claim.text):
        first, _, last = at.group().partition(" ")
        if story.given.get(first) == last:
            for other in story.given:
                if other not in claim.text and other[:4] != first[:4]:
                    yield put(claim.text, at, f"{other} {last}")


def _replaced(claim: Claim, story: Story, names: list[str]) -> Iterator[str]:
    """A person in the place of a person, anything else in the place of anything else, as many words as before."""
    for at in story.in_text(claim.text):
        old = at.group()
        for new in names:
            if new.count(" ") != old.count(" ") or _is_person(new, story) != _is_person(old, story):
                continue
            if not story.kin(old, new) and new not in claim.text:
                yield put(claim.text, at, new)


def _is_person(name: str, story: Story) -> bool:
    return bool(set(name.split()) & story.people)


def _misspelt(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 1):
        for cycle in _CYCLES:
            if word[at] in cycle:
                letter = cycle[(cycle.index(word[at]) + 1) % len(cycle)]
                yield f"{word[:at]}{letter}{word[at + 1 :]}"
