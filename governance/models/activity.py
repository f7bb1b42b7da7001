"""The activities that action plans and programmes hold."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.document import GoverningDocument
from organisations.models import Office
from partnerships.dates import ApproximateDateField
from partnerships.search import SearchKeyField


class ActionPlanActivity(models.Model):
    """What a document says is to be done. (Swedish: aktivitet i handlingsplan)"""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        ABANDONED = "abandoned", _("abandoned")

    document = models.ForeignKey(
        GoverningDocument,
        models.CASCADE,
        related_name="activities",
        verbose_name=_("governing document"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    heading = models.CharField(
        _("heading"),
        max_length=200,
        help_text=_("The heading that it stands under in the document."),
    )
    text = models.TextField(_("activity"), help_text=_("In the words of the document."))
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("responsible office"),
    )
    due_on = ApproximateDateField(
        _("due"),
        earliest_field="due_earliest",
        latest_field="due_latest",
        null=True,
        blank=True,
        help_text=_("As exact as the document: 2026-12-31, hösten 2026 or 2026."),
    )
    due_earliest = models.DateField(null=True, editable=False)
    due_latest = models.DateField(null=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=State,
        blank=True,
        help_text=_("Leave as not known when nobody has said."),
    )
    outcome = models.TextField(_("what came of it"), blank=True)
    search_key = SearchKeyField(of=("heading", "text"))

    history = HistoricalRecords(excluded_fields=["search_key"])

    class Meta:
        ordering = ["document", "position", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self):
        return self.heading

    def is_overdue(self, on: date) -> bool:
        """Has its last possible day passed without its being done or abandoned?"""
        is_settled = self.state in {self.State.DONE, self.State.ABANDONED}
        return not is_settled and self.due_on is not None and self.due_on.latest < on
