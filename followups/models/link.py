"""The link by which a partner writes its report without an account."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from followups.models.report import FollowUpReport
from followups.models.trace import OfReportQuerySet

SECRET_BYTES = 32


def new_secret() -> str:
    """A secret that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ReportLinkQuerySet(OfReportQuerySet):
    def alive(self, at: datetime):
        """Links that are neither taken back nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class ReportLink(models.Model):
    """A personal, expiring way to one report. (Swedish: personlig länk)

    The letter's secret is traded once for a cookie's secret. Only hashes of both are kept.
    """

    report = models.ForeignKey(
        FollowUpReport, models.PROTECT, related_name="links", verbose_name=_("report")
    )
    recipient = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("sv", _("Swedish")), ("en", _("English"))],
        default="sv",
    )
    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    cookie_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("sent at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="report_links",
        verbose_name=_("sent by"),
    )
    expires_at = models.DateTimeField(_("valid until"))
    opened_at = models.DateTimeField(_("opened at"), null=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True)

    objects = ReportLinkQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["secret_sha256", "cookie_sha256"])

    class Meta:
        ordering = ["report", "-created_at", "-pk"]
        verbose_name = _("link to a report")
        verbose_name_plural = _("links to reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, cookie_sha256="")
                | (Q(opened_at__isnull=False) & ~Q(cookie_sha256="")),
                name="opened_link_has_a_cookie",
            ),
            models.UniqueConstraint(
                fields=["cookie_sha256"],
                condition=~Q(cookie_sha256=""),
                name="cookie_belongs_to_one_link",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="link_expires_after_it_is_sent"
            ),
        ]

    def __str__(self):
        return self.recipient
