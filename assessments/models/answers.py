"""What an assessment says of each criterion and question."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.assessment import Assessment
from assessments.models.criteria import Criterion, FormQuestion, LegalQuestion
from assessments.models.result import Value


class YesNo(models.TextChoices):
    """An answer; empty is not answered."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNCLEAR = "unclear", _("unclear")


class CriterionAssessment(models.Model):
    """How one criterion is judged, why, and by what evidence."""

    assessment = models.ForeignKey(
        Assessment,
        models.CASCADE,
        related_name="criterion_assessments",
        verbose_name=_("assessment"),
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="assessments", verbose_name=_("criterion")
    )
    value = models.CharField(
        _("judgement"), max_length=14, choices=Value, default=Value.NOT_ASSESSED
    )
    motivation = models.TextField(_("motivation"), blank=True)
    evidence = models.TextField(
        _("evidence"), blank=True, help_text=_("Which document or fact shows it.")
    )
    from_register = models.TextField(_("evidence from the register"), blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["criterion__part", "criterion__position", "pk"]
        verbose_name = _("judgement of a criterion")
        verbose_name_plural = _("judgements of criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="assessment_judges_each_criterion_once"
            ),
            models.CheckConstraint(
                condition=~Q(value="not_applicable") | ~Q(motivation=""),
                name="what_does_not_apply_is_motivated",
            ),
        ]

    def __str__(self):
        return str(self.criterion)


class Answer(models.Model):
    """An answer to a question, with its motivation."""

    answer = models.CharField(_("answer"), max_length=7, choices=YesNo, blank=True)
    motivation = models.TextField(_("motivation"), blank=True)

    class Meta:
        abstract = True


class FormAnswer(Answer):
    """The answer to a question on a legal form that is decided from case to case."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="form_answers", verbose_name=_("assessment")
    )
    question = models.ForeignKey(
        FormQuestion, models.PROTECT, related_name="answers", verbose_name=_("question")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["question__position", "pk"]
        verbose_name = _("answer on a legal form")
        verbose_name_plural = _("answers on legal forms")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="assessment_answers_each_form_question_once"
            ),
        ]

    def __str__(self):
        return str(self.question)


class LegalAnswer(Answer):
    """The answer to a legal question."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="legal_answers", verbose_name=_("assessment")
    )
    question = models.ForeignKey(
        LegalQuestion, models.PROTECT, related_name="answers", verbose_name=_("question")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["question__position", "pk"]
        verbose_name = _("answer to a legal question")
        verbose_name_plural = _("answers to legal questions")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"],
                name="assessment_answers_each_legal_question_once",
            ),
        ]

    def __str__(self):
        return str(self.question)

    @property
    def warns(self) -> bool:
        """Does the answer speak against a partnership, or leave it open?"""
        return self.answer in (self.question.against, YesNo.UNCLEAR)
