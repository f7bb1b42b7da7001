"""What is to be done by a day: one list over all apps, for the worklist, reminders and calendars."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from partnerships.together import Questions, side_by_side

Source = Callable[..., Questions[list["Due"]]]


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


@dataclass(frozen=True)
class Waiting:
    """What waits for a user and has no last day: how much of it in words, and where."""

    what: str
    url: str


def due(
    agreements: Any, *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """What every app has due on these agreements between two days, both included, soonest first.

    What stays until it is done is there however long ago its day was. With `most`, so many at most
    whose day was before the first, and as many of the others.
    """
    sources = _imported(settings.DUE_SOURCES)
    rows = yield from side_by_side(
        [source(agreements, first=first, last=last, most=most) for source in sources]
    )
    return _cut(_in_order(rows), first, most)


def due_for(
    user: Any, agreements: Any, *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """What is due on these agreements, and what was given to the user by name or by a role."""
    personal = _imported(settings.PERSONAL_DUE_SOURCES)
    rows = yield from side_by_side(
        [
            due(agreements, first=first, last=last, most=most),
            *(source(user, first=first, last=last, most=most) for source in personal),
        ]
    )
    return _cut(_in_order(rows), first, most)


def waiting_for(user: Any) -> Questions[list[Waiting]]:
    """What waits for the user by role and has no last day."""
    sources = [import_string(path) for path in settings.WAITING_SOURCES]
    found = yield from side_by_side([source(user) for source in sources])
    return [row for rows in found for row in rows]


def by_day(
    rows: QuerySet, day: str, *, first: date, last: date, most: int | None
) -> tuple[QuerySet, QuerySet]:
    """The rows whose `day` was before the first, and those between the two days; the soonest of
    each. For a source whose rows stay until they are done."""
    rows = rows.order_by(day, "pk")
    late, coming = {f"{day}__lt": first, f"{day}__lte": last}, {f"{day}__range": (first, last)}
    return rows.filter(**late)[:most], rows.filter(**coming)[:most]


def _cut(rows: list[Due], first: date, most: int | None) -> list[Due]:
    late = [row for row in rows if row.on < first]
    return late[:most] + rows[len(late) :][:most]


def _in_order(rows: Iterable[Iterable[Due]]) -> list[Due]:
    """Each thing once, soonest first."""
    found = {row.key: row for several in rows for row in several}
    return sorted(found.values(), key=lambda row: (row.on, row.key))


def _imported(paths: Iterable[str]) -> list[Source]:
    return [import_string(path) for path in paths]
