"""What is read of a partner as a whole: its history. Contacts are personal data and not in it."""

from organisations.models import (
    IdeaBasedRegistration,
    Partner,
    PartnerName,
    PartnerProject,
)
from partnerships.history import Entry, entries


def history_of(partner: Partner) -> list[Entry]:
    """Every change of the partner's entry and of those merged into it, newest first."""
    same = Partner.objects.same_as(partner).values("pk")
    owned = (PartnerName, PartnerProject, IdeaBasedRegistration)
    return entries(
        [
            Partner.history.filter(id__in=same),
            *(model.history.filter(partner_id__in=same) for model in owned),
        ]
    )
