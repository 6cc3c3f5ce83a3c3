"""Pictures of pages given as such, read by OCR where it is installed."""

from loaders.read.document import Document
from loaders.read.paged.paged_document import paged_document
from loaders.read.paged.scans.ocr_engine import ocr_version
from loaders.read.paged.scans.picture_pages import pages_of
from loaders.read.refusals import unread


class PictureReader:
    """Reads PNG, JPEG, TIFF, GIF and BMP; each of its lines says how sure it is."""

    # Without what reads them, pictures are no documents that a build finds in a folder.
    suffixes: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp") if ocr_version() else ()
    formats: tuple[str, ...] = ("image",)
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document of the words in the pictures of a file.

        Raises:
            InputError: nothing reads pictures here, the file is damaged, or no words are in it.
        """
        if not ocr_version():
            raise unread(where, "image")
        return paged_document(
            pages_of(data, where), name=name, data=data, where=where, media_type="image", title_hint=None
        )
