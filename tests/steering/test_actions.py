"""Notes that are laid down stay as they are; tasks live on until they are settled."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from partnerships.dates import ApproximateDate
from partnerships.records import find_issued, render
from partnerships.together import ask
from steering.actions import (
    NotesEmptyError,
    NotesIssuedError,
    Rows,
    TaskNotChangeableError,
    hand_over_task,
    issue_notes,
    remove_meeting,
    resume_task,
    save_meeting,
    settle_task,
)
from steering.models import GroupDecision, GroupMeeting, GroupTask, MeetingCount
from steering.records import happenings
from tests.pdf_checks import checks, structure, verapdf
from tests.steering.factories import (
    GroupMeetingFactory,
    GroupTaskFactory,
    MeetingCountFactory,
    SteeringGroupFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DONE, DROPPED = GroupTask.State.DONE, GroupTask.State.DROPPED


@pytest.fixture
def meeting(committee):
    meeting = GroupMeetingFactory(
        group__agreement__committee=committee, held_on=ApproximateDate.parse("september 2019")
    )
    MeetingCountFactory(meeting=meeting)
    GroupDecision.objects.create(meeting=meeting, text="Gruppen föreslår <en> ändring.")
    GroupTaskFactory(meeting=meeting)
    return meeting


def text_of(pdf):
    return " ".join(" ".join(structure.lines(pdf)).split())


def test_the_notes_say_what_was_counted_where_decided_and_given(meeting, officer):
    issued = issue_notes(meeting, by=officer, at=AT)

    text = text_of(render(f"steering-{meeting.pk}"))
    for words in (
        "september 2019",
        "Gruppen gick igenom läget.",
        "14",
        "second hand-butiken och Von Dufva",
        "Gruppen föreslår <en> ändring.",
        "Ta fram statistik.",
        "verksamhetsledare",
        "2026-03-31",
    ):
        assert words in text, words
    assert issued.is_issued


def test_what_is_laid_down_is_the_same_bytes_ever_after_and_can_be_verified(meeting, officer):
    issued = issue_notes(meeting, by=officer, at=AT)
    task = meeting.tasks.get()
    settle_task(task, state=DONE, outcome="Klart.", by=officer, at=AT)

    pdf = render(f"steering-{meeting.pk}")

    assert sha256(pdf).hexdigest() == issued.pdf_sha256
    found = find_issued(issued.pdf_sha256, officer)
    assert found is not None
    assert found.url == issued.get_absolute_url()


def test_a_stranger_learns_only_that_the_notes_were_issued(meeting, officer, stranger):
    issued = issue_notes(meeting, by=officer, at=AT)

    assert find_issued(issued.pdf_sha256, stranger).url == ""


def test_the_notes_are_archival_and_accessible(meeting, officer, tmp_path):
    draft = render(f"steering-{meeting.pk}")
    issue_notes(meeting, by=officer, at=AT)
    files = [tmp_path / "draft.pdf", tmp_path / "issued.pdf"]
    for file, content in zip(files, (draft, render(f"steering-{meeting.pk}")), strict=True):
        assert checks.problems(content) == []
        file.write_bytes(content)
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")

    assert verapdf.validate(files) == ""


def test_nothing_of_notes_that_are_laid_down_is_changed(meeting, officer):
    issue_notes(meeting, by=officer, at=AT)

    with pytest.raises(NotesIssuedError):
        save_meeting(meeting, rows=Rows(), by=officer)
    with pytest.raises(NotesIssuedError):
        remove_meeting(meeting, by=officer, reason="Fel.")
    with pytest.raises(NotesIssuedError):
        issue_notes(meeting, by=officer, at=AT)


@pytest.mark.parametrize("model", [MeetingCount, GroupDecision])
def test_the_database_itself_refuses_to_change_what_is_laid_down(meeting, officer, model):
    issue_notes(meeting, by=officer, at=AT)
    row = model.objects.get()

    with pytest.raises(DatabaseError, match="laid down"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="laid down"), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError, match="laid down"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(meeting=GroupMeetingFactory())


def test_the_database_refuses_to_reword_a_task_that_was_laid_down(meeting, officer):
    issue_notes(meeting, by=officer, at=AT)
    task = meeting.tasks.get()
    task.text = "Något annat."

    with pytest.raises(DatabaseError, match="laid down"), transaction.atomic():
        task.save()
    with pytest.raises(DatabaseError, match="laid down"), transaction.atomic():
        GroupTaskFactory(meeting=meeting)
    with pytest.raises(DatabaseError, match="laid down"), transaction.atomic():
        meeting.tasks.get().delete()
    with pytest.raises(DatabaseError, match="laid down"), transaction.atomic():
        GroupMeeting.objects.filter(pk=meeting.pk).update(notes="Annat.")


def test_empty_notes_are_not_laid_down(committee, officer):
    empty = GroupMeetingFactory(group__agreement__committee=committee, notes=" ")

    with pytest.raises(NotesEmptyError):
        issue_notes(empty, by=officer, at=AT)


def test_a_task_is_done_or_dropped_and_taken_up_again(meeting, officer):
    task = meeting.tasks.get()
    issue_notes(meeting, by=officer, at=AT)

    settled = settle_task(task, state=DROPPED, outcome="Behövs inte.", by=officer, at=AT)
    assert (settled.state, settled.settled_by) == (DROPPED, officer)
    with pytest.raises(TaskNotChangeableError):
        settle_task(task, state=DONE, outcome="", by=officer, at=AT)
    with pytest.raises(TaskNotChangeableError):
        hand_over_task(task, by=officer, reason="Ny dag.")
    assert resume_task(task, by=officer).is_open
    with pytest.raises(TaskNotChangeableError):
        resume_task(task, by=officer)

    reasons = GroupTask.history.filter(id=task.pk).values_list("history_change_reason", flat=True)
    assert "Behövs inte." in reasons


def test_a_task_that_is_handed_over_keeps_the_words_it_got_meanwhile(meeting, officer):
    task = meeting.tasks.get()
    GroupTask.objects.update(text="Nya ord")

    task.due_on = date(2031, 1, 1)
    hand_over_task(task, by=officer, reason="Ny dag.")

    assert (meeting.tasks.get().text, meeting.tasks.get().due_on) == ("Nya ord", date(2031, 1, 1))


def test_a_task_is_not_dropped_without_a_reason(meeting, officer):
    with pytest.raises(TaskNotChangeableError):
        settle_task(meeting.tasks.get(), state=DROPPED, outcome="  ", by=officer, at=AT)

    assert meeting.tasks.get().is_open


@pytest.mark.parametrize(
    "wrong",
    [
        {"responsible_role": ""},
        {"text": ""},
        {"state": "done"},
        {"state": "dropped", "settled_at": AT},
        {"outcome": "Klart."},
        {"settled_at": AT},
    ],
)
def test_the_database_holds_tasks_to_their_rules(meeting, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupTask.objects.filter(pk=meeting.tasks.get().pk).update(**wrong)


def test_an_agreement_has_each_group_once(meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        SteeringGroupFactory(agreement=meeting.agreement, name=meeting.group.name)


def test_few_persons_are_not_told_to_everyone(meeting):
    few = MeetingCountFactory(meeting=meeting, amount=4)
    many = MeetingCountFactory(meeting=meeting, amount=14)
    things = MeetingCountFactory(meeting=meeting, amount=4, counted="möten", is_of_persons=False)

    assert few.open_words == "färre än 5 deltagare"
    assert many.open_words == "14 deltagare"
    assert things.open_words == "4 möten"


def test_the_meeting_stands_on_the_agreements_timeline_as_exact_as_it_is_known(meeting, officer):
    happening = ask(happenings(meeting.agreement, officer))[0]

    assert str(happening.starts) == "september 2019"
    assert happening.url == meeting.get_absolute_url()


def test_the_timeline_tells_a_stranger_nothing(meeting, stranger):
    assert ask(happenings(meeting.agreement, stranger)) == []


def test_a_removed_meeting_stays_in_the_history(meeting, officer):
    remove_meeting(meeting, by=officer, reason="Fel avtal.")

    assert not GroupMeeting.objects.exists()
    last = GroupMeeting.history.get(history_type="-")
    assert last.history_change_reason == "Fel avtal."


def test_a_task_is_late_from_the_day_after(meeting):
    task = meeting.tasks.get()

    assert not task.is_late(date(2026, 3, 31))
    assert task.is_late(date(2026, 4, 1))
