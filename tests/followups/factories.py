"""Invented plans and reports."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from followups.actions import (
    AnswersDraft,
    Hand,
    Seen,
    approve_report,
    open_report,
    save_answers,
    submit_report,
)
from followups.actions.next_due import keep_next
from followups.models import (
    Attachment,
    FollowUpPlan,
    Indicator,
    NarrativeQuestion,
    PlanTemplate,
    ReportLink,
    hashed,
)
from followups.rhythm import Rhythm
from tests.accounts.factories import UserFactory
from tests.agreements.factories import (
    AgreementFactory,
    ContributionFactory,
    RevisionFactory,
    decide,
)
from tests.organisations.factories import MunicipalityFactory

AT = datetime(2025, 2, 1, 9, tzinfo=UTC)


def agreement_in_force(**kwargs):
    """An agreement in force from 2024 with one line from each party, per year."""
    agreement = AgreementFactory(**kwargs)
    revision = RevisionFactory(agreement=agreement)
    ContributionFactory(
        revision=revision, label="Verksamhetsbidrag", stated_amount=Decimal(120_000)
    )
    ContributionFactory(
        revision=revision, label="Volontärtid", stated_amount=Decimal(60_000), by_partner=True
    )
    decide(revision)
    agreement.refresh_from_db()
    return agreement


class PlanTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanTemplate
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Exempelmall {n}")

    @factory.post_generation
    def rows(self, create, extracted, **kwargs):
        """One indicator and one question."""
        self.indicators.create(name="Deltagare", unit="personer", goal="Fler når målet.", target=20)
        self.questions.create(heading="Hur gick det?", is_required=True)


class FollowUpPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUpPlan
        skip_postgeneration_save = True

    agreement = factory.LazyFunction(agreement_in_force)
    rhythm = Rhythm.YEAR

    @factory.post_generation
    def filled(self, create, extracted, **kwargs):
        """With two indicators and a question, unless it is to be empty."""
        if extracted is not False:
            IndicatorFactory(plan=self, name="Deltagare", target=Decimal(20))
            IndicatorFactory(plan=self, name="Väntetid", unit="dagar", direction="lower", target=5)
            NarrativeQuestion.objects.create(plan=self, heading="Hur gick det?", is_required=True)
        keep_next(self.agreement)


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    plan = factory.SubFactory(FollowUpPlanFactory, filled=False)
    position = factory.LazyAttribute(lambda row: row.plan.indicators.count() + 1)
    name = factory.Sequence(lambda n: f"Indikator {n}")
    unit = "personer"
    goal = "Fler deltagare går vidare."
    direction = "higher"


class ReportLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportLink

    class Params:
        secret = "hemlig-nyckel"

    recipient = "forening@example.org"
    secret_sha256 = factory.LazyAttribute(lambda link: hashed(link.secret))
    created_at = AT
    created_by = factory.SubFactory(UserFactory)
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    file = factory.django.FileField(data=b"a;b", filename="x.csv")
    name = "deltagare.csv"
    kind = "csv"
    size = 3
    sha256 = "0" * 64
    added_at = AT


def report_on(plan=None, *, by=None, year=2024):
    """A draft of the report on a year."""
    plan = plan or FollowUpPlanFactory()
    by = by or UserFactory(municipality=plan.agreement.municipality)
    return open_report(plan.agreement, period_starts=date(year, 1, 1), by=by, at=AT)


def approved_report(plan, year, participants, waiting, delivered=None):
    """An approved report on the year with these figures."""
    user = UserFactory(municipality=plan.agreement.municipality)
    report = report_on(plan, by=user, year=year)
    first, second = report.values.all()
    lines = [use.pk for use in report.uses.all()]
    draft = AnswersDraft(
        values={first.pk: (participants, ""), second.pk: (waiting, "Mäts inte än.")},
        texts={report.answers.get().pk: "Bra."},
        uses=dict.fromkeys(lines, (delivered, "")),
    )
    save_answers(report, draft, seen=Seen(1), by=user)
    submit_report(report, hand=Hand(user, AT))
    return approve_report(report, hand=Hand(user, AT))
