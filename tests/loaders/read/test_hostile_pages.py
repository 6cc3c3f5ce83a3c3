"""Pages that lie about their character set, nest without end, claim absurd spans, go on behind their end or stand in a script."""

import json

import pytest

from loaders.read.document import Document
from loaders.read.text.charset import decode
from loaders.reading.document_reading import read_document
from tests.loaders.documents import html_document

TITLE = "岚溪县人民政府办公室关于印发渡口整修方案的通知"
ITEMS = "一、重点任务", *(f"（{sign}）整修渡口。整修{sign}号渡口。" for sign in "一二三四")
TEXT = "\n".join([TITLE, *ITEMS])


def paths(document: Document) -> list[str]:
    return [task.path for task in read_document(document).tasks]


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"


@pytest.mark.parametrize(
    "label", ["undefined", "idna", "hex", "rot13", "unicode-escape", "raw_unicode_escape", "utf-7", "mbcs", "nonsense"]
)
def test_a_codec_that_is_no_label_of_the_web_counts_as_none(label: str) -> None:
    text = f'<meta charset="{label}">\n{TEXT}'
    assert decode(text.encode(), where="x") == (text, "utf-8")
    assert decode(text.encode("gb18030"), where="x") == (text, "gb18030")


def test_an_escaped_surrogate_stays_what_is_printed() -> None:
    text, _ = decode(b'<meta charset="unicode_escape">\\ud800 x', where="x")
    assert text.endswith("\\ud800 x")


@pytest.mark.parametrize(
    ("label", "written", "read"),
    [
        ("iso-8859-1", "utf-8", "utf-8"),
        ("utf-16", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
    ],
)
def test_the_bytes_decide_over_what_a_page_says_and_the_contradiction_is_told(
    label: str, written: str, read: str
) -> None:
    body = "".join(f"<p>{line}</p>" for line in ITEMS)
    document = html_document(page(body, f'<meta charset="{label}">').encode(written))
    assert document.charset == read
    assert "整修四号渡口" in document.text
    assert [(issue.code, label in issue.message) for issue in read_document(document).issues] == [("charset", True)]


def test_a_page_that_says_what_it_is_gives_no_issue() -> None:
    body = "".join(f"<p>{line}</p>" for line in ITEMS)
    for label, codec in (("gb2312", "gb18030"), ("UTF8", "utf-8"), ("big5", "big5hkscs")):
        text = "一、重點工作：推動鄉村渡口之整修，並由縣政府辦理。" if label == "big5" else body
        assert not html_document(page(text, f'<meta charset="{label}">').encode(codec, "ignore")).remarks


@pytest.mark.parametrize("tag", ["div", "a", "span", "li", "section", "blockquote", "font"])
@pytest.mark.parametrize("count", [300, 3000])
def test_a_page_that_closes_nothing_is_read_to_its_end(tag: str, count: int) -> None:
    document = html_document(page("".join(f"<{tag}>第{number}段" for number in range(count))))
    assert f"第{count - 1}段" in document.text
    assert document.remarks == ()


@pytest.mark.parametrize("opening", ["<dl><dd>", "<table><tr><td>", "<ul><li>"])
def test_lists_and_tables_that_nest_too_deep_are_read_as_paragraphs_and_told(opening: str) -> None:
    document = html_document(page("".join(f"{opening}第{number}段" for number in range(3000))))
    (remark,) = document.remarks
    assert remark.code == "page-depth"
    assert remark.span
    assert document.raw(remark.span).endswith("第2999段")


def test_what_stands_behind_the_end_of_a_page_is_read() -> None:
    body = "".join(f"<p>{line}</p>" for line in ITEMS)
    document = html_document(f"<html><body><h1>{TITLE}</h1></body></html>{body}</body></html>")
    assert paths(document) == ["1.1", "1.2", "1.3", "1.4"]


@pytest.mark.parametrize("span", ["²", "①", "1" * 6000, "-3", "0", "x", ""])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    markup = f'<table><tr><td rowspan="{span}">甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>'
    (table,) = html_document(page(markup)).tables
    assert [(cell.row, cell.column) for cell in table.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_spans_end_with_the_table() -> None:
    rows = "".join(f'<tr><td rowspan="1000" colspan="1000">{number}</td></tr>' for number in range(300))
    (table,) = html_document(page(f"<table>{rows}</table>")).tables
    assert (table.rows, table.columns) == (300, 300)
    assert sum(cell.covers[0] * cell.covers[1] for cell in table.cells) <= 300 * 300


def test_a_table_wider_than_any_is_read_as_text() -> None:
    rows = "<tr>" + "".join(f"<td>{number}格</td>" for number in range(900)) + "</tr>"
    document = html_document(page(f"<table>{rows * 2}</table>"))
    assert document.tables == ()
    assert "899格" in document.text


@pytest.mark.parametrize("quote", ["json", "js"])
@pytest.mark.parametrize("kind", ["markup", "lines"])
def test_a_text_in_a_script_is_read(quote: str, kind: str) -> None:
    lines = [*ITEMS, *("逐项明确责任，按时完成任务，定期通报进展。" for _ in range(5))]
    text = "".join(f"<p>{line}</p>" for line in lines) if kind == "markup" else "\n".join(lines)
    if quote == "json":
        script = json.dumps({"data": {"title": TITLE, "content": text}})
    else:
        script = "var it = 1; show({title: '" + TITLE + "', body: '" + text.replace("\n", "\\n") + "'});"
    document = html_document(f"<html><body><div>首页</div><script>{script}</script></body></html>")
    assert paths(document) == ["1.1", "1.2", "1.3", "1.4"]
    assert TITLE in document.text


def test_a_lone_surrogate_in_a_script_is_replaced() -> None:
    script = '{"content": "\\ud800' + "各乡镇要按时完成渡口整修任务。" * 10 + '"}'
    document = html_document(f"<html><body><script>{script}</script></body></html>")
    assert document.text.startswith("\ufffd各乡镇")


def test_a_page_that_hardly_shows_anything_beside_a_script_is_told() -> None:
    document = html_document("<html><body><p>首页</p><script>draw(url)</script></body></html>")
    assert [remark.code for remark in document.remarks] == ["page-script"]


def test_items_of_an_ordered_list_have_the_numbers_that_a_browser_prints() -> None:
    items = "<li>整修渡口。年内完成。</li><li>清淤河道。年内完成。</li>"
    body = f'<h2>一、任务</h2><ol start="3">{items}</ol><ol><li>1.修桥。</li><li>2.补路。</li></ol><ol>{items[:9]}</li></ol>'
    document = html_document(page(body))
    lines = [document.raw(line.span) for line in document.lines]
    assert lines[2:] == ["3.整修渡口。年内完成。", "4.清淤河道。年内完成。", "1.修桥。", "2.补路。", "整修渡口。"[:5]]


def test_a_hidden_part_is_no_text_but_a_hidden_page_is() -> None:
    document = html_document(f'<body style="display:none"><p>{TITLE}</p><p hidden>看不见</p></body>')
    assert document.text.strip() == TITLE
