"""What follow-up has due: reports to come, reports that are late, and reports to review."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agreements.models import Agreement
from followups.models import FollowUpPlan, FollowUpReport
from followups.rhythm import Period
from followups.states import AWAITS_REVIEW, IS_OPEN
from partnerships.due import Due

REVIEW_WITHIN = timedelta(days=14)
DAYS_BEFORE = (30, 7, 0, -7)  # the last is a week after: then it is late
REVIEW_DAYS_BEFORE = (14, 0)


def due(agreements: QuerySet[Agreement], *, first: date, last: date) -> Iterator[Due]:
    """The reports of the agreements that are to be handed in or reviewed between two days.

    What is late stays until it is handed in, skipped or reviewed.
    """
    yield from _not_begun(agreements, last)
    reports = FollowUpReport.objects.filter(agreement__in=agreements)
    for report in _with_committee(reports.filter(state__in=IS_OPEN, due_on__lte=last)):
        yield _report_due(report.agreement, report.due_on, report.period, url=_url(report))
    for report in _with_committee(reports.filter(state__in=AWAITS_REVIEW)):
        on = localtime(report.handed_in_at).date() + REVIEW_WITHIN
        if on <= last:
            yield _review_due(report, on)


def _not_begun(agreements: QuerySet[Agreement], last: date) -> Iterator[Due]:
    """The periods on which nobody has begun a report."""
    plans = FollowUpPlan.objects.filter(agreement__in=agreements, agreement__is_decided=True)
    plans = plans.select_related("agreement__committee")
    for plan in plans.prefetch_related("dates", "agreement__follow_up_reports"):
        for period in plan.asked(last):
            on = plan.due_on(period)
            if on <= last:
                yield _report_due(plan.agreement, on, period, url=plan.get_absolute_url())


def _with_committee(reports: QuerySet[FollowUpReport]) -> QuerySet[FollowUpReport]:
    return reports.select_related("agreement__committee").order_by("pk")


def _url(report: FollowUpReport) -> str:
    return report.get_absolute_url()


def _report_due(agreement: Agreement, on: date | None, period: Period | None, *, url: str) -> Due:
    """The same key whether the report is begun or not, so that nobody is reminded twice."""
    if on is None or period is None:
        raise ValueError("A report that is asked for has a period and a day.")
    return Due(
        key=f"followup-{agreement.pk}-{period.last.isoformat()}",
        on=on,
        what=_("Follow-up report to be handed in, %(period)s") % {"period": period},
        title=agreement.name,
        url=url,
        committee=agreement.committee.name,
        days_before=DAYS_BEFORE,
        stays=True,
    )


def _review_due(report: FollowUpReport, on: date) -> Due:
    return Due(
        key=f"followup-review-{report.pk}-{on.isoformat()}",
        on=on,
        what=_("Follow-up report to be reviewed, %(period)s") % {"period": report},
        title=report.agreement.name,
        url=report.get_absolute_url(),
        committee=report.agreement.committee.name,
        days_before=REVIEW_DAYS_BEFORE,
        stays=True,
    )
