"""A meeting's people and days, and what others saved of it meanwhile."""

import pytest
from django.urls import reverse

from meetings.actions import (
    hold_meeting,
    move_item,
    number_items,
    save_item,
    save_meeting,
)
from meetings.models import AgendaItem, Meeting
from memos.actions import ListDraft
from tests.meetings.factories import ItemFactory
from tests.memos.factories import AT

pytestmark = pytest.mark.django_db


def test_two_meetings_at_the_same_time_get_a_sentence(client, secretary, meeting, committee):
    client.force_login(secretary)

    response = client.post(
        reverse("meetings:meeting_create"),
        {"committee": committee.pk, "held_on": "2024-05-21", "begins_at": "", "ends_at": ""},
    )

    assert "already has a meeting" in response.content.decode()
    assert Meeting.objects.count() == 1


def people_as_sent(meeting):
    """What the page of a meeting sends when nobody has changed anything in it."""
    rows = [
        {"id": p.pk, "name": p.name, "function": p.function, "presence": p.presence}
        for p in meeting.attendees.all()
    ]
    data = {"held_on": "2024-05-21", "people-TOTAL_FORMS": 5, "people-INITIAL_FORMS": 5}
    return data | {
        f"people-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()
    }


def test_people_who_change_places_by_their_names_get_a_sentence(client, secretary, meeting):
    before = list(meeting.attendees.values_list("name", flat=True))
    client.force_login(secretary)
    data = people_as_sent(meeting)
    swapped = {"people-1-name": before[2], "people-2-name": before[1]}

    response = client.post(reverse("meetings:meeting_edit", args=[meeting.pk]), {**data, **swapped})

    assert "Save one of the changes first" in response.content.decode()
    assert list(meeting.attendees.values_list("name", flat=True)) == before


def test_people_are_saved_and_who_has_acted_is_not_removed(client, secretary, meeting):
    person = meeting.attendees.first()
    ItemFactory(meeting=meeting).notes.create(member=person, text="x")
    client.force_login(secretary)
    data = people_as_sent(meeting)

    response = client.post(
        reverse("meetings:meeting_edit", args=[meeting.pk]), {**data, "people-0-DELETE": "on"}
    )

    assert "Remove that first" in response.content.decode()
    assert meeting.attendees.count() == 5


def test_a_meeting_that_ends_before_it_begins_is_complained_of_at_its_end(
    client, committee, secretary
):
    client.force_login(secretary)
    times = {"committee": committee.pk, "held_on": "2024-05-21", "begins_at": "13:00"}

    page = client.post(reverse("meetings:meeting_create"), times | {"ends_at": "12:00"})

    assert list(page.context["form"].errors) == ["ends_at"]
    assert not Meeting.objects.exists()


def test_an_item_that_is_saved_keeps_the_number_and_place_it_got_meanwhile(item, secretary):
    stale = AgendaItem.objects.get(pk=item.pk)
    ItemFactory(meeting=item.meeting, position=2)
    number_items(item.meeting, {item.pk: 77}, by=secretary)
    move_item(item, up=False, by=secretary)

    stale.title = "Ny rubrik"
    save_item(stale, agreements=[], by=secretary)

    item.refresh_from_db()
    assert (item.title, item.number, item.position) == ("Ny rubrik", 77, 2)
    assert item.history.first().number == 77


def test_a_meeting_that_is_saved_stays_as_held_as_it_became_meanwhile(meeting, secretary):
    stale = Meeting.objects.get(pk=meeting.pk)
    hold_meeting(meeting, by=secretary, at=AT)

    stale.place = "Exempelsalen"
    save_meeting(stale, attendees=ListDraft(), by=secretary)

    meeting.refresh_from_db()
    assert (meeting.place, meeting.state) == ("Exempelsalen", Meeting.State.HELD)
