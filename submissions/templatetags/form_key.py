"""Every form that may be sent carries a key of its own, beside Django's token against forgery."""

import secrets

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from submissions.digests import KEY

register = template.Library()


class KeyedCsrfTokenNode(CsrfTokenNode):
    """Django's hidden token, and a key that no other form has."""

    def render(self, context):
        token = super().render(context)
        if not token:
            return token
        return token + format_html(
            '<input type="hidden" name="{}" value="{}">', KEY, secrets.token_urlsafe(16)
        )


@register.tag
def csrf_token(parser, token):
    """In place of Django's own, so that no form can forget its key."""
    return KeyedCsrfTokenNode()
