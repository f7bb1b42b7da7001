"""What belongs to the agreement's kind, as names and values."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    GrantParticulars,
    MembershipParticulars,
    ProcurementParticulars,
)
from partnerships.money import kronor

Row = tuple[str, str]


def particulars_of(agreement: Agreement) -> list[Row]:
    """Name and value of each particular; an empty value is `not known`."""
    rows = {
        Agreement.Kind.GRANT: _grant,
        Agreement.Kind.PROCUREMENT: _procurement,
        Agreement.Kind.MEMBERSHIP: _membership,
    }.get(Agreement.Kind(agreement.kind))
    return list(rows(agreement)) if rows else []


def _grant(agreement: Agreement) -> Iterator[Row]:
    grant = getattr(agreement, "grant", None) or GrantParticulars(agreement=agreement)
    yield _("Grant scheme"), str(grant.scheme or "")
    yield _("Applied for on"), str(grant.applied_on or "")
    yield _("Amount applied for"), _kronor(grant.applied_amount)
    yield (
        _("Time limit"),
        _("%(months)s months") % {"months": grant.limit_months} if grant.limit_months else "",
    )
    yield _("To be reviewed"), str(grant.review_on or "")


def _procurement(agreement: Agreement) -> Iterator[Row]:
    row = getattr(agreement, "procurement", None) or ProcurementParticulars(agreement=agreement)
    yield _("Method"), row.get_method_display()
    yield _("CPV codes"), row.cpv_codes
    yield _("Value of the initial term, excluding VAT"), _kronor(row.value)
    yield _("Value of all options and extensions"), _kronor(row.options_value)
    yield _("Value of the whole"), _kronor(row.total_value)
    yield _("Contract signed on"), row.signed_on.isoformat() if row.signed_on else ""
    yield _("Award documented on"), row.documented_on.isoformat() if row.documented_on else ""
    if row.method == ProcurementParticulars.Method.RESERVED_IDEA_BASED:
        yield _("Evidence that the organisation is idea-based"), row.evidence


def _membership(agreement: Agreement) -> Iterator[Row]:
    row = getattr(agreement, "membership", None) or MembershipParticulars(agreement=agreement)
    yield _("Statutes"), row.statutes
    yield _("Statutes adopted on"), str(row.statutes_adopted_on or "")
    yield _("Web address of the statutes"), row.web_address
    yield _("Other members"), row.other_members


def _kronor(amount: Decimal | None) -> str:
    return "" if amount is None else kronor(amount)
