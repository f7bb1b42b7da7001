"""What is deleted while a backup is made is left out, and said."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from operations import archive
from payments.models import ImportBatch
from tests.memos.factories import VersionFactory
from tests.operations.test_backup import all_files
from tests.payments.factories import BatchFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meanwhile(monkeypatch):
    """Delete a file when the names have been listed and before the files are read."""
    listed = archive.stored_names

    def deleting(name):
        def names(storage, under=""):
            found = list(listed(storage, under))
            if name in found:
                storage.delete(name)
            return found

        monkeypatch.setattr(archive, "stored_names", names)

    return deleting


def test_a_backup_goes_on_past_a_file_that_is_deleted_and_a_restore_says_what_lacks(
    tmp_path, meanwhile
):
    VersionFactory()
    batch = BatchFactory()
    batch.file.save("payments.csv", ContentFile(b"a;b"))
    name = ImportBatch.objects.get().file.name
    path, said, told = tmp_path / "backup.tar", io.StringIO(), io.StringIO()
    meanwhile(name)

    call_command("backup", path, verbosity=0, stderr=said)
    call_command("restore", path, replace=True, verbosity=0, stderr=told)

    assert f"{name} was deleted meanwhile" in said.getvalue()
    assert f"{name} is not in the archive" in told.getvalue()
    assert name not in all_files()
    found = io.StringIO()
    with pytest.raises(CommandError, match="findings"):
        call_command("verify", stdout=found)
    assert f"payments.ImportBatch {batch.pk}, {name}: the file is missing" in found.getvalue()


def test_a_file_that_is_there_and_cannot_be_read_still_stops_the_backup(tmp_path, monkeypatch):
    default_storage.save("there", ContentFile(b"there"))

    def refused(name, mode="rb"):
        raise PermissionError(name)

    monkeypatch.setattr(default_storage, "open", refused)

    with pytest.raises(PermissionError):
        call_command("backup", tmp_path / "backup.tar", verbosity=0)

    assert not (tmp_path / "backup.tar").exists()


def test_the_files_of_the_health_check_are_in_no_backup(tmp_path):
    default_storage.save("health/0123", ContentFile(b"health"))

    call_command("backup", tmp_path / "backup.tar", verbosity=0)

    default_storage.delete("health/0123")
    call_command("restore", tmp_path / "backup.tar", replace=True, verbosity=0)
    assert not default_storage.exists("health/0123")
