"""What the tests of the report share."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.permissions import Role
from agreements.models import Agreement
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.factories import AgreementFactory
from tests.payments.factories import payment_on
from tests.report.factories import (
    EditionFactory,
    ReportFigureFactory,
    ReportSectionFactory,
    SectionTemplateFactory,
    SeriesFactory,
)

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def secretary(committee):
    return member_of(committee, Role.SECRETARY)


@pytest.fixture
def admin_reader(committee):
    """Somebody who reads every committee's agreements and matches payments."""
    return UserFactory(is_superuser=True, municipality=committee.municipality)


@pytest.fixture
def series(committee):
    series = SeriesFactory(
        committee=committee,
        name="Exempelrapporten",
        proposal="Exempelrapporten {from}-{to} noteras.",
    )
    SectionTemplateFactory(series=series, heading="Bakgrund")
    SectionTemplateFactory(
        series=series, heading="Bidrag", content="kind", kind="grant", position=2
    )
    return series


@pytest.fixture
def edition(series):
    """A draft about 2024 and 2025 with a text, a section of grants, one of all and two figures."""
    edition = EditionFactory(series=series, title="Exempelrapporten 2024–2025")
    ReportSectionFactory(
        edition=edition, heading="Bakgrund", text="Det gick [[bidrag]] till föreningar."
    )
    ReportSectionFactory(
        edition=edition, heading="Bidrag", content="kind", kind="grant", position=2
    )
    ReportSectionFactory(edition=edition, heading="I stort", content="whole", position=3)
    ReportSectionFactory(edition=edition, heading="Fokus", content="focus", position=4)
    ReportFigureFactory(
        edition=edition,
        code="bidrag",
        label="Bidrag till föreningar",
        value=Decimal(50_000_000),
        scale="millions",
        qualifier="about",
        kind="grant",
        measure="paid",
        year_from=2024,
        year_to=2025,
    )
    ReportFigureFactory(
        edition=edition, code="avtal", label="Avtal", source="computed", unit="number",
        basis="on_a_day", measure="in_force",
    )  # fmt: skip
    return edition


@pytest.fixture
def grant(committee):
    """A grant in force since 2024, with payments in both years."""
    agreement = AgreementFactory(committee=committee, kind="grant", name="Exempelbidraget")
    Agreement.objects.filter(pk=agreement.pk).update(
        is_decided=True,
        begins_possibly=date(2024, 1, 1),
        begins_certainly=date(2024, 1, 1),
        over_possibly=None,
        over_certainly=None,
    )
    partner = agreement.partners.get()
    payment_on(agreement, paid_on=date(2024, 5, 1), amount=Decimal(40_000), partner=partner)
    payment_on(agreement, paid_on=date(2025, 5, 1), amount=Decimal(60_000), partner=partner)
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client
