"""Invented meetings with what is said at them."""

from datetime import date
from hashlib import sha256

import factory
from django.core.files.base import ContentFile

from meetings.documents import extract_document
from meetings.models import (
    Agenda,
    AgendaItem,
    Attendee,
    Decision,
    Extract,
    ItemAgreement,
    Meeting,
    Minutes,
    MinutesRules,
    Notice,
)
from partnerships.document_data import as_data
from tests.accounts.factories import UserFactory
from tests.memos.factories import AT, VersionFactory
from tests.organisations.factories import CommitteeFactory, MunicipalityFactory

HELD_ON = date(2024, 5, 21)


class MinutesRulesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MinutesRules

    municipality = factory.SubFactory(MunicipalityFactory)
    valid_from = date(2020, 1, 1)
    source = "Reglementet"
    adjusters = 2


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    committee = factory.SubFactory(CommitteeFactory)
    held_on = HELD_ON

    @factory.post_generation
    def people(self, create, extracted, **kwargs):
        """A chair, two members who adjust, one more, and a secretary."""
        if extracted:
            AttendeeFactory(meeting=self, name="Olga Ordförande", function="chair", position=1)
            for place, name in enumerate(("Julia Justerare", "Jonas Justerare"), start=2):
                AttendeeFactory(meeting=self, name=name, position=place, is_adjuster=True)
            AttendeeFactory(meeting=self, name="Lena Ledamot", party="X", position=4)
            AttendeeFactory(
                meeting=self, name="Sven", function="secretary", presence="present", position=5
            )


class AttendeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendee

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.Sequence(lambda n: f"Ledamot {n}")


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    committee = factory.SelfAttribute("meeting.committee")
    year = factory.LazyAttribute(lambda item: item.meeting.held_on.year)
    position = factory.LazyAttribute(lambda item: item.meeting.items.count() + 1)
    title = factory.Sequence(lambda n: f"Exempelärende {n}")


class ItemAgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemAgreement

    item = factory.SubFactory(ItemFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision
        skip_postgeneration_save = True

    item = factory.SubFactory(ItemFactory)
    outcome = "decided"
    order_text = "Ordföranden finner att nämnden beslutar enligt förslaget."
    recorded_at = AT
    recorded_by = factory.SubFactory(
        UserFactory, municipality=factory.SelfAttribute("..item.committee.municipality")
    )

    @factory.post_generation
    def filled(self, create, extracted, **kwargs):
        """With a point and a recipient."""
        self.points.create(position=1, text="Nämnden noterar informationen.")
        self.recipients.create(position=1, function="Samtliga nämnder")


class IssuedFactory(factory.django.DjangoModelFactory):
    """Something issued, with a PDF that is none, so that nothing is rendered."""

    class Meta:
        abstract = True

    issued_at = AT
    issued_by = factory.SubFactory(UserFactory)
    pdf = factory.LazyFunction(lambda: ContentFile(b"%PDF of a meeting", name="minutes.pdf"))
    pdf_sha256 = sha256(b"%PDF of a meeting").hexdigest()


class MinutesFactory(IssuedFactory):
    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory)
    adjusted_on = date(2024, 5, 30)
    content = factory.LazyFunction(lambda: {"paragraphs": "§ 149", "items": [], "document": None})


class ExtractFactory(IssuedFactory):
    class Meta:
        model = Extract

    item = factory.SubFactory(ItemFactory)
    content = factory.LazyFunction(dict)


class AgendaFactory(IssuedFactory):
    class Meta:
        model = Agenda

    meeting = factory.SubFactory(MeetingFactory)
    number = 1


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    minutes = factory.SubFactory(MinutesFactory)
    posted_on = date(2024, 5, 31)


def world_of_meetings(committee, agreement):
    """The arguments of every URL of meetings: what is under way, and what is adjusted."""
    meeting = MeetingFactory(committee=committee, held_on=date(2024, 5, 21), people=True)
    item = ItemFactory(meeting=meeting)
    vote = item.votes.create(yes_means="bifall", no_means="avslag")
    past = MeetingFactory(committee=committee, held_on=date(2024, 4, 16), people=True)
    adjusted = ItemFactory(meeting=past, number=100)
    decision = DecisionFactory(item=adjusted)
    condition = decision.conditions.create(text="Redovisas", check_on=date(2025, 1, 1))
    ItemAgreementFactory(item=adjusted, agreement=agreement)
    adjusted.minutes = MinutesFactory(meeting=past)
    adjusted.save()
    ExtractFactory(item=adjusted, content={"document": as_data(extract_document(adjusted))})
    NoticeFactory(minutes=adjusted.minutes)
    AgendaFactory(meeting=past)
    waiting = VersionFactory(memo__agreement=agreement).memo
    return {
        "meeting": [meeting.pk],
        "item": [item.pk],
        "vote": [item.pk, vote.pk],
        "adjusted item": [adjusted.pk],
        "minutes": [adjusted.minutes_id],
        "agenda": [past.pk, 1],
        "recipient": [adjusted.pk, decision.recipients.get().pk],
        "condition": [condition.pk],
        "submitted memo": [waiting.pk],
        "waiting memo": waiting.pk,
    }
