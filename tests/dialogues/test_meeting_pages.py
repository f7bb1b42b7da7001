"""A dialogue's meetings through the pages: written down, changed, taken out."""

import pytest

from dialogues.models import DialogueMeeting, Participant
from tests.dialogues.conftest import meeting_data, page, url
from tests.dialogues.factories import MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


def test_a_meeting_is_written_down_with_who_took_part(signed_in, dialogue, officer):
    data = meeting_data(("municipality", "rektor"), ("partner", "ordförande"), held_on="mars 2022")

    response = signed_in.post(url("meeting_create", dialogue), data)

    meeting = DialogueMeeting.objects.get()
    assert response.url == f"{dialogue.get_absolute_url()}#meeting-{meeting.pk}"
    assert meeting.recorded_by == officer
    assert {(row.side, row.function) for row in meeting.participants.all()} == {
        ("municipality", "rektor"),
        ("partner", "ordförande"),
    }
    shown = page(signed_in.get(dialogue.get_absolute_url()))
    for words in ("Möte mars 2022", "rektor (kommunen)", "Parterna berättade om sig."):
        assert words in shown, words


def test_what_was_said_is_never_run_as_markup(signed_in, dialogue):
    data = meeting_data(("partner", "<b>chef</b>"), said="Det är **viktigt** att 1 < 2.")
    signed_in.post(url("meeting_create", dialogue), data)

    shown = page(signed_in.get(dialogue.get_absolute_url()))

    assert "<strong>viktigt</strong> att 1 &lt; 2" in shown
    assert "&lt;b&gt;chef&lt;/b&gt;" in shown
    assert "<b>chef" not in shown


@pytest.mark.parametrize("said", ["[länk](javascript:alert(2))", "<script>alert(1)</script>"])
def test_a_link_or_markup_that_runs_something_is_refused_with_a_sentence(signed_in, dialogue, said):
    response = signed_in.post(url("meeting_create", dialogue), meeting_data(said=said))

    assert response.context["form"].errors["said"]
    assert response.context["form"]["said"].value() == said
    assert not DialogueMeeting.objects.exists()


def test_an_empty_meeting_is_not_written_down(signed_in, dialogue):
    response = signed_in.post(url("meeting_create", dialogue), meeting_data(said=" "))

    assert "Skriv vad som sades" in page(response)
    assert response.context["form"]["held_on"].value() == "2022-03-14"
    assert not DialogueMeeting.objects.exists()


def test_adding_a_participant_keeps_what_was_typed_and_complains_of_nothing(signed_in, dialogue):
    response = signed_in.post(
        url("meeting_create", dialogue),
        meeting_data(("partner", "ordförande"), said="", add_row="participants"),
    )

    assert response.context["participants"].total_form_count() == 2
    assert not response.context["form"].errors
    assert not DialogueMeeting.objects.exists()


def test_a_meeting_is_changed_and_a_participant_taken_away(signed_in, dialogue, officer):
    participant = ParticipantFactory(meeting=MeetingFactory(dialogue=dialogue))
    meeting = participant.meeting
    data = meeting_data(
        (participant.side, participant.function),
        said="Rättat.",
        reason="Fel i anteckningen",
        **{
            "participants-INITIAL_FORMS": 1,
            "participants-0-id": participant.pk,
            "participants-0-DELETE": "on",
        },
    )

    signed_in.post(url("meeting_edit", meeting), data)

    meeting.refresh_from_db()
    assert (meeting.said, meeting.participants.count()) == ("Rättat.", 0)
    removal = Participant.history.get(history_type="-")
    assert (removal.history_user, removal.history_change_reason) == (officer, "Fel i anteckningen")


def test_no_participant_of_another_meeting_is_taken(signed_in, dialogue):
    meeting = MeetingFactory(dialogue=dialogue)
    others = ParticipantFactory()
    data = meeting_data(
        ("partner", "kapad"),
        **{"participants-INITIAL_FORMS": 1, "participants-0-id": others.pk},
    )

    signed_in.post(url("meeting_edit", meeting), data)

    others.refresh_from_db()
    assert others.function == "handläggare"


def test_a_meeting_is_taken_out_with_a_reason_only(signed_in, dialogue):
    meeting = MeetingFactory(dialogue=dialogue)

    without = signed_in.post(url("meeting_remove", meeting), {"reason": ""})
    assert without.status_code == 200
    assert DialogueMeeting.objects.exists()

    signed_in.post(url("meeting_remove", meeting), {"reason": "Fel dialog"})
    assert not DialogueMeeting.objects.exists()
    assert "Fel dialog" in page(signed_in.get(url("dialogue_history", dialogue)))
