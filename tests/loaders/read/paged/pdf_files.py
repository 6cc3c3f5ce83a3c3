"""Small PDFs made by hand: words at places, rules, pictures; a font that every reader of PDF knows and none is embedded."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

WIDE, HIGH = 595, 842
EM = 16
LEFT, TOP, PITCH = 80, 100, 28
FULL = 27
"""So many signs of 16 points fill a line from the left edge."""


def words(x: float, top: float, text: str, size: float = EM, spread: float = 0) -> str:
    """Return the marks that print a line whose upper edge is `top`, its letters `spread` points apart."""
    # Letters alone have a font that every PDFium carries: of one that the system lacks it passes over a single digit.
    font, code = ("F2", text.encode().hex()) if text.isascii() else ("F1", text.encode("utf-16-be").hex())
    return f"BT /{font} {size} Tf {spread} Tc 1 0 0 1 {x} {HIGH - top - 0.88 * size:.2f} Tm <{code}> Tj ET"


def broken(text: str, indent: int = 2) -> Iterator[tuple[float, str]]:
    """Yield the lines of a paragraph that is broken where a line is full, each with where it begins; the first is indented."""
    room = FULL - indent
    yield LEFT + indent * EM, text[:room]
    for at in range(room, len(text), FULL):
        yield LEFT, text[at : at + FULL]


def paragraph(top: float, text: str, *, indent: int = 2) -> list[str]:
    """Return the marks of a paragraph."""
    return [words(x, top + at * PITCH, line) for at, (x, line) in enumerate(broken(text, indent))]


def rule(x0: float, top: float, x1: float, bottom: float) -> str:
    """Return the marks that draw a line."""
    return f"{x0} {HIGH - top} m {x1} {HIGH - bottom} l S"


def grid(xs: list[float], ys: list[float]) -> list[str]:
    """Return the marks of a grid with rules at all these places."""
    across = [rule(xs[0], y, xs[-1], y) for y in ys]
    return across + [rule(x, ys[0], x, ys[-1]) for x in xs]


PICTURE = "q 400 0 0 400 80 200 cm /Im1 Do Q"


@dataclass(frozen=True)
class Page:
    """The marks of one page; it may be shown turned by so many degrees."""

    marks: list[str]
    turned: int = 0


def pdf(*pages: list[str] | Page, locked: bool = False) -> bytes:
    """Return a PDF of pages; a locked one asks for a password."""
    made = [page if isinstance(page, Page) else Page(page) for page in pages]
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(made)))
    bodies = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(made)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        4: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>",
        5: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
        7: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 32 /LastChar 126 /Widths ["
        + b"500 " * 95
        + b"] /FontDescriptor 8 0 R >>",
        8: b"<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
        6: stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        ),
    }
    for at, page in enumerate(made):
        bodies[10 + 2 * at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Rotate {page.turned} /Contents {11 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 7 0 R >> /XObject << /Im1 6 0 R >> >> >>"
        ).encode()
        bodies[11 + 2 * at] = stream("\n".join(page.marks).encode())
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >> /ID [<00> <00>]"
    return written(bodies, lock if locked else "")


def stream(data: bytes, words_of_it: str = "") -> bytes:
    """Return a packed stream."""
    packed = zlib.compress(data, 9)
    return (
        f"<< {words_of_it} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"
    )


def written(bodies: dict[int, bytes], trailer: str = "") -> bytes:
    """Return the file that holds these objects."""
    data = bytearray(b"%PDF-1.5\n")
    places = {}
    for number, body in sorted(bodies.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start, size = len(data), max(bodies) + 1
    rows = (f"{places[at]:010} 00000 n \n" if at in places else "0000000000 65535 f \n" for at in range(size))
    data += f"xref\n0 {size}\n".encode() + "".join(rows).encode()
    return bytes(data) + f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
