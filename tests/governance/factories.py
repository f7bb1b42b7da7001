"""Invented governing documents and transfers."""

import factory

from governance.models import (
    ActionPlanActivity,
    Arrangement,
    GoverningDocument,
    Outcome,
    ServiceTransfer,
)
from tests.organisations.factories import MunicipalityFactory


class GoverningDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GoverningDocument

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = GoverningDocument.Kind.ACTION_PLAN
    title = factory.Sequence(lambda n: f"Exempelplanen {n}")


class ActionPlanActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionPlanActivity

    document = factory.SubFactory(GoverningDocumentFactory)
    heading = factory.Sequence(lambda n: f"Exempelrubriken {n}")
    text = "se över lokalerna"


class ServiceTransferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceTransfer

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Exempelhuset {n}")
    label = "avveckling"
    service = "Exempelhusets café"


class ArrangementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Arrangement

    transfer = factory.SubFactory(ServiceTransferFactory)
    recipients = "föreningar"
    description = "De fick en egen lokal."


class OutcomeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outcome

    transfer = factory.SubFactory(ServiceTransferFactory)
    sign = Outcome.Sign.POSITIVE
    text = "Det föll väl ut."
