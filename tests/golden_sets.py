"""The sets of documents whose snapshots are held byte for byte; `python -m tests.golden_sets FOLDER [SET …]` builds them.

What a change of reading does to them is the difference of two such folders, one made by the code before:

    git worktree add --detach ../before && (cd ../before && python -m tests.golden_sets /tmp/before)
    python -m tests.golden_sets /tmp/after
    python -m benchmarks.differences /tmp/before/sample /tmp/after/sample
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.store.home import Home
from loaders.ingest.graph_build import build
from tests.shared import ROOT, SHARED

CORPUS = (
    "chanye-yuanqu",
    "chengshi-gengxin",
    "chuangxin-gaige",
    "dianshang",
    "excerpts",
    "fangwu-anquan",
    "geshui",
    "hangtian-beidou",
    "keji",
    "keyan-zizhu",
    "misc-national",
    "misc-provincial",
    "pingan-jianshe",
    "rongzi-danbao",
    "shenghuo-laji",
    "shichang-jianguan",
    "shuzi-jingji",
    "weilai-chanye",
    "xiangcun-zhenxing",
    "xinnengyuan-qiche",
    "yaopin-jicai",
    "yingji",
    "yiyuan-jixiao",
    "zhejiang-county-2013",
    "zhengfu-gongzuo-baogao",
    "zhiye-jiaoyu",
    "zonghe-baoshuiqu",
)
"""The folders of the corpus that are built, as one graph."""

SETS = {
    "sample": [ROOT / "samples" / "lanjiang"],
    "seeds": [SHARED / "seeds"],
    "corpus": [SHARED / "corpus" / name for name in CORPUS],
}


PLAIN = {".htm", ".html", ".md", ".txt"}


def build_set(name: str, store: Path) -> Path:
    """Build a set into the new graph `store`; return the folder of its snapshot."""
    with TemporaryDirectory() as made:
        folders = SETS[name]
        if len(folders) > 1:
            # A document is named by its path below the folder that is given: these need one above them all.
            # Other formats of a text would bear its name; they are read in tests of their own.
            files = (path for folder in folders for path in folder.rglob("*") if path.suffix in PLAIN)
            for path in sorted(files):
                copy = Path(made) / path.relative_to(folders[0].parent)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
            folders = [Path(made)]
        report = build(folders, store, jobs=1, snapshot_only=True)
    assert report.added, f"no document of {name} was read"
    assert not report.failures, report.failures
    return Home(store).snapshot()


def main() -> None:
    """Build the sets that are asked for, or all that are there, each into a folder of its name."""
    folder, *names = sys.argv[1:]
    for name in names or [name for name, folders in SETS.items() if all(one.is_dir() for one in folders)]:
        sys.stdout.write(f"{name}: {build_set(name, Path(folder) / name)}\n")


if __name__ == "__main__":
    main()
