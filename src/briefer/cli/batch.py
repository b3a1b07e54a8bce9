"""`briefer batch`: many bundles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from briefer.cli import exchange, options
from briefer.errors import UsageError


class WithDefault(TyperGroup):
    """A group with a command that is meant where none is named: `briefer batch stories/` is `batch run stories/`."""

    default = "run"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command in front of what does not begin with a command."""
        named = args and args[0] in self.commands
        return super().parse_args(ctx, args if named else [self.default, *args])


app = typer.Typer(cls=WithDefault, rich_markup_mode=None, help="Work through many bundles.")


@app.callback()
def _batch() -> None:
    pass


@app.command("run")
def run(
    bundles: Annotated[
        list[str],
        typer.Argument(
            metavar="BUNDLES...", help="Bundles, folders of them, patterns, JSON Lines of bundles, or - for stdin."
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for all that comes of it.")],
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT", help="json (default), markdown, html, terminal; several times."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="N", help="Bundles at a time.", show_default=False, min=1)
    ] = None,
    shard: Annotated[
        str | None, typer.Option("--shard", metavar="I/N", help="Only the Ith of N parts.", show_default=False)
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="ENGINE", help="local: this process. ray: a cluster of Ray's.")
    ] = "local",
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Do again what failed or came out incomplete.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Do everything again, and pay for it again.")] = False,
    model: options.ModelName = None,
    judge: options.Judge = None,
    base_url: options.BaseUrl = None,
    section: options.SectionKeys = None,
    prompts: options.Prompts = None,
    language: options.Language = None,
    max_cost: options.MaxCost = None,
    max_tokens: options.MaxTokens = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write a JUnit file.", show_default=False)
    ] = None,
    github: Annotated[
        bool, typer.Option("--github", help="Annotate files in GitHub Actions, and write the step's summary.")
    ] = False,
    fail_on: options.FailOn = None,
    spill: options.Spill = None,
    force_unlock: options.ForceUnlock = False,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> None:
    """Turn many bundles into briefings.

    What cannot be used is named before the first call, and the others go on. The same command again goes on where it
    stopped. Each bundle's briefing is in DIR/briefings, the sum in DIR/summary.json. Exit codes: 0 all complete, else
    that of the worst bundle: 9 findings, or some rejected, 5 provider, 4 needs a person, 1 a bug; 3 all rejected.
    """
    part, on_ray = _shard(shard), _on_ray(engine)
    with _held(output, force_unlock):
        # Imported under the lock: whoever finds the folder in use is gone at once.
        from briefer.cli.batching import Order, run_batch
        from briefer.cli.summarize import chosen_sections, known_format, refuse_fail_on, refuse_without_model
        from briefer.settings import from_here

        refuse_fail_on(fail_on)
        named = {"model": model, "judge": judge, "base_url": base_url, "max_cost": max_cost, "max_tokens": max_tokens}
        flags = {**named, "prompts": prompts, "language": language, "spill": spill, "fail_on": fail_on}
        settings, _ = from_here({**flags, "concurrency": jobs})
        refuse_without_model(settings, {"--base-url": base_url, "--judge": judge})
        order = Order(
            tuple(bundles),
            output,
            settings,
            chosen_sections(section),
            tuple(dict.fromkeys(map(known_format, format_ or ["json"]))),
            shard=part,
            retry_failed=retry_failed,
            force=force,
            junit=junit,
            github=github,
            quiet=quiet,
            debug=debug,
            on_ray=on_ray,
        )
        raise typer.Exit(run_batch(order))


@contextmanager
def _held(folder: Path, force_unlock: bool) -> Iterator[None]:
    from briefer.disk import make_folder
    from briefer.holding import held

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", hint="name a folder with -o")
    make_folder(folder)
    with held(folder, force_unlock=force_unlock):
        yield


app.command("export")(exchange.export)
app.command("submit")(exchange.submit)
app.command("status")(exchange.status)
app.command("fetch")(exchange.fetch)
app.command("import")(exchange.import_)


def _shard(given: str | None) -> tuple[int, int]:
    number, _, of = (given or "1/1").partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise UsageError(f"there is no shard {given!r}", hint="write it as 3/64: the third of 64 parts")


def _on_ray(engine: str) -> bool:
    if engine not in ("local", "ray"):
        raise UsageError(f"there is no engine {engine!r}", hint="choose local or ray")
    if engine == "ray" and not all(map(find_spec, ("ray", "pyarrow"))):
        raise UsageError("Ray is not installed", hint="pip install 'briefer[ray]'")
    return engine == "ray"
