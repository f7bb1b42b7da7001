"""A dialogue's rules: how it ends, what is kept of it, and that nothing is changed afterwards."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.permissions import Role
from dialogues.actions import (
    DialogueClosedError,
    DialogueNotClosableError,
    close_dialogue,
    remove_meeting,
    save_dialogue,
    save_meeting,
)
from dialogues.models import Dialogue, DialogueMeeting, Participant
from organisations.actions import merge_partners
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.dialogues.factories import DialogueFactory, MeetingFactory, ParticipantFactory
from tests.organisations.factories import (
    PartnerFactory,
    PartnerNameFactory,
    PartnerProjectFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
Outcome = Dialogue.Outcome


@pytest.fixture
def dialogue(committee, officer):
    """An open dialogue with one meeting and one participant."""
    meeting = MeetingFactory(
        dialogue__committee=committee,
        dialogue__created_by=officer,
        held_on=ApproximateDate.parse("mars 2022"),
    )
    ParticipantFactory(meeting=meeting)
    return meeting.dialogue


def close(dialogue, by, **facts):
    outcome = {"outcome": Outcome.ENDED, "reason": "Behovet finns inte längre."} | facts
    return close_dialogue(dialogue, by=by, at=AT, **outcome)


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_dialogue_that_leads_to_an_agreement_names_it_and_stands_on_its_timeline(
    dialogue, officer
):
    agreement = AgreementFactory(committee=dialogue.committee, partner=dialogue.partner)

    closed = close(dialogue, officer, outcome=Outcome.AGREEMENT, agreement=agreement)

    assert closed.agreement == agreement
    assert list(agreement.dialogues.all()) == [closed]


def test_a_pre_stage_goes_on_in_a_dialogue_of_its_own(dialogue, officer):
    ended = ApproximateDate.parse("våren 2023")

    closed = close(dialogue, officer, outcome=Outcome.PRE_STAGE, reason="", ended_on=ended)

    following = closed.followed_by.get()
    assert (following.kind, following.is_open) == (Dialogue.Kind.PRE_STAGE, True)
    assert (following.partner, following.committee) == (closed.partner, closed.committee)
    assert following.started_on == ended
    assert following.history.get().history_user == officer
    assert not following.meetings.exists()


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        ({"outcome": Outcome.AGREEMENT}, "Välj det avtal"),
        ({"reason": "  "}, "varför dialogen avslutas"),
    ],
)
def test_what_an_outcome_needs_is_asked_for(dialogue, officer, facts, match):
    with pytest.raises(DialogueNotClosableError, match=match):
        close(dialogue, officer, **facts)

    assert Dialogue.objects.get().is_open


def test_an_empty_log_is_not_issued(committee, officer):
    with pytest.raises(DialogueNotClosableError, match="Loggen är tom"):
        close(DialogueFactory(committee=committee), officer)


def test_a_pre_stage_does_not_become_another_pre_stage(dialogue, officer):
    Dialogue.objects.update(kind=Dialogue.Kind.PRE_STAGE)

    with pytest.raises(DialogueNotClosableError, match="redan ett försteg"):
        close(dialogue, officer, outcome=Outcome.PRE_STAGE)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Dialogue.objects.update(need="efter"),
        lambda: Dialogue.objects.get().save(),
        lambda: raw("UPDATE dialogues_dialogue SET closed_at = NULL"),
        lambda: raw("DELETE FROM dialogues_dialogue"),
        lambda: DialogueMeeting.objects.update(said="efter"),
        lambda: DialogueMeeting.objects.all().delete(),
        lambda: Participant.objects.update(function="efter"),
        lambda: raw("DELETE FROM dialogues_participant"),
        lambda: MeetingFactory(dialogue=Dialogue.objects.get()),
        lambda: ParticipantFactory(meeting=DialogueMeeting.objects.get()),
    ],
)
def test_nothing_changes_a_closed_dialogue(dialogue, officer, change):
    close(dialogue, officer)

    with (
        pytest.raises(IntegrityError, match="closed dialogue is not changed"),
        transaction.atomic(),
    ):
        change()

    assert DialogueMeeting.objects.get().said == "Parterna talade om behovet."


def test_a_meeting_is_not_moved_into_a_closed_dialogue(dialogue, officer):
    close(dialogue, officer)
    elsewhere = MeetingFactory()

    with (
        pytest.raises(IntegrityError, match="closed dialogue is not changed"),
        transaction.atomic(),
    ):
        DialogueMeeting.objects.filter(pk=elsewhere.pk).update(dialogue=dialogue)


@pytest.mark.parametrize(
    "change",
    [
        lambda dialogue, by: save_dialogue(dialogue, by=by),
        lambda dialogue, by: save_meeting(dialogue.meetings.get(), participants=[], by=by),
        lambda dialogue, by: remove_meeting(dialogue.meetings.get(), by=by, reason="Fel"),
        close,
    ],
)
def test_a_dialogue_closed_meanwhile_is_refused_with_a_sentence(dialogue, officer, change):
    stale = Dialogue.objects.get()
    close(dialogue, officer)

    with pytest.raises(DialogueClosedError, match="Starta en ny dialog"):
        change(stale, officer)


def test_the_issued_log_is_kept_with_its_checksum(dialogue, officer):
    closed = close(dialogue, officer)

    with closed.pdf.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-")
    assert sha256(content).hexdigest() == closed.pdf_sha256


def test_meetings_stand_in_the_order_of_their_days_and_those_without_one_first(dialogue):
    for text in ("2021", "2022-03-31", None):
        MeetingFactory(dialogue=dialogue, held_on=text and ApproximateDate.parse(text))

    assert [str(row) for row in dialogue.meetings.all()] == [
        "Möte, datum inte känt",
        "Möte 2021",
        "Möte mars 2022",
        "Möte 2022-03-31",
    ]


def test_a_removed_meeting_stays_in_the_history_with_the_reason(dialogue, officer):
    remove_meeting(dialogue.meetings.get(), by=officer, reason="Fel dialog")

    removal = DialogueMeeting.history.filter(history_type="-").get()
    assert removal.history_change_reason == "Fel dialog"
    assert removal.said == "Parterna talade om behovet."
    assert Participant.history.filter(history_type="-", history_user=officer).count() == 1


def test_dialogues_are_found_by_what_they_are_about_and_by_every_name_of_the_partner(committee):
    partner = PartnerFactory(name="Nya Namnet")
    PartnerNameFactory(partner=partner, name="Gamla Namnet")
    project = PartnerProjectFactory(partner=partner, name="Världens Mormödrar")
    found = DialogueFactory(
        committee=committee, partner=partner, project=project, need="Läxhjälp på biblioteket"
    )
    DialogueFactory(committee=committee)

    for text in ("läxhjälp", "gamla namnet", "NYA", "mormödrar", "biblioteket nya"):
        assert list(Dialogue.objects.matching(text)) == [found], text
    assert not Dialogue.objects.matching("läxhjälp någonannan").exists()


def test_the_dialogues_of_a_merged_entry_are_found_from_the_one_that_remains(dialogue, committee):
    remaining = PartnerFactory()
    merge_partners(
        dialogue.partner, into=remaining, by=member_of(committee, Role.ADMIN), reason="Samma"
    )

    assert list(Dialogue.objects.about(remaining)) == [dialogue]
    assert Dialogue.objects.get().partner != remaining


@pytest.mark.parametrize(("role", "sees"), [(Role.READER, True), (Role.SECRETARY, True)])
def test_everybody_in_the_committee_reads_and_no_other_municipality(
    dialogue, committee, stranger, role, sees
):
    visible = Dialogue.objects.visible_to(member_of(committee, role))

    assert visible.exists() is sees
    assert not Dialogue.objects.visible_to(stranger).exists()
    assert not DialogueMeeting.objects.visible_to(stranger).exists()


def test_a_vague_day_keeps_its_bounds(dialogue):
    meeting = dialogue.meetings.get()

    assert (meeting.held_earliest, meeting.held_latest) == (date(2022, 3, 1), date(2022, 3, 31))
