"""The agreement or the report that a page is about, when the user may see or change it."""

from django.shortcuts import get_object_or_404

from agreements.models import Agreement
from followups.models import FollowUpReport
from partnerships.access import require


def agreement_to_read(request, pk) -> Agreement:
    """The agreement with its committee; 404 when it is not the user's to see."""
    agreements = Agreement.objects.visible_to(request.user)
    return get_object_or_404(agreements.select_related("committee__municipality"), pk=pk)


def agreement_for(request, pk, permission: str) -> Agreement:
    """The same, and 403 when the user's role there does not hold the permission."""
    agreement = agreement_to_read(request, pk)
    require(request.user, permission, agreement)
    return agreement


def report_to_read(request, pk) -> FollowUpReport:
    """The report with its answers; 404 when it is not the user's to see."""
    reports = FollowUpReport.objects.visible_to(request.user).with_answers()
    return get_object_or_404(reports, pk=pk)


def report_for(request, pk, permission: str) -> FollowUpReport:
    """The same, and 403 when the user's role there does not hold the permission."""
    report = report_to_read(request, pk)
    require(request.user, permission, report.agreement)
    return report
