"""What a lower document makes of a task of an upper one: the one place that decides it.

Cascade, coverage, correlation table and picture say what is said here. A task is taken up (as it is, adapted, split over
several tasks, merged with others into one, or in part) by what is linked to it, straight or through tasks between;
without a link it is doubtful where a task comes near, and else what `verdicts` says of the two policies.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.link.tasks.link_thresholds import DOUBTFUL, STATED, WHOLE
from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Store
from queries.cascades.addressed_places import AddressedPlaces
from queries.cascades.chains import ANSWERS, Chains, Reached, document_of
from queries.cascades.known_policies import Known
from queries.cascades.verdicts import ELSEWHERE, Verdict, Verdicts, of_task
from queries.catalog import find
from queries.changes.text_changes import printed_words
from queries.question_rows import ask

TAKEN = ("taken_up", "split", "merged", "adapted", "partial")
"""The answers that say that a task is taken up, the fullest first."""
WORDS = (*TAKEN, "doubtful", "cannot_say", "not_found")
"""The answers for one task in one place, the best first; `not_found` needs every policy of the place."""
CHAIN, NEAR = "chain", "near"
"""Reasons of `doubtful`: the link, or those on the way together, are hardly likelier than not; none, but a task comes near."""
# What is nearly linked is told in place of these: that a part is unread or was read by OCR, or that there is only a summary says less.
_LESS_TOLD = ("part_unread", "by_ocr", "summary")


class Nearest(NamedTuple):
    """The task that comes nearest to one without a link: its key and title, how near, and the key of their likeness."""

    task: str
    title: str | None
    score: float
    key: str | None = None


class TaskAnswer(NamedTuple):
    """The answer for one task, why no more can be said, what comes near, how many of its parts are carried, what is dropped.

    `dropped` are clauses of the task, as printed, that those which carry it hold next to nothing of; `addressed` names the
    places that the task is addressed to where that asked of is none of them.
    """

    answer: str | None
    reason: str | None = None
    nearest: Nearest | None = None
    parts: int = 0
    carried: int = 0
    dropped: tuple[str, ...] = ()
    addressed: str | None = None

    @property
    def row(self) -> AnswerRow:
        """The columns that every table has for an answer; the words of the nearest task come in later."""
        near = self.nearest
        return {
            "answer": self.answer,
            "reason": self.reason,
            "near": near.task if near else None,
            "near_title": near.title if near else None,
            "near_score": near.score if near else None,
            "near_key": near.key if near else None,
            "clauses_dropped": "；".join(self.dropped) or None,
            "addressed": self.addressed,
        }


def plain(said: Verdict) -> TaskAnswer:
    """Return the answer that a verdict gives by itself."""
    return TaskAnswer(said.answer, said.reason)


@dataclass(slots=True)
class TaskAnswers:
    """Decides what lower documents make of tasks, from the links of `chains` and the verdicts on policies."""

    verdicts: Verdicts
    chains: Chains
    _near: dict[tuple[str, str], Nearest] | None = None
    _answers: dict[tuple[str, str], TaskAnswer] = field(default_factory=dict)
    _places: AddressedPlaces | None = None

    def of(self, task: str, upper: Known, lower: Known) -> TaskAnswer:
        """Return what a lower policy makes of a task of `upper`, by the document that tells of it."""
        told = self._of((task, lower.key), lower.read, lower.keys, lambda: self.verdicts.taken(upper, lower))
        return self._addressed(task, upper, lower, told)

    def in_document(
        self, task: str, document: str, said: Verdict, upper: Known | None = None, lower: Known | None = None
    ) -> TaskAnswer:
        """Return what a whole document makes of a task; `said` is the verdict on measures that it does not carry.

        `upper` and `lower` are the policies of the two documents, where they are known.
        """
        told = self._of((task, document), document, None, lambda: said)
        return self._addressed(task, upper, lower, told) if upper and lower else told

    def _addressed(self, task: str, upper: Known, lower: Known, told: TaskAnswer) -> TaskAnswer:
        """Return an answer, or that a task is addressed to another place where it would be told not to be taken up."""
        if told.answer != "not_found":
            return told
        if self._places is None:
            self._places = AddressedPlaces(self.chains.store)
        places = self._places.elsewhere(str(self._fact(task).get("title") or ""), upper, lower)
        return TaskAnswer(*ELSEWHERE, parts=told.parts, addressed=places) if places else told

    def _of(
        self, asked: tuple[str, str], document: str | None, policies: Sequence[str] | None, said: Callable[[], Verdict]
    ) -> TaskAnswer:
        if asked not in self._answers:
            task = asked[0]
            carriers = {
                far: how
                for far, how in self.chains.reach(task).items()
                if document_of(far) == document and (policies is None or self._fact(far).get("policy") in policies)
            }
            self._answers[asked] = (
                self._taken(task, carriers)
                if carriers
                else self._untaken(task, document, of_task(said(), self._fact(task)))
            )
        return self._answers[asked]

    def best(self, task: str, upper: Known, lowers: Iterable[Known]) -> TaskAnswer:
        """Return the best answer that several policies, those of one place, give for a task."""
        said = [self.of(task, upper, one) for one in lowers if self.verdicts.related(upper, one)]
        if not said:
            return TaskAnswer("cannot_say", "unrelated", parts=self._parts(task))
        return min(said, key=lambda one: WORDS.index(str(one.answer)))

    def _fact(self, task: str) -> AnswerRow:
        return self.chains.facts.get(task, {})

    def _text(self, task: str) -> str:
        """Return what a task says, without the bracket that names who does it."""
        return printed_words(str(self._fact(task).get("text") or self._fact(task).get("title") or ""))

    def _parts(self, task: str) -> int:
        from graph.link.tasks.parts_carried import parts_of

        return len(parts_of(self._text(task)))

    def _taken(self, task: str, carriers: Mapping[str, Reached]) -> TaskAnswer:
        """Return the answer for a task that these tasks of one document carry."""
        sure = {far: how for far, how in carriers.items() if how.sureness >= STATED}
        parts = self._parts(task)
        if not sure:
            far = max(sorted(carriers), key=lambda one: carriers[one].sureness)
            return self._weak(far, carriers[far], parts)
        best = min((how.relation for how in sure.values()), key=order_of("relation").__getitem__)
        carried, dropped = self._carried(task, sure)
        whole = carried >= WHOLE * parts
        if dropped:
            answer = "partial"
        elif best == "same":
            answer = "taken_up"
        elif len(sure) > 1:
            answer = "split" if whole else ANSWERS[best]
        elif any(len(self.chains.sources(far, document_of(task))) > 1 for far in sure):
            answer = "merged" if whole or best == "adapted" else "partial"
        else:
            answer = "adapted" if whole else ANSWERS[best]
        return TaskAnswer(answer, parts=parts, carried=carried, dropped=dropped)

    def linked(self, task: str, far: str, said: TaskAnswer) -> TaskAnswer:
        """Return the answer beside one of the tasks that carry a task, given that for the whole document.

        Where the way to this one is not sure enough it is doubtful, whatever the others are.
        """
        how = self.chains.reach(task).get(far)
        return self._weak(far, how) if how and how.sureness < STATED and said.answer in TAKEN else said

    def _weak(self, far: str, how: Reached, parts: int = 0) -> TaskAnswer:
        """Return the answer for a task of which nothing surer is known than that this one may carry it."""
        title = self._fact(far).get("title")
        near = Nearest(far, None if title is None else str(title), round(how.sureness, 4), how.link)
        return TaskAnswer("doubtful", CHAIN, near, parts)

    def _carried(self, task: str, carriers: Collection[str]) -> tuple[int, tuple[str, ...]]:
        """Return how many parts of a task its carriers hold, with the rows of lists that itemise them, and what is dropped."""
        from graph.link.tasks.parts_carried import clauses_dropped, parts_carried

        self.chains.itemise()
        rows = [str(row["task"]) for far in carriers for row in self.chains.details.get(far, ())]
        text, others = self._text(task), [self._text(one) for one in dict.fromkeys((*carriers, *rows))]
        title = printed_words(str(self._fact(task).get("title") or ""))
        return parts_carried(text, others), clauses_dropped(text, others, title)

    def _untaken(self, task: str, document: str | None, said: Verdict) -> TaskAnswer:
        """Return the answer for a task that no task of a document carries."""
        near = self._nearest().get((task, document or ""))
        doubtful = said.answer == "not_found" or said.reason in _LESS_TOLD
        if near and doubtful:
            return TaskAnswer("doubtful", NEAR, near, self._parts(task))
        return TaskAnswer(said.answer, said.reason, parts=self._parts(task))

    def _nearest(self) -> dict[tuple[str, str], Nearest]:
        """Return, by task and document, the nearest task of those that no task of the document is linked to."""
        if self._near is None:
            rows = ask(find("nearest_below"), self.chains.store, {"tasks": list(self.chains.facts)})
            self._near = {}
            for row in rows:
                self._near.setdefault((str(row["parent"]), document_of(str(row["task"]))), _near(row, "task"))
        return self._near


def nearest_above(store: Store, tasks: Sequence[str]) -> dict[str, Nearest]:
    """Return, of tasks that derive from nothing, the nearest task above of each that has one.

    What only leaves it in doubt whether the upper task stands there in pieces says nothing of a task that is new.
    """
    rows = ask(find("nearest_above"), store, {"tasks": list(tasks)}) if tasks else []
    found: dict[str, Nearest] = {}
    for row in rows:
        if float(str(row["score"])) >= DOUBTFUL:
            found.setdefault(str(row["task"]), _near(row, "parent"))
    return found


def derived(said: Verdict, near: Nearest | None) -> TaskAnswer:
    """Return the answer for a lower task that derives from nothing: doubtful, not added, where one above comes near."""
    if near and (said.answer == "added" or said.reason in _LESS_TOLD):
        return TaskAnswer("doubtful", NEAR, near)
    return plain(said)


def with_words(store: Store, rows: Sequence[AnswerRow]) -> None:
    """Put into each row with a nearest task the words of that task that decided how near it is (`near_words`)."""
    keys = {str(row["near_key"]): row for row in rows if row.get("near_key")}
    told = ask(find("evidence_of"), store, {"subjects": list(keys)}) if keys else []
    words: dict[tuple[str, str], str] = {}
    for proof in sorted(told, key=_telling):
        words.setdefault((str(proof["subject"]), str(proof["document"])), str(proof["quote"]))
    for row in rows:
        if row.get("near_key"):
            row["near_words"] = words.get((str(row["near_key"]), document_of(str(row["near"]))))


def _telling(proof: AnswerRow) -> tuple[bool, bool]:
    """Return how a proof of likeness is ranked: a clause that names the object before the closest sentence, then others."""
    return "member" not in str(proof["rule"]), "sentence" not in str(proof["rule"])


def _near(row: AnswerRow, far: str) -> Nearest:
    title = row["title"]
    return Nearest(str(row[far]), None if title is None else str(title), float(row["score"] or 0), str(row["link"]))
