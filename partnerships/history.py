"""Who changed what, when and why: what every app shares of its history (django-simple-history)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.context import note
from partnerships.money import plain_number
from partnerships.together import fetch_together

Row = TypeVar("Row", bound=models.Model)
Related = dict[type[models.Model], dict[Any, models.Model]]
SHOWN_AT_MOST = 500
SILENT = {"id", "created_at"}
KEPT_BOUNDS = ("_earliest", "_latest")  # of an approximate date, which is shown itself


@dataclass(frozen=True)
class FieldChange:
    """One field's old and new value, as the user reads them."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One change of one row."""

    at: datetime
    by: str
    reason: str
    what: str
    subject: str
    fields: tuple[FieldChange, ...]


def attributed(row: Row, *, by: Any, reason: str = "") -> Row:
    """The row, with the user and reason that its next save or delete writes to history and log."""
    note(row, by=by, reason=reason)
    row._history_user = by  # type: ignore[attr-defined]
    row._change_reason = reason  # type: ignore[attr-defined]
    return row


def entries(querysets: Iterable[models.QuerySet]) -> list[Entry]:
    """The changes in several models' histories, newest first, at most 500."""
    in_order = [
        queryset.select_related("history_user").order_by("history_date", "history_id")
        for queryset in querysets
    ]
    rows = [pair for found in fetch_together(in_order) for pair in _with_previous(found)]
    rows.sort(key=lambda pair: (pair[0].history_date, pair[0].history_id), reverse=True)
    shown = rows[:SHOWN_AT_MOST]
    related = _related_to(row for pair in shown for row in pair if row)
    return [_entry(row, previous, related) for row, previous in shown]


def _with_previous(rows: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each history row with the one before it of the same object."""
    latest: dict[Any, Any] = {}
    for row in rows:
        yield row, latest.get(row.id)
        latest[row.id] = row


def _related_to(rows: Iterable[Any]) -> Related:
    """What the rows point at."""
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for row in rows:
        for field in _relations(row):
            keys[field.related_model].add(getattr(row, field.attname))
    found = fetch_together(
        [
            model._base_manager.filter(pk__in=wanted - {None})  # type: ignore[attr-defined]
            for model, wanted in keys.items()
        ]
    )
    return {model: {row.pk: row for row in rows} for model, rows in zip(keys, found, strict=True)}


def _relations(row: Any) -> Iterator[Any]:
    return (field for field in row.tracked_fields if field.is_relation)


def _name_of(row: Any, related: Related) -> str:
    """The changed object as the history has it, called what it is called."""
    instance = row.instance
    for field in _relations(row):
        if found := related[field.related_model].get(getattr(row, field.attname)):
            setattr(instance, field.name, found)
    return str(instance)


def _entry(row: Any, previous: Any, related: Related) -> Entry:
    what = {"+": _("created"), "~": _("changed"), "-": _("removed")}[row.history_type]
    return Entry(
        at=row.history_date,
        by=str(row.history_user) if row.history_user else str(_("the system")),
        reason=row.history_change_reason or "",
        what=str(what),
        subject=_("%(kind)s “%(name)s”")
        % {"kind": row.instance_type._meta.verbose_name, "name": _name_of(row, related)},
        fields=tuple(_field_changes(row, previous, related)) if row.history_type != "-" else (),
    )


def _field_changes(row: Any, previous: Any, related: Related) -> Iterator[FieldChange]:
    for field in row.tracked_fields:
        if field.name in SILENT or field.name.endswith(KEPT_BOUNDS):
            continue
        old = _readable(previous, field, related) if previous else ""
        new = _readable(row, field, related)
        if old != new:
            yield FieldChange(str(field.verbose_name), old, new)


def _readable(row: Any, field: Any, related: Related) -> str:
    display = getattr(row, f"get_{field.name}_display", None)
    if display:
        value = display()
    elif field.is_relation:
        key = getattr(row, field.attname)
        value = related[field.related_model].get(key, key)  # its key when it is gone
    else:
        value = getattr(row, field.attname)
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return "" if value is None else str(value)
