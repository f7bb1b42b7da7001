"""Logs as one JSON object to a line, each with the id of the request that it belongs to."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from audit.context import current

ABOUT_A_REQUEST = ("method", "route", "status", "milliseconds", "user")


class JsonFormatter(logging.Formatter):
    """`time`, `level`, `logger`, `message`, `request`, and what a request's own line tells."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if request := current().request:
            told["request"] = request
        told |= {name: getattr(record, name) for name in ABOUT_A_REQUEST if hasattr(record, name)}
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """The message, with the route in place of the address, which may hold a secret link."""
    request = getattr(record, "request", None)
    message = record.getMessage()
    if request is None or not hasattr(request, "path"):
        return message
    match = request.resolver_match
    return message.replace(request.path, match.route if match else "an unknown address")
