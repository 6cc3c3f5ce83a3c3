"""Runs in an interpreter that has the peers: {"dates": [[words, year]], "names": [issuer]} on stdin, answers on stdout.

Dates come back as the last day (or null), names as the six-digit code (or null).
"""

import contextlib
import importlib
import json
import sys
import warnings
from types import ModuleType


def _dates(asked: list[list[object]]) -> list[str | None] | None:
    try:
        with contextlib.redirect_stdout(sys.stderr):
            jionlp = importlib.import_module("jionlp")
    except ImportError:
        return None
    return [_last_day(jionlp, str(words), year) for words, year in asked]


def _last_day(jionlp: ModuleType, words: str, year: object) -> str | None:
    try:
        found = jionlp.parse_time(words, time_base={"year": year})
    except Exception:  # noqa: BLE001 - it raises whatever its parts raise on words that it does not know
        return None
    last = found["time"][1] if found["type"] in ("time_span", "time_point") else None
    return str(last)[:10] if last and str(last)[0].isdigit() else None


def _names(asked: list[str]) -> list[str | None] | None:
    try:
        cpca = importlib.import_module("cpca")
    except ImportError:
        return None
    codes = cpca.transform(asked)["adcode"]
    return [code if isinstance(code, str) and code else None for code in codes]


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    held = json.load(sys.stdin)
    json.dump({"dates": _dates(held["dates"]), "names": _names(held["names"])}, sys.stdout)
