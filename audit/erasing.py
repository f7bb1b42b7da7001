"""Personal data leaves the log on its day; that it was there, and when it left, stays."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from audit.chain import digest_of_values
from audit.models import Entry, Erasure


@transaction.atomic
def erase(model: type[models.Model], key: Any, *, by: Any, at: datetime, reason: str) -> int:
    """Take the values of every entry of this row out of the log; how many entries they were.

    The fingerprint of the values stays, so the seals still fit. Without its salt nobody can try
    which values gave the fingerprint.
    """
    entries = Entry.objects.filter(
        table_name=model._meta.db_table, row_key=str(key), salt__isnull=False
    )
    rows = list(entries)
    Erasure.objects.bulk_create(
        Erasure(
            entry=entry,
            values_digest=digest_of_values(entry),
            erased_at=at,
            erased_by=str(by) if by else "",
            reason=reason,
        )
        for entry in rows
    )
    Entry.objects.filter(pk__in=[entry.pk for entry in rows]).update(old=None, new=None, salt=None)
    return len(rows)
