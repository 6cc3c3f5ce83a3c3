"""docs/conformance.md: what the suite holds, question by question and engine by engine."""

from queries.catalog import catalogue
from tests.conformance.engines import abilities, engines, lacks
from tests.conformance.graphs import Graphs

_HEAD = """# One question, every engine, the same rows

Every question of the catalogue is asked on every engine, and its rows, and the notes beside them, must be equal in value and in
order to those of the embedded engine. This page is made by the suite that holds it:

    python3 start.py test -m conformance
    ZHENGMAI_REGENERATE=1 python3 start.py test -m conformance -k page    # writes this page anew

The graphs are two made by hand (what is only cited, told twice, or rejected by a person), the sample of this project, the real
documents where they stand beside the checkout, and small families that hypothesis generates, the same in every run: of rows, with
all that the vocabulary allows and odd characters in every text, and of documents that are read and linked. Each question is asked
with several sets of parameters. The suite starts the servers itself, on loopback and with ports of their own, and stops them;
without Java or Maven the tests of those servers skip and say why, and with `CI=true` they fail. `ZHENGMAI_TEST_NEO4J` and
`ZHENGMAI_TEST_SPARQL` name servers that already run.

## Engines
"""
_QUESTIONS = """
## Questions

`asked` is with how many sets of parameters the question is asked on the sample and the graphs made by hand, beside it how many rows
they give together; `=` says that the engine gives the same rows in the same order, there and on every other graph of the suite.
"""
_ABILITIES = """
## What else an engine can do
"""
_KINDS = {"notimpl": "not built here", "notyet": "not there yet", "never": "not of its kind"}


def page(graphs: Graphs) -> str:
    """Return the page; the rows are those of the graphs that stand in the project."""
    notes: dict[str, int] = {}
    questions, more = _questions(graphs, notes), _abilities(notes)
    parts = [_HEAD, *_engines(), _QUESTIONS, *questions, _ABILITIES, *more, ""]
    parts += [f"{number}. {text}" for text, number in notes.items()]
    return "\n".join(parts) + "\n"


def _engines() -> list[str]:
    return [f"- **{one.title}**: {one.how}" for one in engines().values()]


def rows_of(graphs: Graphs, question: str) -> tuple[int, int]:
    """Return how many rows answer a question, of the sample and of the graphs made by hand."""
    found = {
        name: sum(len(said[0]) for _, said in graphs.get(name).answers(question) if not isinstance(said, str))
        for name in ("sample", "small", "summary")
    }
    return found["sample"], found["small"] + found["summary"]


def _questions(graphs: Graphs, notes: dict[str, int]) -> list[str]:
    lines = [
        "| question | asked | sample | made by hand | " + " | ".join(one.title for one in engines().values()) + " |",
        "| --- | ---: | ---: | ---: |" + " :-: |" * len(engines()),
    ]
    for name in catalogue():
        asked = sum(len(graphs.get(one).answers(name)) for one in ("sample", "small", "summary"))
        sample, made = rows_of(graphs, name)
        marks = [_mark(engine, name, "=", notes) for engine in engines()]
        lines.append(f"| {name} | {asked} | {sample} | {made} | {' | '.join(marks)} |")
    return lines


def _abilities(notes: dict[str, int]) -> list[str]:
    lines = [
        "| | " + " | ".join(one.title for one in engines().values()) + " |",
        "| --- |" + " :-: |" * len(engines()),
    ]
    for ability in abilities():
        marks = [_mark(engine, ability.name, "yes", notes) for engine in engines()]
        lines.append(f"| {ability.title} | {' | '.join(marks)} |")
    return lines


def _mark(engine: str, what: str, here: str, notes: dict[str, int]) -> str:
    lack = lacks().get((engine, what))
    if lack is None:
        return here
    number = notes.setdefault(f"{_KINDS[lack.kind]}: {lack.reason}", len(notes) + 1)
    return f"no ({number})"
