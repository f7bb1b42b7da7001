"""The fingerprint of a form: its key, who sent it where, and everything that was filled in.

A form that is sent again unchanged has the same one; one that was changed after "back" has not.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile

KEY = "form_key"
PASSING = "csrfmiddlewaretoken"  # differs each time
Filled = Iterable[tuple[str, list[str]]]
Sent = Iterable[tuple[str, list[UploadedFile]]]


def digest_of(*, where: str, who: Any, filled: Filled, sent: Sent) -> str:
    """SHA-256 of the form, as 64 hexadecimal digits. Reads the files, and rewinds them."""
    fields = sorted((name, values) for name, values in filled if name != PASSING)
    files = sorted(
        (name, str(file.name), _digest_of_file(file)) for name, several in sent for file in several
    )
    return hashlib.sha256(json.dumps([where, who, fields, files]).encode()).hexdigest()


def _digest_of_file(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
