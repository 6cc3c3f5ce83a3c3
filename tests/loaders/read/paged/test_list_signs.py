"""Signs of items that OCR read in part are put right where the numbers around them leave no other."""

import pytest

from loaders.read.paged.printed_lines import PrintedLine
from loaders.read.paged.scans.list_signs import mended_signs

FULL = "统筹推进全县渡口整修各项工作，按月调度进展情况并及时通报，逐项落实到位。"


def mended(*texts: str, left: float = 90.0) -> list[str]:
    """Return lines as they are put right; a line that begins with a blank stands further to the right."""
    lines = [
        PrintedLine(
            text.strip(), (left + 60 * text.startswith(" "), 20.0 * at, left + 12.0 * len(text), 20.0 * at + 12), 12.0
        )
        for at, text in enumerate(texts)
    ]
    read = mended_signs(lines)
    return [read.get(at, line.text) for at, line in enumerate(lines)]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["一、总体要求", FULL, "二主要任务", FULL, "三、保障措施"], {2: "二、主要任务"}),
        (["一、总体要求", FULL, "二、主要任务", FULL, "三保障措施"], {4: "三、保障措施"}),
        (["一总体要求", FULL, "二、主要任务", FULL], {0: "一、总体要求"}),
        (["一、总体要求", FULL, "二:主要任务", FULL, "三·保障措施"], {2: "二、主要任务", 4: "三、保障措施"}),
        (["（一）整修渡口", FULL, "（二清淤河道。" + FULL, "（三）安排值守"], {2: "（二）清淤河道。" + FULL}),
        (["1.整修渡口。", "2清淤河道。" + FULL, "3.安排值守。"], {1: "2.清淤河道。" + FULL}),
        (
            ["一总体要求", FULL, "二主要任务", FULL, "三保障措施", FULL],
            {0: "一、总体要求", 2: "二、主要任务", 4: "三、保障措施"},
        ),
        (["l.整修渡口。", "2.清淤河道。"], {0: "1.整修渡口。"}),
        (["ー、总体要求", "二、主要任务"], {0: "一、总体要求"}),
        (["（ー）整修渡口", "（二）清淤河道"], {0: "（一）整修渡口"}),
    ],
)
def test_a_sign_is_put_right(read: list[str], right: dict[int, str]) -> None:
    assert mended(*read) == [right.get(at, text) for at, text in enumerate(read)]


@pytest.mark.parametrize(
    "read",
    [
        ["一、总体要求", "三农工作机制", "二、主要任务", "三、保障措施"],
        ["一、总体要求", FULL, "二、主要任务", "三农工作稳步推进，粮食播种面积稳定。"],
        ["1.整修渡口。", FULL, "2个渡口由县交通局负责。", "2.清淤河道。"],
        ["一、总体要求", " 二主要任务", "三、保障措施"],
        ["二主要任务", FULL],
        ["一是整修渡口，二是清淤河道。", FULL],
    ],
)
def test_words_that_begin_with_a_number_stay(read: list[str]) -> None:
    assert mended(*read) == [text.strip() for text in read]
