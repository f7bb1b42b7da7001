"""`python -m bench.report_pdf`: a sector report of forty pages, printed as in the background, beside

* stock WeasyPrint on the same HTML, style sheets and charts, in the same run.

Its figures are computed, its file is archival and accessible, and it is stored. Both are medians,
warm, of the processor's time. Fails when a bound is exceeded.
"""

import os
import statistics
import sys
import tempfile
from io import BytesIO
from itertools import cycle
from pathlib import Path

import django
import pikepdf
from django.core.management import call_command
from django.utils.module_loading import import_string

from bench.stock import held, milliseconds, page_of, printed_by_stock, stock_style

FEWEST_PAGES, MOST_OVER_STOCK = 40, 1.3
ROUNDS = 5
PARAGRAPHS = (
    (
        "Kommunen samverkar med föreningar och stiftelser i hela staden. Under perioden har samtalen om "
        "mål, resurser och uppföljning blivit tätare, och flera parter beskriver att de nu vet vem de ska "
        "vända sig till. **Det påhittade exemplet** visar hur en längre text ser ut i rapporten."
    ),
    (
        "Fördelar som förvaltningarna nämner:\n\n* närhet till målgruppen\n* lång erfarenhet och ideella "
        "krafter\n* möjlighet att pröva arbetssätt som kommunen själv inte har"
    ),
    (
        "Nackdelar är att uppföljningen tar tid, att små parter är sårbara när enskilda personer slutar, "
        "och att det inte alltid går att jämföra insatserna med dem som upphandlas."
    ),
)


def main() -> int:
    """Measure on the demo's next edition, made long; 1 when a bound is exceeded."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "SECRET_KEY": "for-measuring-only-" + "0123456789" * 5,
            "MEDIA_ROOT": directory,
            "ALLOWED_HOSTS": "localhost",
        }
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{directory}/portal.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        return told(Path(directory))


def told(directory: Path) -> int:
    """Print what was measured on the demo that is loaded; 1 when a bound is exceeded."""
    pages, background, stock = _measured(directory)
    print(
        f"report of {pages} pages: background {background:.0f} ms, stock WeasyPrint {stock:.0f} ms"
    )
    if pages < FEWEST_PAGES:
        print(f"The report has fewer than {FEWEST_PAGES} pages.")
        return 1
    return held("report over stock WeasyPrint", background / stock, MOST_OVER_STOCK)


def _measured(directory: Path) -> tuple[int, float, float]:
    """The pages, and milliseconds of both, taken in turns so that both meet the same machine."""
    edition, document = _long_edition()
    html, style = _with_charts(document, directory), stock_style(document, directory)
    steps = (lambda: _printed(edition), lambda: printed_by_stock(html, style, directory))
    taken: list[list[float]] = [[] for _step in steps]
    for _round in range(ROUNDS):
        for times, step in zip(taken, steps, strict=True):
            times.append(milliseconds(step))
    with _printed(edition).file.open("rb") as file, pikepdf.open(BytesIO(file.read())) as pdf:
        pages = len(pdf.pages)
    background, stock = (statistics.median(times[1:]) for times in taken)
    return pages, background, stock


def _long_edition():
    """The demo's next edition with long sections, and the document that is made of it."""
    editions = import_string("report.models.Edition").objects
    edition = editions.get(year_from=2024)
    paragraphs = cycle(PARAGRAPHS)
    for section in edition.sections.all():
        heading = (f"### {section.heading}, del {number}" for number in range(1, 7))
        section.text = "\n\n".join(
            "\n\n".join([each, *(next(paragraphs) for _number in range(13))]) for each in heading
        )
        section.save()
    edition = editions.with_parts().get(pk=edition.pk)
    content = import_string("report.documents.content_of")(edition, at=_now())
    document = import_string("report.documents.report_document")
    return edition, document(edition, content, is_draft=False)


def _printed(edition):
    """The edition as the background prints it: asked for, computed, printed and stored."""
    user = import_string("accounts.models.User").objects.filter(is_active=True).first()
    rendering = import_string("report.actions.ask_for_print")(edition, by=user, at=_now())
    import_string("report.actions.print_edition")(rendering, clock=_now)
    rendering.refresh_from_db()
    if not rendering.file:
        sys.exit(f"The report is not printed: {rendering.problem}")
    return rendering


def _with_charts(document, directory: Path) -> str:
    """The document's HTML with its charts as files, for who knows nothing of the portal's addresses."""
    html = page_of(document)
    for block in document.charts:
        file = directory / f"{block.picture_name}.svg"
        file.write_text(block.chart.svg)
        html = html.replace(f"asset:{block.picture_name}", file.as_uri())
    return html


def _now():
    return import_string("django.utils.timezone.now")()


if __name__ == "__main__":
    sys.exit(main())
