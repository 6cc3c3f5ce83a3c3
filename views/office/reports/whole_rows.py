"""Rows of a sheet whose texts are taller than a row may be, cut into rows of which each is shown whole."""

from collections.abc import Iterator, Mapping, Sequence

from graph.store.protocol import Scalar
from views.office.a4_sheet import SheetColumn
from views.office.cell_lines import fits
from views.words.visible import visible

_BREAKS = "。；;\n"
_BACK = 60
"""So far back from the end of a full row a sentence may end, for the cut to be made there."""


def whole_rows(values: Mapping[str, Scalar], columns: Sequence[SheetColumn]) -> Iterator[dict[str, Scalar]]:
    """Yield the row, and behind it rows with what its texts have beyond the height of a row.

    What is hidden stands in every row, so that each of them is known; other values stand in the first alone.
    """
    left = {name: _shown(value) for name, value in values.items()}
    hidden = {column.name for column in columns if column.hidden}
    widths = {column.name: column.width for column in columns if not column.hidden}
    while True:
        shown = dict(left)
        later: dict[str, Scalar] = {}
        for name, width in widths.items():
            text = left.get(name)
            if isinstance(text, str) and (end := _end(text, width)) < len(text):
                shown[name], later[name] = text[:end], text[end:].lstrip("\n")
        yield shown
        if not later:
            return
        left = {name: values[name] for name in hidden if name in values} | later


def _shown(value: Scalar) -> Scalar:
    """Return a value as every office program keeps it: line feeds alone, signs that steer a terminal made visible."""
    return visible(value.replace("\r\n", "\n").replace("\r", "\n")) if isinstance(value, str) else value


def _end(text: str, width: float) -> int:
    """Return where the part of a text that a row shows ends: behind a sentence, where one ends near."""
    end = fits(text, width)
    if end == len(text):
        return end
    sentence = 1 + max(text.rfind(sign, 0, end) for sign in _BREAKS)
    return sentence if sentence > max(0, end - _BACK) else end
