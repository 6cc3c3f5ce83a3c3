"""Two documents side by side: their readings, their links whether stored or not, and why a link is one."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli.commands.unlinked import by_a_person, by_the_graph, by_the_texts, related
from cli.output import Run
from cli.words.messages import language, say
from graph.errors import NotFoundError, UsageError
from graph.store import folder_of, shown
from graph.store.protocol import Row, Store
from queries.answer import Answer, Note, shaped
from queries.cascades.chains import Link as StoredLink
from queries.cascades.correlation import correlate
from queries.catalog import find
from queries.names import resolve
from queries.question_rows import ask

if TYPE_CHECKING:
    from graph.link.tasks.align_tasks import TaskLink
    from graph.model import Reading

LINK_COLUMNS = ("child", "parent", "relation", "score")


def links_answer(run: Run, document: str | None) -> Answer:
    """Return every stored link, or those of one document."""
    answer = run.ask("links", document=document)
    return Answer(name="links", columns=LINK_COLUMNS, rows=shaped(LINK_COLUMNS, answer.rows))


def between_answer(run: Run, child: str, parent: str) -> Answer:
    """Return the links between two documents, computed now; nothing is stored."""
    found = computed(run, reading(run, child), reading(run, parent))
    rows: list[Row] = [
        {"child": one.child, "parent": one.parent, "relation": one.relation, "score": one.score} for one in found
    ]
    return Answer(name="links", columns=LINK_COLUMNS, rows=shaped(LINK_COLUMNS, rows))


def computed(run: Run, child: "Reading", parent: "Reading") -> "list[TaskLink]":
    """Return the links between two documents, with what was decided of them."""
    from graph.link import decisions
    from graph.link.tasks import align_tasks
    from graph.link.tasks.task_view import from_reading
    from graph.store.home import Home

    below, above = from_reading(child), from_reading(parent)
    # A server holds no decisions that are not in its links already; between files alone there are none.
    folder = folder_of(run.settings.address)
    said = decisions.Decisions() if folder is None else decisions.Decisions.read(Home(folder).decisions)
    found = decisions.apply(align_tasks.AlignedTasks(below, above), said)
    return [link for link in found if link.judgement != "rejected"]


def reading(run: Run, name: str) -> "Reading":
    """Return the reading of a document of the graph, or of a file.

    Raises:
        NotFoundError: it is neither.
        UsageError: it is of a graph on a server, which holds no texts.
    """
    from loaders.reading.document_reading import read_file

    if Path(name).is_file():
        return read_file(Path(name))
    with run.store() as store:
        key = resolve(store, "document", name)[0]
    return kept(run, key)


def kept(run: Run, key: str) -> "Reading":
    """Return the reading of a document of the graph, from what the last build kept of it.

    Raises:
        NotFoundError: nothing was kept.
        UsageError: a server holds the graph, and no texts.
    """
    from loaders.ingest.reading_cache import Cache, Source
    from loaders.ingest.rules import reading_rules
    from loaders.reading.document_reading import read_file

    if (folder := folder_of(run.settings.address)) is None:
        raise UsageError(say("error.server_keeps_no_text", name=key, store=shown(run.settings.address)))
    cache = Cache(str(folder), reading_rules())
    current = cache.home.generation()
    listed = current / "documents.jsonl"
    for line in listed.read_text(encoding="utf-8").splitlines() if listed.exists() else ():
        row = json.loads(line)
        if row["name"] == key:
            file = cache.kept(row["sha256"], row["suffix"])
            source = Source(key, str(file), row["sha256"], row["suffix"], row["size"])
            return cache.get(source) or read_file(file, key)
    raise NotFoundError(say("error.not_kept", name=key))


def correlation(run: Run, parent: str, children: Sequence[str]) -> Answer:
    """Return the correlation table; pairs that no stored link joins are aligned now.

    The first document named is the upper one, unless it carries out another that is named.
    """
    query = find("correlation")
    with run.store() as store:
        named = list(dict.fromkeys(resolve(store, "document", one)[0] for one in (parent, *children)))
        top = next((one for one in named if all(related(store, key, one) for key in named if key != one)), named[0])
        keys = [key for key in named if key != top]
        if not keys:
            raise UsageError(say("error.one_document", name=top))
        notes = [] if top == named[0] else [Note(code="upper", values={"name": top})]
        missing = [key for key in keys if not related(store, key, top)]
        links = [*_stored(store), *_fresh(run, top, missing)] if missing else None
        answer = correlate(store, query, top, keys, links)
    if missing:
        notes.append(Note(code="aligned_now", values={"documents": "、".join(missing)}))
    return Answer(name=answer.name, columns=answer.columns, rows=answer.rows, notes=(*answer.notes, *notes))


def _stored(store: Store) -> list[StoredLink]:
    return [
        StoredLink(
            near=str(row["parent"]),
            far=str(row["child"]),
            relation=str(row["relation"]),
            score=float(row["score"] or 0),
            judgement=str(row["judgement"]),
            key=str(row["link"]),
        )
        for row in ask(find("links"), store, {"document": None})
    ]


def _fresh(run: Run, parent: str, children: Sequence[str]) -> list[StoredLink]:
    return [
        StoredLink(
            near=one.parent, far=one.child, relation=one.relation, score=one.score, judgement=one.judgement, key=""
        )
        for child in children
        for one in computed(run, kept(run, child), kept(run, parent))
    ]


# -- one link


def explanation(run: Run, child: str, parent: str) -> Answer:
    """Return every signal of a pair of tasks, linked or not, with the words that decided; and why they are not linked."""
    columns = ("signal", "meaning", "score", "adds", "child_words", "parent_words")
    with run.store() as store:
        below, above = (resolve(store, "task", one)[0] for one in (child, parent))
        stored = ask(find("link_between"), store, {"child": below, "parent": above})
        reasons = [] if stored else [*by_a_person(run, below, above), *by_the_graph(store, below, above)]
    notes = [_verdict(below, above, stored), *reasons]
    try:
        total, rows, told = _signals(run, below, above)
    except (NotFoundError, UsageError):
        # Without the texts there is what the link itself keeps.
        if not stored:
            raise
        rows = _stored_signals(str(stored[0]["signals"] or "{}"))
    else:
        notes += [] if stored or reasons else told
        notes.append(Note(code="chance", values={"score": total}))
    return Answer(name="explain", columns=columns, rows=shaped(columns, rows), notes=tuple(notes))


def _verdict(child: str, parent: str, stored: Sequence[Row]) -> Note:
    values: Row = {"child": child, "parent": parent}
    if not stored:
        return Note(code="no_link", values=values)
    one = stored[0]
    code = {"confirmed": "link_confirmed", "rejected": "link_rejected"}.get(str(one["judgement"]), "link")
    return Note(code=code, values=values | {"relation": one["relation"], "score": one["score"]})


def _signals(run: Run, child: str, parent: str) -> tuple[float, list[Row], list[Note]]:
    """Return the chance of a pair, its signals, and what the texts tell of why it would be no link."""
    from graph.link.tasks import align_tasks
    from graph.link.tasks.task_view import from_reading

    left, right = (kept(run, key.rpartition("/")[0]) for key in (child, parent))
    below, above = from_reading(left), from_reading(right)
    total, told = align_tasks.AlignedTasks(below, above).explain(child, parent)
    rows: list[Row] = []
    for each in told:
        signal = each.signal
        rows.append(
            {
                "signal": signal.name,
                "meaning": in_language(each.meaning),
                "score": round(signal.score, 3),
                "adds": round(each.adds, 3),
                "child_words": signal.child_words.of(left.text) if signal.child_words else None,
                "parent_words": signal.parent_words.of(right.text) if signal.parent_words else None,
            }
        )
    told_why = by_the_texts(child, parent, round(total, 3), below, above)
    return round(total, 3), sorted(rows, key=lambda row: -abs(float(row["adds"] or 0))), told_why


def in_language(meaning: str) -> str:
    """Return the Chinese or the English half of a signal's docstring (`用词：…. How much …`)."""
    chinese, dot, english = " ".join(meaning.split()).partition(". ")
    if not dot or chinese.isascii():
        return meaning
    return chinese if language() == "zh" else english


def _stored_signals(printed: str) -> list[Row]:
    # The words that decided are evidence of the link; the link itself keeps the scores.
    return [
        {"signal": name, "score": score, "child_words": None, "parent_words": None}
        for name, score in json.loads(printed).items()
    ]
