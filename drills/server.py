"""A PostgreSQL of the drill's own, durable as in production."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tools.with_postgres import Cluster

STOPS_WITHIN = 30  # seconds


class Server:
    """A PostgreSQL that writes to the disk before it answers, and that can be killed."""

    def __init__(self, directory: str, *settings: str) -> None:
        self.cluster = Cluster(directory)
        self.data = self.cluster.directory / "data"
        self.settings = ("listen_addresses=", *settings)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def where(self) -> tuple[str | Path, ...]:
        """How PostgreSQL's programs find it."""
        return ("-h", self.cluster.directory, "-U", self.cluster.superuser)

    def make(self) -> None:
        """A new cluster with an empty database."""
        trust = ("--username", self.cluster.superuser, "--auth", "trust")
        self.cluster.run("initdb", "-D", self.data, *trust, "--encoding=UTF8", "--locale=C.UTF-8")
        self.start()
        self.cluster.run("createdb", *self.where, "portal")

    def empty(self) -> None:
        """Throw the database away, and make an empty one."""
        self.cluster.run("dropdb", *self.where, "portal")
        self.cluster.run("createdb", *self.where, "portal")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = [part for setting in self.settings for part in ("-c", setting)]
        where = ("-D", self.data, "-k", self.cluster.directory)
        self.process = self.cluster.start("postgres", *where, *settings)
        self.cluster.wait_until_ready(self.process)

    @property
    def is_running(self) -> bool:
        """Does its first process live?"""
        return self.process is not None and self.process.poll() is None

    def crash(self) -> None:
        """Kill every process of it without warning, as when the power goes."""
        pids = self.signal(signal.SIGKILL)
        assert self.process
        self.process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in pids):
            time.sleep(0.01)

    def signal(self, number: signal.Signals) -> list[int]:
        """Give a signal to its first process, then to those that it has made; gives which."""
        assert self.process
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        pids = [pid, *map(int, children.split())]
        for each in pids:
            with suppress(ProcessLookupError):
                os.kill(each, number)
        return pids

    def stop(self) -> None:
        """Stop it in good order, also when it stands still."""
        if self.process and self.is_running:
            self.signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                self.crash()
