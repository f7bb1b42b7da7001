"""The assessment a page is about, when the user may see or change it."""

from django.shortcuts import get_object_or_404

from assessments.models import Assessment
from partnerships.access import require


def assessment_to_read(request, pk) -> Assessment:
    """The assessment with its answers; 404 when it is not the user's to see."""
    return get_object_or_404(Assessment.objects.visible_to(request.user).with_answers(), pk=pk)


def assessment_to(request, permission: str, pk) -> Assessment:
    """The assessment with its answers; 404 when it is not the user's to see, 403 without the role."""
    assessment = assessment_to_read(request, pk)
    require(request.user, permission, assessment)
    return assessment
