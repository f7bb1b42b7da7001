"""Invented steering groups, meetings and tasks."""

from datetime import date

import factory

from steering.models import GroupMeeting, GroupTask, MeetingCount, SteeringGroup
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory


class SteeringGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SteeringGroup

    agreement = factory.SubFactory(AgreementFactory)
    name = factory.Sequence(lambda n: f"Exempelgruppen {n}")


class GroupMeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupMeeting

    group = factory.SubFactory(SteeringGroupFactory)
    notes = "Gruppen gick igenom läget."
    recorded_by = factory.SubFactory(
        UserFactory, municipality=factory.SelfAttribute("..group.agreement.committee.municipality")
    )


class MeetingCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeetingCount

    meeting = factory.SubFactory(GroupMeetingFactory)
    amount = 14
    counted = "deltagare"
    scope = "second hand-butiken och Von Dufva"


class GroupTaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupTask

    meeting = factory.SubFactory(GroupMeetingFactory)
    text = "Ta fram statistik."
    responsible_role = "verksamhetsledare"
    due_on = date(2026, 3, 31)
