"""One file of payments on its way into the portal."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from payments.models.source import PaymentSource

SILENT_FOR = timedelta(minutes=5)
FACTS_OF_THE_RUN = ["rows_done", "alive_at", "outcome", "problems"]


def stored_name(batch: "ImportBatch", _name: str) -> str:
    """A name of our own: what the file was called is kept in the row, never in a path."""
    return f"payments/{uuid.uuid4()}"


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The batches of the user's own municipality; every one for the installation's operator."""
        return self.filter(source__in=PaymentSource.objects.visible_to(user))


class ImportBatch(models.Model):
    """A file that was uploaded, what a dry run said of it, and whether it was imported.

    `run` names the one run that may write: a run that was started again loses to its successor.
    `outcome` and `problems` are what the last run found, for the page; the file says it again.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        IMPORTING = "importing", _("being imported")
        IMPORTED = "imported", _("imported")
        DISCARDED = "discarded", _("discarded")

    source = models.ForeignKey(
        PaymentSource, models.PROTECT, related_name="batches", verbose_name=_("source")
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=60)
    file_name = models.CharField(_("name of the file"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    run = models.UUIDField(_("run"), null=True, editable=False)
    rows_total = models.PositiveIntegerField(_("rows"), null=True, editable=False)
    rows_done = models.PositiveIntegerField(_("rows read"), default=0, editable=False)
    alive_at = models.DateTimeField(_("last sign of life"), null=True, editable=False)
    outcome = models.JSONField(_("outcome"), default=dict, editable=False)
    problems = models.JSONField(_("problems"), default=list, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="uploaded_batches",
        verbose_name=_("uploaded by"),
    )
    imported_at = models.DateTimeField(_("imported at"), null=True, editable=False)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="imported_batches",
        verbose_name=_("imported by"),
    )

    objects = ImportBatchQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=FACTS_OF_THE_RUN)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of payments")
        verbose_name_plural = _("imports of payments")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="imported", imported_at__isnull=False, imported_by__isnull=False)
                | (~Q(state="imported") & Q(imported_at__isnull=True, imported_by__isnull=True)),
                name="imported_batch_says_when_and_by_whom",
            ),
            models.UniqueConstraint(
                fields=["source", "sha256"],
                condition=Q(state="imported"),
                name="file_is_imported_once_from_its_source",
            ),
            models.CheckConstraint(
                condition=Q(rows_total__isnull=True) | Q(rows_done__lte=F("rows_total")),
                name="batch_reads_no_more_rows_than_it_has",
            ),
        ]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("payments:batch_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """Is a run reading or writing it?"""
        return self.state in (self.State.CHECKING, self.State.IMPORTING)

    @property
    def is_open(self) -> bool:
        """Can it still be checked, imported or discarded?"""
        return self.state in (self.State.UPLOADED, self.State.CHECKED)

    @property
    def may_be_imported(self) -> bool:
        """Did the last dry run find something new and nothing wrong?"""
        is_clean = not self.outcome.get("problem_count", 1)
        return self.state == self.State.CHECKED and is_clean and bool(self.outcome.get("new"))

    def has_stood_still(self, at: datetime) -> bool:
        """Is a run under way that has not been heard of for minutes, as when it was killed?"""
        return self.is_running and (self.alive_at is None or self.alive_at < at - SILENT_FOR)
