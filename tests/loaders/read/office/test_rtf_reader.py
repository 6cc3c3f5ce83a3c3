"""RTF: printed numbers, merged cells, character sets, what stands around the text, and what is not printed."""

import pytest

from graph.errors import InputError
from loaders.read.document import Document
from loaders.read.office.rich_text.rtf_reader import RtfReader
from tests.loaders.read.office.rtf_files import row, rtf


def read(*blocks: str) -> Document:
    return RtfReader().read(rtf(*blocks), name="x", where="x.rtf", suffix=".rtf")


def lines(document: Document) -> list[str]:
    return [document.raw(line.span) for line in document.lines]


def test_the_numbers_of_lists_stand_before_their_paragraphs() -> None:
    document = read(
        r"{\listtext\pard 一、\tab}总体要求",
        r"{\pntext\f1 （一）\tab}修堤坝",
        r"{\listtext\u-3913 ?\tab}一个条目",
        r"{\listtext 2.}",
    )
    assert lines(document) == ["一、总体要求", "（一）修堤坝", "一个条目", "2."]
    assert [line.listed for line in document.lines] == [False, False, True, False]


def test_signs_are_told_by_their_font_and_by_their_number() -> None:
    big5 = "".join(f"\\'{code:02x}" for code in "縣水利局".encode("big5"))
    document = read(rf"{{\f2 {big5}}}与省厅", r"\uc1\u22564 ?\u-10179 ?\u-9216 ?", r"{\upr{old}{\*\ud{甲}}}乙")
    assert lines(document)[:2] == ["縣水利局与省厅", "堤\U0001f400"]


def test_a_byte_of_a_letter_may_be_written_as_it_is() -> None:
    # The second byte of 丂 is an ordinary letter.
    assert lines(read(r"\'81@")) == ["丂"]


def test_headings_and_what_is_printed_bold_or_in_the_middle() -> None:
    document = read(
        r"\pard\s1 一级",
        r"\pard\s2 二级",
        r"\pard\outlinelevel2 三级",
        r"\pard\qc 居中",
        r"\pard\plain {\b 粗}",
        r"{\b 粗}细",
    )
    assert [line.heading for line in document.lines] == [1, 2, 3, None, None, None]
    assert [line.strong for line in document.lines][3:] == [True, True, False]


def test_a_table_keeps_its_rows_its_merged_cells_and_the_paragraphs_of_a_cell() -> None:
    document = read(
        row(["序号", "任务", "单位"])
        + row(["1", r"疏浚河道\par 三百公里", "省水利厅"], {0: r"\clvmgf", 2: r"\clvmgf"})
        + row(["", "加固堤防", ""], {0: r"\clvmrg", 2: r"\clvmrg"})
        + row(["合计", "", "两项"], {0: r"\clmgf", 1: r"\clmrg"})
        + row(["附注", "完"], edges=[4030, 6000]),
        "此后",
    )
    (table,) = document.tables
    assert [(cell.row, cell.column, cell.covers, document.raw(cell.span)) for cell in table.cells] == [
        (0, 0, (1, 1), "序号"),
        (0, 1, (1, 1), "任务"),
        (0, 2, (1, 1), "单位"),
        (1, 0, (2, 1), "1"),
        (1, 1, (1, 1), "疏浚河道\n三百公里"),
        (1, 2, (2, 1), "省水利厅"),
        (2, 1, (1, 1), "加固堤防"),
        (3, 0, (1, 2), "合计"),
        (3, 2, (1, 1), "两项"),
        (4, 0, (1, 2), "附注"),
        (4, 2, (1, 1), "完"),
    ]
    assert lines(document) == ["此后"]


def test_what_stands_around_the_text_is_furniture_behind_it() -> None:
    document = read(
        r"{\header\pard 云溪县文件\par}一、修堤坝{\footnote\pard 注一}。",
        r"{\shp{\*\shpinst{\sp{\sn x}}{\shptxt\pard 框中字\par}}}二、种树木。",
    )
    assert lines(document)[:2] == ["一、修堤坝。", "二、种树木。"]
    assert [(document.raw(span), reason) for span, reason in document.furniture] == [
        ("云溪县文件", "page-header"),
        ("注一", "footnote"),
        ("框中字", "text-box"),
    ]


def test_what_is_not_printed_is_left_out_and_said() -> None:
    document = read(
        r"甲{\v 暗}乙{\deleted 去}{\revised 来}",
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt 链接}}{\*\unknown 不读}{\pict\bin4 }}\'x0102}{\*\annotation 批}",
    )
    assert lines(document) == ["甲乙来", "链接"]
    assert {(one.code, one.message) for one in document.remarks} >= {
        ("tracked-changes", "tracked changes are read as accepted (1 insertions, 1 deletions)"),
        ("hidden-text", "1 stretches of text are hidden; they were not read"),
    }


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(InputError, match="too deep in each other"):
        read("{" * 2_000 + "x" + "}" * 2_000)
    with pytest.raises(InputError, match="the file is damaged"):
        RtfReader().read(rb"{\rtf1 x", name="x", where="x.rtf", suffix=".rtf")
