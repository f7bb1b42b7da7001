"""What the settings must not say, though Django would take it."""

from typing import Any

from django.core import checks
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache


def the_cache_can_count(**kwargs: Any) -> list[checks.CheckMessage]:
    """An error for a cache in which two misses at once are one, and the hour begins anew with each."""
    if type(caches["default"]).incr is not BaseCache.incr:
        return []
    return [
        checks.Error(
            "CACHE_URL names a cache that does not count: guesses would not be held back.",
            hint="Name redis:// or pymemcache://, or leave CACHE_URL out (docs/adr/0059).",
            id="operations.E001",
        )
    ]
