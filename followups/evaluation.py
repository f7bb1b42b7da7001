"""The basis for renewing or ending an agreement: what its approved reports and meetings show.

Everything is computed from rows that can be looked up. What cannot be computed says why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _

from accounts.models import User
from agreements.documents import Happening, facts_of, happenings_elsewhere
from agreements.models import Agreement, AgreementOn, Party
from followups.figures import Delivery, Point, Series, deliveries_of, series_of
from followups.models import FollowUpPlan, FollowUpReport, Indicator, Targeted
from followups.rhythm import Period
from followups.states import State
from followups.words import figure_words
from organisations.models import Partner
from partnerships.money import kronor
from steering.models import GroupDecision, GroupTask, MeetingCount

KRONA = Decimal(1)
# Units that count nothing: there is no cost of a per cent, of a day to wait, or of a krona.
NO_COUNTS = {
    "%", "procent", "andel", "kr", "kronor", "tkr", "sek", "mkr", "dagar", "dag", "timmar", "timme",
    "veckor", "månader", "år", "poäng", "index",
}  # fmt: skip
SHOWN_ELSEWHERE = {"report", "steering"}


class WhyNot(models.TextChoices):
    """Why a cost for each outcome cannot be computed."""

    NO_FIGURE = "no_figure", _("the figure is not reported")
    NO_OUTCOME = "no_outcome", _("the figure is 0")
    NO_COST = "no_cost", _("a delivered contribution is not reported")


@dataclass(frozen=True)
class CostOfOutcome:
    """What the parties gave in a period, divided by an indicator's figure for the same period.

    Every contribution to the agreement is in it, whatever else it was used for.
    """

    indicator: Indicator
    point: Point
    by_municipality: Decimal | None
    by_all: Decimal | None

    @property
    def municipality_words(self) -> str:
        """The arithmetic of what the municipality gave for each, or why there is none."""
        return _arithmetic(self.by_municipality, self.point.value, self.indicator.unit)

    @property
    def all_words(self) -> str:
        """The arithmetic of what the parties gave together for each, or why there is none."""
        return _arithmetic(self.by_all, self.point.value, self.indicator.unit)


@dataclass(frozen=True)
class PeriodOfSide:
    """What a party promised and delivered in one approved period, in SEK; None is not known."""

    report: FollowUpReport
    promised: Decimal | None
    delivered: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Delivered less promised; None when either is not known."""
        if self.promised is None or self.delivered is None:
            return None
        return self.delivered - self.promised


@dataclass(frozen=True)
class Side:
    """What a party promised and delivered over the approved periods, each with its report."""

    party: Party
    partner: Partner | None
    rows: tuple[PeriodOfSide, ...]

    @property
    def promised(self) -> Decimal | None:
        """The sum; None when a part of it cannot be computed."""
        return total(row.promised for row in self.rows)

    @property
    def delivered(self) -> Decimal | None:
        """The sum; None when a part of it is not reported."""
        return total(row.delivered for row in self.rows)

    @property
    def difference(self) -> Decimal | None:
        """Delivered less promised; None when either is not known."""
        if self.promised is None or self.delivered is None:
            return None
        return self.delivered - self.promised


@dataclass(frozen=True)
class Evaluation:
    """The basis as it stands on a day, for a user who may read the agreement."""

    agreement: Agreement
    user: User
    day: date

    @cached_property
    def plan(self) -> FollowUpPlan | None:
        """How the agreement was to be followed up; None when nobody wrote it."""
        return FollowUpPlan.objects.filter(agreement=self.agreement).first()

    @cached_property
    def reports(self) -> list[FollowUpReport]:
        """Every report and account, those of no period and then the oldest first."""
        reports = FollowUpReport.objects.filter(agreement=self.agreement)
        by_period = models.F("period_starts").asc(nulls_first=True)
        return list(reports.prefetch_related("values").order_by(by_period, "pk"))

    @cached_property
    def missing(self) -> list[Period]:
        """The periods whose report is due and that nobody has begun."""
        plan = self.plan
        if plan is None:
            return []
        return [period for period in plan.asked(self.day) if plan.due_on(period) < self.day]

    @cached_property
    def series(self) -> list[Series]:
        """The indicators with their approved figures."""
        return series_of(self.agreement)

    @property
    def met(self) -> tuple[int, int, int]:
        """How many of the followed indicators are met, not met, and cannot be said."""
        found = [row.is_met for row in self.series if row.indicator.is_followed]
        return found.count(True), found.count(False), found.count(None)

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """Every line of every approved report."""
        return deliveries_of(self.agreement)

    @cached_property
    def sides(self) -> list[Side]:
        """The parties, with what they promised and delivered in each approved period."""
        return list(_sides(self.deliveries))

    @cached_property
    def costs(self) -> list[CostOfOutcome]:
        """What each outcome cost, by indicator and period, where the indicator counts something."""
        return [
            CostOfOutcome(row.indicator, point, *self._given_in(point.report))
            for row in self.series
            if counts_outcomes(row.indicator)
            for point in row.points
        ]

    @property
    def deviations(self) -> list[FollowUpReport]:
        """The reports that tell of deviations, and those that were not accepted."""
        return [
            report
            for report in self.reports
            if (report.state == State.APPROVED and report.deviations.strip())
            or report.state in (State.NOT_APPROVED, State.SKIPPED)
        ]

    @cached_property
    def decisions(self) -> list[GroupDecision]:
        """What the agreement's steering groups decided."""
        of_agreement = GroupDecision.objects.filter(meeting__group__agreement=self.agreement)
        return list(_by_meeting(of_agreement))

    @cached_property
    def counts(self) -> list[MeetingCount]:
        """What the agreement's steering groups counted, each with its scope."""
        of_agreement = MeetingCount.objects.filter(meeting__group__agreement=self.agreement)
        return list(_by_meeting(of_agreement))

    @cached_property
    def open_tasks(self) -> list[GroupTask]:
        """What the steering groups gave somebody and nobody has settled."""
        tasks = GroupTask.objects.open().filter(meeting__group__agreement=self.agreement)
        return list(tasks.select_related("responsible", "meeting"))

    @cached_property
    def elsewhere(self) -> list[Happening]:
        """Dialogues, assessments, memos and decisions about the agreement."""
        rows = happenings_elsewhere(self.agreement, self.user)
        return [row for row in rows if row.kind not in SHOWN_ELSEWHERE]

    @cached_property
    def answer(self) -> AgreementOn:
        """The agreement on the day: its last days, its terms and its extensions."""
        return AgreementOn(facts_of(self.agreement), self.day)

    def _given_in(self, report: FollowUpReport) -> tuple[Decimal | None, Decimal | None]:
        """What the municipality and what all gave in the report's period; None when a part is not
        reported, or when no line tells of it.
        """
        rows = [row for row in self.deliveries if row.report.pk == report.pk]
        own = [row.delivered for row in rows if row.party == Party.MUNICIPALITY]
        every = [row.delivered for row in rows]
        return total(own) if own else None, total(every) if every else None


def cost_of_each(cost: Decimal | None, outcomes: Decimal | None) -> Decimal | WhyNot:
    """The cost divided by the outcomes, in whole SEK; or why it cannot be computed."""
    if outcomes is None:
        return WhyNot.NO_FIGURE
    if outcomes <= 0:
        return WhyNot.NO_OUTCOME
    return WhyNot.NO_COST if cost is None else (cost / outcomes).quantize(KRONA, ROUND_HALF_UP)


def counts_outcomes(indicator: Indicator) -> bool:
    """Does the indicator count something of which more is better, so that each has a cost?"""
    is_count = indicator.unit.strip().lower() not in NO_COUNTS
    return is_count and indicator.direction == Targeted.Direction.HIGHER


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; not known when one of the amounts is not."""
    found = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        found += amount
    return found


def _arithmetic(cost: Decimal | None, outcomes: Decimal | None, unit: str) -> str:
    each = cost_of_each(cost, outcomes)
    if isinstance(each, WhyNot):
        return gettext("cannot be computed: %(why)s") % {"why": each.label}
    return f"{kronor(cost)} ÷ {figure_words(outcomes)} {unit} = {kronor(each)}"


def _sides(deliveries: Iterable[Delivery]) -> Iterator[Side]:
    by_side: dict[tuple[Party, Partner | None], dict[int, list[Delivery]]] = {}
    for row in deliveries:
        of_side = by_side.setdefault((row.party, row.partner), {})
        of_side.setdefault(row.report.pk, []).append(row)
    for (party, partner), reports in by_side.items():
        rows = tuple(
            PeriodOfSide(
                of[0].report,
                total(row.promised for row in of),
                total(row.delivered for row in of),
            )
            for of in reports.values()
        )
        yield Side(party, partner, rows)


def _by_meeting(rows: models.QuerySet) -> models.QuerySet:
    return rows.select_related("meeting__group").order_by(
        models.F("meeting__held_earliest").asc(nulls_first=True), "pk"
    )
