"""A stored file is whole and on the disk, or it is not there."""

import os
import stat
from errno import ENOSPC
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage, storages

from operations.archive import stored_names
from partnerships.storage import WholeFileStorage


def test_the_portal_stores_files_whole():
    assert isinstance(storages["default"], WholeFileStorage)


def test_a_stored_file_and_the_names_of_its_folders_are_on_the_disk(monkeypatch):
    on_disk = []
    fsync = os.fsync

    def noted(opened):
        on_disk.append(str(Path(f"/proc/self/fd/{opened}").readlink()))
        fsync(opened)

    monkeypatch.setattr(os, "fsync", noted)

    name = default_storage.save("letters/2026/å.pdf", ContentFile(b"%PDF" * 9999))

    root = default_storage.location
    assert on_disk == [
        f"{root}/letters/2026/å.pdf",
        f"{root}/letters/2026",
        f"{root}/letters",
        str(root),
    ]
    with default_storage.open(name) as file:
        assert file.read() == b"%PDF" * 9999
    assert stat.S_IMODE(Path(default_storage.path(name)).stat().st_mode) == 0o640


def test_what_could_not_be_written_whole_is_not_there():
    class FullDisk(File):
        def chunks(self, chunk_size=None):
            yield b"the first part"
            raise OSError(ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        default_storage.save("letters/half.pdf", FullDisk(None, name="half.pdf"))

    assert list(stored_names(default_storage)) == []


def test_a_file_never_takes_the_place_of_another():
    first = default_storage.save("letters/same.pdf", ContentFile(b"first"))

    second = default_storage.save("letters/same.pdf", ContentFile(b"second"))

    with default_storage.open(first) as file:
        assert file.read() == b"first"
    assert second != first
