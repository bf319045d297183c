"""The command line: one file a command, no logic."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from quotecraft import __version__
from quotecraft.cli._signals import INTERRUPTED, TERMINATED, Stopped, stoppable

__all__ = ["main"]

_COMMANDS = {
    "batch": ("quotecraft.cli.batch:batch", "Read any number of texts; go on when killed."),
    "eval": ("quotecraft.cli.eval:evaluate", "Score a model or predictions against gold."),
    "extract": ("quotecraft.cli.extract:extract", "Find who said what, in files or folders."),
    "models": ("quotecraft.cli.models:models", "List, describe and check the shipped models."),
    "report": ("quotecraft.cli.report:report", "Audit who is heard, as one HTML page."),
    "show": ("quotecraft.cli.show:show", "Show an article with its quotations highlighted."),
    "speakers": ("quotecraft.cli.speakers:speakers", "Say who is heard, how much and how."),
    "store": ("quotecraft.cli.store:store", "Keep documents in a file; search what was said."),
    "train": ("quotecraft.cli.train:train", "Make the shipped weights again from named data."),
}


class _LazyGroup(click.Group):
    """Loads a command's module only when the command runs, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = get_close_matches(args[0], _COMMANDS, 1) if args[0] not in _COMMANDS else []
        if near:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (click's own signature)
        from quotecraft.errors import QuotecraftError

        try:
            with stoppable():
                return super().invoke(ctx)
        except QuotecraftError as error:
            raise click.ClickException(str(error)) from error
        except (KeyboardInterrupt, Stopped) as error:
            click.echo("quotecraft: stopped", err=True)
            ctx.exit(TERMINATED if isinstance(error, Stopped) else INTERRUPTED)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quotecraft")
def main() -> None:
    """Read news and fiction and say who said what.

    \b
    Example:
      quotecraft show article.txt
      quotecraft extract articles/ -o quotes.jsonl
    """
