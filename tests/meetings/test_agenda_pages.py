"""The page of a meeting: what it says when the agenda is laid down."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from meetings.actions import call_meeting
from tests.meetings.factories import ItemFactory
from tests.memos.factories import AT


def page_after(client, name, meeting):
    """What the meeting's page says when this has been done."""
    url = reverse(f"meetings:{name}", args=[meeting.pk])
    return client.post(url, follow=True).content.decode()


def test_who_lays_down_the_agenda_is_told_to_send_it_and_has_the_pdf_at_hand(
    client, secretary, meeting
):
    ItemFactory(meeting=meeting)
    client.force_login(secretary)

    page = page_after(client, "meeting_call", meeting)

    pdf = reverse("meetings:agenda_pdf", args=[meeting.pk, 1])
    assert "Fetch the PDF and send it to the members." in page
    assert f'class="ds-button" data-size="sm" href="{pdf}"' in page
    assert "Lay down the agenda again" in page


@pytest.mark.parametrize("begin", ["Lay down the agenda", "Agendas laid down"])
def test_the_swedish_does_not_say_that_the_agenda_is_sent(begin):
    with translation.override("sv"):
        said = translation.gettext(begin).lower()

    assert "fastställ" in said
    assert "skick" not in said


def test_a_meeting_that_was_called_off_says_when_and_where_to_go(
    client, secretary, reader, meeting
):
    client.force_login(secretary)
    with time_machine.travel(datetime(2024, 5, 2, 10, 15, tzinfo=UTC)):
        page_after(client, "meeting_cancel", meeting)

    seen = {}
    for person in (secretary, reader):
        client.force_login(person)
        seen[person] = client.get(meeting.get_absolute_url()).content.decode()

    assert "The meeting was called off 2024-05-02 12:15." in seen[secretary]
    assert "Put memos from the queue on it" not in seen[secretary]
    assert "Plan a new meeting" in seen[secretary]
    assert "All meetings" in seen[reader]


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("§ 12", 12), ("§12", 12), (" § 12 ", 12), ("§", None)]
)
def test_a_paragraph_may_be_written_with_its_sign(client, secretary, meeting, typed, number):
    item = ItemFactory(meeting=meeting)
    client.force_login(secretary)

    client.post(reverse("meetings:meeting_number", args=[meeting.pk]), {str(item.pk): typed})

    item.refresh_from_db()
    assert item.number == number


@pytest.mark.parametrize("typed", ["§ tolv", "§§ 12", "12 §"])
def test_what_is_no_paragraph_is_refused(client, secretary, meeting, typed):
    item = ItemFactory(meeting=meeting)
    client.force_login(secretary)

    url = reverse("meetings:meeting_number", args=[meeting.pk])
    answer = client.post(url, {str(item.pk): typed})

    item.refresh_from_db()
    assert answer.status_code == 200
    assert item.number is None


def asked_before_holding(client, meeting):
    return client.get(reverse("meetings:meeting_hold", args=[meeting.pk])).content.decode()


def test_who_marks_a_meeting_as_held_is_told_what_has_not_been_done(client, secretary, meeting):
    client.force_login(secretary)

    with_nothing = asked_before_holding(client, meeting)
    ItemFactory(meeting=meeting)
    with_an_item = asked_before_holding(client, meeting)
    call_meeting(meeting, by=secretary, at=AT)
    called = asked_before_holding(client, meeting)

    no_agenda, no_items = "No agenda has been laid down", "Nothing is on the agenda."
    assert all("cannot be called off" in page for page in (with_nothing, with_an_item, called))
    assert [no_agenda in page for page in (with_nothing, with_an_item, called)] == [1, 1, 0]
    assert [no_items in page for page in (with_nothing, with_an_item, called)] == [1, 0, 0]
    assert 'data-color="danger"' not in called.split("<main")[1]


def test_to_mark_a_meeting_as_held_is_no_button_that_does_it_at_once(client, secretary, meeting):
    client.force_login(secretary)

    page = client.get(meeting.get_absolute_url()).content.decode()

    url = reverse("meetings:meeting_hold", args=[meeting.pk])
    assert f'href="{url}">Mark as held</a>' in page
    assert f'action="{url}"' not in page
