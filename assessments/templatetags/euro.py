"""Amounts in euro in templates."""

from decimal import ROUND_DOWN, Decimal

from django import template

from partnerships.money import NBSP, group_digits

register = template.Library()


@register.filter
def euro(value):
    """`305 199 euro`, without cents; a dash when it is not known."""
    if value is None:
        return "–"
    return f"{group_digits(Decimal(value).quantize(Decimal(1), ROUND_DOWN))}{NBSP}euro"
