"""Indicators with their arithmetic: state aid over three years, and double funding."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given, strategies as st

from agreements.models import Agreement, GrantParticulars, GrantScheme
from agreements.models.kept import keep_life
from assessments.double_funding import double_funding
from assessments.state_aid import Standing, _share_of_years, _years, state_aid
from organisations.models import ExchangeRate, Threshold
from partnerships.dates import ApproximateDate
from tests.accounts.factories import member_of
from tests.agreements.factories import (
    AgreementFactory,
    ContributionFactory,
    RevisionFactory,
    TermFactory,
    decide,
)
from tests.organisations.factories import CommitteeFactory, PartnerFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 31)


@pytest.fixture(autouse=True)
def reference():
    """The limits and the rate of the day, whether the migrations' rows are there or not."""
    Threshold.objects.all().delete()
    ExchangeRate.objects.all().delete()
    source = {"source": "Exempelkällan", "valid_from": date(2024, 1, 1)}
    for kind, eur in (("de_minimis", 300_000), ("de_minimis_sgei", 750_000)):
        Threshold.objects.create(kind=kind, eur=eur, **source)
    ExchangeRate.objects.create(
        sek_per_eur=Decimal("10.8126"), valid_until=date(2025, 12, 31), **source
    )


def agreement_with(*amounts, kind="iop", starts=date(2019, 1, 1), **facts):
    """A decided agreement with the municipality's contributions."""
    agreement = AgreementFactory(kind=kind, **facts)
    revision = RevisionFactory(
        agreement=agreement, in_force_from=starts and ApproximateDate.exactly(starts)
    )
    for amount in amounts:
        facts = amount if isinstance(amount, dict) else {"stated_amount": amount}
        ContributionFactory(revision=revision, **facts)
    ContributionFactory(revision=revision, by_partner=True, stated_amount=5_000_000)
    decide(revision)
    keep_life(agreement)
    return agreement


def end(agreement, ends):
    """Give the agreement a term that ends then."""
    TermFactory(agreement=agreement, starts=ApproximateDate.exactly(date(2019, 1, 1)), ends=ends)


def indicator(*agreements, day=DAY):
    return state_aid(Agreement.objects.filter(pk__in=[row.pk for row in agreements]), day=day)


def test_three_years_of_the_same_amount_are_three_times_it_and_just_above_the_limit():
    found = indicator(agreement_with(550_000, 550_000))

    assert found.total == 3_300_000
    assert found.euro.quantize(Decimal(1)) == 305_199
    assert [limit.standing for limit in found.limits] == [Standing.ABOVE, Standing.BELOW]
    assert found.first_day == date(2022, 1, 1)


def test_only_the_days_within_the_three_years_count():
    agreement = agreement_with(365_000, starts=date(2024, 12, 22))

    assert indicator(agreement).total == (Decimal(365_000) * 10 / 366).quantize(Decimal("0.01"))


def test_an_agreement_that_has_ended_counts_until_its_last_day():
    agreement = agreement_with(100_000)
    end(agreement, ApproximateDate.exactly(date(2022, 12, 31)))

    assert indicator(agreement).total == 100_000


def test_a_later_revision_takes_over_from_its_first_day():
    agreement = agreement_with(100_000)
    later = RevisionFactory(
        agreement=agreement, in_force_from=ApproximateDate.exactly(date(2024, 1, 1))
    )
    ContributionFactory(revision=later, stated_amount=400_000)
    decide(later)
    keep_life(agreement)

    assert indicator(agreement).total == 600_000


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"stated_amount": 10_000, "period_basis": "per_month"}, 360_000),
        ({"stated_amount": None}, None),
        ({"stated_amount": 9, "period_basis": "not_stated"}, None),
        ({"stated_amount": 9, "period_basis": "whole_term"}, None),
    ],
)
def test_what_is_missing_cannot_be_computed_and_is_never_0(line, expected):
    found = indicator(agreement_with(line))

    assert [row.amount for row in found.rows] == [expected]
    assert bool(found.missing) == (expected is None)
    assert (found.limits[0].standing == Standing.UNSAID) == (expected is None)


def test_above_is_above_although_something_is_missing():
    found = indicator(agreement_with(4_000_000, {"stated_amount": None}))

    assert found.limits[0].standing == Standing.ABOVE


def test_without_a_rate_for_the_day_nothing_is_said_in_euro():
    found = indicator(agreement_with(5_000_000), day=date(2026, 6, 30))

    assert found.euro is None
    assert {limit.standing for limit in found.limits} == {Standing.UNSAID}


def test_a_start_that_is_not_known_is_missing():
    found = indicator(agreement_with(100, starts=None))

    assert [bool(row.missing) for row in found.rows] == [True]


@pytest.mark.parametrize("kind", ["membership", "procurement"])
def test_what_is_paid_for_a_service_does_not_count(kind):
    assert indicator(agreement_with(100, kind=kind)).rows == ()


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.dates(date(1999, 1, 1), date(2090, 1, 1)),
    st.integers(0, 2000),
)
def test_the_shares_of_two_halves_are_the_share_of_the_whole(day, starts, length):
    first, last = _years(day)[0][0], day
    starts = min(max(starts, first), last)
    middle = min(date.fromordinal(starts.toordinal() + length), last)

    whole = _share_of_years(starts, last, day)
    halves = _share_of_years(starts, middle, day)
    if middle < last:
        halves += _share_of_years(date.fromordinal(middle.toordinal() + 1), last, day)

    assert abs(whole - halves) < Decimal("1e-20")
    assert 0 < whole <= 3


def grant(partner, *, is_standard, starts=date(2024, 1, 1), **facts):
    agreement = agreement_with(1, kind="grant", partner=partner, starts=starts, **facts)
    scheme = None
    if is_standard is not None:
        scheme = GrantScheme.objects.create(
            municipality=agreement.municipality,
            committee=agreement.committee,
            name="Grundbidrag",
            is_standard=is_standard,
        )
    GrantParticulars.objects.create(agreement=agreement, scheme=scheme)
    return agreement


def pairs(*agreements):
    found = Agreement.objects.filter(pk__in=[row.pk for row in agreements])
    return double_funding(found.select_related("grant__scheme"))


@pytest.mark.parametrize("is_standard", [True, False])
def test_a_partnership_and_a_grant_on_the_same_days_are_shown(is_standard):
    partner = PartnerFactory()
    iop = agreement_with(1, partner=partner)

    (overlap,) = pairs(iop, grant(partner, is_standard=is_standard)).overlaps

    assert (overlap.starts, overlap.ends, overlap.is_certain) == (date(2024, 1, 1), None, True)


def test_agreements_after_each_other_do_not_overlap():
    partner = PartnerFactory()
    iop = agreement_with(1, partner=partner)
    end(iop, ApproximateDate.exactly(date(2023, 12, 31)))

    assert pairs(iop, grant(partner, is_standard=True)).overlaps == ()


def test_a_vague_end_makes_the_overlap_uncertain():
    partner = PartnerFactory()
    iop = agreement_with(1, partner=partner)
    end(iop, ApproximateDate.parse("2024"))

    (overlap,) = pairs(iop, grant(partner, is_standard=True, starts=date(2024, 6, 1))).overlaps

    assert not overlap.is_certain


def test_a_grant_whose_scheme_is_not_known_is_said_and_not_judged():
    partner = PartnerFactory()
    iop = agreement_with(1, partner=partner)
    of_unknown_kind = grant(partner, is_standard=None)

    found = pairs(iop, of_unknown_kind)

    assert found.overlaps == ()
    assert of_unknown_kind.name in found.unsaid[0]


def test_the_page_shows_the_arithmetic_and_leaves_out_what_one_may_not_read(client, committee):
    partner = PartnerFactory()
    elsewhere = CommitteeFactory(municipality=committee.municipality)
    agreement_with(1_100_000, partner=partner, committee=committee, name="Läsbart avtal")
    agreement_with(900_000, partner=partner, committee=elsewhere, name="Hemligt avtal")
    agreement_with(700_000, partner=partner, name="En annan kommuns avtal")
    client.force_login(member_of(committee))

    url = reverse("assessments:partner_indicators", args=[partner.pk])
    page = client.get(url, {"on": "2024-12-31"}).content.decode()

    assert "3\u00a0300\u00a0000\u00a0kr" in page
    assert "305\u00a0199\u00a0euro" in page
    assert "Läsbart avtal" in page
    assert "Hemligt avtal" not in page
    assert "En annan kommuns avtal" not in page


def test_a_day_that_cannot_be_read_gets_a_sentence_and_keeps_what_was_typed(client, officer):
    client.force_login(officer)
    url = reverse("assessments:partner_indicators", args=[PartnerFactory().pk])

    page = client.get(url, {"on": "04/05/2024"})

    assert page.status_code == 200
    assert page.context["form"].errors["on"]
    assert "04/05/2024" in page.content.decode()


def test_a_day_before_all_agreements_gets_a_sentence(client, officer):
    client.force_login(officer)
    url = reverse("assessments:partner_indicators", args=[PartnerFactory().pk])

    page = client.get(url, {"on": "0001-01-01"})

    assert page.status_code == 200
    assert "Skriv ett år mellan 1800 och 2200" in page.content.decode()


def test_the_indicator_of_the_calendars_first_day_is_nothing_rather_than_a_fault():
    agreement = agreement_with(1_000, starts=date.min)

    assert state_aid([agreement], day=date.min).total == 0
