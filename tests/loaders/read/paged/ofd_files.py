"""Small OFDs made by hand: words at places in millimetres, rules, templates, annotations and seals."""

from tests.loaders.read.office.docx_files import zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6
LEFT, FULL = 28.0, 27


def words(x: float, top: float, text: str, size: float = SIZE, *, more: str = "") -> str:
    """Return the object that prints a line whose letters begin at `top`."""
    steps = f"g {len(text) - 1} {size}" if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {top} 150 {size}" Size="{size}" Font="1" {more}>'
        f'<ofd:TextCode X="0" Y="{0.88 * size:.3f}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x0: float, top: float, x1: float, bottom: float) -> str:
    """Return the object that draws a line."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {top} {x1 - x0} {bottom - top}">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {bottom - top}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(xs: list[float], ys: list[float]) -> str:
    """Return the objects that draw a grid with rules at all these places."""
    across = "".join(rule(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(rule(x, ys[0], x, ys[-1]) for x in xs)


PICTURE = '<ofd:ImageObject ID="7" Boundary="10 10 190 270" ResourceID="6"/>'


def layer(*objects: str, template: str = "") -> str:
    """Return the content of a page, over a template where one is named."""
    under = f'<ofd:Template TemplateID="{template}"/>' if template else ""
    inside = f'<ofd:Layer ID="2">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {SPACE}>{under}<ofd:Content>{inside}</ofd:Content></ofd:Page>"


def sealed(name: str) -> tuple[dict[str, str | bytes], str]:
    """Return the parts of a seal of this name, and what names them in the file."""
    words_of_it = name.encode()
    value = bytes([0x30, len(words_of_it) + 7, 0x16, 3, *b"abc", 0x0C, len(words_of_it)]) + words_of_it
    listed = '<ofd:Signature ID="1" BaseLoc="One/Signature.xml"/>'
    parts: dict[str, str | bytes] = {
        "Doc_0/S/All.xml": f"<ofd:Signatures {SPACE}>{listed}</ofd:Signatures>",
        "Doc_0/S/One/Signature.xml": f"<ofd:Signature {SPACE}><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:Signature>",
        "Doc_0/S/One/Seal.esl": value,
    }
    return parts, "<ofd:Signatures>Doc_0/S/All.xml</ofd:Signatures>"


def ofd(
    *pages: str, parts: dict[str, str | bytes] | None = None, common: str = "", more: str = "", body: str = ""
) -> bytes:
    """Return an OFD of page contents; `common`, `more` and `body` stand in its document and in what names that."""
    listed = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    held: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>{common}{area}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>",
    }
    held |= {f"Doc_0/Pages/Page_{at}/Content.xml": page for at, page in enumerate(pages)}
    return zipped(held | (parts or {}))


def pictured(picture: bytes) -> bytes:
    """Return an OFD of one page that a picture fills."""
    whole = '<ofd:ImageObject ID="7" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="6"/>'
    media = '<ofd:MultiMedia ID="6" Type="Image"><ofd:MediaFile>page.png</ofd:MediaFile></ofd:MultiMedia>'
    parts: dict[str, str | bytes] = {
        "Doc_0/DocumentRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
        "Doc_0/Res/page.png": picture,
    }
    return ofd(layer(whole), parts=parts, common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
