"""Files of office formats with bytes changed, lost and doubled: read, or refused with one line, and never anything else.

`ZHENGMAI_TEST_MUTATIONS=10000` makes so many of them; some are made in every run.
"""

import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from graph.errors import InputError
from loaders.read.archives.archive_members import ArchiveFolder
from loaders.read.document import Document
from loaders.read.file_format import format_of
from loaders.read.registry import READERS
from loaders.reading.document_reading import read_document
from tests.loaders.read.mails import mail, saved_page
from tests.loaders.read.office import rtf_files
from tests.loaders.read.office.doc_files import Said, doc, list_table, listed, row, use_table
from tests.loaders.read.office.docx_files import docx, level, numbered, p, zipped
from tests.loaders.read.paged import ofd_files, pdf_files

MANY = int(os.environ.get("ZHENGMAI_TEST_MUTATIONS", "240"))
LISTS = (
    f"<w:abstractNum w:abstractNumId='1'>{level(0, 'chineseCounting', '%1、')}</w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
)


def of_word() -> bytes:
    cells = "".join(f"<w:tr><w:tc>{p(one)}</w:tc><w:tc>{p('乙')}</w:tc></w:tr>" for one in "甲丙")
    return docx(p("云溪县护堤方案") + numbered("修堤坝。6月底前补完。") + f"<w:tbl>{cells}</w:tbl>", numbering=LISTS)


def of_word_97() -> bytes:
    edges, apart = (0, 1000, 2000), [(0, 0), (0, 0)]
    said = [Said("云溪县护堤方案"), Said("修堤坝", sprms=listed(1)), *row(["甲", "乙"], edges, apart) * 2, Said("完")]
    return doc(said, lists=list_table([(39, "\x00、")]), uses=use_table([None]), characters=[(0, 2, b"\x35\x08\x01")])


def of_sheets() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as made:
        sheet = made.add_worksheet()
        for at, words in enumerate((["序号", "任务"], [1, "修堤坝"], [2, "种树木"])):
            sheet.write_row(at, 0, words)
        sheet.merge_range("A4:B4", "完")
    return held.getvalue()


def of_pdf() -> bytes:
    table = pdf_files.grid([80, 200, 400], [300, 340, 380])
    cells = [pdf_files.words(x, y, "堤", 12) for x in (84, 204) for y in (304, 344)]
    return pdf_files.pdf(
        [*pdf_files.paragraph(100, "一、修堤坝。6月底前补完。" * 6), *table, *cells], [pdf_files.PICTURE]
    )


def of_ofd() -> bytes:
    table = ofd_files.grid([28, 60, 120], [100, 112, 124])
    cells = [ofd_files.words(x, y, "堤") for x in (30, 62) for y in (102, 114)]
    parts, body = ofd_files.sealed("云溪县人民政府")
    page = ofd_files.layer(ofd_files.words(28, 30, "一、修堤坝。6月底前补完。"), table, *cells)
    return ofd_files.ofd(page, parts=parts, body=body)


def of_rich_text() -> bytes:
    table = rtf_files.row(["甲", "乙"], {0: r"\clvmgf"}) + rtf_files.row(["", "丁"], {0: r"\clvmrg"})
    return rtf_files.rtf(
        "云溪县护堤方案", r"{\listtext 一、}修堤坝。6月底前补完。{\footnote 注}", table, r"\uc1\u22564 ?完"
    )


def of_saved_page() -> bytes:
    rows = "".join(f"<tr><td>{one}</td><td rowspan=2>乙</td></tr>" for one in "甲丙")
    return saved_page(f"<h1>云溪县护堤方案</h1><p>一、修堤坝。6月底前补完。</p><table>{rows}</table>".encode())


def of_page() -> bytes:
    cells = "".join(f"<tr><td>{one}</td><td>乙<br>丁</td></tr>" for one in "甲丙")
    return f"<html><body><h1>云溪县护堤方案</h1><ol><li>修堤坝。</ol><table>{cells}</table></body></html>".encode()


def of_markdown() -> bytes:
    return "# 云溪县护堤方案\n\n一、修堤坝。6月底前补完。\n\n| 任务 | 单位 |\n| --- | --- |\n| 种树木 | 县林业局 |\n".encode()


def of_list() -> bytes:
    return '序号,任务,责任单位\n1,"修堤坝，补缺口",县水务局\n2,种树木,县林业局\n'.encode("gb18030")


def of_archive() -> bytes:
    return zipped({"甲/plan.md": of_markdown(), "list.csv": of_list(), "in.zip": zipped({"page.html": of_page()})})


def of_mail() -> bytes:
    return mail(
        "请查收。", {"方案.md": of_markdown(), "表.zip": of_archive()}, mail("转发", {"a.csv": of_list()})
    ).as_bytes()


MAKERS: tuple[Callable[[], bytes], ...] = (
    of_word,
    of_word_97,
    of_sheets,
    of_pdf,
    of_ofd,
    of_rich_text,
    of_saved_page,
    of_page,
    of_markdown,
    of_list,
)
SUFFIXES = {"of_page": ".html", "of_markdown": ".md", "of_list": ".csv"}
"""The suffixes of formats that only their suffix tells."""
FOLDERS: dict[str, Callable[[], bytes]] = {".zip": of_archive, ".eml": of_mail}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, lost or doubled; of an archive mostly those of a member."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            members = {name: held.read(name) for name in held.namelist()}
        name = chance.choice([one for one in members if members[one]])
        return zipped(members | {name: _changed(members[name], chance)})
    return _changed(data, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 40))):
        at, size, way = chance.randrange(len(made) + 1), chance.randrange(1, 60), chance.random()
        if way < 0.6:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif way < 0.8:
            del made[at : at + size]
        else:
            made[at:at] = made[chance.randrange(len(made) + 1) :][:size]
    return bytes(made)


def read(data: bytes, suffix: str) -> Document | None:
    """Return the document, None where the format is none that is read."""
    found = format_of(data, suffix, "x")
    reader = next((one for one in READERS if found in one.formats), None)
    return reader.read(data, name="x", where="x", suffix=suffix) if reader else None


@pytest.mark.parametrize("make", MAKERS, ids=lambda one: one.__name__)
def test_a_changed_file_is_read_or_refused(make: Callable[[], bytes]) -> None:
    chance, whole, came = random.Random(15), make(), 0
    told: list[str] = []
    suffix = SUFFIXES.get(make.__name__, ".doc")
    assert read(whole, suffix) is not None
    for _ in range(MANY // (len(MAKERS) + len(FOLDERS))):
        data = mutated(whole, chance)
        try:
            document = read(data, suffix)
        except InputError as error:
            told.append(str(error))
            continue
        if document is None:
            continue
        came += 1
        length = len(document.text)
        spans = [one.span for one in document.lines] + [one.span for one in document.places]
        spans += [cell.span for table in document.tables for cell in table.cells]
        assert all(0 <= one.start <= one.end <= length for one in spans)
        read_document(document)
    assert came > MANY // (20 * len(MAKERS))
    assert not any("\n" in line for line in told)


@pytest.mark.parametrize("suffix", FOLDERS)
def test_a_changed_archive_or_mail_is_a_folder_or_refused(suffix: str) -> None:
    chance, whole, came = random.Random(15), FOLDERS[suffix](), 0
    told: list[str] = []
    for _ in range(MANY // (len(MAKERS) + len(FOLDERS))):
        try:
            folder = ArchiveFolder(Path(f"x{suffix}"), mutated(whole, chance))
            files = list(folder.files())
        except InputError as error:
            told.append(str(error))
            continue
        told += [str(file) for file in files if isinstance(file, InputError)]
        for file in files:
            if not isinstance(file, InputError):
                try:
                    came += len(folder.read(file)) > 0
                except InputError as error:
                    told.append(str(error))
    assert came > 0
    assert not any("\n" in line for line in told)
