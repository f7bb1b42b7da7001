"""Asking the offices: questions, deadline, answers, reminders, quotations."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.models import Agreement
from partnerships.due import due
from partnerships.together import ask
from report.documents import content_of
from report.models import Edition
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import CommitteeFactory, OfficeFactory
from tests.report.conftest import NOW
from tests.report.factories import AskedOfficeFactory, FocusQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(edition):
    return FocusQuestionFactory(edition=edition, text="Vilka fördelar ser ni?")


@pytest.fixture
def asked(edition, question):
    Edition.objects.filter(pk=edition.pk).update(answers_by=date(2026, 3, 1))
    edition.refresh_from_db()
    return AskedOfficeFactory(edition=edition)


def focus_data(**changed):
    return {
        "answers_by": "2026-03-01",
        "questions-TOTAL_FORMS": "1",
        "questions-INITIAL_FORMS": "0",
        "questions-0-text": "Vilka nackdelar ser ni?",
        "asked-TOTAL_FORMS": "1",
        "asked-INITIAL_FORMS": "0",
        **changed,
    }


def test_focus_edit_asks_offices_by_a_day(signed_in, edition, committee):
    office = OfficeFactory(municipality=committee.municipality)

    signed_in.post(
        reverse("report:focus_edit", args=[edition.pk]),
        focus_data(**{"asked-0-committee": committee.pk, "asked-0-office": office.pk}),
    )

    edition.refresh_from_db()
    assert edition.answers_by == date(2026, 3, 1)
    assert edition.questions.get().text == "Vilka nackdelar ser ni?"
    assert edition.asked.get().office == office


def test_the_same_office_is_not_asked_twice(signed_in, edition, committee):
    data = focus_data(
        **{
            "asked-TOTAL_FORMS": "2",
            "asked-0-committee": committee.pk,
            "asked-1-committee": committee.pk,
        }
    )

    response = signed_in.post(reverse("report:focus_edit", args=[edition.pk]), data)

    assert response.status_code == 200
    assert not edition.asked.exists()
    assert "Constraint" not in response.content.decode()


def test_another_municipalitys_committee_is_not_asked(signed_in, edition):
    data = focus_data(**{"asked-0-committee": CommitteeFactory().pk})

    response = signed_in.post(reverse("report:focus_edit", args=[edition.pk]), data)

    assert response.context["asked"].forms[0].errors["committee"]
    assert not edition.asked.exists()


def test_an_answer_is_kept_quoted_and_can_be_taken_back(signed_in, asked, question, officer):
    address = reverse("report:focus_answer", args=[asked.pk])

    signed_in.post(address, {str(question.pk): "Det är **enkelt**."})
    asked.refresh_from_db()
    content = content_of(Edition.objects.with_parts().get(pk=asked.edition_id), at=NOW)

    assert (asked.answered_by, asked.answered_at is not None) == (officer, True)
    assert content["focus"][0]["answers"] == [{"office": str(asked), "text": "Det är **enkelt**."}]
    page = signed_in.get(asked.edition.get_absolute_url()).content.decode()
    assert "<strong>enkelt</strong>" in page

    signed_in.post(address, {str(question.pk): ""})
    asked.refresh_from_db()
    assert asked.answered_at is None


@pytest.mark.parametrize("text", ["<script>x</script>", "[x](javascript:1)", "x" * 50_001])
def test_an_answer_that_cannot_be_printed_is_refused_and_kept_in_the_box(
    signed_in, asked, question, text
):
    response = signed_in.post(
        reverse("report:focus_answer", args=[asked.pk]), {str(question.pk): text}
    )

    assert response.context["form"].errors[str(question.pk)]
    assert response.context["form"][str(question.pk)].value() == text
    assert not asked.answers.exists()


def test_only_the_asked_committee_answers(client, asked, question):
    other = CommitteeFactory(municipality=asked.edition.municipality)
    client.force_login(member_of(other, "officer"))

    assert client.get(reverse("report:focus_answer", args=[asked.pk])).status_code == 403


def test_the_committee_has_the_questions_on_its_worklist_until_they_are_answered(
    signed_in, asked, question, agreement, officer
):
    def found(last=date(2026, 4, 1)):
        rows = ask(due(Agreement.objects.visible_to(officer), first=date(2026, 3, 15), last=last))
        return [row for row in rows if row.key.startswith("report-")]

    before = found()
    signed_in.post(reverse("report:focus_answer", args=[asked.pk]), {str(question.pk): "Ja."})

    assert [(row.on, row.stays, row.url) for row in before] == [
        (date(2026, 3, 1), True, asked.get_absolute_url())
    ]
    assert found() == []


def test_nobody_elses_worklist_has_them(asked):
    elsewhere = AgreementFactory()
    rows = ask(
        due(
            Agreement.objects.filter(pk=elsewhere.pk),
            first=date(2026, 1, 1),
            last=date(2026, 12, 31),
        )
    )

    assert list(rows) == []
