"""Amounts, shares and factors in templates."""

from django import template

from partnerships import money

register = template.Library()
register.filter("kronor", money.kronor)
register.filter("signed_kronor", money.signed_kronor)
register.filter("percent", money.percent)


@register.filter
def number(value):
    """A number with decimal comma and no more decimals than it has; empty for None."""
    return "" if value is None else money.plain_number(value)
