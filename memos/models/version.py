"""What was submitted, and the steps that the memo has taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from memos.models.memo import Memo


class MemoVersion(models.Model):
    """The memo as it was submitted, as data and as PDF; the database refuses to change it.

    `content` is what `memos.documents.memo_content` made of the memo. Where the version came in
    with an earlier edition of the portal, its `document` is None and the PDF says it all.
    """

    memo = models.ForeignKey(Memo, models.PROTECT, related_name="versions", verbose_name=_("memo"))
    number = models.PositiveSmallIntegerField(_("number"))
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="submitted_memo_versions",
        verbose_name=_("submitted by"),
    )
    reason = models.TextField(_("reason for the new version"), blank=True)
    content = models.JSONField(_("content"))
    pdf = models.FileField(_("PDF as submitted"), upload_to="memos/")
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, db_index=True)

    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        ordering = ["memo", "number"]
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "number"], name="memo_has_each_version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(number__gt=1) & ~Q(reason=""),
                name="later_version_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(pdf="") & ~Q(pdf_sha256=""), name="submitted_version_keeps_its_pdf"
            ),
        ]

    def __str__(self):
        return gettext("version %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("memos:version_detail", args=[self.memo_id, self.number])

    @property
    def points(self) -> list[str]:
        """The points of the proposal, as they were written."""
        return list(self.content["points"])

    @property
    def recipients(self) -> list[str]:
        """Whom the decision is to be sent to, as printed: function, and name where there is one."""
        return [", ".join(filter(None, row.values())) for row in self.content["recipients"]]

    @property
    def fingerprint(self) -> str:
        """The checksum in groups of eight, for the eye."""
        return " ".join(self.pdf_sha256[start : start + 8] for start in range(0, 64, 8))

    def read_pdf(self) -> bytes:
        """The PDF that was issued, byte for byte."""
        with self.pdf.open("rb") as file:
            return file.read()


class MemoStep(models.Model):
    """One step of a memo's life: from which state to which, when, by whom and why."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="steps", verbose_name=_("memo"))
    from_state = models.CharField(_("from"), max_length=13, choices=Memo.State)
    to_state = models.CharField(_("to"), max_length=13, choices=Memo.State)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memo_steps",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    content_sha256 = models.CharField(
        _("SHA-256 of what was approved"), max_length=64, blank=True, editable=False
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["memo", "at", "pk"]
        verbose_name = _("step of a memo")
        verbose_name_plural = _("steps of memos")
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_state=models.F("to_state")), name="memo_step_leads_elsewhere"
            ),
        ]

    def __str__(self):
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"
