"""Who is responsible when, and the transfer of many agreements at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import Agreement, Responsibility
from organisations.models import Committee, Office
from partnerships.dates import ApproximateDate
from partnerships.history import attributed

DAY = timedelta(days=1)


class NothingToTransferError(Exception):
    """An agreement cannot be transferred so; the message is for the user."""


@dataclass(frozen=True)
class Transfer:
    """What a transfer does to one agreement: which periods end, and which begin."""

    agreement: Agreement
    ended: tuple[Responsibility, ...]
    begun: tuple[Responsibility, ...]
    problem: str = ""


@transaction.atomic
def save_responsibilities(
    agreement: Agreement,
    *,
    rows: list[models.Model],
    removed: list[models.Model],
    by: User,
    reason: str = "",
) -> None:
    """Save the periods of responsibility and the budgets, and remove those that were wrong."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    for row in removed:
        attributed(row, by=by, reason=reason).delete()
    for row in rows:
        attributed(row, by=by, reason=reason).save()


def plan_transfer(
    agreements: Sequence[Agreement], *, to: Committee, office: Office | None, first_day: date
) -> list[Transfer]:
    """What a transfer from this day would do to each agreement; nothing is saved."""
    prefetch_related_objects(agreements, "responsibilities__committee")
    return [_plan(agreement, to, office, first_day) for agreement in agreements]


@transaction.atomic
def transfer(plans: Sequence[Transfer], *, to: Committee, by: User, reason: str) -> int:
    """Carry out what was planned, all or nothing, and give how many were transferred.

    Cost and administration go to the new committee from the first day; its officers keep the
    agreements from now on. Raises NothingToTransferError.
    """
    doable = [plan for plan in plans if not plan.problem]
    if not doable:
        raise NothingToTransferError(_("None of the agreements can be transferred."))
    locked = Agreement.objects.select_for_update().in_bulk([plan.agreement.pk for plan in doable])
    for plan in doable:
        agreement = locked[plan.agreement.pk]
        if agreement.committee_id != plan.agreement.committee_id:
            raise NothingToTransferError(
                _("%(name)s has been moved meanwhile. Nothing was transferred; look again.")
                % {"name": agreement}
            )
        for row in (*plan.ended, *plan.begun):
            attributed(row, by=by, reason=reason).save()
        agreement.committee = to
        if plan.begun:
            agreement.office = plan.begun[0].office
        attributed(agreement, by=by, reason=reason).save()
    return len(doable)


def _plan(agreement: Agreement, to: Committee, office: Office | None, first_day: date) -> Transfer:
    rows = list(agreement.responsibilities.all())
    last_day = ApproximateDate.exactly(first_day - DAY)
    ended, begun = [], []
    for kind in Responsibility.Kind:
        mine = [row for row in rows if row.kind == kind]
        if any(row.starts and row.starts.latest >= first_day for row in mine):
            problem = _("Somebody is responsible from a later day already.")
            return Transfer(agreement, (), (), problem)
        for row in mine:
            if row.ends is None or row.ends.latest >= first_day:
                row.ends = last_day
                ended.append(row)
        begun.append(
            Responsibility(
                agreement=agreement,
                kind=kind,
                committee=to,
                office=office,
                starts=ApproximateDate.exactly(first_day),
            )
        )
    return Transfer(agreement, tuple(ended), tuple(begun))
