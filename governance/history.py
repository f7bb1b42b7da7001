"""Who changed what, when and why in a document or a transfer and all that belongs to it."""

from dataclasses import replace

from accounts.models import User
from agreements.models import Agreement
from governance.models import (
    ActionPlanActivity,
    Arrangement,
    GoverningDocument,
    Outcome,
    ServiceTransfer,
)
from partnerships.history import Entry, entries


def history_of_document(document: GoverningDocument) -> list[Entry]:
    """Every change of the document and its activities, newest first."""
    return entries(
        [
            GoverningDocument.history.filter(id=document.pk),
            ActionPlanActivity.history.filter(document_id=document.pk),
        ]
    )


def history_of_transfer(transfer: ServiceTransfer, *, user: User) -> list[Entry]:
    """Every change of the transfer, its arrangements and outcomes, newest first.

    Which agreements they named is left out when the user may not read one of them.
    """
    arrangements = Arrangement.history.filter(transfer_id=transfer.pk)
    found = entries(
        [
            ServiceTransfer.history.filter(id=transfer.pk),
            arrangements,
            Outcome.history.filter(transfer_id=transfer.pk),
        ]
    )
    named = arrangements.filter(agreement__isnull=False).values("agreement_id")
    visible = Agreement.objects.visible_to(user).values("pk")
    if not named.exclude(agreement_id__in=visible).exists():
        return found
    label = str(Arrangement._meta.get_field("agreement").verbose_name)
    return [
        replace(entry, fields=tuple(change for change in entry.fields if change.label != label))
        for entry in found
    ]
