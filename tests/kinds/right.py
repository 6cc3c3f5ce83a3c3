"""Small invented documents with their right reading: what a reading says of them, and where it differs.

A folder holds `input.*` and `expected.jsonl`: rows of tasks in the shape of the annotations (docs/annotation.md), rows
`{"policy": {…}}` of policies and rows `{"issue": code, "quote": words}`. A field that a row does not name is not looked at.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import Reading
from graph.text import squeeze
from loaders.gold.gold_form import gold_form
from loaders.reading.document_reading import read_file

GoldRow = dict[str, Any]


def right_rows(folder: Path) -> list[GoldRow]:
    """Return what is right of a folder's document."""
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def reading_of(folder: Path) -> Reading:
    """Return the reading of a folder's document, `input.*`."""
    return read_file(next(path for path in sorted(folder.iterdir()) if path.stem == "input"), "input")


def differences(folder: Path) -> list[str]:
    """Return where the reading of a folder's document is not what is right, a line each; none where it is."""
    reading, right = reading_of(folder), right_rows(folder)
    found = gold_form(reading)
    tasks = [row for row in right if "path" in row]
    lines = list(_tasks(tasks, found["tasks"])) if tasks else []
    for row in right:
        if "policy" in row and not any(_holds(row["policy"], policy) for policy in found["policies"]):
            lines.append(f"policy missing: {row['policy']}; found {found['policies']}")
        if "issue" in row and not any(_is_issue(row, issue.code, issue.quote) for issue in reading.issues):
            told = [(issue.code, issue.quote[:30]) for issue in reading.issues]
            lines.append(f"issue missing: {row['issue']} {row.get('quote')}; found {told}")
    if any("policy" in row for row in right) and any("path" in row or "issue" in row for row in right):
        return lines
    if policies := [row["policy"] for row in right if "policy" in row]:
        lines += [
            f"policy invented: {policy}"
            for policy in found["policies"]
            if not any(_holds(named, policy) for named in policies)
        ]
    return lines


def _tasks(right: list[GoldRow], found: list[GoldRow]) -> Iterator[str]:
    by_path = {row["path"]: row for row in found}
    for row in right:
        if (made := by_path.pop(row["path"], None)) is None:
            yield f"task missing: {row['path']} {row.get('title', '')[:40]}"
            continue
        for name, value in row.items():
            if name != "theme" and _plain(name, value) != _plain(name, made.get(name)):
                yield f"{row['path']} {name}: right {_plain(name, value)!r}, read {_plain(name, made.get(name))!r}"
    yield from (f"task invented: {path} {row['title'][:40]}" for path, row in by_path.items())


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 - values of JSON
    if name in ("title", "theme_heading"):
        return squeeze(value).rstrip("。;") if value else None
    if name == "targets":
        # As it is scored: value and end, those without either left out.
        pairs = ((target["value"], target["end"]) for target in value or ())
        return sorted((pair for pair in pairs if pair != (None, None)), key=str)
    if name == "units":
        return [(squeeze(unit["surface"]), unit["collective"], unit["role"]) for unit in value or ()]
    if name == "actors":
        return sorted((squeeze(actor["surface"]), actor["collective"], actor["role"]) for actor in value or ())
    if name == "deadline" and value:
        return {key: value[key] for key in ("kind", "start", "end")}
    return value or None


def _holds(right: GoldRow, found: GoldRow) -> bool:
    # What stands between the names of several issuers is the printer's.
    return all(
        squeeze(str(found.get(name) or "")).replace("、", "") == squeeze(str(value or "")).replace("、", "")
        for name, value in right.items()
        if value is not None
    )


def _is_issue(right: GoldRow, code: str, quote: str) -> bool:
    return code == right["issue"] and squeeze(right.get("quote") or "") in squeeze(quote)


def expected_links(folder: Path) -> set[tuple[str, str]]:
    """Return the links, by the paths of their tasks, that a kind expects between its two documents."""
    rows = [json.loads(line) for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines() if line]
    return {(row["child"].rpartition("/")[2], row["parent"].rpartition("/")[2]) for row in rows if "child" in row}
