"""A table about documents (`build --about`): which row speaks of which document, and what it says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from graph.errors import InputError, UsageError
from loaders.ingest.collection.given_rows import GivenRow, rows_of, same_head
from loaders.reading.stated_facts import FIELDS, About

HEADS: Mapping[str, tuple[str, ...]] = {
    "file": ("file", "filename", "file_name", "path", "文件", "文件名", "文件名称", "文件路径", "路径", "附件名"),
    "title": ("title", "标题", "题名", "题目", "名称", "政策名称", "政策标题", "文件标题"),
    "number": ("doc_number", "number", "文号", "发文字号", "文件编号", "发文文号", "文件号"),
    "issuer": (
        "issuer",
        "发文机关",
        "发文单位",
        "发布机构",
        "发布单位",
        "发文机构",
        "发布机关",
        "制发机关",
        "印发单位",
    ),
    "date": ("date", "issued", "成文日期", "发文日期", "印发日期", "日期", "发布日期", "发布时间", "公布日期"),
    "level": ("level", "级别", "层级", "政策级别", "行政级别", "效力级别"),
    "region": ("province", "region", "place", "省份", "省", "地区", "区域", "所属地区"),
    "text": ("text", "content", "body", "正文", "内容", "全文", "政策内容", "正文内容", "文本"),
}
"""The heads by which a column is known where no option names it, the surest first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names that a person gives columns, by field (`file`, `title` …); a field that is not named is found by its head."""

    given: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parsed(cls, said: Sequence[str]) -> "Columns":
        """Return the columns of words such as `title=名称`.

        Raises:
            UsageError: one is not FIELD=NAME, or the field is none.
        """
        given = {}
        for one in said:
            name, sign, column = one.partition("=")
            if not sign or name not in HEADS or not column:
                raise UsageError(
                    "--column {said}: write FIELD=NAME; the fields are {known}", said=one, known=" ".join(HEADS)
                )
            given[name] = column
        return cls(given)

    def found_in(self, heads: Sequence[str], path: Path) -> dict[str, str]:
        """Return the column of each field that the table has.

        Raises:
            InputError: the table has no column of a name that was given.
        """
        found = {}
        for name, known in HEADS.items():
            wanted = (self.given[name],) if name in self.given else known
            column = next((head for one in wanted for head in heads if same_head(head, one)), None)
            if column is not None:
                found[name] = column
            elif name in self.given:
                raise InputError(
                    "{path}: there is no column {column}; it has {heads}",
                    path=path,
                    column=self.given[name],
                    heads=", ".join(heads[:12]),
                )
        return found


@dataclass(slots=True)
class AboutTable:
    """The rows of a table by the documents that they speak of."""

    path: Path
    by_name: dict[str, About | None] = field(default_factory=dict)
    by_end: dict[str, About | None] = field(default_factory=dict)

    def of(self, document: str) -> About | None:
        """Return the row of a document: its file's path ends as the document's name does, or the name as the path."""
        if document in self.by_end:
            return self.by_end[document]
        parts = document.split("/")
        names = ("/".join(parts[at:]) for at in range(1, len(parts)))
        return next((self.by_name[name] for name in names if name in self.by_name), None)

    def add(self, file: str, about: About) -> None:
        """Note what a row says of a file; of two rows that could speak of one document neither does."""
        path = PurePosixPath(file.replace("\\", "/"))
        parts = (path.with_suffix("") if path.suffix else path).parts
        parts = parts[1:] if path.is_absolute() else parts
        for at in range(len(parts)):
            name = "/".join(parts[at:])
            self.by_end[name] = None if name in self.by_end else about
        whole = "/".join(parts)
        self.by_name[whole] = None if whole in self.by_name else about


def said_in(row: GivenRow, columns: Mapping[str, str], table: str) -> About:
    """Return what a row of a table says of its document."""
    said = {
        name: (row.cells[columns[name]], columns[name])
        for name in FIELDS
        if name in columns and columns[name] in row.cells
    }
    return About(table, row.number, said)


def heads_of(rows: Iterable[GivenRow]) -> list[str]:
    """Return the heads of all rows, in order of first mention."""
    return list(dict.fromkeys(head for row in rows for head in row.cells))


def read_about(path: Path, columns: Columns) -> AboutTable:
    """Return a table about documents.

    Raises:
        InputError: it cannot be read, no column names files, or none says anything of them.
    """
    rows = list(rows_of(path))
    if not rows:
        raise InputError("{path}: the table is empty; nothing is said of any document", path=path)
    heads = heads_of(rows)
    found = columns.found_in(heads, path)
    if "file" not in found:
        raise InputError(
            "{path}: no column names the file; it has {heads}; say which with --column file=NAME",
            path=path,
            heads=", ".join(heads[:12]),
        )
    if not any(name in found for name in FIELDS):
        raise InputError(
            "{path}: no column says title, number, issuer, date or level; it has {heads}; say which with --column"
            " title=NAME",
            path=path,
            heads=", ".join(heads[:12]),
        )
    table = AboutTable(path)
    for row in rows:
        if file := row.cells.get(found["file"]):
            table.add(file, said_in(row, found, path.name))
    return table
