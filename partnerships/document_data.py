"""A document as plain data, and back: what is kept beside the PDF of what was issued.

Moments, draft mark and logo are left out: the first two are of the printing, not of the text.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from partnerships import documents
from partnerships.markdown import cleaned

LEFT_OUT = {"created_at", "modified_at", "draft_mark", "logo"}
PARTS: dict[str, Any] = {name: part for name, part in vars(documents).items() if is_dataclass(part)}


def as_data(document: documents.Document) -> dict[str, Any]:
    """The document as what JSON can hold, in the order of its fields."""
    data = _encoded(document)
    return {name: value for name, value in data.items() if name not in LEFT_OUT}


def from_data(
    data: dict[str, Any], *, created_at: datetime, modified_at: datetime, logo: bytes | None = None
) -> documents.Document:
    """The document that `as_data` was given, as issued. HTML is cleaned once more on its way out."""
    values = {name: _decoded(value) for name, value in data.items() if name != "kind"}
    return documents.Document(created_at=created_at, modified_at=modified_at, logo=logo, **values)


def _encoded(value: Any) -> Any:
    if is_dataclass(value):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        kept = {name: part for name, part in parts.items() if name not in LEFT_OUT}
        return {"kind": type(value).__name__} | {n: _encoded(part) for n, part in kept.items()}
    if isinstance(value, SafeString):
        return {"kind": "html", "html": str(value)}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_encoded(part) for part in value]
    raise TypeError(f"A document does not hold {type(value).__name__}.")


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decoded(part) for part in value)
    if not isinstance(value, dict):
        return value
    kind = value["kind"]
    if kind == "html":
        return cleaned(value["html"])
    return PARTS[kind](**{n: _decoded(part) for n, part in value.items() if n != "kind"})
