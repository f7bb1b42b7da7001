"""What follow-up has shown, drawn: the same charts on the pages and in the report's document."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from followups.figures import Delivery, Point, Series, deliveries_of, series_of
from followups.models import FollowUpReport
from followups.rhythm import Period
from partnerships import charts
from partnerships.charts import Chart

LAST_MONTH, LAST_DAY = 12, 31


def indicator_charts(rows: Iterable[Series]) -> list[Chart]:
    """Each indicator that has a figure over time, with its target."""
    drawn = [_indicator_chart(row) for row in rows]
    return [chart for chart in drawn if not chart.is_empty]


def contribution_charts(deliveries: Iterable[Delivery]) -> list[Chart]:
    """What each party has promised and delivered, period by period."""
    by_party: dict[str, list[Delivery]] = {}
    for row in deliveries:
        who = str(row.partner or row.report.agreement.municipality)
        by_party.setdefault(who, []).append(row)
    drawn = [_contribution_chart(who, rows) for who, rows in by_party.items()]
    return [chart for chart in drawn if not chart.is_empty]


def indicator_charts_until(report: FollowUpReport) -> list[Chart]:
    """The indicators that the report answers: what was approved before, then its own figures."""
    own = {value.indicator_id: value for value in report.values.all()}
    rows = []
    for series in series_of(report.agreement):
        value = own.get(series.indicator.pk)
        if value is None or report.period is None:
            continue
        point = Point(
            report=report,
            period=report.period,
            value=value.value,
            target=value.target,
            target_to=value.target_to,
            is_met=value.is_met,
            comment=value.comment,
        )
        before = (each for each in series.points if each.period < point.period)
        rows.append(replace(series, points=(*before, point)))
    return indicator_charts(rows)


def contribution_charts_until(report: FollowUpReport) -> list[Chart]:
    """What was promised and delivered in the approved reports before, then in this one."""
    if report.period is None:
        return []
    own = [Delivery.from_use(use, report) for use in report.uses.all()]
    before = [row for row in deliveries_of(report.agreement) if row.period < report.period]
    return contribution_charts([*before, *own])


def _indicator_chart(row: Series) -> Chart:
    """A target that is a range is drawn as its two ends."""
    points = row.points
    lines = [charts.Series(_("Figure"), [point.value for point in points])]
    targets = [point.target for point in points]
    if any(point.target_to is not None for point in points):
        lines.append(charts.Series(_("Target from"), targets))
        lines.append(charts.Series(_("Target to"), [point.target_to for point in points]))
        targets = []
    return Chart(
        title=row.indicator.name,
        heading=_("Period"),
        categories=[_period_words(point.period) for point in points],
        series=lines,
        kind="line",
        unit=row.indicator.unit,
        targets=targets if any(target is not None for target in targets) else (),
    )


def _contribution_chart(who: str, rows: list[Delivery]) -> Chart:
    periods = sorted({row.period for row in rows})
    of_period = [[row for row in rows if row.period == period] for period in periods]
    return Chart(
        title=_("Contributions by %(party)s, promised and delivered") % {"party": who},
        heading=_("Period"),
        categories=[_period_words(period) for period in periods],
        series=[
            charts.Series(
                _("Promised"), [_sum(row.promised for row in each) for each in of_period]
            ),
            charts.Series(
                _("Delivered"), [_sum(row.delivered for row in each) for each in of_period]
            ),
        ],
        unit="kr",
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; not known when one of the amounts is not."""
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def _period_words(period: Period) -> str:
    """The year alone for a calendar year."""
    ends = (period.last.month, period.last.day)
    is_year = (period.first.month, period.first.day) == (1, 1) and ends == (LAST_MONTH, LAST_DAY)
    return (
        str(period.first.year) if is_year and period.first.year == period.last.year else str(period)
    )
