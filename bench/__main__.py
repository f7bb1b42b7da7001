"""`python -m bench [SIZE…]`: everything that is measured; fails when a bound is exceeded.

The pages at each size on SQLite and PostgreSQL; documents, the import and the report's figures once.
Writes docs/performance.md when all the standard sizes are run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.bounds import verdicts
from bench.report import HEADING, Single, report
from bench.turns import ratios_in_turns
from tools.with_postgres import running_cluster

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)
LARGEST_ON_SQLITE = 100_000
REPORTED_ON = 100_000  # agreements in the report's figures, unless fewer are asked for
ENVIRONMENT = {
    "SECRET_KEY": "for-measuring-only-" + "0123456789" * 5,
    "ALLOWED_HOSTS": "localhost",
    "DJANGO_SETTINGS_MODULE": "bench.settings",
}


def main(sizes: list[int]) -> int:
    """Run everything, print the tables, and say with the exit code whether every bound held."""
    with ExitStack() as stack:
        sqlite, postgres = stack.enter_context(_sqlite()), stack.enter_context(_postgres())
        singles = _singles(sqlite, postgres, min([REPORTED_ON, *sizes]))
        runs, growth = [], []
        for engine in (sqlite, postgres):
            measured, grown = _sizes_of(engine, sizes or list(SIZES))
            runs += measured
            growth += grown
    found = verdicts(runs, growth)
    text = report(runs, found, singles)
    print(text)
    if not sizes:
        _keep(text)
    return 0 if all(verdict.held for verdict in [*found, *singles]) else 1


def _keep(text: str) -> None:
    path = ROOT / "docs" / "performance.md"
    path.write_text(path.read_text().partition(HEADING)[0] + text)


class Engine:
    """A database that was migrated once, and is copied for each size."""

    def __init__(self, directory: Path, url: str) -> None:
        self.directory, self.url = directory, url
        _run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], self.environment(url))

    def environment(self, url: str) -> dict[str, str]:
        """What a process needs that works on the database at the address."""
        files = {"MEDIA_ROOT": str(self.directory / "files")}
        return {**os.environ, **ENVIRONMENT, **files, "DATABASE_URL": url}

    @contextmanager
    def copy(self, name: str = "copied") -> Iterator[dict[str, str]]:
        """The environment of a copy, which goes afterwards."""
        if self.url.startswith("sqlite"):
            path = self.directory / f"{name}.sqlite3"
            shutil.copyfile(self.directory / "portal.sqlite3", path)
            yield self.environment(f"sqlite:///{path}")
            path.unlink()
        else:
            psql = [
                "psql",
                "--quiet",
                "--host",
                self.url.split("///")[1].rpartition("/")[0],
                "postgres",
                "-c",
            ]
            _run([*psql, f"create database {name} template portal"], None)
            yield self.environment(f"{self.url.rpartition('/')[0]}/{name}")
            _run([*psql, f"drop database {name} with (force)"], None)


@contextmanager
def _sqlite() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory:
        yield Engine(Path(directory), f"sqlite:///{directory}/portal.sqlite3")


@contextmanager
def _postgres() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as directory, running_cluster() as url:
        yield Engine(Path(directory), url)


def _singles(sqlite: Engine, postgres: Engine, agreements: int) -> list[Single]:
    """What is measured once, by programs of their own that say what they found."""
    return [
        _single("memo_pdf", sqlite),
        _single("report_pdf", sqlite),
        _single("payment_import", sqlite),
        _single("payment_import", postgres),
        _single("report_figures", postgres, str(agreements)),
    ]


def _single(name: str, engine: Engine, *arguments: str) -> Single:
    print(f"{name} …", file=sys.stderr)
    command = _program(name, *arguments)
    with engine.copy() as environment:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    return Single(name, done.stdout.strip(), done.returncode == 0)


def _sizes_of(
    engine: Engine, sizes: list[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What each size took, and the growth from the smallest to the largest if there are two."""
    kind = engine.url.partition(":")[0]
    most = LARGEST_ON_SQLITE if kind == "sqlite" else max(sizes)
    with ExitStack() as copies:
        environments, runs = {}, []
        for size in sorted(size for size in sizes if size <= most):
            print(f"{size:,} agreements on {kind} …", file=sys.stderr)
            environments[size] = copies.enter_context(engine.copy(f"measured_{size}"))
            runs.append(json.loads(_run(_program("run", size), environments[size])))
        if len(runs) < 2:
            return runs, []
        smallest, *_others, largest = environments
        print(f"{smallest:,} and {largest:,} on {kind} in turns …", file=sys.stderr)
        both = [(size, environments[size]) for size in (smallest, largest)]
        ratio = ratios_in_turns([(_program("turns", size), where) for size, where in both])
    return runs, [{"engine": kind, "agreements": (smallest, largest), "ratio": ratio}]


def _program(name: str, *arguments: object) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", f"bench.{name}", *map(str, arguments)]


def _run(command: list[str], environment: dict[str, str] | None) -> bytes:
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]]))
