"""What changes more than one row of the register of partners, or has a precondition."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from audit.erasing import erase as erase_from_log
from organisations.models import (
    Contact,
    Erasure,
    IdeaBasedRegistration,
    Partner,
    PartnerName,
    PartnerProject,
)
from partnerships.history import attributed

PartnerRow = PartnerName | PartnerProject | IdeaBasedRegistration
OWN_ROWS = (PartnerProject, IdeaBasedRegistration, Contact)


class PartnerRowInUseError(Exception):
    """What is to be removed is named elsewhere; the message is for the user."""


class PartnersNotMergeableError(Exception):
    """The two entries cannot be made one; the message is for the user."""


@transaction.atomic
def save_partner(
    partner: Partner,
    *,
    rows: Iterable[PartnerRow] = (),
    removed: Iterable[PartnerRow] = (),
    keeps_old_name: bool = False,
    by: AbstractBaseUser,
    reason: str = "",
) -> Partner:
    """Save a partner with its names, projects and registrations, each change with user and reason.

    A name that is changed stays as a former name when asked for. Raises PartnerRowInUseError.
    """
    old = Partner.objects.filter(pk=partner.pk).values_list("name", flat=True).first()
    attributed(partner, by=by, reason=reason).save()
    for row in removed:
        try:
            attributed(row, by=by, reason=reason).delete()
        except ProtectedError as error:
            raise PartnerRowInUseError(
                _("“%(name)s” is named in a dialogue or an assessment and stays.") % {"name": row}
            ) from error
    for row in rows:
        row.partner = partner
        attributed(row, by=by, reason=reason).save()
    if keeps_old_name and old and old != partner.name:
        _keep_name(partner, old, PartnerName.Kind.FORMER, by, reason)
    return partner


@transaction.atomic
def merge_partners(
    duplicate: Partner, *, into: Partner, by: AbstractBaseUser, reason: str
) -> Partner:
    """Make two entries of one organisation one. Raises PartnersNotMergeableError.

    What belongs to the duplicate in the register moves. What agreements and other documents say
    stays as it was written, and is found from the entry that remains.
    """
    pks = [duplicate.pk, into.pk]
    locked = {row.pk: row for row in Partner.objects.select_for_update().filter(pk__in=pks)}
    duplicate, into = locked[duplicate.pk], locked[into.pk]
    if problem := _why_not_merge(duplicate, into):
        raise PartnersNotMergeableError(problem)
    for model in OWN_ROWS:
        for row in model._default_manager.filter(partner=duplicate):
            if isinstance(row, PartnerProject) and into.projects.filter(name=row.name).exists():
                continue  # both own it; what names the duplicate's is found from both
            row.partner = into
            attributed(row, by=by, reason=reason).save()
    _keep_name(into, duplicate.name, PartnerName.Kind.ALIAS, by, reason)
    for name in duplicate.names.all():
        _keep_name(into, name.name, PartnerName.Kind(name.kind), by, reason)
    for earlier in [*duplicate.merged.all(), duplicate]:
        earlier.merged_into = into
        attributed(earlier, by=by, reason=reason).save()
    return into


@transaction.atomic
def erase_contact(
    contact: Contact, *, by: AbstractBaseUser | None, at: datetime, reason: str
) -> Erasure:
    """Remove a contact and every trace of it in history and log; that it was done is kept."""
    erasure = Erasure(
        municipality=contact.municipality,
        partner=contact.partner,
        erased_at=at,
        erased_by_id=by.pk if by else None,
        reason=reason,
        versions=Contact.history.filter(id=contact.pk).count(),
    )
    pk = contact.pk
    contact.delete()
    Contact.history.filter(id=pk).delete()
    erase_from_log(Contact, pk, by=by, at=at, reason=reason)
    attributed(erasure, by=by, reason=reason).save()
    return erasure


def erase_expired_contacts(*, on: date, at: datetime) -> int:
    """Erase every contact whose time has run out by the day; how many they were."""
    expired = Contact.objects.filter(keep_until__lt=on).select_related("municipality", "partner")
    for contact in expired:
        erase_contact(contact, by=None, at=at, reason=_("The time for keeping it has run out"))
    return len(expired)


def _why_not_merge(duplicate: Partner, into: Partner) -> str:
    """Why the two cannot be made one, as a sentence; empty when they can."""
    if duplicate == into:
        return _("Choose another partner than the one to be merged.")
    if duplicate.merged_into_id:
        return _("%(name)s is merged already.") % {"name": duplicate}
    if into.merged_into_id:
        return _("%(name)s is itself merged into another partner. Choose that one.") % {
            "name": into
        }
    names = {"first": duplicate, "second": into}
    if duplicate.org_number and into.org_number:
        return (
            _(
                "%(first)s and %(second)s have different organisation numbers, so they are two organisations. Correct the wrong number first."
            )
            % names
        )
    if duplicate.org_number:
        return (
            _(
                "%(first)s has an organisation number and %(second)s has none. Merge %(second)s into %(first)s instead."
            )
            % names
        )
    return ""


def _keep_name(
    partner: Partner, name: str, kind: PartnerName.Kind, by: AbstractBaseUser, reason: str
) -> None:
    """Give the partner another name, unless it has it."""
    if name != partner.name and not partner.names.filter(name=name).exists():
        row = PartnerName(partner=partner, kind=kind, name=name)
        attributed(row, by=by, reason=reason).save()
