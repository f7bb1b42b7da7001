"""From the queue to the agenda, and the § of each item."""

import threading
from datetime import date, time

import pytest
from django.db import connection
from django.urls import reverse

from meetings.actions import (
    AgendaRefusedError,
    MinutesRefusedError,
    add_item,
    call_meeting,
    cancel_meeting,
    hold_meeting,
    move_item,
    next_number,
    number_items,
    plan_meeting,
    put_forward,
    put_on_agenda,
    take_off,
)
from meetings.duties import queue_of
from meetings.models import Agenda, AgendaItem, Attendee, Meeting, MeetingRequest
from memos.models import Memo
from tests.agreements.factories import AgreementFactory
from tests.meetings.conftest import decided
from tests.meetings.factories import AttendeeFactory, ItemFactory, MeetingFactory
from tests.memos.factories import AT, MemoFactory, VersionFactory

pytestmark = pytest.mark.django_db


def test_a_submitted_memo_is_put_on_the_agenda_as_it_was_submitted(memo, meeting, secretary):
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)

    memo.refresh_from_db()
    assert memo.state == Memo.State.ON_AGENDA
    assert item.memo_version == memo.versions.get()
    assert item.title == "Exempelärendet"
    assert list(item.agreements.all()) == [memo.agreement]


@pytest.mark.parametrize("state", ["draft", "review", "approved"])
def test_a_memo_that_is_not_submitted_does_not_come_on_an_agenda(
    agreement, meeting, secretary, state
):
    memo = MemoFactory(agreement=agreement, state=state)

    with pytest.raises(AgendaRefusedError):
        put_on_agenda(memo, meeting, by=secretary, at=AT)

    assert not AgendaItem.objects.exists()


def test_a_memo_does_not_come_on_two_agendas(memo, meeting, secretary, committee):
    put_on_agenda(memo, meeting, by=secretary, at=AT)

    with pytest.raises(AgendaRefusedError):
        put_on_agenda(
            memo, MeetingFactory(committee=committee, held_on=date(2024, 6, 4)), by=secretary, at=AT
        )


def test_a_memo_to_another_committee_is_refused_with_its_name(memo, secretary):
    with pytest.raises(AgendaRefusedError, match=memo.committee.name):
        put_on_agenda(memo, MeetingFactory(), by=secretary, at=AT)


def test_an_officer_does_not_put_a_memo_on_the_agenda(memo, meeting, officer):
    with pytest.raises(AgendaRefusedError, match="role"):
        put_on_agenda(memo, meeting, by=officer, at=AT)


@pytest.mark.parametrize("state", ["planned", "called", "held"])
def test_a_late_memo_is_put_on_the_agenda_until_the_minutes_are_adjusted(
    memo, meeting, secretary, state
):
    Meeting.objects.update(state=state)

    item = put_on_agenda(memo, meeting, by=secretary, at=AT)

    assert list(meeting.items.all()) == [item]


@pytest.mark.parametrize("state", ["adjusted", "cancelled"])
def test_nothing_is_put_on_the_agenda_of_a_meeting_that_is_over(memo, meeting, secretary, state):
    Meeting.objects.update(state=state)

    with pytest.raises(AgendaRefusedError, match="nothing is put on its agenda"):
        put_on_agenda(memo, meeting, by=secretary, at=AT)

    memo.refresh_from_db()
    assert memo.state == Memo.State.SUBMITTED


def test_what_a_meeting_tabled_is_for_another_one(client, handled, memo, secretary, committee):
    decided(handled, secretary, outcome="tabled")
    memo.refresh_from_db()
    later = MeetingFactory(committee=committee, held_on=date(2024, 6, 4))
    client.force_login(secretary)

    queues = [
        list(client.get(each.get_absolute_url()).context["queue"])
        for each in (handled.meeting, later)
    ]

    assert queues == [[], [memo]]
    with pytest.raises(AgendaRefusedError, match="has dealt with the memo"):
        put_on_agenda(memo, handled.meeting, by=secretary, at=AT)


def test_what_is_taken_off_waits_again(memo, meeting, secretary):
    item = put_on_agenda(memo, meeting, by=secretary, at=AT)
    assert not queue_of(secretary).exists()

    take_off(item, by=secretary, at=AT)

    assert list(queue_of(secretary)) == [memo]
    assert AgendaItem.history.filter(history_type="-").count() == 1


def test_an_officer_wishes_for_a_meeting_and_the_latest_wish_counts(
    memo, meeting, officer, committee, secretary
):
    later = MeetingFactory(committee=committee, held_on=date(2024, 6, 18))
    put_forward(memo, meeting, by=officer, at=AT)
    put_forward(memo, later, by=officer, at=AT)

    assert MeetingRequest.objects.get().meeting == later
    put_on_agenda(memo, later, by=secretary, at=AT)
    assert not MeetingRequest.objects.exists()


def test_the_agenda_is_issued_numbered_and_kept(meeting, secretary, memo):
    put_on_agenda(memo, meeting, by=secretary, at=AT)
    first = call_meeting(meeting, by=secretary, at=AT)
    add_item(meeting, AgendaItem(title="Övrigt"), agreements=[], by=secretary)
    second = call_meeting(meeting, by=secretary, at=AT)

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CALLED
    assert [first.number, second.number] == [1, 2]
    assert Agenda.objects.get(number=1).read_pdf() != Agenda.objects.get(number=2).read_pdf()


def test_an_empty_agenda_is_not_issued(meeting, secretary):
    with pytest.raises(AgendaRefusedError, match="empty"):
        call_meeting(meeting, by=secretary, at=AT)


def test_a_meeting_is_not_held_before_its_day_nor_called_off_with_matters_on_it(
    committee, secretary
):
    meeting = MeetingFactory(committee=committee, held_on=date(2030, 1, 1))
    ItemFactory(meeting=meeting)

    with pytest.raises(AgendaRefusedError, match="not come yet"):
        hold_meeting(meeting, by=secretary, at=AT)
    with pytest.raises(AgendaRefusedError, match="off the agenda first"):
        cancel_meeting(meeting, by=secretary)


def test_items_change_places_and_stop_at_the_ends(meeting, secretary):
    first, _second, third = (ItemFactory(meeting=meeting, title=title) for title in "ABC")

    move_item(third, up=True, by=secretary)
    move_item(first, up=True, by=secretary)

    assert [item.title for item in meeting.items.all()] == ["A", "C", "B"]


def test_those_of_the_latest_meeting_are_called_to_the_next(meeting, committee, secretary):
    AttendeeFactory(meeting=meeting, name="Ersättare", function="substitute", presence="deciding")

    planned = plan_meeting(
        Meeting(committee=committee, held_on=date(2024, 6, 4), begins_at=time(8, 15)), by=secretary
    )

    called = {person.name: person.presence for person in planned.attendees.all()}
    assert len(called) == 6
    assert called["Ersättare"] == Attendee.Presence.PRESENT
    assert not planned.attendees.filter(is_adjuster=True).exists()


# The §


def numbers_of(meeting):
    return [item.number for item in meeting.items.all()]


def test_the_next_number_follows_the_committees_last_of_the_year(meeting, committee, secretary):
    ItemFactory(meeting=MeetingFactory(committee=committee, held_on=date(2024, 4, 16)), number=148)
    ItemFactory(
        meeting=MeetingFactory(committee=committee, held_on=date(2023, 12, 1)),
        year=2023,
        number=400,
    )
    ItemFactory(number=700)

    assert next_number(committee, 2024) == 149
    assert next_number(committee, 2025) == 1


def test_a_number_that_is_taken_is_refused_with_the_next_free_one(meeting, committee, secretary):
    ItemFactory(meeting=MeetingFactory(committee=committee, held_on=date(2024, 4, 16)), number=148)
    item = ItemFactory(meeting=meeting)

    with pytest.raises(MinutesRefusedError, match="§ 149"):
        number_items(meeting, {item.pk: 148}, by=secretary)

    assert numbers_of(meeting) == [None]


def test_numbers_change_hands_within_a_meeting(meeting, secretary):
    first, second = ItemFactory(meeting=meeting), ItemFactory(meeting=meeting)
    number_items(meeting, {first.pk: 1, second.pk: 2}, by=secretary)

    number_items(meeting, {first.pk: 2, second.pk: 1}, by=secretary)

    assert numbers_of(meeting) == [2, 1]


def test_a_number_is_not_given_twice_at_once(meeting, secretary):
    first, second = ItemFactory(meeting=meeting), ItemFactory(meeting=meeting)

    with pytest.raises(MinutesRefusedError, match="given twice"):
        number_items(meeting, {first.pk: 5, second.pk: 5}, by=secretary)


@pytest.mark.django_db(transaction=True)
def test_two_who_number_at_once_do_not_give_the_same(committee, secretary):
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    meetings = [MeetingFactory(committee=committee, held_on=date(2024, 5, day)) for day in (7, 21)]
    items = [ItemFactory(meeting=meeting) for meeting in meetings]
    gate, refused = threading.Barrier(2), []

    def work(meeting, item):
        gate.wait()
        try:
            number_items(meeting, {item.pk: 149}, by=secretary)
        except MinutesRefusedError as error:
            refused.append(error)
        connection.close()

    threads = [
        threading.Thread(target=work, args=pair) for pair in zip(meetings, items, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert AgendaItem.objects.filter(number=149).count() == 1


# The pages


def test_the_queue_shows_the_oldest_first_and_nothing_of_others(client, memo, secretary, meeting):
    other = VersionFactory(memo__title="Någon annans").memo
    client.force_login(secretary)

    page = client.get(reverse("meetings:desk")).content.decode()

    assert memo.title in page
    assert other.title not in page


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [("called", True), ("held", True), ("adjusted", False), ("cancelled", False)],
)
def test_the_queue_stays_on_the_page_until_the_minutes_are_adjusted(
    client, memo, secretary, meeting, state, is_shown
):
    Meeting.objects.update(state=state)
    client.force_login(secretary)

    page = client.get(meeting.get_absolute_url()).content.decode()

    assert (memo.title in page) == is_shown
    assert (reverse("meetings:item_add", args=[meeting.pk]) in page) == is_shown


def test_a_memo_of_another_committee_cannot_be_added_by_its_number(client, secretary, meeting):
    other = VersionFactory().memo
    client.force_login(secretary)

    response = client.post(reverse("meetings:item_add", args=[meeting.pk]), {"memo": other.pk})

    assert response.status_code == 404
    assert not meeting.items.exists()


@pytest.mark.parametrize("typed", ["", "x", "²", "-1", "1 OR 1=1"])
def test_what_is_no_number_adds_nothing(client, secretary, meeting, memo, typed):
    client.force_login(secretary)

    assert (
        client.post(reverse("meetings:item_add", args=[meeting.pk]), {"memo": typed}).status_code
        == 404
    )


def test_a_reader_sees_the_agenda_when_it_is_called_and_no_drafts(client, reader, meeting):
    ItemFactory(meeting=meeting, title="Hemligt ännu")
    client.force_login(reader)
    url = meeting.get_absolute_url()

    before = client.get(url).content.decode()
    Meeting.objects.update(state="called")
    after = client.get(url).content.decode()

    assert "Hemligt ännu" not in before
    assert "Hemligt ännu" in after
    assert client.get(meeting.items.get().get_absolute_url()).status_code == 404
    assert client.get(reverse("meetings:agenda_pdf", args=[meeting.pk, 0])).status_code == 404


def test_an_item_names_agreements_by_name_and_number_and_refuses_strangers(
    client, secretary, meeting, agreement
):
    stranger = AgreementFactory(name="Främmande avtal")
    client.force_login(secretary)
    url = reverse("meetings:item_create", args=[meeting.pk])
    facts = {"title": "Två avtal", "diary_number": "", "case_text": "Det gäller två."}

    refused = client.post(url, {**facts, "named": f"{agreement.name}\n{stranger.name}"})
    assert stranger.name in refused.content.decode()
    assert not meeting.items.exists()
    client.post(url, {**facts, "named": f"{agreement.name}\n{agreement.name}"})

    assert list(meeting.items.get().agreements.all()) == [agreement]
