"""`python -m bench.memo_pdf`: a draft memo as PDF, from the click to the bytes, in one run beside

* the rendering step alone, of the same document in the same process;

and the same memo as it is issued beside

* stock WeasyPrint on the same HTML and style sheets: `HTML(string=…).write_pdf(pdf_variant="pdf/a-3a")`
  with woff2 faces and nothing kept between two renderings.

Both are medians, warm, of the processor's time. Fails when a bound is exceeded.
"""

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from string import Template

import django
from django.core.management import call_command
from django.utils.module_loading import import_string
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML

MOST_OVER_RENDERING, MOST_OVER_STOCK = 1.3, 0.55
ROUNDS = 15
EMAIL = "handlaggare@linkoping.example"
FACE = re.compile(r'url\("?asset:([\w-]+)\.ttf"?\)')


def main() -> int:
    """Measure on the demo's memos; 1 when a bound is exceeded."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "SECRET_KEY": "for-measuring-only-" + "0123456789" * 5,
            "DATABASE_URL": f"sqlite:///{directory}/portal.sqlite3",
            "MEDIA_ROOT": directory,
            "ALLOWED_HOSTS": "testserver",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        return told(Path(directory))


def told(directory: Path) -> int:
    """Print what was measured on the demo that is loaded; 1 when a bound is exceeded."""
    click, rendering, issued, stock = _measured(directory)
    print(f"draft: click to bytes {click:.0f} ms, rendering alone {rendering:.0f} ms")
    print(f"as issued: {issued:.0f} ms, stock WeasyPrint {stock:.0f} ms")
    return max(
        _held("click to bytes over rendering alone", click / rendering, MOST_OVER_RENDERING),
        _held("warm over stock WeasyPrint", issued / stock, MOST_OVER_STOCK),
    )


def _measured(directory: Path) -> list[float]:
    """Milliseconds of the four, taken in turns so that all meet the same machine."""
    client, url, draft, document = _memo()
    render_pdf = import_string("partnerships.pdf.render_pdf")
    html, style = _page_of(document), _stock_style(document, directory)

    def stock() -> None:
        HTML(string=html, base_url=str(directory)).write_pdf(
            pdf_variant="pdf/a-3a", stylesheets=[CSS(string=style, base_url=str(directory))]
        )

    answer = client.get(url)
    if answer["Content-Type"] != "application/pdf":
        sys.exit(f"{url} answers {answer.status_code}.")
    steps = (
        lambda: client.get(url),
        lambda: render_pdf(draft),
        lambda: render_pdf(document),
        stock,
    )
    taken: list[list[float]] = [[] for _step in steps]
    for _round in range(ROUNDS):
        for times, step in zip(taken, steps, strict=True):
            times.append(_milliseconds(step))
    return [statistics.median(times[1:]) for times in taken]


def _memo():
    """An officer's client, the address of a draft with tables, the draft, and the memo as issued."""
    client = import_string("django.test.Client")(SERVER_NAME="localhost")
    memos = import_string("memos.models.Memo").objects
    user = import_string("accounts.models.User").objects.get(email=EMAIL)
    client.force_login(user)
    memo = memos.get(agreement__name="Hoppfull framtid")
    correct, at = (
        import_string("memos.actions.correct_memo"),
        import_string("django.utils.timezone.now"),
    )
    correct(memo, by=user, at=at(), reason="For measuring")
    memo = memos.with_parts().get(pk=memo.pk)
    document = import_string("memos.documents.memo_document")
    return client, f"/memos/{memo.pk}/pdf/", document(memo), document(memo, issued_at=at())


def _page_of(document) -> str:
    render = import_string("django.template.loader.render_to_string")
    return render("documents/document.html", {"document": document, "is_printed": True})


def _stock_style(document, directory: Path) -> str:
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


def _milliseconds(step: Callable[[], object]) -> float:
    started = time.process_time()
    step()
    return (time.process_time() - started) * 1000


def _held(what: str, ratio: float, bound: float) -> int:
    print(f"{what}: {ratio:.2f} (at most {bound:g}) {'held' if ratio <= bound else 'EXCEEDED'}")
    return int(ratio > bound)


if __name__ == "__main__":
    sys.exit(main())
