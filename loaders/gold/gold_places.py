"""Annotations of documents that are not ours to print: places instead of words, and hashes that say of which text.

A file `<name>.spans.json` holds `{"name", "sha256", "text_sha256", "policies": […], "tasks": […]}` in the shape of
docs/annotation.md with every text field (title, surface, raw, …) as a list of [start, end) places in the document's text as
loaded, joined when it is read back. `words_of` needs the document; `places_of` makes such a file from words.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.text import squeeze
from loaders.gold.gold_form import GoldRow

SUFFIX = ".spans.json"
Places = list[list[int]]


def read_places(path: Path) -> dict[str, Any]:
    """Return one file of places.

    Raises:
        InputError: it is no JSON of this shape.
    """
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not {"name", "text_sha256", "policies", "tasks"} <= set(held):
            raise InputError("{path}: lacks name, text_sha256, policies or tasks; make it anew", path=path)
    except json.JSONDecodeError as error:
        raise InputError(
            "{path}:{number}: not JSON ({reason}); mend the line", path=path, number=error.lineno, reason=error.msg
        ) from error
    return held


def words_of(held: Mapping[str, Any], text: str) -> dict[str, list[GoldRow]]:
    """Return the policies and tasks with the words of `text`, which must be the very text that was annotated."""
    return {
        "policies": [_policy_words(row, text) for row in held["policies"]],
        "tasks": [_task_words(row, text) for row in held["tasks"]],
    }


def _joined(places: Places | None, text: str) -> str | None:
    return None if places is None else "".join(text[start:end] for start, end in places)


def _policy_words(row: GoldRow, text: str) -> GoldRow:
    return {**row, **{name: _joined(row[name], text) for name in ("title", "doc_number", "issuer")}}


def _task_words(row: GoldRow, text: str) -> GoldRow:
    deadline = row["deadline"]
    return {
        **row,
        "title": _joined(row["title"], text),
        "theme": None,
        "theme_heading": _joined(row["theme_heading"], text),
        "units": [
            {**unit, "surface": _joined(unit["surface"], text), "alias": _joined(unit["alias"], text)}
            for unit in row["units"]
        ],
        **({"actors": [_actor_words(actor, text) for actor in row["actors"]]} if "actors" in row else {}),
        "deadline": {**deadline, "raw": _joined(deadline["raw"], text)} if deadline else None,
        "targets": [{**target, "text": _joined(target["text"], text)} for target in row["targets"]],
    }


def _actor_words(actor: GoldRow, text: str) -> GoldRow:
    return {**actor, "surface": _joined(actor["surface"], text)}


class Finder:
    """Finds words in a text, blanks and width apart, at or behind a place."""

    def __init__(self, text: str) -> None:
        """Fold the text and remember where each character stood."""
        self.places = [at for at, char in enumerate(text) if squeeze(char)]
        self.text = "".join(squeeze(text[at]) for at in self.places)

    def find(self, words: str, start: int = 0, end: int | None = None) -> Places | None:
        """Return the places of `words` between two offsets of the original text, one for each unbroken stretch."""
        wanted = squeeze(words)
        low = self._index(start)
        high = self._index(end) if end is not None else len(self.text)
        at = self.text.find(wanted, low, high) if wanted else -1
        return self._stretches(at, len(wanted)) if at >= 0 else None

    def _index(self, place: int) -> int:
        low, high = 0, len(self.places)
        while low < high:
            middle = (low + high) // 2
            if self.places[middle] < place:
                low = middle + 1
            else:
                high = middle
        return low

    def _stretches(self, at: int, length: int) -> Places:
        found: Places = []
        for place in self.places[at : at + length]:
            if found and found[-1][1] == place:
                found[-1][1] = place + 1
            else:
                found.append([place, place + 1])
        return found


def places_of(rows: Mapping[str, Sequence[GoldRow]], text: str) -> tuple[dict[str, list[GoldRow]], list[str]]:
    """Return policies and tasks with places instead of words, and the words that `text` does not hold."""
    finder = Finder(text)
    lost: list[str] = []

    def place(words: str | None, start: int = 0, end: int | None = None) -> Places | None:
        if words is None:
            return None
        found = finder.find(words, start, end) or finder.find(words, start) or finder.find(words)
        if found is None:
            lost.append(words)
        return found

    tasks, at = [], 0
    starts = []
    for row in rows["tasks"]:
        title = place(row["title"], at)
        starts.append(title[0][0] if title else at)
        at = starts[-1]
    for row, start, end in zip(rows["tasks"], starts, [*starts[1:], len(text)], strict=True):
        tasks.append(_task_places(row, start, max(end, start + 1), place))
    policies = [
        {**row, "title": place(row["title"]), "doc_number": place(row["doc_number"]), "issuer": _issuers(row, finder)}
        for row in rows["policies"]
    ]
    return {"policies": policies, "tasks": tasks}, lost


def _issuers(row: GoldRow, finder: Finder) -> Places | None:
    """Return the places of the issuers: several, joined by 、 in gold, are printed apart."""
    found = [finder.find(name) for name in (row["issuer"] or "").split("、") if name]
    return [stretch for places in found if places for stretch in places] or None


def _task_places(row: GoldRow, start: int, end: int, place: Any) -> GoldRow:  # noqa: ANN401 - a function with defaults
    units, at = [], start
    for unit in row["units"]:
        surface = place(unit["surface"], at, end) or place(unit["surface"], start, end)
        at = surface[-1][1] if surface else at
        units.append({**unit, "surface": surface, "alias": place(unit["alias"], at, end)})
    actors = [{**actor, "surface": place(actor["surface"], start, end)} for actor in row.get("actors", ())]
    deadline = row["deadline"]
    kept = {key: value for key, value in row.items() if key != "theme"}
    return {
        **kept,
        "title": place(row["title"], start),
        "theme_heading": place(row["theme_heading"]),
        "units": units,
        **({"actors": actors} if "actors" in row else {}),
        "deadline": {**deadline, "raw": place(deadline["raw"], start, end)} if deadline else None,
        "targets": [{**target, "text": place(target["text"], start, end)} for target in row["targets"]],
    }
