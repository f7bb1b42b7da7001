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
    if value is None:
        return ""
    plain = value.normalize()
    return money.group_digits(plain, max(0, -plain.as_tuple().exponent))
