"""Keys of things by the names that people use: a document, a policy by number or title, a task, a unit, a place."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.numerals import typed_number
from graph.store.protocol import AnswerRow, Store
from queries.catalog import find
from queries.faults import SeveralNamesError, UnknownNameError
from queries.question_rows import ask

# Widths are folded here and not by `graph.text`, whose script folding takes a library to start;
# it is asked only where the plain words find nothing.
_MARKS = re.compile(r"[\W_]+")

_LABELS = {"task": ("Task",), "unit": ("Unit", "UnitGroup"), "theme": ("Theme",), "place": ("Jurisdiction",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The things that a cascade can be asked of: one task, or the tasks of policies in one document, or in any."""

    kind: str
    policies: tuple[str, ...] = ()
    document: str | None = None
    task: str | None = None


def plain(text: str) -> str:
    """Return letters, digits and Han characters only, of one width and case.

    >>> plain("《关于“数据”的意见》（ＡＢ）")
    '关于数据的意见ab'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def resolve(store: Store, kind: str, name: str) -> list[str]:
    """Return the keys that a name of one kind means: several for the policies that are one, else just one.

    Raises:
        UnknownNameError: nothing is named so.
        SeveralNamesError: several things are.
    """
    if kind == "subject":
        return [name]
    exact = _exact(store, name)
    if kind == "policy":
        return list(_policy(store, name, exact))
    if kind == "document":
        return [_document(store, name, exact)]
    if kind == "any":
        return [next(iter(exact.values()), None) or _any(store, name)]
    found = next((exact[label] for label in _LABELS[kind] if label in exact), None)
    params = {"text": name} if kind == "task" else {}
    return [found or _listed(store, kind, f"names_of_{kind}s", name, **params)]


def subject(store: Store, name: str) -> Subject:
    """Return the thing that a cascade, lineage or coverage is asked of.

    Raises:
        UnknownNameError: nothing is named so.
        SeveralNamesError: several things are.
    """
    exact = _exact(store, name)
    if document := exact.get("Document"):
        return Subject(kind="document", document=document, policies=policies_of(store, document))
    if task := exact.get("Task"):
        return Subject(kind="task", task=task)
    try:
        return Subject(kind="policy", policies=_policy(store, name, exact))
    except UnknownNameError as error:
        try:
            return Subject(kind="task", task=_listed(store, "task", "names_of_tasks", name, text=name))
        except UnknownNameError:
            raise error from None


def policies_of(store: Store, document: str) -> tuple[str, ...]:
    """Return the keys of the policies that a document tells."""
    return tuple(str(row["policy"]) for row in ask(find("policies_of_document"), store, {"document": document}))


def _exact(store: Store, name: str) -> dict[str, str]:
    """Return the things that have just this key, or this document number, by their label."""
    asked: set[str | None] = set()
    for key in _keys(name):
        if key in asked:
            continue
        asked.add(key)
        if key and (rows := ask(find("things_by_key"), store, {"key": key})):
            return {str(row["label"]): str(row["key"]) for row in rows}
    return {}


def _keys(name: str) -> Iterator[str | None]:
    """Yield the keys that a name may be: as it stands, as a number, and as a number in the simplified script.

    The last takes a library to start, so that it comes only where the others name nothing.
    """
    yield name.strip()
    yield typed_number(name)
    if typed_number(name) or name.rstrip().endswith(("号", "號")):
        from graph.identity import policy_key

        yield policy_key(name, None, None, "")


def _policies(store: Store) -> list[AnswerRow]:
    return ask(find("names_of_policies"), store, {})


def _policy(store: Store, name: str, exact: dict[str, str]) -> tuple[str, ...]:
    """Return the keys of the one policy that is named so, with the keys it also has."""
    if "Policy" in exact:
        return one_policy(store, [exact["Policy"]])
    if held := policies_of(store, exact["Document"]) if "Document" in exact else ():
        return one_policy(store, held) if len(held) == 1 else held
    rows = _policies(store)
    wanted = typed_number(name)
    titles = {
        str(row["policy"]): str(row["title"])
        for row in rows
        if wanted and wanted in (typed_number(str(row["doc_number"] or "")), row["policy"])
    }
    titles = titles or _by_title(rows, name)
    if not titles:
        known = [str(row[column]) for row in rows for column in ("document", "doc_number", "title") if row[column]]
        raise UnknownNameError("policy", name, sorted(set(known)))
    group = one_policy(store, list(titles))
    if set(titles) <= set(group):
        return group
    # Of a policy that is loaded and others that are only cited the loaded one is meant.
    loaded = {str(row["policy"]) for row in rows if row["document"]} & titles.keys()
    if loaded and loaded <= set(group := one_policy(store, sorted(loaded))):
        return group
    raise SeveralNamesError("policy", name, [{"key": key, "name": titles[key]} for key in sorted(titles)])


def _by_title(rows: Iterable[AnswerRow], name: str) -> dict[str, str]:
    titles = [
        (str(row["policy"]), str(row[column])) for row in rows for column in ("title", "document_title") if row[column]
    ]
    return _matching(titles, name)


def _matching(titles: Sequence[tuple[str, str]], name: str) -> dict[str, str]:
    """Return the keys whose title is the name, else begins with it, else holds it; script folded last."""
    for fold in (plain, _folded):
        wanted = fold(name)
        whole = [(key, title, fold(title)) for key, title in titles] if wanted else []
        ranked = {key: (title, rank) for key, title, text in reversed(whole) if (rank := _rank(wanted, text))}
        if ranked:
            best = min(rank for _, rank in ranked.values())
            return {key: title for key, (title, rank) in ranked.items() if rank == best}
    return {}


def _rank(wanted: str, title: str) -> int:
    """Return the rank of a title's fit: 1 is the name, 2 begins with it, 3 holds it, 0 none of these."""
    if title == wanted:
        return 1
    if title.startswith(wanted):
        return 2
    return 3 if len(wanted) >= 4 and wanted in title else 0


def _folded(text: str) -> str:
    from graph.text import bare

    return plain(bare(text))


def one_policy(store: Store, keys: Sequence[str]) -> tuple[str, ...]:
    """Return all keys of the policies that the first of `keys` is told to be, itself first."""
    rows = ask(find("family_policies"), store, {"policies": [keys[0]]})
    return tuple(dict.fromkeys([keys[0], *(str(row["policy"]) for row in rows)]))


def _document(store: Store, name: str, exact: dict[str, str]) -> str:
    if "Document" in exact:
        return exact["Document"]
    group = _policy(store, name, exact)
    held = sorted({str(row["document"]) for row in _policies(store) if row["policy"] in group and row["document"]})
    if not held:
        raise UnknownNameError("document", name)
    if len(held) > 1:
        rest = {str(row["document"]) for row in ask(find("passed_over"), store, {}) if row["policy"] in group}
        held = [one for one in held if one not in rest] or held
    if len(held) > 1:
        raise SeveralNamesError("document", name, [{"key": key, "name": name} for key in held])
    return held[0]


def unit_named(store: Store, name: str) -> str | None:
    """Return the key of the unit, or group of units, that is named just so, by its key or a whole name of it, or None.

    None too where the name is the key of something else, or a document number.

    Raises:
        SeveralNamesError: several units are named so.
    """
    if exact := _exact(store, name):
        return next((exact[label] for label in _LABELS["unit"] if label in exact), None)
    rows = ask(find("names_of_units"), store, {})
    if len(found := named_so(_unit_titles(rows), name)) < 2:
        return next(iter(found), None)
    names = {str(row["key"]): str(row["name"]) for row in rows}
    raise SeveralNamesError("unit", name, [{"key": key, "name": names[key]} for key in sorted(found)])


def named_so(titles: Sequence[tuple[str, str]], name: str) -> set[str]:
    """Return the keys that have just this name among `titles` (key, name); in either script where it is in neither as is.

    >>> named_so([("990102:水利局", "云溪区水利局"), ("990102:水务局", "云溪区水务局")], "云溪区 水利局")
    {'990102:水利局'}
    """
    for fold in (plain, _folded):
        wanted = fold(name)
        if wanted and (found := {key for key, title in titles if fold(title) == wanted}):
            return found
    return set()


def _unit_titles(rows: Iterable[AnswerRow]) -> list[tuple[str, str]]:
    """Return the names of each unit by its key, also those of the units that a person said are this one."""
    titles = []
    for row in rows:
        key = str(row["key"])
        also = [one for column in ("other_keys", "other_names") for one in json.loads(str(row.get(column) or "[]"))]
        # What a unit is called without its place: several places have one of that name.
        short = [one.rpartition(":")[2] for one in (key, *also)]
        titles += [(key, str(one)) for one in (row["name"], row["surface"], *also, *short) if one]
    return titles


def _listed(store: Store, kind: str, question: str, name: str, **params: str) -> str:
    rows = ask(find(question), store, params)
    if kind == "unit":
        titles = _unit_titles(rows)
    else:
        titles = [
            (str(row["key"]), str(row[column])) for row in rows for column in row if column != "key" and row[column]
        ]
    keys = _matching(titles, name)
    if len(keys) == 1:
        return next(iter(keys))
    if not keys:
        raise UnknownNameError(kind, name, sorted({title for _, title in titles}))
    names = {str(row["key"]): str(row["name"]) for row in rows}
    raise SeveralNamesError(kind, name, [{"key": key, "name": names[key]} for key in sorted(keys)])


def _any(store: Store, name: str) -> str:
    try:
        return _policy(store, name, {})[0]
    except UnknownNameError as error:
        for kind in ("unit", "theme", "place", "task"):
            params = {"text": name} if kind == "task" else {}
            try:
                return _listed(store, kind, f"names_of_{kind}s", name, **params)
            except UnknownNameError:
                continue
        raise error from None
