"""The disk of the database, then that of the files, fills up while eight officers save."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from drills.disks import NoSmallDiskError, filled, small_disk
from drills.engines import on_postgresql, on_sqlite
from drills.outcome import Outcome, outcome_of, skipped
from drills.portal import running
from drills.server import Server
from drills.uploads import Uploaders
from drills.writers import Officers

TIMES = 3
FULL_FOR = 3  # seconds after the first was refused
REFUSED_WITHIN = SAVED_WITHIN = 90  # seconds
FOR_SQLITE, FOR_POSTGRESQL, FOR_FILES = 150, 500, 400  # megabytes: more than is saved meanwhile
NOBODY_REFUSED = "nobody was refused, so the disk was not full"
NOT_AGAIN = f"nothing was saved within {SAVED_WITHIN} seconds after there was room again"


def run(count: int | None) -> Iterator[Outcome]:
    """The database's disk with each engine, and the files' disk."""
    times = count or TIMES
    for name, drill in (
        ("disk full, SQLite", _sqlite),
        ("disk full, PostgreSQL", _postgresql),
        ("disk full, files", _files),
    ):
        try:
            yield replace(drill(times), drill=name)
        except NoSmallDiskError as refusal:
            yield skipped(name, f"not done, because no disk may be mounted here: {refusal}")


def _sqlite(times: int) -> Outcome:
    with small_disk(FOR_SQLITE) as disk, on_sqlite(database_in=disk) as portal:
        return _filled_up(Officers(portal), disk, times, lambda: False)


def _postgresql(times: int) -> Outcome:
    with small_disk(FOR_POSTGRESQL) as disk, on_postgresql(server_in=disk) as (portal, server):
        return _filled_up(Officers(portal), disk, times, lambda: _started(server))


def _files(times: int) -> Outcome:
    with small_disk(FOR_FILES) as disk, on_sqlite(files_in=disk) as portal:
        return _filled_up(Uploaders(portal), disk, times, lambda: False)


def _started(server: Server) -> bool:
    """Start a server that gave up; had it?"""
    gave_up = not server.is_running
    if gave_up:
        server.start()
    return gave_up


def _filled_up(
    officers: Officers, disk: Path, times: int, restarted: Callable[[], bool]
) -> Outcome:
    downs, restarts, findings = [0.0], 0, []
    with running(officers.portal), officers:
        for _time in range(times):
            time.sleep(2)
            with filled(disk):
                if not _comes(lambda before=officers.refused: officers.refused > before):
                    findings.append(NOBODY_REFUSED)
                time.sleep(FULL_FOR)
            room_at = time.monotonic()
            while not officers.saved_since(room_at) and not officers.failures:
                restarts += restarted()
                if time.monotonic() > room_at + SAVED_WITHIN:
                    findings.append(NOT_AGAIN)
                    break
                time.sleep(0.05)
            downs.append(time.monotonic() - room_at)
    stored = officers.portal.ask(officers.what)
    stored["findings"] += [*findings, *_unclear(officers)]
    return outcome_of(
        "disk full", faults=times, acknowledged=officers.names, stored=stored, down=max(downs),
        notes=_notes(officers, restarts),
    )  # fmt: skip


def _comes(happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + REFUSED_WITHIN
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.05)
    return False


def _unclear(officers: Officers) -> list[str]:
    page = officers.last_refusal
    is_clear = "<h1>" in page and "Traceback" not in page
    return [] if is_clear or not officers.refused else [f"answered without words: {page[:200]!r}"]


def _notes(officers: Officers, restarts: int) -> list[str]:
    words = " ".join(re.sub(r"<[^>]+>", " ", officers.last_refusal.partition("<main")[2]).split())
    answers = ", ".join(f"{answer} {n} times" for answer, n in officers.refusals.items())
    again = (
        f"the server had to be started {restarts} times" if restarts else "nothing was restarted"
    )
    return [f"answered {answers}: “{words.partition('>')[2].strip()}”", again]
