"""Invented series, editions and figures."""

import factory

from partnerships.dates import ApproximateDate
from report.models import (
    AskedOffice,
    Edition,
    FocusQuestion,
    PublicPage,
    ReportFigure,
    ReportRhythm,
    ReportSection,
    ReportSeries,
    SectionTemplate,
)
from tests.organisations.factories import CommitteeFactory


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportSeries
        skip_postgeneration_save = True

    committee = factory.SubFactory(CommitteeFactory)
    municipality = factory.SelfAttribute("committee.municipality")
    name = factory.Sequence(lambda n: f"Exempelrapporten {n}")

    @factory.post_generation
    def rhythm(self, create, extracted, **kwargs):
        """Every second year from 2020, unless something else is said."""
        for starts, every_years in extracted or [("2020", 2)]:
            ReportRhythm.objects.create(
                series=self, starts=ApproximateDate.parse(starts), every_years=every_years
            )


class SectionTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SectionTemplate

    series = factory.SubFactory(SeriesFactory)
    heading = "Samverkan i stort"


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Edition

    series = factory.SubFactory(SeriesFactory)
    title = factory.Sequence(lambda n: f"Exempelrapport {n}")
    year_from, year_to = 2024, 2025


class ReportSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportSection

    edition = factory.SubFactory(EditionFactory)
    heading = "Samverkan i stort"


class ReportFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportFigure

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda n: f"siffra-{n}")
    label = factory.Sequence(lambda n: f"Uppgift {n}")
    source = ReportFigure.Source.STATED


class FocusQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FocusQuestion

    edition = factory.SubFactory(EditionFactory)
    text = "Vilka fördelar ser ni?"


class AskedOfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AskedOffice

    edition = factory.SubFactory(EditionFactory)
    committee = factory.SelfAttribute("edition.series.committee")


class PublicPageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PublicPage

    slug = factory.Sequence(lambda n: f"exempelby-{n}")
    is_on = True
