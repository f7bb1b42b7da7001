"""One archive of everything: the database, every stored file, and a list with their checksums.

A tar file: `database`, `files/…` and last `contents.json`, which names every other member with its
SHA-256. An archive without its list was never finished.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.db import connection

from operations import databases, health

DATABASE, FILES, CONTENTS = "database", "files/", "contents.json"
FORMAT = 1


class BadArchiveError(Exception):
    """The archive cannot be restored; the sentence says why."""


@dataclass(frozen=True)
class Contents:
    """What an archive holds: when and of which database engine it was made, and each checksum.

    `gone` names the files that were deleted while it was made; rows of the dump may still name them.
    """

    made_at: str
    engine: str
    sha256: dict[str, str]
    format: int = FORMAT
    gone: list[str] = field(default_factory=list)


def write_archive(path: Path, *, at: datetime) -> Contents:
    """Make the archive. The file has its name only when it is whole and on the disk.

    The database is taken first: a file that comes after it is one too many. One that is deleted
    meanwhile is one too few, and the archive says so.
    """
    unfinished = path.with_name(f"{path.name}.part")
    with tempfile.TemporaryDirectory(dir=path.parent) as directory:
        dumped = Path(directory, DATABASE)
        databases.dump(dumped)
        with unfinished.open("wb") as stream:
            contents = _write(stream, dumped, at)
            stream.flush()
            os.fsync(stream.fileno())
    unfinished.replace(path)
    return contents


def _write(stream: io.BufferedWriter, dumped: Path, at: datetime) -> Contents:
    sha256: dict[str, str] = {}
    gone: list[str] = []
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        with dumped.open("rb") as file:
            sha256[DATABASE] = _add(archive, DATABASE, file, dumped.stat().st_size)
        for name in stored_names(default_storage):
            if name.startswith(health.FILES):
                continue
            stored = _opened(name)
            if stored is None:
                gone.append(name)
                continue
            with stored:
                sha256[FILES + name] = _add(archive, FILES + name, stored, stored.size)
        contents = Contents(at.isoformat(), connection.vendor, sha256, gone=gone)
        written = json.dumps(asdict(contents), indent=1).encode()
        _add(archive, CONTENTS, io.BytesIO(written), len(written))
    return contents


def _opened(name: str) -> File | None:
    """The stored file, or none when it is gone, as that of an import of payments that is given up."""
    try:
        file = default_storage.open(name)
        file.read(0)  # a bucket sends it now
    except Exception:  # a bucket has failures of its own
        if default_storage.exists(name):
            raise
        return None
    return file


def _add(archive: tarfile.TarFile, name: str, file: object, size: int) -> str:
    reader = HashingReader(file)
    member = tarfile.TarInfo(name)
    member.size = size
    archive.addfile(member, reader)  # type: ignore[arg-type]
    return reader.digest.hexdigest()


class HashingReader:
    """A file whose checksum is taken as it is read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk: bytes = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def stored_names(storage: Storage, under: str = "") -> Iterator[str]:
    """Every file in the storage, in the order of their names."""
    try:
        folders, files = storage.listdir(under)
    except FileNotFoundError:  # a disk's folder, before the first file
        return
    for name in sorted(files):
        yield f"{under}{name}"
    for folder in sorted(folders):
        yield from stored_names(storage, f"{under}{folder}/")


def restore_archive(path: Path) -> Contents:
    """Put the database and the files back. Changes nothing before every checksum is right.

    Raises BadArchiveError, and DatabaseToolError. A stored file that differs from the archive's is
    replaced; one that the archive does not know stays.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as directory:
        contents = _unpack(path, Path(directory))
        databases.load(Path(directory, DATABASE))
        for name, sha256 in contents.sha256.items():
            if name.startswith(FILES):
                _put_back(Path(directory, name), name.removeprefix(FILES), sha256)
    return contents


def _unpack(path: Path, directory: Path) -> Contents:
    try:
        with tarfile.open(path) as archive:
            archive.extractall(directory, filter="data")
        contents = Contents(**json.loads(Path(directory, CONTENTS).read_bytes()))
    except (tarfile.TarError, OSError, ValueError, TypeError, EOFError) as fault:
        raise BadArchiveError(f"{path} is not a whole archive of the portal: {fault}") from fault
    if contents.engine != connection.vendor:
        raise BadArchiveError(
            f"The archive is of {contents.engine}, and DATABASE_URL names {connection.vendor}."
        )
    for name, sha256 in contents.sha256.items():
        member = directory / name
        if not member.is_file() or _sha256(member) != sha256:
            raise BadArchiveError(
                f"{name} in {path} is not what was backed up. Use another archive."
            )
    return contents


def _put_back(member: Path, name: str, sha256: str) -> None:
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if hashlib.file_digest(there, "sha256").hexdigest() == sha256:
                return
        default_storage.delete(name)
    with member.open("rb") as file:
        default_storage.save(name, File(file))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
