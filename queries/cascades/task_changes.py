"""Changes from a parent task to its child: words, units, date and numbers, each as short printed text."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from graph.store.protocol import AnswerRow, Scalar

# The bracket at the end that names units and dates: they are compared as such, not as words.
_DUTY = re.compile(
    r"[\[(（〔【][^\[\]()（）〔〕【】]{0,300}(?:[\[(（〔【][^\[\]()（）〔〕【】]{0,40}[\])）〕】][^\[\]()（）〔〕【】]{0,300}){0,6}[\])）〕】][。；;]?$"
)
_DUTY_WORDS = re.compile(r"单位|牵头|负责|配合|责任|部门")
_BLANKS = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_PHRASE = re.compile(r"[\w%℃·/+-]+")
_WORD = re.compile(r"\w")
_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|.", re.DOTALL)
_TOLD = 2
"""A phrase of so many characters that stands anywhere in the other text is no change; a single one says too little."""
_ALIKE = 0.5
"""Of two quantities that share so much of their words, an equal number is the same number."""
_NEAR = 0.25
"""Two sentences that share so much of their pairs of signs (Dice) are one, changed."""
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?[”’」』）]*")
_SHORT = 3
"""A run of kept characters shorter than this between two changes is part of the change."""


def words(parent: str, child: str) -> tuple[str | None, str | None]:
    """Return the words that the child dropped and those that it added, pieces parted by `…`.

    >>> words("推进全省数据平台建设", "推进全市数据平台建设和开放")
    ('省', '市…和开放')
    """
    from graph.text import fold

    before, after = (_unspaced(without_duty(text)) for text in (parent, child))
    # Folded characters are compared, printed ones shown: another width, bracket or script is no other word.
    plain = fold(before), fold(after)
    matcher = SequenceMatcher(None, *plain, autojunk=False)
    dropped: list[str] = []
    added: list[str] = []
    for tag, low, high, left, right in _merged(matcher.get_opcodes()):
        if tag != "equal":
            dropped += _missing(before[low:high], plain[0][low:high], plain[1])
            added += _missing(after[left:right], plain[1][left:right], plain[0])
    return "…".join(dropped) or None, "…".join(added) or None


ComparedText = list[tuple[str, bool]]
"""A text in pieces, each with whether the other text does not have it there."""


def compared(parent: str, child: str) -> tuple[ComparedText, ComparedText]:
    """Return the texts of two tasks in pieces, each marked where it differs; brackets that name who does it are left out.

    A number or a word in Latin letters is one thing: it is the same or it is not.

    >>> compared("建成120处平台", "建成20处平台和驿站")[1]
    [('建成', False), ('20', True), ('处平台', False), ('和驿站', True)]
    """
    from graph.text import fold

    before, after = (_unspaced(without_duty(text)) for text in (parent, child))
    tokens = [[(one.start(), one[0]) for one in _TOKEN.finditer(fold(text))] for text in (before, after)]
    ends = [[*(start for start, _ in side), len(text)] for side, text in zip(tokens, (before, after), strict=True)]
    lower, upper = ([word for _, word in side] for side in reversed(tokens))
    matcher = SequenceMatcher(None, upper, lower, autojunk=False)
    sides: tuple[ComparedText, ComparedText] = ([], [])
    for tag, low, high, left, right in _merged(matcher.get_opcodes()):
        pieces = before[ends[0][low] : ends[0][high]], after[ends[1][left] : ends[1][right]]
        for side, piece in zip(sides, pieces, strict=True):
            if piece:
                side.append((piece, tag != "equal"))
    return sides


SentencePair = tuple[str | None, str | None]
"""A sentence of the upper text beside the one of the lower text that says it; None where a side has none."""


def sentences(parent: str, child: str) -> list[SentencePair]:
    """Return the texts of two tasks sentence by sentence; brackets that name who does it are left out.

    Each sentence stands beside the one of the other text that is most like it, if any is like enough. The upper text's
    come in their order, what the lower text adds stands behind what it follows there.

    >>> sentences("整修码头。建设驿站。", "建设驿站和候船亭。开行夜航渡船。")
    [('整修码头。', None), ('建设驿站。', '建设驿站和候船亭。'), (None, '开行夜航渡船。')]
    """
    above, below = (_SENTENCE.findall(_unspaced(without_duty(text))) for text in (parent, child))
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
    from graph.text import fold

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


def _unspaced(text: str) -> str:
    """Return a text without the blanks that part no words: those that do not stand between two Latin letters."""
    return _BLANKS.sub("", text)


def _missing(printed: str, plain: str, other: str) -> list[str]:
    """Return the pieces of a change that the whole other text does not say, in another place or order either."""
    pieces: list[str] = []
    end = None
    for phrase in _PHRASE.finditer(plain):
        low, high = phrase.span()
        if high - low >= _TOLD and phrase[0] in other:
            continue
        # Phrases that stand next to each other stay one piece, with the mark between them.
        if end is not None and not _WORD.search(plain[end:low]):
            pieces[-1] += printed[end:high]
        else:
            pieces.append(printed[low:high])
        end = high
    return pieces


def without_duty(text: str) -> str:
    """Return a task's text without the closing bracket that names who does it.

    >>> without_duty("划定保护区。（责任单位：省水利厅）")
    '划定保护区。'
    """
    plain = " ".join(text.split())
    match = _DUTY.search(plain[-700:])
    if match and _DUTY_WORDS.search(match[0]):
        return plain[: len(plain) - len(match[0])].rstrip()
    return plain


def _merged(codes: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[str, int, int, int, int]]:
    """Return the operations with short kept runs between two changes taken into the change."""
    operations: list[tuple[str, int, int, int, int]] = []
    for index, (tag, low, high, left, right) in enumerate(codes):
        inner = 0 < index < len(codes) - 1 and tag == "equal" and high - low < _SHORT
        kind = "replace" if inner or tag != "equal" else "equal"
        if operations and kind != "equal" and operations[-1][0] == "replace":
            _, first, _, start, _ = operations[-1]
            operations[-1] = ("replace", first, high, start, right)
        else:
            operations.append((kind, low, high, left, right))
    return operations


def units(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> tuple[str | None, str | None]:
    """Return the units of the parent without a counterpart in the child, and the child's without one in the parent.

    Units are the same where they have the same function (counterparts at two levels), groups where they stand for
    the same.
    """
    above, below = {_function(row) for row in parent}, {_function(row) for row in child}
    dropped = dict.fromkeys(str(row["surface"]) for row in parent if _function(row) not in below)
    added = dict.fromkeys(str(row["surface"]) for row in child if _function(row) not in above)
    return "、".join(dropped) or None, "、".join(added) or None


def _function(row: AnswerRow) -> tuple[Scalar, Scalar]:
    return (row["kind"], row["function"] or row["name"])


def date(parent: Mapping[str, Scalar], child: Mapping[str, Scalar]) -> str | None:
    """Return the change of the date: one of `date_changed`'s words, `kept`, or None where neither has one.

    >>> date({"deadline": "2022年底前", "end": "2022-12-31"}, {"deadline": "6月底前", "end": "2022-06-30"})
    'tightened'
    """
    above, below = parent.get("deadline"), child.get("deadline")
    if above is None or below is None:
        return None if above == below else "dropped" if below is None else "set"
    first, last = parent.get("end"), child.get("end")
    if first is None or last is None:
        return "kept" if first == last else "no_day" if last is None else "day_set"
    return "kept" if first == last else "tightened" if str(last) < str(first) else "relaxed"


def numbers(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> str | None:
    """Return the targets that differ, as `quantity: 120处 → 15处`; `–` stands for a side that has none."""
    pairs = paired(parent, child)
    matched = [id(match) for _, match in pairs]
    left = [one for one in child if one["value"] is not None and id(one) not in matched]
    changes = []
    for target, match in pairs:
        same = None if match else next((one for one in left if _same(target, one)), None)
        if same is not None:
            left = [one for one in left if one is not same]
            continue
        if match is None or _amount(match) != _amount(target):
            changes.append(f"{_counted(target)}: {_amount(target)} → {_amount(match) if match else '–'}")
    changes += [f"{_counted(one)}: – → {_amount(one)}" for one in left]
    return "; ".join(changes) or None


def target_dates(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> str | None:
    """Return the dates by which targets are to be met that differ, as `驿站: 2025-06-30 → 2025-09-30`."""
    moved = moved_targets(parent, child)
    found = [f"{_counted(one)}: {one['end'] or '–'} → {match['end'] or '–'}" for one, match in moved]
    return "; ".join(found) or None


def moved_targets(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> list[tuple[AnswerRow, AnswerRow]]:
    """Return each target of the parent beside the same of the child, where they are to be met by different dates.

    Targets are compared that count the same, where neither side has several that do: which would be which is not known.
    Of those that count nothing, one with a date on each side.
    """
    pairs = [
        (one, match)
        for one, match in paired(parent, child)
        if match and all(sum(_alike(one, other) for other in side) == 1 for side in (parent, child))
    ]
    plain = [[one for one in side if one["value"] is None and one["end"]] for side in (parent, child)]
    if all(len(side) == 1 for side in plain):
        pairs.append((plain[0][0], plain[1][0]))
    return [(one, match) for one, match in pairs if one["end"] != match["end"]]


def paired(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> list[tuple[AnswerRow, AnswerRow | None]]:
    """Return each target of the parent that has a number, with the one of the child that counts the same."""
    left = list(child)
    pairs: list[tuple[AnswerRow, AnswerRow | None]] = []
    for target in parent:
        if target["value"] is not None:
            match = next((one for one in left if _alike(target, one)), None)
            left = [one for one in left if one is not match]
            pairs.append((target, match))
    return pairs


def _counted(target: AnswerRow) -> Scalar:
    return target["quantity"] or target["text"]


def _alike(one: AnswerRow, other: AnswerRow) -> bool:
    if other["value"] is None or one["unit"] != other["unit"]:
        return False
    return one["quantity"] == other["quantity"] or not (one["quantity"] and other["quantity"])


def _same(one: AnswerRow, other: AnswerRow) -> bool:
    """Tell whether two targets say one number of what is nearly the same: `完成全市整治`, `基本完成全镇整治`."""
    if _amount(one) != _amount(other):
        return False
    return SequenceMatcher(None, str(_counted(one)), str(_counted(other)), autojunk=False).ratio() >= _ALIKE


def _amount(target: AnswerRow) -> str:
    value = target["value"]
    shown = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else f"{value:.0f}"
    return f"{shown}{target['unit'] or ''}"
