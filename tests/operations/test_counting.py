"""Misses are counted where others cannot push a count out, and where two at once are two."""

import pytest
from django.core.cache import cache

from accounts.guessing import OF_AN_ACCOUNT, Attempt
from tests.operations.test_production import SAFE, STARTED, python


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()
    yield
    cache.clear()


def test_guesses_at_thousands_of_accounts_push_no_count_out():
    victim = Attempt.of("anna@example.se", "192.0.2.1", {})
    for _miss in range(OF_AN_ACCOUNT):
        victim.missed()

    for number in range(3000):
        Attempt.of(f"{number}@example.se", f"198.51.100.{number}", {}).missed()

    assert victim.limits[0].is_reached


def test_a_shared_cache_is_named_in_the_environment():
    told = "CACHES['default']['BACKEND']"

    alone = python("-c", STARTED.format(told), **SAFE)
    shared = python("-c", STARTED.format("CACHES"), CACHE_URL="redis://cache:6379/1", **SAFE)

    assert alone.stdout.strip() == "django.core.cache.backends.locmem.LocMemCache"
    assert "RedisCache" in shared.stdout
    assert "redis://cache:6379/1" in shared.stdout
    assert "MAX_ENTRIES" not in shared.stdout  # which a client of Redis would not understand


@pytest.mark.parametrize("url", ["dbcache://counts", "filecache:///tmp/counts", "dummycache://"])
def test_a_cache_that_does_not_count_is_refused(url):
    done = python("manage.py", "check", CACHE_URL=url, DEBUG="on")

    assert done.returncode != 0
    assert "operations.E001" in done.stderr
