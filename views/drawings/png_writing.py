"""SVG → PNG by resvg, in this process, with the fonts of this machine."""

from functools import cache

from graph.errors import UsageError
from views.drawings.drawn_picture import FONTS

_MOST_PIXELS = 120_000_000
_SHARP = 2.0
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" font-family="{fonts}">'
    '<text x="2" y="32" font-size="32">{sign}</text></svg>'
)


def png(svg: str, width: float, height: float) -> bytes:
    """Return a drawing of that size in pixels as PNG, twice as fine, less fine where it is very large.

    Raises:
        UsageError: this machine has no font with Chinese characters.
    """
    from resvg_py import svg_to_bytes

    if not has_chinese_font():
        raise UsageError(
            "no font with Chinese characters is installed here, so a PNG would show empty boxes;"
            " install one (Noto Sans CJK SC, WenQuanYi), or write .svg or .html"
        )
    zoom = min(_SHARP, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, background="#ffffff", sans_serif_family=_sans()))


@cache
def has_chinese_font() -> bool:
    """Tell whether two Chinese characters look different from each other: two missing ones look the same."""
    return len({_probe(sign) for sign in "政脉"}) == 2


def _probe(sign: str) -> bytes:
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=_PROBE.format(fonts=FONTS, sign=sign)))


def _sans() -> str:
    return "Noto Sans CJK SC"
