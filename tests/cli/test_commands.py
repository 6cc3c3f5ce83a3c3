import json
import re
import tomllib
from pathlib import Path

import pytest

from cli.words.messages import choose
from tests.cli.conftest import Invoke
from tests.shared import ROOT

ANSWERS = [
    ("docs",),
    ("tasks",),
    ("tasks", "yunxi"),
    ("tasks", "--unit", "区水利局"),
    ("units",),
    ("units", "市水利局"),
    ("due", "--today", "2022-09-15"),
    ("due", "--targets"),
    ("search", "水源"),
    ("show", "yunxi/1.1"),
    ("cascade", "lanjiang"),
    ("cascade", "澜政发[2021]8号"),
    ("cascade", "lanjiang/1.1"),
    ("lineage", "yunxi"),
    ("coverage", "lanjiang"),
    ("compare", "lanjiang", "chengzhou"),
    ("compare", "lanjiang", "chengzhou", "yunxi"),
    ("links",),
    ("explain", "chengzhou/1.1", "lanjiang/1.1"),
    ("issues",),
    ("issues", "yunxi"),
    ("questions",),
    ("questions", "--all"),
    ("ask", "date_changed"),
    ("ask", "cascade_down", "tasks=lanjiang/1.1", "tasks=lanjiang/2.3"),
    ("query", "MATCH (t:Task) RETURN t.key AS task ORDER BY task"),
    ("schema",),
    ("query", "--dialect", "sparql", "SELECT ?task { ?t a zm:Task ; zm:key ?task }"),
]


def name(words: tuple[str, ...]) -> str:
    return " ".join(words[:2])


@pytest.mark.parametrize("words", ANSWERS, ids=name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_answer_is_written_for_people(words: tuple[str, ...], language: str, zhengmai: Invoke) -> None:
    result = zhengmai(*words, "--lang", language)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()
    assert "error" not in result.stderr


@pytest.mark.parametrize("words", ANSWERS, ids=name)
def test_every_answer_is_written_as_rows(words: tuple[str, ...], zhengmai: Invoke) -> None:
    rows = json.loads(zhengmai(*words, "--json").stdout)
    assert rows
    assert all(list(row) == list(rows[0]) for row in rows)
    lines = zhengmai(*words, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_links_are_lines_of_four_fields_by_default(zhengmai: Invoke) -> None:
    rows = [json.loads(line) for line in zhengmai("links").stdout.splitlines()]
    assert rows[0] == {"child": "chengzhou/1.1", "parent": "lanjiang/1.1", "relation": "adapted", "score": 0.91}
    assert len(rows) == 5


def test_the_tree_says_everything_in_words(zhengmai: Invoke) -> None:
    tree = zhengmai("cascade", "lanjiang", "--lang", "zh").stdout
    for words in (
        "[市 澄州市] 划定水源保护区  〔改编 0.91〕 chengzhou/1.1",
        "牵头：市大数据局",
        "时限：2022年6月底前 (2022-06-30)",
        "依据：chengzhou:94-101",
        "；全文：94-",
        "未见承接：澄州市人民政府",
        "〔无法判断（未载入）〕 设立用水管家  yunxi/2.3",
    ):
        assert words in tree
    assert "[city 澄州市] not taken up" in zhengmai("cascade", "lanjiang", "--lang", "en").stdout


def test_the_upper_document_is_found_whatever_the_order(zhengmai: Invoke) -> None:
    straight = zhengmai("compare", "lanjiang", "chengzhou", "--json")
    turned = zhengmai("compare", "chengzhou", "lanjiang", "--json")
    assert turned.stdout == straight.stdout
    assert "the upper document of these is lanjiang" in turned.stderr
    assert zhengmai("compare", "lanjiang", "lanjiang").exit_code == 2


def test_the_matrix_has_a_column_for_each_place(zhengmai: Invoke) -> None:
    table = zhengmai("coverage", "lanjiang", "--lang", "zh").stdout
    assert "市 澄州市" in table
    assert "县 云溪区" in table
    assert "部分承接 1/2" in table


def test_a_page_shows_every_quote(zhengmai: Invoke) -> None:
    page = zhengmai("show", "yunxi/1.1", "--lang", "zh").stdout
    assert "任务 yunxi/1.1" in page
    assert "yunxi:117-121 “区水利局”" in page


def test_an_empty_answer_is_no_error(zhengmai: Invoke) -> None:
    result = zhengmai("tasks", "--level", "town", "--json")
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    assert zhengmai("tasks", "--level", "town").stdout == ""
    assert zhengmai("tasks", "--level", "town", "-f", "csv").stdout.startswith("task,title,")


def test_a_closed_list_takes_its_word_in_any_language(zhengmai: Invoke) -> None:
    asked = zhengmai("tasks", "--level", "county", "--role", "lead", "--json")
    assert json.loads(asked.stdout)
    assert zhengmai("tasks", "--level", "县级", "--role", "牵头", "--json").stdout == asked.stdout


def test_messages_go_to_stderr_and_quiet_drops_them(zhengmai: Invoke) -> None:
    assert "more tasks name no day" in zhengmai("due", "--today", "2022-01-01").stderr
    assert zhengmai("due", "--today", "2022-01-01", "-q").stderr == ""


def test_a_query_may_come_from_standard_input(zhengmai: Invoke) -> None:
    result = zhengmai("query", "-", "--json", stdin="MATCH (t:Task {key: 'yunxi/2.3'}) RETURN t.title AS title")
    assert json.loads(result.stdout) == [{"title": "设立用水管家"}]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("cascade", "lanjaing"), 3, "did you mean lanjiang"),
        (
            ("ask", "due", "today=2026-01-01", "state=past"),
            2,
            "it must be one of overdue (逾期), soon (临期), later (未到期)",
        ),
        (("cascade", "放心用水行动"), 3, "names 3 things"),
        (("tasks", "--unit", "大数据局"), 3, "names 3 things (unit)"),
        (("explain", "yunxi/9.9", "lanjiang/1.1"), 3, "no task is named"),
        (("ask", "cascde"), 3, "did you mean cascade"),
        (("ask", "unit_load"), 2, "needs the parameter"),
        (("ask", "unit_load", "区水利局"), 2, "NAME=VALUE"),
        (("ask", "due_between", "start=soon"), 2, "must be a date"),
        (("query", "CREATE (n) RETURN n"), 2, "only read"),
        (("docs", "-o", "out.pdf"), 2, "no format for the suffix"),
        (("docs", "-f", "xlsx"), 2, "add -o FILE.xlsx"),
        (("docs", "-o", "no/such/folder/out.csv"), 2, "cannot be written"),
        (("docs", "-o", "no/such/folder/out.xlsx"), 2, "there is no folder"),
        (("view", "cascade", "lanjiang", "-o", "picture.pdf"), 2, "is no .pdf file"),
        (("view", "compare", "lanjiang", "-o", "picture.svg"), 2, "takes 2 to 3 names"),
        (("docs", "--format", "yaml"), 2, ""),
        (("nonsense",), 2, ""),
        (("extract", "no-such-file.txt"), 4, "no-such-file.txt"),
        (("read", "picture.bmp"), 4, "it is a picture"),
    ],
)
def test_errors_are_one_line_with_their_exit_code(
    words: tuple[str, ...], code: int, said: str, zhengmai: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = zhengmai(*words)
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    if said:
        assert len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_no_graph_is_exit_code_6_and_nothing_is_made(zhengmai: Invoke, tmp_path: Path) -> None:
    result = zhengmai("docs", store=tmp_path / "none")
    assert result.exit_code == 6
    assert "zhengmai build" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_build_of_nothing_is_wrong_usage(zhengmai: Invoke, tmp_path: Path) -> None:
    result = zhengmai("build", store=tmp_path / "none")
    assert result.exit_code == 2
    assert "nothing to build" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_fault_of_ours_is_one_line_and_debug_says_where(zhengmai: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("torn")

    monkeypatch.setattr("cli.draw.render.table", broken)
    result = zhengmai("docs")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "unexpected ValueError: torn" in result.stderr
    assert "Traceback" in zhengmai("docs", "--debug").stderr


def test_an_interrupt_is_exit_code_130(zhengmai: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("queries.run.run", interrupted)
    assert zhengmai("docs").exit_code == 130


def test_the_store_comes_from_the_environment(zhengmai: Invoke, address: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_STORE", str(address))
    assert zhengmai("docs", "--json", store=None).exit_code == 0


# The engine notes when it was last closed, also after reading.
ENGINE_OWN = {"last-tx-id.bin", "statistics.json"}


def test_questions_change_nothing(
    zhengmai: Invoke, address: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def seen() -> dict[str, int]:
        return {
            path.relative_to(address).as_posix(): path.stat().st_mtime_ns
            for path in address.rglob("*")
            if path.is_file() and "engine-log" not in path.parts and path.name not in ENGINE_OWN
        }

    before = seen()
    zhengmai("cascade", "lanjiang")
    zhengmai("query", "MATCH (t:Task) RETURN t.key AS task")
    assert seen() == before
    assert list(tmp_path.iterdir()) == []


def test_doctor_says_what_is_there(zhengmai: Invoke) -> None:
    result = zhengmai("doctor", "--json")
    rows = {row["check"]: row for row in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert rows["graph"]["state"] == "ok"
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for name in (re.split("[<>=~]", one)[0] for one in needed):
        assert rows[name]["state"] == "ok", name
        assert rows[name]["detail"]


def test_the_version(zhengmai: Invoke) -> None:
    assert zhengmai("--version", store=None).stdout.startswith("zhengmai ")


def test_a_sound_graph_is_said_to_be_sound(zhengmai: Invoke) -> None:
    for words in (("check",), ("check", "--shacl")):
        result = zhengmai(*words, "--lang", "en")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "nothing is wrong" in result.stderr
    assert zhengmai("check", "--json").stdout.strip() == "[]"


@pytest.mark.parametrize(("language", "roles"), [("en", ("lead", "support")), ("zh", ("牵头", "配合"))])
def test_show_says_in_which_role_a_unit_carries_a_task(zhengmai: Invoke, language: str, roles: tuple[str, str]) -> None:
    choose(language)
    printed = zhengmai("show", "yunxi/1.1").stdout
    assert f"({roles[0]}): 区水利局" in printed
    assert f"({roles[1]}): 各镇（街道）" in printed


@pytest.mark.parametrize(("language", "mark"), [("en", "2022-06-30), tightened"), ("zh", "(2022-06-30)（比上级提前）")])
def test_the_tree_marks_a_day_that_moved(zhengmai: Invoke, language: str, mark: str) -> None:
    choose(language)
    assert mark in zhengmai("cascade", "lanjiang/1.1").stdout
