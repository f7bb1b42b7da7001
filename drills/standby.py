"""Two PostgreSQL servers: one that is written to, and a standby that has all of it."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from drills.portal import Portal
from drills.prepared import fill_postgresql, fill_server
from drills.server import Server

FOLLOWS_WITHIN = 60  # seconds
CATCHES_UP = "wal_retrieve_retry_interval=200ms"


class Pair:
    """A primary and its standby, which may change places."""

    def __init__(self, primary: Server, standby: Server) -> None:
        self.primary, self.standby = primary, standby
        self.directories = [server.cluster.directory for server in (primary, standby)]
        hosts = (quote(str(directory), safe="") for directory in self.directories)
        self.url = (
            f"postgresql://{primary.cluster.superuser}@{','.join(hosts)}/portal"
            "?target_session_attrs=read-write&connect_timeout=2"
        )

    def follow(self, *, is_synchronous: bool) -> None:
        """Make the standby anew, and wait until the primary counts on it.

        What a synchronous one has not got is not answered as saved.
        """
        self.standby.stop()
        shutil.rmtree(self.standby.data, ignore_errors=True)
        into = ("-D", self.standby.data, "--write-recovery-conf", "--checkpoint=fast")
        self.standby.cluster.run("pg_basebackup", *self.primary.where, *into)
        self.standby.start()
        names = "*" if is_synchronous else ""
        self._tell(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self._tell("SELECT pg_reload_conf()")
        self._wait_for("sync" if is_synchronous else "async")

    def fail_over(self, *, frozen: float) -> float:
        """The standby and what sends to it stand still, the primary dies, the standby takes over.

        Gives the moment of death.
        """
        if frozen:
            for (sender,) in self._tell("SELECT pid FROM pg_stat_replication"):
                os.kill(sender, signal.SIGSTOP)
            self.standby.signal(signal.SIGSTOP)
            time.sleep(frozen)
        died_at = time.monotonic()
        self.primary.crash()
        self.standby.signal(signal.SIGCONT)
        self.standby.cluster.run("pg_ctl", "promote", "-D", self.standby.data)
        self.primary, self.standby = self.standby, self.primary
        return died_at

    def _wait_for(self, state: str) -> None:
        deadline = time.monotonic() + FOLLOWS_WITHIN
        while self._tell("SELECT sync_state FROM pg_stat_replication") != [(state,)]:
            if time.monotonic() > deadline:
                self.standby.cluster.give_up("the standby")
            time.sleep(0.1)

    def _tell(self, sql: str) -> list[tuple[Any, ...]]:
        cluster = self.primary.cluster
        told = {"host": str(cluster.directory), "user": cluster.superuser, "dbname": "portal"}
        with closing(psycopg2.connect(**told)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(sql)
            with suppress(psycopg2.ProgrammingError):  # it gives no rows
                return cursor.fetchall()
        return []


@contextmanager
def on_pair() -> Iterator[tuple[Portal, Pair]]:
    """A prepared portal that reaches both servers by one address."""
    with (
        tempfile.TemporaryDirectory(prefix="portal-drill-postgres-") as first,
        tempfile.TemporaryDirectory(prefix="portal-drill-postgres-") as second,
        tempfile.TemporaryDirectory(prefix="portal-drill-") as directory,
    ):
        pair = Pair(Server(first, CATCHES_UP), Server(second, CATCHES_UP))
        try:
            fill_server(pair.primary)
            portal = Portal(Path(directory), pair.url)
            fill_postgresql(portal)
            yield portal, pair
        finally:
            pair.primary.stop()
            pair.standby.stop()
