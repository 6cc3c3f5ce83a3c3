"""Pictures as one HTML file each: pyvis builds the network, our page draws it with the vis-network of its wheel.

Such a page holds all it needs, asks no network, and says in words whatever it shows by colour.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.errors import UsageError
from graph.export.whole_file import replace_whole
from graph.store.protocol import Store
from views.cascade_payload import read
from views.page_payload import (
    LINES,
    TOGETHER,
    WEAK_LINE,
    View,
    line_look,
    payload,
    strips,
    totals,
    units_of_cards,
    views,
)
from views.picture_records import Cascade
from views.picture_words import Words
from views.text_tree import tree

DEFAULT_CARDS, SOFT_CARDS, HARD_CARDS = 150, 300, 2000
"""Cards of one picture: what is drawn unless more is asked for, what is easy to read at most, what is drawn at all."""

VIS_VERSION = "9.1.2"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""The script in the wheel of pyvis 0.3.2. Another one is used too, and the page then says that it is another."""
# What a browser opens.
_PAGES = (".html", ".htm")
_VIS = "vis-network.min.js"
_MAP = "//# sourceMappingURL="


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts for a page: tasks, links and pictures on it, tasks folded in the largest of them, and codes of its notes."""

    tasks: int
    links: int
    pictures: int
    folded: int
    notes: tuple[str, ...]


def write_cascade(
    store: Store, of: str, out: Path, *, theme: str | None = None, language: str = "zh", most: int = DEFAULT_CARDS
) -> Summary:
    """Write the picture of a cascade as one HTML file, whole or not at all; `most` is the number of cards of one picture.

    Raises:
        UnknownNameError: nothing is named `of`, or the cascade has no such theme.
        SeveralNamesError: several things are named `of`.
        UsageError: `most` is not from 1 to `HARD_CARDS`; `out` is no web page by its suffix.
        StoreError: `out` cannot be written.
    """
    if out.suffix.lower() not in _PAGES:
        raise UsageError(
            "a picture is a web page, not {suffix}; name a file that ends in {known}, and print it from the browser",
            suffix=out.suffix or "-",
            known=" ".join(_PAGES),
        )
    if not 1 <= most <= HARD_CARDS:
        raise UsageError("a picture has 1 to {limit} cards, not {most}", limit=HARD_CARDS, most=most)
    html, summary = page(read(store, of, theme), Words(language), most)
    replace_whole(out, lambda path: path.write_text(html, encoding="utf-8", newline="\n"))
    return summary


def page(cascade: Cascade, words: Words, most: int = DEFAULT_CARDS) -> tuple[str, Summary]:
    """Return the page of a cascade and what it shows."""
    drawn_views = views(cascade, words, _room(cascade, most)) if cascade.cards else []
    branches, anchors = tree(cascade, words, HARD_CARDS)
    script, notes = _vis()
    data = payload(cascade, drawn_views, anchors, words)
    for frame, view in zip(data["views"], drawn_views, strict=True):
        frame["nodes"], frame["edges"] = network(view, cascade, words)
    folded = max((view.shown.count for view in drawn_views), default=0)
    notes += ["note.folded"] if folded else []
    notes += ["note.many"] if max((len(view.shown.cards) for view in drawn_views), default=0) > SOFT_CARDS else []
    notes += ["note.tree"] if len(anchors) < len(cascade.cards) else []
    values = {
        "count": folded,
        "soft": SOFT_CARDS,
        "version": VIS_VERSION,
        "shown": len(anchors),
    }
    # What is folded is said below each picture that folds.
    said = [words(f"note.{note.code}", **note.values) for note in cascade.notes]
    said += [words(code, **(values | _own(code, cascade, anchors))) for code in notes if code != "note.folded"]
    app, style = _template("cascade.js"), _template("cascade.css")
    html = (
        _environment()
        .get_template("cascade.html")
        .render(
            words=words,
            cascade=cascade,
            data=data,
            payload=embedded(data),
            totals=totals(cascade, words),
            strips=strips(cascade, drawn_views, words),
            units=units_of_cards(cascade),
            branches=branches,
            notes=said,
            together=TOGETHER,
            lines=LINES,
            weak=WEAK_LINE,
            style=style,
            vis=script,
            app=app,
            policy=content_policy([one for one in (script, app) if one]),
        )
    )
    summary = Summary(
        tasks=len(cascade.cards), links=len(cascade.links), pictures=len(drawn_views), folded=folded, notes=tuple(notes)
    )
    return html, summary


def _own(code: str, cascade: Cascade, anchors: Mapping[str, str]) -> dict[str, int]:
    return {"count": len(cascade.cards) - len(anchors)} if code == "note.tree" else {}


def _room(cascade: Cascade, most: int) -> int:
    """Return the most cards that each picture may have so that all pictures stay within the limit of a page."""
    pictures = max(1, len(cascade.themes))
    return max(min(most, HARD_CARDS // pictures), 1)


def network(view: View, cascade: Cascade, words: Words) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the nodes and edges of a picture, as pyvis keeps them; places are set, so no layout runs."""
    from pyvis.network import Network

    net = Network(directed=True)
    for key, place in view.plan.places.items():
        net.add_node(
            key,
            label=cascade.cards[key].title if key in cascade.cards else key,
            shape="custom",
            group=view.shown.cards[key].level,
            x=place.x,
            y=round(place.y, 1),
            physics=False,
        )
    for line in view.plan.lines:
        net.add_edge(line.link.parent, line.link.child, physics=False, **line_look(line, words))
    return net.nodes, net.edges


# -- the page


def embedded(data: object) -> str:
    r"""Return data as JSON that no HTML parser and no script engine reads as anything else.

    >>> embedded({"title": "</script>"})
    '{"title":"\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def content_policy(scripts: list[str]) -> str:
    """Return the policy that lets a page run these very scripts and fetch nothing."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


@cache
def _vis() -> tuple[str | None, list[str]]:
    """Return the script of vis-network from the installed pyvis, and the codes of what is to be said of it."""
    found = _vis_file()
    if found is None:
        return None, ["note.vis_absent"]
    raw = found.read_bytes()
    text = raw.decode("utf-8").replace("\r\n", "\n")
    # The map of the script is not on the page: developer tools would go and look for it.
    text = "\n".join(line for line in text.split("\n") if not line.startswith(_MAP))
    notes = [] if hashlib.sha256(raw).hexdigest() == VIS_SHA256 else ["note.vis_other"]
    # A script that would end the page's own script, or keep it from ending, cannot stand in a page.
    unfit = any(mark in text.lower() for mark in ("</script", "<!--"))
    return (None, ["note.vis_absent"]) if unfit else (text, notes)


def _vis_file() -> Path | None:
    """Return the file of vis-network in the installed pyvis: the version on record, else the newest one there."""
    try:
        listed = distribution("pyvis").files or []
    except PackageNotFoundError:
        return None
    found = [Path(str(one.locate())) for one in listed if one.name == _VIS and "templates" not in one.parts]
    named = sorted(found, key=lambda path: (f"vis-{VIS_VERSION}" in path.parts, str(path)))
    return named[-1] if named else None


def _template(name: str) -> str:
    return files("views.templates").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _environment() -> Any:  # noqa: ANN401 - named where it is imported
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        autoescape=True,
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
