"""Every form that may be sent carries a key of its own, beside Django's token against forgery.

The forms of a page also carry what they were opened on (`submissions/seen.py`).
"""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from submissions.digests import KEY
from submissions.keys import new_key
from submissions.seen import SEEN, to_carry

register = template.Library()
HIDDEN = '<input type="hidden" name="{}" value="{}">'
WITH_FORMS = "content"  # the block; the header's forms hold nothing that is stored


class KeyedCsrfTokenNode(CsrfTokenNode):
    """Django's hidden token, a key that no other form has, and what the page was opened on."""

    def render(self, context):
        token = super().render(context)
        if not token:
            return token
        key = format_html(HIDDEN, KEY, new_key(_reader(context)))
        block = context.get("block")
        seen = to_carry(context) if block is not None and block.name == WITH_FORMS else ""
        return token + key + (format_html(HIDDEN, SEEN, seen) if seen else "")


def _reader(context):
    """The primary key of who is signed in and sees the page."""
    return getattr(getattr(context.get("request"), "user", None), "pk", None)


@register.tag
def csrf_token(parser, token):
    """In place of Django's own, so that no form can forget its key."""
    return KeyedCsrfTokenNode()
