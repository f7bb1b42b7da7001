"""Periods: no day missed, no day doubled, whatever the calendar does."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from followups.rhythm import CountsFrom, Period, periods_to, regular_periods, uncovered

DAY = timedelta(days=1)
DAYS = st.dates(date(1999, 1, 1), date(2110, 12, 31))
MONTHS = st.sampled_from([1, 3, 6, 12])


def periods(months, first, *, last=None, until=date(2030, 12, 31), counts_from="calendar"):
    found = regular_periods(
        months, counts_from=CountsFrom(counts_from), first=first, last=last, until=until
    )
    return [(period.first, period.last) for period in found]


def days_of(found):
    return [
        period.first + DAY * number
        for period in found
        for number in range((period.last - period.first).days + 1)
    ]


@given(MONTHS, st.sampled_from(CountsFrom), DAYS, st.integers(0, 1500), st.integers(0, 1500))
def test_the_periods_hold_every_day_of_the_validity_once(months, counts_from, first, lasts, ahead):
    last, until = first + DAY * lasts, first + DAY * ahead

    found = list(
        regular_periods(months, counts_from=counts_from, first=first, last=last, until=until)
    )

    days = days_of(found)
    assert days == [first + DAY * number for number in range(len(days))]
    assert min(last, until) <= found[-1].last <= last
    assert found[-1].first <= until


@given(
    MONTHS,
    st.sampled_from(CountsFrom),
    DAYS,
    st.integers(0, 1500),
    st.integers(0, 1500),
    st.integers(-100, 1500),
)
def test_what_ends_before_a_day_is_left_out_and_nothing_else(
    months, counts_from, first, lasts, ahead, gone
):
    facts = {"counts_from": counts_from, "first": first, "last": first + DAY * lasts}
    facts["until"], since = first + DAY * ahead, first + DAY * gone

    found = list(regular_periods(months, **facts, since=since))

    assert found == [row for row in regular_periods(months, **facts) if row.last >= since]


@given(MONTHS, st.sampled_from(CountsFrom), DAYS)
def test_all_but_the_first_and_the_last_period_are_whole(months, counts_from, first):
    last = first + DAY * 1400

    found = list(
        regular_periods(months, counts_from=counts_from, first=first, last=last, until=last)
    )

    starts_late = counts_from == CountsFrom.FIRST_DAY and first.day > 28
    if not starts_late:
        assert {period.whole_months for period in found[1:-1]} <= {months}


@given(st.lists(DAYS, max_size=8), DAYS, st.integers(0, 3000), DAYS)
def test_given_dates_make_periods_that_follow_on_each_other(days, first, lasts, until):
    last = first + DAY * lasts

    found = list(periods_to(days, first=first, last=last, until=until))

    held = days_of(found)
    assert held == [first + DAY * number for number in range(len(held))]
    assert {period.last for period in found} <= {min(day, last) for day in days}
    assert all(period.first <= until for period in found)


@given(
    DAYS, st.integers(30, 1000), st.lists(st.tuples(st.integers(-200, 1000), st.integers(0, 400)))
)
def test_what_is_uncovered_and_what_is_covered_are_the_whole_without_overlap(first, lasts, others):
    last = first + DAY * lasts
    asked = list(
        regular_periods(3, counts_from=CountsFrom.CALENDAR, first=first, last=last, until=last)
    )
    covered = [
        Period(first + DAY * begins, first + DAY * (begins + length)) for begins, length in others
    ]

    left = list(uncovered(asked, covered))

    taken, free = set(days_of(covered)), days_of(left)
    assert len(free) == len(set(free))
    assert set(free) == set(days_of(asked)) - taken


def test_a_calendar_year_is_cut_to_the_agreement():
    assert periods(12, date(2023, 3, 15), last=date(2025, 6, 30)) == [
        (date(2023, 3, 15), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 6, 30)),
    ]


def test_a_year_from_a_leap_day_comes_back_to_the_leap_day():
    starts = [first for first, _last in periods(12, date(2024, 2, 29), counts_from="first_day")]

    assert starts[:5] == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_months_from_the_last_of_january_do_not_drift():
    starts = [first for first, _last in periods(1, date(2023, 1, 31), counts_from="first_day")]

    assert starts[:4] == [
        date(2023, 1, 31),
        date(2023, 2, 28),
        date(2023, 3, 31),
        date(2023, 4, 30),
    ]


def test_nothing_is_asked_before_it_begins_or_after_it_is_over():
    assert periods(12, date(2031, 1, 1)) == []
    assert periods(12, date(2020, 1, 1), last=date(2019, 12, 31)) == []


def test_the_calendars_end_is_no_accident():
    found = periods(12, date(9998, 5, 1), until=date.max)

    assert found[-1] == (date(9999, 1, 1), date.max)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), 12),
        (date(2024, 1, 1), date(2024, 1, 31), 1),
        (date(2024, 2, 29), date(2024, 3, 28), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 1),
        (date(2024, 3, 15), date(2024, 12, 31), None),
        (date(2024, 1, 1), date(2024, 1, 15), None),
        (date(2024, 1, 1), date.max, None),
    ],
)
def test_only_whole_months_are_counted(first, last, months):
    assert Period(first, last).whole_months == months
