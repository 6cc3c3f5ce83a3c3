"""Commands that serve the graph: to a browser (serve), to an agent (mcp)."""

import os
from typing import Annotated

import typer

from cli.output import Run, complain
from cli.words.messages import language, say
from graph.errors import UsageError


def serve(
    run: Run,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help=say("opt.port"))] = 8765,
    host: Annotated[str | None, typer.Option("--host", metavar=say("meta.host"), help=say("opt.host"))] = None,
    token: Annotated[str | None, typer.Option("--token", metavar=say("meta.token"), help=say("opt.token"))] = None,
    show: Annotated[bool, typer.Option("--open", help=say("opt.open"))] = False,
) -> None:
    """Show the graph in a browser."""
    from views.web.serving import serve as serve_pages

    serve_pages(
        run.settings.address,
        port=port,
        host=host,
        token=token or os.environ.get("ZHENGMAI_TOKEN"),
        # Where it is must be known also of a quiet run: it holds the token.
        tell=lambda url: complain(say("serving", url=url)),
        show=show,
    )


def mcp(run: Run) -> None:
    """Serve the graph to an agent over standard input and output.

    Raises:
        UsageError: the SDK of the protocol is not installed.
    """
    from cli.commands.report_files import notes_in_words
    from queries.things.health import version

    try:
        from views.web.programs.agent_server import agent_server
    except ModuleNotFoundError as error:
        raise UsageError("the SDK of MCP is not installed; run pip install 'zhengmai[mcp]'") from error
    spoken = language()
    # A graph that is not there is told of before an agent asks.
    with run.store():
        pass
    server = agent_server(run.settings.address, lambda note: notes_in_words([note], spoken)[0], spoken, version())
    server.run("stdio")


COMMANDS = {"serve": serve, "mcp": mcp}
