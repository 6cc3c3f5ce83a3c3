"""The command `python -m benchmarks [NAME …]`."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, keep, machine, markdown, text
from benchmarks.measured import BENCHMARKS, Sizes
from benchmarks.processes import ROOT
from benchmarks.workshop import Workshop

_PAGE = ROOT / "docs" / "benchmarks.md"
_KEPT = ROOT / "benchmarks" / "kept.jsonl"
_HEAD = """# Benchmarks

Made by `python -m benchmarks --write` (one of them alone: `python -m benchmarks NAME --write`; the figures of the others stay
as they were measured last, in benchmarks/kept.jsonl); the extra `bench` is needed (`pip install -e '.[bench]'`). Figures depend on the
machine and on what else it does; ratios do so less: the two sides of each are measured in turn, in one run, and the
median of the ratios of neighbours is given with their range. No test depends on any of them.
"""


def main() -> None:
    """Measure what is asked for and print it."""
    asked = _arguments()
    names = asked.names or list(BENCHMARKS)
    sizes = Sizes(repeats=asked.repeats)
    if asked.small:
        sizes = Sizes(small=1_000, large=4_000, documents=250, repeats=asked.repeats)
    place = machine()
    sys.stderr.write(place + "\n")
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="zhengmai-bench-") as made:
        shop = Workshop(asked.work or Path(made))
        shop.folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            sys.stderr.write(f"{name} …\n")
            found = BENCHMARKS[name](shop, sizes)
            sys.stderr.write(text(found) + "\n")
            figures += found
    sys.stdout.write(text(figures) + "\n")
    if asked.write:
        _PAGE.write_text(page(keep(_KEPT, figures, place)), encoding="utf-8", newline="\n")


def page(figures: list[Figure]) -> str:
    """Return the page of the documentation."""
    order = list(BENCHMARKS)
    figures = sorted(figures, key=lambda one: order.index(one.benchmark))
    places = dict.fromkeys((one.benchmark, one.machine) for one in figures)
    on = "\n".join(f"- {name}: {place}" for name, place in places)
    told = "\n".join(f"- **{name}**: {(made.__doc__ or '').strip()}" for name, made in BENCHMARKS.items())
    return f"{_HEAD}\n{markdown(figures)}\n\nMeasured on:\n\n{on}\n\nWhat each is:\n\n{told}\n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure ratios on this machine.")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME", help=" ".join(BENCHMARKS))
    parser.add_argument("--repeats", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--small", action="store_true", help="a tenth of the documents, for a look")
    parser.add_argument("--work", type=Path, help="a folder to work in that is kept, else a temporary one")
    parser.add_argument(
        "--write", action="store_true", help="write docs/benchmarks.md, with what is kept of the others"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
