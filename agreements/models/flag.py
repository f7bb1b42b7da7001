"""What is odd, missing or contradictory in the sources, for an officer to settle."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.agreement import Agreement
from agreements.models.validity import OfAgreementQuerySet


class SourceFlag(models.Model):
    """An inconsistency of a source, or a finding of the portal's own checks that was settled.

    (Swedish: avvikelse i källa) Nothing is corrected silently: an officer accepts it as it is, or
    says how it was resolved, and why. `code` is set when it settles a check of the portal.
    """

    class Kind(models.TextChoices):
        MISSING = "missing", _("missing in the source")
        CONTRADICTION = "contradiction", _("contradiction")
        DEVIATION = "deviation", _("figures that do not agree")
        WORDING = "wording", _("wording")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted as it is")
        RESOLVED = "resolved", _("resolved")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="flags", verbose_name=_("agreement")
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    code = models.CharField(max_length=80, blank=True, editable=False)
    text = models.TextField(_("what is odd"))
    quote = models.TextField(_("quotation"), blank=True, help_text=_("As it stands in the source."))
    source = models.CharField(_("source"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="settled_flags",
        verbose_name=_("settled by"),
    )

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "pk"]
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True, settled_by__isnull=True)
                | (
                    ~Q(state="open")
                    & ~Q(reason="")
                    & Q(settled_at__isnull=False, settled_by__isnull=False)
                ),
                name="settled_flag_says_why_when_and_by_whom",
            ),
            models.UniqueConstraint(
                fields=["agreement", "code"],
                condition=~Q(code=""),
                name="check_is_settled_once_in_an_agreement",
            ),
        ]

    def __str__(self):
        return self.text
