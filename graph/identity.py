"""Keys that parse and print: every id of ours is a `key`, made of few, raw, stable parts (design: The graph, Rules)."""

import re
from dataclasses import dataclass

from graph.errors import RecordError
from graph.numerals import printed_number
from graph.text import bare, squeeze

_YEAR = re.compile(r"〔((?:19|20)\d\d)〕")
OF_DOCUMENT = "document:"
"""How the key of a policy begins that is known by its document alone."""


def normal_doc_number(printed: str) -> str | None:
    """Return a document number in its one normal form, or None where it does not read as one; blanks may stand anywhere.

    >>> normal_doc_number("浙政发[2018] 16 号")
    '浙政发〔2018〕16号'
    >>> normal_doc_number("国令第706号") is None
    True
    """
    return printed_number(squeeze(printed))


def number_year(number: str | None) -> int | None:
    """Return the year that a document number in its normal form prints, None where it is none.

    >>> number_year("甬政发〔2018〕56号"), number_year("GB/T1-2020")
    (2018, None)
    """
    match = _YEAR.search(number) if number else None
    return int(match[1]) if match else None


def normal_title(title: str) -> str:
    """Return a policy's title as its key holds it: folded, without blanks, punctuation and 《》.

    >>> normal_title("政府“两强三提高”建设行动计划(2018—2022年)")
    '政府两强三提高建设行动计划20182022年'
    """
    return bare(title)


@dataclass(frozen=True, slots=True, order=True)
class TaskKey:
    """The key of a task: its document's name and its path there.

    >>> TaskKey.parse("shuzi-jingji/national/2.3.2")
    TaskKey(document='shuzi-jingji/national', path='2.3.2')
    """

    document: str
    path: str

    @classmethod
    def parse(cls, text: str) -> "TaskKey":
        """Return the key that `text` prints; the path is what stands behind the last slash.

        Raises:
            RecordError: there is no slash, or nothing on one side of it.
        """
        document, slash, path = text.rpartition("/")
        if not (slash and document and path):
            raise RecordError("{text!r} is not a task key; it reads DOCUMENT/PATH, such as zhenhai/2.3.2", text=text)
        return cls(document, path)

    def __str__(self) -> str:
        """Return the key as it is written in every store and format."""
        return f"{self.document}/{self.path}"


def policy_key(doc_number: str | None, place: str | None, title: str | None, document: str) -> str:
    """Return a policy's key: number in normal form, else place and normal title, else the document that says it.

    `place` is a jurisdiction's key; without a place a title alone tells nothing (every city has a 实施方案), so the
    document's name stands in for it, and so it does where there is no title: a place alone is no policy.

    >>> policy_key("甬政发(2018)56号", None, None, "x")
    '甬政发〔2018〕56号'
    >>> policy_key(None, "330000", "关于推进试点的意见", "x")
    '330000:关于推进试点的意见'
    >>> policy_key(None, "330000", None, "x")
    'document:x'
    """
    if doc_number:
        return normal_doc_number(doc_number) or squeeze(doc_number)
    words = normal_title(title or "")
    return f"{place or document}:{words}" if words else f"{OF_DOCUMENT}{document}"


def link_key(kind: str, source: str, target: str, order: int | None = None) -> str:
    """Return the key of a link; `order` tells apart two links of one kind between the same two nodes.

    >>> link_key("ASSIGNED_TO", "zhenhai/2.2.3", "330211:法制办", 2)
    'ASSIGNED_TO zhenhai/2.2.3 -> 330211:法制办 #2'
    """
    return f"{kind} {source} -> {target}" + (f" #{order}" if order is not None else "")
