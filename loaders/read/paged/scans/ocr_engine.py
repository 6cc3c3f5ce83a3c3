"""The words of a picture, as RapidOCR reads them: its models come in its own package, and nothing is fetched.

It is an extra: without it pictures are named, not read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

WHAT_TO_INSTALL = "pip install 'zhengmai[ocr]'"
"""What makes pictures readable."""
# The point behind a number at the beginning of a line is read as a dot in the middle; no item begins with one.
# Before a digit and a unit it is the point of a number; 3·15 without one is a day.
_POINT = re.compile(
    r"(?<=^[0-9])[·・•](?=\D)|(?<=^[0-9]{2})[·・•](?=\D)"
    r"|(?<=[0-9])[·・•](?=[0-9]{1,3}[%％‰万亿倍元吨米兆个份平公千人家户])"
)


@dataclass(frozen=True, slots=True)
class OcrLine:
    """One line that was read: its words, its four corners in dots from the upper left, how sure it is, in [0, 1]."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float


class _Work:
    """What is told of the work: before the first page, and before each."""

    begin: Callable[[], None] = staticmethod(lambda: None)
    go_on: Callable[[], None] = staticmethod(lambda: None)


def tell(begin: Callable[[], None], go_on: Callable[[], None]) -> None:
    """Have a function called before the models are loaded, and one before each picture: the work takes its time."""
    _Work.begin, _Work.go_on = staticmethod(begin), staticmethod(go_on)


@cache
def ocr_version() -> str:
    """Return the version of the program that reads pictures, empty where it is not installed."""
    try:
        return version("rapidocr") if find_spec("onnxruntime") and find_spec("rapidocr") else ""
    except PackageNotFoundError:
        return ""


def lines_in(picture: Any) -> list[OcrLine]:  # noqa: ANN401 - of a library that need not be there
    """Return the lines of a picture (rows of dots of three colours), from the top down."""
    engine = _engine()
    _Work.go_on()
    found = engine(picture)
    if found.boxes is None or found.txts is None:
        return []
    return [
        OcrLine(_POINT.sub(".", str(text)), tuple((float(x), float(y)) for x, y in box), float(sure))
        for box, text, sure in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


@cache
def _engine() -> Any:  # noqa: ANN401 - as above
    _Work.begin()
    from rapidocr import RapidOCR

    # One thread: a build reads several files at once. No line is left out for being unsure; that is told of each.
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            # Its look at each line for one upside down turns whole ones over.
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
