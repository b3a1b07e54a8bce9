"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

BundlePath = Annotated[
    str,
    typer.Argument(metavar="BUNDLE", help="A bundle (.json, .jsonl), a folder of articles, or - for standard input."),
]
Prompts = Annotated[
    Path | None,
    typer.Option("--prompts", metavar="DIR", help="Folder with prompt files of your own.", show_default=False),
]
ModelName = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="A model's name, extract (no model) or auto.", show_default=False),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.", show_default=False),
]
Judge = Annotated[
    str | None,
    typer.Option("--judge", metavar="NAME", help="A model that judges each statement.", show_default=False),
]
SectionKeys = Annotated[
    list[str] | None,
    typer.Option("--section", metavar="KEY", help="Only this section; may be given several times."),
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="Language of the briefing, such as en or de.")
]
FailOn = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="WHEN", help="Exit 9 when incomplete (default), withheld, or never."),
]
Record = Annotated[Path | None, typer.Option("--record", metavar="TAPE", help="Write the model's replies to a tape.")]
Replay = Annotated[
    Path | None,
    typer.Option("--replay", metavar="TAPE", help="Take the model's replies from a tape; no call is made."),
]
MaxCost = Annotated[
    float | None,
    typer.Option("--max-cost", metavar="USD", help="End before a call that could pass this.", show_default=False),
]
MaxTokens = Annotated[
    int | None,
    typer.Option("--max-tokens", metavar="N", help="The same in tokens, in and out.", show_default=False),
]
WindowTokens = Annotated[
    int | None,
    typer.Option("--window", metavar="N", help="The model's window in tokens; longer articles are cut to it."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback when something fails.")]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="A line on stderr for each call as it ends: tokens, seconds, cost.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but the result and errors.")]
Spill = Annotated[
    Path | None,
    typer.Option("--spill", metavar="DIR", help="Where paid replies go while the disk is full.", show_default=False),
]
AcceptChanges = Annotated[
    bool, typer.Option("--accept-changes", help="Begin anew though the bundle of an unfinished run has changed.")
]
ForceUnlock = Annotated[
    bool, typer.Option("--force-unlock", help="Take the run folder though its holder cannot be looked at.")
]


def path_of(given: str) -> Path | None:
    """Return the path of an argument, None for standard input."""
    return None if given == "-" else Path(given)
