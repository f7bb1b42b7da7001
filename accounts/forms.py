"""Signing in."""

import logging

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.guessing import Attempt
from accounts.models import User
from partnerships.editing import ModelForm

logger = logging.getLogger("portal.sign_in")
TOO_MANY = "too_many"


class SignInForm(AuthenticationForm):
    """E-mail and password; not looked at after too many misses."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "The e-mail address or the password is wrong. Write both again; the password counts capitals."
        ),
        TOO_MANY: _(
            "Too many wrong passwords have been tried. Wait a quarter of an hour, or choose a new password with “Forgotten password?”."
        ),
    }

    def clean(self):
        attempt = Attempt.of(
            self.cleaned_data.get("username") or "",
            self.request.META["REMOTE_ADDR"],
            self.request.COOKIES,
        )
        if attempt.is_refused:
            logger.warning("sign-in refused: too many wrong passwords, account %s", attempt.account)
            raise ValidationError(self.error_messages[TOO_MANY], code=TOO_MANY)
        try:
            return super().clean()
        except ValidationError:
            attempt.missed()
            logger.warning("sign-in failed: wrong password, account %s", attempt.account)
            raise


class InvitedForm(ModelForm):
    """A new user, who chooses the password by the link in a letter."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "municipality"]
