"""Invented agreements with revisions and contributions."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from agreements.models import (
    Agreement,
    AgreementPartner,
    CalculationPart,
    Contribution,
    Party,
    Revision,
)
from partnerships.dates import ApproximateDate
from tests.accounts.factories import UserFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory

DECIDED_AT = datetime(2024, 1, 15, 12, tzinfo=UTC)


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    kind = Agreement.Kind.IOP
    name = factory.Sequence(lambda n: f"Exempelavtalet {n}")
    committee = factory.SubFactory(CommitteeFactory)

    @factory.post_generation
    def partner(self, create, extracted, **kwargs):
        """The agreement's one partner: given, or a new one."""
        AgreementPartner.objects.create(
            agreement=self, partner=extracted or PartnerFactory(**kwargs)
        )


class RevisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Revision

    class Params:
        decided = factory.Trait(
            decided_at=DECIDED_AT,
            decided_by=factory.SubFactory(UserFactory),
        )

    agreement = factory.SubFactory(AgreementFactory)
    number = factory.LazyAttribute(lambda revision: revision.agreement.revisions.count() + 1)
    in_force_from = ApproximateDate.exactly(date(2024, 1, 1))


def decide(revision):
    """Freeze a revision that was filled as a draft."""
    revision.decided_at, revision.decided_by = DECIDED_AT, UserFactory()
    revision.save()
    return revision


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contribution

    revision = factory.SubFactory(RevisionFactory)
    party = Party.MUNICIPALITY
    kind = Contribution.Kind.CASH
    label = factory.Sequence(lambda n: f"Bidrag {n}")
    stated_amount = Decimal(100_000)

    class Params:
        by_partner = factory.Trait(
            party=Party.PARTNER,
            partner=factory.LazyAttribute(lambda line: line.revision.agreement.partners.first()),
        )


class CalculationPartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalculationPart

    contribution = factory.SubFactory(ContributionFactory)
    count = Decimal(1)
    unit_price = Decimal(10_000)
    share = Decimal(1)
    months = Decimal(12)
