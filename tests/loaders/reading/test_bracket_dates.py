"""Dates of several brackets of one task."""

from datetime import date

from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

HEAD = "云溪区2024年渡口改造实施方案\n一、主要任务\n（一）修缆绳。"
FOOT = "\n云溪区人民政府\n2024年1月3日\n"


def test_the_date_of_a_further_bracket_is_a_target_of_the_sentence_before_it() -> None:
    said = "更换缆绳。（区水利局牵头，2024年6月底前完成）清淤后补灯具。（区交通局牵头，2024年11月底前完成）"
    document = text_document(f"{HEAD}{said}{FOOT}")
    (task,) = read_document(document).tasks
    assert task.deadline
    assert task.deadline.end == date(2024, 6, 30)
    (target,) = task.targets
    assert (target.text, target.end) == ("清淤后补灯具。（区交通局牵头，2024年11月底前完成", date(2024, 11, 30))
    assert target.span.of(document.text) == target.text


def test_a_bracket_without_a_date_and_the_one_of_the_deadline_give_none() -> None:
    said = "更换缆绳。（区水利局牵头，2024年6月底前完成）补灯具。（区交通局牵头，区财政局配合）"
    (task,) = read_document(text_document(f"{HEAD}{said}{FOOT}")).tasks
    assert task.targets == ()
