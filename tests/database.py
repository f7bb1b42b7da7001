"""A migrated SQLite database, made once and copied by every run whose migrations are the same.

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

KEPT_IN = Path("test-databases")  # in the project's folder of made things


def key_of_the_migrations() -> str:
    """What changes whenever a migration does, or Django."""
    digest = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    made_of = [
        Path("audit/tables.py"),
        *(Path("audit/triggers") / name for name in ("__init__.py", "sqlite.py")),
    ]  # its triggers
    for path in sorted(settings.BASE_DIR / part for part in made_of):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def migrated_database() -> Iterator[sqlite3.Connection]:
    """The kept database of these migrations, made now by the first of the workers that asks."""
    folder = settings.BASE_DIR / "var" / KEPT_IN
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{key_of_the_migrations()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _migrate(path)
    with closing(sqlite3.connect(path)) as kept:
        yield kept


def _migrate(path: Path) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{unfinished}", "DEBUG": "on"},
        check=True,
    )
    for older in path.parent.glob("*.sqlite3"):
        older.unlink()
    unfinished.rename(path)
