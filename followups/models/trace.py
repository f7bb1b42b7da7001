"""What is kept of a report's way: each hand-in as it was, each step, and the files."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from followups.models.report import FollowUpReport
from followups.states import Step


class OfReportQuerySet(models.QuerySet):
    """What belongs to a report."""

    def visible_to(self, user):
        """What belongs to the reports on agreements that the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include("report__agreement"))


class ReportVersion(models.Model):
    """A report as it was handed in; the database refuses to change it.

    `content` is a list of answers, each with a key, a part, a label and a text.
    """

    report = models.ForeignKey(
        FollowUpReport, models.PROTECT, related_name="versions", verbose_name=_("report")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    handed_in_at = models.DateTimeField(_("handed in at"))
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="handed_in_versions",
        verbose_name=_("registered by"),
    )
    handed_in_name = models.CharField(_("handed in by"), max_length=100, blank=True)
    content = models.JSONField(_("content"))

    objects = OfReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["report", "number"]
        verbose_name = _("version as handed in")
        verbose_name_plural = _("versions as handed in")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="version_number_is_unique_in_its_report"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_by__isnull=False) | ~Q(handed_in_name=""),
                name="version_says_who_handed_in",
            ),
        ]

    def __str__(self):
        return gettext("Version %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("followups:version_detail", args=[self.report_id, self.number])

    @property
    def who(self) -> str:
        """Who handed in, as the page says it."""
        return self.handed_in_name or str(self.handed_in_by)


class ReportEvent(models.Model):
    """A step in a report's life; one timeline for each. The database refuses to change it.

    `by` is null for the partner, who is told by name or address.
    """

    report = models.ForeignKey(
        FollowUpReport, models.PROTECT, related_name="events", verbose_name=_("report")
    )
    step = models.CharField(_("step"), max_length=12, choices=Step)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="report_events",
        verbose_name=_("by"),
    )
    partner = models.CharField(_("by the partner"), max_length=254, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = OfReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["report", "at", "pk"]
        verbose_name = _("event of a report")
        verbose_name_plural = _("events of reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, partner="") | (Q(by__isnull=True) & ~Q(partner="")),
                name="event_is_by_somebody",
            ),
        ]

    def __str__(self):
        return self.get_step_display()

    @property
    def who(self) -> str:
        """Who did it, as the page says it."""
        return self.partner or str(self.by)


def random_name(attachment: "Attachment", filename: str) -> str:
    """Where a file is stored: under a name that tells nothing and cannot be chosen."""
    return f"followups/attachments/{uuid4().hex}.{attachment.kind}"


class Attachment(models.Model):
    """A file that belongs to a report. What is removed is kept for the versions that had it."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"
        XLSX = "xlsx", "Excel"
        DOCX = "docx", "Word"
        CSV = "csv", "CSV"

    report = models.ForeignKey(
        FollowUpReport, models.PROTECT, related_name="attachments", verbose_name=_("report")
    )
    file = models.FileField(_("file"), upload_to=random_name)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind of file"), max_length=4, choices=Kind)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="report_attachments",
        verbose_name=_("added by"),
    )
    removed_at = models.DateTimeField(_("removed at"), null=True)

    objects = OfReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.name
