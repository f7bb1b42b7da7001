"""The key that a form carries: no other has it, and it tells for whom the page was made."""

import secrets
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "submissions.keys"
LETTERS = 22  # of the half that is random


def new_key(who: Any) -> str:
    """A key for a form that this user sees; `who` is the user's primary key, or None."""
    own = secrets.token_urlsafe(16)
    return own + _mark(own, who)


def is_for(who: Any, key: str) -> bool:
    """Was the form with this key made for the user?"""
    own, mark = key[:LETTERS], key[LETTERS:]
    return constant_time_compare(mark, _mark(own, who))


def _mark(own: str, who: Any) -> str:
    return salted_hmac(SALT, f"{own} {who}", algorithm="sha256").hexdigest()[:32]
