"""A small disk that can be filled up."""

import errno
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHUNK = b"\0" * 2**20


class NoSmallDiskError(Exception):
    """Whoever runs this may not mount a disk."""


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk of its own, in memory. Raises NoSmallDiskError."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-disk-") as directory:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "portal-drill", directory]
        try:
            subprocess.run(mount, check=True, capture_output=True, text=True)
        except FileNotFoundError as missing:
            raise NoSmallDiskError("there is no program mount") from missing
        except subprocess.CalledProcessError as refused:
            raise NoSmallDiskError(refused.stderr.strip()) from refused
        try:
            yield Path(directory)
        finally:
            subprocess.run(["umount", "--lazy", directory], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free for as long as this takes."""
    ballast = disk / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            _fill(file)
        yield
    finally:
        ballast.unlink()


def _fill(file) -> None:
    try:
        while file.write(CHUNK):
            pass
    except OSError as full:
        if full.errno != errno.ENOSPC:
            raise
