"""The rules of the procurement act (LOU) that the portal can check. Its answers are no legal advice."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.particulars import ProcurementParticulars
from organisations.models import Threshold
from partnerships.dates.bounds import moved

RESERVED_FOR_IDEA_BASED_SINCE = date(2023, 1, 1)  # LOU 19 kap. 25 a §, SFS 2022:901
LONGEST_RESERVED = 36  # months; LOU 19 kap. 25 §
DOCUMENTED_WITHIN = timedelta(days=30)  # LOU 19 a kap. 15 §
# The welfare services that may be reserved, as far as the portal's sources list them (LOU 19:25 a).
RESERVED_CODES = ((80000000, 80660000), (85000000, 85323000))
SAME_SERVICE = 5  # digits of a CPV code that tell the service


def is_reserved_for_idea_based(method: str) -> bool:
    """Is it a procurement reserved for idea-based organisations (19:25 a)?"""
    return method == ProcurementParticulars.Method.RESERVED_IDEA_BASED


def lasts_too_long(method: str, first_day: date | None, last_day: date | None) -> bool:
    """Does a contract reserved under 19:25 last longer than three years?"""
    if method != ProcurementParticulars.Method.RESERVED or not (first_day and last_day):
        return False
    return last_day >= moved(first_day, months=LONGEST_RESERVED)


def unlisted_codes(cpv_codes: str) -> list[str]:
    """The codes that are outside of the services known to be reservable."""
    return [code for code in cpv_codes.split() if not _is_listed(int(code[:8]))]


def reserved_lately(agreement: Agreement, cpv_codes: str, first_day: date) -> Agreement | None:
    """A contract reserved under 19:25 with the same partner for the same service that ended less
    than three years before; None when there is none.
    """
    since = moved(first_day, months=-LONGEST_RESERVED)
    services = {code[:SAME_SERVICE] for code in cpv_codes.split()}
    same = Q()
    for service in services:
        same |= Q(procurement__cpv_codes__regex=rf"(^|\s){service}")
    found = Agreement.objects.filter(
        same,
        committee__municipality=agreement.municipality,
        parties__partner__in=agreement.partners.all(),
        procurement__method=ProcurementParticulars.Method.RESERVED,
        begins_possibly__lt=first_day,
    ).filter(Q(over_certainly__isnull=True) | Q(over_certainly__gt=since))
    return found.exclude(pk=agreement.pk).first() if services else None


def _is_listed(code: int) -> bool:
    return any(first <= code <= last for first, last in RESERVED_CODES)


def threshold(kind: Threshold.Kind, day: date, thresholds: Sequence[Threshold]) -> Threshold | None:
    """The threshold of a kind that held on the day; None when none is known."""
    for row in thresholds:
        is_open = row.valid_until is None or day <= row.valid_until
        if row.kind == kind and row.valid_from <= day and is_open:
            return row
    return None
