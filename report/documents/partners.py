"""The tables of an edition about partners."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from organisations.models import Partner
from partnerships.money import kronor
from report.documents.cells import Data, plain, query_of, sums_table, table
from report.figures import Lacks, PartnerSums, Scope, Sums, by_partner, rows_of, sums_of_partners
from report.figures.cells import LARGEST
from report.models import Measure


def partner_tables(scope: Scope) -> list[Data]:
    """To whom most was paid, and what those partners and the municipality promise each other."""
    paid = by_partner(scope)
    return [_paid(scope, paid), _promised(scope, [row.partner for row in paid if row.partner])]


def _paid(scope: Scope, found: Sequence[PartnerSums]) -> Data:
    rows = []
    for row in found:
        where = {"partner": row.partner.pk} if row.partner else {"lacks": Lacks.PARTNER.value}
        cells = [
            plain(kronor(amount), amount, query_of(Measure.PAID, [year], **where))
            for year in scope.years
            for amount in [row.by_year.get(year, Decimal(0))]
        ]
        cells.append(
            plain(kronor(row.total), row.total, query_of(Measure.PAID, scope.years, **where))
        )
        name = str(row.partner) if row.partner else _("Payee not in the register")
        rows.append({"heading": name, "cells": cells})
    headings = [_("Partner"), *map(str, scope.years), _("In all")]
    return table("partners", _("Partners to whom most was paid"), headings, rows)


def _promised(scope: Scope, partners: list[Partner]) -> Data:
    year = max(scope.years)
    chosen = [*partners, *_most_agreements(scope.of_year(year), partners)]
    sums = sums_of_partners(scope, chosen)
    rows: list[tuple[str, Sums, Data]] = [
        (str(partner), sums[partner.pk], {"year": year, "partner": partner.pk})
        for partner in chosen
        if partner.pk in sums
    ]
    overlap = _(
        "The municipality's part of an agreement with several partners is counted for each, "
        "so the rows are not added."
    )
    caption = _("Partners, %(year)s") % {"year": year}
    notes = [{"text": overlap, "query": ""}]
    return sums_table(f"partners-{year}", caption, _("Partner"), rows, notes)


def _most_agreements(scope: Scope, listed: Sequence[Partner]) -> list[Partner]:
    """The partners with most agreements in force, to fill up the table."""
    room = LARGEST - len(listed)
    in_force = rows_of(Measure.IN_FORCE, scope)
    if room <= 0 or in_force is None:
        return []
    others = Partner.objects.filter(agreements__in=in_force)
    others = others.exclude(pk__in=[partner.pk for partner in listed])
    counted = others.annotate(count=Count("agreements"))
    return list(counted.order_by("-count", "sort_key", "pk")[:room])
