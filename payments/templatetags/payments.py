"""Words of payments in templates, and links that leave a part of the query out."""

from django import template

from payments.models import Direction

register = template.Library()


@register.filter
def direction_label(value):
    """The words for a direction."""
    return Direction(value).label


@register.filter
def at(rows, position):
    """The row at the position; None beyond the last."""
    return rows[position] if position < len(rows) else None


@register.simple_tag(takes_context=True)
def without(context, *names):
    """The page's query without these parts, for a link."""
    query = context["request"].GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return query.urlencode()
