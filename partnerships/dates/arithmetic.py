"""Counting with approximate dates, as far as they are exact."""

from datetime import MAXYEAR, MINYEAR

from dateutil.relativedelta import relativedelta

from partnerships.dates.approximate import ApproximateDate

MONTHS_IN_A_YEAR, MONTHS_IN_A_SEASON = 12, 3
SEASONS_IN_A_YEAR, FIRST_SEASON = 4, 21  # EDTF numbers them 21 to 24
# The results are written as Swedish sources write.
MONTHS_IN_WORDS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
SEASONS_IN_WORDS = ("våren", "sommaren", "hösten", "vintern")


def months_after(start: ApproximateDate, months: int) -> ApproximateDate | None:
    """The date so many months later, as exact as the start: våren 2015 and 18 months, hösten 2016.

    None when it cannot be said: a season takes whole seasons only, a year whole years, and the
    calendar has an end.
    """
    year, *rest = (int(part) for part in start.edtf.split("-"))
    if not rest:
        return _year(year, months)
    if len(rest) > 1:
        return _day(start, months)
    if rest[0] >= FIRST_SEASON:
        return _season(year, rest[0], months)
    return _month(year, rest[0], months)


def _day(start: ApproximateDate, months: int) -> ApproximateDate | None:
    """The same day of the month, or the month's last when it is shorter."""
    try:
        return ApproximateDate.exactly(start.earliest + relativedelta(months=months))
    except (ValueError, OverflowError):
        return None


def _month(year: int, month: int, months: int) -> ApproximateDate | None:
    years, index = divmod(month - 1 + months, MONTHS_IN_A_YEAR)
    return _written(year + years, f"-{index + 1:02}", MONTHS_IN_WORDS[index])


def _season(year: int, season: int, months: int) -> ApproximateDate | None:
    seasons, rest = divmod(months, MONTHS_IN_A_SEASON)
    if rest:
        return None
    years, index = divmod(season - FIRST_SEASON + seasons, SEASONS_IN_A_YEAR)
    return _written(year + years, f"-{index + FIRST_SEASON}", SEASONS_IN_WORDS[index])


def _year(year: int, months: int) -> ApproximateDate | None:
    years, rest = divmod(months, MONTHS_IN_A_YEAR)
    return None if rest else _written(year + years)


def _written(year: int, part: str = "", words: str = "") -> ApproximateDate | None:
    """The date in EDTF and in words; None beyond the calendar."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return ApproximateDate(f"{year:04}{part}", f"{words} {year:04}".strip())
