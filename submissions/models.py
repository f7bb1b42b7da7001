"""A form that was carried out, and where its sender was led."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A form that was carried out: written in the same transaction as what it changed.

    Nothing of what was sent is kept but a fingerprint.
    """

    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    location = models.TextField(_("led to"), blank=True)
    received_at = models.DateTimeField(_("received"), db_index=True)

    class Meta:
        verbose_name = _("received form")
        verbose_name_plural = _("received forms")
        ordering = ["-received_at"]

    def __str__(self):
        return self.digest[:12]
