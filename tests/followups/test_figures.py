"""What colleagues read: approved figures over time, deliveries, and how many targets are met."""

from datetime import date
from decimal import Decimal

import pytest

from agreements.models import Agreement
from followups.figures import (
    deliveries_of,
    has_follow_up,
    indicators_met,
    met_by_agreement,
    series_of,
    without_follow_up,
)
from tests.agreements.factories import AgreementFactory
from tests.followups.factories import (
    FollowUpPlanFactory,
    IndicatorFactory,
    agreement_in_force,
    approved_report,
    report_on,
)

pytestmark = pytest.mark.django_db


def test_each_indicator_is_told_over_time_with_its_target_and_unknown_is_not_zero():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2025, Decimal(25), Decimal(3))
    approved_report(plan, 2024, Decimal(12), None)
    report_on(plan, year=2026)

    participants, waiting = series_of(plan.agreement)

    assert [(p.period.first.year, p.value, p.target, p.is_met) for p in participants.points] == [
        (2024, 12, 20, False),
        (2025, 25, 20, True),
    ]
    assert [(point.value, point.is_met) for point in waiting.points] == [(None, None), (3, True)]
    assert (participants.is_met, waiting.is_met) == (True, True)


def test_a_changed_target_does_not_change_what_was_approved():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(12), None)
    plan.indicators.filter(name="Deltagare").update(target=10)

    assert series_of(plan.agreement)[0].latest.is_met is False


def test_promised_stands_against_delivered_for_both_parties():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(1), None, delivered=Decimal(100_000))

    rows = [
        (row.party, row.contribution.label, row.promised, row.delivered, row.difference)
        for row in deliveries_of(plan.agreement)
    ]

    assert rows == [
        ("municipality", "Verksamhetsbidrag", 120_000, 100_000, -20_000),
        ("partner", "Volontärtid", 60_000, 100_000, 40_000),
    ]


def test_what_is_met_is_counted_by_the_latest_approved_report():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(30), Decimal(9))
    IndicatorFactory(plan=plan)
    other = AgreementFactory()

    met = met_by_agreement([plan.agreement, other])

    assert (met[plan.agreement.pk].met, met[plan.agreement.pk].not_met) == (1, 1)
    assert met[plan.agreement.pk].unknown == 1
    assert met[other.pk].total == 0
    assert indicators_met(plan.agreement) == met[plan.agreement.pk]


def test_many_agreements_cost_no_more_queries_than_one(django_assert_num_queries):
    agreements = [FollowUpPlanFactory().agreement for _each in range(3)]

    with django_assert_num_queries(2):
        met_by_agreement(agreements)


def test_an_agreement_in_force_without_an_indicator_lacks_follow_up():
    bare, planned = agreement_in_force(name="Utan plan"), FollowUpPlanFactory().agreement
    empty = FollowUpPlanFactory(filled=False).agreement
    retired = FollowUpPlanFactory(filled=False)
    IndicatorFactory(plan=retired, is_followed=False)
    AgreementFactory(name="Utkast")

    found = set(without_follow_up(Agreement.objects.all(), date(2025, 6, 1)))

    assert found == {bare, empty, retired.agreement}
    assert not without_follow_up(Agreement.objects.all(), date(2023, 6, 1))
    assert has_follow_up(planned)
    assert not has_follow_up(retired.agreement)
