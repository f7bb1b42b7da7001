"""Invented municipalities and partners."""

import factory

from organisations.models import Committee, LegalForm, Municipality, Office, Partner, PartnerName


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
