"""Settings of the command line: flags first, then the environment, then defaults; read once, frozen."""

import locale
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import UsageError
from graph.store import folder_of, shown
from views.words.named_words import LANGUAGES

SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "md",
    ".xlsx": "xlsx",
    ".txt": "table",
}
DEFAULT_STORE = ".zhengmai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run of a command."""

    address: str
    language: str
    format: str | None = None
    output: Path | None = None
    quiet: bool = False
    debug: bool = False
    machine: bool = False

    @property
    def store(self) -> Path:
        """The folder of the graph, for what needs more than answers.

        Raises:
            UsageError: the graph is asked of a server.
        """
        if (folder := folder_of(self.address)) is None:
            raise UsageError(
                "{address}: a server only answers questions; give the graph's folder with --store",
                address=shown(self.address),
            )
        return folder


def store_of(flag: str | None, environment: Mapping[str, str] | None = None) -> str:
    """Return where the graph is: the flag, else ZHENGMAI_STORE, else one well-known folder under the current."""
    given = (os.environ if environment is None else environment).get("ZHENGMAI_STORE")
    return flag or given or DEFAULT_STORE


def language_of(arguments: Sequence[str], environment: Mapping[str, str], system: str | None = None) -> str:
    """Return `zh` or `en`: `--lang`, else ZHENGMAI_LANG, else the locale (Chinese ones `zh`, all others `en`).

    >>> language_of(["tasks", "--lang", "en"], {"LANG": "zh_CN.UTF-8"})
    'en'
    >>> language_of(["tasks"], {"LANG": "en_GB.UTF-8"})
    'en'
    """
    for index, word in enumerate(arguments):
        if word == "--":
            break
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in LANGUAGES:
            return value
    if (chosen := environment.get("ZHENGMAI_LANG", "").lower()[:2]) in LANGUAGES:
        return chosen
    printed = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), system)
    if not printed or printed.partition(".")[0] in ("C", "POSIX"):
        return "en"
    return "zh" if printed.lower().startswith(("zh", "chinese")) else "en"


def started_language() -> str:
    """Return the language that this process was started in."""
    system = locale.getlocale()[0]
    return language_of(sys.argv[1:], os.environ, system)
