"""Who bore the cost and who administered the agreement, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.agreement import Agreement
from agreements.models.contribution import PeriodBasis
from agreements.models.validity import OfAgreementQuerySet
from organisations.models import Committee, Office, Unit
from partnerships.dates import ApproximateDateField
from partnerships.money import AmountField


class Responsibility(models.Model):
    """A period in which a body bore the cost or administered the agreement. (Swedish: kostnad och förvaltning)

    The source may name a committee, an office, a unit or several of them.
    """

    class Kind(models.TextChoices):
        COST = "cost", _("cost")
        ADMINISTRATION = "administration", _("administration")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="responsibilities", verbose_name=_("agreement")
    )
    kind = models.CharField(_("responsible for"), max_length=14, choices=Kind)
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("committee"),
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("office"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("unit"),
    )
    starts = ApproximateDateField(
        _("first day"),
        earliest_field="starts_earliest",
        latest_field="starts_latest",
        null=True,
        blank=True,
        help_text=_("As exact as the source. Empty when it is not known."),
    )
    starts_earliest = models.DateField(null=True, editable=False)
    starts_latest = models.DateField(null=True, editable=False)
    ends = ApproximateDateField(
        _("last day"),
        earliest_field="ends_earliest",
        latest_field="ends_latest",
        null=True,
        blank=True,
        help_text=_("Empty while it goes on."),
    )
    ends_earliest = models.DateField(null=True, editable=False)
    ends_latest = models.DateField(null=True, editable=False)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "kind", "starts_earliest", "pk"]
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.CheckConstraint(
                condition=Q(committee__isnull=False)
                | Q(office__isnull=False)
                | Q(unit__isnull=False),
                name="responsibility_names_a_body",
            ),
            models.CheckConstraint(
                condition=Q(ends_latest__isnull=True)
                | Q(starts_earliest__isnull=True)
                | Q(ends_latest__gte=F("starts_earliest")),
                name="responsibility_starts_before_it_ends",
            ),
        ]

    def __str__(self):
        return str(self.committee or self.office or self.unit)

    @property
    def within(self) -> str:
        """The offices and units that the source also names, in words."""
        named = [str(body) for body in (self.committee, self.office, self.unit) if body]
        return ", ".join(named[1:])


class BudgetedAmount(models.Model):
    """What a committee's budget holds for the agreement, as a source states it. (Swedish: budget)

    It is compared with the agreement's price and never replaces it.
    """

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="budgets", verbose_name=_("agreement")
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="budgets", verbose_name=_("committee")
    )
    amount = AmountField(_("budgeted amount"))
    period_basis = models.CharField(
        _("period"), max_length=10, choices=PeriodBasis, default=PeriodBasis.PER_YEAR
    )
    starts = ApproximateDateField(
        _("first day"),
        earliest_field="starts_earliest",
        latest_field="starts_latest",
        null=True,
        blank=True,
    )
    starts_earliest = models.DateField(null=True, editable=False)
    starts_latest = models.DateField(null=True, editable=False)
    ends = ApproximateDateField(
        _("last day"),
        earliest_field="ends_earliest",
        latest_field="ends_latest",
        null=True,
        blank=True,
    )
    ends_earliest = models.DateField(null=True, editable=False)
    ends_latest = models.DateField(null=True, editable=False)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "starts_earliest", "pk"]
        verbose_name = _("budgeted amount")
        verbose_name_plural = _("budgeted amounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="budgeted_amount_is_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.committee}: {self.amount}"
