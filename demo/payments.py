"""Invented payments, to show what an import looks like: they come in as a file, like any other."""

import csv
from io import StringIO
from typing import Any

from demo.loader import DemoMunicipality, read
from payments.actions import begin_check, begin_import, check_batch, import_batch, upload_batch
from payments.models import PaymentSource

FILE = "invented_payments.yaml"
REASON = "Påhittat exempel"


def add_payments(demo: DemoMunicipality) -> None:
    """Add an invented agreement with its payments to a municipality of the demo."""
    facts = read(FILE)
    demo.reason = REASON
    demo.add(facts)
    source = demo.keep(PaymentSource(municipality=demo.municipality, **facts["source"]))
    batch = upload_batch(
        source, name=facts["file"], content=_ledger(facts), by=demo.officer, at=demo.at
    )
    check_batch(batch, run=begin_check(batch, by=demo.officer, at=demo.at), clock=lambda: demo.at)
    run = begin_import(batch, by=demo.officer, at=demo.at)
    import_batch(batch, run=run, by=demo.officer, clock=lambda: demo.at)


def _ledger(facts: dict[str, Any]) -> bytes:
    """The rows as finance systems write them: semicolons and Windows-1252."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(facts["headings"])
    writer.writerows(facts["rows"])
    return text.getvalue().encode("cp1252")
