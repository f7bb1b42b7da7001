"""Adjustment, notice and appeal; what is issued, and that it stays."""

import json
import logging
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from meetings.actions import MinutesRefusedError, adjust, number_items, save_notice
from meetings.checks import lacking, minutes_remarks
from meetings.documents import minutes_as_issued
from meetings.duties import duties
from meetings.models import AgendaItem, Meeting, Minutes, MinutesRules, Notice
from partnerships.records import find_issued
from tests.meetings.conftest import decided
from tests.meetings.factories import (
    HELD_ON,
    ItemFactory,
    MeetingFactory,
    MinutesRulesFactory,
    NoticeFactory,
)
from tests.organisations.factories import CommitteeFactory
from tests.pdf_checks import structure

pytestmark = pytest.mark.django_db
AT = datetime(2024, 7, 1, 9, tzinfo=get_current_timezone())
ADJUSTED_ON = date(2024, 5, 30)


def adjusted(meeting, secretary, **fields):
    facts = {"on": ADJUSTED_ON, "place": "Stadshuset", "by": secretary, "at": AT}
    return adjust(meeting, **facts | fields)


def test_adjusting_keeps_minutes_and_extracts_with_their_checksums(ready, secretary):
    minutes = adjusted(ready, secretary)

    item = AgendaItem.objects.get()
    ready.refresh_from_db()
    assert ready.state == Meeting.State.ADJUSTED
    assert item.minutes == minutes
    for row in (minutes, item.extract):
        assert sha256(row.read_pdf()).hexdigest() == row.pdf_sha256
    assert minutes.content["items"][0]["points"] == ["Nämnden noterar informationen."]
    assert minutes.paragraphs == "§ 149"


def test_the_page_and_the_pdf_say_the_same(client, ready, reader, secretary):
    minutes = adjusted(ready, secretary)
    item = AgendaItem.objects.get()
    client.force_login(reader)

    page = client.get(item.get_absolute_url()).content.decode()
    pdf = client.get(reverse("meetings:minutes_pdf", args=[minutes.pk]))

    assert pdf.content == minutes.read_pdf()
    for line in structure.lines(item.extract.read_pdf())[-3:]:
        assert line.removeprefix("1.").strip() in page
    assert minutes_as_issued(minutes).draft_mark == ""


def test_what_is_issued_stays_when_the_municipality_changes_its_words(ready, secretary, client):
    minutes = adjusted(ready, secretary)
    before = minutes.read_pdf()

    MinutesRulesFactory(
        municipality=ready.municipality, minutes_name="Mötesbok", adjuster_label="Signatur"
    )
    ready.municipality.name = "Nya kommunen"
    ready.municipality.save()

    client.force_login(secretary)
    page = client.get(AgendaItem.objects.get().get_absolute_url()).content.decode()
    assert Minutes.objects.get().read_pdf() == before
    assert "Justerarens signatur" in page


def test_before_the_adjustment_the_documents_are_marked(client, ready, secretary):
    client.force_login(secretary)

    for name, argument in (("meeting_minutes", ready.pk), ("extract_pdf", ready.items.get().pk)):
        pdf = client.get(reverse(f"meetings:{name}", args=[argument])).content
        assert any("Ej justerat" in line for line in structure.lines(pdf)), name


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: m.items.update(number=None), "no §"),
        (lambda m: m.items.get().decision.delete(), "not recorded"),
        (lambda m: m.attendees.filter(function="chair").delete(), "in the chair"),
        (lambda m: m.attendees.update(is_adjuster=False), "1 members"),
        (lambda m: Meeting.objects.update(state="called"), "has been held"),
    ],
)
def test_what_is_missing_stops_the_adjustment_with_a_sentence(ready, secretary, change, sentence):
    change(ready)

    with pytest.raises(MinutesRefusedError, match=sentence):
        adjusted(ready, secretary)

    assert not Minutes.objects.exists()


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(HELD_ON - timedelta(days=1), "before the meeting"), (date(2024, 7, 2), "not come yet")],
)
def test_the_day_of_the_adjustment_is_checked(ready, secretary, on, sentence):
    with pytest.raises(MinutesRefusedError, match=sentence):
        adjusted(ready, secretary, on=on)


@pytest.mark.parametrize(("count", "fits"), [(1, False), (2, True), (3, False)])
def test_as_many_adjust_as_the_municipality_has_laid_down(ready, secretary, count, fits):
    MinutesRulesFactory(municipality=ready.municipality, adjusters=2)
    ready.attendees.update(is_adjuster=False)
    members = ready.attendees.filter(function="member")[:count]
    for member in members:
        member.is_adjuster = True
        member.save()

    if fits:
        adjusted(ready, secretary)
    else:
        with pytest.raises(MinutesRefusedError, match=f"2 members beside the chair; {count}"):
            adjusted(ready, secretary)


def test_a_committees_own_rules_go_before_the_municipalitys_and_each_has_its_days(committee):
    other = CommitteeFactory(municipality=committee.municipality)
    facts = {"municipality": committee.municipality}
    MinutesRulesFactory(**facts, valid_until=date(2023, 12, 31), adjusters=1)
    MinutesRulesFactory(**facts, valid_from=date(2024, 1, 1), adjusters=2)
    MinutesRulesFactory(**facts, committee=committee, adjusters=3)

    assert MinutesRules.of(committee, HELD_ON).adjusters == 3
    assert MinutesRules.of(other, HELD_ON).adjusters == 2
    assert MinutesRules.of(other, date(2023, 5, 1)).adjusters == 1
    assert MinutesRules.of(CommitteeFactory(), HELD_ON).pk is None


def test_an_item_is_adjusted_at_once_and_the_rest_later(ready, secretary):
    first = ready.items.get()
    second = ItemFactory(meeting=ready, title="Resten", number=150)
    at_once = adjusted(ready, secretary, on=HELD_ON, at_once=[first])
    ready.refresh_from_db()
    assert ready.state == Meeting.State.HELD
    assert (at_once.is_immediate, at_once.paragraphs) == (True, "§ 149")
    decided(second, secretary)

    rest = adjusted(Meeting.objects.get(pk=ready.pk), secretary)

    assert rest.paragraphs == "§§ 149–150"
    assert [item.minutes for item in ready.items.all()] == [at_once, rest]
    text = " ".join(structure.lines(rest.read_pdf()))
    assert "Paragrafen justerades omedelbart, 2024-05-21." in text


@pytest.mark.parametrize("first", [True, False])
def test_the_decision_stands_first_or_after_the_matter_as_laid_down(ready, secretary, first):
    MinutesRulesFactory(municipality=ready.municipality, decision_comes_first=first)
    item = ready.items.get()
    item.case_text = "Vad som hänt."
    item.save()
    adjusted(ready, secretary)

    lines = structure.lines(AgendaItem.objects.get().extract.read_pdf())

    order = [line for line in lines if line == "Ärende" or line.endswith(" beslut")]
    assert (order[0] == "Ärende") is not first


def test_an_adjusted_meeting_is_closed_for_every_change(client, ready, secretary):
    adjusted(ready, secretary)
    item = AgendaItem.objects.get()
    client.force_login(secretary)

    for name in ("item_edit", "item_proceedings", "item_decide", "vote_create"):
        client.post(reverse(f"meetings:{name}", args=[item.pk]), {"title": "Ny"})
    client.post(reverse("meetings:item_remove", args=[item.pk]))
    client.post(reverse("meetings:meeting_edit", args=[ready.pk]), {"held_on": "2024-05-22"})

    item.refresh_from_db()
    assert item.title == "Information"
    assert Meeting.objects.get().held_on == HELD_ON


# The notice


@pytest.fixture
def minutes(ready, secretary):
    return adjusted(ready, secretary)


def posted(minutes, secretary, *, today=date(2024, 12, 31), **fields):
    notice = getattr(minutes, "notice", None) or Notice(minutes=minutes)
    for name, value in {"posted_on": date(2024, 5, 31), **fields}.items():
        setattr(notice, name, value)
    return save_notice(notice, by=secretary, today=today)


def test_the_last_day_of_appeal_follows_the_calendar_and_its_override_says_why(minutes, secretary):
    notice = posted(minutes, secretary)
    assert notice.last_day_of_appeal == date(2024, 6, 24)
    assert notice.take_down_on == date(2024, 6, 25)

    notice = posted(
        minutes, secretary, appeal_until=date(2024, 6, 26), appeal_reason="Fel datum på anslaget"
    )

    assert notice.last_day_of_appeal == date(2024, 6, 26)
    assert notice.computed_last_day == date(2024, 6, 24)
    assert notice.history.first().history_change_reason == "Fel datum på anslaget"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"posted_on": date(2024, 5, 29)}, "before the minutes are adjusted"),
        ({"posted_on": date(2025, 1, 1)}, "not come yet"),
        ({"taken_down_on": date(2024, 6, 24)}, "2024-06-25"),
        ({"taken_down_on": date(2025, 1, 1)}, "not come yet"),
    ],
)
def test_the_days_of_the_notice_are_checked(minutes, secretary, fields, sentence):
    with pytest.raises(MinutesRefusedError, match=sentence):
        posted(minutes, secretary, **fields)

    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("adjusted_on", "posted_on", "warnings"),
    [
        ("2024-06-04", "2024-06-06", 0),
        ("2024-06-05", "2024-06-06", 1),
        ("2024-06-04", "2024-06-07", 1),
        ("2024-06-05", "2024-06-08", 2),
    ],
)
def test_days_of_the_law_that_were_not_kept_are_warned_of(
    ready, secretary, adjusted_on, posted_on, warnings
):
    minutes = adjusted(ready, secretary, on=date.fromisoformat(adjusted_on))
    NoticeFactory(minutes=minutes, posted_on=date.fromisoformat(posted_on))

    assert len(minutes_remarks(Minutes.objects.get())) == warnings


def test_the_notice_page_refuses_an_override_without_a_reason(client, minutes, secretary):
    client.force_login(secretary)
    url = reverse("meetings:notice_edit", args=[minutes.pk])
    data = {"posted_on": "2024-05-31", "appeal_until": "2024-06-26", "appeal_reason": ""}

    page = client.post(url, data).content.decode()
    assert "Say why another day" in page
    client.post(url, data | {"appeal_reason": "Fel datum"})

    assert str(Notice.objects.get().appeal_until) == "2024-06-26"
    pdf = client.get(reverse("meetings:notice_pdf", args=[minutes.pk])).content
    assert any("2024-06-27" in line for line in structure.lines(pdf))


@pytest.mark.parametrize("down", ["2024-05-31", "2024-05-30"])
def test_the_notice_page_says_in_words_that_the_days_are_the_wrong_way_round(
    client, minutes, secretary, down
):
    client.force_login(secretary)
    url = reverse("meetings:notice_edit", args=[minutes.pk])

    page = client.post(url, {"posted_on": "2024-05-31", "taken_down_on": down}).content.decode()

    assert (
        "The notice is taken down on a later day than it was posted. Change one of the days."
        in page
    )
    assert "notice_is_taken_down_after_it_is_posted" not in page
    assert not Notice.objects.exists()


# What the secretary has to do


def told(user, today):
    return [(duty.what, duty.on, duty.is_late) for duty in duties(user, today)]


def test_the_secretary_is_told_what_to_do_by_when(ready, secretary):
    today = date(2024, 6, 1)
    assert told(secretary, today) == [("Adjust the minutes", date(2024, 6, 4), False)]

    minutes = adjusted(ready, secretary)
    assert ("Post the notice", date(2024, 6, 1), False) in told(secretary, today)
    assert ("Send the extract", date(2024, 6, 1), True) in told(
        secretary, today + timedelta(days=1)
    )
    posted(minutes, secretary)
    assert ("Take down the notice", date(2024, 6, 25), False) in told(secretary, today)
    posted(Minutes.objects.get(), secretary, taken_down_on=date(2024, 6, 25))

    assert [what for what, _on, _late in told(secretary, today)] == ["Send the extract"]


def test_nobody_is_told_of_other_committees_meetings(ready, secretary, officer):
    MeetingFactory(state="held")

    assert len(told(secretary, HELD_ON)) == 1
    assert told(officer, HELD_ON) == []


def test_what_a_meeting_lacks_is_told_until_it_is_there(ready, secretary):
    item = ItemFactory(meeting=ready)

    assert len(lacking(ready)) == 2
    number_items(ready, {item.pk: 150}, by=secretary)
    decided(item, secretary)

    assert lacking(Meeting.objects.get(pk=ready.pk)) == []


def test_the_desk_shows_it_all(client, ready, secretary):
    client.force_login(secretary)

    with time_machine.travel(AT):
        page = client.get(reverse("meetings:desk")).content.decode()

    assert "Adjust the minutes" in page
    assert "the day has passed" in page


# The documents of record


def test_ac29_an_extract_is_the_secretarys_and_a_refusal_is_logged(
    client, minutes, officer, reader, caplog
):
    url = reverse("meetings:extract_pdf", args=[AgendaItem.objects.get().pk])

    for user in (officer, reader):
        client.force_login(user)
        with caplog.at_level(logging.WARNING, logger="django.request"):
            assert client.get(url).status_code == 403
        assert url in caplog.text
        caplog.clear()


def test_whoever_has_a_file_can_see_that_the_portal_issued_it(minutes, stranger, secretary):
    found = find_issued(minutes.pdf_sha256, secretary)

    assert (found.kind, found.issuer) == ("Protokoll", minutes.meeting.municipality.name)
    assert found.url == minutes.meeting.get_absolute_url()
    assert find_issued(minutes.pdf_sha256, stranger).url == ""
    assert (
        find_issued(AgendaItem.objects.get().extract.pdf_sha256, secretary).kind
        == "Protokollsutdrag"
    )


def test_the_content_is_plain_data(minutes):
    assert json.loads(json.dumps(minutes.content))["items"][0]["number"] == 149
