"""What cannot be undone is asked about first, on a page that says what goes or what stays."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.permissions import Role
from assessments.models import Assessment
from meetings.models import Meeting
from payments.models import ImportBatch
from tests.accounts.factories import member_of
from tests.agreements.factories import RevisionFactory
from tests.assessments.factories import assessment_of, fresh
from tests.meetings.factories import ItemFactory, MeetingFactory
from tests.memos.factories import MemoFactory, VersionFactory
from tests.organisations.factories import PartnerFactory
from tests.payments.factories import BatchFactory, SourceFactory
from tests.report.factories import EditionFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def memo_of(agreement):
    return MemoFactory(agreement=agreement, committee=agreement.committee, title="Ett utkast")


def revision_of(agreement):
    RevisionFactory(agreement=agreement, number=1)
    return RevisionFactory(agreement=agreement, number=2, kind="amendment")


def itself(agreement):
    return agreement


def draft_assessment_of(agreement):
    return assessment_of(agreement.committee, PartnerFactory(name="Föreningen Prov"))


def edition_of(agreement):
    return EditionFactory(series=SeriesFactory(committee=agreement.committee))


def batch_of(agreement):
    municipality = agreement.committee.municipality
    return BatchFactory(source=SourceFactory(municipality=municipality))


def meeting_of(agreement):
    return MeetingFactory(committee=agreement.committee)


def earlier_meeting_of(agreement):
    return MeetingFactory(committee=agreement.committee, held_on=date(2024, 5, 14))


def meeting_to_come_of(agreement):
    return MeetingFactory(committee=agreement.committee, held_on=date(2100, 1, 1))


def held_meeting_of(agreement):
    return MeetingFactory(committee=agreement.committee, state="held")


# address: (how to make one, what the page says of it)
ASKED = {
    "memos:memo_discard": (memo_of, "”Ett utkast” försvinner"),
    "agreements:revision_discard": (revision_of, "Revision 2” försvinner"),
    "agreements:agreement_discard": (itself, "lämnar registret"),
    "assessments:assessment_discard": (draft_assessment_of, "Föreningen Prov” försvinner"),
    "report:edition_discard": (edition_of, "försvinner med allt"),
    "payments:batch_discard": (batch_of, "tas bort ur portalen"),
    "meetings:meeting_cancel": (meeting_of, "ställs in"),
    "meetings:meeting_hold": (earlier_meeting_of, "markeras som hållet"),
    "assessments:assessment_confirm": (draft_assessment_of, "8 av 8 kriterier är inte bedömda"),
}


def stored(row):
    """The row as it is in the database, in a word; None when it is gone."""
    found = type(row).objects.filter(pk=row.pk).first()
    if isinstance(found, Assessment):
        return "draft" if found.is_draft else "confirmed"
    return getattr(found, "state", found and "there")


@pytest.fixture
def signed_in(client, committee):
    person = member_of(committee, Role.OFFICER)
    person.memberships.create(committee=committee, role=Role.SECRETARY)
    client.force_login(person)
    return client


@pytest.mark.parametrize("name", ASKED)
def test_looking_asks_and_only_sending_does(signed_in, agreement, name):
    make, words = ASKED[name]
    row = make(agreement)
    url, before = reverse(name, args=[row.pk]), stored(row)

    page = signed_in.get(url).content.decode()
    unchanged = stored(row)
    signed_in.post(url)

    assert words in page
    assert '<form method="post">' in page
    assert f'href="{row.get_absolute_url()}"' in page.split("<form method")[1]
    assert unchanged == before
    assert stored(row) != before


@pytest.mark.parametrize("name", ASKED)
def test_the_page_of_the_thing_leads_to_the_question(signed_in, agreement, name):
    row = ASKED[name][0](agreement)

    page = signed_in.get(row.get_absolute_url()).content.decode()

    url = reverse(name, args=[row.pk])
    assert f'href="{url}"' in page
    assert f'action="{url}"' not in page


def submitted(agreement):
    return VersionFactory(memo__agreement=agreement, memo__committee=agreement.committee).memo


def with_a_memo(agreement):
    MemoFactory(agreement=agreement)
    return agreement


def first_revision(agreement):
    return RevisionFactory(agreement=agreement, number=1)


def discarded_file(agreement):
    batch = batch_of(agreement)
    ImportBatch.objects.filter(pk=batch.pk).update(state="discarded", file="")
    return batch


def with_an_item(agreement):
    meeting = meeting_of(agreement)
    ItemFactory(meeting=meeting)
    return meeting


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("memos:memo_discard", submitted),
        ("agreements:revision_discard", first_revision),
        ("agreements:agreement_discard", with_a_memo),
        ("payments:batch_discard", discarded_file),
        ("meetings:meeting_cancel", with_an_item),
        ("meetings:meeting_hold", meeting_to_come_of),
        ("meetings:meeting_hold", held_meeting_of),
    ],
)
def test_what_cannot_be_done_now_is_refused_before_anything_is_asked(
    signed_in, agreement, name, make
):
    row = make(agreement)
    url = reverse(name, args=[row.pk])

    looked = signed_in.get(url, follow=True)
    sent = signed_in.post(url, follow=True)

    refused = [str(message) for message in looked.context["messages"]]
    assert looked.redirect_chain[0][0] == row.get_absolute_url()
    assert refused
    assert refused == [str(message) for message in sent.context["messages"]]


def test_a_confirmed_assessment_is_not_asked_about_again(signed_in, agreement):
    assessment = draft_assessment_of(agreement)
    for name in ("assessment_confirm", "assessment_discard"):
        url = reverse(f"assessments:{name}", args=[assessment.pk])
        signed_in.post(url)

        assert signed_in.get(url).url == assessment.get_absolute_url()

    assert not fresh(assessment).is_draft


def test_who_may_not_do_it_is_not_asked_either(client, reader, agreement):
    client.force_login(reader)

    met = {
        name: client.get(reverse(name, args=[make(agreement).pk])).status_code
        for name, (make, _words) in ASKED.items()
        if name != "agreements:revision_discard"
    }

    assert set(met.values()) == {403}
    assert [meeting.is_open for meeting in Meeting.objects.all()] == [True, True]
