"""The records that reading makes: frozen, checked at birth, the printed words beside the value.

Closed lists (roles, kinds, levels …) are the ones of `graph/schema/values.toml`; a test holds the two together.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from graph.errors import RecordError

Level = Literal["central", "province", "city", "county", "town"]
TaskKind = Literal["measure", "checklist", "safeguard", "phase"]
Role = Literal["lead", "responsible", "support", "assess"]
AssignmentScope = Literal["task", "part"]
Held = Literal["full", "summary", "cited"]
PolicyStatus = Literal["draft", "in_force", "replaced", "repealed", "expired"]
PolicyRole = Literal["self", "implements", "cites", "reports_on"]
Relation = Literal["same", "adapted", "partial"]
Judgement = Literal["none", "confirmed", "rejected"]
Sameness = Literal["same", "not_same", "none"]
Comparator = Literal["eq", "ge", "le", "gt", "lt", "about"]
DeadlineKind = Literal[
    "by",
    "range",
    "annual",
    "progressive",
    "as_deployed",
    "on_demand",
    "when_appropriate",
    "ongoing",
    "period",
    "interim",
]


LEVELS: tuple[Level, ...] = get_args(Level)
"""Levels of government, the highest first."""
ENDINGS = ("repealed", "replaced")
"""The names of the places (`PolicyMention.spans`) where a document says that it ends an older policy, or stands for it."""
TAKEN_OVER = "taken_over"
"""The name of the places (`PolicyMention.spans`) where an item carries out a policy, by the words before or behind it."""
HELD: tuple[Held, ...] = get_args(Held)
"""How much of a policy a document holds, all of it first."""


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A place in a document's text: code points from `start` (included) to `end` (not included)."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        """Refuse a span that ends before it starts."""
        if not 0 <= start <= end:
            raise RecordError("a span cannot run from {start} to {end}", start=start, end=end)
        _set_start(self, start)
        _set_end(self, end)

    def of(self, text: str) -> str:
        """Return the words of `text` at this place."""
        return text[self.start : self.end]


# Reading a document makes thousands of spans: the setters of the slots take half the time of a frozen dataclass's own.
_set_start, _set_end = (vars(Span)[name].__set__ for name in ("start", "end"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlace:
    """Where a stretch of a document's text stands in a file that has pages or sheets.

    `page` (1-based) and `box` (x0, y0, x1, y1 in points, from the top left) are of a page, `sheet` and `cell` (B3) of a
    workbook; `confidence`, in [0, 1], of what was read from a picture.
    """

    span: Span
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One comparison of two tasks: of a child with a parent, or of a row with the measure that it itemises.

    `score` is in [0, 1]; `child_words` and `parent_words` are the deciding words' places in their documents, None
    where the comparison is not about words there.
    """

    name: str
    score: float
    child_words: Span | None = None
    parent_words: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a task must be done, in calendar days, both ends included.

    `raw` is the clause as printed, `span` its place; `start` and `end` are None where it names no day.
    """

    raw: str
    kind: DeadlineKind
    span: Span
    rule: str
    start: date | None = None
    end: date | None = None
    edtf: str | None = None

    def __post_init__(self) -> None:
        """Refuse a deadline that ends before it starts."""
        if self.start and self.end and self.start > self.end:
            raise RecordError(
                "{raw!r} starts on {start}, after its end {end}", raw=self.raw, start=self.start, end=self.end
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A quantified or dated commitment inside a task's text (docs/annotation.md: value and unit apart, 万 亿 % in the unit).

    `text` is the clause as printed, `span` its place; `quantity` is what is counted, as printed; `end` the last day.
    """

    text: str
    span: Span
    rule: str
    quantity: str | None = None
    comparator: Comparator | None = None
    value: float | None = None
    unit: str | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMention:
    """A unit, or a group of units, as printed in the list of those who carry a task, or as the subject of a duty in it.

    `collective` marks a group (各镇(街道), 有关部门); `alias` a second name in brackets; `order` is 1-based in the
    list; `stated` tells whether the role is printed of it or follows from its place in the list. Of the subject of a
    duty (`Task.actors`) `clause` is the place of what it is to do, `deadline` when; of a unit of the task both are None.
    """

    surface: str
    span: Span
    rule: str
    role: Role = "responsible"
    collective: bool = False
    alias: str | None = None
    stated: bool = True
    order: int = 1
    clause: Span | None = None
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A task that a checklist row of the same policy itemises: its path, the score in [0, 1] and the reasons.

    In `signals` the row is the child, the itemised task the parent.
    """

    measure: str
    score: float
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done: an item of the body or a row of an annex list.

    `units` carry the task as a whole, `actors` a part of it: they are the subject of a duty in a sentence of its text.
    `path` is unique in its document (`2.3.2`, `annex.7`, `a1.2.1.1`); `span` holds the whole item, `title_span` its
    heading, both without the printed number; `details` are the tasks that a checklist row itemises; `policy` is the 0-based index of its policy among the
    document's own policies; `section` is the path of headings above it.
    """

    path: str
    kind: TaskKind
    number: str | None
    title: str
    span: Span
    title_span: Span
    rule: str
    order: int
    policy: int = 0
    theme_heading: str | None = None
    theme_span: Span | None = None
    section: tuple[str, ...] = ()
    units: tuple[UnitMention, ...] = ()
    actors: tuple[UnitMention, ...] = ()
    deadline: Deadline | None = None
    targets: tuple[Target, ...] = ()
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFact:
    """What a table beside the documents says of a property (`name`) of a document's policy: `words` as they stand there.

    `table` is the table's file name, `row` the place of the row in it (1-based, without a head), `column` its head.
    """

    name: str
    words: str
    table: str
    row: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyMention:
    """A policy that a document is, carries out, reports on or cites, as that document prints it.

    `title` is without 《》 and line breaks; `doc_number` as printed; `issuers` full names; `place` is the printed name
    of its place (浙江省, 宁波市镇海区; 中央 for the centre) where one is printed, else None. `spans` maps a property
    (`title`, `doc_number`, `issuers`, `issued`, `period`, `place`, `level`, `valid_from`, `printed`, and `mention` for
    the whole citation, `taken_over` for those in which an item carries it out, `repealed` and `replaced` for those that end it) to its places; every property that is not None has one, or one of `stated`: what is known from a
    table beside the document, not from its text. `region` is a place around that of the policy, where only that is known.
    `rule` names the pattern.
    """

    role: PolicyRole
    rule: str
    title: str | None
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    level: Level | None = None
    place: str | None = None
    genre: str | None = None
    held: Held = "cited"
    issued: date | None = None
    printed: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    status: PolicyStatus | None = None
    period_start: date | None = None
    period_end: date | None = None
    addressees: tuple[str, ...] = ()
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    region: str | None = None
    stated: tuple[StatedFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one document, before anything is linked to another.

    `name` is the document's key; `text` the text as loaded (every span is of it); `policies` begins with the
    document's own (role `self` or `reports_on`), in printed order, which `Task.policy` counts; `outline_share` is the
    share of the text's characters (white space left out) that is read: title, headings, tasks, facts; in [0, 1].
    """

    name: str
    text: str
    sha256: str
    text_sha256: str
    media_type: str
    charset: str
    outline_share: float
    policies: tuple[PolicyMention, ...]
    tasks: tuple[Task, ...]
    issues: tuple["Issue", ...] = ()
    places: tuple[FilePlace, ...] = ()
    """Where the text stands in a file that has pages or sheets, in order of the text; nothing for any other."""

    @property
    def own(self) -> tuple[PolicyMention, ...]:
        """The policies that this document is or reports on; `Task.policy` counts these."""
        return tuple(one for one in self.policies if one.role in ("self", "reports_on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing in scope that was not understood: `code` (such as `unit-rest`), the place, what was expected there.

    `deadline_end` is the last day that its words state, for a date or target that is given to no task.
    """

    document: str
    code: str
    message: str
    span: Span | None = None
    quote: str = ""
    deadline_end: date | None = None
