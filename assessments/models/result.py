"""What follows from the judgements: computed here, and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from assessments.models.answers import CriterionAssessment
    from assessments.models.assessment import Assessment


class Value(models.TextChoices):
    """How a criterion is judged."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_ASSESSED = "not_assessed", _("not assessed")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class Outcome(models.TextChoices):
    """What an assessment comes to."""

    POSSIBLE = "possible", _("possible")
    NOT_POSSIBLE = "not_possible", _("not possible")
    INCOMPLETE = "incomplete", _("incomplete")
    CASE_BY_CASE = "case_by_case", _("case by case")


class ActorCheck(models.TextChoices):
    """Whether the one assessed can be a party at all."""

    ELIGIBLE = "eligible", _("can be a party")
    PROJECT = "project", _("a project is no legal person and cannot be a party")
    FORM_NOT_KNOWN = "form_not_known", _("the legal form is not known")
    NOT_ELIGIBLE = "not_eligible", _("the legal form cannot be a party")
    CASE_BY_CASE = "case_by_case", _("the legal form is decided from case to case")
    CASE_ALLOWS = "case_allows", _("the case at hand allows the legal form")
    CASE_REFUSES = "case_refuses", _("the case at hand does not allow the legal form")


REFUSING = {ActorCheck.PROJECT, ActorCheck.NOT_ELIGIBLE, ActorCheck.CASE_REFUSES}


@dataclass(frozen=True)
class Result:
    """The outcome with what it rests on; nothing that was not assessed counts as met or unmet."""

    outcome: Outcome
    actor: ActorCheck
    judged: tuple["CriterionAssessment", ...]

    def having(self, *values: Value) -> list["CriterionAssessment"]:
        """The judgements with one of the values."""
        return [row for row in self.judged if row.value in values]

    @property
    def unmet(self) -> list["CriterionAssessment"]:
        """What is judged not to be met."""
        return self.having(Value.NOT_MET)

    @property
    def not_assessed(self) -> list["CriterionAssessment"]:
        """What nobody has judged."""
        return self.having(Value.NOT_ASSESSED)

    @property
    def actor_refuses(self) -> bool:
        """Is a partnership ruled out by who it would be with?"""
        return self.actor in REFUSING


def result_of(assessment: "Assessment") -> Result:
    """The result of an assessment fetched `with_answers()`."""
    actor = actor_check(assessment)
    judged = tuple(assessment.criterion_assessments.all())
    values = [row.value for row in judged]
    allows_partly = assessment.criteria_set.allows_partly
    return Result(outcome_of(actor, values, allows_partly=allows_partly), actor, judged)


def outcome_of(actor: ActorCheck, values: Iterable[str], *, allows_partly: bool) -> Outcome:
    """What the check of the actor and the judgements come to together."""
    found = set(values)
    unmet = {Value.NOT_MET.value} if allows_partly else {Value.NOT_MET.value, Value.PARTLY.value}
    if actor in REFUSING or found & unmet:
        return Outcome.NOT_POSSIBLE
    if actor == ActorCheck.CASE_BY_CASE:
        return Outcome.CASE_BY_CASE
    if actor == ActorCheck.FORM_NOT_KNOWN or Value.NOT_ASSESSED in found or not found:
        return Outcome.INCOMPLETE
    return Outcome.POSSIBLE


def actor_check(assessment: "Assessment") -> ActorCheck:
    """Whether the one assessed can be a party, by the forms of the criteria set."""
    if assessment.project_id:
        return ActorCheck.PROJECT
    if not assessment.assessed_form:
        return ActorCheck.FORM_NOT_KNOWN
    forms = {row.legal_form: row for row in assessment.criteria_set.eligible_forms.all()}
    form = forms.get(assessment.assessed_form)
    if form is None:
        return ActorCheck.NOT_ELIGIBLE
    if form.treatment == form.Treatment.ELIGIBLE:
        return ActorCheck.ELIGIBLE
    return _case(assessment)


def _case(assessment: "Assessment") -> ActorCheck:
    """A form that is decided from case to case: every question yes, and a motivation."""
    questions = {
        row.pk
        for row in assessment.criteria_set.form_questions.all()
        if row.legal_form == assessment.assessed_form
    }
    answers = {row.question_id: row.answer for row in assessment.form_answers.all()}
    given = [answers.get(question, "") for question in questions]
    if "no" in given:
        return ActorCheck.CASE_REFUSES
    if assessment.form_motivation.strip() and all(answer == "yes" for answer in given):
        return ActorCheck.CASE_ALLOWS
    return ActorCheck.CASE_BY_CASE
