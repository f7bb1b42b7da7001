"""A portal as in production: gunicorn's workers, and a database of its own in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 3
STARTS_WITHIN = 60  # seconds
SETTINGS = {
    "SECRET_KEY": "for-drills-only-" + "0123456789" * 5,
    "ALLOWED_HOSTS": "127.0.0.1",
    "BEHIND_PROXY": "on",
    "DJANGO_SETTINGS_MODULE": "partnerships.settings",
}


class Portal:
    """A folder, a database, and the web server in front of them."""

    def __init__(self, directory: Path, database_url: str, *, files_in: Path | None = None) -> None:
        self.directory = directory
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in {"DEBUG", "DEMO"}},
            **SETTINGS,
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": str((files_in or directory) / "files"),
            "STATIC_ROOT": str(directory / "static"),
        }
        self.server: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    def beside(self) -> "Portal":
        """Another web host of the same portal: its own server, the same database and files."""
        other = copy(self)
        other.server, other.port = None, _free_port()
        return other

    def manage(self, *arguments: str) -> None:
        """A command of the portal. Raises CalledProcessError when it fails."""
        self.python("manage.py", *arguments, "--verbosity", "0")

    def python(self, *arguments: str) -> bytes:
        """What a Python program prints, run with the portal's settings."""
        command = [sys.executable, "-W", "ignore", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE
        )
        return done.stdout

    def ask(self, *what: str) -> Any:
        """An answer of drills/inside.py."""
        return json.loads(self.python("-m", "drills.inside", *what))

    def prepare(self) -> None:
        """The tables, the demo and the static files."""
        self.manage("migrate")
        self.manage("load_demo")
        self.manage("collectstatic", "--no-input")

    def start(self) -> None:
        """Start the web server, and wait until it is ready."""
        command = [
            sys.executable, "-m", "gunicorn", "partnerships.wsgi", "--log-level=critical",
            f"--bind=127.0.0.1:{self.port}", f"--workers={WORKERS}",
            "--config=deploy/gunicorn.conf.py",
        ]  # fmt: skip
        with (self.directory / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if time.monotonic() > deadline or self.server.poll() is not None:
                sys.exit(f"The web server did not start:\n{self._log()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the web server."""
        if self.server:
            self.server.terminate()
            self.server.wait(30)

    def workers(self) -> list[int]:
        """The process ids of the web server's workers."""
        assert self.server
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _log(self) -> str:
        return (self.directory / "server.log").read_text(errors="replace")[-3000:]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def kill(pid: int) -> bool:
    """Kill without warning; was it there to be killed?"""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def running(portal: Portal) -> Iterator[Portal]:
    """The web server for as long as the drill takes."""
    portal.start()
    try:
        yield portal
    finally:
        portal.stop()
