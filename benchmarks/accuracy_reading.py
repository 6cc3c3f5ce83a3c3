"""Reading of documents without annotations: where the text went, and what disturbances cost."""

from collections import Counter
from functools import cache
from pathlib import Path

from benchmarks.golds import ROOT, SHARED, shown, table
from graph.model import Reading
from loaders.read.registry import read
from loaders.reading.articles import take_apart
from loaders.reading.document_reading import reading_with_account
from loaders.reading.text_account import ACCOUNTS
from tests.golden_sets import PLAIN
from tests.loaders.reading import disturbing

# Issues that name a section, list or table in scope that was not read.
UNREAD = ("text-unread", "section-unread", "table-unread", "annex-unread", "duties-unread", "no-task")


def held_back() -> set[str]:
    """Return the names of the documents that are held back: nothing is looked at there."""
    held = (ROOT / "annotations" / "heldback").glob("*.spans.json")
    return {path.name.removesuffix(".spans.json").replace(".", "/", 1) for path in held}


@cache
def documents() -> tuple[tuple[str, Path], ...]:
    """Return name and path of every document: the sample, and what stands in ../shared and is not held back."""
    found = [(f"sample/{path.stem}", path) for path in _files(ROOT / "samples" / "lanjiang")]
    found += [(f"seeds/{path.stem}", path) for path in _files(SHARED / "seeds")]
    corpus = [
        (path.relative_to(SHARED / "corpus").with_suffix("").as_posix(), path) for path in _files(SHARED / "corpus")
    ]
    return tuple(found + [(name, path) for name, path in corpus if name not in held_back()])


def _files(folder: Path) -> list[Path]:
    """Return the texts and pages: other formats of a document bear its name."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix in PLAIN]


def shares() -> list[str]:
    """Return the table of the shares of each text by account, with the tables and annexes left out and why."""
    rows = []
    for name, path in documents():
        parts = take_apart(read(path, name))
        reading, account = reading_with_account(parts)
        rest = Counter(rule for article in parts.articles for _, rule in article.rest)
        issues = Counter(issue.code for issue in reading.issues)
        out = ", ".join(f"{rule} {count}" for rule, count in sorted(rest.items()))
        unread = ", ".join(f"{code} {issues[code]}" for code in UNREAD if issues[code])
        others = sum(count for code, count in issues.items() if code not in UNREAD)
        went = [shown(account.share(one)) for one in ACCOUNTS]
        rows.append([name, *went, len(reading.tasks), out or "–", unread or "–", others])
    means = (sum(float(str(row[at])) for row in rows) / len(rows) for at in range(1, len(ACCOUNTS) + 1))
    rows.append(["**mean**", *(f"**{mean:.3f}**" for mean in means), "", "", "", ""])
    heads = [
        "document",
        "read",
        "left out by a rule",
        "not understood",
        "tasks",
        "tables and annexes left out",
        "issues: not read",
        "other issues",
    ]
    return table(heads, rows)


def robustness() -> list[str]:
    """Return the table of the facts that are kept under each disturbance, for the sample and for all others."""
    held: list[tuple[bool, str, bool, Reading]] = []
    for name, path in documents():
        text, markdown = disturbing.plain(path)
        held.append((name.startswith("sample/"), text, markdown, disturbing.reading(text, markdown)))
    rows: list[list[object]] = []
    sums = [0, 0, 0, 0]
    for name in disturbing.DISTURBANCES:
        counts = [0, 0, 0, 0]
        for ours, text, markdown, before in held:
            kept, of = disturbing.measure(name, text, markdown, before)
            at = 0 if ours else 2
            counts[at] += kept
            counts[at + 1] += of
        sums = [one + other for one, other in zip(sums, counts, strict=True)]
        rows.append([name, *_shares(counts)])
    rows.append(["**all**", *(f"**{one}**" for one in _shares(sums))])
    return table(["disturbance", "sample", "other documents", "facts"], rows)


def _shares(counts: list[int]) -> list[object]:
    ours, others = (shown(counts[at] / counts[at + 1] if counts[at + 1] else None) for at in (0, 2))
    return [ours, others, counts[1] + counts[3]]
