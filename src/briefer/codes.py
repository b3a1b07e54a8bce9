"""The codes of what can be wrong, like a linter's: why each exists and how to mend it.

A code is for ever. `docs/findings.md` and `briefer explain` are made out of this table.
"""

from __future__ import annotations

from briefer.kinds import Code, Weight
from briefer.remarks import REMARKS

__all__ = ["CODES", "Code", "Weight"]

_W, _M, _N = Weight.WITHHOLD, Weight.MEND, Weight.NOTE

CODES: dict[str, Code] = {
    # C: citations
    "C101": Code(
        "cites a sentence that does not exist",
        "An id that is in no article proves nothing, and often means that the sentence was made up.",
        "Cite ids that stand in front of the sentences you were given, such as A2.14.",
    ),
    "C102": Code(
        "cites nothing",
        "A sentence without evidence cannot be proved, so it cannot be printed.",
        "Cite the sentences that say it, or leave the sentence out.",
    ),
    "C103": Code(
        "cites another outlet than the account's",
        "An outlet's account may rest on that outlet's own articles only; otherwise one outlet speaks through another.",
        "Cite sentences of this outlet's articles.",
    ),
    "C104": Code(
        "cites a sentence that adds nothing",
        "A cited sentence credits its outlet; one that carries none of the statement would credit it falsely.",
        "Nothing to do: the sentence is not counted as evidence, and its outlet is not credited.",
        _N,
    ),
    "C105": Code(
        "cites words that talk to a model",
        "Text in an article that gives orders to whoever summarises it is no report of anything.",
        "Cite sentences that tell readers something; what the article orders is not news.",
    ),
    # Q: quotations
    "Q201": Code(
        "quoted words are not in the cited sentences",
        "Words between quotation marks are a promise that somebody said exactly these.",
        "Quote exactly, cite the sentence that holds the words, or drop the quotation marks.",
    ),
    "Q202": Code(
        "quoted words are another speaker's",
        "The words are real, but the evidence gives them to somebody else.",
        "Name the speaker whom the cited sentence names, or cite the sentence that names yours.",
    ),
    # F: figures and dates
    "F301": Code(
        "number not in the evidence",
        "A wrong figure is the error readers find first and forgive last.",
        "Use the figure of the cited sentence, or cite the sentence that has yours.",
    ),
    "F302": Code(
        "unit or scale differs",
        "The digits are right but they count something else: percent for points, million for billion.",
        "Copy unit and scale together with the number.",
    ),
    "F303": Code(
        "date not in the evidence",
        "The evidence gives no such date, not even by the day its article was published.",
        "Use the date that the cited sentence gives, or leave it out.",
    ),
    "F304": Code(
        "rounding goes too far",
        "A rounded figure must say so and must stay close: 1,987 is about 2,000, not more than 2,000.",
        "Give the figure as the evidence has it, or round it and say about, nearly or more than, whichever is true.",
    ),
    "F305": Code(
        "number counts something else",
        "The number is real, but the evidence has it of another thing and another number in its place.",
        "Use the number that the cited sentence has of this, or cite the sentence that has yours.",
    ),
    # N: names
    "N401": Code(
        "name not in the evidence's article",
        "A person, place or organisation that the cited articles never name was brought in from elsewhere.",
        "Use only names that the cited articles give, spelled as they spell them.",
    ),
    "N402": Code(
        "title or role does not belong to the name",
        "The evidence gives this role to somebody else.",
        "Give the role as the cited article has it, or leave it out.",
        weak=True,
    ),
    "N403": Code(
        "name in another's place",
        "The name is real, but the evidence says this of somebody or something else.",
        "Use the name of which the cited sentence says this.",
    ),
    "N404": Code(
        "two names exchanged",
        "The evidence says the same with two people or bodies the other way round: who did it to whom is wrong.",
        "Put each name where the cited sentence has it.",
    ),
    # W: wording
    "W501": Code(
        "a hedge was dropped",
        "What was alleged, expected or possible in the article is a plain fact in the sentence.",
        "Keep the hedge: alleged, may, up to, expected, denied.",
        weak=True,
    ),
    "W502": Code(
        "negation on one side only",
        "The sentence says the opposite of its evidence.",
        "Say what the cited sentence says, with its not, no or never.",
        weak=True,
    ),
    "W503": Code(
        "leaked reasoning or instructions",
        "Sentence ids, talk about the task or a model's asides have no place in a briefing.",
        "Write the sentence for a reader of news and nothing else.",
    ),
    "W504": Code(
        "copied run too long outside quotation marks",
        "A long run of an article's own words belongs between quotation marks or in other words.",
        "Say it in your own words, or quote it.",
        _M,
    ),
    "W505": Code(
        "a cause that the evidence does not give",
        "Two things that happened are told as cause and effect, and no cited sentence joins them so.",
        "Tell both without because, led to or caused, or cite the sentence that gives the cause.",
        weak=True,
    ),
    # S: support
    "S601": Code(
        "content words that the evidence does not carry",
        "Too much of the sentence is in none of its cited sentences.",
        "Say no more than the cited sentences say, or cite the ones that carry the rest.",
        weak=True,
    ),
    "S602": Code(
        "the judge finds no support",
        "A second model (--judge) read the sentence beside its evidence and did not find it there, or found otherwise.",
        "Stay closer to the cited sentences; where the judge is wrong, another judge or none decides otherwise.",
    ),
    # A: attribution
    "A701": Code(
        "outlet not in the bundle",
        "An account was credited to an outlet that has no article here.",
        "Use the outlet's name as the bundle has it.",
    ),
    "A702": Code(
        "outlet without an account",
        "No sentence of its account could be proved, so its own lead sentences stand in its place.",
        "Read the withheld sentences; often the prompt asks for what this article does not have.",
        _N,
    ),
    "A703": Code(
        "says all papers when they do not",
        "Words like all, every, most or only count outlets, and the count does not agree.",
        "Name the outlets, or give the number that the evidence shows.",
    ),
    "A704": Code(
        "another outlet's report",
        "The sentence credits one outlet, and another one in the bundle carries far more of it.",
        "Credit the outlet whose sentence says it, or cite the credited outlet's own sentence.",
    ),
    # T: time
    "T801": Code(
        "timeline out of order",
        "A timeline is read from top to bottom.",
        "Sort its entries by date.",
        _N,
    ),
    "T802": Code(
        "date cannot be resolved from the article",
        "The entry's date is not what the cited sentence and its article's publication day give.",
        "Give the date as YYYY, YYYY-MM or YYYY-MM-DD, no finer than the evidence has it.",
    ),
} | REMARKS
