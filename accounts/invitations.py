"""The letter in which a new user is asked to choose a password."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from accounts.models import User


def invite(user: User, *, by: User) -> None:
    """Send the user a link to choose a password. OSError when the mail server does not take it."""
    key, token = (
        urlsafe_base64_encode(force_bytes(user.pk)),
        default_token_generator.make_token(user),
    )
    path = reverse("accounts:password_reset_confirm", args=[key, token])
    context = {
        "user": user,
        "by": by,
        "address": f"{settings.SITE_URL}{path}",
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
        "forgotten": f"{settings.SITE_URL}{reverse('accounts:password_reset')}",
    }
    subject = _("Welcome to the partnership portal")
    text = render_to_string("accounts/invitation_email.txt", context)
    EmailMessage(subject, text, to=[user.email]).send()
