"""What kind of section a heading opens."""

import pytest

from loaders.extract.patterns import Pattern, load_patterns
from loaders.rest import out_of_scope
from loaders.sections import section_kind

EXAMPLES = [(one, text, True) for one in load_patterns("sections") for text in one.finds]
EXAMPLES += [(one, text, False) for one in load_patterns("sections") for text in one.skips]


@pytest.mark.parametrize(("pattern", "text", "found"), EXAMPLES, ids=lambda value: getattr(value, "name", value))
def test_a_pattern_keeps_to_its_examples(pattern: Pattern, text: str, found: bool) -> None:
    assert bool(pattern.regex.search(text)) is found


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
