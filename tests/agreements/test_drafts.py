"""Drafts are told apart, and no second one is begun unless somebody asks for it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from agreements.actions import DraftExistsError, amend
from agreements.models import Revision
from tests.accounts.factories import member_of
from tests.agreements.conftest import url
from tests.agreements.factories import ContributionFactory, RevisionFactory, decide
from tests.assessments.factories import assessment_of
from tests.memos.factories import MemoFactory

pytestmark = pytest.mark.django_db
OF_HANNA = "Revision 2, utkast av Hanna Handläggare 2026-11-28 09:15"
OF_OLLE = "Revision 2, utkast av olle@exempelby.example 2026-11-28 09:20"


@pytest.fixture
def decided(agreement):
    """The agreement with its first revision decided."""
    original = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=original)
    decide(original)
    return agreement


@pytest.fixture
def drafts(decided, committee):
    """Two drafts of the next revision, by two people."""
    hanna = member_of(committee, first_name="Hanna", last_name="Handläggare")
    olle = member_of(committee, first_name="", last_name="", email="olle@exempelby.example")
    made = []
    for person, minute in ((hanna, 15), (olle, 20)):
        with time_machine.travel(datetime(2026, 11, 28, 8, minute, tzinfo=UTC), tick=False):
            made.append(amend(decided, by=person))
    return made


def labels(box):
    """What a list offers."""
    return [str(label) for key, label in box.field.choices if key]


def test_a_draft_is_called_by_who_began_it_and_when(drafts):
    listed = Revision.objects.with_beginning().order_by("pk")

    assert [row.as_listed() for row in listed] == ["Revision 1", OF_HANNA, OF_OLLE]


def test_a_draft_whose_beginning_is_not_known_is_called_a_draft(agreement):
    made_by_nobody = RevisionFactory(agreement=agreement)

    assert made_by_nobody.as_listed() == "Revision 1, utkast"
    assert "utkast från" in Revision.objects.with_beginning().get().as_listed()


def test_the_drafts_are_told_apart_in_the_agreement_and_when_they_are_compared(
    signed_in, decided, drafts
):
    page = signed_in.get(decided.get_absolute_url()).content.decode()
    comparison = signed_in.get(url("revision_compare", decided))

    assert page.count(OF_HANNA) == page.count(OF_OLLE) == 2
    assert labels(comparison.context["form"]["before"]) == ["Revision 1", OF_HANNA, OF_OLLE]
    assert OF_OLLE in comparison.content.decode().partition("<table")[2]


def test_the_drafts_are_told_apart_in_the_boxes_of_a_memo_and_an_assessment(
    signed_in, officer, decided, drafts
):
    memo = MemoFactory(agreement=decided, created_by=officer)
    assessment = assessment_of(decided.committee, decided.partners.get(), by=officer)

    memo_page = signed_in.get(reverse("memos:memo_edit", args=[memo.pk]))
    page = signed_in.get(reverse("assessments:assessment_edit", args=[assessment.pk]))

    assert labels(memo_page.context["form"]["revision"]) == ["Revision 1", OF_HANNA, OF_OLLE]
    assert f"{decided}, {OF_OLLE}" in labels(page.context["form"]["revision"])


def test_a_draft_itself_says_who_began_it(signed_in, drafts):
    page = signed_in.get(drafts[0].get_absolute_url()).content.decode()

    assert "Påbörjad 2026-11-28 09:15 av Hanna Handläggare." in page


def test_the_first_draft_is_begun_at_once(signed_in, decided):
    response = signed_in.post(url("revision_create", decided))

    draft = decided.revisions.drafts().get()
    assert response.url == reverse("agreements:revision_edit", args=[draft.pk])


def test_a_second_draft_is_asked_about_before_it_is_begun(signed_in, decided, drafts):
    asked = signed_in.post(url("revision_create", decided))

    assert decided.revisions.drafts().count() == 2
    page = asked.content.decode()
    assert "Avtalet har redan ett utkast." in page
    assert f"Skriv på {OF_HANNA}" in page
    assert reverse("agreements:revision_edit", args=[drafts[0].pk]) in page


def test_a_second_draft_is_begun_when_somebody_says_so(signed_in, decided, drafts):
    signed_in.post(url("revision_create", decided), {"beside": "on"})

    assert decided.revisions.drafts().count() == 3


def test_reading_the_question_again_leads_back_to_the_agreement(signed_in, decided, drafts):
    response = signed_in.get(url("revision_create", decided))

    assert response.url == decided.get_absolute_url()
    assert decided.revisions.drafts().count() == 2


def test_amend_refuses_a_draft_beside_another_unless_it_is_to_lie_there(decided, officer):
    amend(decided, by=officer, beside_drafts=False)

    with pytest.raises(DraftExistsError, match="redan ett utkast"):
        amend(decided, by=officer, beside_drafts=False)

    assert decided.revisions.drafts().count() == 1
