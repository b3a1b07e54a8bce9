"""The nearest name to a mistyped one; rapidfuzz is loaded only when something was mistyped."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean “…”?` with the nearest of `known`, or "" if none is near (WRatio below 60)."""
    from rapidfuzz import process

    match = process.extractOne(name, list(known), score_cutoff=60)
    return f"; did you mean “{match[0]}”?" if match else ""


def within_letters(word: str, known: Iterable[str], letters: int) -> str:
    """Return the word of `known` that differs least, by `letters` (Damerau-Levenshtein) at the most, or ""."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    # Sorted, since of two equally near words it must always be the same one: the message goes to a model.
    match = process.extractOne(word, sorted(known), scorer=DamerauLevenshtein.distance, score_cutoff=letters)
    return str(match[0]) if match else ""
