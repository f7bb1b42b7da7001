"""What follow-up has due: reports to come, reports that are late, and reports to review."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _

from agreements.models import Agreement, AgreementQuerySet
from followups.models import FollowUpPlan, FollowUpReport, ReportingDate
from followups.models.report import FollowUpReportQuerySet
from followups.rhythm import DAY, Period
from followups.states import AWAITS_REVIEW, IS_OPEN
from partnerships.due import Due, by_day
from partnerships.search import any_of
from partnerships.together import Questions, attach, side_by_side

REVIEW_WITHIN = timedelta(days=14)
EVALUATE_BEFORE = timedelta(days=60)  # ahead of the last day to give notice, or of the end
EVALUATION_DAYS_BEFORE = (30, 0)
DAYS_BEFORE = (30, 7, 0, -7)  # the last is a week after: then it is late
REVIEW_DAYS_BEFORE = (14, 0)


def due(
    agreements: AgreementQuerySet, *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """The reports of the agreements that are to be handed in or reviewed between two days.

    What is late stays until it is handed in, skipped or reviewed.
    """
    sources = (_not_begun, _begun, _to_review, _to_evaluate)
    found = yield from side_by_side(
        [source(agreements, first=first, last=last, most=most) for source in sources]
    )
    return [row for rows in found for row in rows]


def _begun(
    agreements: AgreementQuerySet, *, first: date, last: date, most: int | None
) -> Questions[list[Due]]:
    """The reports that are being written."""
    rows = _reports(agreements).filter(state__in=IS_OPEN)
    late, coming = yield by_day(rows, "due_on", first=first, last=last, most=most)
    return [
        _report_due(row.agreement, row.due_on, row.period, url=row.get_absolute_url())
        for row in (*late, *coming)
    ]


def _not_begun(
    agreements: AgreementQuerySet, *, first: date, last: date, most: int | None
) -> Questions[list[Due]]:
    """The periods on which nobody has begun a report.

    Of the plans only those whose next report is due by the last day, and of their reports only those
    that can cover what is asked. What comes on a plan that is late is told with what it is late
    with: of more plans than `most`, those that have waited longest.
    """
    plans = FollowUpPlan.objects.filter(agreements.include())
    plans = plans.select_related("agreement__committee")
    looked_at = by_day(plans, "next_due_on", first=first, last=last, most=most)
    late, coming, *details = yield [
        *looked_at,
        *(ReportingDate.objects.filter(plan__in=rows.values("pk")) for rows in looked_at),
        *(_can_cover(rows) for rows in looked_at),
    ]
    found = []
    for rows, dates, reports in ((late, *details[::2]), (coming, *details[1::2])):
        attach(rows, "dates", dates, by="plan_id")
        owners = [plan.agreement for plan in rows]
        attach(owners, "follow_up_reports", reports, by="agreement_id")
        found += [row for plan in rows for row in _of_plan(plan, last)]
    return found


def _can_cover(plans: QuerySet) -> FollowUpReportQuerySet:
    """The reports that can cover something of what the plans ask for from now on."""
    return FollowUpReport.objects.filter(
        agreement__follow_up_plan__in=plans.values("pk"),
        period_ends__gte=F("agreement__follow_up_plan__asked_from"),
    ).order_by("pk")


def _of_plan(plan: FollowUpPlan, last: date) -> Iterator[Due]:
    for period in plan.asked_next(last):
        on = plan.due_on(period)
        if on <= last:
            yield _report_due(plan.agreement, on, period, url=plan.get_absolute_url())


def _to_review(
    agreements: AgreementQuerySet, *, first: date, last: date, most: int | None
) -> Questions[list[Due]]:
    """The reports that were handed in."""
    rows = _reports(agreements).filter(state__in=AWAITS_REVIEW)
    zone = get_current_timezone()
    days = {
        "first": datetime.combine(first - REVIEW_WITHIN, time.min, zone),
        "last": datetime.combine(last - REVIEW_WITHIN, time.max, zone),
    }
    late, coming = yield by_day(rows, "handed_in_at", most=most, **days)
    return [_review_due(row) for row in (*late, *coming)]


def _to_evaluate(
    agreements: AgreementQuerySet, *, first: date, last: date, most: int | None
) -> Questions[list[Due]]:
    """Partnerships, and what has a plan, whose notice comes 60 days after one of the days, and
    those without notice whose end does."""
    days = (first + EVALUATE_BEFORE, last + EVALUATE_BEFORE)
    ends = (days[0] + DAY, days[1] + DAY)
    evaluated = Q(kind=Agreement.Kind.IOP) | any_of(
        FollowUpPlan.objects.filter(agreement=OuterRef("pk"))
    )
    rows = agreements.filter(evaluated, is_decided=True, is_terminated=False)
    rows = rows.select_related("committee")
    noticed, ending = yield [
        rows.filter(notice_by__range=days).order_by("notice_by")[:most],
        rows.filter(notice_by__isnull=True, over_on__range=ends).order_by("over_on")[:most],
    ]
    return [_evaluation_due(row) for row in (*noticed, *ending)]


def _reports(agreements: AgreementQuerySet) -> FollowUpReportQuerySet:
    reports = FollowUpReport.objects.filter(agreements.include())
    return reports.select_related("agreement__committee")


def _evaluation_due(agreement: Agreement) -> Due:
    last_day = agreement.notice_by or agreement.last_day
    if last_day is None:
        raise ValueError("An agreement that is to be evaluated has a last day.")
    return Due(
        key=f"followup-evaluation-{agreement.pk}-{last_day.isoformat()}",
        on=last_day - EVALUATE_BEFORE,
        what=_("Basis for renewal or ending, before %(day)s") % {"day": last_day.isoformat()},
        title=agreement.name,
        url=reverse("followups:agreement_evaluation", args=[agreement.pk]),
        committee=agreement.committee.name,
        days_before=EVALUATION_DAYS_BEFORE,
    )


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


def _review_due(report: FollowUpReport) -> Due:
    on = localtime(report.handed_in_at).date() + REVIEW_WITHIN
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
