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
        "Ask for what the section allows; docs/prompts.md lists the limits.",
        _N,
    ),
    "P003": Code(
        "asks for another form than JSON",
        "A reply is JSON with plain sentences inside: markup is printed as it stands, or the reply is refused.",
        "Say what the sentences shall say; how they look is set when the briefing is printed.",
        _N,
    ),
    "P004": Code(
        "a placeholder that is never used",
        "The model does not get what the placeholder stands for: the story, the references or the language.",
        "Put the placeholder where its text shall stand.",
        _N,
    ),
    "P005": Code(
        "invisible characters",
        "Nobody sees them and the model reads them. They come with copied text, and can hide words or turn them round.",
        "Delete the character at the place that the message names.",
        _N,
    ),
    "P006": Code(
        "no word on citing",
        "Neither the prompt nor the desk's rules ask for citations, and a sentence that cites nothing is withheld.",
        "Ask for `cites` in the rules of the desk, or in the section's prompt.",
        _N,
    ),
    "P007": Code(
        "over-long prompt",
        "Every call pays for it, and a rule in the middle of a long text is followed least.",
        "Cut what the desk's rules say already, and all but the best examples.",
        _N,
    ),
    "P008": Code(
        "asks against a rule of the desk",
        "What the checks withhold cannot be had by asking: sentences from outside the articles or without a citation,"
        " changed quotations or figures, dropped hedges.",
        "Take the wish out; if the story needs more than the articles hold, put a reference into the bundle.",
        _N,
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
    "R005": Code(
        "sentences that were left out",
        "The articles are longer than the model's window, so it saw their most central sentences only.",
        "Take a model with a larger window, or leave articles out; if the window is larger, set it (docs/cli.md).",
        _N,
    ),
}
