from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.words.messages import choose, language
from tests.made import make_store

Invoke = Callable[..., Result]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("cli") / "store")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = language()
    monkeypatch.delenv("ZHENGMAI_STORE", raising=False)
    choose("en")
    yield
    choose(before)


@pytest.fixture
def zhengmai(address: Path) -> Invoke:
    """Run a command on the hand-made graph; the result has stdout, stderr and exit_code."""
    from cli.main import COMMANDS, application

    def invoke(*words: str, store: Path | None = address, stdin: str | None = None) -> Result:
        given = [*words, "--store", str(store)] if store else list(words)
        return CliRunner().invoke(application(words[0]) if words[0] in COMMANDS else application(), given, input=stdin)

    return invoke
