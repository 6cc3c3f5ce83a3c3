"""The picture of the house in the documentation is what its imports draw today."""

from benchmarks.house import read_house
from benchmarks.house_picture import svg
from tests.shared import ROOT
from tests.sources import packages

PICTURE = ROOT / "docs" / "img" / "architecture.svg"


def test_the_picture_is_that_of_today() -> None:
    drawn = svg(read_house(ROOT, packages()), ROOT)
    assert PICTURE.read_text(encoding="utf-8") == drawn, "python -m benchmarks.house_picture docs/img/architecture.svg"


def test_every_package_is_a_band() -> None:
    drawn = PICTURE.read_text(encoding="utf-8")
    assert [name for name in packages() if f">{name}</text>" not in drawn] == []
