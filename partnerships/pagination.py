"""Pages of a long list by key: as fast on the last page as on the first, and stable under inserts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet

from partnerships.search import counted

COUNTED_AT_MOST = 1000


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the cursors of the pages before and after it."""

    rows: list
    previous: str | None
    next: str | None
    count: int

    @property
    def is_count_capped(self) -> bool:
        """Are there more rows than the portal counts?"""
        return self.count > COUNTED_AT_MOST


def page_of(
    queryset: QuerySet,
    *,
    key: str,
    descending: bool = False,
    cursor: str = "",
    size: int = 25,
    count: int | None = None,
) -> Page:
    """The page of the queryset at the cursor, ordered by `key` and then by primary key.

    `key` is a field or annotation without nulls. A cursor that was not made here is page one.
    It is counted unless the count is told.
    """
    position = _read(cursor, key)
    backwards = bool(position and position["backwards"])
    ascending = descending == backwards
    sign = "" if ascending else "-"
    rows = queryset.order_by(f"{sign}{key}", f"{sign}pk")
    if position:
        rows = rows.filter(_beyond(key, position["value"], position["pk"], ascending))
    found = list(rows[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_previous = has_more if backwards else bool(position)
    has_next = bool(position) if backwards else has_more
    if count is None:
        count = counted(queryset, COUNTED_AT_MOST)
    return Page(
        rows=found,
        previous=cursor_of(found[0], key, backwards=True) if found and has_previous else None,
        next=cursor_of(found[-1], key, backwards=False) if found and has_next else None,
        count=count,
    )


def _beyond(key: str, value: Any, pk: int, ascending: bool) -> Q:
    """The rows after this one; the first condition lets an index seek."""
    word = "gt" if ascending else "lt"
    return Q(**{f"{key}__{word}e": value}) & (
        Q(**{f"{key}__{word}": value}) | Q(**{f"pk__{word}": pk})
    )


def cursor_of(row: Any, key: str, *, backwards: bool = False) -> str:
    """What a link carries to the rows after (or before) this one."""
    value = getattr(row, key)
    if isinstance(value, date | datetime):
        value = value.isoformat()
    return signing.dumps([value, row.pk, backwards], salt=f"page by {key}", compress=True)


def _read(cursor: str, key: str) -> dict | None:
    """What the cursor says; None when it was not made here for this order."""
    if not cursor:
        return None
    try:
        value, pk, backwards = signing.loads(cursor, salt=f"page by {key}")
    except (signing.BadSignature, ValueError):
        return None
    return {"value": value, "pk": pk, "backwards": backwards}
