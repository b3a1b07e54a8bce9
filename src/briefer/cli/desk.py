"""`briefer prompts`: the editors' desk."""

from __future__ import annotations

import typer

from briefer.cli import prompts, rendering, versions

app = typer.Typer(
    help="Look at the prompts, change them, see what changed.", no_args_is_help=True, rich_markup_mode=None
)
app.command("list")(prompts.list_prompts)
app.command("show")(prompts.show)
app.command("check")(prompts.check)
app.command("render")(rendering.render)
app.command("diff")(versions.diff)
app.command("log")(versions.log)
app.command("restore")(versions.restore)
app.command("eject")(prompts.eject)
