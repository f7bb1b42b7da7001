"""A quick part of the suite on every other Python that is at hand: `other_pythons.py`.

Each gets an environment of its own in var/pythons/, installed from the same lock files.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT_IN = ROOT / "var" / "pythons"
OLDEST, NEWEST = 11, 14  # the minor versions that Django 5.2 supports, from Debian 12's
REQUIREMENTS = "requirements-dev.txt"
PART = (
    "accounts", "audit", "operations", "organisations", "partnerships", "submissions",
    "test_architecture.py", "test_error_pages.py", "test_headers.py",
)  # fmt: skip
INSTALL = ("pip", "install", "--quiet", "--no-input", "--disable-pip-version-check")


def candidates(version: str) -> Iterator[Path]:
    """Where a Python of that version may be: on the path, or among pyenv's."""
    if found := shutil.which(f"python{version}"):
        yield Path(found)
    yield from sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))


def works(python: Path) -> bool:
    """Does it start, and can it make environments? A shim may lead nowhere."""
    started = subprocess.run([python, "-c", "import ensurepip"], capture_output=True, check=False)
    return started.returncode == 0


def others() -> dict[str, Path]:
    """Every supported version but the one that runs this."""
    versions = [f"3.{minor}" for minor in range(OLDEST, NEWEST + 1)]
    mine = f"3.{sys.version_info.minor}"
    found = {
        version: next((path for path in candidates(version) if works(path)), None)
        for version in versions
        if version != mine
    }
    return {version: path for version, path in found.items() if path}


def test(version: str, python: Path) -> bool:
    """Install what is locked, and run the part; did all of it pass?"""
    environment = KEPT_IN / version
    mine = str(environment / "bin" / "python")
    lock = (ROOT / REQUIREMENTS).read_text()
    installed = environment / "installed"
    if not installed.exists() or installed.read_text() != lock:
        subprocess.run([python, "-m", "venv", "--clear", environment], check=True)
        pip = [mine, "-m", *INSTALL, "--require-hashes", "-r", REQUIREMENTS]
        subprocess.run(pip, cwd=ROOT, check=True)
        installed.write_text(lock)
    part = [f"tests/{name}" for name in PART]
    command = [mine, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "auto", *part]
    told = os.environ | {"DEBUG": "on"}
    return subprocess.run(command, cwd=ROOT, env=told, check=False).returncode == 0


def main() -> int:
    """1 when something fails on one of them; says so when there is none."""
    found = others()
    if not found:
        print(f"There is no other Python here from 3.{OLDEST} to 3.{NEWEST}.")
        return 0
    failed = []
    for version, python in found.items():
        print(f"Python {version}: {python}", flush=True)
        if not test(version, python):
            failed.append(version)
    if failed:
        print(f"Fails on Python {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
