"""The command that shows the graph in a browser: serve."""

import os
from typing import Annotated

import typer

from cli.output import Run, complain
from cli.words.messages import say


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
        # Where it is must be known also of a quiet run: it may hold the token.
        tell=lambda url: complain(say("serving", url=url)),
        show=show,
    )


COMMANDS = {"serve": serve}
