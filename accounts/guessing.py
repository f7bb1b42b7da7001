"""Guessing passwords is held back before a password is hashed, and nobody is locked out by it.

Misses are counted for each account, each address, and all together. A browser in which somebody
signed in before carries a signed cookie, and has a count of its own: whoever guesses at an account
from elsewhere closes it for unknown browsers, and never for its owner's.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.core.cache import cache

COOKIE = "known_browser"
KEPT = 60 * 60 * 24 * 365  # seconds that a browser is known
WITHIN = 15 * 60  # seconds in which misses are counted
OF_AN_ACCOUNT = 10
OF_AN_ADDRESS = 50
OF_A_BROWSER = 10
MINUTE = 60
OF_ALL_IN_A_MINUTE = 60


@dataclass(frozen=True)
class Limit:
    """A count of misses: under which name, how many are let through, in how many seconds."""

    name: str
    at_most: int
    within: int

    @property
    def is_reached(self) -> bool:
        """Have there been so many?"""
        misses: int = cache.get(self.name, 0)
        return misses >= self.at_most

    def count(self) -> None:
        """One more."""
        if not cache.add(self.name, 1, timeout=self.within):
            try:
                cache.incr(self.name)
            except ValueError:  # it ran out between the two lines
                cache.set(self.name, 1, timeout=self.within)


@dataclass(frozen=True)
class Attempt:
    """Somebody types a password for an account, from an address, in a browser."""

    account: str
    address: str
    browser: str = ""

    @classmethod
    def of(cls, email: str, address: str, cookies: Mapping[str, str]) -> "Attempt":
        """The attempt; the browser is named when it is known for this account."""
        account = _fingerprint(email)
        try:
            owner, browser = signing.loads(cookies.get(COOKIE, ""), salt=COOKIE, max_age=KEPT)
        except (signing.BadSignature, TypeError, ValueError):
            return cls(account, address)
        return cls(account, address, browser if owner == account else "")

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What the attempt is counted under."""
        if self.browser:
            return (Limit(f"guess:browser:{self.browser}", OF_A_BROWSER, WITHIN),)
        return (
            Limit(f"guess:account:{self.account}", OF_AN_ACCOUNT, WITHIN),
            Limit(f"guess:address:{self.address}", OF_AN_ADDRESS, WITHIN),
            Limit("guess:all", OF_ALL_IN_A_MINUTE, MINUTE),
        )

    @property
    def is_refused(self) -> bool:
        """Have there been too many misses to look at this one?"""
        return any(limit.is_reached for limit in self.limits)

    def missed(self) -> None:
        """The password was wrong."""
        for limit in self.limits:
            limit.count()


def known_browser(email: str) -> str:
    """What the browser keeps of somebody who has signed in: nothing that can be read back."""
    return signing.dumps([_fingerprint(email), secrets.token_hex(8)], salt=COOKIE)


def _fingerprint(email: str) -> str:
    return hashlib.sha256(email.strip().casefold().encode()).hexdigest()[:32]
