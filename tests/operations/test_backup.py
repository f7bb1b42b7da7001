"""Everything comes back from a backup, byte for byte; a bad archive changes nothing."""

import hashlib
import io
import tarfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from memos.models import MemoVersion
from operations.archive import stored_names
from organisations.models import Partner
from tests.memos.factories import VersionFactory
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db(transaction=True)


def all_rows():
    """Every row of every table of the portal."""
    return {
        model._meta.db_table: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


def all_files():
    found = {}
    for name in stored_names(default_storage):
        with default_storage.open(name) as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def wipe():
    call_command("flush", interactive=False, verbosity=0)
    for name in list(stored_names(default_storage)):
        default_storage.delete(name)


@pytest.fixture
def archive(tmp_path):
    """A backup of a portal with an issued memo, and how everything was."""
    VersionFactory()
    default_storage.save("a folder/å.bin", ContentFile(bytes(range(256)) * 999))
    path = tmp_path / "backup.tar"
    call_command("backup", path, verbosity=0)
    return path


def test_everything_is_back_after_a_backup_a_wipe_and_a_restore(archive):
    rows, files = all_rows(), all_files()
    wipe()
    assert all_rows() != rows

    call_command("restore", archive, verbosity=0)

    assert all_rows() == rows
    assert all_files() == files
    version = MemoVersion.objects.get()
    with version.pdf.open() as pdf:
        assert hashlib.file_digest(pdf, "sha256").hexdigest() == version.pdf_sha256
    call_command("verify", verbosity=0)


def test_what_came_after_the_backup_is_gone_and_the_database_guards_itself_again(archive):
    PartnerFactory(name="Kom efteråt")

    call_command("restore", archive, replace=True, verbosity=0)

    assert not Partner.objects.filter(name="Kom efteråt").exists()
    call_command("check", databases=["default"], stdout=io.StringIO())


def test_a_file_that_was_changed_on_the_disk_is_put_right(archive):
    path = Path(MemoVersion.objects.get().pdf.path)
    as_issued = path.read_bytes()
    path.write_bytes(b"something else")

    call_command("restore", archive, replace=True, verbosity=0)

    assert path.read_bytes() == as_issued


def test_a_portal_in_use_is_not_replaced_unasked(archive):
    rows = all_rows()

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", archive, verbosity=0)

    assert all_rows() == rows


def with_a_flipped_bit(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def cut_off(content):
    return content[: len(content) // 2]


def of_another_engine(content):
    return content.replace(b'"engine": "sqlite"', b'"engine": "oracle"').replace(
        b'"engine": "postgresql"', b'"engine": "postgres_l"'
    )


def with_a_member_outside(content):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        member = tarfile.TarInfo("../../outside")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"evil"))
    return stream.getvalue()


def not_a_tar_file(content):
    return b"PK" + content


@pytest.mark.parametrize(
    "damage",
    [with_a_flipped_bit, cut_off, of_another_engine, with_a_member_outside, not_a_tar_file],
)
def test_a_bad_archive_is_refused_and_changes_nothing(archive, damage):
    archive.write_bytes(damage(archive.read_bytes()))
    rows, files = all_rows(), all_files()

    with pytest.raises(CommandError, match="archive"):
        call_command("restore", archive, replace=True, verbosity=0)

    assert (all_rows(), all_files()) == (rows, files)
    assert not (archive.parent.parent / "outside").exists()


def test_a_backup_does_not_write_over_another(archive):
    before = archive.read_bytes()

    with pytest.raises(CommandError, match="Choose another name"):
        call_command("backup", archive)

    assert archive.read_bytes() == before


def test_a_backup_that_fails_leaves_no_archive(tmp_path, monkeypatch):
    PartnerFactory()
    monkeypatch.setattr("operations.archive.stored_names", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("backup", tmp_path / "backup.tar")

    assert not (tmp_path / "backup.tar").exists()
    assert connection.is_usable()
    assert not User.objects.exists()
