"""Words and marks of agreements in templates."""

from django import template

from agreements.models.agreement import Status

register = template.Library()


@register.filter
def status_label(value):
    """The word for an agreement's status."""
    return Status(value).label
