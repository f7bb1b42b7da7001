"""Plain controls and fields written in Python: the same HTML as their templates, ten times as fast.

A filter's lists have a template and two includes for each option, which is half of what a page of
the register costs to make.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

FIELD = (
    '<div class="ds-field field field-{}">\n<div class="field-label">\n{}\n{}\n</div>\n{}\n</div>\n'
)
CHECK = '<div class="ds-field field field-check">\n{}\n{}\n</div>\n'
OPTIONAL = '<span class="optional">{}</span>'
INPUTS = ("checkbox", "date", "email", "hidden", "input", "number", "text", "time")


def write_input(widget: dict[str, Any]) -> SafeString:
    """One input."""
    value = widget["value"]
    given = "" if value is None else format_html(' value="{}"', value)
    attributes = flatatt(widget["attrs"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], given, attributes
    )


def write_select(widget: dict[str, Any]) -> SafeString:
    """A list to choose from, with the groups of its options."""
    groups = SafeString("".join(_group(*group) for group in widget["optgroups"]))
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], flatatt(widget["attrs"]), groups
    )


def joined(pattern: str, rows: Iterable[Iterable[Any]]) -> SafeString:
    """What `format_html_join` with nothing between makes of the rows, in a quarter of the time.

    Django's own asks of every value, again and again, whether it is to be translated later.
    """
    written = (pattern.format(*map(_escaped, row)) for row in rows)
    return SafeString("".join(written))


def _escaped(value: Any) -> str:
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def _group(name: str | None, options: list[dict[str, Any]], _index: int) -> SafeString:
    written = joined(
        '\n  <option value="{}"{}>{}</option>',
        (
            (option["value"], flatatt(option["attrs"]) if option["attrs"] else "", option["label"])
            for option in options
        ),
    )
    if not name:
        return written
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, written)


def write_field(field: BoundField) -> SafeString | None:
    """A field with one control, its label above or beside it; None where the template has more to say."""
    if field.use_fieldset or field.help_text or field.errors:
        return None
    label = format_html(
        '<label class="ds-label" for="{}">{}</label>', field.id_for_label, field.label
    )
    if getattr(field.field.widget, "input_type", None) == "checkbox":
        return format_html(CHECK, field, label)
    optional = "" if field.field.required else format_html(OPTIONAL, _("(optional)"))
    return format_html(FIELD, field.widget_type, label, optional, field)


WRITERS = {
    "django/forms/widgets/select.html": write_select,
    **{f"django/forms/widgets/{name}.html": write_input for name in INPUTS},
}
