"""A finding: a code, and one sentence for whoever must act."""

from __future__ import annotations

from dataclasses import dataclass

from briefer.codes import CODES, Weight


@dataclass(frozen=True, slots=True)
class Finding:
    """A code and one sentence for whoever must act: the same string for re-ask, log and report."""

    code: str
    message: str

    @property
    def weight(self) -> Weight:
        """What it does to its sentence."""
        return CODES[self.code].weight


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on a bundle or on one of its articles: `article` is its id, `outlet` its outlet."""

    code: str
    message: str
    article: str | None = None
    outlet: str | None = None
