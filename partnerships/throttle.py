"""How often somebody may ask for what costs something."""

from django.core.cache import cache


def is_too_often(what: str, who: str, *, at_most: int, within: int) -> bool:
    """Count one more time that `who` asks; true beyond `at_most` times `within` so many seconds."""
    key = f"throttle:{what}:{who}"
    cache.add(key, 0, timeout=within)
    try:
        return cache.incr(key) > at_most
    except ValueError:  # it ran out between the two lines
        return False
