"""The sample family and its hand-made gold fit each other, and no sentence of it is a real document's."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from lxml import html

from graph.model import DeadlineKind, Level, PolicyRole, Relation, Role, TaskKind
from graph.text import to_simplified
from tests.shared import ROOT, SHARED

DOCUMENTS = ROOT / "samples" / "lanjiang"
GOLD = ROOT / "samples" / "gold"
NAMES = sorted(path.stem for path in DOCUMENTS.iterdir())
RUN = 24  # Han characters in a row that no sample may share with a real document; forms of words are shorter

TASK_KEYS = {"path", "kind", "number", "title", "theme_heading", "theme", "units", "deadline", "targets"}
POLICY_KEYS = {"title", "doc_number", "issuer", "level", "issued", "role"}
UNIT_KEYS = {"surface", "collective", "role", "alias"}
DEADLINE_KEYS = {"raw", "kind", "start", "end"}
TARGET_KEYS = {"text", "value", "unit", "end"}


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file that has one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def printed(name: str) -> str:
    """Return what a reader sees of a sample document, without white space."""
    (path,) = DOCUMENTS.glob(f"{name}.*")
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".html":
        page = html.document_fromstring(text.encode("utf-8"))
        seen = page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
        assert isinstance(seen, list)
        text = "".join(map(str, seen))
    return "".join(text.replace("**", "").split())


def tasks(name: str) -> list[dict[str, Any]]:
    return rows(GOLD / name / "tasks.jsonl")


def policies(name: str) -> list[dict[str, Any]]:
    return rows(GOLD / name / "policies.jsonl")


def words(name: str) -> Iterator[tuple[str, str]]:
    """Yield each text that the gold of a document says is printed there, with where the gold says so."""
    for policy in policies(name):
        for key in ("title", "doc_number"):
            if policy[key]:
                yield f"{policy['role']} {key}", policy[key]
    for task in tasks(name):
        yield f"{task['path']} title", task["title"]
        if task["theme_heading"]:
            yield f"{task['path']} theme_heading", task["theme_heading"]
        for unit in task["units"]:
            yield f"{task['path']} unit", unit["surface"]
            if unit["alias"]:
                yield f"{task['path']} alias", unit["alias"]
        if task["deadline"]:
            yield f"{task['path']} deadline", task["deadline"]["raw"]
        for target in task["targets"]:
            yield f"{task['path']} target", target["text"]
            if target["unit"]:
                yield f"{task['path']} target unit", target["unit"]


def test_every_document_has_gold() -> None:
    assert sorted(path.name for path in GOLD.iterdir() if path.is_dir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_gold_is_printed_in_the_document(name: str) -> None:
    text = printed(name)
    missing = [(where, said) for where, said in words(name) if "".join(said.split()) not in text]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_titles_stand_in_printed_order(name: str) -> None:
    """The body's tasks come in the order in which the document prints their headings."""
    text, at = printed(name), 0
    for task in tasks(name):
        title = "".join(task["title"].split())
        found = text.find(title, at)
        assert found >= 0, f"{task['path']} {task['title']} does not come after the task before it"
        at = found + len(title)


@pytest.mark.parametrize("name", NAMES)
def test_units_stand_behind_their_title(name: str) -> None:
    """The units and targets of a task of the body are printed between its title and the next one."""
    text, listed, at = printed(name), tasks(name), 0
    starts: list[int] = []
    for task in listed:
        at = text.find("".join(task["title"].split()), at)
        starts.append(at)
        at += 1
    for task, start, end in zip(listed, starts, [*starts[1:], len(text)], strict=True):
        if task["kind"] == "checklist":
            continue
        said = [unit["surface"] for unit in task["units"]] + [target["text"] for target in task["targets"]]
        assert [one for one in said if "".join(one.split()) not in text[start:end]] == [], task["path"]


@pytest.mark.parametrize("name", NAMES)
def test_tasks_have_the_form_of_the_spec(name: str) -> None:
    listed = tasks(name)
    paths = [task["path"] for task in listed]
    assert len(paths) == len(set(paths))
    measures = {task["path"] for task in listed if task["kind"] == "measure"}
    for task in listed:
        assert task["kind"] in get_args(TaskKind)
        assert set(task) == TASK_KEYS | ({"details"} if task["kind"] == "checklist" else set())
        assert set(task.get("details", [])) <= measures
        if task["number"]:
            assert task["path"].rpartition(".")[2] == task["number"]
        for unit in task["units"]:
            assert set(unit) == UNIT_KEYS
            assert unit["role"] in get_args(Role)
        for target in task["targets"]:
            assert set(target) == TARGET_KEYS
            assert (target["value"] is None) == (target["unit"] is None)
            assert target["end"] is None or date.fromisoformat(target["end"])
        if task["deadline"]:
            assert set(task["deadline"]) == DEADLINE_KEYS
            assert task["deadline"]["kind"] in get_args(DeadlineKind)
            ends = [date.fromisoformat(task["deadline"][key] or "2025-01-01") for key in ("start", "end")]
            assert task["deadline"]["start"] is None or ends == sorted(ends)


@pytest.mark.parametrize("name", NAMES)
def test_policies_have_the_form_of_the_spec(name: str) -> None:
    listed = policies(name)
    assert listed[0]["role"] in ("self", "reports_on")
    for policy in listed:
        assert set(policy) == POLICY_KEYS
        assert policy["role"] in get_args(PolicyRole)
        assert policy["level"] is None or policy["level"] in get_args(Level)
        assert policy["title"] or policy["doc_number"]


@pytest.mark.parametrize("file", ["cascade.jsonl", "cascade-between.jsonl"])
def test_cascade_joins_measures(file: str) -> None:
    measures = {f"{name}/{one['path']}" for name in NAMES for one in tasks(name) if one["kind"] == "measure"}
    listed = rows(GOLD / file)
    ends = [(one["child"], one["parent"]) for one in listed]
    assert len(ends) == len(set(ends))
    assert {end for pair in ends for end in pair} <= measures
    assert {one["relation"] for one in listed} <= set(get_args(Relation))


def test_family_shows_what_a_cascade_can_do() -> None:
    """Split, merged, not taken up, added and skipping a level: each stands in the sample."""
    listed = [(one["child"], one["parent"]) for one in rows(GOLD / "cascade.jsonl")]
    parents = [parent for child, parent in listed if child.startswith("chengzhou/")]
    children = [child for child, _ in listed if child.startswith("chengzhou/")]
    assert len(parents) > len(set(parents)), "no task is split"
    assert len(children) > len(set(children)), "no tasks are merged"
    province = {f"province/{one['path']}" for one in tasks("province") if one["kind"] == "measure"}
    city = {f"chengzhou/{one['path']}" for one in tasks("chengzhou") if one["kind"] == "measure"}
    assert province - set(parents), "every task is taken up"
    assert city - set(children), "no task is added"
    upward = {parent for child, parent in listed if child.startswith("yunxi/") and parent in province}
    assert upward - set(parents), "no task skips a level"


@pytest.mark.skipif(not SHARED.is_dir(), reason="no real documents beside this checkout")
def test_no_sentence_is_a_real_documents() -> None:
    def runs(path: Path) -> Iterator[str]:
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("gb18030", errors="ignore")
        han = to_simplified("".join(char for char in text if "\u3400" <= char <= "\u9fff"))
        yield from (han[at : at + RUN] for at in range(len(han) - RUN + 1))

    ours = {run: path.name for path in (ROOT / "samples").rglob("*") if path.is_file() for run in runs(path)}
    # What is sealed is read by nobody, not even to be compared.
    folders = [path for path in SHARED.iterdir() if path.name != "sealed"]
    listed = (path for folder in folders for path in (folder, *folder.rglob("*")))
    real = (path for path in listed if path.suffix in {".txt", ".md", ".html", ".jsonl", ".csv"})
    shared = {(ours[run], path.name, run) for path in real for run in runs(path) if run in ours}
    assert shared == set()
