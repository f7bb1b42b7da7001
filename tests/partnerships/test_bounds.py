"""Days that nobody means are refused where they are typed, and those that are stored break nothing."""

from datetime import date

import pytest
from django import forms

from partnerships.dates.bounds import moved
from partnerships.dates.fields import ApproximateDateFormField
from partnerships.editing import Form

BOUNDS = "Skriv ett år mellan 1800 och 2200."
OR_EMPTY = "Skriv ett år mellan 1800 och 2200, eller lämna fältet tomt."


class Days(Form):
    exact = forms.DateField(required=False)
    vague = ApproximateDateFormField(required=False)
    needed = forms.DateField()


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("0001-01-01", BOUNDS),
        ("1799-12-31", BOUNDS),
        ("1800-01-01", None),
        ("2200-12-31", None),
        ("2201-01-01", OR_EMPTY),
        ("9999-12-31", OR_EMPTY),
    ],
)
@pytest.mark.parametrize("name", ["exact", "vague"])
def test_a_day_in_a_year_that_nobody_means_is_refused_with_a_sentence(name, typed, complaint):
    form = Days({name: typed, "needed": "2026-01-01"})

    assert form.is_valid() == (complaint is None)
    assert form.errors.get(name) == (complaint and [complaint])


def test_who_must_write_a_day_is_not_told_to_leave_it_out():
    form = Days({"vague": "hösten 9999", "needed": "9999-12-31"})

    assert not form.is_valid()
    assert form.errors == {"vague": [OR_EMPTY], "needed": [BOUNDS]}


@pytest.mark.parametrize(
    ("day", "by", "result"),
    [
        (date(2024, 1, 31), {"months": 1}, date(2024, 2, 29)),
        (date(2024, 1, 1), {"days": -1}, date(2023, 12, 31)),
        (date(9999, 12, 31), {"days": 1}, date.max),
        (date(9999, 12, 1), {"months": 1}, date.max),
        (date(1, 1, 1), {"days": -1}, date.min),
        (date(2024, 1, 1), {"months": -32_767}, date.min),
    ],
)
def test_counting_stays_within_the_calendar(day, by, result):
    assert moved(day, **by) == result
