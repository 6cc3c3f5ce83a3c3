"""The annotations of real documents: every task names its actors, and all places lie in the text that was annotated.

Failures name documents and paths alone: the words of documents that are held back are not to be printed.
"""

from pathlib import Path
from typing import Any

import pytest

from graph.text import squeeze
from loaders.gold.gold_places import SUFFIX, read_places, words_of
from loaders.gold.gold_report import document_file
from loaders.reading.document_reading import read_file
from tests.shared import ROOT, SHARED, needs_shared

ANNOTATIONS = sorted((ROOT / "annotations").rglob(f"*{SUFFIX}"))
EACH = pytest.mark.parametrize("path", ANNOTATIONS, ids=[path.name.removesuffix(SUFFIX) for path in ANNOTATIONS])


@EACH
def test_every_task_names_its_actors_in_a_role_of_the_guide(path: Path) -> None:
    tasks = read_places(path)["tasks"]
    assert [task["path"] for task in tasks if "actors" not in task] == []
    roles = {(task["path"], actor["role"]) for task in tasks for actor in task["actors"]}
    assert {one for one in roles if one[1] not in ("lead", "responsible", "support")} == set()


@needs_shared
@EACH
def test_words_come_back_and_an_actor_stands_once_and_not_among_the_units(path: Path) -> None:
    held = read_places(path)
    path_there = document_file(SHARED / "corpus", held["name"])
    assert path_there is not None
    reading = read_file(path_there, held["name"])
    assert reading.text_sha256 == held["text_sha256"]
    tasks = words_of(held, reading.text)["tasks"]
    assert [task["path"] for task in tasks if not all(_words(task))] == []
    assert [task["path"] for task in tasks if len({*_names(task)}) < len(_names(task))] == []
    among = [task["path"] for task in tasks if {*_names(task)} & {squeeze(unit["surface"]) for unit in task["units"]}]
    assert among == []


def _names(task: dict[str, Any]) -> list[str]:
    return [squeeze(actor["surface"]) for actor in task["actors"]]


def _words(task: dict[str, Any]) -> list[str]:
    """Return the words of every place that a task must have."""
    surfaces = [one["surface"] for one in [*task["units"], *task["actors"]]]
    return [task["title"], *surfaces, *(target["text"] for target in task["targets"])]
