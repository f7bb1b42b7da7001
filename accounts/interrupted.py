"""A form that comes after its sender was signed out, or signed in anew, is kept and sent again.

It is kept in the page itself, signed, while its sender signs in; nothing of it is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.core import signing

from accounts.models import User
from submissions.digests import KEY, PASSING
from submissions.keys import is_for

SALT = "accounts.interrupted"
NEVER_KEPT = "password"  # nor what else has this in its name


@dataclass(frozen=True)
class Interrupted:
    """Where a form was sent, what was filled in, and whether files, which cannot be kept, came along."""

    NAME: ClassVar = "interrupted"  # of the field in which it is carried

    address: str
    fields: list[tuple[str, str]]
    has_files: bool

    @classmethod
    def sent(
        cls, address: str, filled: Iterable[tuple[str, list[str]]], *, has_files: bool
    ) -> "Interrupted | None":
        """The form that was sent; nothing when a password is in it, or when it was nobody's."""
        fields = [(name, value) for name, values in filled for value in values if name != PASSING]
        names = {name for name, _value in fields}
        if KEY not in names or any(NEVER_KEPT in name for name in names):
            return None
        return cls(address, fields, has_files)

    @classmethod
    def read(cls, text: str) -> "Interrupted | None":
        """What `text` says; nothing when it is not the portal's, or older than a session gets."""
        try:
            said = signing.loads(text, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
        except signing.BadSignature:
            return None
        address, fields, has_files = said
        return cls(address, [(name, value) for name, value in fields], has_files)

    @property
    def text(self) -> str:
        """Signed, for a hidden field."""
        said = [self.address, self.fields, self.has_files]
        return signing.dumps(said, salt=SALT, compress=True)

    def is_from(self, user: User) -> bool:
        """Was the form made for this user? What somebody else left behind is not sent."""
        return all(is_for(user.pk, value) for name, value in self.fields if name == KEY)
