"""The two pictures a document may carry: the municipality's logo, and the mark of a draft."""

import warnings
from functools import lru_cache
from io import BytesIO

from django.utils.translation import gettext as _
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageOps

from partnerships.documents import DocumentRefusedError
from partnerships.pdf.characters import FONTS, printable

LOGO_FORMATS = ("PNG", "JPEG")
MAX_LOGO_PIXELS = 25_000_000
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
PRINTED_LOGO_SIZE = (1600, 1600)  # 78 mm at 500 dots per inch

PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # millimetres
MARK_LENGTH, MARK_MAX_SIZE, MARK_ANGLE = 190, 70, -54
MARK_COLOUR = "#eceff2"


@lru_cache(maxsize=32)
def printable_logo(content: bytes) -> bytes:
    """The logo as a PNG in RGB, at most as large as print needs.

    Rewriting it leaves behind colour spaces that an archival PDF refuses, and whatever else the
    file may hold. Raises DocumentRefusedError when it is no PNG or JPEG, or far too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _rewritten(content)
    except UNREADABLE as error:
        raise DocumentRefusedError(
            _("The logo cannot be read. Replace it by a PNG or JPEG of at most 25 megapixels.")
        ) from error


def _rewritten(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=LOGO_FORMATS) as source:
        if source.width * source.height > MAX_LOGO_PIXELS:
            raise ValueError("too many pixels")
        source.thumbnail(PRINTED_LOGO_SIZE)
        picture = ImageOps.exif_transpose(source)
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    target = BytesIO()
    picture.info.clear()
    picture.save(target, "PNG")
    return target.getvalue()


@lru_cache(maxsize=8)
def draft_mark(text: str) -> bytes:
    """A page-sized SVG with the text across it, as outlines: seen, but not in the way of the text."""
    with TTFont(FONTS / "HandlingSans-Semibold.ttf", lazy=True) as font:
        outlines, length = _outlines(font, printable(text))
        scale = min(MARK_LENGTH / length, MARK_MAX_SIZE / font["head"].unitsPerEm) if length else 0
        drop = font["OS/2"].sCapHeight / 2
    place = (
        f"translate({PAGE_WIDTH / 2} {PAGE_HEIGHT / 2}) rotate({MARK_ANGLE})"
        f" scale({scale:.5f}) translate({-length / 2} {drop})"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAGE_WIDTH} {PAGE_HEIGHT}">'
        f'<path transform="{place}" fill="{MARK_COLOUR}" d="{outlines}"/></svg>'
    ).encode()


def _outlines(font: TTFont, text: str) -> tuple[str, int]:
    """The path of a line of text in font units, y downwards, and its length."""
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen, length = SVGPathPen(glyphs), 0
    for character in text:
        glyph = glyphs[names.get(ord(character), ".notdef")]
        glyph.draw(TransformPen(pen, (1, 0, 0, -1, length, 0)))
        length += glyph.width
    return pen.getCommands(), length
