"""The drafter without a model: the same six sections out of the articles' own sentences.

It is the default where no model is configured, the floor when a model fails, and the baseline
that a prompt has to beat. It writes no word of its own but the questions of Go deeper.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from briefer.briefing import Claim
from briefer.bundle import Bundle, Sentence, Source
from briefer.calls import Completion, Request
from briefer.checks import prove
from briefer.dates import mentions
from briefer.models.cues import CUES
from briefer.stems import stems
from briefer.text import find_exact, fold, words

_PROSE = re.compile(r"[.!?…][\"'”’»)]*$")
# A sentence that leans on the one before it says little on its own.
_LEANS = re.compile(
    r"^(?:[\"“«„‘']|(?:he|she|it|they|his|her|their|its|but|and|that|this|these|those|so|then|both|also|er|sie|es|aber|und"
    r"|il|elle|ils|mais|et|ce|cela|él|ella|pero|y|eso|ms|mr|mrs)\b)",
    re.IGNORECASE,
)
_LEANS_LATER = re.compile(r"^(?:\S+ ){1,4}(?:he|she|it|they)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our)\b")
_QUOTED = re.compile(r"\"[^\"]*\"")
_NAME = re.compile(r"(?<=[\w,;] )(?:[^\W\d_a-z][\w'’-]+)(?: (?:[^\W\d_a-z][\w'’-]+))*")


class Extract:
    """Drafts for one bundle; every statement is a sentence of an article or a reference."""

    name = "extract"

    def __init__(self, bundle: Bundle) -> None:
        """Rank the bundle's sentences once."""
        self._bundle = bundle
        self._articles = bundle.numbered_articles
        self._cues = CUES.get(bundle.language[:2].lower(), CUES["en"])
        shared: Counter[str] = Counter()
        for source in self._articles:
            shared.update({w for s in source.sentences for w in stems(s.text, source.language)})
        self._shared = shared

    async def reply(self, request: Request) -> Completion:
        """Answer with sentences of the articles; a section it does not know, and a re-ask, get an empty reply."""
        drafted: dict[str, Any] = {}
        if request.round == "draft":
            drafter = self._drafters.get(request.section)
            drafted = drafter(self, request.outlet) if drafter else {}
        empty = {"call": request.call, "headline": {"text": "", "cites": []}, "blocks": [], "open_questions": []}
        return Completion(json.dumps(empty | drafted, ensure_ascii=False))

    def account(self, outlet: str | None) -> dict[str, Any]:
        """Return an outlet's lead sentence and the two that tell most of what it has alone."""
        sources = [s for s in self._articles if s.outlet == outlet]
        leads = [next(iter(self._prose(s.sentences)), None) or s.sentences[0] for s in sources if s.sentences]
        chosen = list(leads[:2])
        others = sorted(self._prose(x for s in sources for x in s.sentences), key=self._own_weight, reverse=True)
        for sentence in others:
            if len(chosen) < 3 and not self._repeats(sentence, chosen):
                chosen.append(sentence)
        return {"blocks": [_block(sorted(chosen, key=lambda s: (s.source, s.start)))]}

    def _whats_happened(self, _outlet: str | None) -> dict[str, Any]:
        ranked = sorted(self._home(self._articles), key=self._weight, reverse=True)
        return {"headline": self._headline(), "blocks": [_block(self._diverse(ranked, 3))]}

    def _headline(self) -> dict[str, Any]:
        """Return the article's own headline that its first sentences prove best, if one does."""
        best = sorted(self._articles, key=lambda s: -sum(self._shared[w] for w in set(stems(s.title, s.language))))
        for source in best:
            cites = tuple(s.id for s in source.sentences[:3])
            claim = Claim("whats_happened", source.title, cites, part="headline")
            if source.title and prove([claim], self._bundle)[0].proved:
                return {"text": source.title, "cites": list(cites)}
        return {"text": "", "cites": []}

    def _behind_the_headline(self, _outlet: str | None) -> dict[str, Any]:
        return {"blocks": [_block(self._cued(self._cues.analysis, 3))]}

    def _how_we_got_here(self, _outlet: str | None) -> dict[str, Any]:
        background = self._cued(self._cues.background, 3)
        events: dict[str, Sentence] = {}
        for source in self._articles:
            for sentence in self._prose(source.sentences):
                day = _only_day(sentence, source)
                if day and sentence not in background:
                    events.setdefault(day, sentence)
        timeline = [_block([s], date=day) for day, s in sorted(events.items())[:8]]
        return {"blocks": [_block(background), *timeline]}

    def _go_deeper(self, _outlet: str | None) -> dict[str, Any]:
        blocks, open_questions = [], []
        used: list[Sentence] = []
        for question, cue in self._cues.questions:
            found = [s for s in self._cued(cue, 2) if s not in used][:2]
            used += found
            if found:
                blocks.append(_block(found, heading=question))
            else:
                open_questions.append(question)
        return {"blocks": blocks[:3], "open_questions": open_questions}

    def _topics(self, _outlet: str | None) -> dict[str, Any]:
        references = [s for s in self._bundle.numbered_references if s.sentences]
        blocks = []
        used: list[Sentence] = []
        for reference in references:
            seen = self._mention(reference.title, used)
            blocks.append(_block([reference.sentences[0], *seen], heading=reference.title))
        known = " ".join(fold(r.title) for r in references)
        for name in self._names():
            seen = self._mention(name, used)
            if seen and len(blocks) < max(6, len(references)) and not any(w in known for w in fold(name).split()):
                blocks.append(_block(seen, heading=name))
        return {"blocks": blocks[:12]}

    def _names(self) -> list[str]:
        """Names that stand in several articles, or several times in the only one, the commonest first."""
        spread: Counter[str] = Counter()
        for source in self._articles:
            found = Counter(m.group() for s in source.sentences for m in _NAME.finditer(fold(s.text)))
            spread.update(found.keys() if len(self._articles) > 1 else found.elements())
        outlets = {fold(o) for o in self._bundle.outlets}
        return [n for n, count in spread.most_common(40) if count > 1 and n not in outlets and " " in n]

    def _mention(self, name: str, used: list[Sentence]) -> list[Sentence]:
        """Return the sentence that tells most of a name, one that begins with it first; none is taken twice."""
        holding = [s for s in self._home(self._articles) if find_exact(fold(name), fold(s.text)) >= 0 and s not in used]
        ranked = sorted(holding, key=lambda s: (fold(s.text).find(fold(name)) > 40, -self._weight(s)))
        used += ranked[:1]
        return ranked[:1]

    def _cued(self, cue: re.Pattern[str], most: int) -> list[Sentence]:
        found = [s for s in self._home(self._articles) if cue.search(s.text)]
        return self._diverse(sorted(found, key=self._weight, reverse=True), most)

    def _home(self, sources: Iterable[Source]) -> list[Sentence]:
        """Sentences in the briefing's language; all of them where no article is in it."""
        mine = [s for s in sources if s.language[:2] == self._bundle.language[:2]]
        return self._prose(x for s in (mine or self._articles) for x in s.sentences)

    def _prose(self, sentences: Iterable[Sentence]) -> list[Sentence]:
        return [s for s in sentences if _PROSE.search(s.text) and 6 <= len(words(s.text)) <= 60 and not _leans(s.text)]

    def _diverse(self, ranked: Sequence[Sentence], most: int) -> list[Sentence]:
        """Take the first ones that do not repeat each other, one of each article before a second of any."""
        chosen: list[Sentence] = []
        for again in (False, True):
            for sentence in ranked:
                fresh = again or sentence.source not in {c.source for c in chosen}
                if len(chosen) < most and fresh and not self._repeats(sentence, chosen):
                    chosen.append(sentence)
        return chosen

    def _repeats(self, sentence: Sentence, chosen: Iterable[Sentence]) -> bool:
        mine = set(stems(sentence.text))
        return any(len(mine & set(stems(c.text))) * 2 >= min(len(mine), len(set(stems(c.text)))) for c in chosen)

    def _weight(self, sentence: Sentence) -> float:
        """How much of a sentence the other articles have too, per word, the first sentences before later ones."""
        own = set(stems(sentence.text, self._bundle.sources[sentence.source].language))
        return sum(self._shared[w] - 1 for w in own) / (len(own) + 4) * (1.5 if sentence.number <= 3 else 1.0)

    def _own_weight(self, sentence: Sentence) -> float:
        """How much of a sentence only its own article has."""
        own = set(stems(sentence.text, self._bundle.sources[sentence.source].language))
        return sum(self._shared[w] == 1 for w in own) / (len(own) + 4)

    _drafters: dict[str, Callable[[Extract, str | None], dict[str, Any]]] = {
        "whats_happened": _whats_happened,
        "behind_the_headline": _behind_the_headline,
        "papers_say": account,
        "how_we_got_here": _how_we_got_here,
        "go_deeper": _go_deeper,
        "topics": _topics,
    }


def _leans(text: str) -> bool:
    """Whether a sentence needs the one before it, or is somebody's speech that goes on from there."""
    return bool(_LEANS.match(text) or _LEANS_LATER.match(text) or _FIRST_PERSON.search(_QUOTED.sub("", fold(text))))


def _only_day(sentence: Sentence, source: Source) -> str:
    """Return the one date of a sentence that is not its article's own day, as an ISO date, or ""."""
    found = mentions(sentence.text, source.published)
    if len(found) != 1 or not re.search(r"\d", found[0].raw):
        return ""
    if not re.search(
        r"(?:^|\b(?:in|on|am|im|le|en|el) (?:early |late |the )?)$",
        fold(sentence.text)[: found[0].start],
        re.IGNORECASE,
    ):
        return ""
    day = found[0].days[0]
    return "" if source.published and day.iso() == source.published.isoformat() else day.iso()


def _block(sentences: Sequence[Sentence], heading: str = "", date: str = "") -> dict[str, Any]:
    statements = [{"text": s.text, "kind": "reported", "cites": [s.id]} for s in sentences]
    return {"heading": heading, "date": date, "statements": statements}
