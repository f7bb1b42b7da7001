"""Invented dialogues and their logs."""

import factory

from dialogues.models import Dialogue, DialogueMeeting, Participant
from tests.accounts.factories import UserFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory


class DialogueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dialogue

    committee = factory.SubFactory(CommitteeFactory)
    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Exempeldialogen {n}")
    created_by = factory.SubFactory(
        UserFactory, municipality=factory.SelfAttribute("..committee.municipality")
    )


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DialogueMeeting

    dialogue = factory.SubFactory(DialogueFactory)
    said = "Parterna talade om behovet."
    recorded_by = factory.SelfAttribute("dialogue.created_by")


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    meeting = factory.SubFactory(MeetingFactory)
    side = Participant.Side.MUNICIPALITY
    function = "handläggare"
