"""What a page's forms were opened on: short hashes of what was stored, by form and box.

They travel in one hidden box beside the form's key. Which forms have something to say, and how it
is compared when the form comes back, is `partnerships/editing`.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

SEEN = "seen"
Seen = dict[str, dict[str, str]]
IN_THE_ADMIN = ("form", "formset")  # of the wrappers in which its templates get forms
DEEPEST = 3  # a dictionary of lists of forms


@runtime_checkable
class Shown(Protocol):
    """A form or formset that says what it is opened on."""

    def opened_on(self, *, is_sent: bool) -> Seen:
        """The hashes by form; nothing where those that were sent still hold."""


def carried(data: Any) -> Seen | None:
    """What the sent form was opened on; None when it does not say."""
    text = data.get(SEEN) if data else None
    return None if text is None else _read(text)


def note_kept(data: Any, label: str) -> None:
    """Note on what was sent that another's value is kept, so that the sender is told of it."""
    data.kept_from_others = [*kept_from_others(data), label]


def kept_from_others(data: Any) -> list[str]:
    """The labels of what others had changed, and what is kept of it."""
    return getattr(data, "kept_from_others", [])


@lru_cache(maxsize=8)  # each row of a form asks
def _read(text: str) -> Seen:
    """What was tampered with says nothing, and then every stored box counts as changed."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    is_whole = isinstance(said, dict) and all(isinstance(group, dict) for group in said.values())
    return said if is_whole else {}


def to_carry(context: Any) -> str:
    """What the page is to carry, as text; empty when no form on it has anything to say."""
    request = context.get("request")
    is_sent = request is not None and request.method == "POST"
    said: Seen = {}
    has_forms = False
    for form in _forms_in(context):
        has_forms = True
        for key, group in form.opened_on(is_sent=is_sent).items():
            said[key] = said.get(key, {}) | group
    if not has_forms:
        return ""
    sent = (carried(request.POST) if is_sent else None) or {}
    return json.dumps(sent | said, separators=(",", ":")) if sent or said else ""


def _forms_in(context: Any) -> Iterator[Shown]:
    found: dict[int, Shown] = {}
    for layer in context.dicts:
        for form in _among(layer.values(), DEEPEST):
            found[id(form)] = form
    yield from found.values()


def _among(values: Iterable[Any], depth: int) -> Iterator[Shown]:
    """The forms among the values. Asks for their type only: what is lazy stays so."""
    for value in values:
        kind = type(value)
        if hasattr(kind, "opened_on"):
            yield value
        elif kind in (list, tuple) and depth:
            yield from _among(value, depth - 1)
        elif kind is dict and depth:
            yield from _among(value.values(), depth - 1)
        elif hasattr(kind, "every"):
            yield from _among(value.every, 0)
        elif kind.__module__ == "django.contrib.admin.helpers":
            yield from _among([getattr(value, name, None) for name in IN_THE_ADMIN], 0)
