"""PostgreSQL is killed and started again while eight officers save."""

import random
import time
from collections.abc import Iterator

from drills.engines import on_postgresql
from drills.outcome import Outcome, outcome_of
from drills.portal import running
from drills.writers import Officers

CRASHES = 10
BETWEEN = (1.0, 3.0)  # seconds


def run(count: int | None) -> Iterator[Outcome]:
    """On PostgreSQL; SQLite has no server."""
    crashes = count or CRASHES
    with on_postgresql() as (portal, server):
        with running(portal), Officers(portal) as officers:
            for _crash in range(crashes):
                time.sleep(random.uniform(*BETWEEN))
                server.crash()
                server.start()
            time.sleep(2)
        yield outcome_of(
            "PostgreSQL crashed", faults=crashes, acknowledged=officers.names,
            stored=portal.ask("stored"), down=officers.seconds_down,
        )  # fmt: skip
