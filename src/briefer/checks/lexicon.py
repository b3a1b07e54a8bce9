"""The words by which a sentence denies, and talk that is no news: patterns, one a word, `_` for a space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from briefer.memo import memo

# A word that begins with this letter and no other: not "w?hat" nor "(?:what|who)".
_FIRST_LETTER = re.compile(r"[a-z](?![?*{])")


@cache
def any_of(*lists: str) -> re.Pattern[str]:
    """Return a pattern for any word of these lists, whole and in either case."""
    return re.compile(alternatives(*lists))


class Cues:
    """Some lists that are looked for together, as `any_of` them would.

    Many such patterns share a list: it is compiled once, when it is first needed, and looked for in a text once.
    """

    def __init__(self, *lists: str) -> None:
        self._lists = lists

    def are_in(self, text: str) -> bool:
        """Whether the text has any of the words."""
        return any(_starts(words, text) for words in self._lists)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches from left to right, none inside another; of two at one place that of the earlier list."""
        found = [match for words in self._lists for match in _starts(words, text)]
        at = 0
        for match in sorted(found, key=re.Match.start):
            if match.start() >= at:
                yield match
                at = match.end()


@memo(65536)
def _starts(words: str, text: str) -> tuple[re.Match[str], ...]:
    """Return the match of a list at every place of a text where one begins, also inside another."""
    pattern, found = any_of(words), []
    match = pattern.search(text)
    while match:
        found.append(match)
        match = pattern.search(text, match.start() + 1)
    return tuple(found)


def alternatives(*lists: str) -> str:
    """Return the text of that pattern; each word begins with a letter, so that none is tried where another ends."""
    words = (word.replace("_", " ") for text in lists for word in text.split())
    return rf"\b(?=\w)(?:{'|'.join(_by_first_letter(words))})\b"


def _by_first_letter(words: Iterable[str]) -> Iterator[str]:
    """Yield the words in either case, those next to each other that begin with one letter under it.

    `re` looks at one letter before it tries what stands behind it, but not at one that IGNORECASE is for.
    """
    for has_letter, some in groupby(words, lambda word: _FIRST_LETTER.match(word) is not None):
        under: dict[str, list[str]] = {}
        for word in some:
            under.setdefault(word[:has_letter], []).append(word[has_letter:])
        for letter, rest in under.items():
            first = f"[{letter}{letter.upper()}]" if letter else ""
            yield f"{first}(?i:{'|'.join(rest)})"


# Quotations in folded text.
QUOTED = re.compile(r'"[^"]*"')
# What denies.
NOT = r"""
    not
    no(?!_(?:(?:fewer|less|more|later|sooner)_than|opinion|view|answer|preference|confidence)|-(?:fly|deal|confidence))
    never none nobody nothing neither nor without cannot \w+n't
    nie nicht kein\w* ne pas jamais nunca jamás
"""
# What says no without a "not".
NEGATIVE = r"""
    den(?:y|ied|ies|ying|ial) refus\w+ reject\w+ declin\w+ fail\w* lack\w* unable
    un(?:known|aware|clear|likely|confirmed|identified|changed|harmed|hurt) absen\w+ dismiss\w+ rul\w+_out
    bar(?:red|s|ring)? forbid\w* forbade prohibit\w* unharmed unhurt unscathed intact exclud\w* escap\w+
    stop\w* prevent\w* avoid\w* halt\w* ban(?:s|ned|ning)? withh\w+ little few hardly barely less instead rather_than
    yet_to remain\w*_to miss(?:es|ed|ing)? silen\w+ too_early far_from block\w* veto\w* stay\w*_out
    contest\w* disput\w* doubt\w* pend\w* empty zero oppos\w+ against ke(?:ep\w*|pt)\b.{0,60}\b(?:from|off)
    correct(?:s|ed|ing)
    cut_off cuts_off cutting_off deprived
    free_(?:of|from) only alone sole except apart_from negative beyond out_of dropped
    brushed_aside waved_away turned_down thr[eo]wn?_out voted_(?:\w+_){0,3}down kept_\w+_to
    spar(?:e[sd]?|ing) refrain\w* abstain\w* forgo\w* forwent eschew\w* shun\w* neglect\w* ignor\w+ cancel\w*
    scrap(?:s|ped|ping)? abandon\w* waiv(?:e[sd]?|ing) exempt\w* devoid bereft scarcely rarely seldom in_vain
    turn\w*_down walk\w*_away g[ai]ve\w*_up los(?:e|es|t|ing) ceas\w+ ow(?:e[sd]?|ing)
    contradict\w* refut\w* rebut\w* belie[ds]?
    contrary
    un(?!der|it|til|less)\w{2,}(?:ed|id|en|able|ary|al|ful|ing|ive|ant|ent|ous|ly|fit|fair|true|wise|real)
    impossible short_of left\b.{0,40}\b(?:out|off)\b omit\w*
"""
# What leaves a thing undone, unsaid or unknown without any of these.
IMPLIED = r"""
    stay\w* stand(?!-)\w* stood remain\w* ke(?:pt|ep\w*) away outside shut closed? closes anonym\w+
    clean whether if quiet\w* mum silen\w+ vacan\w+ wait\w* await\w* safe(?:ly)? scoff\w*
    le(?:ft|aves?)_(?:it_)?open open_question still yet questions? questioned questionable unlike first_time
    first_(?:\w+_){0,2}(?:since|in|for)
"""
# Talk about the task, ids and a model's asides.
LEAKED = re.compile(
    r"\[(?i:[AR])\d+\.\d+\b\]?|[aArR](?<=\b.)\d+\.\d+\b\]?|</?(?i:think)|```|\{\{|\}\}|"
    + alternatives(r"""
        as_an?_(?:ai|language_model) json schema the_user the_(?:cited|given|provided)_(?:sentences?|articles?)
        i_(?:cannot|can't|am_unable) system_prompt as_requested
        here_is_(?:the|a|my|your)_(?:revised|rewritten|corrected|new|summary|sentence|briefing)
        given_(?:reports?|texts?|sources?|material) provided_(?:reports?|texts?|sources?|material)
        this_article_(?:discusses|says|is_about) this_statement_(?:discusses|says|is_about)
        ignore_all_(?:previous|prior) ignore_any_(?:previous|prior) ignore_the_(?:previous|prior)
    """)
)
