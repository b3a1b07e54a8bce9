"""Rendering the messages of a call: system rules, then the articles, then the section's task.

The articles' message is byte-identical across the sections of a bundle, so that a provider's
cached prefix serves them all. Article text stands between two marked lines and never makes a role.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefer.briefing import Claim, Proved
from briefer.bundle import Bundle, Sentence, Source
from briefer.calls import Message, Request
from briefer.checks.evidence import Evidence
from briefer.languages import language_name
from briefer.memo import memo
from briefer.orders import addressed
from briefer.prompts import Prompts, fill
from briefer.replies import JUDGE_SCHEMA, WIRE_SCHEMA
from briefer.sections import Section
from briefer.text import inert

# Where sentences of an article are left out; the head of the article says how many there are.
_GAP = "[...]"


def draft_request(
    prompts: Prompts, bundle: Bundle, section: Section, outlet: str | None = None, kept: frozenset[str] | None = None
) -> Request:
    """Return the first call of a section, or of one outlet's account; with `kept`, only the sentences of these ids."""
    values = _values(bundle) | {"outlet": inert(outlet or ""), "references": _references(bundle, kept)}
    task = fill(prompts.by_name[section.key].body, values)
    messages = _messages(prompts, bundle, _articles(bundle, outlet, kept), task)
    # The sections that see all articles begin alike; an outlet's account has articles of its own, unless it is the only
    # outlet.
    alike = outlet is None or len(bundle.outlets) == 1
    return replace(_request(section.key, outlet, messages), shared=len(messages) - 1 if alike else 0)


def closing_request(prompts: Prompts, bundle: Bundle, accounts: Mapping[str, Sequence[Proved]]) -> Request:
    """Return the call for the closing words of papers_say: it sees the proved accounts and no article."""
    lines = (
        f"Account of {inert(outlet)}:\n"
        + "\n".join(f"{' '.join(f'[{c.id}]' for c in s.cites)} {inert(s.text)}" for s in statements)
        for outlet, statements in accounts.items()
    )
    fenced = _fenced("ACCOUNTS", lines)
    values = _values(bundle) | {"accounts": fenced}
    system = {"role": "system", "content": fill(prompts.by_name["_system"].body, values)}
    task = {"role": "user", "content": fill(prompts.by_name["_closing"].body, values)}
    request = _request("papers_say", None, [Message(**system), Message(**task)])  # type: ignore[typeddict-item]
    return replace(request, round="closing")


def repair_request(prompts: Prompts, bundle: Bundle, first: Request, reply: str, findings: Sequence[str]) -> Request:
    """Return the one re-ask: the first call, its reply, and the findings as plain sentences."""
    task = fill(prompts.by_name["_repair"].body, _values(bundle) | {"findings": "\n".join(findings)})
    said: Message = {"role": "assistant", "content": reply}
    asked: Message = {"role": "user", "content": task}
    return replace(_request(first.section, first.outlet, [*first.messages, said, asked]), round="repair")


def reshape_request(first: Request, problems: Sequence[str]) -> Request:
    """Return the call that asks again for a reply whose shape was wrong."""
    listed = "\n".join(f"- {p}" for p in problems)
    asked: Message = {
        "role": "user",
        "content": f"Your reply could not be read:\n{listed}\nWrite the whole reply again in the given JSON shape.",
    }
    return replace(_request(first.section, first.outlet, [*first.messages, asked]), round="reshape")


def judge_request(prompts: Prompts, bundle: Bundle, claims: Sequence[Claim]) -> Request:
    """Return the call that has `claims` judged, numbered from 1: it sees them and their evidence, nothing else."""
    cases = (_case(number, claim, bundle) for number, claim in enumerate(claims, 1))
    values = {"language": language_name(bundle.language), "statements": _fenced("STATEMENTS", cases)}
    asked: Message = {"role": "user", "content": fill(prompts.by_name["_judge"].body, values)}
    request = _request(claims[0].section, claims[0].outlet, [asked])
    return replace(request, round="judge", schema=JUDGE_SCHEMA)


def yes_or_no_request(bundle: Bundle, claim: Claim) -> Request:
    """Return the call to a fact checker that answers Yes or No, in the form that Bespoke-MiniCheck was trained on
    (https://ollama.com/library/bespoke-minicheck): one document, one claim, no instructions, plain text back."""
    document = " ".join(
        f"{_head(source)}: {' '.join(inert(s.text) for _, s in sentences)}"
        for source, sentences in _evidence(claim, bundle)
    )
    asked: Message = {"role": "user", "content": f"Document: {document}\nClaim: {inert(claim.text)}"}
    return Request(claim.section, claim.outlet, "judge", (asked,), {}, "")


def _case(number: int, claim: Claim, bundle: Bundle) -> str:
    mark = " (a conclusion)" if claim.kind == "inference" else ""
    under = f", under the heading “{inert(claim.heading)}”" if claim.heading else ""
    lines = [f"Statement {number}{mark}{under}: “{inert(claim.text)}”"]
    for source, sentences in _evidence(claim, bundle):
        lines.append(f"{_head(source)}:")
        lines += [f"{'cited' if cited else 'beside'} [{s.id}] {inert(s.text)}" for cited, s in sentences]
    return "\n".join(lines)


def _evidence(claim: Claim, bundle: Bundle) -> list[tuple[Source, list[tuple[bool, Sentence]]]]:
    """Return the cited sentences and their neighbours by article, each with whether it is cited.

    A neighbour that gives orders to a model is left out; cited, it has kept the claim from getting here (C105).
    """
    evidence = Evidence.of(claim, bundle)
    beside = [s for s in evidence.neighbours if not any(addressed([s.text]))]
    found = sorted((*evidence.cited, *beside), key=lambda s: s.number)
    return [(source, [(s in evidence.cited, s) for s in found if s.source == source.id]) for source in evidence.sources]


def _request(section: str, outlet: str | None, messages: Sequence[Message]) -> Request:
    """Close the last message with the token that the reply must echo."""
    text = "\x00".join(m["content"] for m in messages)
    call = "c-" + hashlib.sha256(text.encode()).hexdigest()[:8]
    last: Message = {"role": "user", "content": f'{messages[-1]["content"]}\n\nSet "call" to "{call}".'}
    return Request(section, outlet, "draft", (*messages[:-1], last), WIRE_SCHEMA, call)


def _messages(prompts: Prompts, bundle: Bundle, articles: str, task: str) -> list[Message]:
    values = _values(bundle)
    return [
        {"role": "system", "content": fill(prompts.by_name["_system"].body, values)},
        {"role": "user", "content": fill(prompts.by_name["_articles"].body, {"articles": articles})},
        {"role": "user", "content": task},
    ]


def _values(bundle: Bundle) -> dict[str, str]:
    outlets = ", ".join(inert(o) for o in bundle.outlets)
    # A headline is one outlet's text, and these words stand outside the marks: without a topic none is taken.
    topic = inert(bundle.topic or bundle.id or "the story that these articles share")
    return {"topic": topic, "language": language_name(bundle.language), "outlets": outlets}


@memo(16)  # all sections but the accounts begin with the same articles
def _articles(bundle: Bundle, outlet: str | None, kept: frozenset[str] | None = None) -> str:
    sources = bundle.articles_of(outlet) if outlet else bundle.numbered_articles
    return _fenced("ARTICLES", (_article(s, kept) for s in _with_sentences(sources, kept)))


def _with_sentences(sources: Sequence[Source], kept: frozenset[str] | None) -> Sequence[Source]:
    """Return the sources of which anything is sent."""
    return sources if kept is None else [s for s in sources if any(x.id in kept for x in s.sentences)]


def _article(source: Source, kept: frozenset[str] | None = None) -> str:
    head = f"Article {source.id}, {_head(source)}{_share(source, kept)}"
    title = f"\nHeadline: {inert(source.title)}" if source.title else ""
    return f"{head}{title}\n{_sentences(source, kept)}"


def _share(source: Source, kept: frozenset[str] | None) -> str:
    """Say how much of a source is sent, if it is not all."""
    count = len(source.sentences) if kept is None else sum(s.id in kept for s in source.sentences)
    return "" if count == len(source.sentences) else f" ({count} of its {len(source.sentences)} sentences)"


def _head(source: Source) -> str:
    """Return an article's outlet and day of publication; a reference's title."""
    day = source.published
    published = f", published {day:%A} {day.day} {day:%B %Y}" if day else ""
    return f"{inert(source.outlet or source.title)}{published}"


@memo(16)
def _references(bundle: Bundle, kept: frozenset[str] | None = None) -> str:
    sources = bundle.numbered_references
    if not sources:
        return "The desk has given no references."
    parts = (
        f"Reference {s.id}, {inert(s.title)}{_share(s, kept)}\n{_sentences(s, kept)}"
        for s in _with_sentences(sources, kept)
    )
    return _fenced("REFERENCES", parts)


def _sentences(source: Source, kept: frozenset[str] | None = None) -> str:
    """Return the numbered sentences; where some are left out stands a mark, once for all that follow each other."""
    lines: list[str] = []
    for sentence in source.sentences:
        if kept is None or sentence.id in kept:
            lines.append(f"[{sentence.id}] {inert(sentence.text)}")
        elif not lines or lines[-1] != _GAP:
            lines.append(_GAP)
    return "\n".join(lines)


def _fenced(label: str, parts: Iterable[str]) -> str:
    """Set untrusted text between two lines whose mark depends on all of it, so that no text can hold its own."""
    text = "\n\n".join(parts)
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"=== {label} {mark} ===\n{text}\n=== END {mark} ==="
