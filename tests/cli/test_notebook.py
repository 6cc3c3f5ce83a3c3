import re
import shutil
from datetime import date
from pathlib import Path

import pandas
import pytest

import zhengmai
from cli.main import COMMANDS
from graph.errors import NotFoundError, StoreError, UsageError
from graph.link.decisions import Decisions
from graph.store.home import Home
from graph.store.protocol import AnswerRow
from loaders.ingest.graph_build import build
from queries.answer import Answer
from queries.catalog import catalogue, columns
from zhengmai.frames import frame
from zhengmai.notebook import Graph

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "lanjiang"
ROW = re.compile(r"^\| `(?P<command>\w+)` \| `(?P<owner>graph|zhengmai)\.(?P<name>\w+)` \|$", re.M)


def test_answers_are_data_frames_with_their_notes(address: Path) -> None:
    with zhengmai.open(address) as opened:
        made = opened.cascade("lanjiang/1.1")
        assert list(made["task"])[:2] == ["lanjiang/1.1", "chengzhou/1.1"]
        assert made.attrs["notes"] == []
        notes = [{"code": "undated", "count": 6}, {"code": "further_targets", "count": 1}]
        assert opened.due("2022-01-01").attrs["notes"] == notes
        assert len(opened.documents()) == 3
        assert set(opened.units("市水利局")["direction"]) == {"above", "here", "below"}
        assert not opened.coverage("lanjiang").empty
        assert not opened.compare("lanjiang", "chengzhou").empty
        assert not opened.tasks(unit="区水利局").empty
        assert not opened.lineage("yunxi").empty
        assert not opened.search("水源").empty
        assert not opened.show("yunxi/1.1").empty
        assert "cascade" in set(opened.questions()["question"])


def test_every_command_has_its_call_and_the_page_names_it() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    named = {row["command"]: row for row in ROW.finditer(page)}
    assert list(named) == list(COMMANDS)
    for row in named.values():
        owner = Graph if row["owner"] == "graph" else zhengmai
        assert callable(getattr(owner, row["name"])), row[0]
        assert row["owner"] == "graph" or row["name"] in zhengmai.__all__


def test_columns_have_the_types_that_the_catalogue_declares(address: Path) -> None:
    dtypes = {
        "integer": "Int64",
        "number": "float64",
        "boolean": "boolean",
        "date": "datetime64[ns]",
        "text": "object",
    }
    with zhengmai.open(address) as opened:
        answers = {
            "documents": opened.documents(),
            "due": opened.due("2022-01-01"),
            "tasks": opened.tasks(level="town"),
            "cascade": opened.cascade("lanjiang"),
            "about": opened.show("yunxi/1.1"),
            "issues": opened.issues(),
        }
    for name, made in answers.items():
        wanted = {column.name: dtypes[column.type] for column in catalogue()[name].columns}
        assert {column: str(dtype) for column, dtype in made.dtypes.items()} == wanted
    assert answers["tasks"].empty
    days = answers["due"]["days"]
    assert days[0] == (answers["due"]["end"][0].date() - date(2022, 1, 1)).days
    assert answers["about"]["start"].isna().any()


def test_a_day_that_no_timestamp_holds_stays_text_and_is_named() -> None:
    typed = columns("end:date tasks:integer taken:boolean")
    rows: tuple[AnswerRow, ...] = (
        {"end": "2400-12-31", "tasks": None, "taken": True},
        {"end": None, "tasks": 3, "taken": None},
    )
    made = frame(Answer(name="none", columns=("end", "tasks", "taken"), rows=rows, typed=typed))
    assert list(made["end"]) == ["2400-12-31", None]
    assert made.attrs["notes"] == [{"code": "dates_as_text", "columns": "end"}]
    assert made["tasks"][1] == 3
    assert made["tasks"].dtype == "Int64"
    assert made["taken"].dtype == "boolean"
    early = frame(Answer(name="none", columns=("end",), rows=({"end": "2024-12-31"}, {"end": None}), typed=typed))
    assert early["end"][0] == pandas.Timestamp("2024-12-31")
    assert early.attrs["notes"] == []


def test_a_pivot_keeps_the_order_of_the_themes() -> None:
    rows: list[AnswerRow] = [
        {"theme_name": theme, "place": place, "answer": "taken_up"}
        for theme in ("水利", "安全")
        for place in ("乙", "甲")
    ]
    names = ("theme_name", "place", "answer")
    made = frame(Answer(name="coverage", columns=names, rows=tuple(rows)), in_order=("theme_name", "place"))
    table = made.pivot(index="theme_name", columns="place", values="answer")
    assert list(table.index) == ["水利", "安全"]
    assert list(table.columns) == ["乙", "甲"]


def test_a_query_of_ones_own(address: Path) -> None:
    opened = zhengmai.open(address)
    opened.close()
    made = opened.query(
        "MATCH (t:Task) RETURN t.key AS task, t.no_such AS nothing, size(t.key) AS n ORDER BY task LIMIT 2"
    )
    assert list(made["task"]) == ["chengzhou/1.1", "chengzhou/2.2"]
    assert made["n"].dtype == "Int64"
    assert made.attrs["notes"] == [{"code": "no_values", "columns": "nothing"}]


def test_an_empty_answer_has_its_columns(address: Path) -> None:
    with zhengmai.open(address) as opened:
        made = opened.ask("tasks", level="town")
    assert made.empty
    assert "deadline" in made.columns


def test_errors_are_ours(address: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        zhengmai.open(tmp_path)
    with zhengmai.open(address) as opened, pytest.raises(NotFoundError):
        opened.cascade("nothing of that name")
    with pytest.raises(AttributeError, match="no_such"):
        _ = zhengmai.no_such
    assert set(zhengmai.__all__) <= set(dir(zhengmai))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of three documents of the sample, of which one carries out none of the others by what they cite."""
    folder = tmp_path_factory.mktemp("notebook")
    for name in ("province.txt", "yunxi.md", "shuoyuan.txt"):
        shutil.copy(SAMPLE / name, folder / name)
    build([folder], folder / "store", jobs=1)
    return folder / "store"


def test_links_are_stored_or_aligned_now(built: Path) -> None:
    with zhengmai.open(built) as opened:
        stored = opened.links("yunxi")
        assert list(stored.columns) == ["child", "parent", "relation", "score"]
        assert stored["score"].dtype == "float64"
        now = opened.links(between=("yunxi", "province"))
        assert set(zip(now["child"], now["parent"], strict=True)) >= set(
            zip(stored["child"], stored["parent"], strict=True)
        )
        files = opened.links(between=(str(SAMPLE / "yunxi.md"), str(SAMPLE / "province.txt")))
        assert list(files["child"]) == list(now["child"])
        told = opened.explain(stored["child"][0], stored["parent"][0])
        assert {note["code"] for note in told.attrs["notes"]} == {"link", "chance"}
        assert told["adds"].notna().all()
        apart = opened.compare("province", "shuoyuan")
        assert {"code": "aligned_now", "documents": "shuoyuan"} in apart.attrs["notes"]
        assert opened.issues("yunxi")["start"].dtype == "Int64"
        assert opened.check().empty


def test_a_decision_holds_in_the_graph_that_made_it(built: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(built, tmp_path / "store"))
    with zhengmai.open(store) as opened:
        before = opened.links("yunxi")
        pair = str(before["child"][0]), str(before["parent"][0])
        said = opened.decide(*pair, "no")
        assert list(said.iloc[0]) == ["tasks", *pair, "rejected"]
        assert len(opened.links("yunxi")) == len(before) - 1
        assert opened.decide(*pair, "undo")["judgement"][0] == "none"
        assert len(opened.links("yunxi")) == len(before)
        assert opened.decide("shuoyuan", "province", "yes")["kind"][0] == "policies"
        codes = {note["code"] for note in opened.compare("province", "shuoyuan").attrs["notes"]}
        assert "aligned_now" not in codes
        with pytest.raises(UsageError, match="of one document"):
            opened.decide("yunxi/2.1.1", "yunxi/2.1.2", "yes")
        # It is open still.
        assert len(opened.documents()) == 3
    assert len(Decisions.read(Home(store).decisions).policies) == 1


def test_pictures_and_exports_are_whole_files(built: Path, tmp_path: Path) -> None:
    with zhengmai.open(built) as opened:
        shown = opened.view("province", tmp_path / "picture.html", language="en")
        assert shown.tasks > 3
        assert (tmp_path / "picture.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        done = opened.export("turtle", tmp_path / "plans.ttl")
        assert (done.files, (tmp_path / "plans.ttl").exists()) == (1, True)
        for wrong in (lambda: opened.view("province", tmp_path / "picture.png"), lambda: opened.push("somewhere")):
            with pytest.raises(UsageError):
                wrong()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["picture.html", "plans.ttl"]


def test_files_are_read_and_scored_without_a_graph(tmp_path: Path) -> None:
    parts = zhengmai.read(SAMPLE / "yunxi.md")
    assert parts["start"].dtype == "Int64"
    assert {"head", "measure"} <= set(parts["part"])
    assert 0 < parts.attrs["notes"][0]["read"] <= 1
    form = zhengmai.extract(SAMPLE / "yunxi.md")
    assert len(form["tasks"]) == parts.attrs["notes"][0]["tasks"]
    gold = tmp_path / "gold" / "yunxi"
    gold.mkdir(parents=True)
    for name, rows in form.items():
        lines = pandas.DataFrame(rows).to_json(orient="records", lines=True, force_ascii=False)
        (gold / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    scores = zhengmai.evaluate(tmp_path / "gold", SAMPLE, total=True)
    assert scores.set_index("field")["f1"]["tasks"] == 1.0
    checks = zhengmai.doctor(tmp_path / "none").set_index("check")
    assert checks["state"]["graph"] == "absent"
    assert checks["state"]["pyarrow"] == "ok"
    assert "Task" in set(zhengmai.schema()["name"])


def test_a_picture_shows_itself_in_a_frame_of_its_own(built: Path, tmp_path: Path) -> None:
    with zhengmai.open(built) as opened:
        made = opened.picture("matrix", "province", language="en")
        shown = made._repr_html_()
        assert shown.startswith('<iframe sandbox="allow-scripts" srcdoc="&lt;!DOCTYPE html')
        assert shown.count("<") == 2
        assert made.rows.name == "correlation"
        assert "taken up" in repr(made) or "not taken up" in repr(made) or "adapted" in repr(made)
        made.save(tmp_path / "matrix.svg")
        assert (tmp_path / "matrix.svg").read_text(encoding="utf-8").startswith("<?xml")
        with pytest.raises(UsageError):
            opened.picture("pie", "province")
