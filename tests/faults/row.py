"""A fault: what happens, how it is played, and what whoever runs the command must see of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cli.command import Outcome
    from tests.faults.stage import Stage

SAFE = "every finished reply is in the journal"
RESUME = "run the same command again: it goes on where it stopped"
KILLED = 137  # what a shell says of a process that SIGKILL ended
# What stands for something else in each run, and what it may look like.
STANDS_FOR = {
    "minute": r"\d{4}-\d\d-\d\d \d\d:\d\dZ",
    "moment": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00",
    "later": r"\d later ones?",
    "replies": r"\d repl(?:y|ies)",
    "number": r"\d[\d,]*",
    "folder": r"\.briefer/runs/\w+-[0-9a-f]{8}",
    "name": r"[\w.-]+",
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One row of the table.

    `answers` are what the server answers to the calls with a fault, in order; the last repeats, all other calls are
    answered well. `play` runs the command where plain answers are not enough. `reads` are all lines of stderr, with
    `{host}` and the names of STANDS_FOR for what differs from run to run. `calls` says what the journal holds of each
    call with a fault afterwards, one status for each request; `reached` says that the server got these. Where a run was
    begun before, `asked` are the calls that the command makes now. `proof` looks at whatever else there is to see.
    With `bundles` the command is `batch`, over what this names. `again` is the exit code of the same command with
    everything mended, by `mend` and the options `mended_by` if need be; None where nothing is left to do. `asked_again`
    are the calls that it then makes. `xfail` says what the program does instead of what the row promises.
    """

    name: str
    what: str
    code: int
    reads: tuple[str, ...] = ()
    answers: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    reached: bool = True
    asked: tuple[str, ...] | None = None
    sections: tuple[str, ...] = ("whats_happened", "topics")
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    bundles: str = ""
    play: Callable[[Stage], Outcome] | None = None
    proof: Callable[[Stage, Outcome], None] | None = None
    mend: Callable[[Stage], None] | None = None
    again: int | None = None
    mended_by: tuple[str, ...] = ()
    asked_again: tuple[str, ...] | None = None
    xfail: str = ""

    @property
    def exit_code(self) -> int:
        """The exit code as a shell has it."""
        return KILLED if self.code < 0 else self.code

    @property
    def paid(self) -> int:
        """How many replies to the calls with a fault were certainly billed."""
        if self.asked is not None:
            return len(self.asked)
        return sum(status not in ("http", "unknown") for statuses in self.calls.values() for status in statuses.split())

    @property
    def maybe(self) -> int:
        """How many more of them may have been billed: those that were broken off."""
        return sum(statuses.split().count("unknown") for statuses in self.calls.values())

    def reads_as(self, lines: Sequence[str], host: str) -> bool:
        """Whether these are the lines of stderr that the row promises."""
        patterns = [pattern(line, host) for line in self.reads]
        return len(lines) == len(patterns) and all(map(re.fullmatch, patterns, lines))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A row that another test plays: `by` is its file and name, the rest says what that test holds."""

    name: str
    what: str
    code: str
    reads: tuple[str, ...]
    paid: int | str
    maybe: str
    again: int | None
    by: str

    @property
    def exit_code(self) -> int:
        """The exit code as a shell has it."""
        return KILLED if self.code == "killed" else int(self.code)


def pattern(line: str, host: str) -> str:
    """Return the regular expression for a promised line."""
    known = {"host": re.escape(host), **STANDS_FOR}
    parts = re.split(r"\{(\w+)\}", line)
    return "".join(known[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))


def error(cause: str, safe: str = SAFE, next_: str = RESUME) -> tuple[str, ...]:
    """Return the lines with which a run ends early."""
    return (f"briefer: {cause}", *([f"  safe: {safe}"] if safe else []), *([f"  next: {next_}"] if next_ else []))


def bill(calls: int = 2, *, asked: int | None = None, maybe: int = 0, counted: bool = True) -> str:
    """Return the line about what a finished run took; each of its replies counts 100 tokens in and 10 out."""
    took = [f"m: {calls} call{'' if calls == 1 else 's'}" + ("" if asked is None else f", {asked} of them now")]
    took.append(
        f"{100 * calls} tokens in (40% cached), {10 * calls} out · cost unknown"
        if counted
        else "tokens unknown: not every reply came with a count"
    )
    return " · ".join([*took, *([f"may have been billed: {maybe}"] if maybe else [])])


def lead(why: str, outlet: str = "Coast Radio") -> str:
    """Return the line about an outlet that has its own sentences in place of an account."""
    return f"A702 {outlet}: {why}; its own lead sentences stand in place of an account."


def failed(why: str) -> str:
    """Return the line about a section that is missing."""
    return f"R001 This section failed: {why}."
