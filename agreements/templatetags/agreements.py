"""Words and marks of agreements in templates."""

from django import template

from agreements import words
from agreements.models import Status
from agreements.register_rows import write_rows

register = template.Library()


@register.simple_tag
def register_rows(agreements, *, is_today):
    """The rows of the register's table."""
    return write_rows(agreements, is_today=is_today)


@register.filter
def status_label(value):
    """The word for an agreement's status."""
    return Status(value).label


@register.filter
def held(rows):
    """Who or what held on the day, or the candidates."""
    return words.held_words(rows)


@register.filter
def in_words(price):
    """What a price per inhabitant comes to."""
    return words.price_words(price)


@register.filter
def deadlines(answer):
    """What each last day is for, and the day or why it is not known."""
    return words.deadlines_words(answer)


@register.filter
def status_in_words(answer):
    """The status with its candidates and partial terminations."""
    return words.status_words(answer)


@register.filter
def saving(answer, termination):
    """What a termination saves, and on whose budget."""
    return words.saving_words(answer, termination)
