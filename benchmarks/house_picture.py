"""The house as a picture: `python -m benchmarks.house_picture FILE.svg` draws packages as rooms, by their imports alone.

A package of the top level is a band, its folders and modules are rooms in it, each above all that it imports; an arrow is an
import of one by the other. What most rooms of a band use has a thick foot instead of arrows. Equal sources give equal bytes.
"""

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.house import OWN, Folder, House, read_house
from tests.shared import ROOT
from tests.sources import packages

WIDTH = 1180
_GAP = 14
_ROOM_HEIGHT = 46
_FLOOR_HEIGHT = 66
_HEAD = 40
# A room that so large a share of the others imports stands on a foot.
_FOOT = 0.6
_COLOURS = {
    "graph": "#fbe9eb",
    "loaders": "#e6eefb",
    "queries": "#e8f4e6",
    "views": "#fdf3dc",
    "cli": "#efe8f8",
    "zhengmai": "#eeeeee",
}
_ROWS = (("zhengmai",), ("cli", "views"), ("loaders", "queries"), ("graph",))


@dataclass(frozen=True)
class Box:
    """Where a room stands on the sheet, in pixels from the upper left."""

    x: float
    y: float
    width: float

    @property
    def top(self) -> tuple[float, float]:
        """The middle of the upper edge."""
        return self.x + self.width / 2, self.y

    @property
    def bottom(self) -> tuple[float, float]:
        """The middle of the lower edge."""
        return self.x + self.width / 2, self.y + _ROOM_HEIGHT


def first_words(root: Path, dotted: str) -> str:
    """Return the first sentence of a module's or package's docstring, "" where it has none."""
    place = root.joinpath(*dotted.split("."))
    path = place / f"{OWN}.py" if place.is_dir() else place.with_suffix(".py")
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0].partition(";")[0].partition(":")[0].rstrip(".")


def svg(house: House, root: Path) -> str:
    """Return the picture of a house as SVG."""
    folders = {folder.name: folder for folder in house.folders}
    parts: list[str] = []
    y = 10.0
    for row in _ROWS:
        shares = [max(2, max(_per_floor(folders[name]).values(), default=1)) for name in row]
        room = WIDTH - 20 - _GAP * (len(row) - 1)
        height = max(_height(folders[name]) for name in row)
        x = 10.0
        for name, share in zip(row, shares, strict=True):
            width = room * share / sum(shares)
            parts += _band(house, folders[name], root, x, y, width, height)
            x += width + _GAP
        y += height + _GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:.0f}" width="{WIDTH}" height="{y:.0f}" '
        'font-family="Arial, Helvetica, sans-serif">\n'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>\n'
        f'<rect width="{WIDTH}" height="{y:.0f}" fill="#ffffff"/>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"


def _per_floor(folder: Folder) -> dict[int, int]:
    found: dict[int, int] = {}
    for room in _rooms(folder):
        found[folder.floors[room]] = found.get(folder.floors[room], 0) + 1
    return found


def _rooms(folder: Folder) -> list[str]:
    return [room for room in folder.rooms if room not in (OWN, "__main__", "library", "templates")]


def _height(folder: Folder) -> float:
    floors = len(_per_floor(folder))
    return _HEAD + max(0, floors - 1) * _FLOOR_HEIGHT + (_ROOM_HEIGHT + _GAP if floors else 0)


def _band(house: House, folder: Folder, root: Path, x: float, y: float, width: float, height: float) -> Iterator[str]:
    held = sum(module == folder.name or module.startswith(f"{folder.name}.") for module in house.imports)
    yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6" fill="{_COLOURS[folder.name]}" stroke="#889"/>'
    yield f'<text x="{x + 10:.1f}" y="{y + 18:.1f}" font-size="15" font-weight="bold" fill="#223">{folder.name}</text>'
    words = _cut(f"{first_words(root, folder.name)} ({held} modules)", width - 30 - 10 * len(folder.name), 11)
    yield f'<text x="{x + 22 + 9 * len(folder.name):.1f}" y="{y + 18:.1f}" font-size="11" fill="#556">{escape(words)}</text>'
    boxes = _places(folder, x, y + _HEAD, width)
    footed = _footed(folder)
    for source, target in sorted(folder.arrows):
        if source in boxes and target in boxes and target not in footed:
            (x1, y1), (x2, y2) = boxes[source].bottom, boxes[target].top
            middle = (y1 + y2) / 2
            yield (
                f'<path d="M{x1:.1f} {y1:.1f}C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}" '
                'fill="none" stroke="#667" stroke-opacity="0.55" marker-end="url(#tip)"/>'
            )
    for room, box in boxes.items():
        yield (
            f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{_ROOM_HEIGHT}" rx="3" fill="#ffffff" stroke="#556"/>'
        )
        if room in footed:
            foot = box.y + _ROOM_HEIGHT
            yield f'<path d="M{box.x:.1f} {foot:.1f}h{box.width:.1f}" stroke="#223" stroke-width="4"/>'
        yield f'<text x="{box.x + 6:.1f}" y="{box.y + 16:.1f}" font-size="12" font-weight="bold" fill="#223">{room}</text>'
        for line, said in enumerate(_lines(first_words(root, f"{folder.name}.{room}"), box.width - 10, 9.5)):
            yield f'<text x="{box.x + 6:.1f}" y="{box.y + 28 + 11 * line:.1f}" font-size="9.5" fill="#556">{escape(said)}</text>'


def _places(folder: Folder, x: float, y: float, width: float) -> dict[str, Box]:
    """Return where the rooms stand: a row for each floor, each room over the middle of what it uses."""
    boxes: dict[str, Box] = {}
    levels = sorted(_per_floor(folder))
    for level in levels:
        rooms = [room for room in _rooms(folder) if folder.floors[room] == level]
        below = {
            room: [boxes[target].top[0] for source, target in folder.arrows if source == room and target in boxes]
            for room in rooms
        }
        rooms.sort(key=lambda room: (sum(below[room]) / len(below[room]) if below[room] else 0, room))
        each = min(300.0, (width - _GAP) / len(rooms) - _GAP)
        left = x + (width - len(rooms) * each - (len(rooms) - 1) * _GAP) / 2
        top = y + (len(levels) - 1 - levels.index(level)) * _FLOOR_HEIGHT
        for at, room in enumerate(rooms):
            boxes[room] = Box(left + at * (each + _GAP), top, each)
    return boxes


def _footed(folder: Folder) -> set[str]:
    rooms = _rooms(folder)
    users = {room: sum(target == room for _, target in folder.arrows) for room in rooms}
    return {room for room in rooms if len(rooms) > 3 and users[room] >= _FOOT * (len(rooms) - 1)}


def _lines(said: str, width: float, size: float) -> list[str]:
    """Return text in at most two lines that fit, cut with … where there is more."""
    words, first = said.split(), ""
    while words and _wide(f"{first} {words[0]}", size) <= width:
        first = f"{first} {words.pop(0)}".strip()
    rest = _cut(" ".join(words), width, size)
    return [line for line in (first, rest) if line]


def _cut(said: str, width: float, size: float) -> str:
    if _wide(said, size) <= width:
        return said
    while said and _wide(f"{said}…", size) > width:
        said = said[:-1]
    return f"{said.rstrip()}…" if said else ""


def _wide(said: str, size: float) -> float:
    return len(said) * size * 0.53


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture of this house into the file that is named; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.house_picture", description="Draw how packages import each other."
    )
    parser.add_argument("file", type=Path, help="the SVG file to write")
    asked = parser.parse_args(arguments)
    asked.file.write_text(svg(read_house(ROOT, packages()), ROOT), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
