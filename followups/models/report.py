"""The report on a period, and its answers."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Contribution, PeriodBasis, Revision
from followups.models.plan import Indicator, NarrativeQuestion
from followups.models.target import FigureField, Targeted
from followups.rhythm import MONTHS_IN_A_YEAR, Period
from followups.states import (
    AWAITS_REVIEW,
    IS_DECIDED,
    IS_OPEN,
    NEEDS_REASON,
    TRANSITIONS,
    State,
    Step,
)
from partnerships.dates import ApproximateDateField
from partnerships.money import AmountField

CENT = Decimal("0.01")
HANDED_IN = (*AWAITS_REVIEW, State.RETURNED, *IS_DECIDED)


class Measurability(models.TextChoices):
    """Can it be seen from the report what came of the agreement? (Swedish: mätbarhet)"""

    MEASURABLE = "measurable", _("measurable")
    PARTLY = "partly", _("partly measurable")
    NOT_MEASURABLE = "not_measurable", _("not measurable")


class FollowUpReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The reports on the agreements that the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include())

    def approved(self):
        """Reports whose figures count."""
        return self.filter(state=State.APPROVED)

    def with_day(self):
        """The reports with the day that they are listed by: when due, else received or begun."""
        begun = TruncDate("created_at")
        return self.annotate(sort_on=Coalesce("due_on", "received_earliest", begun))

    def with_answers(self):
        """The reports with everything that their page and their document print."""
        return self.select_related(
            "agreement__committee__municipality", "revision", "decided_by"
        ).prefetch_related(
            "values__indicator",
            "answers__question",
            "uses__contribution__partner",
            "attachments",
            "versions",
        )


class FollowUpReport(models.Model):
    """What came of an agreement in a period. (Swedish: uppföljningsrapport, redovisning)

    One with a period is asked for by the plan. One without is a plain account that the partner gave
    outside of the portal (Swedish: redogörelse).
    """

    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        related_name="follow_up_reports",
        verbose_name=_("agreement"),
    )
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="follow_up_reports",
        verbose_name=_("revision"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    period_starts = models.DateField(_("first day of the period"), null=True, editable=False)
    period_ends = models.DateField(_("last day of the period"), null=True, editable=False)
    due_on = models.DateField(_("due on"), null=True, editable=False)
    received_on = ApproximateDateField(
        _("received on"),
        earliest_field="received_earliest",
        latest_field="received_latest",
        null=True,
        blank=True,
        help_text=_("As exact as the source: 2018-03-12, mars 2018 or 2018."),
    )
    received_earliest = models.DateField(null=True, editable=False)
    received_latest = models.DateField(null=True, editable=False)
    account = models.TextField(
        _("account"), blank=True, help_text=_("What the partner told, or where it is kept.")
    )
    deviations = models.TextField(
        _("deviations"),
        blank=True,
        help_text=_("What did not turn out as agreed, why, and what is done about it."),
    )
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    saved_from = models.CharField(max_length=32, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    named_parts = models.JSONField(_("parts to complete"), default=list, editable=False)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="decided_reports",
        verbose_name=_("decided by"),
    )
    pdf = models.FileField(
        _("PDF as approved"), upload_to="followups/reports/", blank=True, editable=False
    )
    pdf_sha256 = models.CharField(
        _("SHA-256 of the PDF"), max_length=64, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = FollowUpReportQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["edition", "saved_from"])

    class Meta:
        ordering = ["agreement", "-period_starts", "-pk"]
        verbose_name = _("follow-up report")
        verbose_name_plural = _("follow-up reports")
        indexes = [models.Index(fields=["state", "due_on"], name="report_by_state_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="report_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.RECEIVED,
                    period_starts__isnull=True,
                    period_ends__isnull=True,
                    due_on__isnull=True,
                )
                & ~Q(account="")
                | ~Q(state=State.RECEIVED)
                & Q(
                    account="",
                    received_earliest__isnull=True,
                    due_on__isnull=False,
                    period_starts__lte=F("period_ends"),
                ),
                name="report_has_a_period_or_is_an_account",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NEEDS_REASON) | ~Q(reason=""),
                name="report_says_why_it_is_not_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HANDED_IN, handed_in_at__isnull=False)
                | ~Q(state__in=HANDED_IN) & Q(handed_in_at__isnull=True),
                name="report_says_when_it_was_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=IS_DECIDED,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                | ~Q(state__in=IS_DECIDED) & Q(decided_at__isnull=True, decided_by__isnull=True),
                name="decided_report_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=State.APPROVED) & ~Q(pdf="") & ~Q(pdf_sha256="")
                | ~Q(state=State.APPROVED) & Q(pdf="", pdf_sha256=""),
                name="approved_report_keeps_its_pdf",
            ),
            models.UniqueConstraint(
                fields=["agreement", "period_starts"], name="period_begins_one_report"
            ),
            models.UniqueConstraint(
                fields=["agreement", "period_ends"], name="period_ends_one_report"
            ),
        ]

    def __str__(self):
        return str(self.period or self.received_on or self.get_state_display())

    def get_absolute_url(self):
        return reverse("followups:report_detail", args=[self.pk])

    @property
    def period(self) -> Period | None:
        """What it reports on; None for a plain account."""
        if self.period_starts is None or self.period_ends is None:
            return None
        return Period(self.period_starts, self.period_ends)

    @property
    def is_account(self) -> bool:
        """Was it given outside of the portal?"""
        return self.state == State.RECEIVED

    @property
    def is_open(self) -> bool:
        """Can its answers be written?"""
        return self.state in IS_OPEN

    def can(self, step: Step) -> bool:
        """Does the table of transitions lead anywhere by this step?"""
        return State(self.state) in TRANSITIONS[step]

    @property
    def measurability(self) -> Measurability:
        """Computed from the figures: words alone are not measurable."""
        values = list(self.values.all())
        reported = sum(row.value is not None for row in values)
        if not reported:
            return Measurability.NOT_MEASURABLE
        return Measurability.MEASURABLE if reported == len(values) else Measurability.PARTLY


class IndicatorValue(Targeted):
    """An indicator's figure in a report, with the target as it was. (Swedish: utfall)

    Null is `not reported`, never 0; the comment then says why.
    """

    report = models.ForeignKey(
        FollowUpReport, models.PROTECT, related_name="values", verbose_name=_("report")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="values", verbose_name=_("indicator")
    )
    value = FigureField(_("figure"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    history = HistoricalRecords()

    class Meta(Targeted.Meta):
        ordering = ["indicator__position", "indicator"]
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        constraints = [
            *Targeted.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "indicator"], name="report_has_each_indicator_once"
            ),
        ]

    def __str__(self):
        return str(self.indicator)

    @property
    def answer_key(self) -> str:
        """What tells the answer from others, in every version."""
        return f"value-{self.indicator_id}"

    @property
    def is_met(self) -> bool | None:
        """Is the target met? None when there is no target, or no figure."""
        return self.is_met_by(self.value)


class NarrativeAnswer(models.Model):
    """The answer to one of the plan's questions."""

    report = models.ForeignKey(
        FollowUpReport, models.PROTECT, related_name="answers", verbose_name=_("report")
    )
    question = models.ForeignKey(
        NarrativeQuestion, models.PROTECT, related_name="answers", verbose_name=_("question")
    )
    text = models.TextField(_("text"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["question__position", "question"]
        verbose_name = _("answer in words")
        verbose_name_plural = _("answers in words")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "question"], name="report_answers_each_question_once"
            ),
        ]

    def __str__(self):
        return str(self.question)

    @property
    def answer_key(self) -> str:
        """What tells the answer from others, in every version."""
        return f"question-{self.question_id}"


class FundsUse(models.Model):
    """What became of a contribution in the period: promised against delivered. (Swedish: medelsanvändning)

    `delivered` is in SEK, also for what is given in kind; null is `not reported`.
    """

    report = models.ForeignKey(
        FollowUpReport, models.PROTECT, related_name="uses", verbose_name=_("report")
    )
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, related_name="uses", verbose_name=_("contribution")
    )
    delivered = AmountField(_("delivered"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["contribution__party", "contribution__position", "contribution"]
        verbose_name = _("use of a contribution")
        verbose_name_plural = _("uses of contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "contribution"], name="report_has_each_contribution_once"
            ),
            models.CheckConstraint(
                condition=Q(delivered__isnull=True) | Q(delivered__gte=0),
                name="delivered_amount_is_not_negative",
            ),
        ]

    def __str__(self):
        return str(self.contribution)

    @property
    def answer_key(self) -> str:
        """What tells the answer from others, in every version."""
        return f"use-{self.contribution_id}"

    @property
    def promised(self) -> Decimal | None:
        """What the revision promises for the period, in SEK.

        None when the amount is not known, when it is for another period than a year or a month, or
        when the period is not a whole number of months: a part of a month is never guessed.
        """
        amount, period = self.contribution.stated_amount, self.report.period
        months = period.whole_months if period else None
        if amount is None or months is None:
            return None
        if self.contribution.period_basis == PeriodBasis.PER_MONTH:
            return amount * months
        if self.contribution.period_basis == PeriodBasis.PER_YEAR:
            return (amount * months / MONTHS_IN_A_YEAR).quantize(CENT)
        return None

    @property
    def difference(self) -> Decimal | None:
        """Delivered less promised; None when either is not known."""
        if self.delivered is None or self.promised is None:
            return None
        return self.delivered - self.promised
