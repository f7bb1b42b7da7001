"""How amounts are written and read."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from followups.models.target import FigureFormField
from partnerships.money import AmountFormField, ShareFormField, kronor, percent, signed_kronor


def test_kronor_puts_a_no_break_space_before_every_group_and_the_unit():
    assert kronor(Decimal(649_500)) == "649\u00a0500\u00a0kr"
    assert kronor(Decimal("1100000.00")) == "1\u00a0100\u00a0000\u00a0kr"
    assert kronor(Decimal("12.5")) == "12,50\u00a0kr"
    assert kronor(Decimal(0)) == "0\u00a0kr"


def test_kronor_says_that_an_amount_is_not_known():
    assert "kr" not in kronor(None).split()


def test_signed_kronor_shows_the_direction():
    assert signed_kronor(Decimal(199_500)) == "+199\u00a0500\u00a0kr"
    assert signed_kronor(Decimal(-1034)) == "−1\u00a0034\u00a0kr"
    assert signed_kronor(Decimal(0)) == "0\u00a0kr"


def test_percent_has_one_decimal():
    assert percent(Decimal(980_500) / Decimal(2_080_500)) == "47,1\u00a0%"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("649500", 649_500),
        ("649 500", 649_500),
        ("649\u00a0500 kr", 649_500),
        ("649.500", 649_500),
        ("1.100.000,50", Decimal("1100000.5")),
        ("12,5", Decimal("12.5")),
        ("12.5", Decimal("12.5")),
        ("0", 0),
    ],
)
def test_the_amount_field_reads_swedish_numbers(typed, amount):
    assert AmountFormField().clean(typed) == amount


@pytest.mark.parametrize(
    "typed", ["sextusen", "12 tusen", "1e6", "NaN", "--5", "1,2,3", "12 34", "١٢"]
)
def test_the_amount_field_refuses_what_is_no_number(typed):
    with pytest.raises(ValidationError):
        AmountFormField(min_value=0).clean(typed)


def test_what_begins_with_nought_is_less_than_one():
    assert FigureFormField().clean("0.125") == Decimal("0.125")
    assert ShareFormField(max_digits=7, decimal_places=6).clean("0.125") == Decimal("0.00125")
    with pytest.raises(ValidationError, match="högst 2 decimaler"):
        AmountFormField().clean("0.125")


def test_a_point_that_can_be_read_in_two_ways_is_asked_about():
    with pytest.raises(ValidationError) as refused:
        FigureFormField().clean("2.375")
    assert refused.value.messages == [
        "”2.375” kan läsas på två sätt. Skriv 2,375 eller 2\u00a0375."
    ]
    assert FigureFormField().clean("2,375") == Decimal("2.375")
    assert FigureFormField().clean("2.375.000") == 2_375_000


def test_the_amount_field_keeps_not_known_apart_from_nought():
    field = AmountFormField(required=False)

    assert field.clean("") is None
    assert field.clean("0") == 0


def test_a_share_is_typed_in_per_cent():
    field = ShareFormField(min_value=0)

    assert field.clean("20 %") == Decimal("0.2")
    assert field.prepare_value(Decimal("0.200000")) == "20"


@pytest.mark.parametrize(("typed", "has_changed"), [("20", False), ("20,0 %", False), ("25", True)])
def test_a_share_has_changed_only_when_another_one_is_typed(typed, has_changed):
    assert ShareFormField().has_changed(Decimal("0.200000"), typed) is has_changed


def test_a_negative_share_is_refused():
    with pytest.raises(ValidationError):
        ShareFormField(min_value=0).clean("-20")


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_what_is_written_is_read_back(amount):
    assert AmountFormField().clean(kronor(amount)) == amount
