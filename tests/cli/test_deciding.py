"""A person says which policy carries out which, and which task which: it holds in every build, and can be taken back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from cli.words.messages import choose
from graph.link.decisions import Decisions, Word, decide_policies
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from loaders.ingest.graph_build import build

Invoke = Callable[..., Result]

_PLAN = """{issuer}关于印发{title}的通知

{number}

{addressee}：

现将《{title}》印发给你们，请认真组织实施。{basis}

{issuer}
{date}

{title}

一、重点任务

（一）改造老旧泵站。完成三十座老旧泵站改造。责任单位：{place}水利局

（二）疏浚乡村河道。每年疏浚河道一百公里。责任单位：{place}水利局、{place}农业农村局
"""
CITY = {
    "issuer": "澄州市人民政府",
    "title": "澄州市水网提升行动方案",
    "number": "澄政发〔2024〕5号",
    "addressee": "各县（市、区）人民政府",
    "date": "2024年3月5日",
    "place": "市",
    "basis": "",
}
COUNTY = {
    "issuer": "澄州市云溪区人民政府",
    "title": "云溪区水网提升实施方案",
    "number": "云溪政发〔2024〕9号",
    "addressee": "各镇人民政府",
    "date": "2024年6月1日",
    "place": "区",
    "basis": "",
}
OTHER = {
    "issuer": "澄州市石浦县人民政府",
    "title": "石浦县水网提升实施方案",
    "number": "石政发〔2024〕7号",
    "addressee": "各镇人民政府",
    "date": "2024年7月1日",
    "place": "县",
    "basis": "本方案贯彻落实《澄州市水网提升行动方案》（澄政发〔2024〕5号）。",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deciding")
    for name, said in (("city", CITY), ("county", COUNTY), ("other", OTHER)):
        (folder / f"{name}.txt").write_text(_PLAN.format(**said), encoding="utf-8")
    build(sorted(folder.glob("*.txt")), folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


def links(zhengmai: Invoke, store: Path, document: str) -> list[tuple[str, str]]:
    lines = zhengmai("links", "--document", document, store=store).stdout.splitlines()
    return [(row["child"], row["parent"]) for row in map(json.loads, lines)]


def implements(store: Path) -> dict[tuple[str, str], str | None]:
    rows = Snapshot.open(Home(store).snapshot()).rows("IMPLEMENTS")
    return {(row["source"], row["target"]): row["judgement"] for row in rows}


CHILD, PARENT = COUNTY["number"], CITY["number"]


def test_a_policy_that_cites_nothing_is_related_by_a_persons_word(zhengmai: Invoke, store: Path) -> None:
    assert links(zhengmai, store, "county") == []
    result = zhengmai("decide", "county", "city", "yes", store=store)
    assert result.exit_code == 0, result.stderr
    assert f"{CHILD} carries out {PARENT}" in result.stderr
    assert implements(store)[CHILD, PARENT] == "confirmed"
    found = links(zhengmai, store, "county")
    assert ("county/1.1", "city/1.1") in found
    # A person's word is in no document: nothing is quoted for it, and the page says whose word it is.
    snapshot = Snapshot.open(Home(store).snapshot())
    assert validate(snapshot) == []
    link = f"IMPLEMENTS {CHILD} -> {PARENT}"
    assert link not in {row["subject"] for row in snapshot.rows("Evidence")}
    assert "[decided by a person]" in zhengmai("show", CHILD, store=store).stdout
    # It outlives a build of everything, and falls when it is taken back.
    build([], store, jobs=1)
    assert links(zhengmai, store, "county") == found
    assert zhengmai("decide", CHILD, "澄政发[2024]5号", "undo", store=store).exit_code == 0
    assert links(zhengmai, store, "county") == []
    assert (CHILD, PARENT) not in implements(store)


def test_what_is_printed_can_be_denied_and_is_still_cited(zhengmai: Invoke, store: Path) -> None:
    pair = OTHER["number"], PARENT
    before = links(zhengmai, store, "other")
    assert before
    assert implements(store)[pair] is None
    assert zhengmai("decide", "other", "city", "no", store=store).exit_code == 0
    assert links(zhengmai, store, "other") == []
    assert pair not in implements(store)
    snapshot = Snapshot.open(Home(store).snapshot())
    cited = {(row["source"], row["target"]) for row in snapshot.rows("CITES")}
    assert pair in cited
    assert f"CITES {pair[0]} -> {pair[1]}" in {row["subject"] for row in snapshot.rows("Evidence")}
    assert zhengmai("decide", "other", "city", "yes", store=store).exit_code == 0
    assert links(zhengmai, store, "other") == before
    assert implements(store)[pair] == "confirmed"
    assert "[decided by a person]" not in zhengmai("show", OTHER["number"], store=store).stdout


def test_a_decision_on_tasks_that_shows_nothing_says_what_would(zhengmai: Invoke, store: Path) -> None:
    result = zhengmai("decide", "county/1.1", "city/1.2", "yes", store=store)
    assert result.exit_code == 0
    assert "zhengmai decide county city yes" in result.stderr
    assert zhengmai("decide", "county", "city", "yes", store=store).exit_code == 0
    assert ("county/1.1", "city/1.2") in links(zhengmai, store, "county")
    again = zhengmai("decide", "county/1.2", "city/1.1", "yes", store=store)
    assert "does not show" not in again.stderr
    assert ("county/1.2", "city/1.1") in links(zhengmai, store, "county")
    tree = zhengmai("cascade", "city", store=store).stdout.splitlines()
    decided = [line for line in tree if "confirmed by a person" in line]
    assert [line.split()[-1] for line in decided] == ["county/1.2", "county/1.1"]
    assert not any("0." in line for line in decided)
    assert "confirmed by a person] county/1.2" in zhengmai("compare", "city", "county", store=store).stdout
    assert "(city/1.1) [confirmed by a person]" in zhengmai("show", "county/1.2", store=store).stdout


def test_a_link_that_was_rejected_is_marked_and_not_counted(zhengmai: Invoke, store: Path) -> None:
    before = len(links(zhengmai, store, "other"))
    result = zhengmai("decide", "other/1.1", "city/1.1", "no", store=store)
    assert result.exit_code == 0
    assert len(links(zhengmai, store, "other")) == before - 1
    assert f", {before - 1} links" in zhengmai("build", store=store).stdout
    assert "(city/1.1) [rejected by a person]" in zhengmai("show", "other/1.1", store=store).stdout
    choose("zh")
    assert "(city/1.1) [已由人否定]" in zhengmai("show", "other/1.1", store=store).stdout


@pytest.mark.parametrize(
    ("child", "parent", "code", "said"),
    [
        ("city", "county", 2, "the lower one comes first"),
        ("city/1.1", "county/1.1", 2, "the lower one comes first"),
        ("city/1.1", "other/1.1", 2, "the lower one comes first"),
        ("county", "city/1.1", 2, "name two tasks or two policies"),
        ("county", "county", 2, "is given twice"),
        ("county/1.1", "county/1.2", 2, "of one document"),
        ("county/1.1", "city/9.9", 3, "no task is named"),
        ("nobody", "city", 3, "named 'nobody'"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_line(
    zhengmai: Invoke, built: Path, child: str, parent: str, code: int, said: str
) -> None:
    result = zhengmai("decide", child, parent, "yes", store=built)
    assert (result.exit_code, len(result.stderr.splitlines())) == (code, 1), result.stderr
    assert said in result.stderr
    assert not Home(built).decisions.exists()


def test_the_last_word_on_policies_counts(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    decide_policies(path, "a", "b", "confirmed")
    assert Decisions.read(path).policies == {("a", "b"): "confirmed"}
    assert Decisions.read(path).digest != Decisions().digest
    decide_policies(path, "a", "b", "none")
    assert Decisions.read(path) == Decisions()
    path.write_text('{"policy": "a", "judgement": "confirmed"}\n', encoding="utf-8")
    with pytest.raises(Exception, match="line 1: not a decision"):
        Decisions.read(path)


def test_decisions_of_another_person_are_brought_in_and_differences_told(
    zhengmai: Invoke, store: Path, tmp_path: Path
) -> None:
    assert zhengmai("decide", "county", "city", "yes", "--by", "甲", store=store).exit_code == 0
    theirs = tmp_path / "theirs.jsonl"
    when = "2099-01-01T00:00:00+00:00"
    decide_policies(theirs, CHILD, PARENT, "rejected", Word(by="乙", when=when, why="所指不同"))
    result = zhengmai("decide", "--merge", str(theirs), store=store)
    assert result.exit_code == 0, result.stderr
    assert "1 new, 0 known, 1 in conflict" in result.stderr
    assert "乙" in result.stderr
    assert "所指不同" in result.stderr
    assert links(zhengmai, store, "county") == []
    result = zhengmai("decide", "--merge", str(tmp_path / "none.jsonl"), store=store)
    assert "no such file of decisions" in result.stderr
    assert zhengmai("decide", "county", store=store).exit_code == 2
