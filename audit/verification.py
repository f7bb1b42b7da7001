"""Is everything as it was issued, decided and logged? Each finding says what and where."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.files.storage import Storage
from django.db import connection, models
from django.utils.module_loading import import_string

from audit import triggers
from audit.chain import broken_seals
from audit.models import Entry
from audit.states import differences

SHA256 = "_sha256"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be."""

    where: str
    what: str

    def __str__(self):
        return f"{self.where}: {self.what}"


def verify() -> Iterator[Finding]:
    """Everything that is wrong, by every check there is."""
    for check in (unlogged_tables, forged_log, forged_rows, changed_files, *_other_checks()):
        yield from check()


def unlogged_tables() -> Iterator[Finding]:
    """Tables without their triggers."""
    for table, name in triggers.missing(connection):
        yield Finding(table, f"the trigger {name} lacks")


def forged_log() -> Iterator[Finding]:
    """Seals that do not fit, and values that left the log without a record of it."""
    for broken in broken_seals():
        entries = f"log entries {broken.first}–{broken.last}"
        yield Finding(entries, "an entry was changed, removed or put in after they were sealed")
    for pk in Entry.objects.filter(salt=None, erasure=None).values_list("pk", flat=True):
        yield Finding(f"log entry {pk}", "its values are gone, and no erasure was recorded")


def forged_rows() -> Iterator[Finding]:
    """Rows that are not as the log says."""
    for row in differences(connection):
        where = f"{row.table} {row.key}"
        if row.logged is None:
            yield Finding(where, "the log does not know the row")
        elif row.state is None:
            yield Finding(where, "the row is gone, and the log has not seen it go")
        else:
            yield Finding(where, "the row was changed past the log")


def changed_files() -> Iterator[Finding]:
    """Stored files with another checksum than when they were stored, or none."""
    for model, field, checksum in files_with_checksum():
        name = field.name
        rows = model._default_manager.exclude(**{name: ""}).order_by("pk")
        for pk, path, sha256 in rows.values_list("pk", name, checksum).iterator(chunk_size=2000):
            if problem := _wrong_file(field.storage, path, sha256):
                yield Finding(f"{model._meta.label} {pk}, {path}", problem)


def files_with_checksum() -> Iterator[tuple[type[models.Model], models.FileField, str]]:
    """Every file field with a checksum beside it: `pdf` with `pdf_sha256`, or a lone `sha256`."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField):
                for checksum in (field.name + SHA256, "sha256"):
                    if _has_field(model, checksum):
                        yield model, field, checksum
                        break


def _has_field(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _wrong_file(storage: Storage, path: str, sha256: str) -> str:
    """What is wrong with the file; empty when nothing is."""
    if not storage.exists(path):
        return "the file is missing"
    with storage.open(path) as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return "" if found == sha256 else "the file is not the one that was stored"


def _other_checks() -> list[Callable[[], Iterator[Finding]]]:
    """The checks of other apps, which the settings name: functions without arguments."""

    def told(check: Callable[[], Iterator[tuple[str, str]]]) -> Callable[[], Iterator[Finding]]:
        return lambda: (Finding(where, what) for where, what in check())

    return [told(import_string(path)) for path in settings.VERIFICATIONS]
