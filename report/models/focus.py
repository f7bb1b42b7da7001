"""What the offices are asked for an edition, and what they answer."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import Committee, Office
from report.models.edition import Edition


class FocusQuestion(models.Model):
    """One question of the special focus. (Swedish: fråga till förvaltningarna)"""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="questions", verbose_name=_("edition")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text = models.CharField(_("question"), max_length=500)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question to the offices")
        verbose_name_plural = _("questions to the offices")

    def __str__(self):
        return self.text


class AskedOfficeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who is asked in the editions of the user's own municipality."""
        return self.filter(edition__in=Edition.objects.visible_to(user))

    def waiting(self):
        """Those that have not answered, of editions still being written."""
        return self.filter(answered_at__isnull=True, edition__noted_earliest__isnull=True)


class AskedOffice(models.Model):
    """An office that is asked, answered for by the officers of a committee."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="asked", verbose_name=_("edition")
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        related_name="report_questions",
        verbose_name=_("committee"),
        help_text=_("Its officers and secretary can answer."),
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report_questions",
        verbose_name=_("office"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="report_answers",
        verbose_name=_("answered by"),
    )

    objects = AskedOfficeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["committee__name", "office__name", "pk"]
        verbose_name = _("office that is asked")
        verbose_name_plural = _("offices that are asked")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "committee", "office"],
                name="office_is_asked_once_for_an_edition",
                violation_error_message=_("This office is asked already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "committee"],
                condition=Q(office__isnull=True),
                name="committee_is_asked_once_for_an_edition",
                violation_error_message=_("This committee is asked already."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answer_says_when_and_by_whom",
            ),
        ]

    def __str__(self):
        return self.office.name if self.office else self.committee.name

    def get_absolute_url(self):
        return reverse("report:focus_answer", args=[self.pk])

    def is_late(self, on: date) -> bool:
        """Has the last day passed without an answer?"""
        last = self.edition.answers_by
        return self.answered_at is None and last is not None and last < on


class FocusAnswer(models.Model):
    """What an office answers to one question, quoted in the report."""

    asked = models.ForeignKey(
        AskedOffice, models.CASCADE, related_name="answers", verbose_name=_("office")
    )
    question = models.ForeignKey(
        FocusQuestion, models.CASCADE, related_name="answers", verbose_name=_("question")
    )
    text = models.TextField(_("answer"))

    history = HistoricalRecords()

    class Meta:
        ordering = ["question__position", "pk"]
        verbose_name = _("answer of an office")
        verbose_name_plural = _("answers of offices")
        constraints = [
            models.UniqueConstraint(
                fields=["asked", "question"], name="office_answers_a_question_once"
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="answer_of_an_office_says_something"
            ),
        ]

    def __str__(self):
        return self.text[:60]
