"""Archives of documents: read as folders are, nested to a depth, whatever set their names are written in."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.errors import InputError
from loaders.ingest.graph_build import build
from loaders.ingest.sources import Scan, scan
from loaders.read import limits
from loaders.read.paged.scans.ocr_engine import ocr_version
from loaders.read.registry import read
from tests.loaders.read.office.docx_files import docx, p, zipped

PLAN = "云溪县护堤方案\n一、修堤坝\n（一）补缺口。6月底前补完。（责任单位：县水务局）\n"


def in_gbk(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP whose names are written as programs of Chinese systems do: in GBK, without saying so."""
    # The library says of every name beyond ASCII that it is UTF-8: names of as many other bytes give way to them.
    raw = {name.encode("gbk"): f"{at}".rjust(len(name.encode("gbk")), "~") for at, name in enumerate(members)}
    data = zipped(dict(zip(raw.values(), members.values(), strict=True)), zipfile.ZIP_STORED)
    for name, stand_in in raw.items():
        data = data.replace(stand_in.encode(), name)
    return data


def scanned(tmp_path: Path, data: bytes, name: str = "papers.zip") -> Scan:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    return scan([tmp_path / "in"], tmp_path / "graph")


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    inner = zipped({"县/plan.docx": docx(p("护堤方案"))})
    found = scanned(
        tmp_path,
        zipped(
            {
                "省/plan.txt": PLAN,
                "省/表.rar": "Rar",
                "下级.zip": inner,
                "__MACOSX/省/._plan.txt": "x",
                ".hidden.txt": "x",
            }
        ),
    )
    assert [one.name for one in found.sources] == ["papers/下级/县/plan", "papers/省/plan"]
    assert found.failures == []
    assert found.skipped == {".rar": 1}
    assert [one.message for one in found.passed] == [
        f"{tmp_path / 'in' / 'papers.zip' / '省' / '表.rar'}: was not read: it is a RAR archive; unpack it and give the"
        " folder with its files"
    ]
    for source in found.sources:
        assert "护堤方案" in read(Path(source.path)).text


def test_one_given_by_itself_is_named_by_its_own_name(tmp_path: Path) -> None:
    scanned(tmp_path, zipped({"a/plan.txt": PLAN}))
    archive = tmp_path / "in" / "papers.zip"
    assert [one.name for one in scan([archive], tmp_path / "graph").sources] == ["papers/a/plan"]
    (one,) = scan([archive / "a" / "plan.txt"], tmp_path / "graph").sources
    assert (one.name, read(Path(one.path)).text) == ("plan", PLAN)
    with pytest.raises(InputError, match="no such file in the archive"):
        read(archive / "b.txt")


def test_names_in_gbk(tmp_path: Path) -> None:
    found = scanned(tmp_path, in_gbk({"护堤/方案.txt": PLAN.encode()}))
    assert [one.name for one in found.sources] == ["papers/护堤/方案"]
    assert read(Path(found.sources[0].path)).text == PLAN


def test_archives_are_opened_to_a_depth(tmp_path: Path) -> None:
    data = zipped({"plan.txt": PLAN})
    for at in range(limits.DEPTH):
        data = zipped({f"{at}.txt": PLAN, "next.zip": data})
    found = scanned(tmp_path, data)
    assert [one.name for one in found.sources] == ["papers/1", "papers/next/0"]
    assert ["inside too many others" in one.message for one in found.failures] == [True]


@pytest.mark.parametrize(
    "name", ["../plan.txt", "/plan.txt", "a/../../plan.txt", "C:\\plan.txt", "a\\..\\..\\plan.txt"]
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    found = scanned(tmp_path, zipped({name: PLAN, "good.txt": PLAN}))
    assert [one.name for one in found.sources] == ["papers/good"]
    assert ["leads out of it" in one.message for one in found.failures] == [True]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"a.txt": PLAN})[:-30], "damaged"),
        (zipped({f"{at}": "" for at in range(5_001)}), "more than 5,000 members"),
    ],
    ids=["cut", "many"],
)
def test_an_archive_that_cannot_be_read_is_one_line(tmp_path: Path, data: bytes, why: str) -> None:
    found = scanned(tmp_path, data)
    assert found.sources == []
    assert [why in one.message for one in found.failures] == [True]


def test_members_that_unpack_to_too_much_do_not_end_the_others(tmp_path: Path) -> None:
    found = scanned(tmp_path, zipped({"bomb.txt": "堤" * (10 << 20), "plan.txt": PLAN}))
    assert [one.name for one in found.sources] == ["papers/plan"]
    assert ["unpacks to more than is read" in one.message for one in found.failures] == [True]


def test_a_build_of_an_archive_keeps_its_files(tmp_path: Path) -> None:
    scanned(tmp_path, zipped({"plan.txt": PLAN, "list.csv": "名称,数量\n甲,1\n乙,2\n"}))
    store = tmp_path / "graph"
    report = build([tmp_path / "in"], store, snapshot_only=True, jobs=1)
    assert report.added == ("papers/plan",)
    assert ["hold no list of tasks" in one.message for one in report.failures] == [True]
    (tmp_path / "in" / "papers.zip").unlink()
    assert build([], store, snapshot_only=True, jobs=1).documents == 1


def test_files_of_a_folder_that_are_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.7z", "b.png", "c.unknown", "d"):
        (tmp_path / "in" / name).write_bytes(b"x")
    found = scan([tmp_path / "in"], tmp_path / "graph")
    said = [one.message.partition(": ")[2] for one in found.passed]
    assert said[0] == "was not read: it is a 7z archive; unpack it and give the folder with its files"
    # Without the extra `ocr` a line says what to install; with it the bytes are none of a picture.
    if ocr_version():
        assert said[1].startswith("was not read")
    else:
        assert said[1].startswith("was not read: it is a picture; pip install 'zhengmai[ocr]'")
    assert said[2].startswith("no reader for '.unknown'; there is one for .")
    assert said[3].startswith("no reader for a file without suffix")
