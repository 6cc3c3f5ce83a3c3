"""Two tasks sentence by sentence: each beside the one of the other text that says the same."""

import re
from collections.abc import Mapping, Sequence

from graph.text import fold
from queries.changes.text_changes import printed_words

_NEAR = 0.25
"""Two sentences that share so much of their pairs of signs (Dice) are one, changed."""
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?[”’」』）]*")
_WORD = re.compile(r"\w")
SentencePair = tuple[str | None, str | None]
"""A sentence of the upper text beside the one of the lower text that says it; None where a side has none."""


def sentences(parent: str, child: str) -> list[SentencePair]:
    """Return the texts of two tasks sentence by sentence; brackets that name who does it are left out.

    Each sentence stands beside the one of the other text that is most like it, if any is like enough. The upper text's
    come in their order, what the lower text adds stands behind what it follows there.

    >>> sentences("整修码头。建设驿站。", "建设驿站和候船亭。开行夜航渡船。")
    [('整修码头。', None), ('建设驿站。', '建设驿站和候船亭。'), (None, '开行夜航渡船。')]
    """
    above, below = (_SENTENCE.findall(printed_words(text)) for text in (parent, child))
    pairs = [[_sign_pairs(one) for one in side] for side in (above, below)]
    near = (
        (2 * len(upper & lower) / max(len(upper) + len(lower), 1), -at, -beside)
        for at, upper in enumerate(pairs[0])
        for beside, lower in enumerate(pairs[1])
    )
    beside_of: dict[int, int] = {}
    for _, at, beside in sorted((one for one in near if one[0] >= _NEAR), reverse=True):
        if -at not in beside_of and -beside not in beside_of.values():
            beside_of[-at] = -beside
    return _in_order(above, below, beside_of)


def _sign_pairs(sentence: str) -> set[str]:
    signs = "".join(_WORD.findall(fold(sentence)))
    return {signs[at : at + 2] for at in range(len(signs) - 1)}


def _in_order(above: Sequence[str], below: Sequence[str], beside_of: Mapping[int, int]) -> list[SentencePair]:
    taken = {beside: at for at, beside in beside_of.items()}
    # What is added stands behind the sentence that it follows in the lower text.
    behind: dict[int, list[str]] = {}
    last = -1
    for at, sentence in enumerate(below):
        if at in taken:
            last = taken[at]
        else:
            behind.setdefault(last, []).append(sentence)
    rows: list[SentencePair] = [(None, one) for one in behind.get(-1, ())]
    for at, sentence in enumerate(above):
        rows.append((sentence, below[beside_of[at]] if at in beside_of else None))
        rows += [(None, one) for one in behind.get(at, ())]
    return rows
