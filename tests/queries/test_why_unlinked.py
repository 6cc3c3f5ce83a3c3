from graph.link.decisions import Decisions
from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.task_view import LinkTask
from queries.links.why_unlinked import by_a_person, by_the_texts


def task(key: str, heading: str) -> LinkTask:
    return LinkTask(
        key=key,
        path=key.rpartition("/")[2],
        kind="measure",
        title="倾倒垃圾",
        text="倾倒垃圾的处罚款。",
        order=1,
        theme_heading=heading,
    )


def test_a_chapter_of_penalties_is_a_reason() -> None:
    notes = by_the_texts("a/6.1", "b/2.1", 0.9, AlignedTasks([task("a/6.1", "法律责任")], [task("b/2.1", "清洁")]))
    assert [(note.code, note.values["task"]) for note in notes] == [("why_penalty", "a/6.1")]


def test_only_what_a_person_said_of_this_pair_is_a_reason() -> None:
    said = Decisions(links={("a/1", "b/1"): "rejected", ("a/2", "b/2"): "confirmed"})
    codes = [[note.code for note in by_a_person(said, f"a/{at}", f"b/{at}")] for at in (1, 2, 3)]
    assert codes == [["why_person_no"], ["why_person_yes"], []]
