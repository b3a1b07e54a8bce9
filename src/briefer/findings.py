"""A finding: a code, and one sentence for whoever must act."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefer.codes import CODES, Weight


@dataclass(frozen=True, slots=True)
class Finding:
    """A code and one sentence for whoever must act: the same string for re-ask, log and report.

    `settled` says that a judge found its sentence supported all the same.
    """

    code: str
    message: str
    settled: bool = False

    @property
    def weight(self) -> Weight:
        """What it does to its sentence."""
        return Weight.NOTE if self.settled else CODES[self.code].weight

    @property
    def weak(self) -> bool:
        """Whether a judge may settle it."""
        return CODES[self.code].weak

    def settle(self) -> Finding:
        """Return the remark that a judge's yes leaves of a weak finding."""
        return replace(self, message=f"{self.message}; a judge finds it supported", settled=True)


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on a bundle or on one of its articles: `article` is its id, `outlet` its outlet."""

    code: str
    message: str
    article: str | None = None
    outlet: str | None = None
