"""The application: its commands in order, its version, its way in."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from cli.options import INTERRUPTED, command, common_flags
from cli.output import complain, let_go_of_stdout, utf8_when_piped
from cli.quick import plain
from cli.words.messages import language, say
from graph.errors import StoreError
from views.words.lines import in_words

# Each command with the module that holds it, in the order of the help.
COMMANDS = {
    "build": "building",
    "remove": "building",
    "push": "pushing",
    "export": "pushing",
    "docs": "listing",
    "tasks": "listing",
    "units": "listing",
    "due": "listing",
    "ledger": "progressing",
    "progress": "progressing",
    "show": "listing",
    "search": "listing",
    "issues": "listing",
    "cascade": "tracing",
    "lineage": "tracing",
    "coverage": "tracing",
    "compare": "comparing",
    "scores": "scoring",
    "links": "comparing",
    "explain": "comparing",
    "decide": "deciding",
    "questions": "asking",
    "ask": "asking",
    "query": "asking",
    "schema": "asking",
    "check": "checking",
    "read": "reading",
    "extract": "reading",
    "evaluate": "reading",
    "view": "support",
    "serve": "serving_pages",
    "mcp": "serving_pages",
    "doctor": "support",
}


def _version(wanted: bool) -> None:
    if wanted:
        from queries.things.health import version

        sys.stdout.write(f"zhengmai {version()}\n")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help=say("opt.version"))
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def application(only: str | None = None) -> typer.Typer:
    """Return the application with all its commands, or with `only` one of them, which starts faster."""
    app = typer.Typer(
        name="zhengmai",
        help=say("help.app"),
        no_args_is_help=True,
        add_completion=only is None,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for name, module in COMMANDS.items():
        if only in (None, name):
            command(app, name)(import_module(f"cli.commands.{module}").COMMANDS[name])
    return app


def asked(arguments: Sequence[str], completing: bool = False) -> str | None:
    """Return the command that the arguments begin with, None where all must be at hand.

    >>> asked(["cascade", "province"]), asked(["--help"]), asked(["cascde"])
    ('cascade', None, None)
    """
    first = arguments[0] if arguments and not completing else None
    return first if first in COMMANDS else None


def in_order(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the options of every command that stand before it put behind it.

    >>> in_order(["--lang", "zh", "docs", "--json"]), in_order(["-q", "--store=x", "show", "yunxi/1.1"])
    (['docs', '--lang', 'zh', '--json'], ['show', '-q', '--store=x', 'yunxi/1.1'])
    >>> in_order(["--lang", "zh", "--version"]), in_order(["--nonsense", "docs"])
    (['--version'], ['--nonsense', 'docs'])
    """
    flags, at = common_flags(), 0
    while at < len(arguments):
        flag, equals, _ = arguments[at].partition("=")
        if flag not in flags:
            break
        at += 2 if flags[flag] and not equals else 1
    before, rest = list(arguments[:at]), list(arguments[at:])
    # Before an option of the program itself, such as --help, only the language counts, which is known already.
    return [rest[0], *before, *rest[1:]] if rest and not rest[0].startswith("-") else rest


def _read_by_typer(app: typer.Typer, words: Sequence[str]) -> None:
    """Run a command as typer reads it; what it cannot read is said in the language of the run."""
    from typer.exceptions import TyperException

    try:
        done = app(words, prog_name="zhengmai", standalone_mode=False)
    except TyperException as error:
        context, told = getattr(error, "ctx", None), error.format_message()
        if language() == "en" or (context and told == context.get_help()):
            error.show()  # type: ignore[attr-defined]
        else:
            said = say("error", message=in_words(told, language(), "USAGE"))
            if context:
                usage = context.get_usage().partition(": ")[2]
                said = say("misread", usage=usage, command=context.command_path, error=said)
            complain(said)
        sys.exit(error.exit_code)
    sys.exit(done if isinstance(done, int) else 0)


def main() -> None:
    """Run the command line; leave with its exit code."""
    utf8_when_piped()
    words = in_order(sys.argv[1:])
    name = asked(words, "_ZHENGMAI_COMPLETE" in os.environ)
    try:
        if name and (ready := plain(import_module(f"cli.commands.{COMMANDS[name]}").COMMANDS[name], words[1:])):
            ready()
        else:
            _read_by_typer(application(name), words)
    except typer.Exit as done:
        sys.exit(done.exit_code)
    except KeyboardInterrupt:
        complain(say("interrupted"))
        sys.exit(INTERRUPTED)
    except OSError as error:
        # Pages of help, which typer writes.
        let_go_of_stdout()
        complain(say("error.output", reason=in_words(error.strerror or str(error), language(), "REASONS")))
        sys.exit(StoreError.exit_code)
