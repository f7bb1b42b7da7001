"""What is confirmed or in use stays: the database refuses, whichever way the change comes."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.actions import (
    AssessmentFrozenError,
    AssessmentNotConfirmableError,
    confirm_assessment,
    copy_criteria_set,
    discard_assessment,
    save_assessment,
)
from assessments.models import (
    Assessment,
    CriteriaSet,
    Criterion,
    CriterionAssessment,
    EligibleForm,
    FormAnswer,
    FormQuestion,
    LegalAnswer,
    LegalQuestion,
    Value,
    result_of,
)
from organisations.models import LegalForm
from tests.assessments.factories import (
    CriteriaSetFactory,
    assessment_of,
    fresh,
    judge,
    make_confirmable,
)
from tests.organisations.factories import PartnerFactory
from tests.pdf_checks import checks, structure, verapdf

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def confirmed(committee, officer):
    assessment = make_confirmable(assessment_of(committee, by=officer), officer)
    return confirm_assessment(assessment, by=officer, at=AT)


def refused(change, match):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        change()


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Assessment.objects.update(result="not_possible"),
        lambda: Assessment.objects.update(summary="efter"),
        lambda: Assessment.objects.get().save(),
        lambda: raw("UPDATE assessments_assessment SET confirmed_at = NULL"),
        lambda: raw("DELETE FROM assessments_assessment"),
        lambda: CriterionAssessment.objects.update(value=Value.NOT_MET),
        lambda: CriterionAssessment.objects.all().delete(),
        lambda: LegalAnswer.objects.update(answer="yes"),
        lambda: FormAnswer.objects.update(answer="yes"),
        lambda: raw("DELETE FROM assessments_legalanswer"),
    ],
)
def test_nothing_changes_a_confirmed_assessment(confirmed, change):
    refused(change, "confirmed assessment is not changed")

    again = fresh(confirmed)
    assert again.result == "possible"
    assert {row.value for row in again.criterion_assessments.all()} == {Value.MET}


def test_no_judgement_is_moved_into_a_confirmed_assessment(confirmed, officer):
    other = assessment_of(
        confirmed.committee, criteria_set=confirmed.criteria_set, by=officer
    ).form_answers.first()

    refused(
        lambda: FormAnswer.objects.filter(pk=other.pk).update(assessment=confirmed),
        "confirmed assessment is not changed",
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda: CriteriaSet.objects.update(name="efter"),
        lambda: CriteriaSet.objects.update(rule="wholly_or_partly"),
        lambda: CriteriaSet.objects.update(alternatives=""),
        lambda: Criterion.objects.update(text="efter"),
        lambda: EligibleForm.objects.all().delete(),
        lambda: FormQuestion.objects.update(text="efter"),
        lambda: LegalQuestion.objects.update(against="no"),
        lambda: raw("DELETE FROM assessments_eligibleform"),
        lambda: EligibleForm.objects.create(
            criteria_set=CriteriaSet.objects.get(), legal_form=LegalForm.COMPANY
        ),
    ],
)
def test_nothing_changes_what_a_criteria_set_in_use_says(committee, change):
    assessment_of(committee)

    refused(change, "criteria set in use is not changed")


def test_a_criteria_set_in_use_can_be_ended_and_one_not_in_use_changed(committee):
    used = assessment_of(committee).criteria_set
    unused = CriteriaSetFactory(municipality=committee.municipality)

    used.valid_until, used.is_offered = date(2026, 12, 31), False
    used.save()
    unused.criteria.update(text="efter")
    unused.delete()

    assert list(CriteriaSet.objects.values_list("valid_until", flat=True)) == [date(2026, 12, 31)]


def test_an_old_assessment_keeps_its_words_when_the_set_is_replaced(confirmed, officer):
    copy = copy_criteria_set(confirmed.criteria_set, by=officer)
    copy.criteria.filter(position=8).delete()
    copy.criteria.filter(position=1).update(text="Nya ord")

    old = fresh(confirmed)

    assert result_of(old).judged[0].criterion.text == "Kriteriets text 1"
    assert len(result_of(old).judged) == 8
    assert copy.criteria.count() == 7
    assert copy.version == f"{old.criteria_set.version} (2)"
    assert not copy.is_offered


def test_the_result_rests_on_the_legal_form_of_its_day(confirmed):
    partner = confirmed.partner
    partner.legal_form = LegalForm.COMPANY
    partner.save()

    assert result_of(fresh(confirmed)).outcome == "possible"


def test_what_was_issued_is_kept_with_its_checksum(confirmed):
    with confirmed.pdf.open("rb") as file:
        content = file.read()

    assert sha256(content).hexdigest() == confirmed.pdf_sha256
    assert checks.problems(content) == []
    assert "Kriteriets text 8" in " ".join(structure.lines(content))


def test_the_document_is_archival_and_accessible(confirmed, tmp_path):
    path = tmp_path / "assessment.pdf"
    with confirmed.pdf.open("rb") as file:
        path.write_bytes(file.read())

    if not verapdf.is_available():
        pytest.skip("veraPDF is not here")
    assert verapdf.validate([path]) == ""


def test_a_confirmed_assessment_is_refused_by_the_actions_with_a_sentence(confirmed, officer):
    with pytest.raises(AssessmentFrozenError):
        save_assessment(confirmed, judged=[], answers=[], by=officer)
    with pytest.raises(AssessmentFrozenError):
        confirm_assessment(confirmed, by=officer, at=AT)
    with pytest.raises(AssessmentFrozenError):
        discard_assessment(confirmed, by=officer)


def test_an_assessment_that_is_possible_needs_the_law_answered_and_the_form_chosen(
    committee, officer
):
    assessment = judge(assessment_of(committee, by=officer), officer, Value.MET)

    with pytest.raises(AssessmentNotConfirmableError, match="Finns en marknad") as refusal:
        confirm_assessment(assessment, by=officer, at=AT)

    assert fresh(assessment).is_draft
    assert str(refusal.value)


def test_a_judgement_without_a_motivation_is_not_confirmed(committee, officer):
    assessment = judge(
        assessment_of(committee, by=officer), officer, {8: Value.NOT_MET}, motivation=""
    )

    with pytest.raises(AssessmentNotConfirmableError, match="Kriterium 8"):
        confirm_assessment(assessment, by=officer, at=AT)


def test_an_assessment_that_is_not_possible_is_confirmed_with_the_rest_not_assessed(
    committee, officer
):
    partner = PartnerFactory(legal_form=LegalForm.COMPANY)
    assessment = assessment_of(committee, partner, by=officer)

    confirm_assessment(assessment, by=officer, at=AT)

    kept = fresh(assessment)
    assert (kept.result, kept.confirmed_by) == ("not_possible", officer)
    assert len(result_of(kept).not_assessed) == 8


def test_a_draft_is_discarded_and_its_history_stays(committee, officer):
    assessment = assessment_of(committee, by=officer)
    pk = assessment.pk

    discard_assessment(assessment, by=officer)

    assert not Assessment.objects.exists()
    assert Assessment.history.filter(id=pk, history_type="-").get().history_user == officer
