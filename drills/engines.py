"""The two databases, each durable as in production, in a folder that goes with the drill."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drills.portal import Portal
from drills.prepared import DATABASE, fill_postgresql, fill_server, fill_sqlite
from drills.server import Server


@contextmanager
def on_sqlite(*, database_in: Path | None = None, files_in: Path | None = None) -> Iterator[Portal]:
    """A prepared portal with the embedded database; its parts may lie on other disks."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as directory:
        database = (database_in or Path(directory)) / DATABASE
        portal = Portal(Path(directory), f"sqlite:///{database}", files_in=files_in)
        fill_sqlite(portal, database)
        yield portal


@contextmanager
def on_postgresql(*, server_in: Path | None = None) -> Iterator[tuple[Portal, Server]]:
    """A prepared portal with a PostgreSQL of its own, which may lie on another disk."""
    with (
        tempfile.TemporaryDirectory(prefix="portal-drill-postgres-", dir=server_in) as of_server,
        tempfile.TemporaryDirectory(prefix="portal-drill-") as directory,
    ):
        server = Server(of_server)
        try:
            fill_server(server)
            portal = Portal(Path(directory), server.cluster.url)
            fill_postgresql(portal)
            yield portal, server
        finally:
            server.stop()
