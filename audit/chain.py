"""The chain of seals: what proves that no sealed entry was changed, taken away or put in."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections, router, transaction
from django.db.models import QuerySet

from audit.models import Entry, Erasure, Seal

BEGINNING = "0" * 64
# Waits for every writer in progress to end, so that no entry appears later among the sealed.
WAIT_FOR_WRITERS = "LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE"


@dataclass(frozen=True)
class BrokenSeal:
    """A seal that no longer fits what it covers."""

    first: int
    last: int


def digest_of_values(entry: Entry) -> str:
    """The fingerprint of an entry's values, which nobody can guess without its salt."""
    return _sha256([entry.salt, entry.old, entry.new])


def digest_of(entry: Entry, values_digest: str) -> str:
    """The fingerprint of an entry, which stays the same when its values are erased."""
    at = entry.at.astimezone(UTC).isoformat()
    who_and_why = [entry.actor_id, entry.actor, entry.reason, entry.request]
    what = [entry.pk, at, entry.table_name, entry.row_key, entry.event]
    return _sha256([*what, *who_and_why, values_digest])


def seal(*, at: datetime) -> Seal | None:
    """Seal the entries since the last seal; None when there are none."""
    using = router.db_for_write(Seal)
    with transaction.atomic(using=using):
        if connections[using].vendor == "postgresql":
            with connections[using].cursor() as cursor:
                cursor.execute(WAIT_FOR_WRITERS)
        before = Seal.objects.using(using).last()
        unsealed = Entry.objects.using(using).filter(pk__gt=before.last if before else 0)
        first, last = unsealed.first(), unsealed.last()
        if first is None or last is None:
            return None
        digest, entries = _fold(before.digest if before else BEGINNING, unsealed)
        return Seal.objects.using(using).create(
            first=first.pk, last=last.pk, entries=entries, digest=digest, sealed_at=at
        )


def broken_seals() -> Iterator[BrokenSeal]:
    """Every seal that does not fit its entries, or does not follow on the one before it."""
    before, last = BEGINNING, 0
    for sealed in Seal.objects.order_by("pk"):
        covered = Entry.objects.filter(pk__gt=last, pk__lte=sealed.last)
        if _fold(before, covered) != (sealed.digest, sealed.entries):
            yield BrokenSeal(sealed.first, sealed.last)
        before, last = sealed.digest, sealed.last


def _fold(before: str, entries: QuerySet[Entry]) -> tuple[str, int]:
    """The fingerprint of these entries after an earlier one, and how many they were."""
    erased = dict(
        Erasure.objects.using(entries.db)
        .filter(entry__in=entries.filter(salt=None))
        .values_list("entry_id", "values_digest")
    )
    digest, count = before, 0
    for entry in entries.order_by("pk").iterator(chunk_size=2000):
        values = erased.get(entry.pk, "") if entry.salt is None else digest_of_values(entry)
        digest, count = _sha256([digest, digest_of(entry, values)]), count + 1
    return digest, count


def _sha256(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()
