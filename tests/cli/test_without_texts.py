"""What aligns the texts of documents: by the graph's folder in either dialect; a server keeps no texts, and is told so."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.snapshot.snapshot import Snapshot
from graph.store import sparql_address
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.home import Home
from tests.cli.conftest import Invoke
from tests.cli.test_building import DOCUMENTS, SAMPLE
from tests.servers import arcade_bolt


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with three documents of the sample, and the graph made of it."""
    from loaders.ingest.graph_build import build

    folder = tmp_path_factory.mktemp("documents")
    for name in DOCUMENTS:
        shutil.copy(SAMPLE / name, folder / name)
    store = tmp_path_factory.mktemp("built") / "store"
    build([folder], store, jobs=1)
    return folder, store


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, built: tuple[Path, Path]) -> Iterator[str]:
    """A server that holds the same graph."""
    root = tmp_path_factory.mktemp("bolt")
    (root / "databases").mkdir()
    with ArcadeStore(root / "databases" / arcade_bolt.DATABASE, root / "log") as store:
        store.load(Snapshot.open(Home(built[1]).snapshot()))
    with pytest.MonkeyPatch.context() as patch, arcade_bolt.serving(root) as address:
        patch.setenv("NEO4J_USERNAME", arcade_bolt.USER)
        patch.setenv("NEO4J_PASSWORD", arcade_bolt.PASSWORD)
        yield address


ALIGNING = [
    ("links", "--between", "yunxi", "province"),
    ("compare", "province", "shuoyuan", "--json"),
    ("explain", "shuoyuan/2.1.1", "province/2.1.1", "--json"),
]


@pytest.mark.parametrize("words", [*ALIGNING, ("check", "--json"), ("docs", "--json")], ids=lambda words: str(words[0]))
def test_a_folder_asked_in_sparql_has_its_texts(
    words: tuple[str, ...], zhengmai: Invoke, built: tuple[Path, Path]
) -> None:
    plain, asked = zhengmai(*words, store=built[1]), zhengmai(*words, store=sparql_address(built[1]))
    assert (plain.exit_code, asked.exit_code) == (0, 0), asked.stderr
    assert plain.stdout
    assert asked.stdout == plain.stdout


@pytest.mark.parametrize("words", ALIGNING, ids=lambda words: str(words[0]))
@pytest.mark.parametrize(
    ("language", "said"), [("en", "is a server, which keeps no text"), ("zh", "是服务器，没有留存")]
)
def test_a_server_says_that_it_keeps_no_texts(
    words: tuple[str, ...], language: str, said: str, zhengmai: Invoke, server: str
) -> None:
    result = zhengmai(*words, "--lang", language, store=server)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr
    assert "--store" in result.stderr


def test_files_are_aligned_whatever_the_store(zhengmai: Invoke, built: tuple[Path, Path], server: str) -> None:
    files = [str(built[0] / name) for name in ("yunxi.md", "province.txt")]
    said = zhengmai("links", "--between", *files, store=server)
    assert said.exit_code == 0, said.stderr
    assert said.stdout == zhengmai("links", "--between", *files, store=built[1]).stdout


def test_a_stored_link_is_explained_by_what_it_keeps(zhengmai: Invoke, server: str) -> None:
    links = [json.loads(line) for line in zhengmai("links", store=server).stdout.splitlines()]
    said = zhengmai("explain", links[0]["child"], links[0]["parent"], "--json", store=server)
    assert said.exit_code == 0, said.stderr
    assert json.loads(said.stdout)


def test_where_nothing_was_built_the_folder_is_named(zhengmai: Invoke, tmp_path: Path) -> None:
    for words in (("tasks",), ("links", "--between", "a", "b")):
        result = zhengmai(*words, store=sparql_address(tmp_path / "none"))
        assert result.exit_code == 6
        assert f"{tmp_path / 'none'}" in result.stderr
        assert "sparql+file" not in result.stderr
