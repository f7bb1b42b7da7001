"""Invented sources, files and payments."""

import csv
import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import factory
from django.core.files.base import ContentFile
from openpyxl import Workbook

from payments.actions import (
    begin_check,
    begin_import,
    check_batch,
    import_batch,
    upload_batch,
)
from payments.models import ImportBatch, MatchedBy, Matching, MatchingRule, Payment, PaymentSource
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import MunicipalityFactory

AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
HEADINGS = [
    "Nyckel",
    "Datum",
    "Belopp",
    "Konto",
    "Mottagare",
    "Orgnr",
    "Diarienummer",
    "Text",
    "Återför",
]
COLUMNS = {
    "key": ["Nyckel"],
    "paid_on": "Datum",
    "amount": "Belopp",
    "account": "Konto",
    "payee_name": "Mottagare",
    "payee_number": "Orgnr",
    "reference": "Diarienummer",
    "text": "Text",
    "reversed_key": "Återför",
}
NUMBER = "802002-4280"


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PaymentSource

    class Params:
        sie = factory.Trait(kind=PaymentSource.Kind.SIE, accounts="45", columns={})

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Reskontran {n}")
    columns = COLUMNS


class BatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportBatch

    source = factory.SubFactory(SourceFactory)
    file = factory.LazyFunction(lambda: ContentFile(b"Nyckel;Datum;Belopp\r\n", name="x"))
    file_name = factory.Sequence(lambda n: f"utbetalningar-{n}.csv")
    size = 21
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    uploaded_at = AT
    uploaded_by = factory.SubFactory(
        UserFactory, municipality=factory.SelfAttribute("..source.municipality")
    )


class PaymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Payment

    class Params:
        on = factory.Trait(
            agreement=factory.SubFactory(AgreementFactory),
            matching=Matching.MATCHED,
            matched_by=MatchedBy.OFFICER,
        )

    source = factory.SubFactory(SourceFactory, municipality=factory.SelfAttribute("..municipality"))
    municipality = factory.SubFactory(MunicipalityFactory)
    batch = factory.SubFactory(BatchFactory, source=factory.SelfAttribute("..source"))
    row_number = 2
    external_key = factory.Sequence(str)
    paid_on = date(2026, 3, 31)
    amount = Decimal(1000)
    payee_name = "Föreningen Exempel"


def payment_on(agreement, **fields):
    """A payment that belongs to the agreement."""
    fields = {"matching": Matching.MATCHED, "matched_by": MatchedBy.OFFICER, **fields}
    return PaymentFactory(municipality=agreement.municipality, agreement=agreement, **fields)


class RuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MatchingRule

    municipality = factory.SubFactory(MunicipalityFactory)
    account = "4530"


def row(key, day="2026-03-31", amount="1 000,00", account="4530", **more):
    """One row of a file, by the names of HEADINGS."""
    values = {"Nyckel": key, "Datum": day, "Belopp": amount, "Konto": account, **more}
    return [values.get(heading, "") for heading in HEADINGS]


def csv_file(*rows, headings=HEADINGS, delimiter=";", encoding="utf-8-sig"):
    """The rows under the headings, as a finance system would export them."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(*rows, headings=HEADINGS):
    """The rows under the headings, as a workbook."""
    workbook, target = Workbook(), BytesIO()
    for position, cells in enumerate((headings, *rows), start=1):
        workbook.active.append(list(cells))
        for cell in workbook.active[position]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # text stays text, also when it begins as a formula does
    workbook.save(target)
    return target.getvalue()


def checked(source, content, *, by, name="fil.csv"):
    """The file uploaded and checked."""
    batch = upload_batch(source, name=name, content=content, by=by, at=AT)
    run = begin_check(batch, by=by, at=AT)
    check_batch(batch, run=run, clock=lambda: AT)
    batch.refresh_from_db()
    return batch


def imported(source, content, *, by, name="fil.csv"):
    """The file uploaded, checked and imported."""
    batch = checked(source, content, by=by, name=name)
    run = begin_import(batch, by=by, at=AT)
    import_batch(batch, run=run, by=by, clock=lambda: AT)
    batch.refresh_from_db()
    return batch


def codes(batch):
    """Row and code of each problem."""
    return [(problem["row"], problem["code"]) for problem in batch.problems]
