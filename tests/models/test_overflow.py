"""A prompt that is too long, in the words of the servers that say so."""

from __future__ import annotations

from typing import Any

import pytest

from briefer.calls import Overflow
from briefer.models.faults import error_fields, fault_of, inner_status
from briefer.models.overflow import overflow_of, sizes

# Wordings as servers and their users' reports have them: status, fields or message, window, prompt.
TOO_LONG: list[tuple[str, int, dict[str, Any] | str, int | None, int | None]] = [
    (
        "OpenAI",
        400,
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 8227 tokens. Please "
        "reduce the length of the messages.",
        8192,
        8227,
    ),
    (
        "OpenAI, older",
        400,
        "This model's maximum context length is 4097 tokens, however you requested 4116 tokens (3860 in your prompt; "
        "256 for the completion). Please reduce your prompt; or completion length.",
        4097,
        3860,
    ),
    (
        "OpenAI, a window",
        400,
        {"code": "context_length_exceeded", "message": "Your input exceeds the context window of this model."},
        None,
        None,
    ),
    (
        "OpenAI, a rate by the minute that no wait would help",
        429,
        "Request too large for gpt-4o in organization org on tokens per min (TPM): Limit 30000, Requested 45000.",
        30000,
        45000,
    ),
    (
        "vLLM",
        400,
        "This model's maximum context length is 16384 tokens. However, you requested 122946 tokens (112946 in the "
        "messages, 10000 in the completion). Please reduce the length of the messages or completion.",
        16384,
        112946,
    ),
    (
        "vLLM, newer",
        400,
        "This model's maximum context length is 131072 tokens. However, you requested 102400 output tokens and your "
        "prompt contains at least 28673 input tokens, for a total of at least 131073 tokens. Please reduce the length "
        "of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=28673)",
        131072,
        None,  # "at least" is no count
    ),
    (
        "vLLM, the reply's limit beside a prompt that leaves less",
        400,
        "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 8192 "
        "tokens and your request has 4500 input tokens (4096 > 8192 - 4500).",
        8192,
        4500,
    ),
    (
        "llama.cpp",
        400,
        {
            "code": 400,
            "message": "request (42947 tokens) exceeds the available context size (8192 tokens), try increasing it",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": 42947,
            "n_ctx": 8192,
        },
        8192,
        42947,
    ),
    (
        "llama.cpp, by its fields",
        400,
        {
            "code": 400,
            "message": "the request exceeds the available context size. try increasing the context size or enable "
            "context shift",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": 14429,
            "n_ctx": 8192,
        },
        8192,
        14429,
    ),
    ("llama.cpp, older", 400, "the request exceeds the available context size, try increasing it", None, None),
    (
        "Ollama, which passes llama.cpp's answer on as text",
        400,
        '{"error":{"code":400,"message":"request (7901 tokens) exceeds the available context size (4096 tokens), try '
        'increasing it","type":"exceed_context_size_error","n_prompt_tokens":7901,"n_ctx":4096}}',
        4096,
        7901,
    ),
    ("SGLang", 400, "The input (85050 tokens) is longer than the model's context length (32768 tokens).", 32768, 85050),
    (
        "Anthropic",
        400,
        {"type": "invalid_request_error", "message": "prompt is too long: 210000 tokens > 200000 maximum"},
        200000,
        210000,
    ),
    (
        "Anthropic, with the reply",
        400,
        "input length and `max_tokens` exceed context limit: 199759 + 8192 > 200000, decrease input length or "
        "`max_tokens` and try again",
        200000,
        199759,
    ),
    (
        "DeepSeek",
        400,
        "this model's maximum context length is 65536 tokens. however, you requested 69648 tokens (69648 in the "
        "messages, 0 in the completion). please reduce the length of the messages or completion.",
        65536,
        69648,
    ),
    (
        "a router",
        400,
        "This endpoint's maximum context length is 131,072 tokens. However, you requested about 150,000 tokens.",
        131072,
        150000,
    ),
    (
        "Groq",
        400,
        {"code": "context_length_exceeded", "message": "Please reduce the length of the messages or completion."},
        None,
        None,
    ),
    ("a proxy", 413, "Payload Too Large", None, None),
]

OTHER: list[tuple[str, int, dict[str, Any] | str]] = [
    ("a key", 401, "Incorrect API key provided"),
    ("a rate", 429, "Rate limit reached: Limit 30000, Used 29000, Requested 2000. Please try again in 2s."),
    ("the reply's limit", 400, "max_tokens is too large: 200000. This model supports at most 16384 completion tokens."),
    (
        "the reply's limit, beside a window that it fills alone",
        400,
        "'max_tokens' or 'max_completion_tokens' is too large: 9000. This model's maximum context length is 8192 "
        "tokens and your request has 500 input tokens (9000 > 8192 - 500).",
    ),
    ("a format", 400, "response_format json_schema is not supported by this model"),
    ("a fault of the server", 500, "the context was lost"),
    ("a filter", 400, {"code": "content_filter", "message": "triggering Azure OpenAI's content management policy"}),
]


@pytest.mark.parametrize(("server", "status", "said", "window", "prompt"), TOO_LONG, ids=[row[0] for row in TOO_LONG])
def test_servers_say_it_in_their_own_words(
    server: str, status: int, said: dict[str, Any] | str, window: int | None, prompt: int | None
) -> None:
    fields = said if isinstance(said, dict) else {"message": said}
    assert overflow_of(fault_of(status, fields, "")) == Overflow(window, prompt)


@pytest.mark.parametrize(("what", "status", "said"), OTHER, ids=[row[0] for row in OTHER])
def test_other_errors_are_other_errors(what: str, status: int, said: dict[str, Any] | str) -> None:
    fields = said if isinstance(said, dict) else {"message": said}
    assert overflow_of(fault_of(status, fields, "")) is None


def test_an_error_inside_a_good_answer_is_read_as_well() -> None:
    fields = {"code": 400, "message": "too large", "type": "exceed_context_size_error", "n_ctx": 8192}
    assert overflow_of(fault_of(inner_status(fields), fields, "")) == Overflow(8192, None)


def test_an_error_in_a_list_is_read_as_well() -> None:
    raw = (
        b'[{"error": {"code": 400, "message": "The input token count (1200000) exceeds the maximum number of tokens '
        b'allowed (1048576).", "status": "INVALID_ARGUMENT"}}]'
    )
    assert overflow_of(fault_of(400, error_fields(raw), "")) == Overflow(1048576, 1200000)


@pytest.mark.parametrize("number", ["0", "9" * 400, "-5"])
def test_a_number_that_cannot_be_a_window_is_none(number: str) -> None:
    words = f"This model's maximum context length is {number} tokens."
    assert overflow_of(fault_of(400, {"message": words}, "")) == Overflow(None, None)
    fields = {"code": 400, "message": "", "type": "exceed_context_size_error", "n_ctx": int(number)}
    assert overflow_of(fault_of(400, fields, "")) == Overflow(None, None)


def test_sizes_are_told_as_far_as_they_are_known() -> None:
    assert sizes(Overflow(8192, 9000)) == ": 9,000 tokens, and its limit is 8,192"
    assert sizes(Overflow(8192)) == ": its limit is 8,192 tokens"
    assert sizes(Overflow(None, 9000)) == ""
