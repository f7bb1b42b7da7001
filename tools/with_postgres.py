"""Run a command against a throw-away PostgreSQL: `with_postgres.py COMMAND…`.

A new cluster in a temporary directory, reachable through a Unix socket there and nowhere else;
the command finds it in DATABASE_URL. The cluster is stopped and removed however the command
ends, and the command's exit code is passed on.
"""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN = 60  # seconds
ENDS_WITHIN = 20  # seconds that the command gets to end after it was told to
INTERRUPTED_ENDS_WITHIN = 10  # Ctrl-C reaches the command without us; then it is told once more
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# Nothing here has to survive a power cut.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")

# Where libpq would otherwise look for a server of its own.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def newest_binaries() -> Path:
    """Debian keeps every major version of the server in a directory of its own."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    if newest is None:
        sys.exit("There is no PostgreSQL server; install the Debian package postgresql.")
    return newest.parent


def server_account() -> pwd.struct_passwd:
    """Whoever runs this, or somebody without rights if that is root: the server refuses root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


class Cluster:
    """The files and the server of one cluster."""

    def __init__(self, directory: str) -> None:
        self.directory = Path(directory)
        self.binaries = newest_binaries()
        self.account = server_account()
        self.superuser = pwd.getpwuid(os.geteuid()).pw_name  # as whom clients connect unless told
        os.chown(directory, self.account.pw_uid, self.account.pw_gid)

    @property
    def url(self) -> str:
        return f"postgresql:///{self.directory}/portal"

    def start(self, program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start a program of PostgreSQL as the account, out of reach of the terminal's Ctrl-C."""
        is_root = os.geteuid() == 0
        with (self.directory / "log").open("ab") as log:
            return subprocess.Popen(
                [self.binaries / program, *arguments],
                cwd=self.directory,
                env={**ENVIRONMENT, "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=self.account.pw_uid if is_root else None,
                group=self.account.pw_gid if is_root else None,
                extra_groups=[] if is_root else None,
            )

    def run(self, program: str, *arguments: str | Path) -> None:
        if self.start(program, *arguments).wait() != 0:
            self.give_up(program)

    def wait_until_ready(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while self.start("pg_isready", "-q", "-h", self.directory).wait() != 0:
            if server.poll() is not None or time.monotonic() > deadline:
                self.give_up("postgres")
            time.sleep(0.1)

    def give_up(self, program: str) -> None:
        log = (self.directory / "log").read_text(errors="replace")
        sys.exit(f"{program} failed:\n{log[-4000:]}")


@contextmanager
def running_cluster() -> Iterator[str]:
    """A server with an empty database `portal`, as a DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as directory:
        cluster = Cluster(directory)
        data = cluster.directory / "data"
        trust = ("--username", cluster.superuser, "--auth", "trust")  # only we can reach the socket
        cluster.run(
            "initdb", "-D", data, *trust, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        server = cluster.start("postgres", "-D", data, "-k", directory, *settings)
        try:
            cluster.wait_until_ready(server)
            cluster.run("createdb", "-h", directory, "-U", cluster.superuser, "portal")
            yield cluster.url
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away
            server.wait()


def wait(child: subprocess.Popen[bytes], told: Sequence[int]) -> int:
    """The child's exit code. Ends the child when we were told to stop."""
    while not told:
        if (code := child.poll()) is not None:
            return code if code >= 0 else 128 - code
        time.sleep(0.05)
    patience = INTERRUPTED_ENDS_WITHIN if told[0] == signal.SIGINT else 0
    for seconds, end in ((patience, child.terminate), (ENDS_WITHIN, child.kill)):
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            end()
    child.wait()
    return 128 + told[0]


def main(command: Sequence[str]) -> int:
    """Run the command with a cluster.

    A signal only leaves a note, so that it cannot come between a server and its being stopped.
    """
    if not command:
        sys.exit(__doc__)
    told: list[int] = []
    for number in SIGNALS:
        signal.signal(number, lambda received, _frame: told.append(received))
    with running_cluster() as url:
        if told:
            return 128 + told[0]
        return wait(subprocess.Popen(command, env={**ENVIRONMENT, "DATABASE_URL": url}), told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
