"""How the modules stand to each other, by their imports alone: `python -m benchmarks.house [FOLDER …]`.

A folder's rooms are its modules, and its sub-folders as one room each. An arrow goes from a room to one that it imports; every
import counts, those inside functions and those for types only too. A room stands one floor above all that it imports. Where
rooms import each other in a circle, the floors are laid such that few imports run back: an arrow runs back where it goes to
a floor that is not below its own.
"""

import argparse
import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import networkx as nx

from tests.shared import ROOT
from tests.sources import packages

__all__ = ["Folder", "House", "imports_of", "main", "read_house"]

OWN = "__init__"
"""The room of a package's own module, where it imports or is imported."""

Arrow = tuple[str, str]


@dataclass(frozen=True)
class Folder:
    """The rooms of one folder, and of each arrow among them the imports that it stands for, module by module."""

    name: str
    rooms: tuple[str, ...]
    arrows: Mapping[Arrow, Sequence[Arrow]]

    @property
    def side_by_side(self) -> int:
        """The number of modules and sub-folders, without the package's own module."""
        return sum(room != OWN for room in self.rooms)

    @cached_property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """The rooms that import each other, directly or through others."""
        return _circles(self.arrows)

    @cached_property
    def floors(self) -> Mapping[str, int]:
        """The floor of each room, 1 for those that import none of the others."""
        down = nx.DiGraph(list(self.arrows.keys() - _against(self.arrows, self.circles)))
        down.add_nodes_from(self.rooms)
        found: dict[str, int] = {}
        for room in reversed(list(nx.topological_sort(down))):
            found[room] = 1 + max((found[below] for below in down.successors(room)), default=0)
        return found

    @property
    def back(self) -> tuple[Arrow, ...]:
        """The arrows that run back."""
        return tuple(sorted(one for one in self.arrows if self.floors[one[1]] >= self.floors[one[0]]))


@dataclass(frozen=True)
class House:
    """All modules by their dotted names, each with the modules of the house that it imports; `packages` are folders."""

    imports: Mapping[str, frozenset[str]]
    packages: frozenset[str] = frozenset()

    @cached_property
    def folders(self) -> tuple[Folder, ...]:
        """Every folder that holds more than its own module, in the order of their names; the first, `.`, holds the packages."""
        held: dict[str, set[str]] = defaultdict(set)
        for module in self.imports:
            parts = module.split(".")
            for depth, part in enumerate(parts):
                held[".".join(parts[:depth]) or "."].add(part)
        arrows: dict[str, dict[Arrow, list[Arrow]]] = defaultdict(lambda: defaultdict(list))
        for source, target in self.lines:
            folder, arrow = _meeting(source, target)
            arrows[folder][arrow].append((source, target))
        return tuple(
            Folder(name, tuple(sorted(rooms.union(*arrows[name]))), dict(arrows[name]))
            for name, rooms in sorted(held.items())
        )

    @property
    def lines(self) -> tuple[Arrow, ...]:
        """Every module with every module that it imports, in order."""
        return tuple((source, target) for source in sorted(self.imports) for target in sorted(self.imports[source]))

    @cached_property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """The modules that import each other, directly or through others."""
        return _circles(self.lines)

    @cached_property
    def namesakes(self) -> Mapping[str, tuple[str, ...]]:
        """Every name that several modules have, with those modules; folders may be named alike, and every `__main__` is."""
        found: dict[str, list[str]] = defaultdict(list)
        for module in sorted(self.imports.keys() - self.packages):
            found[module.rpartition(".")[2]].append(module)
        return {name: tuple(held) for name, held in found.items() if len(held) > 1 and name != "__main__"}


def read_house(root: Path, names: Iterable[str]) -> House:
    """Return the house that the packages below `root` are; nothing is imported, sources are read.

    Raises:
        SyntaxError: a module is no Python.
    """
    modules = {_dotted(path.relative_to(root)): path for name in names for path in sorted((root / name).rglob("*.py"))}
    found = {name: imports_of(path.read_text(encoding="utf-8"), name, modules) for name, path in modules.items()}
    return House(found, frozenset(name for name, path in modules.items() if path.stem == OWN))


def imports_of(source: str, name: str, modules: Iterable[str]) -> frozenset[str]:
    """Return which of `modules` a module imports, at its head, inside its functions or for types only.

    >>> sorted(imports_of("from graph.store import base, open_store", "cli.main", ["graph.store", "graph.store.protocol"]))
    ['graph.store', 'graph.store.protocol']
    """
    known, imported = set(modules), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {one.name: f"{node.module}.{one.name}" for one in node.names}
            imported |= {whole if whole in known else node.module for whole in inside.values()}
    return frozenset((imported & known) - {name})


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == OWN else parts)


def _meeting(source: str, target: str) -> tuple[str, Arrow]:
    """Return the folder in which two modules stand in different rooms, and the arrow between these."""
    one, other = source.split("."), target.split(".")
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rooms = (one[same] if same < len(one) else OWN, other[same] if same < len(other) else OWN)
    return ".".join(one[:same]) or ".", rooms


def _circles(arrows: Iterable[Arrow]) -> tuple[tuple[str, ...], ...]:
    found = nx.strongly_connected_components(nx.DiGraph(list(arrows)))
    return tuple(sorted(tuple(sorted(one)) for one in found if len(one) > 1))


def _against(arrows: Mapping[Arrow, Sequence[Arrow]], circles: Iterable[Sequence[str]]) -> set[Arrow]:
    """Return arrows without which there are no circles: those against an order in which few imports run upwards."""
    found = set()
    for circle in circles:
        inside = {one: len(held) for one, held in arrows.items() if {*one} <= {*circle}}
        place = {room: at for at, room in enumerate(_order(circle, inside))}
        found |= {one for one in inside if place[one[0]] > place[one[1]]}
    return found


def _order(rooms: Iterable[str], weights: Mapping[Arrow, int]) -> list[str]:
    """Return rooms from the top to the bottom: what imports none of the others that are left goes to the bottom.

    Where there is none, the one that imports most, less what imports it, goes to the top (Eades, Lin and Smyth 1993).
    """
    top: list[str] = []
    bottom: list[str] = []
    left = set(rooms)
    while left:
        down = {room: sum(n for (a, b), n in weights.items() if a == room and b in left) for room in left}
        up = {room: sum(n for (a, b), n in weights.items() if b == room and a in left) for room in left}
        if lowest := sorted(room for room in left if not down[room]):
            bottom.insert(0, lowest[0])
            left.remove(lowest[0])
        else:
            top.append(max(sorted(left), key=lambda room: down[room] - up[room]))
            left.remove(top[-1])
    return top + bottom


# -- in words


def overview(house: House) -> Iterator[str]:
    """Yield a table by folder, then the circles of modules and the names that several have."""
    yield "| folder | modules side by side | floors | arrows | back | circles |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for one in house.folders:
        floors = max(one.floors.values(), default=0)
        yield f"| {one.name} | {one.side_by_side} | {floors} | {len(one.arrows)} | {len(one.back)} | {len(one.circles)} |"
    yield f"\n{len(house.imports)} modules, {len(house.lines)} imports"
    yield f"\nmodules that import each other in a circle: {len(house.circles) or 'none'}"
    yield from (f"  {', '.join(circle)}" for circle in house.circles)
    yield f"\nnames of several modules: {len(house.namesakes) or 'none'}"
    yield from (f"  {name}: {', '.join(held)}" for name, held in sorted(house.namesakes.items()))


def plan(folder: Folder) -> Iterator[str]:
    """Yield the rooms of a folder from the highest floor down, with what each imports, then the arrows that run back."""
    yield f"{folder.name}: {folder.side_by_side} modules side by side, {len(folder.arrows)} arrows"
    for floor in range(max(folder.floors.values(), default=0), 0, -1):
        yield f"  floor {floor}"
        for room in (room for room in folder.rooms if folder.floors[room] == floor):
            below = sorted(target for source, target in folder.arrows if source == room)
            yield f"    {room}{' → ' if below else ''}{', '.join(below)}"
    for arrow in folder.back:
        yield f"  back: {arrow[0]} → {arrow[1]}"
        yield from (f"    {source} imports {target}" for source, target in folder.arrows[arrow])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the overview, or the floors of the folders that are asked for; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.house", description="Measure how modules import each other."
    )
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="show the floors of these, such as graph.store")
    asked = parser.parse_args(arguments).folders
    house = read_house(ROOT, packages())
    folders = {one.name: one for one in house.folders}
    if unknown := [name for name in asked if name not in folders]:
        sys.stderr.write(f"{unknown[0]}: no folder of modules; there are {' '.join(folders)}\n")
        return 2
    lines = (line for name in asked for line in plan(folders[name])) if asked else overview(house)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
