"""What came of a transfer, for good and for ill."""

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.transfer import ServiceTransfer

LONGEST_NAME = 80  # characters of an outcome, where it stands for the whole


class Outcome(models.Model):
    """What came of a transfer, in the source's words and with the sign it has there."""

    class Sign(models.TextChoices):
        POSITIVE = "positive", _("positive")
        NEGATIVE = "negative", _("negative")
        NEUTRAL = "neutral", _("neutral")

    transfer = models.ForeignKey(
        ServiceTransfer,
        models.CASCADE,
        related_name="outcomes",
        verbose_name=_("transfer of a service"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    sign = models.CharField(_("positive or negative"), max_length=8, choices=Sign)
    text = models.TextField(_("outcome"), help_text=_("In the words of the source."))
    said_by = models.CharField(
        _("said by"),
        max_length=200,
        blank=True,
        help_text=_("Only when it is a quotation: name and function."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self):
        return Truncator(self.text).chars(LONGEST_NAME)
