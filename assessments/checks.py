"""What an assessment lacks before it can be confirmed, and what the officer should look at."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.models import (
    ActorCheck,
    Assessment,
    LegalQuestion,
    Value,
    result_of,
)
from assessments.models.assessment import GROUNDS
from assessments.models.result import Outcome


def missing(assessment: Assessment) -> list[str]:
    """What must be there before the assessment is confirmed, a sentence each."""
    return list(_missing(assessment))


def remarks(assessment: Assessment) -> list[str]:
    """What the officer should look at; never in the way."""
    return list(_remarks(assessment))


def _missing(assessment: Assessment) -> Iterator[str]:
    result = result_of(assessment)
    for row in result.judged:
        if row.value != Value.NOT_ASSESSED and not row.motivation.strip():
            yield _("“%(criterion)s” is judged without a motivation.") % {"criterion": row}
    if result.outcome == Outcome.POSSIBLE:
        yield from _missing_when_possible(assessment)
    if assessment.chosen_form and not assessment.why_form.strip():
        yield _("Say why this form of collaboration is chosen.")


def _missing_when_possible(assessment: Assessment) -> Iterator[str]:
    answers = {row.question_id: row for row in assessment.legal_answers.all()}
    for question in assessment.criteria_set.legal_questions.all():
        row = answers.get(question.pk)
        if row is None or not row.answer:
            yield _("The legal question “%(question)s” is not answered.") % {"question": question}
        elif row.warns and not row.motivation.strip():
            yield _("The answer to “%(question)s” needs a motivation.") % {"question": question}
    if not assessment.chosen_form:
        yield _("Say which form of collaboration is chosen, and why.")
    if assessment.chosen_form == Assessment.Form.IOP:
        for name, label in GROUNDS.items():
            if name != "why_form" and not getattr(assessment, name).strip():
                yield _("The choice of form lacks “%(what)s”.") % {"what": label}


def _remarks(assessment: Assessment) -> Iterator[str]:
    result = result_of(assessment)
    if result.actor == ActorCheck.FORM_NOT_KNOWN:
        yield _(
            "The legal form of %(name)s is not known. Enter it in the register of partners."
        ) % {"name": assessment.partner}
    if result.actor == ActorCheck.CASE_BY_CASE:
        yield _("The legal form is decided from case to case. Answer its questions and motivate.")
    if result.not_assessed:
        yield _("%(count)s criteria are not assessed, and the document says so.") % {
            "count": len(result.not_assessed)
        }
    for row in assessment.legal_answers.all():
        if row.answer and row.warns:
            block = LegalQuestion.Block(row.question.block).label
            yield _("%(block)s: “%(question)s” is answered %(answer)s.") % {
                "block": block,
                "question": row.question,
                "answer": row.get_answer_display(),
            }
