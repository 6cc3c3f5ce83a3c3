"""DOC and what else comes in a compound file: text, numbers of lists, tables, and what is refused by name."""

import struct

import pytest

from graph.errors import InputError
from loaders.read.document import Document
from loaders.read.office.compound_reader import CompoundReader
from tests.loaders.read.office.doc_files import Said, compound, doc, list_table, listed, row, use_table

OFFICIAL = list_table([(39, "\x00、"), (39, "（\x01）"), (0, "\x02.")])


def read(data: bytes) -> Document:
    return CompoundReader().read(data, name="x", where="x.doc", suffix=".doc")


def lines(data: bytes) -> list[str]:
    document = read(data)
    return [document.raw(line.span) for line in document.lines]


def test_paragraphs_breaks_and_headings() -> None:
    document = read(doc([Said("云溪县护堤方案", style=1), Said("修堤坝\x0b种树木"), Said("完\x1e了\x0c", "\r")]))
    assert [(document.raw(one.span), one.heading) for one in document.lines] == [
        ("云溪县护堤方案", 1),
        ("修堤坝", None),
        ("种树木", None),
        ("完-了", None),
    ]


def test_a_sign_of_two_units_stands_whole() -> None:
    assert lines(doc([Said("𠮷堤")])) == ["𠮷堤"]


def test_numbers_of_lists_are_printed_as_if_typed() -> None:
    said = [
        Said("修堤坝", sprms=listed(1)),
        Said("查闸门", sprms=listed(1, 1)),
        Said("查锁", sprms=listed(1, 2)),
        Said("种树木", sprms=listed(1)),
        Said("管水库", sprms=listed(2)),
    ]
    assert lines(doc(said, lists=OFFICIAL, uses=use_table([None, 7]))) == [
        "一、修堤坝",
        "（一）查闸门",
        "1.查锁",
        "二、种树木",
        "七、管水库",
    ]


def test_tables_have_their_merged_cells() -> None:
    edges = (0, 1000, 3000, 5000)
    said = [
        Said("清单"),
        *row(["序号", "任务", "单位"], edges, [(0, 0)] * 3),
        *row(["1", "修堤\x0b补口", "水务站"], edges, [(0, 0), (0, 0), (0, 3)]),
        *row(["2", "种树", ""], edges, [(0, 0), (0, 0), (0, 1)]),
        *row(["注：按月报送"], (3, 4990), [(0, 0)]),
        Said("完"),
    ]
    document = read(doc(said))
    (table,) = document.tables
    assert [(document.raw(one.span), one.row, one.column, one.covers) for one in table.cells] == [
        ("序号", 0, 0, (1, 1)),
        ("任务", 0, 1, (1, 1)),
        ("单位", 0, 2, (1, 1)),
        ("1", 1, 0, (1, 1)),
        ("修堤\n补口", 1, 1, (1, 1)),
        ("水务站", 1, 2, (2, 1)),
        ("2", 2, 0, (1, 1)),
        ("种树", 2, 1, (1, 1)),
        ("注：按月报送", 3, 0, (1, 3)),
    ]
    assert [document.raw(line.span) for line in document.lines] == ["清单", "完"]


def test_cells_that_are_merged_across_are_one() -> None:
    edges = (0, 1000, 3000)
    said = [*row(["甲", "乙"], edges, [(0, 0)] * 2), *row(["合", ""], edges, [(2, 0), (1, 0)])]
    (table,) = read(doc(said)).tables
    assert [(one.row, one.column, one.covers) for one in table.cells] == [
        (0, 0, (1, 1)),
        (0, 1, (1, 1)),
        (1, 0, (1, 2)),
    ]


def test_deleted_words_and_names_of_fields_are_not_shown() -> None:
    text = "6月初底前\x13 PAGE \x14完成\x15"
    deleted, inserted = struct.pack("<HB", 0x0800, 1), struct.pack("<HB", 0x0801, 1)
    document = read(doc([Said(text)], characters=[(0, 2, b""), (2, 3, deleted), (3, 4, inserted)]))
    assert [document.raw(one.span) for one in document.lines] == ["6月底前完成"]
    assert [one.message for one in document.remarks] == [
        "tracked changes are read as accepted (1 insertions, 1 deletions)"
    ]


def test_what_stands_around_the_text_is_furniture() -> None:
    document = read(doc([Said("修堤坝")], after={0x50: "指土堤\r", 0x54: "内部资料\r"}))
    assert [(document.raw(span), reason) for span, reason in document.furniture] == [
        ("指土堤", "footnote"),
        ("内部资料", "page-header"),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (doc([Said("甲")], flags=0x0100), "protected by a password"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "protected by a password"),
        (compound({"PowerPoint Document": b"x"}), "it is a presentation"),
        (compound({"CONTENTS": b"x"}), "it is a document of Works"),
        (compound({"Pictures": b"x"}), "holds no document"),
        (compound({"WordDocument": b"\xec\xa5\x65\x00".ljust(5000, b"\x00")}), "before 1997"),
        (compound({"WordDocument": b"nothing"}), "damaged"),
        (doc([Said("甲")])[:2000], "damaged"),
        (doc([Said(" ")]), "holds no text"),
    ],
    ids=["password", "package", "slides", "works", "other", "old", "empty", "cut", "blank"],
)
def test_what_is_no_document_is_refused_by_name(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(data)
