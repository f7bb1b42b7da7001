"""Officers who save and save: each fills in the form, and sends it again until it is answered."""

import re
import threading
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import pairwise
from urllib.parse import urlencode

from drills.inside import PREFIX
from drills.portal import Portal

OFFICERS = 8
PATIENCE = 30  # seconds for one answer
PAUSE = 0.02  # seconds before sending again
FORM = "/agreements/new/"
HIDDEN = r'name="{}" value="([^"]+)"'


class Officers:
    """Eight who create agreements side by side, and what they were told."""

    def __init__(self, portal: Portal) -> None:
        known = portal.ask("sessions", str(OFFICERS))
        self.port = portal.port
        self.typed = {
            "kind": "procurement", "diary_number": "", "committee": known["committee"],
            "parties-TOTAL_FORMS": "1", "parties-INITIAL_FORMS": "0",
            "parties-0-partner": known["partner"],
        }  # fmt: skip
        self.cookies = known["cookies"]
        self.acknowledged: list[tuple[float, str]] = []
        self.failures: list[Exception] = []
        self.sent_again = 0
        self.told_to_stop = threading.Event()

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
        return [name for _when, name in self.acknowledged]

    @property
    def seconds_down(self) -> float:
        """The longest time in which nobody was answered."""
        moments = sorted(when for when, _name in self.acknowledged)
        return max((b - a for a, b in pairwise(moments)), default=0.0)

    def _work(self, number: int) -> None:
        try:
            count = 0
            while not self.told_to_stop.is_set():
                count += 1
                self._save(self.cookies[number], f"{PREFIX}{number}-{count}")
        except Exception as failure:
            self.failures.append(failure)

    def _save(self, cookie: str, name: str) -> None:
        page, cookies = self._until_answered("GET", cookie)
        form = page.partition("<main")[2]
        hidden = {x: self._hidden(x, form) for x in ("csrfmiddlewaretoken", "form_key")}
        body = urlencode({**self.typed, **hidden, "name": name})
        self._until_answered("POST", f"{cookie}; {cookies}", body)
        self.acknowledged.append((time.monotonic(), name))

    def _hidden(self, name: str, form: str) -> str:
        found = re.search(HIDDEN.format(name), form)
        if not found:
            raise AssertionError(f"The page has no {name}.")
        return found[1]

    def _until_answered(self, method: str, cookie: str, body: str = "") -> tuple[str, str]:
        """The page and its cookies, however often it must be asked for."""
        while True:
            try:
                response, page = self._sent(method, cookie, body)
            except (OSError, HTTPException):
                response, page = None, ""
            if response and response.status == (302 if method == "POST" else 200):
                return page, (response.getheader("Set-Cookie") or "").partition(";")[0]
            if response and response.status < 500:
                raise AssertionError(
                    f"{method} was answered with {response.status}: {page[-2000:]}"
                )
            self.sent_again += method == "POST"
            time.sleep(PAUSE)

    def _sent(self, method: str, cookie: str, body: str) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "Cookie": cookie, "X-Forwarded-Proto": "https",
            "Referer": f"https://127.0.0.1:{self.port}{FORM}",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        try:
            connection.request(method, FORM, body=body or None, headers=headers)
            response = connection.getresponse()
            return response, response.read().decode()
        finally:
            connection.close()
