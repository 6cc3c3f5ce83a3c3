"""The explorer as a web application: an address in, a page or its file out; decisions of people are taken by POST."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graph.errors import NotFoundError, PolicyGraphError, UsageError
from graph.link.decisions import Word
from queries.faults import ParameterError, SeveralNamesError
from queries.links.named_decision import decision_on
from queries.names import resolve
from views.web.door import LOOPBACK, WRITES, Door
from views.web.held_graph import HeldGraph, KeptTexts
from views.web.page_files import CALENDAR, MEDIA, file_of, media_of
from views.web.page_links import KEPT, PageLinks, address, local_path
from views.web.page_records import Asked, Page
from views.web.page_words import PageWords
from views.web.pages.compare_page import compare_page
from views.web.pages.deadlines_page import deadlines_page
from views.web.pages.document_page import document_page, page_number, place_in
from views.web.pages.family_page import family_page
from views.web.pages.indicators_page import indicators_page
from views.web.pages.place_and_theme_pages import place_page, theme_page
from views.web.pages.plain_pages import issues_page, keys_page
from views.web.pages.review_page import review_page
from views.web.pages.search_page import search_page
from views.web.pages.start_page import start_page
from views.web.pages.task_page import task_page
from views.web.pages.unit_page import unit_page
from views.web.programs.api_description import api_description
from views.web.progress_form import TypedProgress, recorded

if TYPE_CHECKING:
    from graph.store.protocol import Store

MakePage = Callable[[Asked], Page]
PAGES: Mapping[str, MakePage] = {
    "start": start_page,
    "search": search_page,
    "document": document_page,
    "task": task_page,
    "family": family_page,
    "compare": compare_page,
    "unit": unit_page,
    "place": place_page,
    "theme": theme_page,
    "deadlines": deadlines_page,
    "indicators": indicators_page,
    "review": review_page,
    "issues": issues_page,
    "keys": keys_page,
}
"""Every page by its name, which is its path too."""
_ASSETS = {"explorer.css": "text/css; charset=utf-8", "explorer.js": "text/javascript; charset=utf-8"}
_LONGEST_FORM = 64_000
_SAID = ("yes", "no", "undo")


def explorer(
    graph: HeldGraph, hosts: Sequence[str] = LOOPBACK, token: str | None = None, *, closed: bool = False
) -> Door:
    """Return the application that shows a graph, behind a door that lets in its own pages only (`door.Door`)."""
    routes = [Route(f"/assets/{name}", _asset(name)) for name in _ASSETS]
    for name in PAGES:
        routes.append(Route("/" if name == "start" else f"/{name}", _endpoint(graph, name, None)))
        kinds = (*MEDIA, CALENDAR) if name == "deadlines" else MEDIA
        routes += [Route(f"/{name}.{kind}", _endpoint(graph, name, kind)) for kind in kinds]
    routes.append(Route("/printed", _picture(graph)))
    routes.append(Route("/decide", _taking(graph, _decide), methods=["POST"]))
    routes.append(Route("/progress", _taking(graph, _record), methods=["POST"]))
    routes.append(Route("/openapi.json", _description))

    @asynccontextmanager
    async def lifespan(app: Starlette):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as Starlette asks for it
        yield
        graph.close()

    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: _nowhere})
    return Door(app, hosts, token, closed=closed)


def _endpoint(graph: HeldGraph, name: str, kind: str | None) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        values = dict(request.query_params)
        words = PageWords(values.get("lang", "zh"))
        try:
            with graph.lent() as (store, texts):
                asked = _asked(graph, store, texts, values, words)
                page = PAGES[name](asked)
                if kind is not None:
                    return Response(file_of(page, kind, words, asked.get("table")), headers=_as_file(name, kind))
            return _html(graph, name, page, values, words, writes=bool(request.scope[WRITES]))
        except PolicyGraphError as error:
            return _fault(graph, error, values, words, kind, name)

    return answer


def _picture(graph: HeldGraph) -> Callable[[Request], Response]:
    """Return what answers with a page of a document's file as a picture."""

    def answer(request: Request) -> Response:
        values = dict(request.query_params)
        words = PageWords(values.get("lang", "zh"))
        try:
            with graph.lent() as (store, texts):
                asked = _asked(graph, store, texts, values, words)
                document = resolve(store, "document", asked.need("of"))[0]
                at = place_in(asked.get("at"), len(asked.reading(document).text))
                picture, media = texts.page_picture(document, page_number(asked.need("page")), at)
            return Response(picture, headers={"content-type": media, "cache-control": "no-store"})
        except PolicyGraphError as error:
            return _fault(graph, error, values, words, "printed", "document")

    return answer


def _asked(graph: HeldGraph, store: "Store", texts: KeptTexts, values: Mapping[str, str], words: PageWords) -> Asked:
    return Asked(
        values=values,
        store=store,
        texts=texts,
        decisions=graph.kept.decisions(),
        words=words,
        today=_today(values.get("today")),
    )


def _today(given: str | None) -> date:
    if not given:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ParameterError(
            "parameter_unread",
            f"today is {given!r}; it must be a date",
            question="page",
            name="today",
            value=given,
            type="date",
        ) from None


def _as_file(name: str, kind: str) -> dict[str, str]:
    told = {"content-type": media_of(kind), "cache-control": "no-store"}
    return told if kind == "json" else told | {"content-disposition": f'attachment; filename="zhengmai-{name}.{kind}"'}


def _html(
    graph: HeldGraph,
    name: str,
    page: Page,
    values: Mapping[str, str],
    words: PageWords,
    status: int = 200,
    *,
    writes: bool = False,
) -> Response:
    text = (
        _environment()
        .get_template(f"{name}.html")
        .render(
            name=name,
            page=page,
            facts=page.facts,
            words=words,
            links=PageLinks(name, values),
            # The page that says what is wrong has no address of its own.
            asked_at=page.facts.get("links") or PageLinks(name, values),
            values=values,
            writes=writes,
            building=graph.building,
            fault=words.error(graph.fault) if graph.fault else None,
            kinds=list(MEDIA) if page.tables else [],
            assets=_digests(),
        )
    )
    return Response(text, status, {"content-type": "text/html; charset=utf-8", "cache-control": "no-store"})


def _fault(
    graph: HeldGraph,
    error: PolicyGraphError,
    values: Mapping[str, str],
    words: PageWords,
    kind: str | None,
    asked_page: str,
) -> Response:
    """Return the page that says what is wrong with what a page was asked, and where several things are meant, which."""
    status = 404 if isinstance(error, NotFoundError) else 400 if isinstance(error, UsageError) else 503
    line = words.error(error)
    if kind is not None:
        return Response(line + "\n", status, {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"})
    facts: dict[str, Any] = {"line": line, "matches": (), "links": PageLinks(asked_page, values)}
    if isinstance(error, SeveralNamesError):
        named = str(error.values["kind"])
        facts |= {"matches": error.matches, "parameter": named if values.get(named) else "of"}
    return _html(graph, "fault", Page(title=words("fault.title"), facts=facts), values, words, status)


async def _nowhere(request: Request, error: Exception) -> Response:
    words = PageWords(request.query_params.get("lang", "zh"))
    return Response(
        words("fault.nowhere") + "\n", 404, {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"}
    )


def _description(request: Request) -> Response:
    from queries.things.health import version

    text = json.dumps(api_description(PAGES, version()), ensure_ascii=False, indent=2) + "\n"
    return Response(text, headers={"content-type": MEDIA["json"], "cache-control": "no-cache"})


# -- what people write


def _taking(graph: HeldGraph, take: Callable[[HeldGraph, Mapping[str, str]], Response]) -> Callable[[Request], Any]:
    """Return what takes a form that was sent."""

    async def answer(request: Request) -> Response:
        body = await _short_body(request)
        try:
            form = dict(parse_qsl((body or b"").decode("utf-8", "replace"), max_num_fields=20))
        except ValueError:
            form = {}
        return await run_in_threadpool(take, graph, form)

    return answer


async def _short_body(request: Request) -> bytes | None:
    """Return what was sent, None where it is longer than a form of ours can be."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return None
    return body


def _decide(graph: HeldGraph, form: Mapping[str, str]) -> Response:
    """Keep a person's word on a link, and go back to where it was said."""
    words = PageWords(form.get("lang", "zh"))
    try:
        said = form.get("said", "")
        if said not in _SAID or not form.get("child") or not form.get("parent"):
            raise ParameterError(
                "parameter_missing", "a decision needs said, child, parent", question="decide", name="said"
            )
        names = (form["child"], form["parent"])
        word = Word.now(form.get("by"), form.get("why"))
        with graph.lent() as (store, _):
            named = decision_on(
                store,
                names,
                "yes" if said == "yes" else "no" if said == "no" else "undo",
                word,
                decisions=graph.kept.decisions(),
                names_of=graph.kept.names_of_unit,
            )
        graph.decide(named.decision)
    except PolicyGraphError as error:
        return _fault(graph, error, {"lang": words.language}, words, None, "start")
    return RedirectResponse(local_path(form.get("back")), 303, {"cache-control": "no-store"})


def _record(graph: HeldGraph, form: Mapping[str, str]) -> Response:
    """Keep how far a person says that a task is, and go back to it; what cannot be kept stands on its page again."""
    words = PageWords(form.get("lang", "zh"))
    values = {name: form[name] for name in KEPT if form.get(name)} | {"of": form.get("task", "")}
    try:
        with graph.lent() as (store, texts):
            made = recorded(store, form, words)
            if isinstance(made, TypedProgress):
                asked = replace(_asked(graph, store, texts, values, words), typed=made.typed, problems=made.problems)
                status = 409 if "" in made.problems else 400
                return _html(graph, "task", task_page(asked), values, words, status, writes=True)
    except PolicyGraphError as error:
        return _fault(graph, error, values, words, None, "task")
    said = values | {"of": made.task, "recorded": "yes" if made.made else "same"}
    return RedirectResponse(address("task", said, anchor="progress"), 303, {"cache-control": "no-store"})


# -- assets and templates


def _asset(name: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return Response(_file("assets", name), headers={"content-type": _ASSETS[name], "cache-control": "no-cache"})

    return answer


def _file(folder: str, name: str) -> str:
    return files(f"views.web.{folder}").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _digests() -> dict[str, str]:
    """Return a digest of each asset, which stands in its address: a new one is fetched anew."""
    return {name: hashlib.sha256(_file("assets", name).encode()).hexdigest()[:12] for name in _ASSETS}


@cache
def _environment() -> Any:  # noqa: ANN401 - named where it is imported
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        autoescape=True,
        loader=FunctionLoader(lambda name: _file("templates", name)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
