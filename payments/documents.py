"""The rows of exports and of the table of sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from organisations.models import Committee
from partnerships.export import Cell
from payments.models import Direction, Matching
from payments.models.payment import PaymentQuerySet

EXPORT_HEADINGS = (
    _("Date"),
    _("Direction"),
    _("Amount"),
    _("Payee"),
    _("Organisation number"),
    _("Agreement"),
    _("Diary number"),
    _("Kind"),
    _("Committee"),
    _("Matching"),
    _("Account"),
    _("Project"),
    _("Voucher"),
    _("Reference to the agreement"),
    _("Text"),
    _("Source"),
    _("Key in the source"),
    _("File"),
    _("Row in the file"),
)
EXPORTED = (
    "paid_on", "direction", "amount", "payee_name", "payee_number", "agreement__name",
    "agreement__diary_number", "agreement__kind", "agreement__committee__name", "matching", "account",
    "project", "voucher", "reference", "text", "source__name", "external_key", "batch__file_name",
    "row_number",
)  # fmt: skip
LABELS: dict[str, dict] = {
    "direction": dict(Direction.choices),
    "matching": dict(Matching.choices),
    "agreement__kind": dict(Agreement.Kind.choices),
}


def export_rows(payments: QuerySet) -> Iterator[list[Cell]]:
    """The payments, oldest first, under EXPORT_HEADINGS."""
    rows = payments.order_by("paid_on", "pk").values_list(*EXPORTED)
    worded = [(EXPORTED.index(name), labels) for name, labels in LABELS.items()]
    for values in rows.iterator(chunk_size=2000):
        row = list(values)
        for position, labels in worded:
            row[position] = str(labels.get(row[position], "")) or None
        yield row


@dataclass(frozen=True)
class TotalRow:
    """What was paid and received in a year on a committee's agreements of one kind.

    Payments that belong to no agreement have neither committee nor kind, but a row for each matching.
    """

    committee: Committee | None
    kind: str
    matching: Matching
    direction: Direction
    total: Decimal
    count: int

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(Agreement.Kind(self.kind).label) if self.kind else ""


def totals_of(payments: PaymentQuerySet, year: int) -> list[TotalRow]:
    """The year's sums by committee, kind and direction; what belongs to no agreement comes last."""
    by = ("agreement__committee", "agreement__kind", "matching", "direction")
    sums = list(payments.in_year(year).summed(*by))
    committees = Committee.objects.in_bulk([row[by[0]] for row in sums if row[by[0]]])
    rows = [
        TotalRow(
            committee=committees.get(row[by[0]]),
            kind=row[by[1]] or "",
            matching=Matching(row["matching"]),
            direction=Direction(row["direction"]),
            total=row["total"],
            count=row["count"],
        )
        for row in sums
    ]
    return sorted(rows, key=lambda row: (row.committee is None, str(row.committee), row.kind))


def years_with_payments(payments: QuerySet) -> list[int]:
    """The years in which anything was paid, newest first."""
    days: list[date] = list(payments.dates("paid_on", "year", order="DESC"))
    return [day.year for day in days]
