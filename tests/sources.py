"""The source tree, walked in one way, however deep a module stands: tests that read sources ask here."""

from collections.abc import Sequence
from pathlib import Path

from tests.shared import ROOT

# These are not installed.
_BESIDE = {"tests", "benchmarks"}


def packages() -> tuple[str, ...]:
    """Return the names of the top-level packages of the tree: those that are installed."""
    found = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    return tuple(name for name in found if name not in _BESIDE)


def files(*names: str) -> list[Path]:
    """Return every file of some packages, or of all that are installed, at any depth, but for what Python compiled.

    Raises:
        AssertionError: there is no such package, or it holds nothing.
    """
    found: list[Path] = []
    for name in names or packages():
        inside = sorted((ROOT / name).rglob("*"))
        held = [path for path in inside if path.is_file() and "__pycache__" not in path.parts]
        assert ROOT / name / "__init__.py" in held, f"{name}: no such package"
        found += held
    return found


def modules(*names: str, least: int = 2) -> list[Path]:
    """Return every module of some packages, or of all that are installed, at any depth.

    Raises:
        AssertionError: one of them is no package, or there are fewer than `least` modules: what a test then held
            would be held of nothing.
    """
    found = [path for path in files(*names) if path.suffix == ".py"]
    assert len(found) >= least, f"{names}: {len(found)} modules"
    return found


def named(name: str) -> Path:
    """Return the one file of the packages that has this name, wherever it stands.

    Raises:
        AssertionError: there is none, or there are several.
    """
    found = [path for path in files() if path.name == name]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def dotted(path: Path) -> str:
    """Return the name by which a module is imported; a package's own is that of its folder."""
    parts: Sequence[str] = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
