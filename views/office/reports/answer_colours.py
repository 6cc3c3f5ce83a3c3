"""The colours of answers, those of the explorer's pages: a paper and a page say the same."""

FILLS = {
    "taken_up": "#DFF2E1",
    "split": "#E6F3EF",
    "merged": "#E6F3EF",
    "adapted": "#FDF0D9",
    "partial": "#EFE6F7",
    "doubtful": "#FFF7CC",
    "not_found": "#FBDEDC",
    "cannot_say": "#ECEFF1",
    "added": "#E3F0FD",
    "skips_level": "#ECEFF1",
}
"""The fill of a cell by the answer that stands in it."""
HEAD = "#E7EEF7"
BAND = "#F3F5F8"
"""The fill of heads, and of the row of an upper task."""
