"""Commands beside the graph: view, doctor."""

import platform
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.output import Run
from cli.words.messages import language, of_error, say
from graph.errors import PolicyGraphError, UsageError
from graph.store.protocol import Row
from queries.answer import Answer, shaped

Picture = StrEnum("Picture", ["cascade"])
# What a browser opens.
_PAGES = (".html", ".htm")
_PACKAGES = (
    "arcadedb",
    "pyarrow",
    "typer",
    "rich",
    "pyvis",
    "jinja2",
    "networkx",
    "rdflib",
    "pyoxigraph",
    "neo4j",
    "opencc",
    "rapidfuzz",
    "lxml",
    "readability-lxml",
    "charset-normalizer",
    "ahocorasick-rs",
    "xlsxwriter",
    "pandas",
)


def view(
    run: Run,
    picture: Annotated[Picture, typer.Argument(metavar="cascade", help=say("arg.picture"), show_default=False)],
    of: Annotated[str, typer.Argument(metavar=say("meta.name"), help=say("arg.name"), show_default=False)],
    theme: Annotated[str | None, typer.Option("--theme", metavar=say("meta.theme"), help=say("opt.theme"))] = None,
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help=say("opt.most"))] = 150,
) -> None:
    """Draw a picture as one HTML file."""
    from views.picture_file import write_cascade

    target = run.settings.output or Path(f"{picture}.html")
    if target.suffix.lower() not in _PAGES:
        raise UsageError(say("error.page_suffix", suffix=target.suffix or "-", known=" ".join(_PAGES)))
    with run.store() as store:
        done = run.replace(
            target, lambda path: write_cascade(store, of, path, theme=theme, language=language(), most=most)
        )
    run.tell("drawn", tasks=done.tasks, links=done.links, pictures=done.pictures)


def doctor(run: Run) -> None:
    """Say what is installed, and whether the graph answers."""
    rows = list(_report(run))
    columns = ("check", "state", "detail")
    run.show(Answer(name="doctor", columns=columns, rows=shaped(columns, rows)))
    if any(row["state"] == "bad" for row in rows):
        raise typer.Exit(6)


def _report(run: Run) -> list[Row]:
    from importlib import metadata

    rows: list[Row] = [
        {"check": "zhengmai", "state": "ok", "detail": version()},
        {"check": "python", "state": "ok", "detail": f"{platform.python_version()} {sys.executable}"},
        {"check": "system", "state": "ok", "detail": platform.platform()},
        {"check": "encoding", "state": "ok", "detail": f"{sys.stdout.encoding} {language()}"},
    ]
    for name in _PACKAGES:
        try:
            rows.append({"check": name, "state": "ok", "detail": metadata.version(name)})
        except metadata.PackageNotFoundError:
            rows.append({"check": name, "state": "absent" if name == "pandas" else "bad", "detail": None})
    return [*rows, _graph(run)]


def _graph(run: Run) -> Row:
    """Return whether the graph answers; that none was built yet is no fault."""
    from graph.store import folder_of, shown
    from graph.store.home import Home

    folder = folder_of(run.settings.address)
    if folder is not None and Home(folder).current() is None:
        return {"check": "graph", "state": "absent", "detail": say("doctor.no_graph", store=folder)}
    try:
        count = len({row["document"] for row in run.ask("documents").rows})
    except PolicyGraphError as error:
        return {"check": "graph", "state": "bad", "detail": of_error(error)}
    return {"check": "graph", "state": "ok", "detail": say("doctor.graph", store=shown(run.settings.address), count=count)}


def version() -> str:
    """Return the version of this software."""
    from importlib import metadata

    try:
        return metadata.version("zhengmai")
    except metadata.PackageNotFoundError:
        return "0.1.0"


COMMANDS = {"view": view, "doctor": doctor}
