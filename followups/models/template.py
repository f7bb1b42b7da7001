"""What a municipality asks in follow-up plans of a kind, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from followups.models.target import Targeted
from followups.rhythm import CountsFrom, Rhythm
from organisations.models import InMunicipalityQuerySet, Municipality


class PlanTemplate(models.Model):
    """A follow-up plan to begin from. (Swedish: mall för uppföljningsplan)"""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="plan_templates", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(
        _("kind of agreement"),
        max_length=12,
        choices=Agreement.Kind,
        blank=True,
        help_text=_("Empty: for every kind."),
    )
    rhythm = models.CharField(_("rhythm"), max_length=9, choices=Rhythm, default=Rhythm.YEAR)
    counts_from = models.CharField(
        _("periods begin with"), max_length=9, choices=CountsFrom, default=CountsFrom.CALENDAR
    )
    days_to_hand_in = models.PositiveSmallIntegerField(_("days to hand in"), default=30)
    is_offered = models.BooleanField(_("offered for new plans"), default=True)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("template of follow-up plans")
        verbose_name_plural = _("templates of follow-up plans")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="plan_template_name_is_unique_in_its_municipality",
            ),
        ]

    def __str__(self):
        return self.name


class TemplateIndicator(Targeted):
    """An indicator of a template."""

    template = models.ForeignKey(
        PlanTemplate, models.CASCADE, related_name="indicators", verbose_name=_("template")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    definition = models.CharField(_("how it is counted"), max_length=500, blank=True)
    goal = models.CharField(_("goal"), max_length=500)

    history = HistoricalRecords()

    class Meta(Targeted.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("indicator of a template")
        verbose_name_plural = _("indicators of templates")

    def __str__(self):
        return self.name


class TemplateQuestion(models.Model):
    """A question of a template, answered in words."""

    template = models.ForeignKey(
        PlanTemplate, models.CASCADE, related_name="questions", verbose_name=_("template")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    heading = models.CharField(_("heading"), max_length=200)
    hint = models.CharField(_("what to write about"), max_length=500, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question of a template")
        verbose_name_plural = _("questions of templates")

    def __str__(self):
        return self.heading
