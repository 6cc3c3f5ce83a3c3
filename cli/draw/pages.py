"""One thing on a page: its properties, its links, and every quote that proves them."""

from cli.words.messages import say, value
from graph.store.protocol import AnswerRow
from queries.answer import Answer

_QUOTE = 60


def draw(answer: Answer) -> str:
    """Return all that is known of a thing as three short lists."""
    first = answer.rows[0]
    lines = [say("page.head", label=_label(str(first["label"])), key=first["key"])]
    for part, line in (("property", _property), ("link", _link), ("evidence", _evidence)):
        rows = [row for row in answer.rows if row["part"] == part]
        if rows:
            lines += ["", say(f"page.{part}", count=len(rows)), *(line(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _label(name: str) -> str:
    from cli.words.messages import language
    from graph.schema.vocabulary import schema

    known = schema()
    kind = known.nodes.get(name) or known.edges.get(name)
    return kind.label[language()] if kind else name


def _property(row: AnswerRow) -> str:
    said = value("progress", row["value"]) if row["name"] == "progress" else row["value"]
    return f"  {row['name']}: {' '.join(str(said).split())}{_decided(row)}"


def _link(row: AnswerRow) -> str:
    arrow = "->" if row["forward"] else "<-"
    said = [str(value(name, row[name])) for name in ("role", "scope") if row[name] and row[name] != "task"]
    role = f" ({', '.join(said)})" if said else ""
    return f"  {arrow} {_label(str(row['name']))}{role}: {row['value']} ({row['other']}){_decided(row)}"


def _decided(row: AnswerRow) -> str:
    """Return the rule behind a property, or the judgement on a link, in brackets; empty where there is neither."""
    if row["rule"]:
        return f" [{value('rule', row['rule'])}]"
    return f" [{say('page.' + str(row['judgement']))}]" if row["judgement"] else ""


def _evidence(row: AnswerRow) -> str:
    name = str(row["name"]) if row["name"] == row["value"] else f"{_label(str(row['name']))} {row['value']}"
    quote = " ".join(str(row["quote"]).split())
    shown = quote if len(quote) <= _QUOTE else quote[:_QUOTE] + "…"
    place = f":{row['start']}-{row['end']}" if row["start"] is not None else ""
    return f"  {name}: {row['document']}{place}{_in_file(row)} “{shown}” [{value('rule', row['rule'])}]"


def _in_file(row: AnswerRow) -> str:
    """Return where a proof stands in a file with pages or sheets, and how sure it is where a picture was read."""
    said = ""
    if row["page"] is not None:
        said = say("page.page", page=row["page"])
    elif row["sheet"] is not None or row["cell"] is not None:
        said = f"{row['sheet'] or ''}!{row['cell'] or ''}".strip("!")
    if row["confidence"] is not None:
        sure = f"{float(str(row['confidence'])):.2f}"
        said = f"{said}, {say('page.by_ocr', confidence=sure)}"
    return f" ({said})" if said else ""
