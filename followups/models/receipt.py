"""The receipt of what the partner handed in, on its way by e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from followups.models.trace import ReportVersion


class ReceiptLetter(models.Model):
    """One receipt: written with the hand-in, sent after, and never written twice.

    (Swedish: kvittens)
    """

    version = models.OneToOneField(
        ReportVersion,
        models.PROTECT,
        related_name="receipt",
        verbose_name=_("version as handed in"),
    )
    recipient = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", _("Swedish")), ("en", _("English"))]
    )
    written_at = models.DateTimeField(_("written at"))
    tried_at = models.DateTimeField(_("last tried at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        indexes = [
            models.Index(
                fields=["written_at"],
                condition=Q(sent_at__isnull=True),
                name="receipt_not_sent_yet",
            ),
        ]

    def __str__(self):
        return self.recipient

    @property
    def message_id(self) -> str:
        """The same for every attempt, so that a mail server tells a second one from a new letter."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        return f"<receipt-{self.pk}-{int(self.written_at.timestamp())}@{domain}>"
