"""`[tools/with_postgres.py] python -m bench.payment_import [ROWS]`: a file of payments, from upload to rows.

The file is uploaded, checked row by row and imported with its matching, as the officer and the
background do it. Fails when it takes more than a minute, or when a sum is not that of the file.
"""

import os
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal

import django
from django.core.management import call_command
from django.utils.module_loading import import_string

MOST_SECONDS = 60
ROWS = 100_000
HEADINGS = "Verifikat;Rad;Betaldatum;Belopp;Konto;Projekt;Leverantör;Orgnr;Er referens;Text"


def main(rows: int) -> int:
    """Measure on the demo's source of payments; 1 when the bound is exceeded."""
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
        return told(rows)


def told(rows: int) -> int:
    """Print what was measured on the demo that is loaded."""
    vendor = import_string("django.db.connection").vendor
    content, total = _file(rows)
    started = time.perf_counter()
    batch, steps = _imported(content)
    seconds = time.perf_counter() - started
    found = list(batch.payments.values_list("amount", flat=True))
    if len(found) != rows or sum(found) != total:
        sys.exit(
            f"The file has {rows} rows of {total} kr, the register {len(found)} of {sum(found)}."
        )
    held = seconds <= MOST_SECONDS
    print(
        f"{rows:,} payments imported in {seconds:.1f} s on {vendor}, progress told {steps} times "
        f"(at most {MOST_SECONDS} s) {'held' if held else 'EXCEEDED'}"
    )
    return int(not held)


def _file(rows: int) -> tuple[bytes, Decimal]:
    """An export of the finance system: half of it to a known payee, every fiftieth row paid back."""
    lines, total = [HEADINGS], Decimal(0)
    for number in range(1, rows + 1):
        day = date(2024, 1, 1) + timedelta(days=number % 700)
        amount = Decimal(-500 if number % 50 == 0 else 1000 + number % 997) + Decimal("0.25")
        total += amount
        payee = ("Föreningen Påhittad Gemenskap", "899999-0016") if number % 2 else ("Påhittad", "")
        lines.append(
            f"B{number};1;{day};{str(amount).replace('.', ',')};4530;P{number % 7};{payee[0]};{payee[1]};;Bidrag"
        )
    return "\r\n".join(lines).encode("cp1252"), total


def _imported(content: bytes):
    """The batch as it was imported, and how many times its progress was told."""
    upload, begin_check, check, begin_import, run_import = (
        import_string(f"payments.actions.{name}")
        for name in ("upload_batch", "begin_check", "check_batch", "begin_import", "import_batch")
    )
    now = import_string("django.utils.timezone.now")
    source = import_string("payments.models.PaymentSource").objects.get()
    by = import_string("accounts.models.User").objects.filter(municipality=source.municipality)[0]
    told = 0

    def clock():
        nonlocal told
        told += 1
        return now()

    batch = upload(source, name="stor.csv", content=content, by=by, at=now())
    check(batch, run=begin_check(batch, by=by, at=now()), clock=clock)
    batch.refresh_from_db()
    if batch.problems:
        sys.exit(f"The file has problems: {batch.problems[:3]}")
    run_import(batch, run=begin_import(batch, by=by, at=now()), by=by, clock=clock)
    batch.refresh_from_db()
    return batch, told


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
