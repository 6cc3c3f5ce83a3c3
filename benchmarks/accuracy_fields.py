"""Fields: what the program gets on each set, what two annotators get on each other, and what is still wrong."""

import json
from collections import Counter, defaultdict
from typing import Any

from benchmarks.golds import FEW, ROOT, GoldSet, macro, report, shown, table
from loaders.gold.scores import Score

AGREEMENT = ROOT / "annotations" / "agreement.json"
READ_WHOLE = ROOT / "annotations" / "read-whole.json"
# The cause that a wrong field points to; what is wrong in the tasks themselves is told apart below.
CAUSES = {
    "tasks": "outline or kind of section",
    "whole title": "where a title ends",
    "task path": "outline",
    "kind": "kind of section",
    "number": "outline",
    "theme heading": "outline",
    "units": "unit list",
    "units with role": "role",
    "collective": "unit list",
    "alias": "unit list",
    "deadlines": "date grammar",
    "targets": "target",
    "actors": "sentence of a duty",
    "actors with role": "role",
    "details": "which measure a row itemises",
    "policies": "citation",
    "policies with role": "citation",
    "theme pairs": "themes across documents",
}


def agreement() -> dict[str, Any]:
    """Return what is kept of the two annotation passes, nothing where there is none."""
    kept: dict[str, Any] = json.loads(AGREEMENT.read_text(encoding="utf-8")) if AGREEMENT.exists() else {}
    return kept


def read_whole() -> list[str]:
    """Return the table of the documents that readers read whole: precision, recall and F1 of each field and draw."""
    draws = json.loads(READ_WHOLE.read_text(encoding="utf-8"))["draws"]
    rows = []
    for draw in draws:
        for name, (gold, found, right) in draw["fields"].items():
            score = Score(draw["title"], name, gold=gold, found=found, right=right)
            rows.append(
                [draw["title"], name, gold, found, right, *map(shown, (score.precision, score.recall, score.f1))]
            )
    return table(["draw", "field", "there", "found", "right", "precision", "recall", "F1"], rows)


def fields(sets: list[GoldSet]) -> list[str]:
    """Return the tables of the fields: F1 side by side, then counts of each set; sets of links alone have no part."""
    sets = [one for one in sets if any(score.field != "cascade" for score in report(one).overall())]
    scores = {one.title: {s.field: s for s in report(one).overall()} for one in sets}
    names = list(dict.fromkeys(name for by in scores.values() for name in by if name != "cascade"))
    kept = agreement()
    halves = {title: kept.get(key, {}) for title, key in (("tuned half", "tuned"), ("held-back half", "heldback"))}
    heads = ["field", *scores, *(f"two passes, {half}" for half in halves)]
    rows = []
    for name in names:
        cells = [_cell(by.get(name)) for by in scores.values()]
        rows.append([name, *cells, *(_agreed(half.get(name)) for half in halves.values())])
    averages = [f"**{shown(macro(report(one).overall()))}**" for one in sets]
    rows.append([f"**macro** (fields of {FEW} rows or more)", *averages, *("" for _ in halves)])
    lines = table(heads, rows)
    lines += ["", "F1, with the number of rows in gold; a dash: nothing in gold and nothing found.", ""]
    for one in sets:
        lines += [f"### {one.title}: precision and recall", "", *_counts(one), ""]
    return lines


def _cell(score: Score | None) -> str:
    return "" if score is None else f"{shown(score.f1)} ({score.gold})"


def _agreed(one: list[int] | None) -> str:
    """Return F1 of the second pass against the first, kept as rows of the first, rows of the second, rows alike."""
    if not one or not one[0] + one[1]:
        return "–"
    return shown(2 * one[2] / (one[0] + one[1]))


def _counts(gold_set: GoldSet) -> list[str]:
    rows = [
        [s.field, s.gold, s.found, s.right, shown(s.precision), shown(s.recall), shown(s.f1)]
        for s in report(gold_set).overall()
        if s.gold + s.found
    ]
    lines = table(["field", "gold", "found", "right", "precision", "recall", "F1"], rows)
    lines += [f"- {name}: its text does not stand here; not scored." for name in report(gold_set).absent]
    return lines + [
        f"- {name}: its text is not the one that was annotated; not scored." for name in report(gold_set).different
    ]


def wrong(gold_set: GoldSet) -> list[str]:
    """Return what is still wrong in a set that may be looked at: by cause, with documents and paths, without words."""
    counts: Counter[str] = Counter()
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for score in report(gold_set).documents:
        cause = CAUSES.get(score.field, score.field)
        # A unit that is not found is counted once, not again in its role.
        if score.field in ("units with role", "collective", "policies with role"):
            below = _of(gold_set, score, {"policies with role": "policies"}.get(score.field, "units"))
            more = max(0, score.errors - (below.errors if below else 0))
        else:
            more = score.errors
        if more:
            counts[cause] += more
            places[cause][score.document] += more
    for score in report(gold_set).pairs:
        if score.errors:
            counts["link"] += score.errors
            places["link"][score.document] += score.errors
    rows = [
        [cause, number, ", ".join(f"{name} {count}" for name, count in places[cause].most_common(6))]
        for cause, number in counts.most_common()
    ]
    return table(["cause", "errors", "where"], rows) if rows else ["Nothing."]


def _of(one: GoldSet, score: Score, name: str) -> Score | None:
    return next((s for s in report(one).documents if s.document == score.document and s.field == name), None)


def agreement_note() -> list[str]:
    """Return what is to be said of the two passes."""
    return [f"- {line}" for line in agreement().get("notes", [])]


def agreed_links(pair: str) -> str:
    """Return F1 of the second pass against the first on the links of a pair."""
    return _agreed(agreement().get("cascade", {}).get(pair))
