"""The graph in networkx and in the files that it reads: the same nodes and links, whatever way they came."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import zhengmai
from graph.export.formats import exporter
from graph.export.graph_files import _gexf, _graphml
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of
from graph.store import open_store, sparql_address
from graph.store.network import Flat, of_snapshot, of_store, to_networkx
from tests.factories import small_snapshot
from tests.made import make_store
from tests.queries.summary import with_summary
from tests.shared import ROOT


def multi(graph: Any) -> Any:  # noqa: ANN401
    """Return what networkx read with its links keyed by our keys; of a graph without parallel links it makes a simple one."""
    made = nx.MultiDiGraph()
    made.add_nodes_from(graph.nodes(data=True))
    for source, target, own in graph.edges(data=True):
        said = dict(own)
        made.add_edge(source, target, said.pop("id"), **said)
    return made


def read(form: str, path: Path) -> Any:  # noqa: ANN401
    if form == "graphml":
        return nx.read_graphml(path, force_multigraph=True)
    found = multi(nx.read_gexf(path))
    for _, own in found.nodes(data=True):
        # GEXF's own label is what is shown, so that the kind stands elsewhere.
        assert own["label"] == own["name"]
        own["label"] = own.pop("type")
    for *_, own in found.edges(data=True):
        assert own.pop("label") == own["type"]
    return found


def same(one: Any, other: Any) -> bool:  # noqa: ANN401
    return dict(one.nodes(data=True)) == dict(other.nodes(data=True)) and sorted(
        one.edges(data=True, keys=True), key=lambda edge: edge[2]
    ) == sorted(other.edges(data=True, keys=True), key=lambda edge: edge[2])


class Again(Flat):
    """What networkx holds, to be written again."""

    def __init__(self, graph: Any) -> None:  # noqa: ANN401
        self.graph = graph

    def nodes(self) -> Any:  # noqa: ANN401
        yield from self.graph.nodes(data=True)

    def links(self) -> Any:  # noqa: ANN401
        yield from self.graph.edges(data=True, keys=True)


def test_every_thing_and_every_link_is_there() -> None:
    graph = to_networkx(of_snapshot(small_snapshot()))
    assert graph.is_directed()
    assert graph.is_multigraph()
    assert graph.number_of_nodes() == sum(small_snapshot().count(name) for name in names_of(NODE))
    assert graph.number_of_edges() == sum(small_snapshot().count(name) for name in names_of(LINK))
    task = graph.nodes["yunxi/1.1"]
    assert (task["label"], task["title"], task["deadline_end"]) == ("Task", "划定水源保护区", "2022-09-30")
    assert graph.nodes["990102:水利局"]["printed_names"] == "区水利局"
    ((_, link),) = graph.get_edge_data("yunxi/2.2", "chengzhou/2.2").items()
    assert (link["type"], link["score"]) == ("DERIVES_FROM", 0.66)
    flat = [own for _, own in graph.nodes(data=True)] + [own for *_, own in graph.edges(data=True)]
    assert all(isinstance(value, str | int | float | bool) for own in flat for value in own.values())


def test_a_link_that_a_person_rejected_is_none() -> None:
    graph = to_networkx(of_snapshot(Snapshot.of_rows(with_summary())))
    assert not graph.has_edge("cheng/2.9", "lan/2.2")


def test_things_of_two_kinds_with_one_key_are_two() -> None:
    rows = {
        "Document": [{"key": "990000", "name": "990000", "title": "一份文件"}],
        "Policy": [{"key": "p", "name": "p"}],
        "Jurisdiction": [{"key": "990000", "name": "澜江省"}],
        "RECORDS": [{"key": "r", "source": "990000", "target": "p"}],
        "APPLIES_IN": [{"key": "a", "source": "p", "target": "990000"}],
    }
    graph = to_networkx(of_snapshot(Snapshot.of_rows(rows)))
    assert {(one, other) for one, other, _ in graph.edges} == {("990000", "p"), ("p", "Jurisdiction:990000")}
    assert graph.nodes["Jurisdiction:990000"] == {"label": "Jurisdiction", "name": "澜江省"}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
@pytest.mark.parametrize("made", [small_snapshot, lambda: Snapshot.of_rows(with_summary())], ids=["small", "summary"])
def test_networkx_reads_what_is_written_and_it_is_written_again_the_same(form: str, made: Any, tmp_path: Path) -> None:  # noqa: ANN401
    snapshot, path = made(), tmp_path / f"a.{form}"
    done = exporter(form)(snapshot, path, store_id="x")
    wanted, found = to_networkx(of_snapshot(snapshot)), read(form, path)
    assert done.rows == wanted.number_of_nodes() + wanted.number_of_edges()
    assert same(found, wanted)
    write = _graphml if form == "graphml" else _gexf
    # networkx gives links by their ends, so that the lines come in another order.
    assert sorted(write(Again(found))) == sorted(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_odd_characters_come_back(form: str, tmp_path: Path) -> None:
    odd = "a<b>&\"'\t一行\n二行\r三行 𠮷\u2028]]>"
    rows = {"Task": [{"key": 'x/1<&">', "name": odd, "title": odd, "text": "\x0c\x00坏\ufffe", "order": 1}]}
    exporter(form)(Snapshot.of_rows(rows), tmp_path / "a", store_id="x")
    found = read(form, tmp_path / "a").nodes['x/1<&">']
    assert found["title"] == odd
    assert found["text"] == "\ufffd\ufffd坏\ufffd"


def test_a_store_of_either_dialect_gives_the_same_graph(tmp_path: Path) -> None:
    for name, made in (("small", small_snapshot()), ("summary", Snapshot.of_rows(with_summary()))):
        root, wanted = make_store(tmp_path / name, made), to_networkx(of_snapshot(made))
        with zhengmai.open(root) as graph:
            assert same(graph.to_networkx(), wanted)
        for address in (str(root), sparql_address(root)):
            with open_store(address) as store:
                assert same(to_networkx(of_store(store)), wanted), address


def test_the_page_shows_what_its_example_prints(tmp_path: Path) -> None:
    path = ROOT / "docs" / "networkx.md"
    page = path.read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    before, _, rest = page.partition("```text\n")
    shown, _, after = rest.partition("```")
    code = code.replace('".zhengmai"', repr(str(tmp_path / "store")))
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    if os.environ.get("ZHENGMAI_REGENERATE"):
        path.write_text(f"{before}```text\n{done.stdout}```{after}", encoding="utf-8", newline="\n")
        pytest.fail("docs/networkx.md was written anew; run again without ZHENGMAI_REGENERATE")
    assert done.stdout == shown
