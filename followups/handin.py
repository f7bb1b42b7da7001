"""Who stands at the partner's door: the cookie of an opened link, and misses from one address."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from followups.models import ReportLink, hashed

MISSES_IN_AN_HOUR = 20
HOUR = 60 * 60


def cookie_name(report_id: int) -> str:
    """The cookie that opens one report, bound to this host where there is TLS."""
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}handin-{report_id}"


def link_of(request: Any, report_id: int, *, at: datetime) -> ReportLink | None:
    """The link whose cookie the request carries, if it still opens the report."""
    secret = request.COOKIES.get(cookie_name(report_id), "")
    if not secret:
        return None
    links = ReportLink.objects.alive(at).filter(report=report_id, cookie_sha256=hashed(secret))
    return links.first()


def set_cookie(response: Any, link: ReportLink, secret: str, *, at: datetime) -> None:
    """Let the browser open the report until the link expires."""
    response.set_cookie(
        cookie_name(link.report_id),
        secret,
        max_age=int((link.expires_at - at).total_seconds()),
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def misses_too_often(request: Any) -> bool:
    """Count a miss from the request's address; has it missed more than twenty times in an hour?

    Only misses are counted and held back: a link that is valid opens from any address at any time.
    """
    address = request.META.get("REMOTE_ADDR", "")
    key = f"handin-misses-{salted_hmac('handin', address).hexdigest()}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return cache.incr(key) > MISSES_IN_AN_HOUR
    except ValueError:  # it expired in between
        return False
