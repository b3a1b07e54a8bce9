"""Language codes (BCP 47, as far as a newsroom needs them) and the names that a model is told."""

from __future__ import annotations

import re

_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "sv": "Swedish", "da": "Danish", "ru": "Russian", "uk": "Ukrainian",
    "ar": "Arabic", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hi": "Hindi", "tr": "Turkish",
}  # fmt: skip


def is_language(code: str) -> bool:
    """Whether `code` has the form of a language code, such as en or pt-BR."""
    return re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", code) is not None


def language_name(code: str) -> str:
    """Return the English name of a language, or the code itself where no name is known."""
    return _NAMES.get(re.split("[-_]", code)[0].lower(), code)
