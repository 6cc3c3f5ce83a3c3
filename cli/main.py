"""The application: its commands in order, its version, its way in."""

import sys
from typing import Annotated

import typer

from cli import asking, building, listing, reading, support, tracing
from cli.messages import say
from cli.options import INTERRUPTED
from cli.output import utf8_when_piped

app = typer.Typer(
    name="zhengmai",
    help=say("help.app"),
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"zhengmai {support.version()}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help=say("opt.version"))
    ] = False,
) -> None:
    """Take the options that stand before a command."""


for _module in (building, listing, tracing, asking, reading, support):
    _module.add(app)


def main() -> None:
    """Run the command line; leave with its exit code."""
    utf8_when_piped()
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write(say("interrupted") + "\n")
        sys.exit(INTERRUPTED)
