"""py2neo's objects on a real server: the graph read through them is the graph that was pushed."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreError, UsageError
from graph.snapshot.snapshot import Snapshot
from graph.store.home import Home
from loaders.ingest.graph_build import build
from tests.factories import small_snapshot
from tests.servers.fixtures import AnyServer, holding
from tests.shared import ROOT

pytest.importorskip("py2neo", reason="py2neo is an extra, at its end of life: pip install 'zhengmai[py2neo]'")


@pytest.fixture(scope="module")
def graph(neo4j_server: AnyServer) -> Iterator[Any]:
    from graph.store.neo4j_server.py2neo_graph import connect

    holding(neo4j_server, small_snapshot()).close()
    found = connect(neo4j_server.uri)
    yield found
    found.service.connector.close()


def test_a_task_with_all_that_belongs_to_it(graph: Any) -> None:  # noqa: ANN401
    from graph.store.neo4j_server.py2neo_graph import Task

    task = Task.match(graph, "yunxi/1.1").first()
    assert (task.title, task.deadline_end) == ("划定水源保护区", "2022-09-30")
    assert {(unit.name, task.units.get(unit, "role")) for unit in task.units} >= {("区水利局", "lead")}
    assert [theme.name for theme in task.themes] == ["守护水源"]
    assert [target.value for target in task.targets] == [2.0]
    assert sorted(one.key for one in task.derives_from) == ["chengzhou/1.1", "lanjiang/1.1"]
    assert [one.key for one in next(iter(task.policies)).implements]


def test_the_example_of_the_page_runs_on_the_sample(
    neo4j_server: AnyServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build([ROOT / "samples" / "lanjiang"], tmp_path / "store", jobs=1)
    holding(neo4j_server, Snapshot.open(Home(tmp_path / "store").snapshot())).close()
    page = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    held: dict[str, Any] = {}
    try:
        exec(code.replace("neo4j://localhost:7687", neo4j_server.uri), held)
        task = held["task"]
        assert (task.key, bool(task.title)) == ("yunxi/2.1.1", True)
        assert capsys.readouterr().out.split(" ")[0] == task.title
        assert [unit.name for unit in task.units]
        assert all(one.key.partition("/")[2] for one in task.derives_from)
        assert len(task.derives_from) > 0
    finally:
        held["graph"].service.connector.close()
        holding(neo4j_server, small_snapshot()).close()


def test_every_kind_is_counted(graph: Any) -> None:  # noqa: ANN401
    from graph.store.neo4j_server import py2neo_graph

    for name in ("Policy", "Task", "Unit", "UnitGroup", "Theme", "Target"):
        kind = getattr(py2neo_graph, name)
        assert len(kind.match(graph)) == small_snapshot().count(name), name
    policy = py2neo_graph.Policy.match(graph, "澜政发〔2021〕8号").first()
    assert sorted(one.key for one in policy.tasks)[0] == "lanjiang/1.1"
    assert [one.key for one in policy.implemented_by] == ["澄政发〔2021〕15号"]
    unit = py2neo_graph.Unit.match(graph, "990100:水利局").first()
    assert [one.key for one in unit.counterparts] == ["990000:水利厅"]
    assert [one.key for one in unit.counterparts_below] == ["990102:水利局"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves sockets open
def test_errors_are_ours(neo4j_server: AnyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.store.neo4j_server.py2neo_graph import connect

    with pytest.raises(UsageError):
        connect("neo4j://me:secret@localhost")
    with pytest.raises(StoreError, match="no server answers"):
        connect("bolt://127.0.0.1:9")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-this-one")
    with pytest.raises(StoreError, match="refuses") as caught:
        connect(neo4j_server.uri)
    assert "not-this-one" not in str(caught.value)
    gc.collect()
