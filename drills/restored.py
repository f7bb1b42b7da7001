"""A backup is taken while eight officers save; everything is wiped, and restored."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from drills.engines import on_postgresql, on_sqlite
from drills.outcome import Outcome, outcome_of
from drills.portal import Portal, running
from drills.prepared import DATABASE
from drills.writers import Officers

SECONDS_BEFORE = 3


def run(count: int | None) -> Iterator[Outcome]:
    """On each database."""
    with on_sqlite() as portal:
        yield _restored("backup, wipe, restore, SQLite", portal, lambda: _without_file(portal))
    with on_postgresql() as (portal, server):
        yield _restored("backup, wipe, restore, PostgreSQL", portal, server.empty)


def _without_file(portal: Portal) -> None:
    for path in portal.directory.glob(f"{DATABASE}*"):
        path.unlink()


def _restored(name: str, portal: Portal, wipe: Callable[[], None]) -> Outcome:
    archive = portal.directory / "backup.tar"
    with running(portal), Officers(portal) as officers:
        time.sleep(SECONDS_BEFORE)
        before = list(officers.names)  # the backup begins after these were answered
        portal.manage("backup", str(archive))
        time.sleep(1)
    files = _checksums(portal)
    wipe()
    shutil.rmtree(portal.directory / "files")
    begun = time.monotonic()
    portal.manage("restore", str(archive))
    seconds = time.monotonic() - begun
    stored = portal.ask("stored")
    if _checksums(portal) != files:
        stored["findings"].append("a file differs from before")
    return outcome_of(name, faults=1, acknowledged=before, stored=stored, down=seconds)


def _checksums(portal: Portal) -> dict[str, str]:
    root = portal.directory / "files"
    return {
        str(path.relative_to(root)): _sha256(path) for path in root.rglob("*") if path.is_file()
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
