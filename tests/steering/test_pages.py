"""Steering groups through their pages, and their tasks in the worklist."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.permissions import Role
from agreements.models import Agreement
from partnerships.due import due
from partnerships.together import ask
from steering.models import GroupMeeting, GroupTask, SteeringGroup
from tests.accounts.factories import member_of
from tests.steering.factories import GroupMeetingFactory, GroupTaskFactory, SteeringGroupFactory

pytestmark = pytest.mark.django_db
ROLES = {"roles-TOTAL_FORMS": 2, "roles-INITIAL_FORMS": 0}
LISTS = {
    f"{name}-{kind}_FORMS": 1 if kind == "TOTAL" else 0
    for name in ("counts", "decisions", "tasks")
    for kind in ("TOTAL", "INITIAL")
}


@pytest.fixture
def group(agreement):
    return SteeringGroupFactory(agreement=agreement, name="Styrgruppen")


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def post_meeting(client, group, **data):
    url = reverse("steering:meeting_create", args=[group.pk])
    return client.post(url, LISTS | {"held_on": "september 2019", "notes": "Läget."} | data)


def test_a_group_is_registered_with_its_roles(signed_in, agreement, officer):
    signed_in.post(
        reverse("steering:group_create", args=[agreement.pk]),
        ROLES
        | {
            "name": "Styrgruppen",
            "kind": "steering",
            "roles-0-side": "municipality",
            "roles-0-function": "avdelningschef",
            "roles-1-side": "partner",
            "roles-1-function": "ordförande",
        },
    )

    group = SteeringGroup.objects.get()
    assert [role.function for role in group.roles.all()] == ["avdelningschef", "ordförande"]
    assert group.history.get().history_user == officer


def test_a_second_group_of_the_same_name_is_refused_with_a_sentence(signed_in, group):
    response = signed_in.post(
        reverse("steering:group_create", args=[group.agreement_id]),
        ROLES | {"name": "Styrgruppen", "kind": "working"},
    )

    assert "Välj ett annat namn." in response.content.decode()
    assert SteeringGroup.objects.count() == 1


def test_a_meeting_is_written_down_with_counts_decisions_and_tasks(signed_in, group, officer):
    response = post_meeting(
        signed_in,
        group,
        **{
            "counts-0-amount": "14",
            "counts-0-counted": "deltagare",
            "counts-0-scope": "second hand-butiken och Von Dufva",
            "counts-0-is_of_persons": "on",
            "decisions-0-text": "Fortsätt.",
            "tasks-0-text": "Ta fram statistik.",
            "tasks-0-responsible": officer.pk,
            "tasks-0-due_on": "2026-03-31",
        },
    )

    meeting = GroupMeeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    page = signed_in.get(response.url).content.decode()
    for words in ("september 2019", "14", "second hand-butiken och Von Dufva", "Fortsätt."):
        assert words in page
    assert meeting.tasks.get().responsible == officer


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"tasks-0-text": "Ring."}, "Välj någon eller skriv en roll."),
        (
            {"tasks-0-text": "Ring.", "tasks-0-due_on": "i morgon"},
            "Skriv dagen som 2026-12-03",
        ),
        ({"counts-0-amount": "-1", "counts-0-counted": "x"}, "counts-0-amount"),
        ({"held_on": "häromdagen"}, "held_on"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_saved(signed_in, group, data, sentence):
    response = post_meeting(signed_in, group, **data)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Läget." in response.content.decode()
    assert not GroupMeeting.objects.exists()


def test_another_row_is_added_without_complaints_and_without_saving(signed_in, group):
    response = post_meeting(signed_in, group, add_row="tasks", held_on="häromdagen")

    page = response.content.decode()
    assert "tasks-1-text" in page
    assert "error-summary-heading" not in page
    assert not GroupMeeting.objects.exists()


def test_a_task_cannot_be_given_to_somebody_of_another_municipality(signed_in, group, stranger):
    response = post_meeting(
        signed_in, group, **{"tasks-0-text": "Ring.", "tasks-0-responsible": stranger.pk}
    )

    assert response.status_code == 200
    assert not GroupTask.objects.exists()


def test_notes_are_laid_down_and_then_not_edited(signed_in, group, officer):
    meeting = GroupMeetingFactory(group=group)

    signed_in.post(reverse("steering:meeting_issue", args=[meeting.pk]))

    meeting.refresh_from_db()
    assert meeting.is_issued
    edit = signed_in.get(reverse("steering:meeting_edit", args=[meeting.pk]), follow=True)
    assert "Minnesanteckningarna är fastställda" in edit.content.decode()


def test_a_removed_meeting_needs_a_reason(signed_in, group):
    meeting = GroupMeetingFactory(group=group)
    url = reverse("steering:meeting_remove", args=[meeting.pk])

    signed_in.post(url, {"reason": ""})
    assert GroupMeeting.objects.exists()
    signed_in.post(url, {"reason": "Fel avtal."})

    assert not GroupMeeting.objects.exists()


def test_a_dropped_task_needs_a_reason_on_its_page(signed_in, group):
    task = GroupTaskFactory(meeting__group=group)
    url = reverse("steering:task_settle", args=[task.pk])

    response = signed_in.post(url, {"state": "dropped", "outcome": ""})
    assert "Skriv varför uppgiften stryks." in response.content.decode()
    signed_in.post(url, {"state": "dropped", "outcome": "Behövs inte."})
    task.refresh_from_db()
    assert task.state == "dropped"

    signed_in.post(reverse("steering:task_resume", args=[task.pk]))
    task.refresh_from_db()
    assert task.is_open


def test_a_task_gets_another_day_with_a_reason(signed_in, group):
    task = GroupTaskFactory(meeting__group=group)

    signed_in.post(
        reverse("steering:task_hand_over", args=[task.pk]),
        {"responsible_role": "ordförande", "due_on": "2026-05-31", "reason": "Enkäten dröjer."},
    )

    task.refresh_from_db()
    assert (task.responsible_role, task.due_on) == ("ordförande", date(2026, 5, 31))
    assert task.history.first().history_change_reason == "Enkäten dröjer."


def test_whoever_a_task_was_given_to_settles_it_whatever_the_role(client, group, committee):
    reader, other = (member_of(committee, Role.READER) for _ in range(2))
    task = GroupTaskFactory(meeting__group=group, responsible=reader)
    url = reverse("steering:task_settle", args=[task.pk])

    client.force_login(other)
    assert client.post(url, {"state": "done"}).status_code == 403
    client.force_login(reader)
    client.post(url, {"state": "done", "outcome": "Klart."})

    task.refresh_from_db()
    assert task.state == "done"


def test_an_open_task_stands_in_the_worklist_until_it_is_settled(signed_in, group, officer):
    task = GroupTaskFactory(meeting__group=group)
    agreements = Agreement.objects.all()
    days = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}

    found = [row.key for row in ask(due(agreements, **days))]
    assert found == [f"steering-task-{task.pk}-2026-03-31"]
    GroupTask.objects.filter(pk=task.pk).update(
        state="done", settled_at="2026-04-01T00:00Z", settled_by=officer
    )

    assert not ask(due(agreements, **days))


@time_machine.travel("2026-04-02 08:00:00+02:00", tick=False)
def test_a_task_given_by_name_is_in_that_persons_worklist_on_anybodys_agreement(
    client, group, committee, officer
):
    """The officer answers for the agreement; a colleague was given the task."""
    group.agreement.officer = officer
    group.agreement.save()
    colleague = member_of(committee, Role.OFFICER)
    GroupTaskFactory(meeting__group=group, responsible=colleague, text="Ring föreningen.")

    client.force_login(colleague)
    page = client.get(reverse("worklist:worklist")).content.decode()

    assert page.count("Ring föreningen.") == 1


@time_machine.travel("2026-04-02 08:00:00+02:00", tick=False)
def test_somebody_who_left_the_committee_is_told_nothing(client, group, stranger):
    GroupTaskFactory(meeting__group=group, responsible=stranger, text="Ring föreningen.")
    client.force_login(stranger)

    assert "Ring föreningen." not in client.get(reverse("worklist:worklist")).content.decode()


def test_the_agreements_page_brings_its_groups_as_a_part(signed_in, group):
    GroupTaskFactory(meeting__group=group, text="Ring föreningen.")
    url = reverse("steering:agreement_steering", args=[group.agreement_id])

    whole = signed_in.get(url).content.decode()
    part = signed_in.get(url, headers={"HX-Request": "true"}).content.decode()

    assert url in signed_in.get(group.agreement.get_absolute_url()).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    for page in (whole, part):
        assert "Styrgruppen" in page
        assert "Ring föreningen." in page


def test_what_was_typed_is_never_taken_for_markup(signed_in, group):
    GroupTaskFactory(meeting__group=group, text="<script>alert(1)</script>")

    page = signed_in.get(group.get_absolute_url()).content.decode()

    assert "<script>alert" not in page


def test_the_history_tells_who_did_what_and_why(signed_in, group, officer):
    task = GroupTaskFactory(meeting__group=group)
    signed_in.post(
        reverse("steering:task_settle", args=[task.pk]), {"state": "done", "outcome": "Klart nu."}
    )

    page = signed_in.get(reverse("steering:group_history", args=[group.pk])).content.decode()

    assert "Klart nu." in page
    assert str(officer) in page
