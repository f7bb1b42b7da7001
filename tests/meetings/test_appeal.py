"""The last day of appeal, by the Swedish calendar, over thirty years."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from meetings.appeal import days_off, is_working_day, last_day_of_appeal, next_working_day

DAY = timedelta(days=1)
YEARS = range(2020, 2050)
EVERY_DAY = [date(2020, 1, 1) + DAY * n for n in range((date(2050, 1, 1) - date(2020, 1, 1)).days)]


def easter(year):
    """The Sunday of Easter, by the anonymous Gregorian computation."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def weekday_in(weekday, first):
    """The first such weekday from a day on."""
    return first + DAY * ((weekday - first.weekday()) % 7)


def holidays_by_law(year):
    """The act 1989:253 on public holidays, and the three eves of the act 1930:173, word by word."""
    sunday = easter(year)
    midsummer = weekday_in(5, date(year, 6, 20))
    return {
        *(date(year, *day) for day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26))),
        *(sunday + DAY * days for days in (-2, 0, 1, 39, 49)),
        *(midsummer, weekday_in(5, date(year, 10, 31))),
        *(midsummer - DAY, date(year, 12, 24), date(year, 12, 31)),
    }


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_is_that_of_the_law(year):
    assert days_off(year) == holidays_by_law(year)


def test_a_working_day_is_neither_weekend_nor_holiday_for_thirty_years():
    law = set().union(*(holidays_by_law(year) for year in YEARS))

    wrong = [day for day in EVERY_DAY if is_working_day(day) == (day.weekday() > 4 or day in law)]

    assert not wrong


def test_the_last_day_is_the_first_working_day_three_weeks_on_for_thirty_years():
    for posted_on in EVERY_DAY[:-40]:
        last, three_weeks = last_day_of_appeal(posted_on), posted_on + timedelta(days=21)

        assert is_working_day(last)
        assert last >= three_weeks
        assert not [d for d in between(three_weeks, last) if is_working_day(d)]


def between(first, last):
    return [first + DAY * n for n in range((last - first).days)]


@given(st.dates(date(2020, 1, 1), date(2049, 10, 1)), st.integers(0, 60))
def test_who_posts_later_is_never_appealed_earlier(posted_on, days):
    assert last_day_of_appeal(posted_on + DAY * days) >= last_day_of_appeal(posted_on)


@given(st.dates(date(2020, 1, 1), date(2049, 10, 1)))
def test_a_working_day_is_its_own_next(day):
    assert next_working_day(next_working_day(day)) == next_working_day(day)


@pytest.mark.parametrize(
    ("posted_on", "last"),
    [
        ("2024-05-31", "2024-06-24"),  # midsummer's eve, and the weekend after it
        ("2024-06-20", "2024-07-11"),
        ("2018-04-17", "2018-05-08"),
        ("2024-12-03", "2024-12-27"),  # Christmas eve and two days of Christmas
        ("2024-12-10", "2025-01-02"),  # New Year's eve and New Year's day
        ("2025-03-28", "2025-04-22"),  # Good Friday to Easter Monday
        ("2024-12-15", "2025-01-07"),  # a Sunday, and Epiphany
        ("2024-12-16", "2025-01-07"),  # Epiphany; the eve before it is no holiday by law
    ],
)
def test_days_that_are_known(posted_on, last):
    assert last_day_of_appeal(date.fromisoformat(posted_on)) == date.fromisoformat(last)
