"""Tasks of steering groups in templates."""

from django import template

register = template.Library()


@register.filter
def is_late(task, today):
    """Has the task's day passed while it was open?"""
    return task.is_late(today)
