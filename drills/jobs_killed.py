"""Workers are killed in the middle of a report's printing, an import of payments and a letter."""

from collections.abc import Iterator

from drills.engines import on_postgresql, on_sqlite
from drills.outcome import Outcome
from drills.portal import Portal

ROUNDS = 4  # of three kills


def run(count: int | None) -> Iterator[Outcome]:
    """On each database."""
    with on_sqlite() as portal:
        yield _killed("jobs killed, SQLite", portal, count or ROUNDS)
    with on_postgresql() as (portal, _server):
        yield _killed("jobs killed, PostgreSQL", portal, count or ROUNDS)


def _killed(name: str, portal: Portal, rounds: int) -> Outcome:
    """Every job must be done once; what was asked for counts as acknowledged."""
    found = portal.ask("jobs", str(rounds))
    kills = ", ".join(f"{kind} {count}" for kind, count in found["kills"].items())
    return Outcome(
        drill=name,
        faults=sum(found["kills"].values()),
        acknowledged=found["asked"],
        stored=found["done"],
        lost=found["asked"] - found["done"],
        half_written=found["half"],
        doubled=found["doubled"],
        seconds_down=found["seconds"],
        remarks=found["findings"],
        notes=[
            f"killed in the middle of: {kills}",
            f"letters that came twice under one and the same Message-ID: {found['again']}",
            f"files left over by a killed printing: {found['left_over']}",
        ],
    )
