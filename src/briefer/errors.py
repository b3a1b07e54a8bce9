"""The error tree: each error has a cause, what is safe, what to do next, and an exit code.

    BrieferError                1   a bug, or an error nobody sorted yet
    ├── UsageError              2   the command line
    ├── InputError              3   bundle, prompt, config, tape or run folder rejected; nothing paid
    ├── NeedsPersonError        4   key, credit, permission, model name, TLS, redirect
    ├── UnavailableError        5   the provider cannot be reached or does not answer; resumable
    ├── BudgetError             6   a cost or token limit reached; resumable
    ├── StorageError            7   disk or permission; resumable
    ├── BusyError               8   the run folder is in use
    └── ReplyError              9   a reply that cannot be used; the flow falls back and goes on

Exit code 9 is also the code of a run that finished with findings, and 129, 130, 143 are
those of a run that a signal stopped; neither is an exception.
"""

from __future__ import annotations

from collections.abc import Sequence

EXIT_OK = 0
EXIT_FINDINGS = 9


class BrieferError(Exception):
    """Something briefer reports in three lines and ends with `exit_code`."""

    exit_code = 1

    def __init__(self, cause: str, *, hint: str = "", safe: str = "") -> None:
        """`cause` says what is wrong, `hint` what to do next, `safe` what has not been lost."""
        super().__init__(cause)
        self.cause = cause
        self.hint = hint
        self.safe = safe


class UsageError(BrieferError):
    """The command line asks for something that does not exist."""

    exit_code = 2


class InputError(BrieferError):
    """A bundle, prompt, configuration, tape or run folder was rejected before any paid call."""

    exit_code = 3


class NeedsPersonError(BrieferError):
    """Only a person can mend it: a key, credit, permission, a model's name, TLS, a redirect."""

    exit_code = 4


class UnavailableError(BrieferError):
    """The provider cannot be reached, or does not answer in time; the same command goes on later."""

    exit_code = 5


class BudgetError(BrieferError):
    """A cost or token limit was reached; the same command with a higher limit goes on."""

    exit_code = 6


class StorageError(BrieferError):
    """The disk is full or a file may not be written; the same command goes on once it may.

    `unkept` are the lines of paid replies that could be written nowhere: whoever reports the error prints them.
    """

    exit_code = 7
    unkept: Sequence[bytes] = ()


class BusyError(BrieferError):
    """Another process works in this run folder."""

    exit_code = 8


class ReplyError(BrieferError):
    """The model answered with something that cannot be used: refused, cut, empty or malformed."""

    exit_code = 9
