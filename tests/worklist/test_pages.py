"""The worklist, its exports, saved views and the calendar."""

from datetime import date, timedelta
from importlib import import_module
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from icalendar import Calendar
from openpyxl import load_workbook

from accounts.permissions import Role
from agreements.models import NoticePeriod, keep_life
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory, RevisionFactory, TermFactory
from tests.organisations.factories import CommitteeFactory
from tests.steering.factories import GroupTaskFactory, SteeringGroupFactory
from worklist.models import CalendarFeed, SavedView

pytestmark = pytest.mark.django_db


def ending(committee, officer, days, **facts):
    agreement = AgreementFactory(committee=committee, officer=officer, **facts, kind="grant")
    start = ApproximateDate.parse("2020-01-01")
    RevisionFactory(agreement=agreement, decided=True, in_force_from=start)
    last_day = ApproximateDate.exactly(localdate() + timedelta(days=days))
    TermFactory(agreement=agreement, starts=start, ends=last_day)
    return agreement


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def test_the_worklist_sorts_by_what_comes_when(signed_in, committee, officer):
    soon, ahead = ending(committee, officer, 20), ending(committee, officer, 100)
    ending(committee, officer, 300)

    context = signed_in.get(reverse("worklist:worklist")).context

    assert [row.title for row in context["soon"]] == [soon.name]
    assert [row.title for row in context["ahead"]] == [ahead.name]


def test_a_long_list_shows_the_soonest_and_the_export_has_all(
    signed_in, committee, officer, monkeypatch
):
    monkeypatch.setattr(import_module("worklist.views.worklist"), "SHOWN", 2)
    latest, soonest, later = (ending(committee, officer, days) for days in (150, 5, 100))

    page = signed_in.get(reverse("worklist:worklist"))
    export = signed_in.get(reverse("worklist:worklist_export", args=["csv"]))
    exported = b"".join(export.streaming_content).decode()

    assert [row.title for row in (*page.context["soon"], *page.context["ahead"])] == [
        soonest.name,
        later.name,
    ]
    assert "Högst 2 som har passerat sin dag" in page.content.decode()
    assert all(agreement.name in exported for agreement in (latest, soonest, later))


def test_what_is_late_does_not_hide_what_comes(signed_in, committee, officer, monkeypatch):
    monkeypatch.setattr(import_module("worklist.views.worklist"), "SHOWN", 2)
    coming = ending(committee, officer, 5)
    group = SteeringGroupFactory(agreement=coming)
    for days in (30, 20, 10):
        GroupTaskFactory(
            meeting__group=group,
            due_on=localdate() - timedelta(days=days),
            text=f"För {days} sedan",
        )

    page = signed_in.get(reverse("worklist:worklist"))

    assert [row.what[:12] for row in page.context["overdue"]] == ["För 30 sedan", "För 20 sedan"]
    assert [row.title for row in page.context["soon"]] == [coming.name]
    assert page.context["is_cut"]


def test_a_list_that_fits_says_nothing_of_being_cut(signed_in, committee, officer, monkeypatch):
    monkeypatch.setattr(import_module("worklist.views.worklist"), "SHOWN", 2)
    for days in (5, 100):
        ending(committee, officer, days)

    assert (
        "som har passerat sin dag och"
        not in signed_in.get(reverse("worklist:worklist")).content.decode()
    )


def test_the_last_day_of_notice_is_on_the_list_before_the_end(signed_in, committee, officer):
    agreement = ending(committee, officer, 150)
    NoticePeriod.objects.create(agreement=agreement, party="municipality", length=90, unit="days")
    keep_life(agreement)

    context = signed_in.get(reverse("worklist:worklist")).context

    days = [row.on - localdate() for row in context["ahead"]]
    assert [day.days for day in days] == [60, 150]


def test_the_list_can_be_narrowed_and_never_widened_beyond_what_one_may_read(
    signed_in, committee, officer
):
    mine, others = ending(committee, officer, 20), ending(committee, None, 20)
    colleague = member_of(committee, Role.OFFICER)
    colleagues = ending(committee, colleague, 20)
    foreign = CommitteeFactory()
    ending(foreign, None, 20)

    def titles(**query):
        return {
            row.title for row in signed_in.get(reverse("worklist:worklist"), query).context["soon"]
        }

    assert titles() == {mine.name, others.name}
    assert titles(whose="all") == {mine.name, others.name, colleagues.name}
    assert titles(officer=colleague.pk) == {colleagues.name}
    assert titles(committee=foreign.pk) == titles()


def test_the_list_and_the_register_are_exported_as_they_are_filtered(signed_in, committee, officer):
    ending(committee, officer, 20, name="=HYPERLINK(1)")
    ending(committee, officer, 20, name="Annat")

    workbook = load_workbook(BytesIO(signed_in.get("/worklist/worklist.xlsx").content))
    register = signed_in.get("/agreements/agreements.csv", {"q": "hyperlink"})

    cells = [row[2].value for row in workbook.active.iter_rows(min_row=2)]
    lines = b"".join(register.streaming_content).decode("utf-8-sig").splitlines()
    assert sorted(cells) == ["=HYPERLINK(1)", "Annat"]
    assert all(row[2].data_type == "s" for row in workbook.active.iter_rows(min_row=2))
    assert len(lines) == 2
    assert lines[1].startswith("'=HYPERLINK(1);")


def test_the_register_finds_what_ends_and_what_must_be_given_notice_soon(
    signed_in, committee, officer
):
    soon = ending(committee, officer, 20)
    ending(committee, officer, 200)

    rows = (
        signed_in.get(reverse("agreements:agreement_list"), {"ends_within": "30"})
        .context["page"]
        .rows
    )

    assert rows == [soon]


def test_a_view_is_saved_shared_and_removed_by_its_owner_only(
    signed_in, client, committee, officer
):
    url = reverse("worklist:saved_view_create")
    data = {"name": "Snart slut", "is_shared": "on", "query": "ends_within=90&page=x&kind=iop"}

    signed_in.post(url, data)
    again = signed_in.post(url, data)

    view = SavedView.objects.get()
    assert view.query == "ends_within=90&kind=iop"
    assert again.context["form"].errors["name"]
    colleague = member_of(committee, Role.READER)
    client.force_login(colleague)
    assert "Snart slut" in client.get(reverse("worklist:worklist")).content.decode()
    assert client.post(reverse("worklist:saved_view_delete", args=[view.pk])).status_code == 404
    client.force_login(officer)
    client.post(reverse("worklist:saved_view_delete", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_shared_view_stays_in_its_municipality(signed_in, client, officer, stranger):
    SavedView.objects.create(user=officer, name="Vår vy", query="kind=iop", is_shared=True)
    SavedView.objects.create(user=officer, name="Min vy", query="kind=iop")
    client.force_login(stranger)

    page = client.get(reverse("worklist:worklist")).content.decode()

    assert "Vår vy" not in page
    assert "Min vy" not in page


def calendar_address(client):
    page = client.post(reverse("worklist:personal"), {"form": "open"})
    return page.context["address"].replace("http://testserver", "")


def test_the_calendar_holds_the_last_days_under_lasting_uids(signed_in, committee, officer, client):
    agreement = ending(committee, officer, 20)
    address = calendar_address(signed_in)
    signed_in.logout()

    first, second = client.get(address), client.get(address)

    events = [Calendar.from_ical(answer.content).walk("VEVENT") for answer in (first, second)]
    assert first["Content-Type"].startswith("text/calendar")
    assert [str(event["SUMMARY"]) for event in events[0]] == [
        f"Avtalets sista dag: {agreement.name}"
    ]
    assert events[0][0].decoded("dtstart") == localdate() + timedelta(days=20)
    assert [event["UID"] for event in events[0]] == [event["UID"] for event in events[1]]


def test_an_address_that_was_replaced_taken_back_or_guessed_does_not_exist(
    signed_in, officer, client
):
    old = calendar_address(signed_in)
    new = calendar_address(signed_in)

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert client.get(reverse("worklist:calendar_feed", args=["gissning"])).status_code == 404
    signed_in.post(reverse("worklist:personal"), {"form": "close"})
    assert client.get(new).status_code == 404


def test_the_calendar_of_someone_who_has_left_is_closed(signed_in, officer, client):
    address = calendar_address(signed_in)
    officer.is_active = False
    officer.save()

    assert client.get(address).status_code == 404


def test_only_a_hash_of_the_calendars_secret_is_kept(signed_in):
    secret = calendar_address(signed_in).rsplit("/", 1)[1].removesuffix(".ics")

    feed = CalendarFeed.objects.get()
    assert secret not in str(feed.__dict__)
    assert feed.secret_sha256 == CalendarFeed.hashed(secret)
    assert not hasattr(feed.history.first(), "secret_sha256")


def test_the_start_page_says_what_needs_the_user(signed_in, committee, officer):
    agreement = ending(committee, officer, 20)

    page = signed_in.get(reverse("start")).content.decode()

    assert "Att göra" in page
    assert agreement.name in page


def test_a_date_is_kept_for_the_worklist_when_facts_change(committee):
    agreement = AgreementFactory(committee=committee)
    RevisionFactory(agreement=agreement, decided=True)
    TermFactory(agreement=agreement)

    agreement.refresh_from_db()
    assert (agreement.last_day, agreement.notice_by) == (date(2025, 12, 31), None)
