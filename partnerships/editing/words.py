"""Who changed it meanwhile, and the sentence that says so."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from partnerships.editing.boxes import in_words
from partnerships.whole_numbers import whole_number

LOOKED_AT = 20  # of the latest changes


def what_happened(box: BoundField, row: models.Model | None) -> str:
    """Who changed the box's field and when, what it says now, and what becomes of what was typed."""
    now = in_words(box)
    return " ".join(
        (
            who_changed(_latest_change(row, box.name)),
            _("It now says “%(now)s”.") % {"now": now} if now else _("It is empty now."),
            _("What you wrote is kept here but not saved; save again to let it stand."),
        )
    )


def who_changed(record: Any) -> str:
    """Who made the change that the history tells of, and when."""
    if record is None:
        return _("Somebody else has changed this since you opened the page.")
    at = date_format(localtime(record.history_date), "DATETIME_FORMAT")
    if record.history_user is None:
        return _("This was changed %(at)s, after you opened the page.") % {"at": at}
    who = record.history_user
    return _("%(who)s changed this %(at)s, after you opened the page.") % {"who": who, "at": at}


def who_removed(model: type[models.Model], pk: Any) -> str:
    """Who removed a row that is no longer there."""
    history = getattr(model, "history", None)
    own_key = {model._meta.pk.name: whole_number(str(pk))}  # the record has one of its own
    record = history and history.filter(**own_key).select_related("history_user").first()
    return str(record.history_user) if record and record.history_user else _("Somebody else")


def _latest_change(row: models.Model | None, name: str) -> Any:
    """The latest record in which the field changed; of what is no column, the latest of the row."""
    if row is None or row.pk is None or not hasattr(row, "history"):
        return None
    records = list(row.history.select_related("history_user")[:LOOKED_AT])
    try:
        column = getattr(row._meta.get_field(name), "attname", "")
    except FieldDoesNotExist:
        column = ""
    for record, before in pairwise(records):
        if not hasattr(record, column) or getattr(record, column) != getattr(before, column):
            return record
    return records[0] if records else None
