"""The agreement a page is about, when the user may see or change it."""

from django.shortcuts import get_object_or_404

from agreements.models import Agreement
from partnerships.access import require


def agreement_to_read(request, pk) -> Agreement:
    """The agreement with its committee; 404 when it is not the user's to see."""
    agreements = Agreement.objects.visible_to(request.user)
    return get_object_or_404(agreements.select_related("committee__municipality"), pk=pk)


def agreement_to_change(request, pk) -> Agreement:
    """The agreement with its committee; 404 when it is not the user's to see, 403 to change."""
    agreement = agreement_to_read(request, pk)
    require(request.user, "agreements.change_agreement", agreement)
    return agreement
