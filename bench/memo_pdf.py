"""`python -m bench.memo_pdf`: a draft memo as PDF, from the click to the bytes, in one run beside

* the rendering step alone, of the same document in the same process;

and the same memo as it is issued beside

* stock WeasyPrint on the same HTML and style sheets: `HTML(string=…).write_pdf(pdf_variant="pdf/a-3a")`
  with woff2 faces and nothing kept between two renderings.

Both are medians, warm, of the processor's time. Fails when a bound is exceeded.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from django.utils.module_loading import import_string

from bench.stock import held, milliseconds, page_of, printed_by_stock, stock_style

MOST_OVER_RENDERING, MOST_OVER_STOCK = 1.3, 0.55
ROUNDS = 15
EMAIL = "handlaggare@linkoping.example"


def main() -> int:
    """Measure on the demo's memos; 1 when a bound is exceeded."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "SECRET_KEY": "for-measuring-only-" + "0123456789" * 5,
            "MEDIA_ROOT": directory,
            "ALLOWED_HOSTS": "testserver",
        }
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{directory}/portal.sqlite3")
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
        held("click to bytes over rendering alone", click / rendering, MOST_OVER_RENDERING),
        held("warm over stock WeasyPrint", issued / stock, MOST_OVER_STOCK),
    )


def _measured(directory: Path) -> list[float]:
    """Milliseconds of the four, taken in turns so that all meet the same machine."""
    client, url, draft, document = _memo()
    render_pdf = import_string("partnerships.pdf.render_pdf")
    html, style = page_of(document), stock_style(document, directory)

    answer = client.get(url)
    if answer["Content-Type"] != "application/pdf":
        sys.exit(f"{url} answers {answer.status_code}.")
    steps = (
        lambda: client.get(url),
        lambda: render_pdf(draft),
        lambda: render_pdf(document),
        lambda: printed_by_stock(html, style, directory),
    )
    taken: list[list[float]] = [[] for _step in steps]
    for _round in range(ROUNDS):
        for times, step in zip(taken, steps, strict=True):
            times.append(milliseconds(step))
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


if __name__ == "__main__":
    sys.exit(main())
