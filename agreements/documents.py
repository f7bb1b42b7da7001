"""What is read of an agreement as a whole: its history, and its contributions as data."""

from decimal import Decimal
from typing import Any

from agreements.models import (
    Agreement,
    AgreementPartner,
    CalculationPart,
    Contribution,
    ContributionTotals,
    Revision,
    StatedTotal,
)
from partnerships.history import Entry, entries


def history_of(agreement: Agreement) -> list[Entry]:
    """Every change of the agreement and of all that belongs or belonged to it, newest first."""
    revisions = Revision.history.filter(agreement_id=agreement.pk)
    revision_ids = revisions.values("id")
    contributions = Contribution.history.filter(revision_id__in=revision_ids)
    return entries(
        [
            Agreement.history.filter(id=agreement.pk),
            AgreementPartner.history.filter(agreement_id=agreement.pk),
            revisions,
            contributions,
            CalculationPart.history.filter(contribution_id__in=contributions.values("id")),
            StatedTotal.history.filter(revision_id__in=revision_ids),
        ]
    )


def contributions_as_data(revision: Revision) -> dict[str, Any]:
    """The revision's contributions for machines. Amounts are strings of SEK; null is `not known`."""
    totals = ContributionTotals.of(revision)
    agreement = revision.agreement
    return {
        "agreement": agreement.name,
        "kind": agreement.kind,
        "diary_number": agreement.diary_number or None,
        "municipality": agreement.municipality.name,
        "revision": revision.number,
        "agreed_on": revision.agreed_on and revision.agreed_on.edtf,
        "in_force_from": revision.in_force_from and revision.in_force_from.edtf,
        "ends_on": revision.ends_on and revision.ends_on.isoformat(),
        "currency": "SEK",
        "parties": [
            {
                "party": side.party.value,
                "name": side.name,
                "organisation_number": side.partner.org_number if side.partner else None,
                "sum_of_stated_amounts": _text(side.amount),
                "stated_total": _text(side.stated_total.amount if side.stated_total else None),
                "contributions": [_contribution_as_data(line) for line in side.lines],
            }
            for side in totals.parties
        ],
    }


def _contribution_as_data(line: Contribution) -> dict[str, Any]:
    return {
        "label": line.label,
        "kind": line.kind,
        "form": line.form,
        "stated_amount": _text(line.stated_amount),
        "period_basis": line.period_basis,
        "computed_amount": _text(line.computed_amount),
        "on_cost_rate": _text(line.on_cost_rate),
        "calculation": [
            {
                "count": _text(part.count),
                "unit_price": _text(part.unit_price),
                "share": _text(part.share),
                "months": _text(part.months),
            }
            for part in line.parts.all()
        ],
    }


def _text(number: Decimal | None) -> str | None:
    """A number without exponent or trailing zeros; None stays None."""
    return None if number is None else f"{number.normalize():f}"
