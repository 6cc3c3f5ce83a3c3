"""Where the marks of what is in scope went, over a folder of documents: `python -m benchmarks.census FOLDER`.

Needs no annotation. Prints the marks by kind, the issues by code, the rules that left marks out and the shapes of the marks
that nothing claims, which are the list of work; `--sample FILE` writes marks drawn by a fixed seed with the words around
them, a JSON object a line, for readers; `--seed` draws others.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.golds import shown, table
from graph.errors import InputError
from loaders.read.registry import known_suffixes, read
from loaders.reading.articles import take_apart
from loaders.reading.document_reading import reading_with_account
from loaders.reading.mark_census import KINDS, WENT, Mark, census, shape
from loaders.reading.text_account import ACCOUNTS

SEED = 20_260_101
DRAWN = 200
AROUND = 60
_HEADS = ["mark", "all", "read", "left out by rule", "in an issue", "unclaimed", "unclaimed share"]


@dataclass(slots=True)
class Counts:
    """What a census counts: marks by (kind, where they went), issues by code, shapes, rules, characters by account."""

    documents: int = 0
    unread_files: list[str] = field(default_factory=list)
    marks: Counter[tuple[str, str]] = field(default_factory=Counter)
    shapes: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    shares: Counter[str] = field(default_factory=Counter)
    drawn: list[dict[str, object]] = field(default_factory=list)

    @property
    def unclaimed(self) -> float:
        """The share of all marks that nothing claims, in [0, 1]."""
        whole = sum(self.marks.values())
        return sum(self.marks[kind, "unclaimed"] for kind in KINDS) / whole if whole else 0.0


def counted(files: Sequence[Path], went: str | None = None, drawn: int = DRAWN, seed: int = SEED) -> Counts:
    """Return the census of some documents; `went` draws the sample from marks that went there only."""
    counts, chance, seen = Counts(), random.Random(seed), 0
    for path in files:
        try:
            parts = take_apart(read(path))
        except InputError as error:
            counts.unread_files.append(str(error))
            continue
        reading, account = reading_with_account(parts)
        counts.documents += 1
        counts.issues.update(issue.code for issue in reading.issues)
        for part in account.parts:
            counts.shares[part.account] += len("".join(part.span.of(account.text).split()))
        for mark in census(parts, reading, account):
            counts.marks[mark.kind, mark.went] += 1
            if mark.went == "unclaimed":
                counts.shapes[mark.kind, shape(account.text, mark)] += 1
            if mark.went == "left_out":
                counts.rules[mark.kind, mark.rule] += 1
            if went is None or mark.went == went:
                seen += 1
                _draw(counts.drawn, drawn, seen, chance, path.name, account.text, mark)
    return counts


def _draw(
    drawn: list[dict[str, object]], size: int, seen: int, chance: random.Random, name: str, text: str, mark: Mark
) -> None:
    """Keep a mark with the chance that all marks so far have (Vitter's reservoir)."""
    place = seen - 1 if seen <= size else chance.randrange(seen)
    if place >= size:
        return
    span = mark.span
    row = {
        "document": name,
        "start": span.start,
        "kind": mark.kind,
        "went": mark.went,
        "rule": mark.rule,
        "mark": span.of(text),
        "before": text[max(0, span.start - AROUND) : span.start],
        "after": text[span.end : span.end + AROUND],
    }
    drawn[place : place + 1] = [row]


def by_kind(counts: Counts) -> list[str]:
    """Return the table of marks by kind and where they went."""
    rows: list[list[object]] = []
    for kind in KINDS:
        found = [counts.marks[kind, went] for went in WENT]
        rows.append([kind, sum(found), *found, _share(found[-1], sum(found))])
    sums = [sum(counts.marks[kind, went] for kind in KINDS) for went in WENT]
    rows.append(["**all**", sum(sums), *sums, f"**{_share(sums[-1], sum(sums))}**"])
    return table(_HEADS, rows)


def _share(part: int, whole: int) -> str:
    return shown(part / whole if whole else None)


def report(counts: Counts, shapes: int) -> Iterator[str]:
    """Yield the lines of a census: documents, shares of the text, marks by kind, issues, rules, unclaimed shapes."""
    whole = sum(counts.shares.values()) or 1
    shares = ", ".join(f"{name.replace('_', ' ')} {counts.shares[name] / whole:.1%}" for name in ACCOUNTS)
    yield f"{counts.documents} documents, {len(counts.unread_files)} files not read; characters: {shares}"
    yield ""
    yield from by_kind(counts)
    yield ""
    yield from table(["issue", "times"], [[code, times] for code, times in counts.issues.most_common()])
    yield ""
    rules = [[kind, rule, times] for (kind, rule), times in counts.rules.most_common()]
    yield from table(["mark", "left out by rule", "times"], rules)
    yield ""
    found = [[kind, words.replace("|", "/"), times] for (kind, words), times in counts.shapes.most_common(shapes)]
    yield from table(["mark", "unclaimed shape · where", "times"], found)


def main() -> None:
    """Print the census of a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.census", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shapes", type=int, default=60, help="how many unclaimed shapes are printed (60)")
    parser.add_argument(
        "--sample", type=Path, metavar="FILE", help=f"write {DRAWN} marks drawn by a fixed seed as JSON lines"
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"the seed of the sample ({SEED})")
    parser.add_argument("--went", choices=WENT, help="draw the sample from marks that went there")
    asked = parser.parse_args()
    files = [path for path in sorted(asked.folder.rglob("*")) if path.suffix in known_suffixes()]
    counts = counted(files, asked.went, seed=asked.seed)
    sys.stdout.write("\n".join(report(counts, asked.shapes)) + "\n")
    if asked.sample:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in counts.drawn)
        asked.sample.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
