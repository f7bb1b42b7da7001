"""A checksum of what is said, by which it is told whether it still says the same."""

import json
from hashlib import sha256
from typing import Any


def checksum_of(data: Any) -> str:
    """SHA-256 of plain data, as 64 hexadecimal digits; the order of its keys does not matter."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()
