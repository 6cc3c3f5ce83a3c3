"""What kind of section a heading opens."""

import pytest

from graph.model import Span
from loaders.reading.skipped_tables import out_of_scope
from loaders.structure.outline import build
from loaders.structure.paragraphs import pieces
from loaders.structure.section_kinds import section_kind, without_tasks
from tests.loaders.documents import text_document


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("总  则", "general"),
        ("附　　则", "general"),
        ("保 障 措 施", "safeguard"),
        ("2026年主要目标", "general"),
        ('"十五五"时期主要目标和重大任务', "general"),
        ("2026年工作安排", "measure"),
        ("2026年重点工作", "measure"),
        ("组织形式", "bodies"),
        # The first sentence of an article is no heading, whatever words stand in it.
        ("县交通部门应当编制渡口发展规划,明确发展目标、重点任务和保障措施,报县人民政府批准后公布实施", "measure"),
        ("渡口管理单位要加强队伍建设,落实经费和人员,为渡口安全运行提供坚强有力的思想、制度和组织保障", "measure"),
    ],
)
def test_the_kind_of_a_section(heading: str, kind: str) -> None:
    assert section_kind(heading) == kind


def test_tables_of_tasks_are_in_scope() -> None:
    assert out_of_scope("重点任务 责任单位 完成时限") is None


def test_sections_without_tasks_are_told_by_name_with_all_in_them() -> None:
    text = (
        "一、工作目标\n人人平安过江。\n二、职责分工\n1.渡工:守好渡口。\n(1)每日检查缆绳。\n2.村委会:劝导乘客。\n"
        "三、主要任务\n(一)职责任务。逐个改造。\n(二)修渡口。逐个改造。"
    )
    document = text_document(text)
    outline = build(document, pieces(document, Span(0, len(text))))
    assert [(node.path, kind) for node, kind in without_tasks(document, outline.nodes)] == [
        ("1", "general"),
        ("2", "bodies"),
        ("2.1", "bodies"),
        ("2.1.1", "bodies"),
        ("2.2", "bodies"),
    ]
