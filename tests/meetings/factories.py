"""Invented meetings with what is said at them."""

from datetime import date
from hashlib import sha256

import factory
from django.core.files.base import ContentFile

from meetings.models import (
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
from tests.accounts.factories import UserFactory
from tests.memos.factories import AT
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


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    minutes = factory.SubFactory(MinutesFactory)
    posted_on = date(2024, 5, 31)
