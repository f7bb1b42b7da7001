"""What each party brings: amounts as stated, and how they can be computed."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.party import Party
from agreements.models.revision import Revision
from organisations.models import Partner
from partnerships.money import NBSP, AmountField, kronor, plain_number

CENT = Decimal("0.01")
FACTOR_STEP = Decimal("0.0001")


class PeriodBasis(models.TextChoices):
    """What period an amount is for."""

    PER_YEAR = "per_year", _("per year")
    PER_MONTH = "per_month", _("per month")
    WHOLE_TERM = "whole_term", _("for the whole term")
    NOT_STATED = "not_stated", _("period not stated")


def names_its_partner(name: str) -> models.CheckConstraint:
    """A partner is named exactly when the party is a partner."""
    return models.CheckConstraint(
        condition=Q(party=Party.MUNICIPALITY, partner__isnull=True)
        | Q(party=Party.PARTNER, partner__isnull=False),
        name=name,
    )


class Contribution(models.Model):
    """One line of a party's budget in a revision. (Swedish: bidrag, budgetrad)

    `stated_amount` (SEK, excluding VAT) is what the agreement says; it is printed and summed. The
    computed amount of the calculation stands beside it and never replaces it.
    """

    class Kind(models.TextChoices):
        CASH = "cash", _("cash")
        PERSONNEL = "personnel", _("personnel")
        PREMISES = "premises", _("premises")
        EQUIPMENT = "equipment", _("equipment and material")
        VOLUNTEERS = "volunteers", _("volunteers")
        OTHER = "other", _("other")

    class Form(models.TextChoices):
        CASH = "cash", _("in money")
        IN_KIND = "in_kind", _("in kind")
        NOT_STATED = "not_stated", _("not stated")

    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="contributions", verbose_name=_("revision")
    )
    copied_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("the same line in an earlier revision"),
    )
    party = models.CharField(_("party"), max_length=12, choices=Party)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("partner"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    form = models.CharField(_("given"), max_length=10, choices=Form, default=Form.NOT_STATED)
    label = models.CharField(_("label"), max_length=500, help_text=_("As it is to be printed."))
    stated_amount = AmountField(
        _("stated amount"),
        null=True,
        blank=True,
        help_text=_("In kronor. Empty when it is not known."),
    )
    period_basis = models.CharField(
        _("period"), max_length=10, choices=PeriodBasis, default=PeriodBasis.PER_YEAR
    )
    on_cost_rate = models.DecimalField(
        _("on-cost rate"),
        max_digits=7,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Social charges and the like in per cent, added to the calculation."),
    )

    per_inhabitant = AmountField(
        _("price per inhabitant and year"),
        null=True,
        blank=True,
        help_text=_("In kronor, when the agreement sets a price for each inhabitant."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["party", "position", "pk"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            names_its_partner("contribution_names_its_partner"),
            models.CheckConstraint(
                condition=Q(stated_amount__isnull=True) | Q(stated_amount__gte=0),
                name="stated_amount_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(on_cost_rate__isnull=True) | Q(on_cost_rate__gte=0),
                name="on_cost_rate_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(per_inhabitant__isnull=True) | Q(per_inhabitant__gte=0),
                name="price_per_inhabitant_is_not_negative",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def computed_amount(self) -> Decimal | None:
        """The calculation's sum with on-costs, to the öre; None when there is no calculation."""
        parts = list(self.parts.all())
        if not parts:
            return None
        total = sum((part.amount for part in parts), Decimal(0)) * (1 + (self.on_cost_rate or 0))
        return total.quantize(CENT, ROUND_HALF_UP)

    @property
    def deviation(self) -> Decimal | None:
        """Stated less computed; None when either is not known."""
        computed = self.computed_amount
        return (
            None
            if computed is None or self.stated_amount is None
            else self.stated_amount - computed
        )

    @property
    def implied_factor(self) -> Decimal | None:
        """Stated over computed, to four decimals; None when it cannot be computed."""
        computed = self.computed_amount
        if not computed or self.stated_amount is None:
            return None
        return (self.stated_amount / computed).quantize(FACTOR_STEP, ROUND_HALF_UP)


class CalculationPart(models.Model):
    """One product in a contribution's calculation: count × unit price × share × months.

    A share or a number of months that is 1 does not multiply, and is not written out.
    """

    NEUTRAL = Decimal(1)

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="parts", verbose_name=_("contribution")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    count = models.DecimalField(_("count"), max_digits=10, decimal_places=2, default=1)
    unit_price = AmountField(_("unit price"))
    share = models.DecimalField(_("share"), max_digits=7, decimal_places=6, default=1)
    months = models.DecimalField(_("months"), max_digits=6, decimal_places=2, default=12)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("part of a calculation")
        verbose_name_plural = _("parts of calculations")
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=0, unit_price__gte=0, share__gte=0, months__gte=0),
                name="calculation_has_no_negative_numbers",
            ),
        ]

    def __str__(self):
        factors = [plain_number(Decimal(self.count)), kronor(Decimal(self.unit_price))]
        if self.share != self.NEUTRAL:
            factors.append(f"{plain_number(Decimal(self.share) * 100)}{NBSP}%")
        if self.months != self.NEUTRAL:
            factors.append(_("%(months)s months") % {"months": plain_number(Decimal(self.months))})
        return " × ".join(factors)

    @property
    def amount(self) -> Decimal:
        """The product in SEK, not rounded."""
        return self.count * self.unit_price * self.share * self.months


class StatedTotal(models.Model):
    """A total that the agreement itself states for a party, with its words; compared with the sum."""

    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="stated_totals", verbose_name=_("revision")
    )
    party = models.CharField(_("party"), max_length=12, choices=Party)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stated_totals",
        verbose_name=_("partner"),
    )
    label = models.CharField(
        _("label"), max_length=200, blank=True, help_text=_("As it is to be printed.")
    )
    amount = AmountField(_("stated total"))

    history = HistoricalRecords()

    class Meta:
        ordering = ["party", "pk"]
        verbose_name = _("stated total")
        verbose_name_plural = _("stated totals")
        constraints = [
            names_its_partner("stated_total_names_its_partner"),
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(partner__isnull=True),
                name="municipality_states_one_total",
            ),
            models.UniqueConstraint(
                fields=["revision", "partner"], name="partner_states_one_total"
            ),
        ]

    def __str__(self):
        return self.label or str(self.amount)
