"""A comparison in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.compare.noise import ALPHA, Effect
from briefer.compare.report import Change, ChangeKind, Comparison, Measured, SectionReport
from briefer.text import one_line, plural

KINDS: dict[ChangeKind, str] = {
    "lost": "Lost",
    "withheld": "Withheld now",
    "moved": "Moved",
    "credited": "Credited to others",
    "detail_lost": "Figures, dates and quotations lost",
    "gained": "Gained",
    "detail_gained": "Figures, dates and quotations gained",
    "reworded": "Reworded",
}
_UNKNOWN = " The old prompts were run once, so what their own runs lose of each other is unknown (--repeat 2)."
_NO_CHANGE = "No change beyond noise"
_LOSSES = ("lost", "gained", "details_lost", "details_gained")


def section_verdict(
    measures: Sequence[Measured], found: Sequence[Change], effects: Sequence[Effect], *, touched: bool
) -> str:
    """Return what a section's comparison comes to, in one or two sentences."""
    if not touched:
        return "The same replies: nothing changed."
    beyond = [m for m in measures if m.beyond_noise]
    lost = next((m for m in measures if m.key == "lost"), None)
    unknown = "" if lost and lost.p is not None else _UNKNOWN
    if beyond:
        return f"Beyond noise: {'; '.join(map(effect_in_words, beyond))}.{unknown}"
    if lost is None or unknown:
        return unknown.strip()
    if min(e.least for e in effects) > ALPHA:
        return f"{_tally(found)}. Too few runs to tell it from noise: more bundles, or a higher --repeat."
    told = f"of {figure(_of(measures, 'sentences'))} sentences a new run lacks {figure(lost.new)}"
    return f"{_NO_CHANGE}: {told}, another old run {figure(lost.noise)}.{_hints(measures)}"


def _hints(measures: Sequence[Measured]) -> str:
    """Return what one question alone would call a change, and all of them together do not."""
    near = [effect_in_words(m) for m in measures if m.p is not None and m.p <= ALPHA]
    return f" Perhaps, and more bundles would tell: {'; '.join(near)}." if near else ""


def _of(measures: Sequence[Measured], key: str) -> float:
    return next((m.old for m in measures if m.key == key), 0.0)


def _tally(found: Sequence[Change]) -> str:
    counts = [(plural(sum(c.kind == kind for c in found), "sentence"), kind) for kind in ("lost", "gained")]
    return " and ".join(f"{number} {kind}" for number, kind in counts).capitalize()


def effect_in_words(measure: Measured) -> str:
    """Return one measure's effect: how much, out of what, how sure."""
    sure = f", {interval(measure)}" if measure.low is not None else ""
    if measure.key in _LOSSES:
        return f"{figure(measure.difference)} {measure.noun} a briefing{sure}"
    if measure.key == "speaker_first":
        return f"{measure.noun} {measure.old:.0%} → {measure.new:.0%}"
    return f"{measure.noun} {figure(measure.old)} → {figure(measure.new)}{sure}"


def interval(measure: Measured) -> str:
    """Return the interval of a measure's change, "" with one bundle."""
    if measure.low is None or measure.high is None:
        return ""
    signed = measure.key not in _LOSSES
    return f"{figure(measure.low, signed=signed)} to {figure(measure.high, signed=signed)}"


def figure(value: float, *, signed: bool = False) -> str:
    """Return a number as it is read: one decimal below ten, none above."""
    shown = f"{value:,.0f}" if abs(value) >= 10 else f"{value:.1f}".removesuffix(".0")
    shown = shown.replace("-", "−") if shown not in ("-0", "−0") else "0"
    return f"+{shown}" if signed and value > 0 and shown != "0" else shown


def verdict(reports: Sequence[SectionReport], *, alerted: bool) -> str:
    """Return what the sections come to in one sentence; `alerted` if something graver is told beside it."""
    beyond = [r.title for r in reports if r.beyond_noise]
    touched = [r for r in reports if r.touched]
    if beyond:
        return f"Changed beyond noise: {', '.join(beyond)}."
    if not touched:
        return "The same replies on both sides: nothing changed."
    if not any(is_no_change(r) for r in touched):
        return "Too few runs to tell a change from noise."
    return "Otherwise no change beyond noise." if alerted else "No change beyond noise."


def is_no_change(report: SectionReport) -> bool:
    """Whether nothing in a section goes beyond noise, and enough was run to say so."""
    return not report.touched or report.verdict.startswith(_NO_CHANGE)


def run_counts(found: Comparison) -> Iterator[str]:
    """Yield how many stories were compared, how often each side was run, and with which model."""
    yield plural(len(found.stories), "story", "stories")
    old, new = (sorted({getattr(story, side) for story in found.stories}) for side in ("old_runs", "new_runs"))
    yield f"old prompts run {_times(old)}, new ones {_times(new)}"
    yield one_line(found.new.model)


def _times(runs: Sequence[int]) -> str:
    if len(runs) == 1:
        return {1: "once", 2: "twice"}.get(runs[0], f"{runs[0]} times")
    return f"{runs[0]} to {runs[-1]} times"
