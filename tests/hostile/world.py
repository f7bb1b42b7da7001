"""A committee in which everything stands that the portal has a page for."""

from datetime import date

from agreements.models import GrantScheme
from memos.models import MemoRules
from organisations.models import ExchangeRate, PopulationFigure, Threshold, Unit
from tests.addresses import OFFICER
from tests.agreements.factories import (
    CalculationPartFactory,
    ContributionFactory,
    ObligationFactory,
    ResponsibilityFactory,
    TermFactory,
    ThemeFactory,
)
from tests.followups.factories import PlanTemplateFactory
from tests.meetings.factories import MinutesRulesFactory
from tests.organisations.factories import OfficeFactory
from tests.report.factories import PublicPageFactory
from tests.world import world_of
from worklist.models import CalendarFeed


def whole_world(committee):
    """The world of `tests/world.py`, with the rows that only forms and the admin need."""
    world = world_of(committee)
    municipality = committee.municipality
    of_agreement = {"agreement_id": world["agreement"][0]}
    CalculationPartFactory(contribution=ContributionFactory(revision_id=world["revision"][0]))
    for factory in (TermFactory, ObligationFactory):
        factory(agreement__committee=committee)
    ResponsibilityFactory(**of_agreement, committee=committee)
    ThemeFactory(municipality=municipality)
    PlanTemplateFactory(municipality=municipality)
    MinutesRulesFactory(municipality=municipality)
    PublicPageFactory(municipality=municipality, is_on=True)
    office = OfficeFactory(municipality=municipality)
    Unit.objects.create(municipality=municipality, office=office, name="Enheten", abbreviation="E")
    GrantScheme.objects.create(municipality=municipality, committee=committee, name="Bidraget")
    MemoRules.objects.create(municipality=municipality)
    PopulationFigure.objects.create(
        municipality=municipality, counted_on=date(2024, 12, 31), number=140_000, source="SCB"
    )
    world["calendar"] = [f"a-secret-calendar-of-committee-{committee.pk}"]
    CalendarFeed.objects.create(
        user=world["people"][OFFICER], secret_sha256=CalendarFeed.hashed(*world["calendar"])
    )
    _of_everybody()
    return world


def _of_everybody():
    """What all municipalities share."""
    Threshold.objects.get_or_create(
        kind=Threshold.Kind.values[0], valid_from=date(2024, 1, 1), defaults={"sek": 700_000}
    )
    ExchangeRate.objects.get_or_create(valid_from=date(2024, 1, 1), defaults={"sek_per_eur": 11})
