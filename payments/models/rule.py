"""What an officer once decided about payments of a kind, for the payments to come."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from organisations.models import InMunicipalityQuerySet, Municipality
from payments.models.source import PaymentSource


class MatchingRuleQuerySet(InMunicipalityQuerySet):
    def visible_to(self, user):
        """The municipality's rules, but for those that name an agreement the user may not read."""
        seen = Q(agreement__isnull=True) | Agreement.objects.visible_to(user).include()
        return super().visible_to(user).filter(seen)


class MatchingRule(models.Model):
    """Payments that fulfil every condition belong to the agreement, or to none. (Swedish: matchningsregel)"""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="matching_rules", verbose_name=_("municipality")
    )
    source = models.ForeignKey(
        PaymentSource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name=_("source"),
        help_text=_("Empty for every source."),
    )
    payee_number = models.CharField(_("organisation number"), max_length=11, blank=True)
    payee_name = models.CharField(_("name of the payee"), max_length=200, blank=True)
    account = models.CharField(
        _("account begins with"),
        max_length=20,
        blank=True,
        help_text=_("For example 4530."),
    )
    project = models.CharField(_("project"), max_length=60, blank=True)
    text_contains = models.CharField(_("text contains"), max_length=100, blank=True)
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matching_rules",
        verbose_name=_("agreement"),
        help_text=_("Empty when such payments belong to no agreement."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = MatchingRuleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("matching rule")
        verbose_name_plural = _("matching rules")
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    payee_number="", payee_name="", account="", project="", text_contains=""
                ),
                name="matching_rule_has_a_condition",
                violation_error_message=_(
                    "Write at least one condition, or the rule would take every payment."
                ),
            ),
        ]

    def __str__(self):
        return ", ".join(text for text in self.conditions)

    def get_absolute_url(self):
        return reverse("payments:rule_edit", args=[self.pk])

    @property
    def conditions(self) -> list[str]:
        """Each condition as words."""
        sentences = {
            "payee_number": gettext("organisation number %(value)s"),
            "payee_name": gettext("payee %(value)s"),
            "account": gettext("account %(value)s…"),
            "project": gettext("project %(value)s"),
            "text_contains": gettext("the text contains “%(value)s”"),
        }
        return [
            sentence % {"value": getattr(self, name)}
            for name, sentence in sentences.items()
            if getattr(self, name)
        ]
