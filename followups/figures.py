"""What follow-up has shown, for charts, evaluations and reports. Reads only; approved figures only.

Whoever asks has made sure that the user may read the agreements.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from agreements.models import Agreement, Contribution, Party
from followups.models import FollowUpReport, FundsUse, Indicator, IndicatorValue
from followups.rhythm import Period
from organisations.models import Partner

# The indicators that follow up the agreement of the outer query.
_FOLLOWED = Indicator.objects.filter(plan__agreement=OuterRef("pk"), is_followed=True)


@dataclass(frozen=True)
class Point:
    """An indicator's figure in one approved report. `value` None is `not reported`, never 0."""

    report: FollowUpReport
    period: Period
    value: Decimal | None
    target: Decimal | None
    target_to: Decimal | None
    is_met: bool | None
    comment: str
    target_words: str = ""


@dataclass(frozen=True)
class Series:
    """An indicator over time, the oldest period first."""

    indicator: Indicator
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point | None:
        """The figure of the latest approved report; None before the first."""
        return self.points[-1] if self.points else None

    @property
    def is_met(self) -> bool | None:
        """Does the latest approved report meet the target? None without a target or a figure."""
        return self.latest.is_met if self.latest else None


@dataclass(frozen=True)
class Delivery:
    """A contribution in one approved report: what the revision promises, and what was delivered.

    Both are SEK for the period; None is `cannot be computed` or `not reported`, never 0.
    """

    report: FollowUpReport
    period: Period
    contribution: Contribution
    party: Party
    partner: Partner | None
    promised: Decimal | None
    delivered: Decimal | None
    difference: Decimal | None
    comment: str

    @classmethod
    def from_use(cls, use: FundsUse, report: FollowUpReport) -> "Delivery":
        """What a line of a report with a period tells."""
        line = use.contribution
        return cls(
            report=report,
            period=_period(report),
            contribution=line,
            party=Party(line.party),
            partner=line.partner,
            promised=use.promised,
            delivered=use.delivered,
            difference=use.difference,
            comment=use.comment,
        )


@dataclass(frozen=True)
class Met:
    """How many followed indicators met their target in the latest approved report."""

    met: int = 0
    not_met: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All indicators that are followed."""
        return self.met + self.not_met + self.unknown


def series_of(agreement: Agreement) -> list[Series]:
    """Each indicator of the agreement's plan with its approved figures, in the order of the plan."""
    indicators = Indicator.objects.filter(plan__agreement=agreement).select_related("obligation")
    points = _points(IndicatorValue.objects.filter(report__agreement=agreement))
    return [Series(row, tuple(points.get(row.pk, ()))) for row in indicators]


def deliveries_of(agreement: Agreement) -> list[Delivery]:
    """Every contribution line of every approved report, by period, the municipality's first."""
    uses = FundsUse.objects.filter(
        report__agreement=agreement, report__in=FollowUpReport.objects.approved()
    ).select_related("contribution__partner", "report__agreement__committee__municipality")
    found = [Delivery.from_use(use, use.report) for use in uses]
    return sorted(found, key=lambda row: row.period)


def indicators_met(agreement: Agreement) -> Met:
    """How the followed indicators of one agreement stand."""
    return met_by_agreement([agreement])[agreement.pk]


def met_by_agreement(agreements: Iterable[Agreement]) -> dict[int, Met]:
    """The same for many agreements, by key, in two queries."""
    keys = [agreement.pk for agreement in agreements]
    answers: dict[int, list[bool | None]] = {key: [] for key in keys}
    for row, is_met in _answers(keys):
        answers[row.plan.agreement_id].append(is_met)
    return {
        key: Met(found.count(True), found.count(False), found.count(None))
        for key, found in answers.items()
    }


def answers_of(agreements: Iterable[Agreement]) -> dict[int, bool | None]:
    """Does each followed indicator, by key, meet its target? None without a target or a figure."""
    keys = [agreement.pk for agreement in agreements]
    return {row.pk: is_met for row, is_met in _answers(keys)}


def is_followed_up() -> Exists:
    """The condition that a plan with an indicator follows up the agreement."""
    return Exists(_FOLLOWED)


def without_follow_up(agreements: QuerySet[Agreement], on: date) -> QuerySet[Agreement]:
    """Those of the agreements in force on the day that no plan with an indicator follows up."""
    return agreements.without_follow_up(on)  # type: ignore[attr-defined,no-any-return]


def with_follow_up(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Those of the agreements that a plan with an indicator follows up."""
    return agreements.filter(Exists(_FOLLOWED))


def has_follow_up(agreement: Agreement) -> bool:
    """Has the agreement a plan with at least one indicator that is followed?"""
    return Indicator.objects.filter(plan__agreement=agreement, is_followed=True).exists()


def _answers(keys: list[int]) -> Iterator[tuple[Indicator, bool | None]]:
    """Each followed indicator of the agreements with whether its latest figure meets the target."""
    indicators = Indicator.objects.filter(plan__agreement__in=keys, is_followed=True)
    points = _points(IndicatorValue.objects.filter(report__agreement__in=keys))
    for row in indicators.select_related("plan"):
        yield row, Series(row, tuple(points.get(row.pk, ()))).is_met


def _points(values: QuerySet[IndicatorValue]) -> dict[int, list[Point]]:
    """The approved figures by indicator, the oldest period first."""
    approved = values.filter(report__in=FollowUpReport.objects.approved())
    found: dict[int, list[Point]] = {}
    for row in approved.select_related("report").order_by("report__period_starts"):
        found.setdefault(row.indicator_id, []).append(
            Point(
                report=row.report,
                period=_period(row.report),
                value=row.value,
                target=row.target,
                target_to=row.target_to,
                is_met=row.is_met,
                comment=row.comment,
                target_words=row.target_words,
            )
        )
    return found


def _period(report: FollowUpReport) -> Period:
    """The period of an approved report; the database lets no account be approved."""
    period = report.period
    if period is None:
        raise ValueError("An approved report has a period.")
    return period
