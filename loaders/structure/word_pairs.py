"""Which Chinese characters stand side by side in a text: what tells whether a break between two cuts a word.

A document says its words more than once. Of 600 headings above their text the last character and the first below stand
side by side elsewhere in the document for one in 25; of breaks inside a heading for two in three.
"""

import re
from itertools import pairwise

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class WordPairs:
    """The pairs of Chinese characters that a text prints side by side on a line."""

    def __init__(self, text: str) -> None:
        """Read the pairs of a folded text."""
        # Pairs with a sign among them are held too: no look asks for them, and to leave them out takes longer.
        self._pairs = set(pairwise(text))

    def cut(self, above: str, below: str) -> bool | None:
        """Tell whether the text has the two characters around a break side by side elsewhere; None where one is a sign.

        >>> pairs = WordPairs("公务员考核")
        >>> pairs.cut("公", "务"), pairs.cut("核", "公"), pairs.cut("。", "公")
        (True, False, None)
        """
        if not (_CHINESE.match(above) and _CHINESE.match(below)):
            return None
        return (above, below) in self._pairs
