"""Invented agreements with revisions and contributions."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from agreements.models import (
    Agreement,
    AgreementPartner,
    CalculationPart,
    Contribution,
    Obligation,
    Party,
    Responsibility,
    Revision,
    SourceFlag,
    Term,
    Termination,
    Theme,
    keep_life,
)
from partnerships.dates import ApproximateDate
from tests.accounts.factories import UserFactory
from tests.organisations.factories import (
    CommitteeFactory,
    MunicipalityFactory,
    PartnerFactory,
)

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


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"exempeltema {n}")


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
    kind = factory.LazyAttribute(
        lambda revision: Revision.Kind.AMENDMENT if revision.number > 1 else Revision.Kind.ORIGINAL
    )
    in_force_from = ApproximateDate.exactly(date(2024, 1, 1))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        revision = super()._create(model_class, *args, **kwargs)
        keep_life(revision.agreement)
        return revision


def decide(revision):
    """Freeze a revision that was filled as a draft."""
    revision.decided_at, revision.decided_by = DECIDED_AT, UserFactory()
    revision.save()
    keep_life(revision.agreement)
    return revision


class OfLifeFactory(factory.django.DjangoModelFactory):
    """A fact that decides how long its agreement lasts."""

    class Meta:
        abstract = True

    agreement = factory.SubFactory(AgreementFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        keep_life(row.agreement)
        return row


class TermFactory(OfLifeFactory):
    class Meta:
        model = Term

    class Params:
        extension = factory.Trait(number=1, basis=Term.Basis.CLAUSE)

    basis = Term.Basis.ORIGINAL
    starts = ApproximateDate.exactly(date(2024, 1, 1))
    ends = ApproximateDate.exactly(date(2025, 12, 31))


class TerminationFactory(OfLifeFactory):
    class Meta:
        model = Termination

    scope = Termination.Scope.FULL
    by = Party.MUNICIPALITY
    effective_from = ApproximateDate.exactly(date(2025, 7, 1))


class ResponsibilityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Responsibility

    agreement = factory.SubFactory(AgreementFactory)
    kind = Responsibility.Kind.COST
    committee = factory.LazyAttribute(lambda row: row.agreement.committee)
    starts = ApproximateDate.exactly(date(2024, 1, 1))


class ObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obligation

    agreement = factory.SubFactory(AgreementFactory)
    party = Party.PARTNER
    text = factory.Sequence(lambda n: f"Åtagande {n}")


class FlagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SourceFlag

    agreement = factory.SubFactory(AgreementFactory)
    kind = SourceFlag.Kind.MISSING
    text = "Datum saknas."


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
