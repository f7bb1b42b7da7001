"""What templates ask of the boxes for partners."""

from django import template

register = template.Library()


@register.filter
def unknown_name(box):
    """What was typed in the box when no partner is called that; else nothing."""
    codes = {error.code for error in box.errors.as_data()}
    return box.value() if "unknown" in codes else ""
