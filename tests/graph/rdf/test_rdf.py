"""The graph as RDF: the mapping holds every kind, the three formats say the same, and the same again."""

import io
import subprocess
import sys
import warnings
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib

import zhengmai
from graph.errors import UsageError
from graph.export.formats import exporter
from graph.rdf.mapping import encoded, terms
from graph.rdf.rdf_write import FORMATS, triples, write
from graph.rdf.rdflib_graph import to_rdflib
from graph.rdf.shacl_check import check, check_text
from graph.rdf.shapes import turtle
from graph.rdf.statements import things
from graph.schema.vocabulary import schema
from graph.snapshot.snapshot import Snapshot
from graph.store import sparql_address
from graph.store.home import Home
from loaders.ingest.graph_build import build
from tests.factories import small_snapshot
from tests.made import make_store
from tests.queries.summary import with_summary
from tests.shared import ROOT

READ_AS = {"turtle": "turtle", "jsonld": "json-ld", "nquads": "nquads"}
Triples = set[tuple[object, ...]]


def text_of(snapshot: Snapshot, form: str) -> str:
    held = io.StringIO()
    write(snapshot, form, held)
    return held.getvalue()


def read(text: str, form: str) -> Triples:
    """Return the triples of a file, as rdflib reads it."""
    with warnings.catch_warnings():
        # rdflib's readers of JSON-LD and N-Quads warn of rdflib's own old names.
        warnings.simplefilter("ignore", DeprecationWarning)
        if form == "nquads":
            return {quad[:3] for quad in rdflib.Dataset().parse(data=text, format=form).quads()}
        return set(rdflib.Graph().parse(data=text, format=READ_AS[form]))


def test_every_kind_and_link_has_terms_and_every_term_an_iri() -> None:
    known = terms()
    used = [term for node in known.nodes.values() for term in node.classes]
    used += [
        term for link in known.links.values() for term in (link.predicate, link.node, link.start, link.end) if term
    ]
    used += [*known.named.values(), *known.types.values(), *known.datatypes.values(), *known.each.values()]
    assert all(known.expand(term).startswith(("http://", "urn:zhengmai:ns:")) for term in used)


def test_no_two_properties_and_no_two_links_share_a_predicate() -> None:
    known = terms()
    names = {"key", "name"} | {
        name for kind in (*schema().nodes.values(), *schema().edges.values()) for name in kind.properties
    }
    predicates = [known.predicate(name) for name in names]
    predicates += [term for link in known.links.values() for term in (link.predicate, link.start, link.end) if term]
    assert len(predicates) == len(set(predicates))


@pytest.mark.parametrize("key", ["yunxi/1.1#1", "990102:水利局", "a b%20?c", "甬政发〔2018〕56号", "x\u2028<y>", "𠮷"])
def test_a_key_is_read_back_from_its_iri(key: str) -> None:
    assert unquote(encoded(key)) == key
    assert not set('<>"{}|^`\\#? ') & set(encoded(key))


@pytest.mark.parametrize("form", ["jsonld", "nquads"])
def test_the_formats_say_the_same(form: str) -> None:
    assert read(text_of(small_snapshot(), form), form) == read(text_of(small_snapshot(), "turtle"), "turtle")


@pytest.mark.parametrize("form", FORMATS)
def test_equal_snapshots_give_equal_bytes(form: str, tmp_path: Path) -> None:
    small_snapshot().write(tmp_path)
    assert text_of(Snapshot.open(tmp_path), form) == text_of(small_snapshot(), form)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The graph of the sample, which has a task that names one unit twice, in two roles."""
    store = tmp_path_factory.mktemp("sample") / "store"
    build([ROOT / "samples" / "lanjiang"], store, jobs=1)
    return Snapshot.open(Home(store).snapshot())


def test_no_statement_comes_twice(sample: Snapshot) -> None:
    for made in (small_snapshot(), Snapshot.of_rows(with_summary()), sample):
        lines = list(triples(things(made)))
        assert len(lines) == len(set(lines))


@pytest.mark.parametrize("form", FORMATS)
def test_as_many_statements_are_read_as_were_said_to_be_written(form: str, sample: Snapshot, tmp_path: Path) -> None:
    done = exporter(form)(sample, tmp_path / "out", store_id="x")
    assert len(read((tmp_path / "out").read_text(encoding="utf-8"), form)) == done.rows


def test_two_links_of_the_same_ends_are_two_nodes_and_one_triple() -> None:
    rows = {name: small_snapshot().rows(name) for name in ("Task", "Unit", "ASSIGNED_TO", "DERIVES_FROM")}
    link = rows["ASSIGNED_TO"][0]
    rows["ASSIGNED_TO"].append(link | {"key": link["key"].rpartition("#")[0] + "#99", "order": 99, "role": "with"})
    # A pair that a person rejected once and that stands once has its triple, whichever comes first.
    for turn, said in enumerate((("rejected", "confirmed"), ("confirmed", "rejected"))):
        pair = rows["DERIVES_FROM"][turn]
        pair["judgement"] = said[0]
        rows["DERIVES_FROM"].append(pair | {"key": pair["key"] + " #2", "judgement": said[1]})
    lines = list(triples(things(Snapshot.of_rows(rows))))
    assert len(lines) == len(set(lines))
    for kind, predicate in (("ASSIGNED_TO", "assignedTo"), ("DERIVES_FROM", "implementsTask")):
        direct = [
            line
            for line in lines
            if f" <urn:zhengmai:ns:{predicate}> <urn" in line and line.startswith("<urn:zhengmai:task:")
        ]
        nodes = [line for line in lines if f'"{kind} ' in line and "ns:key>" in line]
        assert len(direct) == len({(row["source"], row["target"]) for row in rows[kind]})
        assert len(nodes) == len(rows[kind])


def test_rdflib_holds_what_is_written(tmp_path: Path) -> None:
    held = to_rdflib(small_snapshot())
    assert set(held) == read(text_of(small_snapshot(), "turtle"), "turtle")
    assert {(name, str(iri)) for name, iri in held.namespaces()} >= set(terms().prefixes.items())
    root = make_store(tmp_path / "store", small_snapshot())
    for address in (root, sparql_address(root)):
        with zhengmai.open(address) as opened:
            assert len(opened.to_rdflib()) == len(held)


def test_a_server_gives_no_rdflib_graph() -> None:
    with pytest.raises(UsageError, match="only answers questions"):
        zhengmai.open("sparql+http://127.0.0.1:9/query").to_rdflib()


def test_the_example_of_the_page_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rdf.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    assert len(code.splitlines()) == 3
    root = make_store(tmp_path / "store", small_snapshot())
    code = code.replace('".zhengmai"', repr(str(root)))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.split()[1:]) == (0, ["True"]), done.stderr
    assert int(done.stdout.split()[0]) == len(to_rdflib(small_snapshot()))


def test_nquads_say_whose_reading_a_fact_is() -> None:
    graph = "<urn:zhengmai:document:yunxi>"
    quads = [line for line in text_of(small_snapshot(), "nquads").splitlines() if line.endswith(f"{graph} .")]
    assert quads
    assert all("yunxi" in line or "云溪" in line or "990102" in line for line in quads)


def test_a_link_has_a_triple_and_a_node_with_its_key() -> None:
    found = read(text_of(small_snapshot(), "turtle"), "turtle")
    zm = rdflib.Namespace("urn:zhengmai:ns:")
    child, parent = (rdflib.URIRef(f"urn:zhengmai:task:{key}") for key in ("yunxi/1.1", "chengzhou/1.1"))
    node = rdflib.URIRef("urn:zhengmai:link:" + encoded("DERIVES_FROM yunxi/1.1 -> chengzhou/1.1"))
    assert (child, zm.implementsTask, parent) in found
    assert (child, zm.correspondence, node) in found
    assert (node, zm.correspondsTo, parent) in found
    assert (node, zm.relation, rdflib.Literal("adapted")) in found


def test_what_a_person_rejected_has_no_triple_of_its_own() -> None:
    rows = {name: small_snapshot().rows(name) for name in ("Task", "DERIVES_FROM")}
    rows["DERIVES_FROM"][0]["judgement"] = "rejected"
    lines = list(triples(things(Snapshot.of_rows(rows))))
    assert sum("implementsTask> <urn:zhengmai:task" in line for line in lines) == len(rows["DERIVES_FROM"]) - 1
    assert any('"rejected"' in line for line in lines)


def test_odd_characters_come_through() -> None:
    odd = 'a "b" \\ c\n\t\u2028\x07 𠮷 {x} <y> \\u0041'
    row = {"key": "k", "name": odd, "printed_headings": [odd, "x"]}
    snapshot = Snapshot.of_rows({"Theme": [row]})
    for form in FORMATS:
        names = {one[2] for one in read(text_of(snapshot, form), form) if str(one[1]).endswith(("#label", "altLabel"))}
        assert rdflib.Literal(odd) in names, form


def test_the_small_graph_keeps_its_shapes() -> None:
    assert check(small_snapshot()) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "rule"),
    [
        ('ns:level> "city"', 'ns:level> "village"', "Policy.level", "In"),
        (
            'ns:kind> "measure"',
            'ns:kind> "a" .\n<urn:zhengmai:task:yunxi/1.1> <urn:zhengmai:ns:kind> "b"',
            "Task.kind",
            "MaxCount",
        ),
        ("ns:assignee> <urn:zhengmai:unit:", "ns:assignee> <urn:zhengmai:task:", "ASSIGNED_TO.target", "Or"),
        ("nif-core#beginIndex> ", "nif-core#endIndex> ", "Evidence.start", "MinCount"),
        ("ns:correspondence>", "ns:otherwise>", "DERIVES_FROM.source", "MinCount"),
        ("ns:code> ", "ns:named> ", "Issue.code", "MinCount"),
        ("ns:in> <urn:zhengmai:document:", "ns:in> <urn:zhengmai:policy:", "Issue.document", "Class"),
        (
            'date_document> "2021-05-10"^^<http://www.w3.org/2001/XMLSchema#date>',
            'date_document> "May"',
            "Policy.issued",
            "Datatype",
        ),
    ],
)
def test_a_broken_graph_breaks_its_shape(old: str, new: str, where: str, rule: str) -> None:
    text = "".join(triples(things(small_snapshot())))
    assert old in text
    faults = check_text(text.replace(old, new))
    assert (where, rule) in {(one.where, one.rule) for one in faults}


def test_the_shapes_are_the_same_every_time_and_name_every_kind() -> None:
    text = turtle()
    assert text == turtle()
    assert all(f"<urn:zhengmai:shape:{name}>" in text for name in (*schema().nodes, "Evidence", "Issue"))


def test_without_pyshacl_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(UsageError, match=r"zhengmai\[rdf\]"):
        check(small_snapshot())


@pytest.mark.parametrize("name", ["turtle", "jsonld", "nquads", "shacl"])
def test_every_format_is_exported(name: str, tmp_path: Path) -> None:
    done = exporter(name)(small_snapshot(), tmp_path / "out", store_id="x")
    assert done.rows > 500
    assert (tmp_path / "out").stat().st_size > 10_000
