"""How much processor time a request costs, in the web process and in the database together."""

import os
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

TICK = os.sysconf("SC_CLK_TCK")
ROUNDS = 7
SECONDS_A_ROUND = 0.25


class Browser:
    """Sends GET requests straight to the portal's WSGI application, signed in by a cookie."""

    def __init__(self, session_cookie: str = ""):
        self.handler = WSGIHandler()
        self.cookie = session_cookie

    def get(self, url: str) -> bytes:
        """The body of the answer. Raises RuntimeError when it is not 200."""
        path, _, query = url.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_COOKIE": self.cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
        }
        told: list[str] = []
        answer = self.handler(environ, lambda status, headers, error=None: told.append(status))
        body = b"".join(answer)
        answer.close()
        if not told[0].startswith("200"):
            raise RuntimeError(f"{url}: {told[0]}")
        return body


def session_cookie_of(client: Any) -> str:
    """The cookies of a test client that has signed in."""
    return SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()}).output(
        header="", sep=";"
    )


def cost(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Milliseconds of processor time that one call takes: the median of some rounds."""
    work()
    started = time.perf_counter()
    work()
    times = max(1, round(SECONDS_A_ROUND / max(time.perf_counter() - started, 1e-6)))
    return median(_round(work, times) for _round_number in range(rounds))


def queries_of(work: Callable[[], Any]) -> int:
    """How many queries one call makes."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def _round(work: Callable[[], Any], times: int) -> float:
    begun = _processor_time()
    for _time in range(times):
        work()
    return (_processor_time() - begun) / times * 1000


def _processor_time() -> float:
    return time.process_time() + _of_database()


def _of_database() -> float:
    """What the database's process for our connection has used; SQLite has none of its own."""
    if connection.vendor != "postgresql":
        return 0.0
    stat = Path(f"/proc/{_backend()}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(stat[11]) + int(stat[12])) / TICK


def _backend() -> int:
    """The process id that the server gave our connection."""
    connection.ensure_connection()
    return connection.connection.info.backend_pid
