"""Web addresses that somebody typed, as links."""

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html

register = template.Library()
FOLLOWED = {"http", "https"}


@register.filter
def linked(address: str) -> str:
    """The address as a link when it leads to the web; else as it was written, and leading nowhere.

    The forms let nothing else in; this is for what came in another way.
    """
    if not _is_of_the_web(address):
        return address
    link = '<a class="ds-link" href="{}" rel="noopener noreferrer">{}</a>'
    return format_html(link, address, address)


def _is_of_the_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in FOLLOWED
    except ValueError:  # half an IPv6 address
        return False
