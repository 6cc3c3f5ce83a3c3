"""RTF out of words and of the format's own words of control."""

HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 MingLiU;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2\outlinelevel1 Anything;}}"
    r"{\info{\title no text}}"
)


def rtf(*blocks: str) -> bytes:
    """Return a file of paragraphs; a backslash or a brace in a block is one of the format."""
    return HEAD.encode() + b"".join(coded(one) + rb"\par " for one in blocks) + b"}"


def coded(block: str) -> bytes:
    """Return a block with its signs beyond ASCII as bytes of GBK in hexadecimal digits."""
    return b"".join(
        one.encode() if one.isascii() else b"".join(b"\\'%02x" % code for code in one.encode("gb18030"))
        for one in block
    )


def row(cells: list[str], marks: dict[int, str] | None = None, edges: list[int] | None = None) -> str:
    """Return a row of a table; `marks` are words of control before the edge of a cell, by its number."""
    ends = edges or [2000 * (at + 1) for at in range(len(cells))]
    formed = "".join(f"{(marks or {}).get(at, '')}\\cellx{end}" for at, end in enumerate(ends))
    return rf"\trowd{formed}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row\pard "
