"""What changes a governing document or a transfer together with the rows that belong to it."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from governance.models import GoverningDocument, ServiceTransfer
from partnerships.history import attributed


class DocumentCircleError(Exception):
    """The document would follow from itself; the message is for the user."""


class ActivityInUseError(Exception):
    """A transfer carries out the activity that was to be removed; the message is for the user."""


@dataclass
class RowsDraft:
    """The rows of one list, in order; those of them that nobody changed; and those to remove."""

    rows: list[Any] = field(default_factory=list)
    unchanged: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)


@transaction.atomic
def save_document(
    document: GoverningDocument, *, activities: RowsDraft, by: User, reason: str = ""
) -> GoverningDocument:
    """Save a document with its activities in this order.

    Raises DocumentCircleError or ActivityInUseError with a sentence for the user.
    """
    _refuse_circle(document)
    attributed(document, by=by, reason=reason).save()
    try:
        _save_rows(document, "document", activities, by, reason)
    except ProtectedError as error:
        raise ActivityInUseError(
            _(
                "A transfer of a service carries out an activity that you remove. "
                "Choose another activity in the transfer first."
            )
        ) from error
    return document


@transaction.atomic
def save_transfer(
    transfer: ServiceTransfer,
    *,
    arrangements: RowsDraft,
    outcomes: RowsDraft,
    by: User,
    reason: str = "",
) -> ServiceTransfer:
    """Save a transfer with its arrangements and outcomes in this order."""
    attributed(transfer, by=by, reason=reason).save()
    _save_rows(transfer, "transfer", arrangements, by, reason)
    _save_rows(transfer, "transfer", outcomes, by, reason)
    return transfer


def _refuse_circle(document: GoverningDocument) -> None:
    """Nobody else may move a document of the municipality meanwhile."""
    if document.pk is None or document.parent_id is None:
        return
    others = GoverningDocument.objects.filter(municipality=document.municipality_id)
    parents = dict(others.select_for_update().values_list("pk", "parent_id"))
    parents[document.pk] = document.parent_id
    passed: set[int] = set()
    above: int | None = document.parent_id
    while above is not None and above not in passed:
        if above == document.pk:
            raise DocumentCircleError(
                _("“%(parent)s” follows from this document itself. Choose another one.")
                % {"parent": document.parent}
            )
        passed.add(above)
        above = parents.get(above)


def _save_rows(owner: models.Model, name: str, draft: RowsDraft, by: User, reason: str) -> None:
    for row in draft.removed:
        attributed(row, by=by, reason=reason).delete()
    for position, row in enumerate(draft.rows, start=1):
        if row in draft.unchanged and row.position == position:
            continue
        setattr(row, name, owner)
        row.position = position
        attributed(row, by=by, reason=reason).save()
