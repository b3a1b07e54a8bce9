"""One sentence beside its evidence: what the checks say."""

from __future__ import annotations

import re
from typing import Any

import pytest

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


def cases(table: str) -> list[Any]:
    """Read a table, one case a line and `|` between its columns, into parameters; a missing column is "".

    A line that begins with `|` goes on with the one above it. One that begins with `~` is right and fails: it says
    what the checks do not do yet.
    """
    late = pytest.mark.xfail(reason="not yet")
    lines = [line.strip() for line in re.sub(r"\n\s*\|", " |", table).splitlines() if line.strip()]
    widest = max(line.count("|") for line in lines) + 1
    found = []
    for line in lines:
        values = [v.strip() for v in line.removeprefix("~").split("|")]
        values += [""] * (widest - len(values))
        name = re.sub(r"\W+", "-", values[0].lower()).strip("-")[:48]
        found.append(pytest.param(*values, id=name, marks=[late] if line.startswith("~") else []))
    return found
