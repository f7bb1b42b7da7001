"""What changes more than one row of an assessment, or has a precondition."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from itertools import chain, count

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.checks import missing
from assessments.documents import assessment_pdf
from assessments.evidence import finding_for, refusal
from assessments.models import (
    Assessment,
    CriteriaSet,
    CriterionAssessment,
    FormAnswer,
    LegalAnswer,
    result_of,
)
from partnerships.history import attributed

VERSION_LENGTH = 32  # of 40, so that a number has room
PARTS_OF_A_SET = ("criteria", "eligible_forms", "form_questions", "legal_questions")


class AssessmentFrozenError(Exception):
    """A confirmed assessment is not changed; the message is for the user."""


class JudgementRefusedError(Exception):
    """A judgement cannot stand; the message is for the user."""


class AssessmentNotConfirmableError(Exception):
    """The assessment lacks something; the message is for the user."""


@transaction.atomic
def start_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """Begin an assessment: every criterion stands as not assessed, every question as unanswered."""
    attributed(assessment, by=by).save()
    criteria_set = assessment.criteria_set
    mine = {"assessment": assessment}
    for criterion in criteria_set.criteria.all():
        attributed(CriterionAssessment(**mine, criterion=criterion), by=by).save()
    for form_question in criteria_set.form_questions.all():
        attributed(FormAnswer(**mine, question=form_question), by=by).save()
    for question in criteria_set.legal_questions.all():
        attributed(LegalAnswer(**mine, question=question), by=by).save()
    return assessment


@transaction.atomic
def save_assessment(
    assessment: Assessment,
    *,
    judged: Iterable[CriterionAssessment],
    answers: Iterable[FormAnswer | LegalAnswer],
    by: User,
    reason: str = "",
) -> Assessment:
    """Save a draft with its judgements and answers.

    Raises AssessmentFrozenError, or JudgementRefusedError when the register contradicts one.
    """
    _draft_locked(assessment)
    attributed(assessment, by=by, reason=reason).save()
    for row in judged:
        _save_judgement(row, assessment, by, reason)
    for answer in answers:
        attributed(answer, by=by, reason=reason).save()
    return assessment


@transaction.atomic
def confirm_assessment(assessment: Assessment, *, by: User, at: datetime) -> Assessment:
    """Confirm the assessment by a named officer: its result and PDF are kept, nothing is changed.

    Raises AssessmentFrozenError, JudgementRefusedError or AssessmentNotConfirmableError.
    """
    _draft_locked(assessment)
    fresh = Assessment.objects.with_answers().get(pk=assessment.pk)
    for row in fresh.criterion_assessments.all():
        _save_judgement(row, fresh, by, str(_("Confirmed")))
    check_confirmable(fresh)
    fresh.result, fresh.legal_form = result_of(fresh).outcome, fresh.partner.legal_form
    fresh.confirmed_at, fresh.confirmed_by = at, by
    pdf = assessment_pdf(fresh)
    fresh.pdf_sha256 = sha256(pdf).hexdigest()
    fresh.pdf.save(f"assessment-{fresh.pk}.pdf", ContentFile(pdf), save=False)
    attributed(fresh, by=by, reason=_("Confirmed")).save()
    return fresh


def check_confirmable(assessment: Assessment) -> None:
    """Raises AssessmentFrozenError or AssessmentNotConfirmableError with what is in the way."""
    check_draft(assessment)
    if lacking := missing(assessment):
        raise AssessmentNotConfirmableError(" ".join(lacking))


@transaction.atomic
def discard_assessment(assessment: Assessment, *, by: User) -> None:
    """Remove a draft that came to nothing; its history stays. Raises AssessmentFrozenError."""
    locked = _draft_locked(assessment)
    for rows in (locked.criterion_assessments, locked.form_answers, locked.legal_answers):
        for row in rows.all():
            attributed(row, by=by).delete()
    attributed(locked, by=by, reason=_("Draft discarded")).delete()


@transaction.atomic
def copy_criteria_set(criteria_set: CriteriaSet, *, by: User) -> CriteriaSet:
    """A new version to change freely, not offered until somebody says so."""
    rows = [list(getattr(criteria_set, name).all()) for name in PARTS_OF_A_SET]
    others = CriteriaSet.objects.filter(
        municipality=criteria_set.municipality_id, name=criteria_set.name
    )
    taken = set(others.values_list("version", flat=True))
    copy = others.get(pk=criteria_set.pk)
    copy.pk, copy.is_offered = None, False
    copy.version = next(
        version
        for number in count(2)
        if (version := f"{criteria_set.version[:VERSION_LENGTH]} ({number})") not in taken
    )
    copy.valid_from = copy.valid_until = None
    copy._state.adding = True
    reason = _("Copied from %(name)s") % {"name": criteria_set}
    attributed(copy, by=by, reason=reason).save()
    for row in chain.from_iterable(rows):
        row.pk, row.criteria_set = None, copy
        row._state.adding = True
        attributed(row, by=by, reason=reason).save()
    return copy


def _draft_locked(assessment: Assessment) -> Assessment:
    locked = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    check_draft(locked)
    return locked


def check_draft(assessment: Assessment) -> None:
    """Raises AssessmentFrozenError once the assessment is confirmed."""
    if not assessment.is_draft:
        raise AssessmentFrozenError(_("The assessment is confirmed and is not changed."))


def _save_judgement(
    row: CriterionAssessment, assessment: Assessment, by: User, reason: str
) -> None:
    """Save a judgement with what the register shows of it, unless nothing has changed."""
    finding = finding_for(row, assessment, by)
    allows_partly = assessment.criteria_set.allows_partly
    if problem := refusal(row, finding, allows_partly=allows_partly):
        raise JudgementRefusedError(f"{row}: {problem}")
    before = CriterionAssessment.objects.filter(pk=row.pk).values().first()
    row.from_register = finding.text
    if before != {name: getattr(row, name) for name in before or {}}:
        attributed(row, by=by, reason=reason).save()
