"""What each party has undertaken to do."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.agreement import Agreement
from agreements.models.party import Party
from agreements.models.validity import OfAgreementQuerySet, Termination
from partnerships.dates import ApproximateDateField


class Obligation(models.Model):
    """An undertaking of one party, with its own validity. (Swedish: åtagande)"""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="obligations", verbose_name=_("agreement")
    )
    party = models.CharField(_("party"), max_length=12, choices=Party)
    text = models.TextField(_("undertaking"), help_text=_("In the words of the agreement."))
    starts = ApproximateDateField(
        _("first day"),
        earliest_field="starts_earliest",
        latest_field="starts_latest",
        null=True,
        blank=True,
        help_text=_("Empty: from the beginning of the agreement."),
    )
    starts_earliest = models.DateField(null=True, editable=False)
    starts_latest = models.DateField(null=True, editable=False)
    ends = ApproximateDateField(
        _("last day"),
        earliest_field="ends_earliest",
        latest_field="ends_latest",
        null=True,
        blank=True,
        help_text=_("Empty while it goes on, or when a termination ended it."),
    )
    ends_earliest = models.DateField(null=True, editable=False)
    ends_latest = models.DateField(null=True, editable=False)
    ended_by = models.ForeignKey(
        Termination,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obligations",
        verbose_name=_("ended by"),
    )

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "party", "pk"]
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ends_latest__isnull=True),
                name="obligation_ends_in_one_way",
            ),
        ]

    def __str__(self):
        return self.text

    def possibly_applied(self, on: date) -> bool:
        """Can it have applied on the day?"""
        if self.starts and self.starts.possibly_from > on:
            return False
        if self.ends and self.ends.possibly_until < on:
            return False
        stop = self.ended_by and self.ended_by.effective_from
        return not stop or on < stop.certainly_from

    def certainly_applied(self, on: date) -> bool:
        """Did it apply on the day, however its vague dates are read?"""
        if self.starts and self.starts.certainly_from > on:
            return False
        if self.ends and self.ends.certainly_until < on:
            return False
        return not self.ended_by or bool(
            self.ended_by.effective_from and on < self.ended_by.effective_from.possibly_from
        )
