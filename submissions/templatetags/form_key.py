"""Every form that may be sent carries a key of its own, beside Django's token against forgery.

The forms of a page also carry what they were opened on (`submissions/seen.py`).
"""

import secrets

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from submissions.digests import KEY
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
        key = format_html(HIDDEN, KEY, secrets.token_urlsafe(16))
        block = context.get("block")
        seen = to_carry(context) if block is not None and block.name == WITH_FORMS else ""
        return token + key + (format_html(HIDDEN, SEEN, seen) if seen else "")


@register.tag
def csrf_token(parser, token):
    """In place of Django's own, so that no form can forget its key."""
    return KeyedCsrfTokenNode()
