"""A form that comes after its sender was signed out, or signed in anew, is kept and sent again.

It is kept in the page itself, signed, while its sender signs in; nothing of it is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.core import signing

SALT = "accounts.interrupted"
ANEW = "csrfmiddlewaretoken"  # each page has its own
TYPED_ANEW = "password"  # and whatever has this in its name


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
        """The form that was sent; nothing when a password is in it."""
        fields = [(name, value) for name, values in filled for value in values if name != ANEW]
        if any(TYPED_ANEW in name for name, _value in fields):
            return None
        return cls(address, fields, has_files)

    @classmethod
    def read(cls, text: str) -> "Interrupted | None":
        """What `text` says; nothing when it is not the portal's."""
        try:
            address, fields, has_files = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(address, [(name, value) for name, value in fields], has_files)

    @property
    def text(self) -> str:
        """Signed, for a hidden field."""
        told = [self.address, self.fields, self.has_files]
        return signing.dumps(told, salt=SALT, compress=True)
