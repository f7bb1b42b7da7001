"""The plan of an agreement: what is followed, how often, and what is asked in words."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Obligation
from followups.models.target import FigureField, Targeted
from followups.rhythm import Asked, CountsFrom, Period, Rhythm, uncovered
from partnerships.dates.bounds import moved

NEXT = ["asked_from", "next_due_on"]


class FollowUpPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The plans of the agreements that the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include())


class FollowUpPlan(models.Model):
    """How an agreement is followed up: one plan for each. (Swedish: uppföljningsplan)

    Its periods follow from the rhythm and from how long the agreement lasts; they are never stored
    until somebody begins a report on one.
    """

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, related_name="follow_up_plan", verbose_name=_("agreement")
    )
    rhythm = models.CharField(_("rhythm"), max_length=9, choices=Rhythm, default=Rhythm.YEAR)
    counts_from = models.CharField(
        _("periods begin with"), max_length=9, choices=CountsFrom, default=CountsFrom.CALENDAR
    )
    starts_on = models.DateField(
        _("first day that is followed up"),
        null=True,
        blank=True,
        help_text=_("Empty: from the first day of the agreement."),
    )
    days_to_hand_in = models.PositiveSmallIntegerField(
        _("days to hand in"),
        default=30,
        help_text=_("How many days after the period's last day the report is due."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What the plan rests on, for example a clause.")
    )

    # Kept by `keep_next`, for the worklist: the first day that no report covers and that one is
    # asked for, and the last day to hand that report in. Null when none is asked for.
    asked_from = models.DateField(null=True, editable=False)
    next_due_on = models.DateField(null=True, editable=False)

    objects = FollowUpPlanQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=NEXT)

    class Meta:
        ordering = ["agreement"]
        indexes = [models.Index(fields=["next_due_on", "id"], name="plan_by_next_due_day")]
        verbose_name = _("follow-up plan")
        verbose_name_plural = _("follow-up plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(days_to_hand_in__lte=366), name="plan_lets_hand_in_within_a_year"
            ),
        ]

    def __str__(self):
        return gettext("Follow-up of %(agreement)s") % {"agreement": self.agreement}

    def get_absolute_url(self):
        return reverse("followups:agreement_follow_up", args=[self.agreement_id])

    @property
    def first_day(self) -> date | None:
        """The first day that is followed up; None while the agreement's start is not known."""
        agreement = self.agreement
        if not agreement.is_decided:
            return None
        return self.starts_on or agreement.begins_certainly

    @property
    def asks(self) -> Asked | None:
        """What it asks for; None while the agreement's start is not known."""
        if self.first_day is None:
            return None
        days = self.dates.all() if self.rhythm == Rhythm.DATES else ()
        return Asked(
            self.rhythm,
            self.counts_from,
            self.first_day,
            self.agreement.last_day,
            tuple(row.on for row in days),
        )

    def periods(self, until: date) -> list[Period]:
        """The periods that begin by the day, whether reported on or not."""
        return list(self.asks.periods(until)) if self.asks else []

    def asked(self, until: date) -> list[Period]:
        """The periods that begin by the day and that no report covers."""
        return list(uncovered(self.periods(until), self._covered()))

    def asked_next(self, until: date) -> list[Period]:
        """The same from what is kept: needs no report that ends before `asked_from`."""
        since = self.asked_from
        if since is None or self.asks is None:
            return []
        left = uncovered(self.asks.periods(until, since=since), self._covered())
        return [
            Period(max(period.first, since), period.last) for period in left if period.last >= since
        ]

    def next_now(self) -> dict[str, date | None]:
        """The values of the columns `NEXT` as they follow from the plan and its reports."""
        period = self.asks.next_period(self._covered()) if self.asks else None
        if period is None:
            return dict.fromkeys(NEXT)
        return {"asked_from": period.first, "next_due_on": self.due_on(period)}

    def _covered(self) -> list[Period]:
        reports = self.agreement.follow_up_reports.all()
        return [report.period for report in reports if report.period]

    def due_on(self, period: Period) -> date:
        """The last day to hand in the report on the period."""
        return moved(period.last, days=self.days_to_hand_in)


class ReportingDate(models.Model):
    """A day on which a period ends, in a plan with given dates."""

    plan = models.ForeignKey(
        FollowUpPlan, models.CASCADE, related_name="dates", verbose_name=_("follow-up plan")
    )
    on = models.DateField(_("the period ends on"))

    history = HistoricalRecords()

    class Meta:
        ordering = ["on"]
        verbose_name = _("reporting date")
        verbose_name_plural = _("reporting dates")
        constraints = [
            models.UniqueConstraint(fields=["plan", "on"], name="plan_has_each_date_once"),
        ]

    def __str__(self):
        return self.on.isoformat()


class Indicator(Targeted):
    """A figure that shows whether an undertaking or a goal is reached. (Swedish: indikator)

    `goal` keeps its words also when the obligation that it was tied to is removed.
    """

    plan = models.ForeignKey(
        FollowUpPlan, models.CASCADE, related_name="indicators", verbose_name=_("follow-up plan")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(
        _("unit"), max_length=40, help_text=_("For example persons, %, hours or kr.")
    )
    definition = models.CharField(
        _("how it is counted"),
        max_length=500,
        blank=True,
        help_text=_("So that two people would come to the same figure."),
    )
    baseline = FigureField(
        _("baseline"),
        null=True,
        blank=True,
        help_text=_("Where it stood before. Empty: not known."),
    )
    obligation = models.ForeignKey(
        Obligation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("undertaking"),
    )
    goal = models.TextField(_("goal"), blank=True)
    is_followed = models.BooleanField(
        _("followed"), default=True, help_text=_("Untick what is no longer asked for.")
    )

    history = HistoricalRecords()

    class Meta(Targeted.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            *Targeted.Meta.constraints,
            models.CheckConstraint(condition=~Q(goal=""), name="indicator_says_what_it_is_to_show"),
        ]

    def __str__(self):
        return self.name


class NarrativeQuestion(models.Model):
    """What the report answers in words, under a heading."""

    plan = models.ForeignKey(
        FollowUpPlan, models.CASCADE, related_name="questions", verbose_name=_("follow-up plan")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    heading = models.CharField(_("heading"), max_length=200)
    hint = models.CharField(_("what to write about"), max_length=500, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_asked = models.BooleanField(
        _("asked"), default=True, help_text=_("Untick what is no longer asked for.")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.heading
