"""Options that every command takes, and how a command is added to the app: its errors and exit codes."""

import inspect
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from typer.models import OptionInfo

from cli.output import Run, complain
from cli.settings import Settings, store_of
from cli.words.messages import choose, language, of_error, say
from graph.errors import PolicyGraphError, UsageError
from graph.schema.vocabulary import closed_lists, listed_value, listed_words

INTERRUPTED = 130
UNEXPECTED = 1
_SHOWN = 200


class OutputFormat(StrEnum):
    """The format that rows are written in."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    tsv = "tsv"
    md = "md"
    xlsx = "xlsx"


class Language(StrEnum):
    """The language of messages."""

    zh = "zh"
    en = "en"


class Listed:
    """Reads a value of a closed list of the vocabulary, given by itself or by its word in any language (市, 市级, city)."""

    def __init__(self, listed: str) -> None:
        """Take the values of the list of that name."""
        self.listed = self.__name__ = listed

    def __call__(self, word: str) -> str:
        """Return the value that is meant.

        Raises:
            typer.BadParameter: none is.
        """
        if found := listed_value(self.listed, word):
            return found
        raise typer.BadParameter(f"{word!r} is not one of {listed_words(self.listed)}.")


def listed(flag: str, name: str) -> OptionInfo:
    """Return the option of that flag which takes a value of a closed list; its help is the message `opt.<flag>`."""
    values = list(closed_lists()[name])
    return typer.Option(  # type: ignore[no-any-return]
        flag,
        parser=Listed(name),
        metavar=f"<{'|'.join(values)}>",
        autocompletion=lambda: values,
        help=say(f"opt.{flag.removeprefix('--')}"),
    )


# The options that stand on every command, after its own.
COMMON: dict[str, tuple[Any, Any]] = {
    "store": (
        Annotated[str | None, typer.Option("--store", metavar=say("meta.dir"), help=say("opt.store"))],
        None,
    ),
    "format": (Annotated[OutputFormat | None, typer.Option("--format", "-f", help=say("opt.format"))], None),
    "as_json": (Annotated[bool, typer.Option("--json", help=say("opt.json"))], False),
    "output": (
        Annotated[Path | None, typer.Option("--output", "-o", metavar=say("meta.file"), help=say("opt.output"))],
        None,
    ),
    "machine": (Annotated[bool, typer.Option("--machine", help=say("opt.machine"))], False),
    "lang": (Annotated[Language | None, typer.Option("--lang", help=say("opt.lang"))], None),
    "quiet": (Annotated[bool, typer.Option("--quiet", "-q", help=say("opt.quiet"))], False),
    "debug": (Annotated[bool, typer.Option("--debug", help=say("opt.debug"))], False),
}


Entry = Callable[..., None]


def common_flags() -> dict[str, bool]:
    """Return the flags that every command takes, and whether each has a value."""
    found: dict[str, bool] = {}
    for annotation, default in COMMON.values():
        info = get_args(annotation)[1]
        found |= dict.fromkeys((str(info.default), *map(str, info.param_decls or ())), default is None)
    return found


def entry(function: Callable[..., None]) -> tuple[Entry, list[inspect.Parameter]]:
    """Return the function that runs a command from the values of its options and arguments, and the list of these.

    The function's first parameter is the run; the others are its own, the common ones come after them. Errors that a
    user can mend become one line and an exit code; others are said to be unexpected, and `--debug` shows where.
    """
    keyword = inspect.Parameter.KEYWORD_ONLY
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    common = [
        inspect.Parameter(option, keyword, default=default, annotation=annotation)
        for option, (annotation, default) in COMMON.items()
    ]

    def run(**values: Any) -> None:  # noqa: ANN401
        settings = _settings({option: values.pop(option) for option in COMMON})
        guarded(settings, lambda: function(Run(settings), **values))

    return run, [*(one.replace(kind=keyword) for one in own), *common]


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hang up a function as a command of an application."""

    def hang(function: Callable[..., None]) -> Callable[..., None]:
        run, parameters = entry(function)
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        run.__name__, run.__doc__ = function.__name__, function.__doc__
        told = say(f"help.{name}")
        app.command(name, help=told, short_help=told.partition("\n")[0])(run)
        return function

    return hang


def _settings(common: dict[str, Any]) -> Settings:
    if common["lang"]:
        choose(str(common["lang"]))
    kind = "json" if common["as_json"] else common["format"]
    return Settings(
        address=store_of(common["store"]),
        language=language(),
        format=str(kind) if kind else None,
        output=common["output"],
        quiet=common["quiet"],
        machine=common["machine"],
        debug=common["debug"],
    )


def guarded(settings: Settings, work: Callable[[], None]) -> None:
    """Do the work; an error becomes one line on stderr and an exit code."""
    try:
        work()
    except typer.Exit:
        raise
    except PolicyGraphError as error:
        _complain(settings, say("error", message=of_error(error)))
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        _complain(settings, say("interrupted"))
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is wrong, and nothing more can be said.
        sys.stderr.close()
        raise typer.Exit(0) from None
    except UnicodeEncodeError as error:
        # A word of the command line that holds other bytes than UTF-8, or half of a sign.
        _complain(settings, say("error.no_text", text=ascii(error.object)[1:-1][:_SHOWN]))
        raise typer.Exit(UsageError.exit_code) from None
    except Exception as error:  # noqa: BLE001 - the last net: a fault of ours, said in one line
        _complain(settings, say("error.unexpected", kind=type(error).__name__, message=" ".join(str(error).split())))
        raise typer.Exit(UNEXPECTED) from None


def _complain(settings: Settings, line: str) -> None:
    if settings.debug:
        complain(traceback.format_exc())
    complain(line)
