"""What is to be done by a day: one list over all apps, for the worklist, reminders and calendars."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

Source = Callable[..., Iterator["Due"]]


@dataclass(frozen=True)
class Due:
    """Something with a last day. `key` tells it from everything else, and is the same every time.

    `days_before` are when it is reminded of, counted back from the last day. What `stays` is still
    to be done after its day.
    """

    key: str
    on: date
    what: str
    title: str
    url: str
    committee: str
    days_before: tuple[int, ...]
    stays: bool = False

    def is_overdue(self, today: date) -> bool:
        """Has its day passed?"""
        return self.on < today


def due(agreements: Any, *, first: date, last: date) -> list[Due]:
    """What every app has due on these agreements between two days, both included, soonest first.

    What stays until it is done is there however long ago its day was.
    """
    rows = [row for source in _sources() for row in source(agreements, first=first, last=last)]
    return sorted(rows, key=lambda row: (row.on, row.key))


def due_for(user: Any, agreements: Any, *, first: date, last: date) -> list[Due]:
    """What is due on these agreements, and what was given to the user by name on any other."""
    rows = {row.key: row for row in due(agreements, first=first, last=last)}
    for path in settings.PERSONAL_DUE_SOURCES:
        rows |= {row.key: row for row in import_string(path)(user, first=first, last=last)}
    return sorted(rows.values(), key=lambda row: (row.on, row.key))


def _sources() -> list[Source]:
    return [import_string(path) for path in settings.DUE_SOURCES]
