"""The lines of one page of a document as they were read, with their places on it."""

from graph.errors import NotFoundError
from graph.model import Reading
from graph.store.protocol import AnswerRow


def lines_of_page(reading: Reading, number: int) -> tuple[AnswerRow, ...]:
    """Return the lines and cells of a page from the top down, those that stand around the text among them.

    A row has `page`, `text`, its `box` (points from the top left), `confidence` where it was read from a picture, and its
    place `start`, `end` in the text.

    Raises:
        NotFoundError: the file has no pages, or not so many.
    """
    pages = {place.page for place in reading.places if place.page is not None}
    if not pages:
        raise NotFoundError("{name}: its file has no pages; see zhengmai show {name}", name=reading.name)
    if number not in pages:
        raise NotFoundError(
            "{name}: no words on a page {number}; the last page with words is {last}",
            name=reading.name,
            number=number,
            last=max(pages),
        )
    here = [place for place in reading.places if place.page == number]
    here.sort(key=lambda place: (place.box[1], place.box[0]) if place.box else (0.0, 0.0))
    return tuple(
        {
            "page": number,
            "text": " ".join(place.span.of(reading.text).split()),
            "box": " ".join(f"{edge:.1f}" for edge in place.box) if place.box else None,
            "confidence": place.confidence,
            "start": place.span.start,
            "end": place.span.end,
        }
        for place in here
    )
