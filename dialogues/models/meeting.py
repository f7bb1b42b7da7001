"""The entries of a dialogue's log."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from dialogues.models.dialogue import Dialogue
from partnerships.dates import ApproximateDateField


class OfDialogueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What belongs to a dialogue that the user may read."""
        return self.filter(dialogue__in=Dialogue.objects.visible_to(user))


class DialogueMeeting(models.Model):
    """A meeting, a call or a letter in a dialogue: one entry of its log. (Swedish: möte)"""

    dialogue = models.ForeignKey(
        Dialogue, models.CASCADE, related_name="meetings", verbose_name=_("dialogue")
    )
    held_on = ApproximateDateField(
        _("held on"),
        earliest_field="held_earliest",
        latest_field="held_latest",
        null=True,
        blank=True,
        help_text=_("As exact as it is known: 2022-03-14, mars 2022, våren 2022 or 2022."),
    )
    held_earliest = models.DateField(null=True, editable=False)
    held_latest = models.DateField(null=True, editable=False)
    said = models.TextField(_("what was said"), blank=True)
    information = models.TextField(
        _("information given"),
        blank=True,
        help_text=_("What the municipality told, for example the criteria for a partnership."),
    )
    alternatives = models.TextField(
        _("alternatives offered"),
        blank=True,
        help_text=_("Other ways to work together that were offered."),
    )
    conclusion = models.TextField(_("what it led to"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="recorded_meetings",
        verbose_name=_("written down by"),
    )
    recorded_at = models.DateTimeField(_("written down at"), auto_now_add=True)

    objects = OfDialogueQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("held_earliest").asc(nulls_first=True), "pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self):
        if self.held_on is None:
            return gettext("Meeting, date not known")
        return gettext("Meeting %(date)s") % {"date": self.held_on}

    def get_absolute_url(self):
        return f"{reverse('dialogues:dialogue_detail', args=[self.dialogue_id])}#meeting-{self.pk}"


class Participant(models.Model):
    """Who took part, by function only: the log names no private person. (Swedish: deltagare)"""

    class Side(models.TextChoices):
        MUNICIPALITY = "municipality", _("the municipality")
        PARTNER = "partner", _("the organisation")
        OTHER = "other", _("another")

    meeting = models.ForeignKey(
        DialogueMeeting, models.CASCADE, related_name="participants", verbose_name=_("meeting")
    )
    side = models.CharField(_("from"), max_length=12, choices=Side)
    function = models.CharField(
        _("function"),
        max_length=150,
        help_text=_("For example näringslivsutvecklare or ordförande. No names."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["side", "pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self):
        return self.function
