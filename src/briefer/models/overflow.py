"""A prompt that is too long, in servers' own words: what the window holds, and what the prompt has.

The words are those of OpenAI and Azure, vLLM, SGLang, llama.cpp, LM Studio, Ollama, TGI, Anthropic, Gemini, Mistral,
xAI, Kimi, DeepSeek, OpenRouter, Cerebras and Groq; `tests/models/test_overflow.py` has them all.
"""

from __future__ import annotations

import re

from briefer.calls import Overflow
from briefer.journal import Record, Status
from briefer.models.faults import Fault, error_fields, fault_of

_SIGNS = re.compile(
    r"context.{0,12}(?:length|size|window|limit)|too (?:long|large|many tokens)|longer than the (?:model|maximum)"
    r"|length of the (?:messages|input|prompt)|exceed\w*.{0,20}(?:token limit|maximum (?:number|allowed)|limit of \d)"
    r"|maximum prompt length|tokens.{0,40}must (?:be <=|have less)|must have less than \d+ tokens"
    r"|current length is \d+ while limit",
    re.I,
)
# The reply's limit is at fault, unless prompt and reply are added up: then the prompt can be made shorter.
_OPTION = re.compile(r"max_(?:completion_)?tokens\W{1,2}(?:is too large|\d+ >)", re.I)
_ADDED_UP = re.compile(r"\((\d+) > (\d+) - (\d+)\)")
# The first that is found counts, so the closest ones stand first.
_WINDOW = (
    r"\d+ \+ \d+ > (\d+)",
    r"\d+ tokens > (\d+) maximum",
    r"(?:context|prompt|model|allowed)(?: token)? (?:length|size|window|limit)s?(?: is| of(?: only)?|:)? ?\(?(\d+)",
    r"tokens allowed \((\d+)",
    r"configured limit of (\d+)",
    r"n_ctx: (\d+)",
    r"limit is (\d+)",
    r"\blimit (\d+), requested",
    r"must be <= (\d+)",
    r"less than (\d+) tokens",
    r"model with (\d+) maximum",
)
_PROMPT = (
    r"(\d+) \+ \d+ > \d+",
    r"too long: (\d+) tokens",
    r"(\d+) in the messages",
    r"(\d+) in your prompt",
    r"(\d+) of text input",
    r"(\d+) tokens from the input",
    r"resulted in (\d+) tokens",
    r"(?:contains|has) (\d+)(?: input)? tokens",
    r"(?:request|input|input length|input token count|prompt)(?: \(length)? \(?(\d+)(?: tokens)?\)",
    r"keep the first (\d+) tokens",
    r"n_keep: (\d+)",
    r"current length is (\d+)",
    r"given: (\d+)",
    r"requested(?: about|:)? (\d+)(?: tokens|\.|\))",
    r", requested (\d+)",
)


def overflow_of(fault: Fault) -> Overflow | None:
    """Return what an error says of a prompt that is too long; None if it says something else."""
    words = re.sub(r"(?<=\d),(?=\d{3})", "", fault.words)
    named = [_whole(fault.fields.get(name)) for name in ("n_ctx", "n_prompt_tokens")]
    window, prompt = named[0] or _found(_WINDOW, words), named[1] or _found(_PROMPT, words)
    if fault.status == 413 or "exceed_context_size" in fault.code:
        return Overflow(window, prompt)
    if _OPTION.search(words):
        added = _ADDED_UP.search(words)
        too_long = added and int(added[1]) < int(added[2])
        return Overflow(int(added[2]), int(added[3])) if added and too_long else None
    if fault.status not in (400, 422, 429, 500) or not _SIGNS.search(f"{fault.code} {words}"):
        return None
    if fault.status == 429 and "request too large" not in words.lower():
        return None
    return None if fault.status >= 500 and not (window and prompt) else Overflow(window, prompt)


def overflow_in(record: Record) -> Overflow | None:
    """Return what a recorded error answer says of a prompt that was too long."""
    if record.status is not Status.HTTP or not record.body:
        return None
    return overflow_of(fault_of(record.http or 0, error_fields(record.body), ""))


def sizes(overflow: Overflow) -> str:
    """Return ": 9,000 tokens, and its limit is 8,192" as far as the server says so."""
    if overflow.window and overflow.prompt:
        return f": {overflow.prompt:,} tokens, and its limit is {overflow.window:,}"
    return f": its limit is {overflow.window:,} tokens" if overflow.window else ""


def _found(patterns: tuple[str, ...], words: str) -> int | None:
    hits = (re.search(pattern, words, re.I) for pattern in patterns)
    return next((int(hit[1]) for hit in hits if hit and 0 < int(hit[1][:12]) < 1e9), None)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1e9 else None
