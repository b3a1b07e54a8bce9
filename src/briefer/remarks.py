"""The codes of bundles, prompts and runs: nothing is kept from print, somebody should look."""

from __future__ import annotations

from briefer.kinds import Code, Weight

_N = Weight.NOTE

REMARKS: dict[str, Code] = {
    # B: bundle
    "B901": Code(
        "near-copy of another article",
        "Two outlets that print one agency's text are one source, not two.",
        "Nothing to do: near-copies count once.",
        _N,
    ),
    "B902": Code(
        "truncated or paywalled",
        "The article seems to end before its end, so what it leaves out proves nothing.",
        "Put the whole text into the bundle.",
        _N,
    ),
    "B903": Code(
        "no date",
        "Without a publication date, words like Monday or last month cannot be resolved.",
        'Add "published" as an ISO 8601 date, such as 2026-03-10.',
        _N,
    ),
    "B904": Code(
        "opinion",
        "A comment piece states its author's views as facts.",
        "Leave it out, or read its account as one view.",
        _N,
    ),
    "B905": Code(
        "looks like another story",
        "The article shares hardly any words with the others.",
        "Check that it belongs into this bundle.",
        _N,
    ),
    "B906": Code(
        "one outlet dominates",
        "Most of the text is one outlet's, and so will be the briefing.",
        "Add articles of other outlets.",
        _N,
    ),
    "B907": Code(
        "hidden or instruction-like text",
        "The article holds invisible characters, or words that address a model instead of a reader.",
        "Look at the article's source. Hidden characters are left out; what it says counts for its own outlet only.",
        _N,
    ),
    # P: prompts
    "P001": Code(
        "unknown placeholder or header key",
        "A mistyped name would be sent to the model as it stands.",
        "Use one of the names that the message lists.",
    ),
    "P002": Code(
        "asks for what the schema forbids",
        "The reply's shape is fixed, so an instruction against it can only fail.",
        "Ask for what the section allows.",
    ),
    # R: the run
    "R001": Code(
        "section failed",
        "The model's replies for this section could not be used, so it is left out and named.",
        "Run the same command again; if it happens again, look at the reply with --debug or try another model.",
        _N,
    ),
    "R002": Code(
        "section has nothing",
        "Nothing that could be proved was drafted for this section.",
        "Read the withheld sentences, or add articles or references that carry it.",
        _N,
    ),
    "R003": Code(
        "bundle of one outlet",
        "With one outlet nothing can be confirmed by another, and there is no coverage to compare.",
        "Add articles of other outlets.",
        _N,
    ),
    "R004": Code(
        "sentences that were not judged",
        "The judge gave no answer, or none that could be read, so the checks alone decided.",
        "Run the same command again; if it happens again, try another model as judge.",
        _N,
    ),
}
