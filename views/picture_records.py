"""Records of a picture: cards, the links between them, themes."""

from dataclasses import dataclass, field

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow
from queries.answer import Note

UNKNOWN_LEVEL = "unknown"
ORDER = (*order_of("level"), UNKNOWN_LEVEL)
"""Levels from the top; a policy whose level nobody knows stands at the end."""
RELATIONS = tuple(order_of("relation"))
DETAILS = "details"
"""In place of a relation: the lower task is a row of a list that itemises the upper one, in one document."""
WEAK = 0.75
"""A link below this chance is drawn as one that wants looking at: one in three or more of them is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Words of a document that prove something of a card: `what` is a code that pages have words for."""

    what: str
    document: str
    start: int
    end: int
    quote: str


@dataclass(slots=True, kw_only=True)
class Card:
    """One task in the picture: what is printed of it, and what can be said of its cascade.

    `units` holds (role, printed name) in printed order, the role `part` for who does a part; `missing` and `unsure`
    name where it is not taken up and where nobody can say, `doubtful` where that is doubtful, each place with the title of
    the task that comes near; `doubts` has the places of the latter by the reason; `added` is `added`, `cannot_say`
    or None, `reason` why nobody can say; `skips` tells that it passes over a level.
    """

    key: str
    level: str
    place: str
    policy: str
    title: str
    path: str
    deadline: str | None = None
    end: str | None = None
    units: list[tuple[str, str]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubtful: list[tuple[str, str]] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    doubts: dict[str, list[str]] = field(default_factory=dict)
    added: str | None = None
    reason: str | None = None
    skips: bool = False
    later: bool = False
    later_target: bool = False
    taken: bool = False
    proofs: list[Proof] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLink:
    """One correspondence, from the upper task to the lower: what kind, how sure, and the words on both sides."""

    parent: str
    child: str
    relation: str
    score: float
    skips: bool = False
    confirmed: bool = False
    doubtful: bool = False
    above: tuple[Proof, ...] = ()
    below: tuple[Proof, ...] = ()

    @property
    def weak(self) -> bool:
        """Whether its chance, or that of the way to it, is low and nobody has confirmed it."""
        return self.relation != DETAILS and (self.doubtful or (self.score < WEAK and not self.confirmed))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTheme:
    """A theme with the tasks that stand at the head of a tree in it, in order."""

    key: str | None
    name: str | None
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnGap:
    """A task that a policy below does not take up, or of which that is doubtful or cannot be said: `answer` says which."""

    parent: str
    answer: str
    level: str
    place: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """All that a picture shows: `cards` and `links` in order of the tree, `heads` first roots, then what was added.

    `gaps` are the rows of its answer that say of a task and a policy below that there is no counterpart.
    """

    title: str
    doc_number: str | None
    place: str | None
    cards: dict[str, Card]
    links: tuple[DrawnLink, ...]
    themes: tuple[DrawnTheme, ...]
    policies: dict[str, AnswerRow]
    notes: tuple[Note, ...] = ()
    gaps: tuple[DrawnGap, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """Every task that nothing stands above, theme by theme."""
        return tuple(dict.fromkeys(head for theme in self.themes for head in theme.heads))
