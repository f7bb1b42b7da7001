"""What follow-up has due: reports to come, reports that are late, and reports to review."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agreements.models import Agreement, AgreementQuerySet
from followups.models import FollowUpPlan, FollowUpReport, ReportingDate
from followups.rhythm import DAY, Period
from followups.states import AWAITS_REVIEW, IS_OPEN
from partnerships.due import Due, by_day
from partnerships.together import Questions, attach

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
    reports = FollowUpReport.objects.filter(agreements.include())
    reports = reports.select_related("agreement__committee")
    plans = FollowUpPlan.objects.filter(agreements.filter(is_decided=True).include())
    asked = plans.order_by().values("pk")
    to_review = reports.filter(state__in=AWAITS_REVIEW)
    late, coming, longest, latest, noticed, ending, planned, dates, covering = yield [
        *by_day(reports.filter(state__in=IS_OPEN), "due_on", first=first, last=last, most=most),
        to_review.order_by("handed_in_at", "pk")[:most],
        to_review.order_by("-handed_in_at", "-pk")[:most] if most else to_review.none(),
        *(rows[:most] for rows in _to_evaluate(agreements, first, last)),
        plans.select_related("agreement__committee").order_by("pk"),
        ReportingDate.objects.filter(plan__in=asked).order_by("pk"),
        FollowUpReport.objects.filter(agreement__follow_up_plan__in=asked).order_by("pk"),
    ]
    attach(planned, "dates", dates, by="plan_id")
    owners = [plan.agreement for plan in planned]
    attach(owners, "follow_up_reports", covering, by="agreement_id")
    return [
        *_not_begun(planned, last),
        *(
            _report_due(row.agreement, row.due_on, row.period, url=_url(row))
            for row in (*late, *coming)
        ),
        *(_review_due(row, on) for row in (*longest, *latest) if (on := _review_by(row)) <= last),
        *(_evaluation_due(row) for row in (*noticed, *ending)),
    ]


def _to_evaluate(
    agreements: AgreementQuerySet, first: date, last: date
) -> tuple[QuerySet[Agreement], QuerySet[Agreement]]:
    """Partnerships, and what has a plan, whose notice comes 60 days after one of the days, and
    those without notice whose end does."""
    days = (first + EVALUATE_BEFORE, last + EVALUATE_BEFORE)
    ends = (days[0] + DAY, days[1] + DAY)
    evaluated = Q(kind=Agreement.Kind.IOP) | Exists(
        FollowUpPlan.objects.filter(agreement=OuterRef("pk"))
    )
    rows = agreements.filter(evaluated, is_decided=True, is_terminated=False)
    rows = rows.select_related("committee")
    ending = rows.filter(notice_by__isnull=True, over_on__range=ends)
    return (
        rows.filter(notice_by__range=days).order_by("notice_by"),
        ending.order_by("over_on"),
    )


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


def _not_begun(plans: Iterable[FollowUpPlan], last: date) -> Iterator[Due]:
    """The periods on which nobody has begun a report."""
    for plan in plans:
        for period in plan.asked(last):
            on = plan.due_on(period)
            if on <= last:
                yield _report_due(plan.agreement, on, period, url=plan.get_absolute_url())


def _review_by(report: FollowUpReport) -> date:
    return localtime(report.handed_in_at).date() + REVIEW_WITHIN


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
