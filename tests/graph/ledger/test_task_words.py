"""A task is found again by its words where its path or its document's name changed, or it is said that it is not."""

from dataclasses import replace

import pytest

from graph.ledger.task_words import TaskFinder, TaskWords

PUMPS = TaskWords(
    key="yunxi/1.1",
    title="改造老旧泵站",
    text="改造老旧泵站。完成三十座老旧泵站改造，同步更换供电线路和闸门。",
    policy="A",
)
RIVERS = TaskWords(
    key="yunxi/1.2", title="疏浚乡村河道", text="疏浚乡村河道。每年疏浚河道一百公里，建立巡河台账。", policy="A"
)
WARDENS = TaskWords(key="yunxi/1.3", title="配备河道管护员", text="配备河道管护员。每村配备一名管护员。", policy="A")


def test_a_task_that_stands_where_it_stood_is_here() -> None:
    assert TaskFinder([PUMPS, RIVERS]).find(PUMPS) == (PUMPS, "here")


def test_a_task_put_in_before_it_moves_its_path_not_its_progress() -> None:
    moved = [replace(WARDENS, key="yunxi/1.1"), replace(PUMPS, key="yunxi/1.2"), replace(RIVERS, key="yunxi/1.3")]
    finder = TaskFinder(moved)
    assert finder.find(PUMPS) == (moved[1], "moved")
    assert finder.find(RIVERS) == (moved[2], "moved")
    assert finder.find(WARDENS) == (moved[0], "moved")


def test_a_document_of_another_name_has_its_tasks_still() -> None:
    renamed = replace(PUMPS, key="plans/yunxi-2031/1.1")
    assert TaskFinder([renamed, RIVERS]).find(PUMPS) == (renamed, "moved")


def test_an_edited_text_is_the_same_task() -> None:
    edited = replace(PUMPS, text=PUMPS.text.replace("三十座", "二十八座"))
    assert TaskFinder([edited, RIVERS]).find(PUMPS) == (edited, "here")
    moved = replace(edited, key="yunxi/1.4")
    assert TaskFinder([RIVERS, moved]).find(PUMPS) == (moved, "moved")


def test_what_another_document_took_over_word_for_word_is_its_own() -> None:
    of_others = replace(PUMPS, key="shipu/1.1", policy="B")
    assert TaskFinder([of_others, PUMPS]).find(PUMPS) == (PUMPS, "here")
    renamed = replace(PUMPS, key="yunxi-2/1.1")
    assert TaskFinder([of_others, renamed]).find(PUMPS) == (renamed, "moved")


@pytest.mark.parametrize(
    "now",
    [
        [],
        [RIVERS],
        # At its key stands something else now.
        [replace(WARDENS, key="yunxi/1.1")],
        # Much the same words under another title, beside where it stood: an item of its own.
        [replace(PUMPS, key="yunxi/1.2", title="改造新建泵站", text=PUMPS.text.replace("老旧", "新建"))],
        # Two of the same words, in documents of which neither is its own: nothing is guessed.
        [replace(PUMPS, key="a/1", policy="B"), replace(PUMPS, key="b/1", policy="C")],
        # Edited, in another document and policy: it is that one's own task.
        [replace(PUMPS, key="a/1", policy="B", text=PUMPS.text.replace("三十座", "二十座"))],
    ],
)
def test_a_task_that_is_not_there_any_more_is_lost(now: list[TaskWords]) -> None:
    assert TaskFinder(now).find(PUMPS) == (None, "lost")


def test_of_two_that_are_alike_none_is_taken() -> None:
    near = [
        replace(PUMPS, key="yunxi/1.4", text=PUMPS.text.replace("三十座", "二十座")),
        replace(PUMPS, key="yunxi/1.5", text=PUMPS.text.replace("三十座", "四十座")),
    ]
    assert TaskFinder(near).find(PUMPS) == (None, "lost")
