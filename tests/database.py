"""A migrated database, made once and copied by every worker whose migrations are the same.

Applying the migrations of the whole portal takes more than a minute of processor time, most of it
spent by Django on rendering models that are long past. A copy takes a moment.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

KEPT_IN = Path("test-databases")  # in the project's folder of made things


def key_of_the_migrations() -> str:
    """What changes whenever a migration does, or Django."""
    digest = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    made_of = [
        Path("audit/tables.py"),
        *(Path("audit/triggers") / name for name in ("__init__.py", "sqlite.py", "postgresql.py")),
    ]  # its triggers
    for path in sorted(settings.BASE_DIR / part for part in made_of):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def migrated_database() -> Iterator[sqlite3.Connection]:
    """The kept database of these migrations, made now by the first of the workers that asks."""
    with _one_at_a_time() as folder:
        path = folder / f"{key_of_the_migrations()}.sqlite3"
        if not path.exists():
            _make_file(path)
    with closing(sqlite3.connect(path)) as kept:
        yield kept


def template_database() -> str:
    """The name of a migrated PostgreSQL database beside the one that DATABASE_URL names."""
    name = f"portal_tests_{key_of_the_migrations()}"
    with _one_at_a_time(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            unfinished = f"{name}_unfinished"
            cursor.execute(f"DROP DATABASE IF EXISTS {unfinished}")
            cursor.execute(f"CREATE DATABASE {unfinished}")
            _migrate(f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{unfinished}")
            cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


@contextmanager
def _one_at_a_time() -> Iterator[Path]:
    folder = settings.BASE_DIR / "var" / KEPT_IN
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _make_file(path: Path) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    _migrate(f"sqlite:///{unfinished}")
    for older in path.parent.glob("*.sqlite3"):
        older.unlink()
    unfinished.rename(path)


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "DEBUG": "on"},
        check=True,
    )
