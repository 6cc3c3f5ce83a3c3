"""Which lines of a list printed one cell a line are one cell."""

import pytest

from loaders.extract.tasks.whole_cells import whole_cells
from loaders.read.text.text_reader import TextReader

FULL = (
    "对东门渡口和南塘渡口的石阶逐级清洗，松",
    "动的条石重新砌筑，缺失的条石按原样补齐",
    "给使用满三年的渡船换缆绳并在船头补漆，",
)


def cells(text: str) -> list[str]:
    """Return the cells of a text, breaks inside them taken out."""
    document = TextReader().read(text.encode(), name="document", where="document", suffix=".txt")
    found = whole_cells(document, [line.span for line in document.lines])
    return [document.text[cell.start : cell.end].replace("\n", "") for cell in found]


def test_a_full_line_goes_on_in_the_next() -> None:
    assert cells("\n".join(("1", *FULL, "不得遗漏", "县水利局"))) == ["1", "".join((*FULL, "不得遗漏")), "县水利局"]


@pytest.mark.parametrize("below", ["县水利局", "2026年6月底前", "2"])
def test_a_text_that_fills_its_line_does_not_go_on_in_another_cell(below: str) -> None:
    assert cells("\n".join((*FULL[2:], *FULL[:2], below))) == [FULL[2] + FULL[0] + FULL[1], below]


def test_a_full_list_of_units_goes_on_in_more_units() -> None:
    units = "县财政局、县水利局、县交通局、县审计局"
    assert cells("\n".join((*FULL[:1], "一处", *FULL[2:], "两次", units, "县住建局"))) == [
        f"{FULL[0]}一处",
        f"{FULL[2]}两次",
        f"{units}县住建局",
    ]


def test_lines_without_an_empty_line_between_are_one_cell_where_cells_are_parted_by_them() -> None:
    assert cells("1\n\n清洗\n石阶\n\n县水利局、\n县交通局\n\n2\n\n修补栏杆\n\n县住建局\n\n年底前") == [
        "1", "清洗石阶", "县水利局、县交通局", "2", "修补栏杆", "县住建局", "年底前",
    ]  # fmt: skip


def test_names_of_one_length_tell_no_width() -> None:
    office = "国家税务总局石浦县税务局第一税务所"
    assert cells("\n".join((office, "2026年", office, "2027年", office, "2028年"))) == [
        office, "2026年", office, "2027年", office, "2028年",
    ]  # fmt: skip


def test_no_cell_begins_with_a_sign() -> None:
    assert cells("清洗石阶\n，修补栏杆\n县水利局") == ["清洗石阶，修补栏杆", "县水利局"]
