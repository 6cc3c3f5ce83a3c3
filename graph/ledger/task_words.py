"""The words of a task, by which it is found again where its path or its document's name changed."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph.identity import TaskKey
from graph.text import bare

FoundAgain = Literal["here", "moved", "lost"]
"""Whether a task stands where it stood, elsewhere by its words, or nowhere that could be told."""
ALIKE = 0.75
"""So much of two texts of one title is the same where one is the other, edited."""
NEARLY_SAME = 0.9
"""So much, where the titles differ: of two items that follow each other one often repeats most of the other's words."""
_AHEAD = 0.1
"""By so much a task must be nearer than any other where its words changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """A task's key, title and text, and the key of its policy where that is known."""

    key: str
    title: str
    text: str
    policy: str | None = None

    @property
    def document(self) -> str:
        """The name of its document."""
        return TaskKey.parse(self.key).document

    @property
    def folded(self) -> str:
        """Its text as it is compared: letters, digits and Han characters of one width and script."""
        return bare(self.text or self.title)

    @property
    def mark(self) -> str:
        """A digest of its words, equal wherever the same task stands."""
        return hashlib.sha256(self.folded.encode()).hexdigest()[:16]


@dataclass(slots=True)
class TaskFinder:
    """Finds tasks of a graph by the words that an earlier graph had of them."""

    tasks: Sequence[TaskWords]
    _by_key: dict[str, TaskWords] = field(init=False)
    _by_mark: dict[str, list[TaskWords]] = field(init=False)
    _by_document: dict[str, list[TaskWords]] = field(init=False)
    _by_policy: dict[str, list[TaskWords]] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the tasks by key, by words, by document and by policy."""
        self._by_key = {one.key: one for one in self.tasks}
        self._by_mark, self._by_document, self._by_policy = defaultdict(list), defaultdict(list), defaultdict(list)
        for one in self.tasks:
            self._by_mark[one.mark].append(one)
            self._by_document[one.document].append(one)
            if one.policy:
                self._by_policy[one.policy].append(one)

    def at(self, key: str) -> TaskWords | None:
        """Return the task of that key, None where there is none."""
        return self._by_key.get(key)

    def find(self, wanted: TaskWords) -> tuple[TaskWords | None, FoundAgain]:
        """Return the task that is meant now, and how it was found; None where no one task is.

        Same words count more than the same key: an item that was put in before it moves the paths of those behind it.
        """
        here = self._by_key.get(wanted.key)
        if here is not None and here.mark == wanted.mark:
            return here, "here"
        moved = self.of_mark(wanted.mark, wanted)
        if moved is None and here is not None and self._edited(here, wanted):
            return here, "here"
        moved = moved or self._nearest(wanted)
        return (moved, "here" if moved is here else "moved") if moved else (None, "lost")

    def of_mark(self, mark: str, near: TaskWords) -> TaskWords | None:
        """Return the one task of these words: in the same document, else in the same policy, else anywhere."""
        same = self._by_mark.get(mark, [])
        document = [one for one in same if one.document == near.document]
        policy = [one for one in same if near.policy and one.policy == near.policy]
        among = document or policy or same
        return among[0] if len(among) == 1 else None

    def _edited(self, here: TaskWords, wanted: TaskWords) -> bool:
        """Tell whether the task of a key is the one that it was, with other words."""
        return _likeness(here, wanted) >= (ALIKE if bare(here.title) == bare(wanted.title) else NEARLY_SAME)

    def _nearest(self, wanted: TaskWords) -> TaskWords | None:
        # In another policy much the same words are its own task; under another title they are another task.
        title = bare(wanted.title)
        for among in (self._by_document.get(wanted.document, []), self._by_policy.get(wanted.policy or "", [])):
            named = [one for one in among if bare(one.title) == title]
            scored = sorted(
                ((_likeness(one, wanted), one.key, one) for one in named), key=lambda it: it[:2], reverse=True
            )
            if scored and scored[0][0] >= ALIKE:
                return scored[0][2] if len(scored) == 1 or scored[0][0] - scored[1][0] >= _AHEAD else None
        return None


def _likeness(one: TaskWords, other: TaskWords) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one.folded, other.folded)
