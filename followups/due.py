"""What follow-up has due: reports to come, reports that are late, and reports to review."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agreements.models import Agreement
from followups.models import FollowUpPlan, FollowUpReport
from followups.rhythm import DAY, Period
from followups.states import AWAITS_REVIEW, IS_OPEN
from partnerships.due import Due

REVIEW_WITHIN = timedelta(days=14)
EVALUATE_BEFORE = timedelta(days=60)  # ahead of the last day to give notice, or of the end
EVALUATION_DAYS_BEFORE = (30, 0)
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
    yield from _to_evaluate(agreements, first, last)


def _to_evaluate(agreements: QuerySet[Agreement], first: date, last: date) -> Iterator[Due]:
    """Partnerships, and what has a plan, whose notice or end comes 60 days after one of the days."""
    days = (first + EVALUATE_BEFORE, last + EVALUATE_BEFORE)
    ends = (days[0] + DAY, days[1] + DAY)
    ending = Q(
        notice_by__isnull=True, over_certainly__range=ends, over_possibly=F("over_certainly")
    )
    evaluated = Q(kind=Agreement.Kind.IOP) | Exists(
        FollowUpPlan.objects.filter(agreement=OuterRef("pk"))
    )
    rows = agreements.filter(evaluated, is_decided=True, is_terminated=False)
    for row in rows.filter(Q(notice_by__range=days) | ending).select_related("committee"):
        last_day = row.notice_by or row.last_day
        if last_day is not None:
            yield _evaluation_due(row, last_day)


def _evaluation_due(agreement: Agreement, last_day: date) -> Due:
    return Due(
        key=f"followup-evaluation-{agreement.pk}-{last_day.isoformat()}",
        on=last_day - EVALUATE_BEFORE,
        what=_("Basis for renewal or ending, before %(day)s") % {"day": last_day.isoformat()},
        title=agreement.name,
        url=reverse("followups:agreement_evaluation", args=[agreement.pk]),
        committee=agreement.committee.name,
        days_before=EVALUATION_DAYS_BEFORE,
    )


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
