"""One sentence beside its evidence: what the checks say."""

from __future__ import annotations

from typing import Any

from briefer.briefing import Claim
from briefer.bundle import Bundle
from briefer.checks import Verdict, prove


def verdict(text: str, evidence: str, *, rest: str = "", published: str = "2026-03-10", **more: Any) -> Verdict:
    """Prove `text` against all sentences of `evidence`; `rest` is what else the article says."""
    language = more.pop("language", "en")
    outlet = {"outlet": "Tarn Gazette", "published": published, "language": language}
    whole = Bundle.model_validate({"articles": [outlet | {"text": f"{evidence}\n\n{rest}"}]})
    count = len(Bundle.model_validate({"articles": [outlet | {"text": evidence}]}).sentences)
    cites = tuple(f"A1.{n}" for n in range(1, count + 1))
    return prove([Claim("whats_happened", text, cites, **more)], whole)[0]


def codes(text: str, evidence: str, **more: Any) -> set[str]:
    """Return the codes of the findings."""
    return {f.code for f in verdict(text, evidence, **more).findings}
