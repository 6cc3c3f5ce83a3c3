"""Readings and links against gold annotations: precision, recall and F1 per document, field and pair.

Pairing and fields follow the last section of docs/annotation.md, "How it is scored".
"""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from graph.errors import InputError, one_line
from graph.identity import normal_doc_number, normal_title
from graph.link.tasks.dutiless_items import explaining, punishing
from graph.link.themes import ScoredPair
from graph.model import Reading
from graph.text import squeeze
from loaders.gold.gold_form import GoldRow, gold_form
from loaders.gold.gold_places import SUFFIX, read_places, words_of
from loaders.gold.scores import Score, total
from loaders.gold.theme_scores import score_themes

TITLE_LENGTH = 12
Links = Callable[[Reading, Reading], Sequence[Mapping[str, Any]]]


@dataclass(slots=True)
class Report:
    """The result of an evaluation: a score for each document and field, and for each pair of the cascade.

    `statements` tells of each pair how many statements that a task is not taken up are true (precision), and how many of
    the true ones are made (recall).
    `relations` maps a pair to (relations right, links right); `absent` names gold documents whose text was not found,
    `different` those whose text is not the one that was annotated.
    """

    documents: list[Score] = field(default_factory=list)
    pairs: list[Score] = field(default_factory=list)
    statements: list[Score] = field(default_factory=list)
    relations: dict[str, tuple[int, int]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    def overall(self) -> list[Score]:
        """The micro average of every field, of the cascade, and of what is told not to be taken up."""
        return total(self.documents) + total(self.pairs) + total(self.statements)


def title_key(title: str) -> str:
    """Return the key that two titles must share to be one: the first characters after folding width and white space."""
    return squeeze(title)[:TITLE_LENGTH]


def pair_tasks(gold: Sequence[GoldRow], found: Sequence[GoldRow]) -> list[tuple[GoldRow, GoldRow]]:
    """Return the gold and found tasks that are one: same path and title, else title in order, else path and most of it."""
    pairs: list[tuple[GoldRow, GoldRow]] = []
    left, right = list(gold), list(found)

    def take(same: Callable[[GoldRow, GoldRow], bool]) -> None:
        for one in list(left):
            match = next((other for other in right if same(one, other)), None)
            if match is not None:
                pairs.append((one, match))
                left.remove(one)
                right.remove(match)

    take(lambda a, b: a["path"] == b["path"] and title_key(a["title"]) == title_key(b["title"]))
    take(lambda a, b: title_key(a["title"]) == title_key(b["title"]))
    take(lambda a, b: a["path"] == b["path"] and _most(a["title"], b["title"]))
    return pairs


def _most(gold: str, found: str) -> bool:
    matcher = SequenceMatcher(None, squeeze(gold), squeeze(found), autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same * 2 > min(len(squeeze(gold)), len(squeeze(found)))


def _surface(unit: GoldRow) -> str:
    return squeeze(unit["surface"])


def _deadlines(row: GoldRow) -> list[Hashable]:
    one = row["deadline"]
    return [(one["kind"], one["start"], one["end"])] if one else []


def _targets(row: GoldRow) -> list[Hashable]:
    return [
        (None if one["value"] is None else float(one["value"]), one["end"])
        for one in row["targets"]
        if one["value"] is not None or one["end"] is not None
    ]


def _optional(name: str) -> Callable[[GoldRow], list[Hashable]]:
    return lambda row: [squeeze(row[name])] if row.get(name) else []


FIELDS: Mapping[str, Callable[[GoldRow], list[Hashable]]] = {
    "whole title": lambda row: [squeeze(row["title"]).rstrip("。")],
    "task path": lambda row: [row["path"]],
    "kind": lambda row: [row["kind"]],
    "number": lambda row: [row["number"]] if row["number"] is not None else [],
    "theme heading": _optional("theme_heading"),
    "units": lambda row: [_surface(unit) for unit in row["units"]],
    "units with role": lambda row: [(_surface(unit), unit["role"]) for unit in row["units"]],
    "collective": lambda row: [_surface(unit) for unit in row["units"] if unit["collective"]],
    "alias": lambda row: [(_surface(unit), squeeze(unit["alias"])) for unit in row["units"] if unit["alias"]],
    "actors": lambda row: [_surface(actor) for actor in row["actors"]],
    "actors with role": lambda row: [(_surface(actor), actor["role"]) for actor in row["actors"]],
    "deadlines": _deadlines,
    "targets": _targets,
    "details": lambda row: list(row.get("details") or ()),
}


# Gold of an earlier guide has none of these; what it does not name has no score.
LATER_FIELDS = {"actors": "actors", "actors with role": "actors"}


def score_document(
    name: str, gold: Mapping[str, Sequence[GoldRow]], found: Mapping[str, Sequence[GoldRow]]
) -> list[Score]:
    """Return the scores of one document, a field each; fields are compared between paired tasks only."""
    pairs = pair_tasks(gold["tasks"], found["tasks"])
    tasks = Score(name, "tasks", len(gold["tasks"]), len(found["tasks"]), len(pairs))
    paired_gold, paired_found = [id(a) for a, _ in pairs], [id(b) for _, b in pairs]
    tasks.missed = [f"{row['path']} {row['title'][:40]}" for row in gold["tasks"] if id(row) not in paired_gold]
    tasks.invented = [f"{row['path']} {row['title'][:40]}" for row in found["tasks"] if id(row) not in paired_found]
    scores = [tasks]
    for label, values in FIELDS.items():
        needed = LATER_FIELDS.get(label)
        if needed and not any(needed in row for row in gold["tasks"]):
            continue
        score = Score(name, label)
        for wanted, got in pairs:
            if needed is None or needed in wanted:
                score.compare(wanted["path"], values(wanted), values(got))
        scores.append(score)
    return scores + score_policies(name, gold["policies"], found["policies"])


def score_policies(name: str, gold: Sequence[GoldRow], found: Sequence[GoldRow]) -> list[Score]:
    """Return the scores of the policies: which there are (number, else title), and in which role."""
    which, roles = Score(name, "policies"), Score(name, "policies with role")
    which.compare("policy", [_policy(row) for row in gold], [_policy(row) for row in found])
    roles.compare("policy", [(_policy(r), r["role"]) for r in gold], [(_policy(r), r["role"]) for r in found])
    return [which, roles]


def _policy(row: GoldRow) -> str:
    if row["doc_number"]:
        return normal_doc_number(row["doc_number"]) or squeeze(row["doc_number"])
    return normal_title(row["title"] or "")


def load_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the gold of every document below `folder`, by name.

    Words come from folders that hold a tasks.jsonl, places from files that end in .spans.json (with a `text_sha256`).
    Empty where there are only links (cascade.jsonl).

    Raises:
        InputError: there is none, or a line is no JSON.
    """
    gold: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        held = read_places(path)
        gold[held["name"]] = held
    for path in sorted(one.parent for one in folder.rglob("tasks.jsonl")):
        policies = path / "policies.jsonl"
        gold[path.relative_to(folder).as_posix()] = {
            "tasks": read_lines(path / "tasks.jsonl"),
            "policies": read_lines(policies) if policies.exists() else [],
        }
    if not gold and not any(folder.glob("cascade*.jsonl")):
        raise InputError(
            "{folder}: no gold here; it holds a folder for each document with tasks.jsonl and policies.jsonl, or"
            " cascade.jsonl",
            folder=folder,
        )
    return gold


def read_lines(path: Path) -> list[GoldRow]:
    """Return the objects of a JSON Lines file.

    Raises:
        InputError: a line is no JSON object; the message names it.
    """
    rows = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise InputError(
                "{path}:{number}: not JSON ({reason}); mend the line", path=path, number=number, reason=one_line(error)
            ) from error
    return rows


def evaluate(gold: Path, read: Callable[[str], Reading | None], links: Links | None = None) -> Report:
    """Compare readings and links with the gold in folder `gold`.

    `read` returns the reading of a document by name, None where its text is not there; `links` returns the links
    between two readings as mappings with `child`, `parent`, `relation` and `score`, and with `doubtful` those that were
    nearly made.
    """
    report = Report()
    annotations = load_gold(gold)
    readings: dict[str, Reading | None] = {}

    def reading(name: str) -> Reading | None:
        if name not in readings:
            readings[name] = read(name)
            if readings[name] is None:
                report.absent.append(name)
        return readings[name]

    for name, rows in annotations.items():
        if (one := reading(name)) is None:
            continue
        if rows.get("text_sha256", one.text_sha256) != one.text_sha256:
            report.different.append(name)
            continue
        gold_rows = words_of(rows, one.text) if "text_sha256" in rows else rows
        report.documents += score_document(name, gold_rows, gold_form(one))
    if links:
        drawn = [row for path in sorted(gold.glob("cascade*.jsonl")) for row in read_lines(path)]
        found = _score_cascade(drawn, reading, links, report)
        report.documents += score_themes({name: one["tasks"] for name, one in annotations.items()}, reading, found)
    return report


def _score_cascade(
    rows: Sequence[GoldRow], reading: Callable[[str], Reading | None], links: Links, report: Report
) -> dict[tuple[str, str], list[ScoredPair]]:
    """Score each pair of documents that gold links; return the links found, for the themes."""
    everything: dict[tuple[str, str], list[ScoredPair]] = {}
    by_pair: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
    for row in rows:
        pair = (row["child"].rpartition("/")[0], row["parent"].rpartition("/")[0])
        by_pair.setdefault(pair, {})[(row["child"], row["parent"])] = row["relation"]
    for (child, parent), wanted in by_pair.items():
        left, right = reading(child), reading(parent)
        if left is None or right is None:
            continue
        measures = {f"{one.name}/{task.path}" for one in (left, right) for task in one.tasks if task.kind == "measure"}
        listed = links(left, right)
        drawn = [link for link in listed if not link.get("doubtful")]
        everything[child, parent] = [(link["child"], link["parent"], float(link["score"])) for link in drawn]
        found = {
            (link["child"], link["parent"]): link["relation"]
            for link in drawn
            if link["child"] in measures and link["parent"] in measures
        }
        score = Score(f"{child} -> {parent}", "cascade")
        score.compare("link", list(wanted), list(found))
        report.pairs.append(score)
        report.statements.append(_not_taken_up(score.document, right, wanted, listed))
        both = [key for key in wanted if key in found]
        report.relations[score.document] = (sum(wanted[key] == found[key] for key in both), len(both))
    return everything


def _not_taken_up(
    pair: str, parent: Reading, wanted: Iterable[tuple[str, str]], listed: Sequence[Mapping[str, Any]]
) -> Score:
    """Return how many measures of the parent are told not to be taken up, and how many of these no link of gold ends at.

    Precision is the share of these statements that are true, recall the share of the true ones that are still said:
    where a task comes near, the answer is doubtful. Of two documents that nothing links nothing is said.
    """
    keys = {f"{parent.name}/{task.path}": task for task in parent.tasks if task.kind == "measure"}
    measures = [
        key
        for key, task in keys.items()
        if not punishing(task.theme_heading) and not explaining(parent.text[task.span.start : task.span.end])
    ]
    taken = {up for _, up in wanted}
    near = {str(link["parent"]) for link in listed}
    linked = any(not link.get("doubtful") for link in listed)
    score = Score(pair, "not taken up")
    said = [key for key in measures if key not in near] if linked else []
    score.compare("parent", [key for key in measures if key not in taken], said)
    return score
