"""How far away a day may be that somebody types, and counting that never leaves the calendar."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partnerships.dates.approximate import ApproximateDate

FIRST_YEAR, LAST_YEAR = 1800, 2200  # some associations are older than any agreement


def check_year(value: Any, *, is_required: bool) -> None:
    """Refuse a day, exact or vague, in a year that nobody means. Raises ValidationError.

    Anything else than a day is let through.
    """
    day = value.earliest if isinstance(value, ApproximateDate) else value
    if not isinstance(day, date) or FIRST_YEAR <= day.year <= LAST_YEAR:
        return
    bounds = {"first": FIRST_YEAR, "last": LAST_YEAR}
    sentence = _("Write a year between %(first)d and %(last)d.") % bounds
    if day.year > LAST_YEAR and not is_required:
        sentence = (
            _("Write a year between %(first)d and %(last)d, or leave the field empty.") % bounds
        )
    raise ValidationError(sentence, code="far_away")


def moved(day: date, *, months: int = 0, days: int = 0) -> date:
    """The day so much later, or earlier when negative; at most the calendar's own last or first."""
    try:
        return day + relativedelta(months=months, days=days)
    except (ValueError, OverflowError):
        return date.max if months + days > 0 else date.min
