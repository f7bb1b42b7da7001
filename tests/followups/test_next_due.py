"""What is kept on a plan of the next report: right after every change, and enough for the worklist."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from agreements.models import Agreement
from agreements.models.kept import keep_life
from followups.actions import RowsDraft, open_report, save_plan, start_plan
from followups.due import due
from followups.models import FollowUpPlan, FollowUpReport, ReportingDate
from followups.verification import broken_plans
from partnerships.dates import ApproximateDate
from partnerships.together import ask
from tests.accounts.factories import UserFactory
from tests.agreements.factories import TermFactory
from tests.followups.conftest import hand_in
from tests.followups.factories import AT, FollowUpPlanFactory, agreement_in_force, report_on

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 1, 1), date(2025, 6, 30)


def kept(agreement):
    """The two columns, when they follow from the facts."""
    assert list(broken_plans()) == []
    plan = FollowUpPlan.objects.get(agreement=agreement)
    return plan.asked_from, plan.next_due_on


def saved(plan, *, by, dates=()):
    empty = RowsDraft()
    rows = RowsDraft(rows=[ReportingDate(on=on) for on in dates])
    save_plan(plan, indicators=empty, questions=empty, dates=rows, by=by)


def test_it_follows_every_action(agreement, officer):
    plan = start_plan(agreement, template=None, starts_on=None, by=officer)
    assert kept(agreement) == (date(2024, 1, 1), date(2025, 1, 30))

    open_report(agreement, period_starts=date(2024, 1, 1), by=officer, at=AT)
    assert kept(agreement) == (date(2025, 1, 1), date(2026, 1, 30))

    plan.rhythm, plan.days_to_hand_in = "quarter", 10
    saved(plan, by=officer)
    assert kept(agreement) == (date(2025, 1, 1), date(2025, 4, 10))

    plan.rhythm = "dates"
    saved(plan, by=officer, dates=[date(2024, 6, 30), date(2025, 8, 31)])
    assert kept(agreement) == (date(2025, 1, 1), date(2025, 9, 10))


def test_it_follows_the_agreements_life(agreement, plan):
    term = TermFactory(
        agreement=agreement,
        starts=ApproximateDate.exactly(date(2024, 1, 1)),
        ends=ApproximateDate.exactly(date(2024, 3, 31)),
    )
    assert kept(agreement) == (date(2024, 1, 1), date(2024, 4, 30))

    report_on(plan)
    assert kept(agreement) == (None, None)

    term.ends = ApproximateDate.exactly(date(2025, 12, 31))
    term.save()
    keep_life(agreement)
    assert kept(agreement) == (date(2024, 4, 1), date(2025, 1, 30))


def test_a_drift_is_told_by_verify(plan):
    FollowUpPlan.objects.update(asked_from=date(2020, 1, 1))

    ((where, what),) = broken_plans()

    assert where == f"followups.FollowUpPlan {plan.pk}"
    assert what.endswith("asked_from")


def test_plans_from_before_the_columns_are_filled(plan):
    report_on(plan)
    FollowUpPlanFactory(rhythm="dates")
    before = list(FollowUpPlan.objects.order_by("pk").values_list("asked_from", "next_due_on"))
    fill = import_module("followups.migrations.0005_fill_what_is_due_next").fill
    FollowUpPlan.objects.update(asked_from=None, next_due_on=None)

    for _time in range(2):
        fill(apps, None)

    assert list(FollowUpPlan.objects.order_by("pk").values_list("asked_from", "next_due_on")) == (
        before
    )
    assert before[0] == (date(2025, 1, 1), date(2026, 1, 30))


@pytest.mark.parametrize("rhythm", ["month", "quarter", "half_year", "year", "dates"])
@pytest.mark.parametrize("counts_from", ["calendar", "first_day"])
@pytest.mark.parametrize("begun", [(), (0,), (0, 1, 2), (1,), (0, 2)])
def test_what_is_kept_asks_for_the_same_as_all_the_facts(agreement, rhythm, counts_from, begun):
    officer = UserFactory(municipality=agreement.municipality)
    plan = start_plan(agreement, template=None, starts_on=date(2024, 1, 15), by=officer)
    plan.rhythm, plan.counts_from = rhythm, counts_from
    saved(plan, by=officer, dates=[date(2024, month, 20) for month in (2, 5, 6, 11)])
    until = date(2027, 12, 31)
    for period in [plan.periods(until)[number] for number in begun]:
        open_report(agreement, period_starts=period.first, by=officer, at=AT)
    plan.rhythm = (
        "year" if rhythm == "month" else rhythm
    )  # reports of another rhythm than the plan's
    saved(plan, by=officer)

    fresh = FollowUpPlan.objects.get()

    assert list(broken_plans()) == []
    assert fresh.asked_next(until) == fresh.asked(until)


def dues(first=FIRST, last=LAST, most=None):
    return ask(due(Agreement.objects.all(), first=first, last=last, most=most))


def test_only_plans_due_by_the_day_and_reports_not_before_are_looked_at(
    committee, plan, monkeypatch
):
    for year in (2024, 2025):
        report_on(plan, year=year)
    other = FollowUpPlanFactory(agreement=agreement_in_force(committee=committee))
    report_on(FollowUpPlanFactory(agreement=agreement_in_force(committee=committee)))
    looked_at = []
    asked_next = FollowUpPlan.asked_next

    def noted(self, until):
        looked_at.append((self.pk, list(self.agreement.follow_up_reports.all())))
        return asked_next(self, until)

    monkeypatch.setattr(FollowUpPlan, "asked_next", noted)

    found = dues()

    assert looked_at == [(other.pk, [])]
    assert {row.on for row in found if row.url == other.get_absolute_url()} == {date(2025, 1, 30)}


def test_of_many_reviews_the_soonest_are_told(committee, officer):
    for day in (1, 12, 20):
        agreement = agreement_in_force(committee=committee)
        report = report_on(FollowUpPlanFactory(agreement=agreement))
        hand_in(report, officer)
        FollowUpReport.objects.filter(pk=report.pk).update(
            handed_in_at=datetime(2025, 1, day, 9, tzinfo=UTC)
        )

    found = dues(first=date(2025, 1, 20), last=date(2025, 2, 28), most=1)

    reviews = [row.on for row in found if row.key.startswith("followup-review")]
    assert reviews == [date(2025, 1, 15), date(2025, 1, 26)]


def test_of_many_late_plans_those_that_have_waited_longest_are_told(committee):
    longest, shorter, coming = (
        FollowUpPlanFactory(
            agreement=agreement_in_force(committee=committee), starts_on=date(year, 1, 1)
        )
        for year in (2024, 2025, 2026)
    )
    days = {"first": date(2027, 1, 1), "last": date(2027, 6, 30)}

    told = {row.url for row in dues(**days, most=1)}

    assert told == {longest.get_absolute_url(), coming.get_absolute_url()}
    assert {row.url for row in dues(**days)} == told | {shorter.get_absolute_url()}
