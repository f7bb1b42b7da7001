"""Dated reference data of the installation: thresholds and exchange rates, each with its source."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.money import AmountField


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day to a day, open at the end when it is not known."""

    def visible_to(self, user):
        """Reference data is public and the same for every municipality."""
        return self if user.is_authenticated else self.none()

    def on(self, day: date):
        """What held on the day."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day
        )


class Dated(models.Model):
    """A figure with the days it holds and where it is stated."""

    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Empty while no end is decided.")
    )
    source = models.CharField(_("source"), max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def refuse_overlap(self, rivals: models.QuerySet) -> None:
        """Raise ValidationError when one of the other rows holds on one of this row's days."""
        if self.valid_from is None:
            return
        end = Q(valid_from__lte=self.valid_until) if self.valid_until else Q()
        open_or_later = Q(valid_until__isnull=True) | Q(valid_until__gte=self.valid_from)
        if rivals.exclude(pk=self.pk).filter(end & open_or_later).exists():
            raise ValidationError(
                _("Another figure holds on some of these days. Say first until when it holds."),
                code="overlap",
            )


def valid_until_a_later_day(name: str) -> models.CheckConstraint:
    """What holds does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name=name
    )


class Threshold(Dated):
    """An amount that the law counts from. (Swedish: tröskelvärde, takbelopp)

    `sek` is null where no source states it; the law then counts in euro.
    """

    class Kind(models.TextChoices):
        DE_MINIMIS = "de_minimis", _("state aid, de minimis over three years")
        DE_MINIMIS_SGEI = (
            "de_minimis_sgei",
            _("state aid, de minimis for services of general interest"),
        )
        PROCUREMENT = "procurement", _("procurement, goods and services")
        PROCUREMENT_SOCIAL = "procurement_social", _("procurement, social and other services")
        DIRECT_AWARD = "direct_award", _("direct award")
        DIRECT_AWARD_SOCIAL = "direct_award_social", _("direct award, social and other services")
        DOCUMENTATION = "documentation", _("direct award that must be documented")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    eur = AmountField(_("euro"), null=True, blank=True)
    sek = AmountField(_("kronor"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "-valid_from"]
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="threshold_begins_once"),
            models.CheckConstraint(
                condition=Q(eur__isnull=False, eur__gt=0) | Q(sek__isnull=False, sek__gt=0),
                name="threshold_has_an_amount",
            ),
            valid_until_a_later_day("threshold_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.valid_from.isoformat()}"

    def clean(self):
        if self.eur is None and self.sek is None:
            raise ValidationError(_("Write the amount in euro, in kronor or in both."))
        self.refuse_overlap(Threshold.objects.filter(kind=self.kind))


class ExchangeRate(Dated):
    """How many kronor the Commission counts for a euro in a period. (Swedish: växelkurs)"""

    sek_per_eur = models.DecimalField(_("kronor per euro"), max_digits=9, decimal_places=4)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="exchange_rate_begins_once"),
            models.CheckConstraint(
                condition=Q(sek_per_eur__gt=0), name="exchange_rate_is_positive"
            ),
            valid_until_a_later_day("exchange_rate_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.sek_per_eur} ({self.valid_from.isoformat()})"

    def clean(self):
        self.refuse_overlap(ExchangeRate.objects.all())

    def in_euro(self, sek: Decimal) -> Decimal:
        """The amount in euro, to the cent."""
        return (sek / self.sek_per_eur).quantize(Decimal("0.01"))
