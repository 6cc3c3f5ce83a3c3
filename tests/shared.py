"""The real documents beside the checkout: tests read them where they stand, and skip with a reason where they do not."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the real documents (../shared) do not stand beside this checkout"
)
