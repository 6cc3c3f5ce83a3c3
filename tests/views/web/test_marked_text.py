"""Texts cut into lines and pieces."""

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Span
from views.web.pages.marked_text import MARKS, TextMark, lines_of

TEXTS = st.text(alphabet="甲乙丙 \n\r\u2028ab，", max_size=60)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(MARKS)), max_size=8))
def test_pieces_are_the_text_and_marks_lie_where_they_were_put(text: str, drawn: list[tuple[int, int, str]]) -> None:
    marks = sorted(
        TextMark(start, min(start + length, len(text)), kind) for start, length, kind in drawn if start < len(text)
    )
    lines = lines_of(text, marks, ())
    shown: dict[int, tuple[str, tuple[str, ...]]] = {}
    for line in lines:
        for piece in line.pieces:
            assert text[piece.place : piece.place + len(piece.text)] == piece.text
            shown |= {piece.place + at: (char, piece.kinds) for at, char in enumerate(piece.text)}
    assert [at for at, char in enumerate(text) if char.strip() and at not in shown] == []
    for at, (_, kinds) in shown.items():
        assert set(kinds) == {mark.kind for mark in marks if mark.start <= at < mark.end}


def test_a_stretch_has_only_its_own_lines() -> None:
    lines = lines_of("甲\n乙丙\n丁", [TextMark(2, 3, "unit")], (), Span(2, 4))
    assert [(piece.text, piece.kinds) for line in lines for piece in line.pieces] == [("乙", ("unit",)), ("丙", ())]
