"""Links: each annotated pair against plain likeness of characters, signals left out one at a time, calibration."""

import json
import math
from collections import Counter
from collections.abc import Iterable

from benchmarks.accuracy_fields import agreed_links
from benchmarks.golds import ROOT, GoldSet, Pair, pairs, report, shown, table
from graph.link.tasks import align_tasks, calibration
from graph.link.tasks.alignment import align_outlines
from graph.link.tasks.calibration import BIAS, WEIGHTS, Weight
from graph.link.tasks.link_thresholds import LINKED, STATED
from graph.link.tasks.task_view import LinkTask, from_reading
from graph.text import bare
from loaders.gold.scores import total

JUDGED = ROOT / "annotations" / "statements.json"
_BINS = ((0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.75), (0.75, 0.85), (0.85, 0.95), (0.95, 1.01))
Keys = tuple[str, str]


def links(sets: list[GoldSet]) -> list[str]:
    """Return the table of all pairs: F1 with one set of defaults, likeness at its best threshold for this very pair."""
    rows = []
    for gold_set in sets:
        relations = report(gold_set).relations
        scores = {score.document: score for score in report(gold_set).pairs}
        for pair in pairs(gold_set):
            score = scores[pair.name]
            right, of = relations[pair.name]
            plain, setting = best_likeness(pair)
            rows.append(
                [
                    gold_set.title,
                    pair.name,
                    score.gold,
                    shown(score.precision),
                    shown(score.recall),
                    f"**{shown(score.f1)}**",
                    f"{shown(plain)} ({setting})",
                    shown(right / of if of else None),
                    agreed_links(pair.name),
                ]
            )
    heads = ["set", "pair", "links", "precision", "recall", "F1", "likeness", "relation right", "two passes"]
    return table(heads, rows)


def statements(sets: list[GoldSet]) -> list[str]:
    """Return the table of the statements that a task is not taken up: how many are true, how many true ones are made."""
    rows = []
    for gold_set in sets:
        for score in total(report(gold_set).statements):
            counts = [score.gold, score.found, score.right]
            rows.append([gold_set.title, *counts, shown(score.precision), shown(score.recall)])
    heads = ["set", "not taken up by reading", "told", "true", "share of those told", "share of the true ones told"]
    return table(heads, rows)


def judged_statements() -> list[str]:
    """Return the table of the statements that a reader judged one by one (annotations/statements.json)."""
    kept = json.loads(JUDGED.read_text(encoding="utf-8"))
    draws = (("all that were drawn", kept["statements"]), ("relation stated by the documents", kept["stated"]))
    rows = []
    for name, counts in draws:
        for kind, (drawn, right) in counts.items():
            rows.append([name, kind, drawn, right, shown(right / drawn if drawn else None)])
    return table(["pairs", "statement", "judged", "true", "share"], rows)


def plain(sets: list[GoldSet]) -> list[str]:
    """Return the table of what would be told plainly to be taken up for several values of STATED, over the open sets."""
    links: list[tuple[float, bool]] = []
    measures: list[tuple[float, bool]] = []
    for pair in (pair for one in sets if one.telling for pair in pairs(one)):
        found = align_tasks.AlignedTasks(from_reading(pair.child), from_reading(pair.parent), related=True).links
        links += [(link.score, (link.child, link.parent) in pair.drawn) for link in found]
        surest: dict[str, float] = {}
        for link in found:
            surest[link.parent] = max(link.score, surest.get(link.parent, 0.0))
        taken = {upper for _, upper in pair.drawn}
        measures += [(surest.get(task.key, 0.0), task.key in taken) for task in pair.tasks[1]]
    rows = []
    for least in sorted({LINKED, 0.4, 0.5, STATED, 0.7}):
        told = [true for score, true in measures if score >= least]
        right = [true for score, true in links if score >= least]
        weak = [true for score, true in links if score < least]
        of = [shown(sum(told) / sum(true for _, true in measures)), len(right), shown(sum(right) / len(right))]
        name = f"**{least:.2f}**" if least == STATED else f"{least:.2f}"
        rows.append(
            [name, len(told), shown(sum(told) / len(told)), *of, shown(sum(weak) / len(weak) if weak else None)]
        )
    heads = [
        "told plainly from",
        "measures told",
        "true",
        "share of the taken ones told",
        "links",
        "right",
        "right below",
    ]
    return table(heads, rows)


def best_likeness(pair: Pair) -> tuple[float, str]:
    """Return the best F1 that likeness of n-grams gets on a pair, told its own threshold, and the setting."""
    below, above = pair.tasks
    best = (0.0, "none")
    for size in (2, 3):
        left = {task.key: _grams(task, size) for task in below}
        right = {task.key: _grams(task, size) for task in above}
        likeness = {(a, b): _cosine(one, other) for a, one in left.items() for b, other in right.items()}
        closest = {max(((value, key) for key, value in likeness.items() if key[0] == a))[1] for a in left if right}
        for name, chosen in (("all above it", set(likeness)), ("the closest above it", closest)):
            for threshold in sorted({round(likeness[key], 2) for key in chosen if likeness[key] >= 0.05}):
                found = {key for key in chosen if likeness[key] >= threshold}
                f1 = _f1(set(pair.drawn), found)
                best = max(best, (f1, f"{size}-grams, {threshold:.2f}, {name}"))
    return best


def _grams(task: LinkTask, size: int) -> Counter[str]:
    text = bare(task.text)
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    if len(other) < len(one):
        one, other = other, one
    shared = sum(count * other[gram] for gram, count in one.items() if gram in other)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values()))


def _f1(drawn: set[Keys], found: set[Keys]) -> float:
    return 2 * len(drawn & found) / (len(drawn) + len(found)) if drawn or found else 0.0


def left_out(sets: list[GoldSet]) -> list[str]:
    """Return what F1 each set loses without one comparison (its weight is nought, the others stay), worst first."""
    held = [(one, pair) for one in sets for pair in pairs(one)]
    whole = _by_set(held, WEIGHTS)
    rows = []
    for weight in WEIGHTS:
        name = weight.comparison.__name__
        less = _by_set(held, tuple(one for one in WEIGHTS if one is not weight))
        rows.append([name, *(f"{less[title] - whole[title]:+.3f}" for title in whole)])
    rows.sort(key=lambda row: min(float(cell) for cell in row[1:]))
    return table(["without", *whole], [["(nothing left out)", *(shown(value) for value in whole.values())], *rows])


def _by_set(held: list[tuple[GoldSet, Pair]], weights: tuple[Weight, ...]) -> dict[str, float]:
    """Return the micro-averaged F1 of each set with these weights."""
    counts: dict[str, list[int]] = {}
    kept = calibration.WEIGHTS
    calibration.WEIGHTS = weights
    try:
        for one, pair in held:
            found = {(link.child, link.parent) for link in align_tasks.AlignedTasks(*pair.tasks, related=True).links}
            sums = counts.setdefault(one.title, [0, 0])
            sums[0] += 2 * len(found & set(pair.drawn))
            sums[1] += len(found) + len(pair.drawn)
    finally:
        calibration.WEIGHTS = kept
    return {title: right / of if of else 0.0 for title, (right, of) in counts.items()}


def scored(sets: list[GoldSet]) -> list[str]:
    """Return how many of the pairs of tasks scored so a reader linked: the scores are meant as chances."""
    made = [(score, right) for one in sets for pair in pairs(one) for score, right in _chances(pair)]
    rows = []
    for low, high in _BINS:
        inside = [(score, right) for score, right in made if low <= score < high]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            label = f"{low:.2f} to {min(high, 1.0):.2f}" + (" (no link)" if high <= LINKED else "")
            rows.append([label, len(inside), shown(mean), shown(share)])
    return table(["score", "pairs of tasks", "mean score", "share that a reader linked"], rows)


def _chances(pair: Pair) -> Iterable[tuple[float, bool]]:
    made = align_outlines(*pair.tasks)
    for at in made.likeness:
        odds = BIAS + math.fsum(one.of(one.comparison(made, at)) for one in WEIGHTS)
        key = made.child.tasks[at[0]].key, made.parent.tasks[at[1]].key
        yield 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), key in pair.drawn
