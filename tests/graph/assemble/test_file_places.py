"""Where a proof stands in a file with pages or sheets."""

from graph.assemble.file_places import FilePlaces
from graph.model import FilePlace, Span

PAGES = (
    FilePlace(span=Span(0, 10), page=1, box=(72.0, 80.0, 300.0, 94.0), confidence=0.99),
    FilePlace(span=Span(11, 20), page=1, box=(70.5, 96.0, 290.0, 110.0), confidence=0.8),
    FilePlace(span=Span(21, 30), page=2, box=(72.0, 80.0, 120.0, 94.0)),
)
CELLS = (
    FilePlace(span=Span(0, 4), sheet="任务", cell="B3"),
    FilePlace(span=Span(5, 9), sheet="任务", cell="D3"),
    FilePlace(span=Span(10, 14), sheet="附表", cell="A1"),
)


def test_a_span_on_one_line_stands_where_that_does() -> None:
    assert FilePlaces(PAGES).of(Span(22, 25)) == {
        "page": 2,
        "box": "72.0 80.0 120.0 94.0",
        "sheet": None,
        "cell": None,
        "confidence": None,
    }


def test_a_span_over_lines_has_the_box_around_those_of_its_first_page() -> None:
    found = FilePlaces(PAGES).of(Span(5, 28))
    assert (found["page"], found["box"], found["confidence"]) == (1, "70.5 80.0 300.0 110.0", 0.8)


def test_a_span_over_cells_names_the_first_and_the_last() -> None:
    places = FilePlaces(CELLS)
    assert [places.of(span).get("cell") for span in (Span(1, 3), Span(0, 9), Span(0, 14), Span(4, 5))] == [
        "B3",
        "B3:D3",
        "B3:D3",
        None,
    ]
    assert places.of(Span(12, 13))["sheet"] == "附表"
    assert FilePlaces(()).of(Span(0, 4)) == {}
