"""False sentences made by rule out of proved ones: one number, name, date, outlet, negation or hedge is changed.

A rule takes a proved claim and its story and yields every change that it can make, always the same ones in the
same order; the seed only draws from them. What stands between quotation marks is left alone, since quotations are
held to the letter anyway. A change that could leave the sentence true is not made; each rule says how it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from briefer.briefing import Claim

from . import dates, names, numbers, outlets, wording
from .story import Story

Change = Callable[[Claim, Story], Iterable[Claim]]


@dataclass(frozen=True)
class Rule:
    """One way to make a proved claim false."""

    kind: str
    name: str
    change: Change


@dataclass(frozen=True)
class Mutant:
    """A claim made false, and how."""

    kind: str
    rule: str
    claim: Claim


def worded(change: Callable[[Claim, Story], Iterable[str]]) -> Change:
    """Return the rule that puts each text of `change` in the claim's place."""

    def changed(claim: Claim, story: Story) -> Iterator[Claim]:
        return (replace(claim, text=text) for text in change(claim, story))

    return changed


RULES = (
    Rule("number", "off by one", worded(numbers.off_by_one)),
    Rule("number", "digits swapped", worded(numbers.digits_swapped)),
    Rule("number", "ten times", worded(numbers.ten_times)),
    Rule("number", "of the same evidence", worded(numbers.of_the_evidence)),
    Rule("number", "of the same bundle", worded(numbers.of_the_bundle)),
    Rule("number", "clock time", worded(numbers.clock_time)),
    Rule("name", "one letter", worded(names.one_letter)),
    Rule("name", "of the cited articles", worded(names.of_the_articles)),
    Rule("name", "of the same bundle", worded(names.of_the_bundle)),
    Rule("name", "given name", worded(names.given_name)),
    Rule("date", "day", worded(dates.day)),
    Rule("date", "month", worded(dates.month)),
    Rule("date", "weekday", worded(dates.weekday)),
    Rule("date", "year", worded(dates.year)),
    Rule("date", "of the same bundle", worded(dates.of_the_bundle)),
    Rule("date", "of the timeline", dates.of_the_timeline),
    Rule("outlet", "account, same cites", outlets.other_account),
    Rule("outlet", "named in the text", worded(outlets.other_named)),
    Rule("outlet", "no cites, another's", outlets.uncited),
    Rule("negation", "not put in", worded(wording.put_in)),
    Rule("negation", "no put in", worded(wording.no_put_in)),
    Rule("negation", "not taken out", worded(wording.taken_out)),
    Rule("negation", "opposite word", worded(wording.opposite)),
    Rule("hedge", "perhaps dropped", worded(wording.perhaps_dropped)),
    Rule("hedge", "bound dropped", worded(wording.bound_dropped)),
    Rule("hedge", "speaker dropped", worded(wording.speaker_dropped)),
)


def mutants(claim: Claim, story: Story, seed: int, each: int, rules: Iterable[Rule] = RULES) -> Iterator[Mutant]:
    """Yield up to `each` mutants a rule: the same ones for the same claim, story and seed."""
    for rule in rules:
        made = [m for m in dict.fromkeys(rule.change(claim, story)) if m != claim]
        # A seed of words, not of their hash: Python hashes in another order on every run.
        drawn = Random(f"{seed} {rule.kind} {rule.name} {claim.text}").sample(made, min(each, len(made)))
        yield from (Mutant(rule.kind, rule.name, m) for m in drawn)
