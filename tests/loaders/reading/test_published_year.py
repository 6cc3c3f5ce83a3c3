"""The day on which a page was put on the web gives the year of a month where nothing else does."""

import pytest

from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

TASKS = "一、主要任务\n（一）修缆绳。逐个更换。（责任单位：区交通运输局，6月底前完成）\n"


@pytest.mark.parametrize(
    ("head", "end"),
    [
        ("发布时间：2021-05-08\n云溪区渡口改造实施方案\n", "2021-06-30"),
        # June is long past: the next June is meant, or none.
        ("发布时间：2021-09-08\n云溪区渡口改造实施方案\n", None),
        ("发布时间：2021-05-08\n云溪区2022年渡口改造实施方案\n", "2022-06-30"),
        ("云溪区渡口改造实施方案\n", None),
    ],
)
def test_the_year_of_a_month(head: str, end: str | None) -> None:
    [task] = read_document(text_document(head + TASKS)).tasks
    assert task.deadline is not None
    assert (task.deadline.end.isoformat() if task.deadline.end else None) == end
