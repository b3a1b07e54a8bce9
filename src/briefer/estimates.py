"""How many tokens a prompt may have, out of its characters: no model's tokenizer is at hand.

What a server counts for a call (`usage.prompt_tokens`) sets the estimate right for those that follow (`fitting.py`).
"""

from __future__ import annotations

import json
import re

from briefer.calls import Request, Spent

# Tokens for one character. Counted with the vocabularies of Llama 3, Qwen 2 and 3.5, Gemma 4 and Command R, the
# estimate for the articles of five recorded stories is 1.05 to 1.42 of the count; for news in 18 languages and 12
# scripts 0.85 to 2.7 and, where only some of these vocabularies know the script (Bengali, Hindi, Tamil), up to 4.4.
# Vocabularies of 2023 and before split other scripts than Latin finer: down to 0.4. What a server counts sets it right.
_ASCII = 0.29
_LATIN = 1.0  # a letter with an accent takes its word apart
_ALPHABET = 0.6  # Cyrillic, Armenian
_GREEK = 0.9
_OTHER = 1.0  # Arabic, Hebrew, Devanagari, Thai
_INDIC = 1.3  # Bengali to Sinhala
_IDEOGRAM = 1.2  # and kana, hangul
_ASTRAL = 3.0
_MESSAGE = 8  # the marks of a chat template around one message
# Characters for one token at the most: the count is 1.4 to 9 times what these make of the same texts.
_MOST_PER_TOKEN = 7
_MOST_PER_IDEOGRAM_TOKEN = 3
_HALF_A_WINDOW = 1024  # of the smallest that Ollama has had

_IDEOGRAMS = re.compile(r"[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]")
_CLASSES = (
    (re.compile(r"[\u0080-\u024f]"), _LATIN),
    (re.compile(r"[\u0250-\u036f\u0400-\u058f]"), _ALPHABET),
    (re.compile(r"[\u0370-\u03ff]"), _GREEK),
    (re.compile(r"[\u0980-\u0dff]"), _INDIC),
    (re.compile(r"[\u0590-\u097f\u0e00-\u2e7f\ua4d0-\uabff\ud7b0-\uf8ff\ufb00-\uffff]"), _OTHER),
    (_IDEOGRAMS, _IDEOGRAM),
    (re.compile(r"[\U00010000-\U0010ffff]"), _ASTRAL),
)
# One token may stand for many equal characters in a row.
_RUN = re.compile(r"([^\w\s]|\s|_)\1{2,}")


def estimate(text: str) -> float:
    """Return how many tokens a text has, more likely too many than too few."""
    if text.isascii():
        return _ASCII * len(text)
    counts = [(len(pattern.findall(text)), weight) for pattern, weight in _CLASSES]
    return _ASCII * (len(text) - sum(n for n, _ in counts)) + sum(n * weight for n, weight in counts)


def estimate_request(request: Request) -> float:
    """Return the estimate for a whole request; its schema counts, since servers put it into the prompt."""
    schema = json.dumps(request.schema) if request.schema else ""
    return estimate(schema) + sum(estimate(m["content"]) + _MESSAGE for m in request.messages)


def least(text: str) -> float:
    """Return how few tokens a text can have with any tokenizer that there is."""
    text = _RUN.sub(r"\1", text)
    ideograms = 0 if text.isascii() else len(_IDEOGRAMS.findall(text))
    return (len(text) - ideograms) / _MOST_PER_TOKEN + ideograms / _MOST_PER_IDEOGRAM_TOKEN


def was_cut(request: Request, spent: Spent) -> bool:
    """Whether the server read fewer tokens than the prompt can have: it cut the prompt without a word.

    Ollama leaves out whole messages, though never the first and the last, or keeps the end of the text, half its
    window at least. A server that names still fewer tokens counts something else, such as what was not cached.
    """
    if spent.input_tokens is None or not spent.calls:
        return False
    whole = [least(m["content"]) for m in request.messages]
    ends = whole[0] + whole[-1] if len(whole) > 1 else _HALF_A_WINDOW
    return min(ends, _HALF_A_WINDOW) <= spent.input_tokens / spent.calls < sum(whole)
