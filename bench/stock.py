"""Stock WeasyPrint on the HTML and style sheets of one of the portal's documents, to compare with.

It has woff2 faces and keeps nothing between two renderings.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from string import Template

from django.utils.module_loading import import_string
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML

FACE = re.compile(r'url\("?asset:([\w-]+)\.ttf"?\)')


def printed_by_stock(html: str, style: str, directory: Path) -> bytes:
    """The PDF that WeasyPrint makes by itself."""
    style_sheet = CSS(string=style, base_url=str(directory))
    document = HTML(string=html, base_url=str(directory))
    return document.write_pdf(pdf_variant="pdf/a-3a", stylesheets=[style_sheet])


def page_of(document) -> str:
    """The HTML that the portal prints of the document."""
    render = import_string("django.template.loader.render_to_string")
    return render("documents/document.html", {"document": document, "is_printed": True})


def stock_style(document, directory: Path) -> str:
    """The document's style sheets in one, with faces of the web's kind in the directory."""
    engine = import_string("partnerships.pdf.engine.ASSETS")
    letterhead = Template((engine / "letterhead.css").read_text())
    colours = {"colour": document.letterhead_colour, "ink": document.letterhead_colour}
    css = (engine / "print.css").read_text() + letterhead.substitute(colours)
    for name in set(FACE.findall(css)):
        with TTFont(engine / "fonts" / f"{name}.ttf") as font:
            font.flavor = "woff2"
            font.save(directory / f"{name}.woff2")
    return FACE.sub(rf'url("{directory.as_uri()}/\1.woff2")', css)


def milliseconds(step: Callable[[], object]) -> float:
    """What one call takes of the processor."""
    started = time.process_time()
    step()
    return (time.process_time() - started) * 1000


def held(what: str, ratio: float, bound: float) -> int:
    """Print the ratio against its bound; 1 when it is exceeded."""
    print(f"{what}: {ratio:.2f} (at most {bound:g}) {'held' if ratio <= bound else 'EXCEEDED'}")
    return int(ratio > bound)
