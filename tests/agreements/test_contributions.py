"""What each party brings: stated, computed, summed and compared."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, strategies as st

from agreements.models import (
    CalculationPart,
    Contribution,
    ContributionTotals,
    PeriodBasis,
    Revision,
    StatedTotal,
)
from tests.agreements.factories import CalculationPartFactory, ContributionFactory, RevisionFactory

pytestmark = pytest.mark.django_db
amounts = st.decimals(min_value=0, max_value=10**9, places=2)


def totals_of(revision):
    return ContributionTotals.of(Revision.objects.with_contributions().get(pk=revision.pk))


@pytest.fixture
def revision():
    return RevisionFactory()


def test_the_stated_amount_stands_beside_the_computed_and_is_not_changed(revision):
    line = ContributionFactory(revision=revision, stated_amount=Decimal(649_500))
    CalculationPartFactory(contribution=line, count=5, unit_price=27_000, share=Decimal("0.2"))
    CalculationPartFactory(contribution=line, count=1, unit_price=35_000, share=Decimal("0.3"))

    line = Contribution.objects.get()

    assert line.stated_amount == 649_500
    assert line.computed_amount == 450_000
    assert line.deviation == 199_500
    assert line.implied_factor == Decimal("1.4433")


def test_on_costs_are_added_to_the_calculation(revision):
    line = ContributionFactory(revision=revision, on_cost_rate=Decimal("0.3142"))
    CalculationPartFactory(contribution=line, unit_price=10_000, months=12)

    assert Contribution.objects.get().computed_amount == Decimal("157704.00")


@pytest.mark.parametrize(
    ("share", "months", "words"),
    [
        (1, 1, "400 × 200 kr"),
        (1, 12, "400 × 200 kr × 12 månader"),
        (Decimal("0.335"), 1, "400 × 200 kr × 33,5 %"),
        (Decimal("0.2"), Decimal("0.5"), "400 × 200 kr × 20 % × 0,5 månader"),
    ],
)
def test_a_calculation_in_words_leaves_out_what_does_not_multiply(revision, share, months, words):
    line = ContributionFactory(revision=revision)
    CalculationPartFactory(contribution=line, count=400, unit_price=200, share=share, months=months)

    assert str(line.parts.get()).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_line_without_calculation_has_no_computed_amount_and_no_deviation(revision):
    line = ContributionFactory(revision=revision)

    assert (line.computed_amount, line.deviation, line.implied_factor) == (None, None, None)


def test_the_shares_are_given_when_both_parties_amounts_are_per_year(revision):
    ContributionFactory(revision=revision, stated_amount=1_100_000)
    ContributionFactory(revision=revision, stated_amount=980_500, by_partner=True)

    municipality, partner = totals_of(revision).shares.values()

    assert (round(municipality, 3), round(partner, 3)) == (Decimal("0.529"), Decimal("0.471"))


@pytest.mark.parametrize(
    "other",
    [
        {"period_basis": PeriodBasis.WHOLE_TERM},
        {"period_basis": PeriodBasis.NOT_STATED},
        {"stated_amount": None},
    ],
)
def test_no_shares_are_given_when_the_amounts_cannot_be_compared(revision, other):
    ContributionFactory(revision=revision)
    ContributionFactory(revision=revision, by_partner=True, **other)

    totals = totals_of(revision)

    assert totals.shares == {}
    assert totals.total is None


def test_amounts_of_different_periods_are_not_added(revision):
    ContributionFactory(revision=revision)
    ContributionFactory(revision=revision, period_basis=PeriodBasis.PER_MONTH)

    assert totals_of(revision).municipality.amount is None


def test_an_amount_not_known_is_left_out_and_counted_never_nought(revision):
    ContributionFactory(revision=revision, stated_amount=5_000)
    ContributionFactory(revision=revision, stated_amount=None)

    side = totals_of(revision).municipality

    assert (side.amount, side.unknown_count) == (5_000, 1)


def test_only_unknown_amounts_give_an_unknown_sum(revision):
    ContributionFactory(revision=revision, stated_amount=None)

    assert totals_of(revision).municipality.amount is None


def test_a_stated_total_that_differs_from_the_sum_is_marked(revision):
    ContributionFactory(revision=revision, stated_amount=5_000)
    StatedTotal.objects.create(revision=revision, party="municipality", amount=6_000)

    side = totals_of(revision).municipality

    assert side.differs_from_stated
    assert (side.amount, side.stated_total.amount) == (5_000, 6_000)


@given(
    ours=st.lists(amounts, min_size=1, max_size=4), theirs=st.lists(amounts, min_size=1, max_size=4)
)
def test_sums_and_shares_agree_with_an_independent_reckoning(ours, theirs):
    with transaction.atomic():
        revision = RevisionFactory()
        for amount in ours:
            ContributionFactory(revision=revision, stated_amount=amount)
        for amount in theirs:
            ContributionFactory(revision=revision, stated_amount=amount, by_partner=True)

        totals = totals_of(revision)

        cents = [round(amount * 100) for amount in ours], [round(amount * 100) for amount in theirs]
        assert [side.amount * 100 for side in totals.parties] == [sum(side) for side in cents]
        assert not totals.shares or abs(sum(totals.shares.values()) - 1) < Decimal("1e-20")
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stated_amount": -1},
        {"on_cost_rate": Decimal("-0.1")},
        {"party": "partner"},
    ],
)
def test_the_database_refuses_a_contribution_that_cannot_be(revision, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContributionFactory(revision=revision, **wrong)


@pytest.mark.parametrize("name", ["count", "unit_price", "share", "months"])
def test_the_database_refuses_negative_numbers_in_a_calculation(revision, name):
    line = ContributionFactory(revision=revision)

    with pytest.raises(IntegrityError), transaction.atomic():
        CalculationPartFactory(contribution=line, **{name: -1})

    assert not CalculationPart.objects.exists()
