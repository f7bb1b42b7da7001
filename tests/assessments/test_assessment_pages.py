"""Assessments through the pages: begun, judged, confirmed, and shown beside what they are about."""

from hashlib import sha256

import pytest
from django.urls import reverse

from agreements.models import GrantScheme
from assessments.models import Assessment, Value
from organisations.models import LegalForm, PartnerProject
from tests.agreements.factories import AgreementFactory, ContributionFactory, RevisionFactory
from tests.assessments.conftest import url
from tests.assessments.factories import (
    CriteriaSetFactory,
    assessment_of,
    fresh,
    judge,
    make_confirmable,
)
from tests.dialogues.factories import DialogueFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def sent(assessment, **changed):
    """What the browser sends when nothing is changed in the form."""
    data = {"reason": ""}
    rows = {
        "judgements": (assessment.criterion_assessments.all(), ("value", "motivation", "evidence")),
        "legal": (assessment.legal_answers.all(), ("answer", "motivation")),
        "forms": (
            assessment.form_answers.filter(question__legal_form=assessment.partner.legal_form),
            ("answer", "motivation"),
        ),
    }
    for prefix, (found, names) in rows.items():
        data[f"{prefix}-TOTAL_FORMS"] = data[f"{prefix}-INITIAL_FORMS"] = len(found)
        for index, row in enumerate(found):
            data[f"{prefix}-{index}-id"] = row.pk
            data |= {f"{prefix}-{index}-{name}": getattr(row, name) for name in names}
    return data | changed


def test_assessment_create_begins_with_everything_not_assessed(signed_in, committee):
    partner = PartnerFactory(name="Föreningen Prov")
    criteria_set = CriteriaSetFactory(municipality=committee.municipality)

    response = signed_in.post(
        url("assessment_create"),
        {
            "subject": "föreningen prov",
            "committee": committee.pk,
            "criteria_set": criteria_set.pk,
            "dialogue": "",
        },
    )

    assessment = Assessment.objects.get()
    assert response.url == url("assessment_edit", assessment)
    assert assessment.partner == partner
    values = assessment.criterion_assessments.values_list("value", flat=True)
    assert list(values) == [Value.NOT_ASSESSED] * 8


def test_assessment_create_from_a_dialogue_takes_its_project(signed_in, committee, officer):
    project = PartnerProject.objects.create(partner=PartnerFactory(name="KISAM"), name="Mammor")
    dialogue = DialogueFactory(
        committee=committee, partner=project.partner, project=project, diary_number="KS 2026-1"
    )
    CriteriaSetFactory(municipality=committee.municipality)
    page = signed_in.get(url("assessment_create"), {"dialogue": dialogue.pk})
    form = page.context["form"]

    signed_in.post(
        url("assessment_create"),
        {name: form[name].value() or "" for name in ("committee", "criteria_set")}
        | {"subject": "Mammor", "dialogue": dialogue.pk},
    )

    assessment = Assessment.objects.get()
    assert (assessment.project, assessment.partner) == (project, project.partner)
    assert (assessment.dialogue, assessment.diary_number) == (dialogue, "KS 2026-1")


def test_assessment_edit_saves_judgements_and_answers_with_who_and_why(
    signed_in, assessment, officer
):
    data = sent(
        assessment,
        **{
            "judgements-7-value": Value.NOT_MET,
            "judgements-7-motivation": "Ingen samsyn.",
            "legal-0-answer": "unclear",
            "legal-0-motivation": "Utreds.",
            "reason": "Efter mötet",
        },
    )

    signed_in.post(url("assessment_edit", assessment), data)

    row = fresh(assessment).criterion_assessments.get(criterion__position=8)
    assert (row.value, row.motivation) == (Value.NOT_MET, "Ingen samsyn.")
    assert row.history.first().history_change_reason == "Efter mötet"
    assert row.history.first().history_user == officer
    assert assessment.legal_answers.get().answer == "unclear"
    others = assessment.criterion_assessments.exclude(pk=row.pk)
    assert {other.history.count() for other in others} == {1}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"judgements-2-value": Value.NOT_APPLICABLE}, "judgements"),
        ({"judgements-2-value": "nonsense"}, "judgements"),
        ({"judgements-2-value": Value.PARTLY}, "judgements"),
        ({"diary_number": "inget nummer"}, "form"),
        ({"dated_on": "04/05/2026"}, "form"),
        ({"summary": "<script>alert(1)</script>"}, "form"),
        ({"judgements-5-value": Value.MET, "judgements-5-motivation": "Ja."}, "form"),
    ],
)
def test_assessment_edit_says_what_is_wrong_keeps_what_was_typed_and_changes_nothing(
    signed_in, assessment, changed, sentence
):
    data = sent(assessment, why_form="Det jag skrev.", **changed)

    response = signed_in.post(url("assessment_edit", assessment), data)

    assert response.status_code == 200
    assert any(response.context[sentence].errors)
    assert "Det jag skrev." in response.content.decode()
    assert fresh(assessment).why_form == ""


def test_assessment_edit_takes_no_judgement_of_another_assessment(signed_in, assessment, stranger):
    foreign = assessment_of(CommitteeFactory()).criterion_assessments.first()
    data = sent(assessment, **{"judgements-0-id": foreign.pk, "judgements-0-value": Value.MET})

    signed_in.post(url("assessment_edit", assessment), data)

    foreign.refresh_from_db()
    assert foreign.value == Value.NOT_ASSESSED


def test_assessment_edit_takes_no_draft_of_another_partner(signed_in, assessment, committee):
    other = RevisionFactory(agreement=AgreementFactory(committee=committee))

    response = signed_in.post(
        url("assessment_edit", assessment), sent(assessment, revision=other.pk)
    )

    assert response.context["form"].errors["revision"]


def test_the_questions_shown_are_those_of_the_partners_own_form(signed_in, committee, officer):
    partner = PartnerFactory(legal_form=LegalForm.ECONOMIC_ASSOCIATION)
    assessment = assessment_of(committee, partner, by=officer)
    association = assessment_of(committee, criteria_set=assessment.criteria_set, by=officer)

    asked = signed_in.get(url("assessment_edit", assessment)).context["answers"]["forms"]
    spared = signed_in.get(url("assessment_edit", association)).context["answers"]["forms"]

    assert [str(row.instance) for row in asked] == [
        "Nykooperativ?",
        "Allmännyttig?",
        "Brukarstyrd?",
    ]
    assert len(spared) == 0


def test_assessment_confirm_issues_the_document_and_serves_it_byte_for_byte(
    signed_in, assessment, officer
):
    make_confirmable(assessment, officer)

    signed_in.post(url("assessment_confirm", assessment))

    confirmed = fresh(assessment)
    content = signed_in.get(url("assessment_pdf", assessment)).content
    assert (confirmed.result, confirmed.confirmed_by) == ("possible", officer)
    assert sha256(content).hexdigest() == confirmed.pdf_sha256


def test_assessment_confirm_says_what_is_lacking_and_changes_nothing(
    signed_in, assessment, officer
):
    judge(assessment, officer, Value.MET)

    response = signed_in.post(url("assessment_confirm", assessment), follow=True)

    assert "Finns en marknad?" in response.content.decode()
    assert fresh(assessment).is_draft


def test_a_confirmed_assessment_is_not_opened_for_writing(signed_in, assessment, officer):
    make_confirmable(assessment, officer)
    signed_in.post(url("assessment_confirm", assessment))

    response = signed_in.get(url("assessment_edit", assessment))

    assert response.url == assessment.get_absolute_url()


def test_the_contributions_of_a_draft_are_shown_at_their_criterion(signed_in, committee, officer):
    agreement = AgreementFactory(committee=committee)
    draft = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=draft, stated_amount=1_100_000)
    ContributionFactory(revision=draft, by_partner=True, stated_amount=980_500)
    assessment = assessment_of(committee, agreement.partners.get(), by=officer)
    data = sent(assessment, revision=draft.pk)
    data |= {"judgements-5-value": Value.MET, "judgements-5-motivation": "Båda bidrar."}

    response = signed_in.post(url("assessment_edit", assessment), data)

    page = signed_in.get(assessment.get_absolute_url()).content.decode()
    assert response.status_code == 302, [
        response.context["form"].errors,
        response.context["judgements"].errors,
    ]
    assert "980\u00a0500\u00a0kr" in page


def test_the_list_finds_by_partner_and_result(signed_in, assessment, committee, officer):
    project = PartnerProject.objects.create(partner=PartnerFactory(), name="Lyktan")
    other = assessment_of(
        committee,
        project.partner,
        project=project,
        criteria_set=assessment.criteria_set,
        by=officer,
    )

    found = signed_in.get(url("assessment_list"), {"q": "lyktan"}).context["page"].rows
    drafts = signed_in.get(url("assessment_list"), {"result": "draft"}).context["page"].rows
    none = signed_in.get(url("assessment_list"), {"result": "possible"}).context["page"].rows

    assert found == [other]
    assert drafts == [other, assessment]
    assert none == []


def test_the_partners_page_shows_dialogues_assessments_and_agreements_together(
    signed_in, committee, officer
):
    partner = PartnerFactory()
    DialogueFactory(committee=committee, partner=partner, name="Dialogen")
    DialogueFactory(partner=partner, name="En annan kommuns dialog")
    AgreementFactory(committee=committee, partner=partner, name="Avtalet")
    assessment_of(committee, partner, by=officer)

    page = signed_in.get(url("partner_overview", partner)).content.decode()

    assert all(name in page for name in ("Dialogen", "Avtalet", partner.name))
    assert "En annan kommuns dialog" not in page


def test_a_grant_that_excludes_the_legal_form_is_named_as_not_open_to_it(
    signed_in, committee, officer
):
    GrantScheme.objects.create(
        municipality=committee.municipality,
        committee=committee,
        name="Föreningsbidrag",
        excluded_forms=[LegalForm.ECONOMIC_ASSOCIATION],
    )
    cooperative = PartnerFactory(legal_form=LegalForm.ECONOMIC_ASSOCIATION)
    criteria_set = CriteriaSetFactory(municipality=committee.municipality)
    pages = {
        partner: signed_in.get(
            assessment_of(
                committee, partner, criteria_set=criteria_set, by=officer
            ).get_absolute_url()
        ).content.decode()
        for partner in (cooperative, PartnerFactory())
    }

    not_open = "Inte öppet för den här juridiska formen"
    assert [not_open in page for page in pages.values()] == [True, False]
    assert all("Bidrag: Föreningsbidrag" in page for page in pages.values())


def test_an_excluded_legal_form_may_hold_a_membership_all_the_same(signed_in, committee):
    cooperative = PartnerFactory(name="Kooperativet", legal_form=LegalForm.ECONOMIC_ASSOCIATION)
    data = {
        "kind": "membership",
        "name": "Medlemskap",
        "committee": committee.pk,
        "parties-TOTAL_FORMS": 1,
        "parties-INITIAL_FORMS": 0,
        "parties-0-partner": "Kooperativet",
    }

    signed_in.post(reverse("agreements:agreement_create"), data)

    assert cooperative.agreements.get().kind == "membership"
