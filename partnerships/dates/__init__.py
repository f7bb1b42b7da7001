"""Dates as sources give them: a day, a month, a season or a year, with the source's own words."""

from partnerships.dates.approximate import AmbiguousDateError, ApproximateDate, UnreadableDateError
from partnerships.dates.exact import DayFormField, TimeFormField
from partnerships.dates.fields import ApproximateDateField
from partnerships.dates.periods import Period, RowsOn

__all__ = [
    "AmbiguousDateError",
    "ApproximateDate",
    "ApproximateDateField",
    "DayFormField",
    "Period",
    "RowsOn",
    "TimeFormField",
    "UnreadableDateError",
]
