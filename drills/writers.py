"""Officers who save and save: each fills in the form, and sends it again until it is answered."""

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import pairwise
from urllib.parse import urlencode

from drills.inside import PREFIX
from drills.portal import Portal

OFFICERS = 8
PATIENCE = 30  # seconds for one answer
GIVE_UP_AFTER = 180  # seconds without being answered
PAUSE = 0.02  # seconds before sending again
HIDDEN = r'name="{}" value="([^"]+)"'
TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Saved:
    """What somebody was told is saved, and when, and through which web host."""

    name: str
    at: float
    port: int


class Officers:
    """Eight who create agreements side by side, and what they were told."""

    what = "stored"  # of drills/inside.py: which rows are theirs

    def __init__(self, *hosts: Portal, called: str = "") -> None:
        self.portal = hosts[0]
        self.known = self.portal.ask("sessions", str(OFFICERS))
        self.ports = [host.port for host in hosts]
        self.called = PREFIX + called
        self.saved: list[Saved] = []
        self.failures: list[Exception] = []
        self.refusals: Counter[str] = Counter()  # answers 5xx, by method and status
        self.last_refusal = ""
        self.told_to_stop = threading.Event()

    @property
    def address(self) -> str:
        """The form's."""
        return "/agreements/new/"

    def filled(self, hidden: dict[str, str], name: str) -> tuple[str, bytes]:
        """The form as it is sent: its type and its content."""
        typed = {
            "kind": "procurement", "diary_number": "", "committee": self.known["committee"],
            "parties-TOTAL_FORMS": "1", "parties-INITIAL_FORMS": "0",
            "parties-0-partner": self.known["partner"],
        }  # fmt: skip
        return TYPE, urlencode({**typed, **hidden, "name": name}).encode()

    def __enter__(self) -> "Officers":
        self.threads = [
            threading.Thread(target=self._work, args=[number]) for number in range(OFFICERS)
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.told_to_stop.set()
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    @property
    def names(self) -> list[str]:
        """What was answered as saved."""
        return [saved.name for saved in self.saved]

    @property
    def refused(self) -> int:
        """How often somebody was answered that it cannot be done."""
        return self.refusals.total()

    @property
    def seconds_down(self) -> float:
        """The longest time in which nobody was answered."""
        moments = sorted(saved.at for saved in self.saved)
        return max((b - a for a, b in pairwise(moments)), default=0.0)

    def silence_since(self, moment: float, *ports: int) -> float:
        """The longest time since the moment in which nobody, at these web hosts, was answered."""
        moments = sorted(saved.at for saved in self._since(moment, ports))
        return max(b - a for a, b in pairwise([moment, *moments, time.monotonic()]))

    def saved_since(self, moment: float, *ports: int) -> int:
        """How many were answered as saved since the moment, at these web hosts."""
        return len(self._since(moment, ports))

    def _since(self, moment: float, ports: tuple[int, ...]) -> list[Saved]:
        return [
            saved
            for saved in list(self.saved)
            if saved.at > moment and saved.port in (ports or self.ports)
        ]

    def _work(self, number: int) -> None:
        port = self.ports[number % len(self.ports)]
        try:
            count = 0
            while not self.told_to_stop.is_set():
                count += 1
                self._save(port, self.known["cookies"][number], f"{self.called}{number}-{count}")
        except Exception as failure:
            self.failures.append(failure)

    def _save(self, port: int, cookie: str, name: str) -> None:
        page, cookies = self._until_answered("GET", port, {"Cookie": cookie})
        form = page.partition("<main")[2]
        hidden = {x: self._hidden(x, form) for x in ("csrfmiddlewaretoken", "form_key")}
        content_type, body = self.filled(hidden, name)
        headers = {"Cookie": f"{cookie}; {cookies}", "Content-Type": content_type}
        self._until_answered("POST", port, headers, body)
        self.saved.append(Saved(name, time.monotonic(), port))

    def _hidden(self, name: str, form: str) -> str:
        found = re.search(HIDDEN.format(name), form)
        if not found:
            raise AssertionError(f"The page has no {name}.")
        return found[1]

    def _until_answered(
        self, method: str, port: int, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[str, str]:
        """The page and its cookies, however often it must be asked for."""
        deadline = time.monotonic() + GIVE_UP_AFTER
        while time.monotonic() < deadline:
            try:
                response, page = self._sent(method, port, headers, body)
            except (OSError, HTTPException):
                response, page = None, ""
            if response and response.status == (302 if method == "POST" else 200):
                return page, (response.getheader("Set-Cookie") or "").partition(";")[0]
            if response and response.status < 500:
                raise AssertionError(
                    f"{method} was answered with {response.status}: {page[-2000:]}"
                )
            if response:
                self.refusals[f"{method} {response.status}"] += 1
                self.last_refusal = page
            time.sleep(PAUSE)
        raise AssertionError(f"{method} was not answered for {GIVE_UP_AFTER} seconds.")

    def _sent(
        self, method: str, port: int, headers: dict[str, str], body: bytes | None
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        through = {
            "X-Forwarded-Proto": "https", "Referer": f"https://127.0.0.1:{port}{self.address}",
        }  # fmt: skip
        try:
            connection.request(method, self.address, body=body, headers=headers | through)
            response = connection.getresponse()
            return response, response.read().decode()
        finally:
            connection.close()
