"""Web workers are killed while eight officers save."""

import random
import time
from collections.abc import Iterator

from drills.engines import on_postgresql, on_sqlite
from drills.outcome import Outcome, outcome_of
from drills.portal import Portal, kill, running
from drills.writers import Officers

KILLS = 200
AT_MOST = 300  # seconds
BETWEEN = (0.2, 1.0)  # seconds


def run(count: int | None) -> Iterator[Outcome]:
    """On each database."""
    with on_sqlite() as portal:
        yield _killed("workers killed, SQLite", portal, count or KILLS)
    with on_postgresql() as (portal, _server):
        yield _killed("workers killed, PostgreSQL", portal, count or KILLS)


def _killed(name: str, portal: Portal, kills: int) -> Outcome:
    done, deadline = 0, time.monotonic() + AT_MOST
    with running(portal), Officers(portal) as officers:
        while done < kills and time.monotonic() < deadline and not officers.failures:
            time.sleep(random.uniform(*BETWEEN))
            if workers := portal.workers():
                done += kill(random.choice(workers))
        time.sleep(1)
    return outcome_of(
        name, faults=done, acknowledged=officers.names, stored=portal.ask("stored"),
        down=officers.seconds_down,
    )  # fmt: skip
