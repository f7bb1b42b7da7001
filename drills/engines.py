"""The two databases, each durable as in production, in a folder that goes with the drill."""

import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drills.portal import Portal
from tools.with_postgres import Cluster


@contextmanager
def on_sqlite() -> Iterator[Portal]:
    """A prepared portal with the embedded database."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as directory:
        portal = Portal(Path(directory), f"sqlite:///{directory}/portal.sqlite3")
        portal.prepare()
        yield portal


class Server:
    """A PostgreSQL that writes to the disk before it answers, and that can be killed."""

    def __init__(self, directory: str) -> None:
        self.cluster = Cluster(directory)
        self.data = self.cluster.directory / "data"
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """A new cluster with an empty database."""
        trust = ("--username", self.cluster.superuser, "--auth", "trust")
        self.cluster.run("initdb", "-D", self.data, *trust, "--encoding=UTF8", "--locale=C.UTF-8")
        self.start()
        where = ("-h", self.cluster.directory, "-U", self.cluster.superuser)
        self.cluster.run("createdb", *where, "portal")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        where = ("-D", self.data, "-k", self.cluster.directory, "-c", "listen_addresses=")
        self.process = self.cluster.start("postgres", *where)
        self.cluster.wait_until_ready(self.process)

    def crash(self) -> None:
        """Kill every process of it without warning, as when the power goes."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        self.process.kill()
        for pid in children.split():
            subprocess.run(["kill", "-9", pid], check=False, stderr=subprocess.DEVNULL)
        self.process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in children.split()):
            time.sleep(0.01)

    def stop(self) -> None:
        """End it at once; the folder goes too."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()


@contextmanager
def on_postgresql() -> Iterator[tuple[Portal, Server]]:
    """A prepared portal with a PostgreSQL of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="portal-drill-postgres-") as of_server,
        tempfile.TemporaryDirectory(prefix="portal-drill-") as directory,
    ):
        server = Server(of_server)
        server.make()
        try:
            portal = Portal(Path(directory), server.cluster.url)
            portal.prepare()
            yield portal, server
        finally:
            server.stop()
