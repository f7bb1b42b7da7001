"""WeasyPrint, with its fonts and style sheets kept for the life of the process.

Fonts are read and styles parsed once; that is what makes a memo a matter of a tenth of a second.
Pango is not thread-safe, so that documents are printed one at a time.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from string import Template
from threading import Lock

from django.utils.translation import gettext as _
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from partnerships.documents import Attachment, DocumentRefusedError
from partnerships.pdf.characters import FONTS
from partnerships.pdf.finish import embedded_files, finish

# WeasyPrint lets the whole process take pictures that are cut short. Here they are refused.
ImageFile.LOAD_TRUNCATED_IMAGES = False

ASSETS = FONTS.parent
BASE_URL = "asset:"
FACES = frozenset(path.name for path in FONTS.glob("*.ttf"))

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
INK = "#14181c"
READABLE_CONTRAST = 4.5  # WCAG 2.1, 1.4.3

Pictures = Mapping[str, tuple[bytes, str]]

_one_at_a_time = Lock()


class BundledFetcher(URLFetcher):
    """Knows the bundled fonts and the document's own pictures; every other address is refused."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(BASE_URL)
        if url.startswith(BASE_URL) and name in self.pictures:
            content, mime_type = self.pictures[name]
            return URLFetcherResponse(url, content, {"Content-Type": mime_type})
        if url.startswith(BASE_URL) and name in FACES:
            content = (FONTS / name).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})
        raise FatalURLFetchingError(f"A document may not fetch {url!r}")


class StandardColours(ColorProfile):
    """What the numbers of a colour mean (sRGB), which an archival file says, in the same bytes always."""

    def __init__(self, profile: bytes) -> None:
        super().__init__(
            BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
        )
        self.profile = profile

    @property
    def content(self) -> bytes:
        return self.profile


def print_html(
    html: str,
    *,
    colour: str,
    sheets: Sequence[str],
    pictures: Pictures,
    attachments: Sequence[Attachment],
    moment: datetime,
) -> bytes:
    """Lay out a page of ours and make it PDF/A-3a and PDF/UA-1. `moment` dates the attachments.

    `sheets` are laid over the common style sheet, in order.
    """
    with _one_at_a_time:
        try:
            page = HTML(string=html, base_url=BASE_URL, url_fetcher=BundledFetcher(pictures))
            return page.write_pdf(
                pdf_variant="pdf/a-3a",
                color_profiles={"paper": _colours()},
                output_intent="paper",
                font_config=_fonts(),
                stylesheets=_style_sheets(colour, sheets),
                attachments=embedded_files(attachments, moment),
                finisher=finish,
            )
        except FatalURLFetchingError as error:
            raise DocumentRefusedError(
                _("The document refers to something outside itself and cannot be printed.")
            ) from error
        except RecursionError as error:
            raise DocumentRefusedError(
                _("The text is nested too deeply to be printed. Use fewer lists inside lists.")
            ) from error


@cache
def _fonts() -> FontConfiguration:
    """The bundled fonts and none of the machine's, so that every machine prints the same."""
    with _environment("FONTCONFIG_FILE", str(FONTS / "fonts.conf")):
        return FontConfiguration()


@cache
def _colours() -> StandardColours:
    return StandardColours((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _style_sheets(colour: str, sheets: Sequence[str]) -> list[CSS]:
    over = (_style_sheet(name) for name in sheets)
    return [_style_sheet("print.css"), _letterhead(colour), *over]


@cache
def _style_sheet(name: str) -> CSS:
    return _parsed((ASSETS / name).read_text())


@lru_cache(maxsize=64)
def _letterhead(colour: str) -> CSS:
    """The municipality's colour; text that it would make too pale to read stays dark."""
    if not COLOUR.fullmatch(colour):
        raise DocumentRefusedError(_("The letterhead colour must be written as #rrggbb."))
    ink = colour if _contrast_to_white(colour) >= READABLE_CONTRAST else INK
    css = Template((ASSETS / "letterhead.css").read_text())
    return _parsed(css.substitute(colour=colour, ink=ink))


def _parsed(css: str) -> CSS:
    return CSS(string=css, base_url=BASE_URL, url_fetcher=BundledFetcher({}), font_config=_fonts())


def _contrast_to_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.1 between the colour and white paper."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
