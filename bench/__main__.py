"""`python -m bench [SIZE…]`: each size on SQLite and PostgreSQL; fails when a bound is exceeded.

Writes docs/performance.md when all the standard sizes are run.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.bounds import verdicts
from bench.report import report

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)
LARGEST_ON_SQLITE = 100_000
ENVIRONMENT = {
    "SECRET_KEY": "for-measuring-only-" + "0123456789" * 5,
    "ALLOWED_HOSTS": "localhost",
    "DJANGO_SETTINGS_MODULE": "bench.settings",
}


def main(sizes: list[int]) -> int:
    """Run every size, print the tables, and say with the exit code whether every bound held."""
    runs: list[dict[str, Any]] = []
    for size in sizes or SIZES:
        if size <= LARGEST_ON_SQLITE:
            runs.append(_on_sqlite(size))
        runs.append(_on_postgres(size))
    found = verdicts(runs)
    text = report(runs, found)
    print(text)
    if not sizes:
        (ROOT / "docs" / "performance.md").write_text(text)
    return 0 if all(verdict.held for verdict in found) else 1


def _on_sqlite(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        return _run(size, [], {"DATABASE_URL": f"sqlite:///{directory}/portal.sqlite3"}, directory)


def _on_postgres(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        return _run(size, [sys.executable, "tools/with_postgres.py"], {}, directory)


def _run(size: int, before: list[str], database: dict[str, str], files: str) -> dict[str, Any]:
    print(f"{size:,} agreements on {'SQLite' if database else 'PostgreSQL'} …", file=sys.stderr)
    environment = {**os.environ, **ENVIRONMENT, **database, "MEDIA_ROOT": files}
    command = [*before, sys.executable, "-W", "ignore", "-m", "bench.run", str(size)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]]))
