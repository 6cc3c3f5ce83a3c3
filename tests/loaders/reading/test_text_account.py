"""Where every character of a document went: one account for each, no gap, no overlap, every issue with its place."""

from pathlib import Path

import pytest

from graph.model import Issue
from loaders.patterns.pattern_files import load_patterns
from loaders.read.document import Document
from loaders.read.registry import read
from loaders.reading.articles import take_apart
from loaders.reading.document_reading import reading_with_account
from loaders.reading.text_account import UNREAD_PLACES, TextAccount, TextPart
from tests.loaders.documents import TEXTS, text_document
from tests.shared import ROOT, SHARED

HEAD = "云溪区渡口改造实施方案\n各镇人民政府：\n为改造渡口，制定本方案。\n"
TASKS = "（一）修缆绳。逐个渡口更换。（责任单位：区交通运输局）\n（二）补灯具。夜间照明。（责任单位：区水利局）\n"


def _held_back() -> set[str]:
    held = (ROOT / "annotations" / "heldback").glob("*.spans.json")
    return {path.name.removesuffix(".spans.json").replace(".", "/", 1) for path in held}


def _documents() -> list[object]:
    """Return the sample, and where they stand the seeds and ten documents of the corpus, none of them held back."""
    corpus = SHARED / "corpus"
    held = _held_back() | {"rongzi-danbao/national-02"}
    drawn = [path for path in _files(corpus) if path.relative_to(corpus).with_suffix("").as_posix() not in held]
    files = [*_files(ROOT / "samples" / "lanjiang"), *_files(SHARED / "seeds"), *drawn[:: max(1, len(drawn) // 10)]]
    return [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in files]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in TEXTS]


def accounted(document: Document) -> tuple[TextAccount, tuple[Issue, ...]]:
    reading, account = reading_with_account(take_apart(document))
    return account, reading.issues


def of_text(text: str) -> tuple[TextAccount, tuple[Issue, ...]]:
    return accounted(text_document(HEAD + text))


def part_of(account: TextAccount, words: str) -> TextPart:
    at = account.text.index(words)
    [part] = [part for part in account.parts if part.span.start <= at < part.span.end]
    return part


@pytest.mark.parametrize("path", _documents())
def test_the_accounts_part_the_text_and_every_issue_has_its_place(path: Path) -> None:
    account, issues = accounted(read(path))
    edges = [0, *(part.span.end for part in account.parts)]
    assert [part.span.start for part in account.parts] == edges[:-1]
    assert edges[-1] == len(account.text)
    assert sum(account.share(name) for name in ("read", "left_out", "unread")) == pytest.approx(1, abs=0.001)
    # A frame shows another page: it has no words here that could be pointed at.
    placed = [issue for issue in issues if issue.code != "frame-unread"]
    assert all(issue.span and issue.quote == issue.span.of(account.text) for issue in placed)
    for part in account.parts:
        if part.account == "unread" and part.rule in (UNREAD_PLACES | {"text-unread"}):
            assert any(_overlaps(part, issue) for issue in issues if issue.code == part.rule), part


def _overlaps(part: TextPart, issue: Issue) -> bool:
    span = issue.span
    return span is not None and span.start < part.span.end and part.span.start < span.end


def test_what_is_read_and_what_a_rule_leaves_out() -> None:
    account, issues = of_text(f"一、工作目标\n人人平安过江。\n二、主要任务\n{TASKS}")
    assert issues == ()
    assert [
        (part.account, part.rule) for part in (part_of(account, word) for word in ("渡口改造实", "各镇", "为改造"))
    ] == [
        ("read", "title"),
        ("left_out", "addressees"),
        ("left_out", "preamble"),
    ]
    assert part_of(account, "人人平安").rule == "goals"
    assert part_of(account, "主要任务").rule == "heading"
    assert part_of(account, "逐个渡口").rule == "task"
    assert account.share("unread") == 0


@pytest.mark.parametrize(
    ("section", "code"),
    [
        # Aims are numbered and dated; who carries something stands in no section of aims.
        ("工作目标\n（一）过江平安。2025年底前人人平安。", None),
        ("工作目标\n人人平安过江。责任单位：区水利局", "section-unread"),
        ("附则\n本方案由区交通运输局负责解释。", None),
        ("附则\n清淤验收由区水利局牵头，区交通运输局配合。", "section-unread"),
    ],
)
def test_a_section_left_out_by_its_heading_is_told_where_it_holds_more(section: str, code: str | None) -> None:
    account, issues = of_text(f"一、主要任务\n{TASKS}二、{section}\n")
    assert [issue.code for issue in issues] == ([code] if code else [])
    assert part_of(account, section.split("\n")[1][:6]).account == ("unread" if code else "left_out")


def test_rules_of_their_own_in_an_annex_are_told() -> None:
    annex = "附件\n渡口管理细则\n一、缆绳\n每日检查缆绳。\n二、灯具\n每夜点亮灯具。\n"
    account, issues = of_text(f"一、主要任务\n{TASKS}云溪区人民政府\n2025年1月3日\n{annex}")
    [issue] = issues
    assert (issue.code, issue.quote) == ("annex-unread", "渡口管理细则")
    assert "2 numbered items" in issue.message
    assert part_of(account, "每夜点亮").rule == "annex-unread"


def test_what_nothing_claims_is_told_with_its_size() -> None:
    account, issues = accounted(text_document("云溪区渡口纪事\n渡口原有缆绳三条。\n船工每日检查。\n"))
    told = [issue for issue in issues if issue.code == "text-unread"]
    assert [issue.message for issue in told] == ["16 characters that nothing reads and no rule leaves out"]
    assert told[0].span is not None
    assert part_of(account, "船工").account == "unread"


def test_every_kind_of_section_without_tasks_says_what_it_holds() -> None:
    without = [one for one in load_patterns("sections") if one.data.get("kind") in ("general", "bodies")]
    assert without
    assert all("holds" in one.data for one in [*without, *load_patterns("tables")])


def test_a_rule_for_leads_is_no_task() -> None:
    text = f"一、主要任务\n{TASKS}（三）责任单位中，列第一位的为牵头单位。各单位要及时报告。\n"
    reading, account = reading_with_account(take_apart(text_document(HEAD + text)))
    assert [task.path for task in reading.tasks] == ["1.1", "1.2"]
    assert [unit.role for task in reading.tasks for unit in task.units] == ["lead", "lead"]
    assert part_of(account, "列第一位").rule == "lead-rule"
    assert part_of(account, "各单位要及时").rule == "text-unread"


def test_an_item_that_a_bracket_assigns_is_a_task_whatever_its_heading_says() -> None:
    items = "（三）配齐渡口救生指标。每条渡船备救生衣。（责任单位：区交通运输局）\n（四）渡口考核指标。安全过江人次。\n"
    reading, _ = reading_with_account(take_apart(text_document(f"{HEAD}一、主要任务\n{TASKS}{items}")))
    assert [task.path for task in reading.tasks] == ["1.1", "1.2", "1.3"]
