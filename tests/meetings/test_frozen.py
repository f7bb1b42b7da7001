"""What is adjusted stays: the database refuses, whichever way the change comes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from meetings.models import (
    Abstention,
    Agenda,
    AgendaItem,
    Attendee,
    Ballot,
    Decision,
    DecisionCondition,
    DecisionEffect,
    DecisionPoint,
    DecisionRecipient,
    Extract,
    ItemAgreement,
    Meeting,
    Minutes,
    Motion,
    ProtocolNote,
    Recusal,
    Reservation,
    Vote,
)
from tests.agreements.factories import AgreementFactory
from tests.meetings.factories import (
    DecisionFactory,
    ExtractFactory,
    ItemFactory,
    MeetingFactory,
    MinutesFactory,
)
from tests.memos.factories import AT

pytestmark = pytest.mark.django_db
UNDER_AN_ITEM = {
    ItemAgreement: {"agreement_id": 0},
    Motion: {"text": "efter"},
    Reservation: {"text": "efter"},
    ProtocolNote: {"text": "efter"},
    Abstention: {"position": 7},
    Recusal: {"reason": "efter"},
    Vote: {"yes_means": "efter"},
    Ballot: {"choice": "no"},
    Decision: {"order_text": "efter"},
    DecisionPoint: {"text": "efter"},
    DecisionEffect: {"kind": "noted"},
    DecisionCondition: {"text": "efter"},
    DecisionRecipient: {"function": "efter"},
}


@pytest.fixture
def item(db):
    """An item with a row of everything, not adjusted yet."""
    meeting = MeetingFactory(people=True)
    item = ItemFactory(meeting=meeting, number=149)
    decision = DecisionFactory(item=item)
    agreement = AgreementFactory(committee=meeting.committee)
    people = list(meeting.attendees.all())
    item.item_agreements.create(agreement=agreement)
    item.motions.create(member=people[0], kind="approval")
    item.reservations.create(member=people[1], was_announced=True)
    item.notes.create(member=people[1], text="före")
    item.abstentions.create(member=people[2])
    item.recusals.create(member=people[3], reason="Sitter i styrelsen")
    vote = item.votes.create(yes_means="bifall", no_means="avslag")
    vote.ballots.create(member=people[0], choice="yes")
    decision.conditions.create(text="före", check_on=date(2025, 1, 1))
    decision.effects.create(agreement=agreement, kind="noted")
    return item


@pytest.fixture
def adjusted(item):
    item.minutes = MinutesFactory(meeting=item.meeting)
    item.save()
    ExtractFactory(item=item)
    item.meeting.state = Meeting.State.ADJUSTED
    item.meeting.save()
    return item


def refused(change, sentence="adjusted and not changed"):
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        change()


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("model", "change"), UNDER_AN_ITEM.items())
def test_nothing_under_an_adjusted_item_changes(adjusted, model, change):
    row = model.objects.get()

    refused(lambda: model.objects.filter(pk=row.pk).update(**change))
    refused(lambda: raw(f"DELETE FROM {model._meta.db_table}"))  # noqa: S608

    name = next(iter(change))
    assert getattr(model.objects.get(), name) == getattr(row, name)


@pytest.mark.parametrize(("model", "change"), UNDER_AN_ITEM.items())
def test_what_is_not_adjusted_changes_as_before(item, model, change):
    if model is not ItemAgreement:
        model.objects.update(**change)
    model.objects.all().delete() if model is not Vote else Ballot.objects.all().delete()


@pytest.mark.parametrize("model", [Motion, ProtocolNote, Abstention])
def test_nothing_is_added_to_an_adjusted_item(adjusted, model):
    member = adjusted.meeting.attendees.last()

    refused(lambda: model.objects.create(item=adjusted, member=member, position=9))


def test_neither_the_item_nor_its_meeting_nor_who_was_there_changes(adjusted):
    refused(lambda: AgendaItem.objects.update(title="efter"))
    refused(lambda: AgendaItem.objects.update(minutes=None))
    refused(lambda: raw("DELETE FROM meetings_agendaitem"))
    refused(lambda: Meeting.objects.update(place="efter"))
    refused(lambda: Meeting.objects.update(state="held"))
    refused(lambda: Attendee.objects.update(name="efter"))
    refused(lambda: Attendee.objects.create(meeting=adjusted.meeting, name="Ny"))
    refused(lambda: ItemFactory(meeting=adjusted.meeting, position=9))


@pytest.mark.parametrize("model", [Minutes, Extract, Agenda])
def test_what_was_issued_never_changes(adjusted, model):
    if model is Agenda:
        someone = Decision.objects.get().recorded_by
        model.objects.create(
            meeting=adjusted.meeting, number=1, issued_at=AT, issued_by=someone, pdf="a.pdf",
            pdf_sha256="0",
        )  # fmt: skip

    refused(lambda: model.objects.update(pdf_sha256="1"), "issued is not changed")
    refused(lambda: raw(f"DELETE FROM {model._meta.db_table}"), "issued is not changed")  # noqa: S608


def test_a_condition_is_checked_and_a_paper_ticked_after_the_adjustment(adjusted):
    someone = Decision.objects.get().recorded_by

    DecisionCondition.objects.update(checked_on=AT, checked_by=someone, finding="Gjort")
    DecisionRecipient.objects.update(handed_over_on=AT, handed_over_by=someone)

    assert DecisionCondition.objects.get().finding == "Gjort"


def test_a_paragraph_is_given_once_for_committee_and_year(item):
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemFactory(meeting=item.meeting, number=149)

    ItemFactory(
        meeting=MeetingFactory(committee=item.committee, held_on="2025-01-21"),
        number=149,
        year=2025,
    )
    ItemFactory(number=149)


@pytest.mark.parametrize("wrong", [{"year": 2023}, {"committee": None}])
def test_an_item_has_the_committee_and_year_of_its_meeting(item, wrong):
    if "committee" in wrong:
        wrong = {"committee": MeetingFactory().committee}

    refused(lambda: AgendaItem.objects.update(**wrong), "belongs to the committee")
    refused(lambda: ItemFactory(meeting=item.meeting, **wrong), "belongs to the committee")
