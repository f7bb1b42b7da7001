"""Promised against paid, year by year, with what is uncertain left uncertain."""

from datetime import date
from decimal import Decimal

import pytest

from agreements.models import PeriodBasis, keep_life
from partnerships.dates import ApproximateDate
from payments.models import Payment
from payments.promises import years_of
from tests.agreements.factories import ContributionFactory, RevisionFactory, TermFactory, decide
from tests.payments.factories import payment_on

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def promise(agreement, amount, starts="2024-01-01", **fields):
    """A decided revision with one line in money."""
    begins = ApproximateDate.parse(starts) if isinstance(starts, str) else starts
    revision = RevisionFactory(agreement=agreement, in_force_from=begins)
    ContributionFactory(revision=revision, stated_amount=amount, **fields)
    return decide(revision)


def years(agreement):
    found = years_of(agreement, Payment.objects.filter(agreement=agreement), today=TODAY)
    return {year.year: year for year in found}


def test_a_year_compares_what_was_promised_with_what_was_paid(agreement):
    promise(agreement, 100_000)
    payment_on(agreement, amount=60_000, paid_on=date(2025, 1, 1))
    payment_on(agreement, amount=50_000, paid_on=date(2025, 12, 31))
    payment_on(agreement, amount=-5_000, paid_on=date(2025, 12, 31))
    payment_on(agreement, amount=700, direction="received", paid_on=date(2025, 6, 1))

    found = years(agreement)

    assert list(found) == [2026, 2025, 2024]
    year = found[2025]
    assert (year.promised, year.paid, year.difference) == (100_000, 105_000, 5_000)
    assert (year.paid_count, year.received, year.received_count) == (3, 700, 1)
    assert (found[2024].paid, found[2024].difference) == (None, -100_000)


@pytest.mark.parametrize(
    ("fields", "promised"),
    [
        ({"period_basis": PeriodBasis.PER_MONTH}, Decimal(1_200_000)),
        ({"period_basis": PeriodBasis.WHOLE_TERM}, None),
        ({"period_basis": PeriodBasis.NOT_STATED}, None),
        ({"stated_amount": None}, None),
        ({"form": "in_kind"}, None),
        ({"kind": "premises"}, None),
        ({"kind": "premises", "form": "cash"}, Decimal(100_000)),
        ({"by_partner": True}, None),
    ],
)
def test_only_the_municipalitys_money_that_is_known_per_year_is_promised(
    agreement, fields, promised
):
    promise(agreement, **{"amount": fields.pop("stated_amount", Decimal(100_000)), **fields})

    assert years(agreement)[2025].promised == promised


def test_a_year_in_which_the_agreement_began_is_not_compared(agreement):
    promise(agreement, 100_000, starts="2024-07-01")

    year = years(agreement)[2024]

    assert (year.promised, year.is_whole, year.difference) == (100_000, False, None)


def test_a_year_that_is_not_over_is_not_compared(agreement):
    promise(agreement, 100_000)
    payment_on(agreement, amount=50_000, paid_on=date(2026, 3, 1))

    year = years(agreement)[2026]

    assert (year.promised, year.paid, year.difference) == (100_000, 50_000, None)


def test_a_year_with_two_revisions_shows_both_and_compares_neither(agreement):
    first = promise(agreement, 100_000)
    second = promise(agreement, 200_000, starts="2025-07-01")

    year = years(agreement)[2025]

    assert [row.revision for row in year.promises] == [first, second]
    assert [row.amount for row in year.promises] == [100_000, 200_000]
    assert (year.promised, year.difference) == (None, None)
    assert years(agreement)[2026].promised == 200_000


def test_a_vague_start_is_not_guessed(agreement):
    promise(agreement, 100_000)
    promise(agreement, 200_000, starts="2025")

    assert years(agreement)[2025].difference is None


def test_a_year_after_the_end_promises_nothing_but_shows_what_was_paid(agreement):
    promise(agreement, 100_000)
    TermFactory(agreement=agreement, ends=ApproximateDate.exactly(date(2024, 12, 31)))
    keep_life(agreement)
    payment_on(agreement, amount=1, paid_on=date(2026, 1, 1))

    found = years(agreement)

    assert found[2024].is_whole
    assert found[2026].promises == ()
    assert found[2026].paid == 1


def test_an_agreement_of_unknown_start_shows_the_years_that_were_paid(agreement):
    promise(agreement, 100_000, starts=None)
    payment_on(agreement, paid_on=date(2020, 1, 1))

    assert list(years(agreement)) == [2020]
