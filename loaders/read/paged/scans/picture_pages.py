"""A file with pictures (PNG, JPEG, TIFF, BMP) as rows of dots, and as pages."""

import io
from collections.abc import Iterator
from typing import Any

from graph.errors import InputError
from loaders.read import limits
from loaders.read.paged.page_content import PageContent
from loaders.read.paged.scans.scanned_page import put_words
from loaders.read.refusals import damaged

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
# A sheet of A4 in points; what a picture says of its own size is seldom true.
_SHORT, _LONG = 595.0, 842.0


def pictures_in(data: bytes, where: str) -> Iterator[Any]:
    """Yield the pictures of a file as rows of dots of three colours, upright as the file says.

    Raises:
        InputError: it is damaged, or has more dots or pages than are read.
    """
    import numpy
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        file = Image.open(io.BytesIO(data), formats=_FORMATS)
        count = getattr(file, "n_frames", 1)
        if count > limits.PAGES:
            raise InputError(
                "{where}: has {count:,} pages, over the limit of {most:,}; split the file",
                where=where,
                count=count,
                most=limits.PAGES,
            )
        for at in range(count):
            file.seek(at)
            if file.width * file.height > limits.PIXELS:
                raise InputError(
                    "{where}: a picture of more than {most:,} dots; make it smaller", where=where, most=limits.PIXELS
                )
            yield numpy.asarray(ImageOps.exif_transpose(file).convert("RGB"))
    except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError, TypeError, IndexError) as error:
        raise damaged(where) from error


def pages_of(data: bytes, where: str) -> Iterator[PageContent]:
    """Yield a page for each picture of a file, with its words."""
    for number, picture in enumerate(pictures_in(data, where), 1):
        high, wide = picture.shape[:2]
        width = _SHORT if high >= wide else _LONG
        page = PageContent(number, width, width * high / max(wide, 1), pictures=1)
        put_words(page, picture, (0.0, 0.0, page.width, page.height))
        yield page
