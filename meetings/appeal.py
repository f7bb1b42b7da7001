"""The last day to appeal a decision, by the Swedish calendar."""

from datetime import date, timedelta
from functools import cache

from holidays import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from partnerships.dates.bounds import moved

APPEAL_TIME = 21  # days; the local government act (2017:725), 13:5
DAY = timedelta(days=1)
SATURDAY = 5


@cache
def days_off(year: int) -> frozenset[date]:
    """The public holidays of a year, with the eves that the law counts as such.

    They are midsummer's, Christmas and New Year's Eve (the act 1930:173, section 2). Sundays are
    left to `is_working_day`.
    """
    return frozenset(Sweden(years=year, categories=(PUBLIC, DE_FACTO), include_sundays=False))


def is_working_day(day: date) -> bool:
    """Is it neither Saturday, Sunday, public holiday nor one of the three eves?"""
    return day.weekday() < SATURDAY and day not in days_off(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first that follows."""
    while not is_working_day(day) and day < date.max:
        day += DAY
    return day


def last_day_of_appeal(posted_on: date) -> date:
    """Three weeks from the day of the notice, on the weekday of the same name.

    When that is no working day, the next one.
    """
    return next_working_day(moved(posted_on, days=APPEAL_TIME))
