"""A picture in a notebook: shown in a frame of its own, which runs its own script and reaches nothing of the notebook."""

from html import escape
from pathlib import Path

from queries.answer import Answer
from views.drawings.drawing_page import drawing_page
from views.drawings.drawn_picture import FilePicture
from views.drawings.picture_making import write_picture

_TALLEST = 900


class NotebookPicture:
    """One picture: the last value of a cell is shown; `.save("x.svg")` writes it, `.rows` are what it was drawn from."""

    def __init__(self, made: FilePicture, language: str) -> None:
        """Hold a picture and the language that it speaks."""
        self._made, self._language = made, language

    @property
    def rows(self) -> Answer:
        """The rows that it was drawn from."""
        return self._made.rows

    def save(self, path: str | Path) -> None:
        """Write the picture as .html, .svg or .png, whole or not at all.

        Raises:
            UsageError: the suffix is none of these; a PNG is asked for and no Chinese font is installed.
            StoreError: the file cannot be written.
        """
        write_picture(self._made, Path(path), self._language)

    def _repr_html_(self) -> str:
        """Return the page in a frame: its styles do not reach the notebook, nor do the notebook's reach it."""
        page = drawing_page(self._made, self._language)
        height = min(_TALLEST, int(self._made.canvas.height) + 220)
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{escape(page, quote=True)}" title="{escape(self._made.title)}"'
            f' style="width: 100%; height: {height}px; border: 1px solid #c9ced4"></iframe>'
        )

    def __repr__(self) -> str:
        """Return what it is and its counts, for a terminal."""
        return f"{self._made.title}: {', '.join(said for _, said in self._made.totals)}"
