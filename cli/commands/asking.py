"""Commands that ask: questions, ask, query, schema."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import Run
from cli.words.messages import language, of_error, say
from graph.errors import NotFoundError, UsageError
from graph.schema.vocabulary import closed_lists
from queries.answer import Answer, shaped

if TYPE_CHECKING:
    from queries.catalog import Param


class DialectOption(StrEnum):
    """The dialect that a query is written in."""

    cypher = "cypher"
    sparql = "sparql"


def questions(
    run: Run,
    everything: Annotated[bool, typer.Option("--all", help=say("opt.all"))] = False,
) -> None:
    """List the questions of the catalogue."""
    from queries.catalog import GROUPS
    from queries.things.vocabulary_pages import questions as listed

    columns = ("group", "question", "asks", "parameters", "columns")
    rows = (
        row | {"group": GROUPS[int(row["group"] or 0)][language()], "asks": row[language()]}
        for row in listed(inner=everything)
    )
    run.show(Answer(name="questions", columns=columns, rows=shaped(columns, rows)))


def ask(
    run: Run,
    question: Annotated[str, typer.Argument(metavar=say("meta.question"), help=say("arg.question"))],
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar=say("meta.parameters"), help=say("arg.parameters"))
    ] = None,
) -> None:
    """Ask any question of the catalogue."""
    from queries.catalog import find
    from queries.faults import ParameterError, UnknownNameError

    try:
        asked = find(question)
    except UnknownNameError as error:
        raise NotFoundError(say("error.no_question", message=of_error(error))) from error
    types: dict[str, str] = {one.name: one.type for one in asked.params}
    try:
        answer = run.ask(asked, **given(asked.name, types, parameters or []))
    except ParameterError as error:
        takes = " ".join(f"{one.name}={_choice(one)}{'' if one.required else '?'}" for one in asked.params)
        raise UsageError(
            say("error.asked_with", message=of_error(error), question=asked.name, parameters=takes)
        ) from error
    run.show(answer)


def _choice(param: "Param") -> str:
    return "|".join(closed_lists()[param.values]) if param.values else param.type


def given(question: str, types: dict[str, str], words: list[str]) -> dict[str, str | list[str]]:
    """Return the parameters that `name=value` words give; one of type texts may be given again and again.

    Raises:
        ParameterError: a word is not `name=value`.
    """
    from queries.faults import ParameterError

    parameters: dict[str, str | list[str]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            message = f"{word!r} is not a parameter; it reads NAME=VALUE, such as {next(iter(types), 'name')}=…"
            raise ParameterError("parameter_form", message, word=word, question=question)
        if types.get(name) == "texts":
            listed = parameters.setdefault(name, [])
            assert isinstance(listed, list)
            listed.append(value)
        else:
            parameters[name] = value
    return parameters


def query(
    run: Run,
    text: Annotated[str, typer.Argument(metavar=say("meta.cypher"), help=say("arg.cypher"), show_default=False)],
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, metavar="S", help=say("opt.timeout"))] = 10.0,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help=say("opt.rows"))] = 1000,
    dialect: Annotated[DialectOption | None, typer.Option("--dialect", help=say("opt.dialect"))] = None,
) -> None:
    """Ask in Cypher or SPARQL, read-only, in a process of its own."""
    from queries.typed.typed_in import answer

    typed = sys.stdin.read() if text == "-" else text
    found = answer(
        run.settings.address, typed, timeout=timeout, limit=limit, dialect=dialect.value if dialect else None
    )
    run.show(found)


def schema(run: Run) -> None:
    """Show the vocabulary: kinds of nodes and links with their properties."""
    from queries.things.vocabulary_pages import kinds

    columns = ("kind", "name", "label", "from", "to", "properties", "required")
    rows = (row | {"label": row[language()]} for row in kinds())
    run.show(Answer(name="schema", columns=columns, rows=shaped(columns, rows)))


COMMANDS = {"questions": questions, "ask": ask, "query": query, "schema": schema}
