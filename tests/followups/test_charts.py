"""The charts of plan and report: approved figures, targets and contributions, alike everywhere."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from followups.charts import (
    contribution_charts,
    contribution_charts_until,
    indicator_charts,
    indicator_charts_until,
)
from followups.documents import report_document
from followups.figures import deliveries_of, series_of
from partnerships.documents import ChartBlock
from tests.followups.factories import (
    FollowUpPlanFactory,
    agreement_in_force,
    approved_report,
    report_on,
)

pytestmark = pytest.mark.django_db


def in_document(report):
    """The charts that the report's document prints."""
    sections = report_document(report).sections
    blocks = [block for section in sections for block in section.blocks]
    return [block.chart for block in blocks if isinstance(block, ChartBlock)]


def test_an_indicator_is_drawn_over_time_with_its_target_and_a_gap_for_the_unknown():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(12), None)
    approved_report(plan, 2025, Decimal(25), Decimal(3))

    participants, waiting = indicator_charts(series_of(plan.agreement))

    assert (participants.categories, participants.targets) == (["2024", "2025"], [20, 20])
    assert participants.series[0].values == [12, 25]
    assert waiting.series[0].values == [None, 3]


def test_a_target_that_is_a_range_is_drawn_as_its_two_ends():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(12), None)
    series = series_of(plan.agreement)[0]
    points = tuple(replace(point, target_to=Decimal(30)) for point in series.points)

    (chart,) = indicator_charts([replace(series, points=points)])

    assert [list(row.values) for row in chart.series] == [[12], [20], [30]]
    assert not chart.targets


def test_an_indicator_without_a_figure_is_not_drawn():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(12), None)

    assert [chart.title for chart in indicator_charts(series_of(plan.agreement))] == ["Deltagare"]


def test_what_is_not_reported_is_unknown_among_the_contributions():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(1), None, delivered=Decimal(100_000))
    report = approved_report(plan, 2025, Decimal(1), None)

    town, partner = contribution_charts(deliveries_of(plan.agreement))

    assert [row.values for row in town.series] == [[120_000, 120_000], [100_000, None]]
    assert partner.series[0].values == [60_000, 60_000]
    assert contribution_charts_until(report)[0].rows == town.rows


def test_a_report_shows_what_was_approved_before_it_and_its_own_figures():
    plan = FollowUpPlanFactory()
    approved_report(plan, 2024, Decimal(12), None)
    later = approved_report(plan, 2026, Decimal(30), None)
    report = report_on(plan, year=2025)
    report.values.filter(indicator__name="Deltagare").update(value=25)

    (chart,) = indicator_charts_until(report)
    (last,) = indicator_charts_until(later)

    assert chart.series[0].values == [12, 25]
    assert last.series[0].values == [12, 30]


def test_page_and_document_print_the_same_charts(client, officer, committee):
    client.force_login(officer)
    plan = FollowUpPlanFactory(agreement=agreement_in_force(committee=committee))
    report = approved_report(plan, 2024, Decimal(12), Decimal(7), delivered=Decimal(50_000))

    shown = client.get(report.get_absolute_url()).context["charts"]
    overview = client.get(reverse("followups:agreement_follow_up", args=[plan.agreement_id]))

    assert [chart.rows for chart in in_document(report)] == [chart.rows for chart in shown]
    assert len(shown) == 4
    assert [chart.rows for chart in overview.context["charts"]] == [chart.rows for chart in shown]
