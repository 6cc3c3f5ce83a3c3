"""What nearly made a link: the nearest task of the other document to each measure that has none."""

from dataclasses import replace

import pytest

from graph.assemble.file_places import FilePlaces
from graph.assemble.join import DocumentPair
from graph.assemble.link_rows import DocumentTasks, DocumentText, add_links
from graph.link.decisions import Decisions
from graph.link.tasks import align_tasks
from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.link_thresholds import AHEAD, DOUBTFUL, LINKED
from graph.link.tasks.task_view import LinkTask
from graph.snapshot.tables import SnapshotRows
from tests.graph.link.outlines import CITY, PROVINCE


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> AlignedTasks:
    """The two outlines where nothing but what is nearly certain makes a link."""
    monkeypatch.setattr(align_tasks, "proposed", lambda alignment: 0.99)
    return AlignedTasks(CITY, PROVINCE)


def test_what_has_a_link_has_no_nearest(strict: AlignedTasks) -> None:
    linked = {key for link in strict.links for key in (link.child, link.parent)}
    near = strict.nearest
    assert linked
    assert near
    ends = [(one.child in linked, one.parent in linked) for one in near]
    assert (True, True) not in ends
    assert all(DOUBTFUL <= one.score < 0.99 for one in near)
    assert len({(one.child, one.parent) for one in near}) == len(near)


def test_of_several_the_nearest_is_told(strict: AlignedTasks) -> None:
    linked = {key for link in strict.links for key in (link.child, link.parent)}
    for one in strict.nearest:
        if one.parent not in linked:
            rivals = [strict.explain(task.key, one.parent)[0] for task in CITY if task.kind == "measure"]
            mine = [rival for rival in rivals if rival > one.score]
            assert not mine or one.child not in linked


def test_of_what_is_linked_there_is_nothing_near() -> None:
    aligned = AlignedTasks(CITY, PROVINCE)
    near = {key for one in aligned.nearest for key in (one.child, one.parent)}
    linked = {key for link in aligned.links for key in (link.child, link.parent)}
    assert all(one.score < LINKED for one in aligned.nearest)
    assert not near or not near <= linked


def test_what_a_person_rejected_is_not_told_again(strict: AlignedTasks) -> None:
    def near(decisions: Decisions) -> set[tuple[str, str]]:
        city, province = (
            DocumentTasks(name, DocumentText(name, "字" * 5000, FilePlaces(())), tuple((0, task) for task in tasks))
            for name, tasks in _sides().items()
        )
        rows: SnapshotRows = {"DERIVES_FROM": [], "RESEMBLES": [], "Evidence": []}
        add_links(rows, DocumentPair("city", "province", ((0, 0),), "x"), city, province, decisions)
        return {(row["source"], row["target"]) for row in rows["RESEMBLES"]}

    before = near(Decisions())
    pair = min(before)
    assert near(Decisions(links={pair: "rejected"})) == before - {pair}


def _sides() -> dict[str, list[LinkTask]]:
    return {"city": list(CITY), "province": list(PROVINCE)}


def test_a_row_that_fits_better_than_the_measure_is_a_counterpart_too(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = AlignedTasks(CITY, PROVINCE).links
    parent = plain[0].parent
    of_it = [link for link in plain if link.parent == parent]
    words = next(task for task in PROVINCE if task.key == parent)
    child = next(task for task in CITY if task.key == of_it[0].child)
    row = replace(words, key=f"{child.key}-row", kind="checklist", standing=child.standing)
    told = AlignedTasks([*CITY, row], PROVINCE)
    links = {(link.child, link.parent): link.score for link in told.links}
    best = max(score for (below, above), score in links.items() if above == parent and below != row.key)
    assert ((row.key, parent) in links) == (told.explain(row.key, parent)[0] >= best + AHEAD)
    monkeypatch.setattr(align_tasks, "AHEAD", -1.0)
    assert (row.key, parent) in {(link.child, link.parent) for link in AlignedTasks([*CITY, row], PROVINCE).links}
