"""Invented municipalities and partners."""

from datetime import date

import factory

from organisations.models import (
    Committee,
    Contact,
    IdeaBasedRegistration,
    LegalForm,
    Municipality,
    Office,
    Partner,
    PartnerName,
    PartnerProject,
)
from partnerships.dates import ApproximateDate


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"Exempelby {n} kommun")


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Exempelnämnden {n}")


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Exempelkontoret {n}")


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Föreningen Exempel {n}")
    legal_form = LegalForm.NONPROFIT_ASSOCIATION


class PartnerNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnerName

    partner = factory.SubFactory(PartnerFactory)
    kind = PartnerName.Kind.FORMER
    name = factory.Sequence(lambda n: f"Tidigare namn {n}")


class PartnerProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnerProject

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Exempelprojektet {n}")


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IdeaBasedRegistration

    partner = factory.SubFactory(PartnerFactory)
    starts = ApproximateDate.parse("2023-05-02")
    source = "Kammarkollegiets register, läst 2026-03-01"


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    municipality = factory.SubFactory(MunicipalityFactory)
    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Kim Påhittad {n}")
    keep_until = date(2030, 12, 31)
