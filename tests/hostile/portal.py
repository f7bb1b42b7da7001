"""The portal with a world in it, and somebody of every kind in front of it."""

import time
import traceback
from collections.abc import Callable
from copy import deepcopy
from urllib.parse import urlsplit

from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import connection, transaction

from tests.hostile.inputs import Sent
from tests.hostile.places import ANONYMOUS, visitors, with_cookie


class Portal:
    """Answers whatever is sent to it, and undoes it."""

    def __init__(self, world):
        self.clients = visitors(world)
        with_cookie(world, self.clients[ANONYMOUS])
        self.faults: list[str] = []
        self.seconds: list[tuple[float, str, str]] = []
        got_request_exception.connect(self._keep)

    def _keep(self, **_kwargs):
        self.faults.append(traceback.format_exc())

    def looks(self, who: str, sent: Sent):
        """The answer with its body; what it changed stays."""
        cache.clear()
        self.faults.clear()
        answer = self.clients[who].generic(
            sent.method, sent.url, sent.body, sent.content_type, headers=sent.headers
        )
        answer.body = answer.getvalue()
        return answer

    def sends(self, who: str, sent: Sent, then: Callable | None = None):
        """The answer with its body; None when there is none. What it changed is undone after `then`."""
        began, client = time.monotonic(), self.clients[who]
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            try:
                answer = self.looks(who, sent)
                if then:
                    then(answer)
                if not self.faults:
                    connection.check_constraints()  # those that wait until the end
            except Exception:  # what goes wrong in an answer that streams, or after it
                answer = None
                self.faults.append(traceback.format_exc())
            transaction.set_rollback(True)
        client.cookies = cookies  # or who signed out, or got a new session, would be nobody
        self.seconds.append((time.monotonic() - began, sent.url[:200], sent.how[:200]))
        return answer

    def fault_of(self, answer) -> str:
        """What went wrong, if anything did: a fault, a way out of the portal, a page that is kept."""
        if self.faults:
            return self.faults[-1]
        if answer.status_code >= 500:
            return f"{answer.status_code} {answer.reason_phrase}"
        if urlsplit(answer.get("Location", "")).netloc or "\\" in answer.get("Location", ""):
            return f"leads to {answer['Location']}"
        is_private = answer.wsgi_request.user.is_authenticated
        is_kept = "no-store" not in answer.get("Cache-Control", "")
        return "may be kept by the browser" if is_private and is_kept else ""
