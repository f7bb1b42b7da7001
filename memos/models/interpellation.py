"""The answer to an interpellation: a memo that proposes nothing and decides nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from memos.models.memo import Memo
from memos.models.parts import MemoPart


class Interpellation(models.Model):
    """Who asked whom in the council. (Swedish: interpellation)

    It is put to the chair of a deciding body and never about the exercise of authority against an
    individual (the local government act, 5:59 to 5:63).
    """

    memo = models.OneToOneField(
        Memo, models.CASCADE, related_name="interpellation", verbose_name=_("memo")
    )
    asked_by_party = models.CharField(
        _("party that asks"), max_length=100, help_text=_("For example Miljöpartiet.")
    )
    asked_by = models.CharField(
        _("member who asks"),
        max_length=150,
        blank=True,
        help_text=_("Empty when the source does not name one."),
    )
    addressee = models.CharField(
        _("put to"),
        max_length=150,
        help_text=_("The chair of a deciding body, for example Exempelnämndens ordförande."),
    )
    answered_on = models.DateField(_("to be answered at the meeting on"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("interpellation")
        verbose_name_plural = _("interpellations")

    def __str__(self):
        return self.asked_by_party


class InterpellationQuestion(MemoPart):
    """One question word for word, with its answer in Markdown."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="questions", verbose_name=_("memo"))
    text = models.TextField(_("question"), help_text=_("Word for word."))
    answer = models.TextField(_("answer"), blank=True)

    history = HistoricalRecords()

    class Meta(MemoPart.Meta):
        verbose_name = _("question of an interpellation")
        verbose_name_plural = _("questions of interpellations")

    def __str__(self):
        return self.text
