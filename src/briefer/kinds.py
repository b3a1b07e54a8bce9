"""What a code is: the kind of finding, what it does to its sentence, why it exists, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """What a finding does to its sentence."""

    WITHHOLD = "withhold"  # asked again once, then withheld
    MEND = "mend"  # asked again once, then printed with the remark
    NOTE = "note"  # a remark


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: what it is, why it matters, how to mend it; a judge may settle a `weak` one."""

    title: str
    why: str
    mend: str
    weight: Weight = Weight.WITHHOLD
    weak: bool = False
