"""The annotated sets and what the program gets on each: readings, scores, links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graph.link.tasks.task_view import LinkTask, from_reading
from graph.model import Reading
from loaders.gold.evaluate import Report, evaluate, load_gold, read_lines
from loaders.gold.gold_places import words_of
from loaders.gold.gold_report import document_file, measured_links
from loaders.gold.scores import Score
from loaders.reading.document_reading import read_file

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# A field with fewer rows is judged by its errors (docs/annotation.md); it has no part in the macro average.
FEW = 20


@dataclass(frozen=True)
class GoldSet:
    """One annotated set: its title in the report, where its gold and its documents stand, whether misses may be told."""

    title: str
    gold: Path
    documents: Path
    telling: bool = True


@dataclass
class Pair:
    """One annotated pair of documents: its name, both readings as linking sees them, and the links drawn by hand."""

    name: str
    child: Reading
    parent: Reading
    drawn: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def tasks(self) -> tuple[list[LinkTask], list[LinkTask]]:
        """The measures of child and parent: only these take part."""
        return _measures(self.child), _measures(self.parent)


def _measures(one: Reading) -> list[LinkTask]:
    return [task for task in from_reading(one) if task.kind == "measure"]


SETS = (
    GoldSet("sample", ROOT / "samples" / "gold", ROOT / "samples" / "lanjiang"),
    GoldSet("first two", SHARED / "gold", SHARED / "seeds"),
    GoldSet("tuned half", ROOT / "annotations" / "tuned", SHARED / "corpus"),
    GoldSet("held-back half", ROOT / "annotations" / "heldback", SHARED / "corpus", telling=False),
    GoldSet("held-back plans", ROOT / "annotations" / "heldback-seeds", SHARED / "seeds", telling=False),
    GoldSet("families", ROOT / "annotations" / "families", SHARED),
    GoldSet("further families", ROOT / "annotations" / "further-families", SHARED),
    GoldSet("held-back families", ROOT / "annotations" / "heldback-families", SHARED, telling=False),
)


def there(sets: Sequence[GoldSet] = SETS) -> list[GoldSet]:
    """Return the sets whose gold and documents stand here."""
    return [one for one in sets if one.gold.is_dir() and one.documents.is_dir()]


@cache
def reading(documents: Path, name: str) -> Reading | None:
    """Return the reading of a document by name, None where it does not stand here."""
    path = document_file(documents, name)
    return read_file(path, name) if path else None


@cache
def report(one: GoldSet) -> Report:
    """Return what an evaluation of the set says."""
    return evaluate(one.gold, lambda name: reading(one.documents, name), measured_links)


def pairs(one: GoldSet) -> list[Pair]:
    """Return the annotated pairs of a set, both documents of which stand here."""
    by_names: dict[tuple[str, str], Pair] = {}
    for row in (row for path in sorted(one.gold.glob("cascade*.jsonl")) for row in read_lines(path)):
        names = row["child"].rpartition("/")[0], row["parent"].rpartition("/")[0]
        child, parent = (reading(one.documents, name) for name in names)
        if child and parent:
            pair = by_names.setdefault(names, Pair(" -> ".join(names), child, parent))
            pair.drawn[row["child"], row["parent"]] = row["relation"]
    return list(by_names.values())


def annotated(one: GoldSet) -> Mapping[str, Mapping[str, Sequence[dict[str, Any]]]]:
    """Return the annotated rows in words, by document; without documents whose text does not stand here as annotated."""
    words: dict[str, Mapping[str, Sequence[dict[str, Any]]]] = {}
    for name, rows in load_gold(one.gold).items():
        found = reading(one.documents, name)
        if found is None or rows.get("text_sha256", found.text_sha256) != found.text_sha256:
            continue
        words[name] = words_of(rows, found.text) if "text_sha256" in rows else rows
    return words


def macro(scores: Sequence[Score]) -> float | None:
    """Return the mean F1 of the fields that have enough rows in gold."""
    known = [score.f1 for score in scores if score.gold >= FEW and score.f1 is not None and score.field != "cascade"]
    return sum(known) / len(known) if known else None


def shown(value: float | None) -> str:
    """Return a figure with three digits, a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]
