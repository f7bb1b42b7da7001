"""What changes more than one row of an agreement, or has a precondition."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import (
    Agreement,
    AgreementPartner,
    CalculationPart,
    Contribution,
    Revision,
    StatedTotal,
)
from organisations.models import Partner
from partnerships.history import attributed

COPIED_TEXTS = ("ends_on", "purpose", "target_group")


class DraftExistsError(Exception):
    """The agreement already has a draft; the message is for the user."""


class RevisionNotDecidableError(Exception):
    """The revision cannot be decided as it is; the message is for the user."""


class RevisionFrozenError(Exception):
    """A decided revision is not changed; the message is for the user."""


@dataclass
class ContributionDraft:
    """A contribution to save with its calculation; parts are in order."""

    contribution: Contribution
    parts: list[CalculationPart] = field(default_factory=list)
    removed_parts: list[CalculationPart] = field(default_factory=list)


@transaction.atomic
def save_agreement(
    agreement: Agreement, *, partners: list[Partner], by: User, reason: str = ""
) -> Agreement:
    """Save an agreement with its partners in this order; a new one gets its first draft revision."""
    is_new = agreement.pk is None
    attributed(agreement, by=by, reason=reason).save()
    parties = {party.partner_id: party for party in agreement.parties.all()}
    for position, partner in enumerate(partners, start=1):
        party = parties.pop(partner.pk, None) or AgreementPartner(
            agreement=agreement, partner=partner
        )
        if party.pk is None or party.position != position:
            party.position = position
            attributed(party, by=by, reason=reason).save()
    for party in parties.values():
        attributed(party, by=by, reason=reason).delete()
    if is_new:
        attributed(Revision(agreement=agreement, number=1), by=by, reason=reason).save()
    return agreement


@transaction.atomic
def save_revision(
    revision: Revision,
    *,
    contributions: list[ContributionDraft],
    removed: list[Contribution],
    stated_totals: list[StatedTotal],
    by: User,
    reason: str = "",
) -> Revision:
    """Save a draft with all its lines. Raises RevisionFrozenError when it was decided meanwhile."""
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    if not locked.is_draft:
        raise RevisionFrozenError(
            _(
                "Revision %(number)s has been decided and is not changed. Make a new revision instead."
            )
            % {"number": locked.number}
        )
    attributed(revision, by=by, reason=reason).save()
    for contribution in removed:
        attributed(contribution, by=by, reason=reason).delete()
    for position, draft in enumerate(contributions, start=1):
        _save_contribution(draft, revision, position, by, reason)
    _save_stated_totals(revision, stated_totals, by, reason)
    return revision


@transaction.atomic
def amend(agreement: Agreement, *, by: User) -> Revision:
    """Start the next revision as a draft, from the latest one's terms and contributions.

    Raises DraftExistsError with a sentence for the user.
    """
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.draft:
        raise DraftExistsError(
            _("There is already a draft of the next revision. Decide or discard it first.")
        )
    latest = agreement.revisions.order_by("-number").first()
    number = (agreement.revisions.aggregate(latest=Max("number"))["latest"] or 0) + 1
    copied = {name: getattr(latest, name) for name in COPIED_TEXTS} if latest else {}
    revision = Revision(agreement=agreement, number=number, **copied)
    attributed(revision, by=by, reason=_("New revision from the latest one")).save()
    if latest:
        _copy_lines(latest, revision, by)
    return revision


@transaction.atomic
def decide_revision(revision: Revision, *, by: User, at: datetime, reason: str = "") -> Revision:
    """Freeze a revision as decided. Raises RevisionNotDecidableError with a sentence for the user."""
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    if not locked.is_draft:
        raise RevisionNotDecidableError(_("The revision is decided already."))
    if problem := _what_is_missing(locked):
        raise RevisionNotDecidableError(problem)
    locked.decided_at, locked.decided_by = at, by
    attributed(locked, by=by, reason=reason).save()
    return locked


@transaction.atomic
def discard_draft(revision: Revision, *, by: User) -> None:
    """Remove a draft that came to nothing; its history stays. Raises RevisionFrozenError."""
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    if not locked.is_draft:
        raise RevisionFrozenError(_("A decided revision is not discarded."))
    if locked.number == 1:
        raise RevisionFrozenError(
            _("The first revision belongs to the agreement and is not discarded.")
        )
    for contribution in locked.contributions.all():
        for part in contribution.parts.all():
            attributed(part, by=by).delete()
        attributed(contribution, by=by).delete()
    for total in locked.stated_totals.all():
        attributed(total, by=by).delete()
    try:
        attributed(locked, by=by, reason=_("Draft discarded")).delete()
    except ProtectedError as error:
        raise RevisionFrozenError(
            _("A memo is written on this draft. Choose another revision in the memo first.")
        ) from error


def _what_is_missing(revision: Revision) -> str:
    """Why the revision cannot be decided, as a sentence; empty when it can."""
    partners = list(revision.agreement.partners.all())
    if not partners:
        return _("An agreement needs at least one partner. Add it to the agreement first.")
    if revision.in_force_from is None:
        return _("Say from when the revision is in force, as exactly as it is known.")
    formless = [partner.name for partner in partners if not partner.legal_form]
    if revision.agreement.kind == Agreement.Kind.IOP and formless:
        return _(
            "A partnership is made with legal persons. Enter the legal form of %(names)s in the register of partners first."
        ) % {"names": ", ".join(formless)}
    return ""


def _save_contribution(
    draft: ContributionDraft, revision: Revision, position: int, by: User, reason: str
) -> None:
    draft.contribution.revision, draft.contribution.position = revision, position
    attributed(draft.contribution, by=by, reason=reason).save()
    for part in draft.removed_parts:
        attributed(part, by=by, reason=reason).delete()
    for part_position, part in enumerate(draft.parts, start=1):
        part.contribution, part.position = draft.contribution, part_position
        attributed(part, by=by, reason=reason).save()


def _save_stated_totals(
    revision: Revision, wanted: list[StatedTotal], by: User, reason: str
) -> None:
    for total in revision.stated_totals.exclude(pk__in=[total.pk for total in wanted if total.pk]):
        attributed(total, by=by, reason=reason).delete()
    for total in wanted:
        total.revision = revision
        attributed(total, by=by, reason=reason).save()


def _copy_lines(source: Revision, target: Revision, by: User) -> None:
    """Give the target copies of the source's contributions, calculations and stated totals."""
    for contribution in source.contributions.prefetch_related("parts"):
        parts = list(contribution.parts.all())
        contribution.pk, contribution.revision = None, target
        contribution._state.adding = True
        attributed(contribution, by=by).save()
        for part in parts:
            part.pk, part.contribution = None, contribution
            part._state.adding = True
            attributed(part, by=by).save()
