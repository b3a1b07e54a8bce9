"""Which texts, and which single passages, nearly copy another: exact overlap of runs of words.

Near linear in the words given: pairs are looked for only among holders of the same runs.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nsmallest

from briefer.bundle import Bundle, Source
from briefer.text import Tokens

# Measured with 3, 4 and 5 words on eight front pages of 1916 (four of them print one agency's text), five
# invented bundles and 40 roundups of three outlets: with 4 words true pairs have a Jaccard of 0.20 to 0.48
# beside one of 0.13, independent pairs of one story 0.14 at most, through the quotations that they share.
SHINGLE = 4
ALIKE = 0.2
# Every pair within a group shares at least this much, or half of one text would make two others one.
_ALL_ALIKE = 0.1
# A trimmed copy: this share of the shorter text is in the longer one (independent pairs: 0.31 at most).
CONTAINED = 0.6
# A brief shares a sentence or two with a longer article without being a copy of it.
_CONTAINED_RUNS = 40
# Candidates come from this many runs of each text; their overlap is then counted exactly.
_SAMPLE = 256
# More holders of one run than this are copies of each other already, and would only cost time.
_HOLDERS = 32
_COMPARED = 8

# A passage counts as shared from eight words on; below that, two reporters write the same by chance.
_PASSAGE_WORDS = 8
_PASSAGE_RUN = 5
_PASSAGE_SHARE = 0.8

_TOKEN = Tokens(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """Return the words of `text` in lower case, cut at hyphens and apostrophes, for comparing runs of words."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles(words: Sequence[Hashable], size: int = SHINGLE) -> frozenset[int]:
    """Return the hashes of all runs of `size` words; a shorter text is one run."""
    if len(words) <= size:
        return frozenset((hash(tuple(words)),)) if words else frozenset()
    return frozenset(map(hash, zip(*(words[at:] for at in range(size)), strict=False)))


def likeness(a: frozenset[int], b: frozenset[int]) -> float:
    """Return Jaccard's share of the common shingles, or the contained share where one text is mostly in the other."""
    if not a or not b:
        return 0.0
    common, least = len(a & b), min(len(a), len(b))
    if common >= CONTAINED * least and least >= _CONTAINED_RUNS:
        return common / least
    return common / (len(a) + len(b) - common)


def near_copies(bundle: Bundle) -> dict[str, str]:
    """Return article id -> id of the earliest article whose text it nearly copies; originals are left out.

    Earliest by `published`; an article without one counts as published together with the one before it.
    """
    order: list[tuple[datetime, int, Source]] = []
    last = datetime.min.replace(tzinfo=UTC)
    for at, (article, source) in enumerate(zip(bundle.articles, bundle.numbered_articles, strict=True)):
        last = _instant(article.published) if article.published else last
        order.append((last, at, source))
    return copied({source.id: source.text for _, _, source in sorted(order, key=lambda o: o[:2])})


def _instant(published: str) -> datetime:
    at = datetime.fromisoformat(published.strip())
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def copied(texts: Mapping[str, str]) -> dict[str, str]:
    """Return key -> key of the first text of its group of near-copies; `texts` must be in order of publication.

    A text joins the group that it is most like on average, and only if it shares something with all
    of it: whoever copies half of one text and half of another does not make those two one source.
    """
    numbers: dict[str, int] = {}
    runs = {key: shingles([numbers.setdefault(w, len(numbers)) for w in tokens(text)]) for key, text in texts.items()}
    groups: dict[str, list[str]] = {key: [key] for key in texts}
    roots: dict[str, str] = {}
    for key, earlier in _candidates(runs).items():
        best = max({roots.get(k, k): None for k in earlier}, key=lambda r: _fit(runs, key, groups[r]))
        if _fit(runs, key, groups[best]):
            roots[key] = best
            groups[best].append(key)
    return roots


def _fit(runs: Mapping[str, frozenset[int]], key: str, group: Sequence[str]) -> float:
    alike = [likeness(runs[key], runs[member]) for member in group[:_COMPARED]]
    mean = sum(alike) / len(alike)
    return mean if mean >= ALIKE and min(alike) >= _ALL_ALIKE else 0.0


def _candidates(runs: Mapping[str, frozenset[int]]) -> dict[str, list[str]]:
    """Return, in order, key -> earlier keys that share enough of the shorter text's sample."""
    keys = list(runs)
    samples = [nsmallest(_SAMPLE, runs[key]) for key in keys]
    holders = _holders(runs, {run for sample in samples for run in sample})
    pairs: set[tuple[int, int]] = set()
    for at, sample in enumerate(samples):
        shared: Counter[int] = Counter()
        for run in sample:
            shared.update(holders[run])
        least = ALIKE * len(sample)
        pairs.update((max(at, o), min(at, o)) for o, n in shared.items() if o != at and n >= least)
    found: dict[str, list[str]] = {}
    for at, other in sorted(pairs):
        found.setdefault(keys[at], []).append(keys[other])
    return found


def _holders(runs: Mapping[str, frozenset[int]], wanted: set[int]) -> dict[int, list[int]]:
    holders: dict[int, list[int]] = {}
    for at, own in enumerate(runs.values()):
        for run in own & wanted:
            listed = holders.setdefault(run, [])
            if len(listed) < _HOLDERS:
                listed.append(at)
    return holders


@dataclass(frozen=True, slots=True)
class Passages:
    """Sentences by their text: one entry for all that are word for word the same, and links to nearly the same."""

    _text: Mapping[str, tuple[str, ...]]
    _ids: Mapping[tuple[str, ...], tuple[str, ...]]
    _nearly: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, sentences: Mapping[str, str]) -> Passages:
        """Index id -> sentence; what has fewer than eight words is left out."""
        texts: dict[str, tuple[str, ...]] = {}
        together: dict[tuple[str, ...], list[str]] = {}
        for sid, sentence in sentences.items():
            text = tuple(tokens(sentence))
            if len(text) >= _PASSAGE_WORDS:
                texts[sid] = text
                together.setdefault(text, []).append(sid)
        ids = {text: tuple(same) for text, same in together.items()}
        return cls(texts, ids, _nearly_same(list(ids)))

    def like(self, sentence: str) -> tuple[str, ...]:
        """Return the ids of the sentences that are the same text or nearly, the sentence itself included."""
        text = self._text.get(sentence)
        return tuple(i for t in (text, *self._nearly.get(text, ())) for i in self._ids[t]) if text else ()


def _nearly_same(texts: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return text -> texts that hold 0.8 of the runs of five words of the shorter of the two."""
    runs = [shingles(text, _PASSAGE_RUN) for text in texts]
    holders: dict[int, list[int]] = {}
    links: dict[int, set[int]] = {}
    for at, own in enumerate(runs):
        shared = Counter(other for run in own for other in holders.get(run, ()))
        for other, count in shared.items():
            if count >= _PASSAGE_SHARE * min(len(own), len(runs[other])):
                links.setdefault(at, set()).add(other)
                links.setdefault(other, set()).add(at)
        for run in own:
            listed = holders.setdefault(run, [])
            if len(listed) < _HOLDERS:
                listed.append(at)
    return {texts[at]: tuple(texts[other] for other in sorted(others)) for at, others in links.items()}
