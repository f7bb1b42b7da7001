"""One box of a form: what is stored in it, what was typed, and how the browser sends either."""

import hashlib
import json
from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    FileInput,
    MultiWidget,
    NullBooleanSelect,
    Widget,
)
from django.forms.widgets import ChoiceWidget
from django.utils.datastructures import MultiValueDict
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

Sent = dict[str, list[str]]
Comparable = str | list[Any]
LONGEST_SHOWN = 600  # characters of a text in a sentence


def digest(value: Comparable) -> str:
    """Eight characters that no other value has but by a chance of one in 2⁴⁸; nothing for nothing."""
    if not value:
        return ""
    written = json.dumps(value, ensure_ascii=False).encode()
    return hashlib.sha256(written).hexdigest()[:12]


def stored_in(box: BoundField) -> Comparable:
    """What is stored, as it would come back from a browser where nobody touched it."""
    widget = _bare(box.field.widget)
    value = box.field.prepare_value(box.initial)
    if isinstance(widget, FileInput):
        return str(value or "")
    sent = posted(widget, box.html_name, value)
    if _reads_one(widget):  # most do, and long forms have hundreds
        values = sent[box.html_name]
        return _comparable(widget, values[-1] if values else None)
    back = widget.value_from_datadict(MultiValueDict(sent), MultiValueDict(), box.html_name)
    return _comparable(widget, back)


def typed_in(box: BoundField) -> Comparable:
    """What came from the browser."""
    return _comparable(_bare(box.field.widget), box.data)


def is_untouched(box: BoundField, opened_on: str) -> bool:
    """Does the browser send what the form was opened on?"""
    if isinstance(_bare(box.field.widget), FileInput):
        return box.data is None
    return digest(typed_in(box)) == opened_on


def posted(widget: Widget, name: str, value: Any) -> Sent:
    """What a browser sends for a value that stands in a widget; no values: it sends nothing."""
    widget = _bare(widget)
    if isinstance(widget, MultiWidget):
        parts: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
        sent: Sent = {}
        suffixes: list[str] = widget.widgets_names  # type: ignore[attr-defined]
        for suffix, part, inner in zip(suffixes, parts, widget.widgets, strict=False):
            sent |= posted(inner, name + suffix, part)
        return sent
    if isinstance(widget, FileInput):
        return {name: []}
    if isinstance(widget, CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        return {name: [str(one) for one in shown]}
    return {name: ["" if shown is None else str(shown)]}


def take_over(data: Any, box: BoundField) -> None:
    """Let the form's data say what is stored, as if the browser had sent it."""
    value = box.field.prepare_value(box.initial)
    for name, values in posted(box.field.widget, box.html_name, value).items():
        if values:
            data.setlist(name, values)
        else:
            data.pop(name, None)


def in_words(box: BoundField) -> str:
    """What is stored, as the user reads it; empty for nothing."""
    widget, stored = _bare(box.field.widget), stored_in(box)
    if isinstance(widget, CheckboxInput):
        return _("ticked") if stored else _("not ticked")
    if isinstance(widget, ChoiceWidget):
        wanted = set(stored) if isinstance(stored, list) else {stored}
        words = ", ".join(label for key, label in _options(widget.choices) if key in wanted)
    else:
        words = stored if isinstance(stored, str) else " ".join(filter(None, stored))
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]} …"


def _options(choices: Any) -> list[tuple[str, str]]:
    """The options without their groups."""
    options: list[tuple[str, str]] = []
    for key, label in choices:
        if isinstance(label, list | tuple):
            options += _options(label)
        elif key not in ("", None):
            options.append((str(key), str(label)))
    return options


def _reads_one(widget: Widget) -> bool:
    """Does the widget read the one value of its name as it is?"""
    read = type(widget).value_from_datadict
    is_choice_of_one = isinstance(widget, ChoiceWidget) and not widget.allow_multiple_selected
    return read is Widget.value_from_datadict or (
        is_choice_of_one and read is ChoiceWidget.value_from_datadict
    )


def _bare(widget: Widget) -> Widget:
    """The widget without what the admin wraps round it."""
    return getattr(widget, "widget", widget)


def _comparable(widget: Widget, value: Any) -> Comparable:
    """The same for what is the same to the user: line ends, outer spaces, the order of ticks."""
    if isinstance(widget, MultiWidget):
        parts: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
        read = [
            _comparable(_bare(inner), part)
            for inner, part in zip(widget.widgets, parts, strict=False)
        ]
        return read if any(read) else ""
    if isinstance(widget, CheckboxInput):
        return "on" if value else ""
    if isinstance(widget, NullBooleanSelect):
        return "" if value is None else str(value)
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    return "" if value is None else normalize_newlines(str(value)).strip()
