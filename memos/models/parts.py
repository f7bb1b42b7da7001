"""The memo's lists: proposal points, decision basis, consultations, recipients, signatories."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from memos.models.memo import Memo


class MemoPart(models.Model):
    """A row in one of the memo's ordered lists."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class ProposalPoint(MemoPart):
    """One point of the proposal, written as if decided. (Swedish: förslag till beslut)"""

    memo = models.ForeignKey(
        Memo, models.CASCADE, related_name="proposal_points", verbose_name=_("memo")
    )
    text = models.TextField(
        _("proposal"), help_text=_("One measure in each point, in a sentence that stands alone.")
    )

    history = HistoricalRecords()

    class Meta(MemoPart.Meta):
        verbose_name = _("proposal point")
        verbose_name_plural = _("proposal points")

    def __str__(self):
        return self.text


class DecisionBasis(MemoPart):
    """A document that the decision rests on. (Swedish: beslutsunderlag)"""

    memo = models.ForeignKey(
        Memo, models.CASCADE, related_name="decision_bases", verbose_name=_("memo")
    )
    title = models.CharField(_("document"), max_length=300)
    dated_on = models.DateField(_("date"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta(MemoPart.Meta):
        verbose_name = _("decision basis")
        verbose_name_plural = _("decision bases")

    def __str__(self):
        return f"{self.title}, {self.dated_on.isoformat()}" if self.dated_on else self.title


class Consultation(MemoPart):
    """A person or body consulted in the matter. (Swedish: samråd)"""

    class Outcome(models.TextChoices):
        SUPPORTED = "supported", _("supported")
        OPPOSED = "opposed", _("opposed")
        COMMENTED = "commented", _("comments given")
        HELD = "held", _("held")

    memo = models.ForeignKey(
        Memo, models.CASCADE, related_name="consultations", verbose_name=_("memo")
    )
    consulted = models.CharField(_("role or organisation"), max_length=200)
    subject = models.CharField(_("subject"), max_length=300)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    is_printed = models.BooleanField(
        _("print as a line"),
        default=False,
        help_text=_("Leave unticked when the section's text says it."),
    )

    history = HistoricalRecords()

    class Meta(MemoPart.Meta):
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def __str__(self):
        return f"{self.consulted}: {self.subject}"


class Recipient(MemoPart):
    """Someone the decision is sent to: a function and a person, a function, or a group."""

    memo = models.ForeignKey(
        Memo, models.CASCADE, related_name="recipients", verbose_name=_("memo")
    )
    function = models.CharField(
        _("function or group"),
        max_length=200,
        help_text=_("For example Deputy chief executive, or All committees."),
    )
    name = models.CharField(_("person or organisation"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta(MemoPart.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self):
        return f"{self.function}, {self.name}" if self.name else self.function


class Signatory(MemoPart):
    """Someone who signs the memo for the office."""

    memo = models.ForeignKey(
        Memo, models.CASCADE, related_name="signatories", verbose_name=_("memo")
    )
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("job title"), max_length=150, blank=True)

    history = HistoricalRecords()

    class Meta(MemoPart.Meta):
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self):
        return self.name
