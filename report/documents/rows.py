"""The rows behind a figure, for the page and for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Contribution
from followups.models import Indicator
from organisations.models import Partner
from partnerships.export import Cell
from payments.models import Payment

AGREEMENT = (_("Agreement"), _("Kind"), _("Diary number"), _("Committee"))
ROW_HEADINGS: dict[type, tuple] = {
    Agreement: AGREEMENT,
    Partner: (_("Partner"), _("Organisation number")),
    Payment: (_("Date"), _("Amount"), _("Payee"), *AGREEMENT, _("Voucher"), _("Source")),
    Contribution: (
        _("Line"),
        _("Party"),
        _("Amount per year"),
        _("Stated amount"),
        _("Period"),
        *AGREEMENT,
    ),
    Indicator: (_("Indicator"), _("Target"), *AGREEMENT),
}
FETCHED_AT_ONCE = 2000


def export_rows(rows: QuerySet) -> Iterator[list[Cell]]:
    """The rows under the ROW_HEADINGS of their model."""
    found: Any = prepared(rows).order_by(*ORDER[rows.model], "pk")
    worded = {
        Agreement: _agreement,
        Partner: lambda row: [row.name, row.org_number or None],
        Payment: _payment,
        Contribution: _contribution,
        Indicator: _indicator,
    }[rows.model]
    return (worded(row) for row in found.iterator(chunk_size=FETCHED_AT_ONCE))


ORDER: dict[type, tuple[str, ...]] = {
    Agreement: ("sort_key",),
    Partner: ("sort_key",),
    Payment: ("paid_on",),
    Contribution: ("revision__agreement__sort_key",),
    Indicator: ("plan__agreement__sort_key",),
}


def prepared(rows: QuerySet) -> QuerySet:
    """The rows with what is printed of them."""
    return rows.select_related(*{
        Agreement: ("committee",),
        Partner: (),
        Payment: ("agreement__committee", "source"),
        Contribution: ("revision__agreement__committee__municipality", "partner"),
        Indicator: ("plan__agreement__committee",),
    }[rows.model])  # fmt: skip


def _agreement(row: Agreement) -> list[Cell]:
    return [row.name, str(row.get_kind_display()), row.diary_number, row.committee.name]


def _payment(row: Payment) -> list[Cell]:
    agreement = _agreement(row.agreement) if row.agreement else ["", "", "", ""]
    return [row.paid_on, row.amount, row.payee_name, *agreement, row.voucher, row.source.name]


def _indicator(row: Indicator) -> list[Cell]:
    return [str(row), row.target, *_agreement(row.plan.agreement)]


def _contribution(row: Contribution) -> list[Cell]:
    party = row.partner.name if row.partner else row.revision.agreement.municipality.name
    period = str(row.get_period_basis_display())
    return [
        row.label,
        party,
        getattr(row, "per_year", None),
        row.stated_amount,
        period,
        *_agreement(row.revision.agreement),
    ]
