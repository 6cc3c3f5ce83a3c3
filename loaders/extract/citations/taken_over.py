"""Which items of a document carry out or rest on a policy by name (落实《…》, 按照《…》), and which policies it ends."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.model import TAKEN_OVER, PolicyMention, Span, Task
from loaders.extract.citations.purpose import LONGEST_REST, carrying_words, ends_here, without_list
from loaders.extract.header.own_title import joined
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_FIND = by_name("validity")
# The words before a title that are looked at.
_BEFORE = 24


def with_places(document: Document, cited: Iterable[PolicyMention], tasks: Iterable[Task]) -> Iterator[PolicyMention]:
    """Yield the policies that a document names, each with the places in its items that carry it out, and those that end it."""
    items = [task.span for task in tasks]
    for policy in cited:
        if policy.role not in ("implements", "cites"):
            yield policy
            continue
        title = joined(document, policy.spans["title"]) if "title" in policy.spans else ""
        places: dict[str, list[Span]] = defaultdict(list)
        for mention in policy.spans.get("mention", ()):
            if ending := _ending(document, mention):
                places[ending].append(mention)
            elif _within(mention, items) and carrying_words(document, mention, title):
                places[TAKEN_OVER].append(mention)
        found = {name: tuple(spans) for name, spans in places.items()}
        yield replace(policy, spans={**policy.spans, **found}) if found else policy


def _within(mention: Span, items: Iterable[Span]) -> bool:
    return any(item.start <= mention.start and mention.end <= item.end for item in items)


def _ending(document: Document, mention: Span) -> str | None:
    """Return whether the document says at a place that a policy ends by it (`repealed`), or that it stands for it (`replaced`)."""
    behind = without_list(document.folded[mention.end : mention.end + LONGEST_REST])
    if ends_here(behind):
        return "repealed"
    before = document.folded[max(0, mention.start - _BEFORE) : mention.start]
    return "replaced" if _FIND["replaced"].match(behind) or _FIND["stands_for"].search(before) else None
