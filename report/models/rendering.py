"""A PDF on its way: printed outside of the request, with its progress."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from report.models.edition import Edition

SILENT_FOR = timedelta(minutes=5)


def stored_name(rendering: "Rendering", _name: str) -> str:
    """A name of our own, so that no path tells what the report is called."""
    return f"reports/drafts/{uuid.uuid4()}.pdf"


class RenderingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The renderings of the editions that the user may read."""
        return self.filter(edition__in=Edition.objects.visible_to(user))


class Rendering(models.Model):
    """One printing of a draft edition. `run` names the one run that may write."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to begin")
        FIGURES = "figures", _("computing the figures")
        PRINTING = "printing", _("printing")
        DONE = "done", _("done")
        FAILED = "failed", _("could not be printed")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="renderings", verbose_name=_("edition")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    run = models.UUIDField(_("run"), default=uuid.uuid4, editable=False)
    problem = models.CharField(_("problem"), max_length=300, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="renderings",
        verbose_name=_("asked for by"),
    )
    alive_at = models.DateTimeField(_("last sign of life"), editable=False)
    file = models.FileField(_("file"), upload_to=stored_name, blank=True, editable=False)

    objects = RenderingQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["alive_at", "run"])

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("printing of an edition")
        verbose_name_plural = _("printings of editions")
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="done") & ~Q(file="")) | (~Q(state="done") & Q(file="")),
                name="printing_is_done_when_there_is_a_file",
            ),
        ]

    def __str__(self):
        return str(self.edition)

    def get_absolute_url(self):
        return reverse("report:rendering_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """Is it neither done nor given up?"""
        return self.state in (self.State.WAITING, self.State.FIGURES, self.State.PRINTING)

    @property
    def step(self) -> int:
        """How far it is, of three steps."""
        return list(self.State).index(self.State(self.state))

    def has_stood_still(self, at: datetime) -> bool:
        """Has nothing been heard of it for minutes, as when its process was killed?"""
        return self.is_running and self.alive_at < at - SILENT_FOR
