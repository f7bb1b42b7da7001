"""A portal with the demo: made once for each engine, since that takes a minute, then copied."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from drills.portal import Portal
from drills.server import Server

DATABASE = "portal.sqlite3"


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Goes when the program ends."""
    return tempfile.TemporaryDirectory(prefix="portal-drill-prepared-")


@cache
def on_sqlite() -> Path:
    """The folder of a portal with the embedded database."""
    folder = Path(_folder().name, "sqlite")
    folder.mkdir()
    Portal(folder, f"sqlite:///{folder / DATABASE}").prepare()
    return folder


@cache
def on_postgresql() -> Path:
    """The folder of a portal with a PostgreSQL that has been stopped in good order."""
    folder = Path(_folder().name, "portal")
    folder.mkdir()
    with tempfile.TemporaryDirectory(prefix="portal-drill-postgres-") as of_server:
        server = Server(of_server)
        server.make()
        try:
            Portal(folder, server.cluster.url).prepare()
        finally:
            server.stop()
        _copy(server.data, folder / "data")
    return folder


def fill_sqlite(portal: Portal, database: Path) -> None:
    """Give an empty portal the demo."""
    shutil.copy(on_sqlite() / DATABASE, database)
    _fill(portal, on_sqlite())


def fill_server(server: Server) -> None:
    """Give a server that is not made yet the demo's database, and start it."""
    _copy(on_postgresql() / "data", server.data)
    server.start()


def fill_postgresql(portal: Portal) -> None:
    """Give a portal, whose server has the demo, its files."""
    _fill(portal, on_postgresql())


def _fill(portal: Portal, prepared: Path) -> None:
    for name in ("files", "static"):
        target = portal.environment["MEDIA_ROOT" if name == "files" else "STATIC_ROOT"]
        shutil.copytree(prepared / name, target)


def _copy(data: Path, target: Path) -> None:
    """A server's files, with their owner."""
    subprocess.run(["cp", "--archive", data, target], check=True)
