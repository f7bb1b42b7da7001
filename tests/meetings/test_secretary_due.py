"""What is the secretary's to do stands on the start page and in the worklist too."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import adjust, hand_over, number_items
from meetings.due import given_to, waiting
from meetings.models import DecisionRecipient, Meeting, Minutes, Notice
from partnerships.together import ask
from tests.meetings.conftest import decided
from tests.meetings.factories import MeetingFactory, NoticeFactory
from tests.memos.factories import AT, MemoFactory, VersionFactory
from tests.test_queries import agreed

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 1)
AHEAD = timedelta(days=60)


@pytest.fixture
def ready(item, secretary):
    """A meeting whose one item is decided and numbered."""
    number_items(item.meeting, {item.pk: 149}, by=secretary)
    return decided(item, secretary, recipients=("Samtliga nämnder",)).meeting


def adjusted(meeting, secretary):
    return adjust(meeting, on=date(2024, 5, 30), place="Stadshuset", by=secretary, at=AT)


def told(user, today=TODAY, **words):
    rows = ask(given_to(user, first=today, last=today + AHEAD, **words))
    return sorted((row.what, row.on) for row in rows)


def test_each_duty_is_due_until_it_is_done(ready, secretary):
    assert told(secretary) == [("Adjust the minutes", date(2024, 6, 4))]

    adjusted(ready, secretary)
    assert told(secretary) == [
        ("Post the notice", date(2024, 6, 1)),
        ("Send the extract", date(2024, 6, 1)),
    ]

    hand_over(DecisionRecipient.objects.get(), on=TODAY, by=secretary)
    notice = NoticeFactory(minutes=Minutes.objects.get(), posted_on=date(2024, 5, 31))
    assert told(secretary) == [("Take down the notice", date(2024, 6, 25))]

    Notice.objects.filter(pk=notice.pk).update(taken_down_on=date(2024, 6, 25))
    assert told(secretary) == []


def test_what_is_late_stays_and_what_is_far_off_is_not_due_yet(ready, secretary):
    long_after, long_before = date(2026, 1, 1), date(2024, 1, 1)

    assert told(secretary, long_after, most=10) == [("Adjust the minutes", date(2024, 6, 4))]
    assert told(secretary, long_before) == []


def test_nobody_else_has_the_secretarys_duties(ready, officer, reader, secretary):
    MeetingFactory(state="held")  # of another committee

    assert told(officer) == told(reader) == []
    assert len(told(secretary)) == 1


@pytest.mark.parametrize("page", ["start", "worklist:worklist"])
def test_the_duties_stand_where_the_secretary_looks_first(client, ready, secretary, page):
    client.force_login(secretary)

    with time_machine.travel(AT):
        shown = client.get(reverse(page)).content.decode()

    assert "Adjust the minutes" in shown
    assert "My agreements" not in shown
    assert f'href="{Meeting.objects.get().get_absolute_url()}"' in shown


def test_the_agreements_of_their_own_are_for_those_who_can_have_some(client, officer, reader):
    pages = {}
    for person in (officer, reader):
        client.force_login(person)
        pages[person] = client.get(reverse("start")).content.decode()

    assert "No agreement is yours." in pages[officer]
    assert "No agreement is yours." not in pages[reader]
    assert "Nothing waits for you in the next 60 days." in pages[reader]


NOTHING = "Nothing waits for you in the next 60 days."


def start_page(client, user):
    client.force_login(user)
    client.get(reverse("start"))  # what is made once a process is made now
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("start")).content.decode()
    return page, len(queries)


def test_the_start_page_says_how_many_memos_wait_for_a_meeting(client, secretary, agreement):
    ours = {"memo__agreement": agreement, "memo__committee": agreement.committee}
    VersionFactory(**ours)
    one, _count = start_page(client, secretary)
    tabled = VersionFactory(**ours).memo
    type(tabled).objects.filter(pk=tabled.pk).update(state="tabled")
    MemoFactory(agreement=agreement, committee=agreement.committee)  # a draft
    VersionFactory()  # another committee's
    two, _count = start_page(client, secretary)

    link = f'<a class="ds-link" href="{reverse("meetings:desk")}">'
    assert f"{link}1 memo waits for a meeting</a>" in one
    assert f"{link}2 memos wait for a meeting</a>" in two
    assert NOTHING not in one + two


def test_that_memos_wait_costs_the_start_page_no_query(client, secretary, memo):
    _page, queries = start_page(client, secretary)

    assert queries <= agreed()["start"]


def test_memos_wait_for_nobody_but_the_secretary(officer, reader, secretary, memo):
    assert ask(waiting(officer)) == ask(waiting(reader)) == []
    assert len(ask(waiting(secretary))) == 1


def test_nothing_waits_when_no_memo_does(client, secretary):
    page, _queries = start_page(client, secretary)

    assert NOTHING in page
