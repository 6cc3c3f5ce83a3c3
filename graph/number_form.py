"""The form of a document number (发文字号): agency word, year in brackets, running number, 号.

It stands here once: as documents print it, as people type it, and as keys hold it. Nothing here folds the script, which
takes a library to start.
"""

import re
import unicodedata

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_RUNNING = r"第?(?P<number>\d{1,5})"
# Brackets of any kind, also mixed.
_PRINTED = re.compile(rf"^(?P<agency>.{{1,40}}?)[〔\[(【{{<]?{_YEAR}[〕\])】}}>]?{_RUNNING}号$")
_OPEN = "〔[(【{<"
# A person may leave out the brackets and 号.
_TYPED = re.compile(rf"^(?P<agency>[^〔〕\d]{{1,40}})〔?{_YEAR}〕?{_RUNNING}号?$")
_BRACKETS = str.maketrans("﹝﹞[]()【】{}<>〈〉號", "〔〕" * 7 + "号")


def printed_number(squeezed: str) -> str | None:
    """Return the number that folded text without blanks prints, in its normal form; None where it is none.

    >>> printed_number("浙政发[2018]16号"), printed_number("国令第706号")
    ('浙政发〔2018〕16号', None)
    """
    match = _PRINTED.match(squeezed)
    return _normal(match["agency"].rstrip(_OPEN), match) if match else None


def typed_number(text: str) -> str | None:
    """Return the number that a person typed, in its normal form, whatever brackets and blanks it has; None if it is none.

    >>> typed_number("澜政发[2019] 16号"), typed_number("澜政发2019 16"), typed_number("2019年工作要点")
    ('澜政发〔2019〕16号', '澜政发〔2019〕16号', None)
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_BRACKETS)
    match = _TYPED.match(plain)
    return _normal(match["agency"], match) if match else None


def _normal(agency: str, match: re.Match[str]) -> str | None:
    return f"{agency}〔{match['year']}〕{int(match['number'])}号" if agency else None
